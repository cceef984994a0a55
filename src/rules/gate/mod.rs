//! Rules about where findings are looked for and what becomes of them: files in git, waivers.

mod data_in_git;
mod waiver_expired;
mod waiver_unused;

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[&data_in_git::RULE, &waiver_expired::RULE, &waiver_unused::RULE];
