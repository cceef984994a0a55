//! Checks HR exports (CSV) before they go to Microsoft 365's HR connector.

#![warn(missing_docs)]

pub mod accept;
pub mod check;
pub mod cli;
pub mod finding;
pub mod mapping;
pub mod plan;
pub mod report;
pub mod rules;
pub mod scan;
pub mod source;
