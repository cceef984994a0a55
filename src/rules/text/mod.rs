//! Rules about text cells, and characters that do not belong in any cell.

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[];
