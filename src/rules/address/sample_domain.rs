//! An address has a domain that exists only in samples.
//!
//! # What it checks
//!
//! Domains of the vendor's documentation (`contoso.com`, `fabrikam.com`, `adatum.com`, `northwindtraders.com`, and the
//! same names under `onmicrosoft.com`), domains reserved for examples and tests (`example.com`, `example.org`,
//! `example.net`, and whatever ends in `.example`, `.test` or `.invalid`), their subdomains, and placeholders such as
//! `REPLACE_ME`. Where the mapping lists `domains`, others are `domain-not-allowed`, and only a placeholder before the `@`
//! is left to this rule.
//!
//! # Why it matters to the receiving service
//!
//! No user of your organisation has such a name: the rows are a sample or a test that was left in the file.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! `domains` in the mapping: the domains that addresses may have.
//!
//! # Fix
//!
//! None: only a person knows whom the row is about.

use super::domains::{self, Stated};
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "sample-domain",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("sample_domain.rs"),
    check: Check::Cell { needs: NEEDS, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

/// Domains of samples; their subdomains count, too.
const SAMPLES: &[&str] = &[
    "contoso.com",
    "fabrikam.com",
    "adatum.com",
    "northwindtraders.com",
    "contoso.onmicrosoft.com",
    "fabrikam.onmicrosoft.com",
    "adatum.onmicrosoft.com",
    "northwindtraders.onmicrosoft.com",
    "example.com",
    "example.org",
    "example.net",
    "example",
    "test",
    "invalid",
];

/// The domain tells, or what stands before it.
const NEEDS: Bytes = Bytes::DOMAIN.and(Bytes::PLACEHOLDER);

fn fires(cell: &Cell<'_>) -> bool {
    cell.address().is_some_and(|(local, domain)| match domains::stated(cell, domain) {
        Stated::Nothing => is_sample(domain) || is_placeholder(local),
        Stated::Listed => is_placeholder(local),
        Stated::Unlisted => false,
    })
}

/// Whether a domain exists only in samples, or stands for one that is still to be written.
pub(super) fn is_sample(domain: &str) -> bool {
    may_be_sample(domain) && SAMPLES.iter().any(|sample| domains::is_under(domain, sample)) || is_placeholder(domain)
}

/// Whether a domain ends like one of the samples.
fn may_be_sample(domain: &str) -> bool {
    domain.bytes().last().is_some_and(|last| SAMPLES.iter().any(|sample| sample.ends_with(char::from(last | 0x20))))
}

/// Whether a part is a placeholder: `REPLACE` or `REPLACEME`, with or without more words after it.
fn is_placeholder(part: &str) -> bool {
    let after = |text: &[u8]| matches!(text.first(), None | Some(b'_' | b'-' | b'.'));
    let Some((word, rest)) = part.as_bytes().split_at_checked(7) else { return false };
    let further = rest.split_at_checked(2).filter(|(me, _)| me.eq_ignore_ascii_case(b"me"));
    word.eq_ignore_ascii_case(b"replace") && (after(rest) || further.is_some_and(|(_, end)| after(end)))
}

fn explain(_: &Cell<'_>) -> Explanation {
    Explanation::new(
        "the address belongs to a sample, not to a user",
        "Remove the row or write the real address; if the domain is yours, list it under domains in the mapping.",
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge, judge_address, single};

    #[test]
    fn sample_domains_and_placeholders_are_found() {
        for address in [
            "sarad@contoso.com",
            "sarad@Contoso.COM ",
            "sarad@hr.contoso.com",
            "sarad@contoso.onmicrosoft.com",
            "sarad@example.org",
            "sarad@mail.example",
            "sarad@localhost.test",
            "sarad@REPLACE_WITH_DOMAIN",
            "replaceme@northwind-energy.de",
        ] {
            assert!(judge_address(&RULE, address).is_some(), "{address}");
        }
    }

    #[test]
    fn real_domains_are_silent() {
        for address in [
            "sarad@northwind-energy.de",
            "sarad@mycontoso.com",
            "sarad@contoso.com.de",
            "sarad@attest",
            "sarad@replacements.de",
            "sarad@replacement.de",
            "sarad",
            "sarad@contoso.com@x.de",
        ] {
            assert!(judge_address(&RULE, address).is_none(), "{address}");
        }
    }

    #[test]
    fn where_domains_are_listed_only_placeholders_are_left() {
        let mut frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate"], "resignation");
        frame.domains = vec!["contoso.com".to_owned()];
        assert!(judge(&RULE, &frame, &["sarad@Contoso.com", "", ""], 0).is_none());
        assert!(judge(&RULE, &frame, &["sarad@fabrikam.com", "", ""], 0).is_none());
        assert!(judge(&RULE, &frame, &["replaceme@contoso.com", "", ""], 0).is_some());
        assert!(judge(&RULE, &frame, &["replaceme@fabrikam.com", "", ""], 0).is_none());
    }
}
