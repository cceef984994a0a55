//! Rules about the header: names and mapped columns.

mod duplicate_header;
mod empty_header_name;
mod header_alias;
mod header_whitespace;
mod missing_mandatory_column;
mod missing_scenario_column;
mod reading;
mod unknown_column;

pub(crate) use missing_mandatory_column::explain_absent;

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &empty_header_name::RULE,
    &duplicate_header::RULE,
    &header_whitespace::RULE,
    &header_alias::RULE,
    &missing_mandatory_column::RULE,
    &unknown_column::RULE,
    &missing_scenario_column::RULE,
];
