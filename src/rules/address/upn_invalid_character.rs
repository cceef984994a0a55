//! An address holds a character that no principal name has.
//!
//! # What it checks
//!
//! Allowed are letters A to Z, digits, and `' . - _ ! # ^ ~`. Everything else that can be typed in ASCII is reported:
//! quotes, brackets, commas, slashes, `&`, `=` and so on. `+` is not reported here: it is impossible in a principal
//! name, but common in a mail address, and the documentation uses both words. `#` is allowed, so guests (`#EXT#`) are
//! not this rule's business. Letters outside ASCII are `upn-non-ascii`, blanks `upn-whitespace`, several addresses
//! `email-missing-at`.
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

use super::parts::{has_at, has_display_name, is_list, is_separator};
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
    check: Check::Cell { needs: Bytes::NOT_UPN, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    // The separators of a list are not faults of their own: `email-missing-at` speaks of the list.
    has_at(cell.text) && cell.text.bytes().any(is_invalid) && (!is_list(cell.text) || faulty_within_list(cell.text))
}

fn faulty_within_list(text: &str) -> bool {
    text.chars().any(|c| u8::try_from(c).is_ok_and(is_invalid) && !is_separator(c))
}

/// A visible ASCII character that is not allowed. The `@` has rules of its own.
fn is_invalid(byte: u8) -> bool {
    byte.is_ascii_punctuation() && !matches!(byte, b'\'' | b'.' | b'-' | b'_' | b'!' | b'#' | b'^' | b'~' | b'@' | b'+')
}

fn explain(cell: &Cell<'_>) -> Explanation {
    if has_display_name(cell.text) {
        let help = "Write the address alone, without the name and the brackets.";
        return Explanation::new("the address stands in brackets after a name", help);
    }
    let invalid = |c: char| u8::try_from(c).is_ok_and(is_invalid);
    let first = cell.text.chars().position(invalid).unwrap_or_default() + 1;
    let message = match cell.text.chars().filter(|&c| invalid(c)).count() {
        1 => format!("character {first} of the address is not allowed"),
        count => format!("{count} characters of the address are not allowed, the first is character {first}"),
    };
    Explanation::new(message, "Write the name as the directory has it: letters, digits and ' . - _ ! # ^ ~ only.")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    fn message(address: &str) -> Option<String> {
        judge_address(&RULE, address).map(|explanation| explanation.message)
    }

    #[test]
    fn every_disallowed_character_is_found() {
        for c in "\\%&*/=?{}|<>();:,[]\"$`".chars() {
            let found = message(&format!("sara{c}davis@contoso.com"));
            assert_eq!(found.as_deref(), Some("character 5 of the address is not allowed"), "{c}");
        }
        assert_eq!(
            message("mailto:a@(b).de").as_deref(),
            Some("3 characters of the address are not allowed, the first is character 7")
        );
        assert!(message("Sara Davis <sarad@contoso.com>").is_some_and(|message| message.contains("brackets")));
    }

    #[test]
    fn allowed_characters_and_the_faults_of_other_rules_are_silent() {
        for c in "'.-_!#^~+ é\u{200b}\u{7}Z9".chars() {
            assert_eq!(message(&format!("sara{c}davis@contoso.com")), None, "{c}");
        }
        for address in ["a@x.de;b@x.de", "n/a", "CONTOSO\\sarad", "p_partner.de#EXT#@contoso.onmicrosoft.com"] {
            assert_eq!(message(address), None, "{address}");
        }
        assert!(message("a@x.de;(b)@x.de").is_some());
    }
}
