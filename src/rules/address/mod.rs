//! Rules about the user's sign-in name (e-mail address).
//!
//! A text without any `@` is no address: `email-missing-at` or, where it is recognised, `upn-display-form` speaks of it, and
//! `several-addresses` of a list. Lengths, dots and domains are judged where there is exactly one `@`; blanks around the
//! address, which `upn-whitespace` mends, are not counted.

mod domain_near_miss;
mod domain_not_allowed;
mod domains;
mod email_missing_at;
mod email_plus_sign;
mod guest_upn;
mod non_routable_domain;
mod parts;
mod personal_mail_domain;
mod sample_domain;
mod several_addresses;
mod upn_display_form;
mod upn_domain_too_long;
mod upn_dot_edge;
mod upn_invalid_character;
mod upn_local_too_long;
mod upn_non_ascii;
mod upn_whitespace;

pub use domain_near_miss::Slip;
pub(crate) use domain_near_miss::slip;
pub(crate) use parts::{is_well_formed, split};

use super::Rule;

/// Whether a text is an address at a domain with a dot.
pub(crate) fn is_address(text: &str) -> bool {
    split(text).is_some_and(|(_, domain)| domain.contains('.'))
}

/// Rules whose answer about an address is told by the kinds of its bytes, the bytes beyond ASCII, and whether it has no `@`, one or
/// more: of those of less than 49 bytes, whose domain was judged, which hold nothing but plain bytes, blanks inside and at most one
/// letter beyond ASCII, do not begin like an error value or a placeholder, nor end like a guest before the `@`, and have one `@` at
/// most where there are blanks.
pub(crate) const TOLD_BY_KINDS: [&str; 9] = [
    "email-missing-at",
    "several-addresses",
    "upn-dot-edge",
    "upn-whitespace",
    "upn-non-ascii",
    "replacement-character",
    "invalid-utf8",
    "placeholder-value",
    "excel-error-value",
];

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &email_missing_at::RULE,
    &several_addresses::RULE,
    &upn_display_form::RULE,
    &upn_invalid_character::RULE,
    &email_plus_sign::RULE,
    &upn_local_too_long::RULE,
    &upn_domain_too_long::RULE,
    &upn_dot_edge::RULE,
    &upn_whitespace::RULE,
    &upn_non_ascii::RULE,
    &guest_upn::RULE,
    &domain_not_allowed::RULE,
    &domain_near_miss::RULE,
    &non_routable_domain::RULE,
    &sample_domain::RULE,
    &personal_mail_domain::RULE,
];
