//! Rows about people are about to be kept in git.
//!
//! # What it checks
//!
//! `hrlint hook run` alone, which looks at what is staged: it speaks once for each staged file that has rows. `hrlint check` never
//! speaks of it.
//!
//! # Why it matters to the receiving service
//!
//! Not at all; it matters to the people in the file. What was committed once is in every clone and in the history for good, also
//! when the file is deleted later. Exports belong where they can be deleted.
//!
//! # Example
//!
//! `git add exports/leavers.csv`, a file with rows such as
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-06-23T15:18:02Z,2026-06-29T17:00:00Z
//! ```
//!
//! # Options
//!
//! None. Where the rows are made up, or are kept in git on purpose, the mapping says so: `"rules": { "data-in-git": "off" }`. With
//! `"error"` nothing of the kind is committed.
//!
//! # Fix
//!
//! None: take the file out of the commit with `git rm --cached FILE`, and name it in `.gitignore`.

use crate::finding::Severity;
use crate::rules::amount::grouped;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "data-in-git",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("data_in_git.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::InGit { rows } = *fact else {
        unreachable!("data-in-git is told of staged files only");
    };
    let rows =
        if rows == 1 { "one row about a person".to_owned() } else { format!("{} rows about people", grouped(rows)) };
    Explanation::new(
        format!("{rows} would stay in the history of this repository for good"),
        "Take the file out of the commit (`git rm --cached`) and name it in .gitignore; if it holds nobody's real data, say \
         \"rules\": { \"data-in-git\": \"off\" } in hrlint.json.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_rows_are_counted() {
        let told = |rows| explain(&Observed::InGit { rows }).message;
        assert_eq!(told(1), "one row about a person would stay in the history of this repository for good");
        assert_eq!(told(4812), "4,812 rows about people would stay in the history of this repository for good");
    }
}
