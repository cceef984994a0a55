//! Faults of addresses.

use super::{Document, Mutation, Spot, change, found, mapped};
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
    found("apostrophes around an address", "upn-invalid-character", |document, random| {
        address(document, random, |text| format!("'{text}'"))
    }),
    found("an underscore in a domain", "upn-invalid-character", |document, random| {
        at(document, random, "northwind_energy.de")
    }),
    found("an ending of one letter", "non-routable-domain", |document, random| {
        at(document, random, "northwind-energy.d")
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
    found("a domain of the documentation", "sample-domain", |document, random| at(document, random, "contoso.com")),
    found("two addresses", "several-addresses", |document, random| {
        address(document, random, |text| format!("{text};m.{text}"))
    }),
    found("two addresses with names", "several-addresses", |document, random| {
        address(document, random, |text| format!("Brandt, Mia <{text}>, Jürgen <j.{text}>"))
    }),
    found("an address on each of two lines", "several-addresses", |document, random| {
        address(document, random, |text| format!("{text}\r\nm.{text}"))
    }),
    found("a name before the address", "upn-display-form", |document, random| {
        address(document, random, |text| format!("Jürgen \"Jo\" Brandt <{text}>"))
    }),
    found("a name behind the address", "upn-display-form", |document, random| {
        address(document, random, |text| format!("{text} (Mia Brandt)"))
    }),
    found("mailto:", "upn-display-form", |document, random| address(document, random, |text| format!("mailto:{text}"))),
    found("an account with its domain", "upn-display-form", |document, random| {
        address(document, random, |_| "NORTHWIND\\mia.brandt".into())
    }),
    found("a directory's path", "upn-display-form", |document, random| {
        address(document, random, |_| "CN=Mia Brandt,OU=HR,DC=northwind-energy,DC=de".into())
    }),
    found("a plus sign", "email-plus-sign", |document, random| {
        address(document, random, |text| text.replacen('@', "+hr@", 1))
    }),
    found("a plus sign in a domain", "upn-invalid-character", |document, random| {
        address(document, random, |text| text.replacen('@', "@a+", 1))
    }),
    found("a guest", "guest-upn", |document, random| {
        address(document, random, |text| text.replacen('@', "_halden.no#EXT#@", 1))
    }),
    found("a domain of the inner network", "non-routable-domain", |document, random| {
        at(document, random, "northwind.local")
    }),
    found("a domain without a dot", "non-routable-domain", |document, random| at(document, random, "northwind")),
    found("a number for a domain", "non-routable-domain", |document, random| at(document, random, "192.168.1.5")),
    found("a slip of .com", "non-routable-domain", |document, random| at(document, random, "northwind-energy.con")),
    found("two letters swapped in the usual domain", "domain-near-miss", |document, random| {
        of_one_company(document);
        at(document, random, "northwind-enregy.de")
    }),
    found("a letter missing in the usual domain, in capitals", "domain-near-miss", |document, random| {
        of_one_company(document);
        at(document, random, "Nortwind-Energy.DE")
    }),
    found("a mail provider", "personal-mail-domain", |document, random| at(document, random, "Gmail.com")),
    mapped(
        LISTED,
        found("a domain that is not listed", "domain-not-allowed", |document, random| {
            at(document, random, "northwind-energy.dk")
        }),
    ),
    mapped(
        LISTED,
        found("a mail provider that is not listed", "domain-not-allowed", |document, random| {
            at(document, random, "gmail.com")
        }),
    ),
    mapped(
        LISTED,
        found("a sample's domain that is not listed", "domain-not-allowed", |document, random| {
            at(document, random, "contoso.com")
        }),
    ),
    mapped(
        LISTED,
        found("an inner domain that is not listed", "domain-not-allowed", |document, random| {
            at(document, random, "halden-marine.local")
        }),
    ),
    mapped(
        LISTED,
        found("a dot behind a listed domain", "upn-dot-edge", |document, random| {
            address(document, random, |text| format!("{text}."))
        }),
    ),
];

/// The built-in scenarios of the generator's header, and its domains.
pub(super) const LISTED: &str = r#"{
  "version": 1,
  "identifier": { "column": "HRScenario" },
  "scenarios": {
    "resignation": { "identifier": "Resignation" },
    "jobLevelChange": { "identifier": "Job level change" },
    "performanceReview": { "identifier": "Performance review" },
    "performanceImprovementPlan": {
      "identifier": "Performance improvement plan",
      "columns": { "improvementRemarks": "Remarks", "performanceRating": "Rating" }
    }
  },
  "rules": { "date-far-future": { "days": 30 } },
  "domains": [
    "northwind-energy.de", "halden-marine.no", "brightwater-care.co.uk", "kestrel-freight.com", "sakuragawa-works.jp",
    "monteverde-foods.com.br", "indus-textiles.in"
  ]
}"#;

/// Gives all people the same domain. They stay apart by the first letter of the one they had.
pub(super) fn of_one_company(document: &mut Document) {
    for record in 1..document.records.len() {
        let address = document.text(record, 1);
        if let Some((local, domain)) = address.split_once('@') {
            document.write(record, 1, &format!("{}.{local}@northwind-energy.de", &domain[..1]));
        }
    }
}

/// Gives an address another domain.
fn at(document: &mut Document, random: &mut Random, domain: &str) -> Spot {
    address(document, random, |text| text[..=text.find('@').unwrap_or(0)].to_owned() + domain)
}

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
