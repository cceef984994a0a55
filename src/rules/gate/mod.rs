//! Rules about where findings are looked for and what becomes of them: files in git, waivers.

mod data_in_git;

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[&data_in_git::RULE];
