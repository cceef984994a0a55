//! A column name differs from the mapped one in capital and small letters only.
//!
//! # What it checks
//!
//! Names that are found in the mapping once capital and small letters are taken for the same, and that are spelled
//! otherwise there. With the built-in mapping the documented names count, and their known aliases.
//!
//! # Why it matters to the receiving service
//!
//! The documentation says that the service does not regard case in column names, so nothing is lost. It is still a sign
//! that somebody typed the header by hand, and other programs that read the file may be stricter.
//!
//! # Example
//!
//! ```csv
//! emailaddress,ResignationDate,LASTWORKINGDATE
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! The documentation writes `EmailAddress` and `LastWorkingDate`.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the name is written as it stands in the mapping.

use super::reading::{Reading, Standing, known_names, plain};
use crate::finding::{Printable, Safety, Severity};
use crate::rules::{Check, Explanation, Frame, Header, HeaderFault, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "header-case-differs",
    severity: Severity::Info,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("header_case_differs.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let frame = header.frame;
    let known = |standing| matches!(standing, Standing::Known).then_some(());
    let columns = Reading::of(frame);
    let mapped = columns.columns(known).filter_map(|(column, ())| Some((column, mapped_name(frame, column)?)));
    mapped.map(|(column, name)| (Some(column), explain(frame.header(column), name))).collect()
}

/// The mapping's spelling of a column's name, if no spelling of the mapping is the header's.
fn mapped_name(frame: &Frame, column: usize) -> Option<&str> {
    let written = frame.header(column);
    let mut same = known_names(frame).filter(|name| plain(name) == plain(written)).peekable();
    let first = *same.peek()?;
    same.all(|name| name != written).then_some(first)
}

fn explain(written: &str, mapped: &str) -> Explanation {
    let (here, there) = (Printable::new(written), Printable::new(mapped));
    Explanation::new(
        format!("the mapping writes this column {}, not {}", there.shortened(64), here.shortened(64)),
        format!("Write {there} as the mapping does; the service does not mind, other readers of the file may."),
    )
    .with(Mend::Cell(Safety::Safe, mapped.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::rules::Mend;
    use crate::rules::testing::{combined, judge_header, own, said, single};

    #[test]
    fn only_the_case_may_differ() {
        let frame = single(&["EMAILADDRESS", "Resignation Date", "LastWorkingDate"], "resignation");
        let expected = "the mapping writes this column EmailAddress, not EMAILADDRESS".to_owned();
        assert_eq!(said(&RULE, &frame), [(Some(0), expected)]);
        assert!(judge_header(&RULE, &frame)[0].1.mend == Some(Mend::Cell(Safety::Safe, "EmailAddress".to_owned())));
    }

    #[test]
    fn aliases_and_the_identifier_column_have_their_spelling_too() {
        let frame = combined(&["hrscenario", "upn", "EffectiveDate"]);
        let columns: Vec<_> = said(&RULE, &frame).into_iter().map(|(column, _)| column).collect();
        assert_eq!(columns, [Some(0), Some(1)]);
        assert!(said(&RULE, &combined(&["HRScenario", "UPN", "EffectiveDate"])).is_empty());
        assert!(said(&RULE, &own(&["upn", "ResignationDate"], &["resignation"])).is_empty());
    }
}
