//! An address has no `@`, or more than one.
//!
//! # What it checks
//!
//! Cells of a column that holds the user's sign-in name (in the documentation `EmailAddress`). A sign-in name has
//! exactly one `@`, with something before and after it. Several addresses in one cell are `several-addresses`, accounts such
//! as `CONTOSO\sarad` and paths of a directory `upn-display-form`. Of any other text without an `@` no other rule about
//! addresses speaks.
//!
//! # Why it matters to the receiving service
//!
//! The service finds the person by this name. A row whose name cannot belong to anyone triggers
//! nothing: a sister connector skips such rows and tells of them only in its log.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! Use `sara.davis@contoso.com` instead.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows the domain.

use super::parts::{core, is_at, is_bare};
use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::text::excel_error_value;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "email-missing-at",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("email_missing_at.rs"),
    check: Check::Cell { needs: NEEDS, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

/// A look-alike of the `@` beside one makes two of them; both look-alikes are strange.
const NEEDS: Bytes = Bytes::NO_ADDRESS.and(Bytes::STRANGE);

fn fires(cell: &Cell<'_>) -> bool {
    // A look-alike of the @ is left to `upn-non-ascii`, a cell of nothing but blanks to `upn-whitespace`.
    let text = core(cell.text);
    let faulty = if text.is_ascii() {
        !text.is_empty() && cell.address().is_none()
    } else {
        match text.split_once(is_at) {
            None => !text.is_empty(),
            Some((local, domain)) => local.is_empty() || domain.is_empty() || domain.contains(is_at),
        }
    };
    faulty && !excel_error_value::is_error(text) && is_bare(cell, text)
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = match cell.text.matches(is_at).count() {
        0 => "the address has no @",
        1 => "the address has nothing before or after its @",
        _ => "the address has more than one @",
    };
    Explanation::new(message, "Write the user's sign-in name, such as name@contoso.com.")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::judge_address;

    fn message(address: &str) -> Option<String> {
        judge_address(&RULE, address).map(|explanation| explanation.message.into_owned())
    }

    #[test]
    fn every_form_of_the_fault_has_its_own_words() {
        for address in ["sara.davis", "n/a", "Sara Davis"] {
            assert_eq!(message(address).as_deref(), Some("the address has no @"), "{address}");
        }
        for address in ["@contoso.com", "sara@", " sara@ "] {
            assert_eq!(message(address).as_deref(), Some("the address has nothing before or after its @"), "{address}");
        }
        assert_eq!(message("sara@@contoso.com").as_deref(), Some("the address has more than one @"));
    }

    #[test]
    fn what_other_rules_say_better_is_left_to_them() {
        for address in [
            "sara@contoso.com",
            " sara@contoso.com",
            "  ",
            "sara\u{ff20}contoso.com",
            "a@x.de; b@x.de",
            "CONTOSO\\sarad",
            "CN=Sara Davis,OU=HR",
        ] {
            assert_eq!(message(address), None, "{address}");
        }
    }
}
