//! An address holds a character that no sign-in name has.
//!
//! # What it checks
//!
//! Allowed are letters A to Z, digits, and `' . - _ ! # ^ ~`. Everything else that can be typed in ASCII is reported:
//! quotes, brackets, commas, slashes, `&`, `=` and so on. After the `@`, only letters, digits, `.` and `-` are allowed: an
//! apostrophe there is mostly one of a pair around the address. `+` before the `@` is `email-plus-sign`: it is impossible in a
//! sign-in name, but common in a mail address, and the documentation uses both words. `#` is allowed; guests (`#EXT#`)
//! are `guest-upn`. Letters outside ASCII are `upn-non-ascii`, blanks `upn-whitespace`, several addresses
//! `several-addresses`, a name or a prefix around the address `upn-display-form`.
//!
//! # Why it matters to the receiving service
//!
//! The directory has no such name, so the row belongs to nobody. A sister connector skips rows with
//! invalid addresses and tells of them only in its log.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara(davis)@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only the directory knows the right name.

use super::parts::{has_at, is_bare};
use super::sample_domain::is_sample;
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "upn-invalid-character",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("upn_invalid_character.rs"),
    check: Check::Cell { needs: NEEDS, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

/// What is allowed before the `@` alone is looked for in domains that were not seen before.
const NEEDS: Bytes = Bytes::NOT_UPN.and(Bytes::DOMAIN);

fn fires(cell: &Cell<'_>) -> bool {
    (cell.text.bytes().any(is_invalid) || wrong_in_domain(cell).is_some())
        && has_at(cell.text)
        && is_bare(cell, cell.text)
}

/// A visible ASCII character that is not allowed. The `@` and the `+` have rules of their own.
fn is_invalid(byte: u8) -> bool {
    INVALID[usize::from(byte)]
}

/// Looked up, because every address is gone through.
const INVALID: [bool; 256] = {
    let (mut invalid, mut byte) = ([false; 256], 0);
    while byte < 128 {
        let allowed = matches!(byte as u8, b'\'' | b'.' | b'-' | b'_' | b'!' | b'#' | b'^' | b'~' | b'@' | b'+');
        invalid[byte] = (byte as u8).is_ascii_punctuation() && !allowed;
        byte += 1;
    }
    invalid
};

/// A character of the domain that is allowed before the `@` alone. A domain that is still to be written has another rule.
fn wrong_in_domain(cell: &Cell<'_>) -> Option<char> {
    let (_, domain) = cell.address()?;
    let wrong = |byte: &u8| matches!(byte, b'+' | b'\'' | b'_' | b'!' | b'#' | b'^' | b'~');
    let found = domain.bytes().find(|byte| wrong(byte))?;
    (!is_sample(domain)).then_some(char::from(found))
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let help = "Write the name as the directory has it: letters, digits and ' . - _ ! # ^ ~ only.";
    if !cell.text.bytes().any(is_invalid) {
        let help = "Write the name as the directory has it; after the @ stand letters, digits, dots and hyphens only.";
        let local = cell.address().map_or("", |(local, _)| local);
        return match wrong_in_domain(cell) {
            Some('\'') if local.starts_with('\'') => {
                Explanation::new("the address stands between apostrophes", "Write the address without them.")
            }
            Some('+') => Explanation::new("the domain has a plus sign", help),
            Some('\'') => Explanation::new("the domain has an apostrophe", help),
            Some('_') => Explanation::new("the domain has an underscore", help),
            _ => Explanation::new("the domain has a character that no domain has", help),
        };
    }
    let invalid = |c: char| u8::try_from(c).is_ok_and(is_invalid);
    let first = cell.text.chars().position(invalid).unwrap_or_default() + 1;
    let message = match cell.text.chars().filter(|&c| invalid(c)).count() {
        1 => format!("character {first} of the address is not allowed"),
        count => format!("{count} characters of the address are not allowed, the first is character {first}"),
    };
    Explanation::new(message, help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    fn message(address: &str) -> Option<String> {
        judge_address(&RULE, address).map(|explanation| explanation.message.into_owned())
    }

    #[test]
    fn every_disallowed_character_is_found() {
        for c in "\\%&*/=?{}|<>();:,[]\"$`".chars() {
            let found = message(&format!("sara{c}davis@contoso.com"));
            assert_eq!(found.as_deref(), Some("character 5 of the address is not allowed"), "{c}");
        }
        assert_eq!(
            message("a:a@(b).de").as_deref(),
            Some("3 characters of the address are not allowed, the first is character 2")
        );
        assert_eq!(message("sara@con+toso.com").as_deref(), Some("the domain has a plus sign"));
        assert_eq!(message("sara@con_toso.com").as_deref(), Some("the domain has an underscore"));
        assert_eq!(message("sara@contoso.com'").as_deref(), Some("the domain has an apostrophe"));
        assert_eq!(message("'sara@contoso.com'").as_deref(), Some("the address stands between apostrophes"));
        for c in "!#^~".chars() {
            let words = Some("the domain has a character that no domain has");
            assert_eq!(message(&format!("sara@con{c}toso.com")).as_deref(), words, "{c}");
        }
    }

    #[test]
    fn allowed_characters_and_the_faults_of_other_rules_are_silent() {
        for c in "'.-_!#^~+ é\u{200b}\u{7}Z9".chars() {
            assert_eq!(message(&format!("sara{c}davis@contoso.com")), None, "{c}");
        }
        for address in [
            "a@x.de;b@x.de",
            "a@x.de;(b)@x.de",
            "n/a",
            "CONTOSO\\sarad",
            "p_partner.de#EXT#@contoso.onmicrosoft.com",
            "Sara Davis <sarad@contoso.com>",
            "mailto:sarad@contoso.com",
            "sarad@REPLACE_ME",
            "o'hara@contoso.com",
        ] {
            assert_eq!(message(address), None, "{address}");
        }
    }
}
