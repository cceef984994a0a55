//! Rules about the structure of records, and records that repeat others.

mod all_empty_row;
mod blank_line;
mod duplicate_event_key;
mod embedded_newline;
mod exact_duplicate_row;
mod extra_fields;
mod long_record;
mod repeated_header;
mod second_header_row;
mod short_record;
mod stray_quote;
mod swallowed_records;
mod totals_row;
mod unterminated_quote;

pub(crate) use second_header_row::is_labels;
pub(super) use swallowed_records::has_rows;

use super::Rule;

/// The family's rules, in the order of the manual. Those that say that a record is no row come first: then no other is
/// asked about it.
pub(super) const RULES: &[&Rule] = &[
    &blank_line::RULE,
    &all_empty_row::RULE,
    &repeated_header::RULE,
    &second_header_row::RULE,
    &totals_row::RULE,
    &unterminated_quote::RULE,
    &stray_quote::RULE,
    &short_record::RULE,
    &extra_fields::RULE,
    &long_record::RULE,
    &swallowed_records::RULE,
    &embedded_newline::RULE,
    &exact_duplicate_row::RULE,
    &duplicate_event_key::RULE,
];
