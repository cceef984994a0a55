//! Sending what passed, once, and keeping a record of it. Everything here is behind the feature `upload`.

pub mod ledger;
pub mod past;
pub mod receipt;
pub mod reconcile;
pub mod schedule;
