//! The file is something else than a CSV file.
//!
//! # What it checks
//!
//! The content is a workbook, an archive, a web page, a JSON or XML document, a pointer of Git LFS, or binary, whatever the file's
//! name says.
//! Nothing else is checked then: the first thousand other findings would all mean this one.
//!
//! # Why it matters to the receiving service
//!
//! The connector takes comma-delimited text. A renamed workbook is still a workbook, and none of its rows would be
//! read.
//!
//! # Example
//!
//! `leavers.xlsx`, renamed to `leavers.csv`; or a sign-in page that an automatic download saved in place of the report.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: export the data as CSV.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "not-a-csv",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("not_a_csv.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::NotCsv(kind) = *fact else {
        unreachable!("not-a-csv is told of other kinds of file only");
    };
    let help = if kind.contains("Git LFS") {
        "Fetch the file itself with `git lfs pull`, then check it with `hrlint check`; exclude files of Git LFS from the hook."
    } else {
        "Export the data as CSV (comma delimited, UTF-8); renaming a file does not convert it."
    };
    Explanation::new(format!("the file is not CSV but {kind}"), help)
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_message_names_what_the_file_is() {
        assert_eq!(
            explain(&Observed::NotCsv("an Excel workbook")).message,
            "the file is not CSV but an Excel workbook"
        );
    }
}
