//! The user's JSON as written: which columns carry which scenario's data, with a span for every complaint.

mod scenario;

pub use scenario::{Field, FieldKind, Scenario};
