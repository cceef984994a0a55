//! Rules about the file as a whole: its encoding, its line endings, its kind.

mod empty_file;
mod mixed_line_endings;
mod no_data_rows;
mod not_a_csv;
mod trailing_delimiter;
mod utf16_encoding;
mod utf8_bom;
mod wrong_delimiter;

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &empty_file::RULE,
    &no_data_rows::RULE,
    &utf8_bom::RULE,
    &utf16_encoding::RULE,
    &not_a_csv::RULE,
    &mixed_line_endings::RULE,
    &wrong_delimiter::RULE,
    &trailing_delimiter::RULE,
];
