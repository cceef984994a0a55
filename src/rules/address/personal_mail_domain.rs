//! An address is at a public mail provider.
//!
//! # What it checks
//!
//! Domains at which everybody can have a mailbox, such as `gmail.com`, `outlook.com`, `gmx.de` or `qq.com`. Their subdomains
//! are not meant. Where the mapping lists `domains`, the rule is silent: `domain-not-allowed` speaks then, and who works for
//! such a provider lists its domain.
//!
//! # Why it matters to the receiving service
//!
//! The column is for the name by which the directory of the organisation knows the user, and that has a domain of the
//! organisation. HR systems also keep private addresses, which people give for the time after they leave.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@gmail.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! Use `sara.davis@contoso.com` instead, and leave private addresses out of the export.
//!
//! # Options
//!
//! None. `domains` in the mapping replace the rule.
//!
//! # Fix
//!
//! None: only the directory knows the user's name.

use super::domains::{Kind, kind_of};
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "personal-mail-domain",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("personal_mail_domain.rs"),
    check: Check::Cell { needs: Bytes::DOMAIN, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

/// Providers' domains, a line a region. Providers that also keep the mailboxes of companies under their own name are left
/// out.
#[rustfmt::skip]
const PROVIDERS: &[&str] = &[
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com",
    "ymail.com", "rocketmail.com", "icloud.com", "me.com", "mac.com", "aol.com", "aim.com", "mail.com", "inbox.com",
    "proton.me", "protonmail.com", "pm.me", "tutanota.com", "tuta.io", "fastmail.com", "hushmail.com", "duck.com",
    "hotmail.co.uk", "live.co.uk", "yahoo.co.uk", "btinternet.com", "blueyonder.co.uk", "ntlworld.com", "virginmedia.com",
    "comcast.net", "verizon.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "earthlink.net", "att.net",
    "yahoo.ca", "hotmail.ca", "shaw.ca", "sympatico.ca", "bigpond.com", "optusnet.com.au", "yahoo.com.au", "xtra.co.nz",
    "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "web.de", "t-online.de", "freenet.de", "arcor.de", "posteo.de",
    "mailbox.org", "outlook.de", "hotmail.de", "live.de", "yahoo.de", "aol.de", "icloud.de", "bluewin.ch", "hispeed.ch",
    "aon.at", "chello.at", "hotmail.fr", "outlook.fr", "live.fr", "yahoo.fr", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr",
    "laposte.net", "hotmail.it", "outlook.it", "live.it", "yahoo.it", "libero.it", "virgilio.it", "tiscali.it", "alice.it",
    "hotmail.es", "outlook.es", "yahoo.es", "telefonica.net", "sapo.pt", "hotmail.nl", "live.nl", "ziggo.nl", "kpnmail.nl",
    "planet.nl", "telenet.be", "skynet.be", "hotmail.be", "online.no", "hotmail.se", "live.se", "live.dk",
    "wp.pl", "o2.pl", "onet.pl", "interia.pl", "seznam.cz", "centrum.cz", "azet.sk", "freemail.hu", "citromail.hu",
    "abv.bg", "ukr.net", "mail.ru", "bk.ru", "list.ru", "inbox.ru", "yandex.ru", "yandex.com", "ya.ru", "rambler.ru",
    "yahoo.com.br", "hotmail.com.br", "outlook.com.br", "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br",
    "yahoo.com.mx", "hotmail.com.mx", "prodigy.net.mx", "yahoo.com.ar", "hotmail.com.ar", "outlook.com.ar",
    "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "139.com", "189.cn",
    "yahoo.co.jp", "yahoo.ne.jp", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "naver.com", "hanmail.net", "daum.net",
    "rediffmail.com", "yahoo.in", "yahoo.co.in", "yahoo.com.sg", "yahoo.com.hk", "yahoo.com.tw", "yahoo.co.id",
    "yahoo.com.ph", "yahoo.com.vn", "walla.co.il",
];

/// Whether everybody can have a mailbox at the domain.
pub(super) fn is_personal(domain: &str) -> bool {
    PROVIDERS.iter().any(|provider| provider.eq_ignore_ascii_case(domain))
}

fn fires(cell: &Cell<'_>) -> bool {
    cell.address().is_some_and(|(_, domain)| is_personal(domain)) && kind_of(cell) == Some(Kind::Personal)
}

fn explain(_: &Cell<'_>) -> Explanation {
    Explanation::new(
        "a private address at a mail provider, not the name that the organisation's directory has",
        "Write the user's sign-in name; if the domain is yours all the same, list it under domains in the mapping.",
    )
}

#[cfg(test)]
mod tests {
    use super::{PROVIDERS, RULE};
    use crate::rules::testing::{judge, judge_address, single};

    #[test]
    fn providers_are_known_in_any_case() {
        for address in ["sara@gmail.com", "sara@GMX.de ", "sara@yahoo.co.jp", "sara+hr@outlook.com"] {
            assert!(judge_address(&RULE, address).is_some(), "{address}");
        }
        for address in ["sara@mygmail.com", "sara@mail.gmail.com", "sara@gmail.com.de", "sara@gmail", "gmail.com"] {
            assert!(judge_address(&RULE, address).is_none(), "{address}");
        }
    }

    #[test]
    fn a_mapping_with_domains_leaves_them_to_another_rule() {
        let mut frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate"], "resignation");
        for domains in ["contoso.com", "gmail.com"] {
            frame.domains = vec![domains.to_owned()];
            assert!(judge(&RULE, &frame, &["sara@gmail.com", "", ""], 0).is_none());
        }
    }

    #[test]
    fn no_provider_is_listed_twice_or_in_capitals() {
        let mut sorted = PROVIDERS.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), PROVIDERS.len());
        assert!(PROVIDERS.iter().all(|provider| provider.bytes().all(|b| !b.is_ascii_uppercase())));
    }
}
