//! Rules about the header: names and mapped columns.

mod duplicate_header;
mod empty_header_name;
mod header_alias;
mod header_case_differs;
mod header_has_space;
mod header_non_ascii;
mod header_whitespace;
mod missing_mandatory_column;
mod missing_optional_column;
mod missing_scenario_column;
mod reading;
mod sensitive_extra_column;
mod unknown_column;
mod words;

pub(crate) use missing_mandatory_column::{explain_absent, is_told_by_rows};

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &empty_header_name::RULE,
    &duplicate_header::RULE,
    &header_whitespace::RULE,
    &header_case_differs::RULE,
    &header_has_space::RULE,
    &header_non_ascii::RULE,
    &header_alias::RULE,
    &missing_mandatory_column::RULE,
    &missing_optional_column::RULE,
    &unknown_column::RULE,
    &sensitive_extra_column::RULE,
    &missing_scenario_column::RULE,
];
