//! Lines of one file end in different ways.
//!
//! # What it checks
//!
//! Records end like the header does: in `CRLF` (Windows), `LF` (Unix) or `CR` (old Mac). The first record that ends
//! otherwise is reported. Line breaks inside quoted cells do not count.
//!
//! # Why it matters to the receiving service
//!
//! Mixed endings come from files joined by hand or edited on two systems. Programs that trust the first line's ending
//! read a stray `CR` as part of the last cell, or two rows as one.
//!
//! # Example
//!
//! A header that ends in `CRLF` above rows, pasted in by a script, that end in `LF`.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: every row ends like the header. Line breaks inside quoted cells stay as they are.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "mixed-line-endings",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("mixed_line_endings.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::MixedLineEndings(header, here) = *fact else {
        unreachable!("mixed-line-endings is told of line endings only");
    };
    Explanation::new(
        format!("this line ends in {here}, the header in {header}"),
        format!("Save the file so that every line ends in {header}; most editors can convert line endings."),
    )
    .with(Mend::Whole(Safety::Safe))
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_message_names_both_endings() {
        let explanation = explain(&Observed::MixedLineEndings("CRLF", "LF"));
        assert_eq!(explanation.message, "this line ends in LF, the header in CRLF");
        assert!(explanation.help.contains("CRLF"));
    }
}
