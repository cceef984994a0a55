//! A column name holds a blank, and the connector is one of the United States government's clouds.
//!
//! # What it checks
//!
//! Mapped columns, and the identifier column, whose name has a blank inside. It speaks only where the mapping says that
//! the connector lives in a government cloud: `"connector": { "cloud": "gcc" }`, `"gcchigh"` or `"dod"`.
//!
//! # Why it matters to the receiving service
//!
//! The documentation for government clouds says not to use blanks in column names. That for all others says the
//! opposite: blanks are allowed, and must be typed in the portal as they stand in the file.
//!
//! # Example
//!
//! With `"cloud": "gcc"` in the mapping:
//!
//! ```csv
//! EmailAddress,TerminationDate,Last Working Date
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: the name must change in the export, in the portal and in the mapping alike.

use super::reading::{Reading, Standing};
use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Header, HeaderFault, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "header-has-space",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("header_has_space.rs"),
    check: Check::Header { faults },
};

fn faults(header: &Header<'_>) -> Vec<HeaderFault> {
    let frame = header.frame;
    if !frame.cloud.as_deref().is_some_and(is_government) {
        return Vec::new();
    }
    let mapped = |standing| matches!(standing, Standing::Known | Standing::Padded).then_some(());
    let columns = Reading::of(frame);
    let names = columns.columns(mapped).map(|(column, ())| (column, frame.header(column).trim()));
    let spaced = names.filter(|(_, name)| name.contains(char::is_whitespace));
    spaced.map(|(column, name)| (Some(column), explain(name))).collect()
}

/// Whether a cloud's name, however it is written, is one of a government cloud: GCC, GCC High (ITAR, L4), the `DoD` (L5).
fn is_government(cloud: &str) -> bool {
    let letters: String = cloud.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = letters.to_ascii_lowercase();
    letters.starts_with("gcc") || letters.starts_with("dod") || letters.contains("itar") || letters.contains("gov")
}

fn explain(name: &str) -> Explanation {
    Explanation::new(
        format!("the column name {} holds a blank", Printable::new(name).shortened(64)),
        "Use a name without blanks in the export, in the portal and in the mapping: government clouds ask for that.",
    )
}

#[cfg(test)]
mod tests {
    use super::{RULE, is_government};
    use crate::rules::testing::{own, said};

    #[test]
    fn only_government_clouds_mind_blanks() {
        let mut frame = own(&["EmailAddress", "Last day", "ResignationDate"], &["resignation"]);
        frame.mapped[0].fields[2].column = "Last day".to_owned();
        assert!(said(&RULE, &frame).is_empty());
        frame.cloud = Some("commercial".to_owned());
        assert!(said(&RULE, &frame).is_empty());
        frame.cloud = Some("GCC High".to_owned());
        assert_eq!(said(&RULE, &frame), [(Some(1), "the column name Last day holds a blank".to_owned())]);
    }

    #[test]
    fn clouds_are_known_however_they_are_written() {
        for cloud in ["gcc", "GCC High", "gcc-high", "gccHigh", "DoD", "itarl4", "ITAR_L5", "usGovernment"] {
            assert!(is_government(cloud), "{cloud}");
        }
        for cloud in ["commercial", "worldwide", "public", "china", ""] {
            assert!(!is_government(cloud), "{cloud}");
        }
    }
}
