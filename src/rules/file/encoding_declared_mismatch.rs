//! The file's encoding is not the one that the mapping declares.
//!
//! # What it checks
//!
//! `csv.encoding` in the mapping says in which encoding the connector was found to take files: `utf-8` (unless given),
//! `utf-16` or `windows-1252`. With `utf-16` declared, a file without any sign of UTF-16 has this fault; with
//! `windows-1252`, one that is UTF-16, begins with a UTF-8 byte order mark, or has letters beyond ASCII in its first
//! 8 KiB that are all UTF-8. The file is then checked in the encoding that it seems to have. A file of plain ASCII
//! letters is right in UTF-8 and in Windows-1252 alike. With `utf-8` declared, the rules `utf16-encoding` and
//! `invalid-utf8` say what is wrong, and where.
//!
//! # Why it matters to the receiving service
//!
//! The service reads bytes as it is used to. In the wrong encoding `Müller` becomes `MÃ¼ller`, and of UTF-16 nothing at
//! all can be read.
//!
//! # Example
//!
//! With `"csv": { "encoding": "windows-1252" }` in the mapping, a file that holds `Müller` as the bytes
//! `4D C3 BC 6C 6C 65 72`, which is UTF-8.
//!
//! # Options
//!
//! `csv.encoding` in the mapping. Declare another encoding than UTF-8 only where you have seen that the connector takes
//! it: the documentation names none, and its samples are UTF-8.
//!
//! # Fix
//!
//! None from hrlint: export the file in the declared encoding, or declare the encoding that the connector takes.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "encoding-declared-mismatch",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("encoding_declared_mismatch.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::OtherEncoding { declared, found } = *fact else {
        unreachable!("encoding-declared-mismatch is told of encodings only");
    };
    Explanation::new(
        format!("the file seems to be {found}, the mapping declares {declared}"),
        format!(
            "Export the file as {declared}, or correct csv.encoding in the mapping if the connector takes {found}."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn both_encodings_are_named() {
        let message = explain(&Observed::OtherEncoding { declared: "Windows-1252", found: "UTF-8" }).message;
        assert_eq!(message, "the file seems to be UTF-8, the mapping declares Windows-1252");
    }
}
