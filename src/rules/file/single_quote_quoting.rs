//! Values stand in single quotes (apostrophes) instead of double quotes.
//!
//! # What it checks
//!
//! The header's names, or the cells of the first row, stand in single quotes: more than half of them, among them the
//! first and the last. Nothing else is checked then: the quotes would be taken for a part of every address and date, and
//! a thousand findings would all mean this one.
//!
//! # Why it matters to the receiving service
//!
//! In CSV only the double quote is a quote. The service reads `'EmailAddress'` with its apostrophes, finds no such column
//! and refuses the file; and a comma inside such a text tears it apart. It is an error and not a warning because such a
//! file cannot pass, and because the rest of it stays unchecked.
//!
//! # Example
//!
//! ```csv
//! 'EmailAddress','ResignationDate','LastWorkingDate'
//! 'sara.davis@contoso.com','2026-04-23T15:18:02Z','2026-04-29T15:18:02Z'
//! ```
//!
//! UKG's exports look like this, with semicolons besides.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None from hrlint: every cell of the file would change, doubled apostrophes too. Let the export use double quotes.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "single-quote-quoting",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("single_quote_quoting.rs"),
    check: Check::Engine { explain },
};

/// Whether the cells of a record stand in single quotes.
#[must_use]
pub(crate) fn is_single_quoted<T: AsRef<str>>(cells: &[T]) -> bool {
    let cells = || cells.iter().map(|cell| cell.as_ref().trim()).filter(|cell| !cell.is_empty());
    let quoted = cells().filter(|cell| within(cell).is_some()).count();
    let opens = cells().next().is_some_and(|first| first.starts_with('\''));
    let closes = cells().last().is_some_and(|last| last.ends_with('\''));
    quoted >= 2 && quoted * 2 > cells().count() && opens && closes
}

/// What stands within single quotes.
#[must_use]
pub(crate) fn within(cell: &str) -> Option<&str> {
    cell.trim().strip_prefix('\'')?.strip_suffix('\'')
}

fn explain(fact: &Observed) -> Explanation {
    let Observed::SingleQuotes { header } = *fact else {
        unreachable!("single-quote-quoting is told of such quotes only");
    };
    let what = if header { "the column names" } else { "the values" };
    Explanation::new(
        format!("{what} stand in single quotes, which are no quotes in CSV"),
        "Let the export use double quotes (\"), or none; the rest of the file is checked when that is done.",
    )
}

#[cfg(test)]
mod tests {
    use super::is_single_quoted;

    #[test]
    fn most_cells_must_stand_in_single_quotes() {
        for cells in [&["'a'", "'b'"][..], &["'a'", "", "'b'"], &["'a'", "'b", "c'", "'d'", "'e'"]] {
            assert!(is_single_quoted(cells), "{cells:?}");
        }
        for cells in [&["'a'"][..], &["'a'", "b"], &["'n' roll", "'tis"], &["a", "'b'", "'c'"], &[]] {
            assert!(!is_single_quoted(cells), "{cells:?}");
        }
    }
}
