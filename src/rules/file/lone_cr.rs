//! Lines end in a carriage return alone (CR), as on old Macs.
//!
//! # What it checks
//!
//! The header, or the first record that ends otherwise than the header, ends in a `CR` without `LF`. It speaks once for
//! the file: for the file as a whole where the header ends so, else at that record. Line breaks inside quoted cells do
//! not count. Other mixtures are `mixed-line-endings`.
//!
//! # Why it matters to the receiving service
//!
//! Most programs of today do not take a `CR` alone for the end of a line: the whole file is then one single line, of
//! which nothing is imported. Excel for Mac writes such files as "CSV (Macintosh)". A single `CR` in a file of other line
//! ends is most often a line break inside a text that was not put in quotes.
//!
//! # Example
//!
//! A file saved in Excel for Mac as "CSV (Macintosh)" instead of "CSV UTF-8".
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe, where the header ends in `CR`: every line then ends in `LF`. Unsafe for a single one among other line ends, which may
//! belong to a text: the line ends like the header.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "lone-cr",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("lone_cr.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::LoneReturn { header } = *fact else {
        unreachable!("lone-cr is told of line endings only");
    };
    match header {
        None => Explanation::new(
            "lines end in a carriage return alone (CR)",
            "Save the file with the line ends of today (LF or CRLF); in Excel the type is \"CSV UTF-8\".",
        )
        .with(Mend::Whole(Safety::Safe)),
        Some(header) => Explanation::new(
            format!("this line ends in a carriage return alone (CR), the header in {header}"),
            "Put the text in quotes if the line break belongs to it; else end every line as the header ends.",
        )
        .with(Mend::Whole(Safety::Unsafe)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_message_names_the_other_ending() {
        let message = explain(&Observed::LoneReturn { header: Some("CRLF") }).message;
        assert_eq!(message, "this line ends in a carriage return alone (CR), the header in CRLF");
    }
}
