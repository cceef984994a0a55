//! Faults of free text.

use super::{Document, Mutation, Spot, change, found};
use crate::generate::random::Random;

pub(super) const MUTATIONS: &[Mutation] = &[
    found("201 characters of remarks", "remarks-too-long", |document, random| {
        change(document, random, 5, |text| format!("{text:x<201}").chars().take(201).collect())
    }),
    found("201 letters of two bytes in remarks", "remarks-too-long", |document, random| {
        change(document, random, 5, |_| "ä".repeat(201))
    }),
    found("a rating of 26 characters", "rating-too-long", |document, random| {
        change(document, random, 6, |_| format!("{:é<26}", "4 Exceeds expectations "))
    }),
    found("a blank in front of a level", "value-whitespace", |document, random| {
        change(document, random, 7, |text| format!(" {text}"))
    }),
    found("blanks after remarks", "value-whitespace", |document, random| {
        change(document, random, 5, |text| format!("{text}  "))
    }),
    found("a blank after a rating", "value-whitespace", |document, random| {
        change(document, random, 6, |text| format!("{text} "))
    }),
    found("a zero-width space in remarks", "invisible-character", |document, random| {
        inside(document, random, "\u{200b}")
    }),
    found("a soft hyphen in remarks", "invisible-character", |document, random| inside(document, random, "\u{ad}")),
    found("a no-break space in remarks", "invisible-character", |document, random| inside(document, random, "\u{a0}")),
    found("a change of direction in remarks", "invisible-character", |document, random| {
        inside(document, random, "\u{202e}")
    }),
    found("a bell in remarks", "control-character", |document, random| inside(document, random, "\u{7}")),
    found("an escape in remarks", "control-character", |document, random| inside(document, random, "\u{1b}[31m")),
    found("a C1 control character in remarks", "control-character", |document, random| {
        inside(document, random, "\u{86}")
    }),
    found("curly quotes in remarks", "smart-punctuation", |document, random| {
        inside(document, random, "\u{201c}as agreed\u{201d}")
    }),
    found("an en dash in a level", "smart-punctuation", |document, random| {
        change(document, random, 7, |text| text.replacen(' ', " \u{2013} ", 1))
    }),
];

/// Puts something after the second character of remarks, and a letter behind it so that it stays inside.
fn inside(document: &mut Document, random: &mut Random, odd: &str) -> Spot {
    change(document, random, 5, |text| {
        let split = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
        format!("{}{odd}a{}", &text[..split], &text[split..])
    })
}
