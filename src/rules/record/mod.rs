//! Rules about the structure of records, and records that repeat others.

mod blank_line;
mod duplicate_event_key;
mod exact_duplicate_row;
mod long_record;
mod repeated_header;
mod short_record;
mod stray_quote;
mod unterminated_quote;

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &unterminated_quote::RULE,
    &stray_quote::RULE,
    &short_record::RULE,
    &long_record::RULE,
    &blank_line::RULE,
    &repeated_header::RULE,
    &exact_duplicate_row::RULE,
    &duplicate_event_key::RULE,
];
