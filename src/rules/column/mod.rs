//! Rules about whole columns: they speak once for a column, say what they saw, and need enough rows.

mod column_entirely_empty;
mod constant_date_column;
mod date_mixed_formats;

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] =
    &[&column_entirely_empty::RULE, &constant_date_column::RULE, &date_mixed_formats::RULE];
