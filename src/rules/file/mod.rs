//! Rules about the file as a whole: its encoding, its line endings, its kind.

mod empty_file;
mod encoding_declared_mismatch;
mod file_too_large;
mod lone_cr;
mod missing_header;
mod mixed_line_endings;
mod no_data_rows;
mod not_a_csv;
mod preamble_rows;
mod sep_line;
mod single_quote_quoting;
mod trailing_delimiter;
mod utf16_encoding;
mod utf8_bom;
mod wrong_delimiter;

pub(crate) use sep_line::named_delimiter;
pub(crate) use single_quote_quoting::{is_single_quoted, within};

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &empty_file::RULE,
    &missing_header::RULE,
    &no_data_rows::RULE,
    &utf8_bom::RULE,
    &utf16_encoding::RULE,
    &encoding_declared_mismatch::RULE,
    &not_a_csv::RULE,
    &file_too_large::RULE,
    &mixed_line_endings::RULE,
    &lone_cr::RULE,
    &wrong_delimiter::RULE,
    &single_quote_quoting::RULE,
    &sep_line::RULE,
    &preamble_rows::RULE,
    &trailing_delimiter::RULE,
];
