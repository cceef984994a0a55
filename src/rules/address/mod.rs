//! Rules about the user's principal name (e-mail address).

mod email_missing_at;

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[&email_missing_at::RULE];
