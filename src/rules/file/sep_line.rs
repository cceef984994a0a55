//! A line `sep=;` stands above the header.
//!
//! # What it checks
//!
//! A line before the header that consists of `sep=` and one character. The header is looked for below it, with the
//! character that it names; the rest of the file is checked as if the line were not there.
//!
//! # Why it matters to the receiving service
//!
//! The line is a hint for Excel alone. Every other program takes it for the header, so that all columns are missing and
//! the whole file is refused.
//!
//! # Example
//!
//! ```csv
//! sep=,
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,2026-04-29T15:18:02Z
//! ```
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe: the line is removed. If it names another delimiter than the connector's, that is `wrong-delimiter` besides.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "sep-line",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("sep_line.rs"),
    check: Check::Engine { explain },
};

/// The delimiter that a line names, if it is such a line. The line comes without its ending.
#[must_use]
pub(crate) fn named_delimiter(line: &[u8]) -> Option<u8> {
    let line = line.strip_prefix(b"\"").and_then(|inner| inner.strip_suffix(b"\"")).unwrap_or(line);
    // Excel fills the line up with delimiters when it saves the file again.
    let (word, rest) = line.split_at_checked(4)?;
    let (delimiter, surplus) = rest.split_first()?;
    let filled_up = surplus.iter().all(|byte| byte == delimiter || matches!(byte, b',' | b';' | b'\t' | b'|' | b' '));
    (word.eq_ignore_ascii_case(b"sep=") && filled_up && delimiter.is_ascii() && !delimiter.is_ascii_alphanumeric())
        .then_some(*delimiter)
}

fn explain(fact: &Observed) -> Explanation {
    let Observed::SepLine(offset, length) = *fact else {
        unreachable!("sep-line is told of such lines only");
    };
    Explanation::new(
        "a line for Excel (sep=) stands above the header",
        "Remove the line: the service would take it for the header and find none of the columns.",
    )
    .with(Mend::Bytes(Safety::Safe, offset, length, String::new()))
}

#[cfg(test)]
mod tests {
    use super::named_delimiter;

    #[test]
    fn only_the_whole_line_counts() {
        for (line, delimiter) in [
            (&b"sep=;"[..], b';'),
            (b"SEP=,", b','),
            (b"sep=\t", b'\t'),
            (b"\"sep=;\"", b';'),
            (b"sep=,,,,", b','),
            (b"sep=;,,", b';'),
        ] {
            assert_eq!(named_delimiter(line), Some(delimiter), "{}", line.escape_ascii());
        }
        for line in [&b"sep="[..], b"separator", b"sep=x", b"sep=;EmailAddress", b"", b"se"] {
            assert_eq!(named_delimiter(line), None, "{}", line.escape_ascii());
        }
    }
}
