//! Rules about the user's principal name (e-mail address).
//!
//! A text without any `@` is no address: `email-missing-at` alone speaks of it. Lengths, dots and domains are judged
//! where there is exactly one `@`; blanks around the address, which `upn-whitespace` mends, are not counted.

mod email_missing_at;
mod parts;
mod sample_domain;
mod upn_domain_too_long;
mod upn_dot_edge;
mod upn_invalid_character;
mod upn_local_too_long;
mod upn_non_ascii;
mod upn_whitespace;

pub(crate) use parts::split;

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &email_missing_at::RULE,
    &upn_invalid_character::RULE,
    &upn_local_too_long::RULE,
    &upn_domain_too_long::RULE,
    &upn_dot_edge::RULE,
    &upn_whitespace::RULE,
    &upn_non_ascii::RULE,
    &sample_domain::RULE,
];
