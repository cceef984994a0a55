//! "This cell is surely good": one fast test per kind of column.
//!
//! The promise is `accept(cell) => no rule fires`, and never the reverse: a cell that is not accepted goes to the rules,
//! which may well find nothing. The tests compare, for every kind, all findings with accepting switched on and off.
//! Nothing here knows a rule; each function lists what it relies on.

mod date;
mod known;
mod letters;
mod text;
mod upn;

pub use date::{Day, Days, date, seconds, time_at};
pub use known::{Text, ends, letters, window};
pub use letters::{WHOLE, foreign};
pub use text::{is_plain, is_remarkable, letter, may_be_remarkable, postal_code};
pub use upn::{Domains, Upn, upn};
