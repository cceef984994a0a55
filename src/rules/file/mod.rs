//! Rules about the file as a whole: its encoding, its line endings, its kind.

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[];
