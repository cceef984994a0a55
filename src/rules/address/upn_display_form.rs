//! An address is written as a mail program or a directory shows it, not as a sign-in name.
//!
//! # What it checks
//!
//! Cells of a column that holds the user's sign-in name, for the forms in which programs show or keep people: a name
//! and the address in brackets (`Sara Davis <sara.davis@contoso.com>`), a prefix (`mailto:`, `smtp:`, `sip:`, the claim
//! `i:0#.f|membership|`), an account with its domain in front (`CONTOSO\sarad`), a directory path (`CN=Sara Davis,OU=HR`,
//! `/o=Contoso/cn=Recipients/cn=sarad`). Of such a cell `upn-invalid-character` and `email-missing-at` say nothing.
//!
//! An account name alone (`sarad`) stays with `email-missing-at`: nothing in it tells whether it is an account or an address
//! that lost its domain.
//!
//! # Why it matters to the receiving service
//!
//! The whole text is looked up as a name, which nobody has, so the row belongs to nobody.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! Sara Davis <sara.davis@contoso.com>,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
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
//! Unsafe, where the cell holds an address: what stands around it is removed. None for accounts and directory paths: only the
//! directory knows the sign-in name.

use super::parts::{DisplayForm, core, display_form, is_blank, split};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "upn-display-form",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: None,
    options: &[],
    source: include_str!("upn_display_form.rs"),
    check: Check::Cell { needs: Bytes::NOT_UPN, place: CellPlace::Filled(&[FieldKind::Upn]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    display_form(cell.text).is_some()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let (message, address) = match display_form(cell.text) {
        Some(DisplayForm::Named(address)) => ("the address stands in brackets beside a name", address),
        Some(DisplayForm::Prefixed(address)) => ("a prefix such as mailto: stands before the address", address),
        Some(DisplayForm::Account) => {
            let help =
                "Write the user's sign-in name, such as name@contoso.com; the directory knows it by the account.";
            return Explanation::new("an account name with its domain in front, not a sign-in name", help);
        }
        Some(DisplayForm::Path) | None => {
            let help = "Write the user's sign-in name, such as name@contoso.com; the directory knows it by the path.";
            return Explanation::new("a directory's path to the user, not a sign-in name", help);
        }
    };
    let clean = |text: &str| split(text).is_some() && !text.contains(is_odd);
    let mend = Some(core(address)).filter(|text| clean(text)).map(|text| Mend::Cell(Safety::Unsafe, text.to_owned()));
    Explanation::new(message, "Write the address alone, as the directory has it.").with(mend)
}

/// What a repair must not leave in an address.
fn is_odd(c: char) -> bool {
    is_blank(c) || c.is_control() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | ':' | '?' | '|' | '\\')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::rules::Mend;
    use crate::rules::testing::judge_address;

    #[test]
    fn an_address_inside_is_what_the_repair_leaves() {
        for address in [
            "Sara Davis <sarad@contoso.com>",
            " \"Davis, Sara\" < sarad@contoso.com >",
            "<sarad@contoso.com>",
            "Sara Davis (sarad@contoso.com)",
            "Sara Davis [mailto:sarad@contoso.com]",
            "sarad@contoso.com (Sara Davis)",
            "Jürgen <sarad@contoso.com>",
            "mailto:sarad@contoso.com",
            "MAILTO: sarad@contoso.com",
            "SMTP:sarad@contoso.com",
            "i:0#.f|membership|sarad@contoso.com",
        ] {
            let words = judge_address(&RULE, address).unwrap_or_else(|| panic!("{address} is shown so by programs"));
            assert!(words.mend == Some(Mend::Cell(Safety::Unsafe, "sarad@contoso.com".into())), "{address}");
        }
    }

    #[test]
    fn what_only_the_directory_knows_has_no_repair() {
        for address in [
            "CONTOSO\\sarad",
            "hr.contoso.com\\sara.davis",
            "CN=Sara Davis,OU=HR,DC=contoso,DC=com",
            "/o=Contoso/ou=Exchange/cn=Recipients/cn=sarad",
            "Sara <sara davis@contoso.com>",
            "mailto:sarad@contoso.com?subject=hello",
        ] {
            let words = judge_address(&RULE, address).unwrap_or_else(|| panic!("{address} is shown so by programs"));
            assert!(words.mend.is_none(), "{address}");
        }
    }

    #[test]
    fn other_texts_are_left_to_other_rules() {
        for address in [
            "sarad@contoso.com",
            "sarad",
            "n/a",
            "",
            "<>",
            "Sara <sarad>",
            "sara(davis)@contoso.com",
            "sara\\davis@contoso.com",
            "a\\b\\c",
            "\\sarad",
            "A <a@x.de>; B <b@x.de>",
            "Sara Davis",
        ] {
            assert!(judge_address(&RULE, address).is_none(), "{address}");
        }
    }
}
