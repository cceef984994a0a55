//! The file is UTF-16 instead of UTF-8.
//!
//! # What it checks
//!
//! The file begins with a UTF-16 byte order mark, or its bytes can only be UTF-16. Excel's "Unicode text" and many SAP
//! exports are. The content is decoded and checked all the same, so that its other faults are seen in the same run.
//!
//! # Why it matters to the receiving service
//!
//! The documentation does not name an encoding; the vendor's samples and scripts work with UTF-8. In UTF-16 every second
//! byte of an English text is zero: read as UTF-8, no column name would be found.
//!
//! # Example
//!
//! A file that begins with the bytes `FF FE 45 00 6D 00` ("Em" with a byte order mark).
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Safe where the file begins with a byte order mark: the text is written anew as UTF-8. Unsafe where it does not, because the
//! encoding is then told from the text alone.

use crate::finding::{Safety, Severity};
use crate::rules::{Check, Explanation, Mend, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "utf16-encoding",
    severity: Severity::Error,
    contract: false,
    fix: Some(Safety::Safe),
    milder: None,
    options: &[],
    source: include_str!("utf16_encoding.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::Utf16 { little_endian, marked } = *fact else {
        unreachable!("utf16-encoding is told of UTF-16 only");
    };
    let order = if little_endian { "little-endian" } else { "big-endian" };
    let mark = if marked { "with" } else { "without" };
    let safety = if marked { Safety::Safe } else { Safety::Unsafe };
    Explanation::new(
        format!("the file is UTF-16 ({order}, {mark} a byte order mark) instead of UTF-8"),
        "Export or save the file as UTF-8; in Excel the type is called \"CSV UTF-8 (Comma delimited)\".",
    )
    .with(Mend::Whole(safety))
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_message_names_byte_order_and_mark() {
        let message = explain(&Observed::Utf16 { little_endian: true, marked: false }).message;
        assert_eq!(message, "the file is UTF-16 (little-endian, without a byte order mark) instead of UTF-8");
        let message = explain(&Observed::Utf16 { little_endian: false, marked: true }).message;
        assert_eq!(message, "the file is UTF-16 (big-endian, with a byte order mark) instead of UTF-8");
    }
}
