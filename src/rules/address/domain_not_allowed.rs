//! An address has a domain that the mapping does not list.
//!
//! # What it checks
//!
//! Every address, where the mapping lists `domains`: what stands after the `@` must be one of them, without regard to case.
//! Subdomains count only where they are listed themselves, because a directory, too, keeps each of them apart. Without
//! `domains` the rule says nothing.
//!
//! It alone speaks of such a domain: `sample-domain`, `non-routable-domain` and `personal-mail-domain` are silent where the
//! mapping lists `domains`, and the message says what was recognised. A domain near a listed one is taken for a slip.
//!
//! # Why it matters to the receiving service
//!
//! The domains of a directory are known and few. A name in any other belongs to nobody there, so the row has no effect; and a
//! file with many of them is probably another company's.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! With `"domains": ["contoso.com"]` in the mapping, use `sara.davis@contoso.com` instead.
//!
//! # Options
//!
//! `domains` in the mapping: the domains that addresses may have.
//!
//! # Fix
//!
//! None: another domain is another person, so nothing but the directory can tell.

use super::domains::{Kind, Stated, kind, stated};
use super::parts::is_well_formed;
use crate::finding::{Printable, Severity};
use crate::mapping::FieldKind;
use crate::rules::likeness::likeness;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "domain-not-allowed",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("domain_not_allowed.rs"),
    check: Check::Cell { needs: Bytes::DOMAIN, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    cell.address().is_some_and(|(_, domain)| stated(cell, domain) == Stated::Unlisted && is_well_formed(domain))
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let (_, domain) = cell.address().unwrap_or_default();
    let listed = &cell.record.frame.domains;
    let meant = listed.iter().filter_map(|listed| Some((likeness(domain, listed)?, listed)));
    let meant = meant.max_by(|a, b| a.0.partial_cmp(&b.0).unwrap_or(std::cmp::Ordering::Equal));
    if let Some((_, meant)) = meant {
        let meant = Printable::new(meant);
        let message =
            format!("the domain is not among the mapping's domains; {} was probably meant", meant.shortened(64));
        return Explanation::new(
            message,
            "Correct the address; if the domain is yours, list it under domains in the mapping.",
        );
    }
    let recognised = match kind(domain) {
        Some(Kind::Sample) => "a sample's domain",
        Some(Kind::Unroutable(reason)) => reason.words(),
        Some(Kind::Personal) => "a mail provider's domain",
        None => "the domain",
    };
    Explanation::new(
        format!("{recognised}, which is not among the mapping's domains").replace("the domain, which", "the domain"),
        "Write the user's sign-in name in your organisation; if the domain is yours, list it under domains in the mapping.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge, single};

    fn message(domains: &[&str], address: &str) -> Option<String> {
        let mut frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate"], "resignation");
        frame.domains = domains.iter().map(|&domain| domain.to_owned()).collect();
        judge(&RULE, &frame, &[address, "", ""], 0).map(|explanation| explanation.message.into_owned())
    }

    #[test]
    fn a_domain_near_a_listed_one_is_taken_for_a_slip() {
        let domains = ["contoso.com", "hr.contoso.com", "fabrikam.de"];
        for (address, meant) in
            [("sara@contso.com", "contoso.com"), ("sara@contoso.co", "contoso.com"), ("s@Fabrikan.de", "fabrikam.de")]
        {
            let expected = format!("the domain is not among the mapping's domains; {meant} was probably meant");
            assert_eq!(message(&domains, address), Some(expected), "{address}");
        }
    }

    #[test]
    fn what_is_recognised_is_said() {
        for (address, expected) in [
            ("sara@northwind-energy.de", "the domain is not among the mapping's domains"),
            ("sara@gmail.com", "a mail provider's domain, which is not among the mapping's domains"),
            ("sara@fabrikam.com", "a sample's domain, which is not among the mapping's domains"),
            (
                "sara@energy.local",
                "a domain that exists only inside a network, which is not among the mapping's domains",
            ),
        ] {
            assert_eq!(message(&["contoso.com"], address).as_deref(), Some(expected), "{address}");
        }
    }

    #[test]
    fn listed_domains_and_misspelt_addresses_are_silent() {
        for address in
            ["sara@contoso.com", "sara@Contoso.COM ", "sara", "sara@contoso..de", "sara@cöntoso.com", "a@b@c.de"]
        {
            assert_eq!(message(&["contoso.com"], address), None, "{address}");
        }
        assert_eq!(message(&[], "sara@anywhere.de"), None);
        assert!(message(&["contoso.com"], "sara@hr.contoso.com").is_some(), "subdomains are listed themselves");
    }
}
