//! Few addresses have a domain that is almost the one that most have.
//!
//! # What it checks
//!
//! The domains of all people of a file, where one of them is the usual one: at least 100 rows and half of all rows have it. Another
//! domain that no more than 1 % of the rows have, and that differs from the usual one by one slip of the keyboard in the
//! organisation's name, was probably mistyped: two letters swapped, a letter missing, one too many, or a wrong one.
//!
//! Companies own domains that are much alike, so only what hardly anybody registers on purpose is taken for a slip. Only words of
//! six letters and more are compared, and both must begin and end with the same letter: `plant-a` and `plant-b`, `group1` and
//! `group2`, `energy` and `energie` are different names. So are other endings (`.com` and `.de`), subdomains, names with and
//! without a hyphen, and what two languages spell in two ways (`z` for `s`, `k` for `c`, `ue` for `u`). A slip of `.com` itself is
//! told by `non-routable-domain`.
//!
//! It speaks once for each such domain and points at the first row that has it. Where the mapping lists `domains`, it is silent:
//! `domain-not-allowed` speaks then. Files of more than 1,024 domains are not compared.
//!
//! # Why it matters to the receiving service
//!
//! The service looks up people by their sign-in names. A name with a mistyped domain belongs to nobody, and nothing says so: the
//! person's row simply has no effect.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-06-23T15:18:02Z,2026-06-29T17:00:00Z
//! alex.wilber@cnotoso.com,2026-06-15T09:00:00Z,2026-07-31T17:00:00Z
//! ```
//!
//! ... and so on, for hundreds of people at `contoso.com`. Use `alex.wilber@contoso.com` instead.
//!
//! # Options
//!
//! `rows` (100; 20 to 1000000): how many rows must have the usual domain. `share` (1; 1 to 10): the share, in per cent, of the rows
//! that may have the other one at most. In the mapping: `"rules": { "domain-near-miss": { "rows": 500 } }`. Better, list the
//! right ones under `domains`.
//!
//! # Fix
//!
//! None: another domain is another person, so nothing but the directory can tell.

use super::domains::kind;
use crate::finding::Severity;
use crate::mapping::RuleOption;
use crate::rules::amount::grouped;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "domain-near-miss",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[
        RuleOption { name: "rows", default: 100, least: 20, most: 1_000_000 },
        RuleOption { name: "share", default: 1, least: 1, most: 10 },
    ],
    source: include_str!("domain_near_miss.rs"),
    check: Check::Engine { explain },
};

/// Fewest letters of a word in which a slip is told from another name.
const SHORTEST: usize = 6;

/// Letters that languages write one for the other: `organise` and `organize`, `electro` and `elektro`.
const ALIKE: [(u8, u8); 7] =
    [(b's', b'z'), (b'c', b'k'), (b'i', b'y'), (b'c', b's'), (b'c', b't'), (b'c', b'z'), (b'v', b'w')];

/// What a mistyped domain differs in from the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Two neighbouring letters are swapped.
    Swapped,
    /// A letter is missing.
    Missing,
    /// There is a letter too many.
    Surplus,
    /// A letter is another one.
    Other,
}

/// What a domain differs in from the usual one if it was mistyped, both in small letters.
pub(crate) fn slip(domain: &str, usual: &str) -> Option<Slip> {
    // What is odd in itself has a finding of its own.
    if kind(domain).is_some() {
        return None;
    }
    let (word, meant) = only_difference(domain, usual, name_at(usual)?, '.')?;
    let words = || word.split('-').zip(meant.split('-'));
    let at = words().position(|(word, meant)| word != meant)?;
    let (word, meant) = only_difference(word, meant, at, '-')?;
    slip_of_word(word.as_bytes(), meant.as_bytes())
}

/// Which label of a domain is the organisation's name: the last but the ending, which may have two labels, as in `co.uk`.
fn name_at(domain: &str) -> Option<usize> {
    let labels: Vec<&str> = domain.split('.').collect();
    match labels[..] {
        [.., _, second, top] if second.len() <= 3 && top.len() == 2 => Some(labels.len() - 3),
        [.., _, _] => Some(labels.len() - 2),
        _ => None,
    }
}

/// The parts at that place, if the texts differ in nothing else.
fn only_difference<'t>(one: &'t str, other: &'t str, at: usize, separator: char) -> Option<(&'t str, &'t str)> {
    let same = |(place, (one, other)): (usize, (&str, &str))| place == at || one == other;
    let parts = || one.split(separator).zip(other.split(separator));
    let as_many = one.split(separator).count() == other.split(separator).count();
    (as_many && parts().enumerate().all(same)).then(|| parts().nth(at)).flatten()
}

