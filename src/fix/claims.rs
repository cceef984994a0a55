//! What a repaired file must keep: what was said to be mended is gone, and nothing was broken.

use crate::check::{Count, Repairs};
use crate::finding::{Printable, Severity};
use crate::rules::{self, Check};

/// Rules whose repair lets other rules see what they could not see before: errors that appear then were there already.
const REVEALING: [&str; 11] = [
    "upn-display-form",
    "excel-text-guard",
    "html-entity",
    "mojibake",
    "scenario-near-miss",
    "header-alias",
    "header-whitespace",
    "invalid-utf8",
    "date-in-wrong-column",
    "utf16-encoding",
    "wrong-delimiter",
];

/// Rules about the structure of rows, which no repair may break, whatever it reveals.
const STRUCTURE: [&str; 3] = ["unterminated-quote", "stray-quote", "long-record"];

/// A claim that did not hold: a bug of hrlint.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum BrokenClaim {
    /// A repair did not take its fault away.
    #[error("{file} would still have {count} findings of {rule} that the repairs should have taken away")]
    #[diagnostic(
        code(hrlint::not_mended),
        help("Nothing was written. This is a bug of hrlint: please report it with the name of the rule.")
    )]
    Left {
        /// The file.
        file: Printable,
        /// The rule.
        rule: &'static str,
        /// How many are left.
        count: u64,
    },
    /// A repair broke something.
    #[error("{file} would have errors of {rule} that it does not have now")]
    #[diagnostic(
        code(hrlint::broken),
        help("Nothing was written. This is a bug of hrlint: please report it with the name of the rule.")
    )]
    New {
        /// The file.
        file: Printable,
        /// The rule.
        rule: &'static str,
    },
}

/// Whether something that the repairs should have taken away is still there. `counts` are those of the result, in which
/// [`Count::fixable`] counts what the same choice would mend.
///
/// # Errors
///
/// The first such rule.
pub fn all_gone(file: &str, counts: &[Count], is_chosen: impl Fn(&str) -> bool) -> Result<(), BrokenClaim> {
    match counts.iter().find(|count| count.fixable > 0 && is_chosen(count.rule)) {
        None => Ok(()),
        Some(left) => Err(BrokenClaim::Left { file: Printable::new(file), rule: left.rule, count: left.fixable }),
    }
}

/// Whether rows or cells of the result have errors that those of the file did not have.
///
/// # Errors
///
/// The first rule that found more.
pub fn nothing_new(file: &str, counts: &[Count], repairs: &Repairs) -> Result<(), BrokenClaim> {
    let revealing = repairs.counts.iter().any(|(rule, _)| REVEALING.contains(rule));
    let before = |rule: &str| repairs.before.iter().find(|(of, _)| *of == rule).map_or(0, |(_, count)| *count);
    let is_about_rows = |rule: &str| {
        rules::find(rule).is_some_and(|rule| matches!(rule.check, Check::Cell { .. } | Check::Record { .. }))
    };
    let judged = |rule: &str| STRUCTURE.contains(&rule) || (!revealing && is_about_rows(rule));
    let after = |rule: &str| -> u64 {
        let errors = |count: &&Count| count.rule == rule && count.severity == Severity::Error;
        counts.iter().filter(errors).map(|count| count.count).sum()
    };
    match counts.iter().find(|count| judged(count.rule) && after(count.rule) > before(count.rule)) {
        None => Ok(()),
        Some(count) => Err(BrokenClaim::New { file: Printable::new(file), rule: count.rule }),
    }
}
