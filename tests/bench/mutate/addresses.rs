//! Faults of addresses.

use super::{Document, Mutation, Spot, change, found};
use crate::generate::random::Random;

pub(super) const MUTATIONS: &[Mutation] = &[
    found("no @", "email-missing-at", |document, random| address(document, random, |text| text.replace('@', "."))),
    found("two @", "email-missing-at", |document, random| address(document, random, |text| text.replace('@', "@@"))),
    found("nothing before the @", "email-missing-at", |document, random| {
        address(document, random, |text| text[text.find('@').unwrap_or(0)..].into())
    }),
    found("a slash", "upn-invalid-character", |document, random| {
        address(document, random, |text| text.replacen('.', "/", 1))
    }),
    found("a percent sign in a domain", "upn-invalid-character", |document, random| {
        address(document, random, |text| text.replace('@', "@%"))
    }),
    found("65 characters before the @", "upn-local-too-long", |document, random| {
        address(document, random, |text| resized_local(text, 65))
    }),
    found("49 characters after the @", "upn-domain-too-long", |document, random| {
        address(document, random, |text| resized_domain(text, 49))
    }),
    found("a dot in front", "upn-dot-edge", |document, random| address(document, random, |text| format!(".{text}"))),
    found("a dot before the @", "upn-dot-edge", |document, random| {
        address(document, random, |text| text.replace('@', ".@"))
    }),
    found("two dots in a row", "upn-dot-edge", |document, random| {
        address(document, random, |text| text.replacen('.', "..", 1))
    }),
    found("a blank inside", "upn-whitespace", |document, random| {
        address(document, random, |text| text.replacen('.', " ", 1))
    }),
    found("a blank behind", "upn-whitespace", |document, random| address(document, random, |text| format!("{text} "))),
    found("a no-break space in front", "upn-whitespace", |document, random| {
        address(document, random, |text| format!("\u{a0}{text}"))
    }),
    found("a zero-width space inside", "upn-whitespace", |document, random| {
        address(document, random, |text| text.replace('@', "\u{200b}@"))
    }),
    found("an umlaut", "upn-non-ascii", |document, random| {
        address(document, random, |text| text.replacen('.', "ü.", 1))
    }),
    found("a Cyrillic letter", "upn-non-ascii", |document, random| {
        address(document, random, |text| format!("а{text}"))
    }),
    found("a domain of the documentation", "sample-domain", |document, random| {
        address(document, random, |text| text[..=text.find('@').unwrap_or(0)].to_owned() + "contoso.com")
    }),
];

fn address(document: &mut Document, random: &mut Random, to: impl FnOnce(&str) -> String) -> Spot {
    change(document, random, 1, to)
}

/// The address with a local part of that many characters.
pub(super) fn resized_local(address: &str, length: usize) -> String {
    let (local, domain) = address.split_once('@').expect("a clean address has an @");
    format!("{local:x<length$}@{domain}")
}

/// The address with a domain of that many characters.
pub(super) fn resized_domain(address: &str, length: usize) -> String {
    let (local, domain) = address.split_once('@').expect("a clean address has an @");
    let front = length - domain.len() - 1;
    format!("{local}@{:x<front$}.{domain}", "mail")
}
