//! Sending what passed, once, and keeping a record of it. Everything here is behind the feature `upload`.

pub mod ledger;