/// The slip by which a word became another one.
fn slip_of_word(word: &[u8], meant: &[u8]) -> Option<Slip> {
    let is_word = |word: &[u8]| word.len() >= SHORTEST && word.iter().all(u8::is_ascii_lowercase);
    let same_ends = word.first() == meant.first() && word.last() == meant.last();
    let same = word.iter().zip(meant).take_while(|(one, other)| one == other).count();
    if !is_word(word) || !is_word(meant) || !same_ends || word == meant {
        return None;
    }
    let (rest, rest_meant) = (&word[same..], &meant[same..]);
    match (rest, rest_meant) {
        ([a, b, rest @ ..], [c, d, other @ ..]) if a == d && b == c && rest == other => Some(Slip::Swapped),
        ([a, rest @ ..], [b, other @ ..]) if rest == other => (!are_alike(*a, *b)).then_some(Slip::Other),
        (rest, [a, other @ ..]) if rest == other => (!is_spelling(meant, same, *a)).then_some(Slip::Missing),
        ([a, rest @ ..], other) if rest == other => (!is_spelling(word, same, *a)).then_some(Slip::Surplus),
        _ => None,
    }
}

fn are_alike(a: u8, b: u8) -> bool {
    ALIKE.iter().any(|pair| *pair == (a, b) || *pair == (b, a))
}

/// Whether a word is spelt with and without the vowel at that place: `mueller` and `muller`, `colour` and `color`, `centraal` and
/// `central`.
fn is_spelling(longer: &[u8], at: usize, letter: u8) -> bool {
    let before = at.checked_sub(1).and_then(|at| longer.get(at)).copied().unwrap_or_default();
    matches!((before, letter), (b'a' | b'o' | b'u' | b'e', b'e') | (b'o', b'u' | b'o') | (b'a', b'a'))
}

fn explain(observed: &Observed) -> Explanation {
    let Observed::NearDomain { rows, usual, of, slip } = *observed else {
        unreachable!("domain-near-miss is told of nothing but domains")
    };
    let difference = match slip {
        Slip::Swapped => "two letters swapped",
        Slip::Missing => "a letter missing",
        Slip::Surplus => "a letter too many",
        Slip::Other => "one letter different",
    };
    let first = if rows == 1 { "" } else { "; this is the first" };
    let (rows, usual, of) = (grouped(rows), grouped(usual), grouped(of));
    Explanation::new(
        format!("{rows} of {of} addresses end in the domain that {usual} have, but with {difference}{first}"),
        "Correct the domain if it was mistyped; if it is yours, list all your domains under domains in the mapping.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, Slip, explain, slip};

    #[test]
    fn slips_of_the_keyboard_are_recognised() {
        for (domain, usual, expected) in [
            ("northwind-enregy.de", "northwind-energy.de", Slip::Swapped),
            ("nortwhind-energy.de", "northwind-energy.de", Slip::Swapped),
            ("contso.com", "contoso.com", Slip::Missing),
            ("conntoso.com", "contoso.com", Slip::Surplus),
            ("contaso.com", "contoso.com", Slip::Other),
            ("contosso.co.uk", "contoso.co.uk", Slip::Surplus),
            ("hr.contsoo.com", "hr.contoso.com", Slip::Swapped),
        ] {
            assert_eq!(slip(domain, usual), Some(expected), "{domain} for {usual}");
        }
    }

    #[test]
    fn domains_that_people_register_on_purpose_are_none() {
        for (domain, usual) in [
            ("contoso.com", "contoso.com"),
            ("contoso.de", "contoso.com"),
            ("contoso.co", "contoso.com"),
            ("contoso.co.uk", "contoso.com"),
            ("contoso.com.au", "contoso.com"),
            ("sub.contoso.com", "contoso.com"),
            ("contoso.com", "de.contoso.com"),
            ("homburg.contoso.com", "hamburg.contoso.com"),
            ("group1.de", "group2.de"),
            ("contoso1.com", "contoso.com"),
            ("plant-a.de", "plant-b.de"),
            ("plant-north.de", "plant-south.de"),
            ("northwindenergy.de", "northwind-energy.de"),
            ("northwind-energie.com", "northwind-energy.com"),
            ("northwind-systems.com", "northwind-system.com"),
            ("econtoso.com", "contoso.com"),
            ("mcontoso.com", "econtoso.com"),
            ("contoso-organization.com", "contoso-organisation.com"),
            ("contoso-elektro.com", "contoso-electro.com"),
            ("contoso-harbour.com", "contoso-harbor.com"),
            ("contoso-theatre.com", "contoso-theater.com"),
            ("contoso-internacional.com", "contoso-international.com"),
            ("contoso-internationaal.com", "contoso-international.com"),
            ("mueller-werke.de", "muller-werke.de"),
            ("abcd.de", "abdc.de"),
            ("cnotoso.local", "contoso.local"),
            ("contoso", "cnotoso"),
            ("fabrikam.com", "contoso.com"),
        ] {
            assert_eq!(slip(domain, usual), None, "{domain} beside {usual}");
            assert_eq!(slip(usual, domain), None, "{usual} beside {domain}");
        }
    }

    #[test]
    fn counts_and_the_share_are_told() {
        let told = |rows, usual, of, slip| explain(&Observed::NearDomain { rows, usual, of, slip }).message;
        assert_eq!(
            told(10, 9_990, 10_000, Slip::Swapped),
            "10 of 10,000 addresses end in the domain that 9,990 have, but with two letters swapped; this is the first"
        );
        assert_eq!(
            told(1, 150, 160, Slip::Missing),
            "1 of 160 addresses end in the domain that 150 have, but with a letter missing"
        );
    }
}
