//! Rules about the header: names and mapped columns.

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[];
