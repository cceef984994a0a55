//! Rules about which scenario a row belongs to, and which cells it must and must not fill.

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[];
