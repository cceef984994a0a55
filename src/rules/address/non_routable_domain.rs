//! An address has a domain that exists only inside a network.
//!
//! # What it checks
//!
//! Domains that end in `.local`, `.localdomain`, `.localhost`, `.internal`, `.lan`, `.intranet`, `.corp`, `.home`, `.private`,
//! `.workgroup` or `.arpa`; domains without any dot; numbers such as `192.168.1.5`; and `.con`, `.cmo` or `.comm`, which are
//! slips of `.com` and exist nowhere, as do endings of one letter (`.c`) and endings with a digit (`.c0m`). `sample-domain` speaks of `.test`, `.example` and `.invalid`. Where the mapping lists
//! `domains`, the rule is silent: `domain-not-allowed` speaks then.
//!
//! # Why it matters to the receiving service
//!
//! A cloud directory takes only domains that are registered and verified. A name with another ending is the account's name on
//! the premises; in the cloud the person mostly has the same name with another domain.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.local,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! Use `sara.davis@contoso.com` instead.
//!
//! # Options
//!
//! None. `domains` in the mapping replace the rule.
//!
//! # Fix
//!
//! None: only the directory knows the domain.

use super::domains::{Kind, kind_of};
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "non-routable-domain",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("non_routable_domain.rs"),
    check: Check::Cell { needs: Bytes::DOMAIN, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

/// Endings that are kept for private networks, or were never given out and are used for them.
const INSIDE: [&str; 11] = [
    "local",
    "localdomain",
    "localhost",
    "internal",
    "lan",
    "intranet",
    "corp",
    "home",
    "private",
    "workgroup",
    "arpa",
];

/// Endings that are slips of `com`.
const SLIPS: [&str; 3] = ["con", "cmo", "comm"];

/// Why a domain cannot be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// Its ending belongs to private networks.
    Inside,
    /// It has no dot.
    Single,
    /// It ends in a number.
    Number,
    /// It ends in a slip of `com`.
    Slip,
    /// No ending is like its ending.
    Ending,
}

impl Reason {
    /// The domain in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Inside => "a domain that exists only inside a network",
            Self::Single => "a domain without a dot",
            Self::Number => "a number in place of a domain",
            Self::Slip => "a domain with a slip of .com at its end",
            Self::Ending => "a domain with an ending that does not exist",
        }
    }
}

/// Why a well-formed domain cannot be reached, if it cannot.
pub(super) fn reason(domain: &str) -> Option<Reason> {
    let Some((_, last)) = domain.rsplit_once('.') else { return Some(Reason::Single) };
    let is = |ending: &&str| ending.eq_ignore_ascii_case(last);
    if INSIDE.iter().any(is) {
        Some(Reason::Inside)
    } else if SLIPS.iter().any(is) {
        Some(Reason::Slip)
    } else if last.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(Reason::Number)
    } else {
        // Endings are letters, at least two, or letters beyond ASCII written as xn--.
        let foreign = last.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
        let letters = last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
        (!letters && !foreign).then_some(Reason::Ending)
    }
}

fn fires(cell: &Cell<'_>) -> bool {
    let may_be = cell.address().is_some_and(|(_, domain)| reason(domain).is_some());
    may_be && matches!(kind_of(cell), Some(Kind::Unroutable(_)))
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let words = match kind_of(cell) {
        Some(Kind::Unroutable(reason)) => reason.words(),
        _ => "a domain that cannot be reached",
    };
    let help = "Write the user's sign-in name as the cloud directory has it; on the premises it may differ.";
    Explanation::new(format!("{words}: no user of the cloud directory has it"), help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    fn message(address: &str) -> Option<String> {
        judge_address(&RULE, address).map(|explanation| explanation.message.into_owned())
    }

    #[test]
    fn every_reason_has_its_words() {
        for (address, words) in [
            ("sara@contoso.local", "exists only inside a network"),
            ("sara@ad.contoso.LAN ", "exists only inside a network"),
            ("sara@contoso", "without a dot"),
            ("sara@192.168.1.5", "a number in place"),
            ("sara@contoso.con", "a slip of .com"),
            ("sara@contoso.c", "an ending that does not exist"),
            ("sara@contoso.c0m", "an ending that does not exist"),
        ] {
            assert!(message(address).is_some_and(|message| message.contains(words)), "{address}");
        }
    }

    #[test]
    fn real_domains_and_the_faults_of_other_rules_are_silent() {
        for address in [
            "sara@northwind-energy.de",
            "sara@local.de",
            "sara@home.contoso.com",
            "sara@internal.co.uk",
            "sara@4711.de",
            "sara@xn--mller-kva.xn--p1ai",
            "sara@tenant.onmicrosoft.com",
            "sara@localhost.test",
            "sara@contoso.local.",
            "sara@REPLACE_ME",
            "sara@cöntoso",
            "sara",
        ] {
            assert_eq!(message(address), None, "{address}");
        }
    }
}
