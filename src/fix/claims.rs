//! What a repaired file must keep: what was said to be mended is gone, and nothing was broken.

use crate::check::{Count, Repairs};
use crate::finding::{Printable, Severity};

/// Rules whose repair lets other rules see what they could not see before: errors that appear then were there already.
const REVEALING: [&str; 7] = [
    "scenario-near-miss",
    "header-alias",
    "header-whitespace",
    "invalid-utf8",
    "date-in-wrong-column",
    "utf16-encoding",
    "wrong-delimiter",
];

/// Rules about the structure of a file, which no repair may break, whatever it reveals.
const STRUCTURE: [&str; 4] = ["unterminated-quote", "stray-quote", "long-record", "not-a-csv"];

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

/// Whether the result may have errors that the file did not have, so that the file must be looked at as well.
#[must_use]
pub fn has_errors(counts: &[Count]) -> bool {
    counts.iter().any(|count| count.severity == Severity::Error)
}

/// Whether the result has errors that the file did not have.
///
/// # Errors
///
/// The first rule that found more.
pub fn nothing_new(file: &str, before: &[Count], after: &[Count], repairs: &Repairs) -> Result<(), BrokenClaim> {
    let revealing = repairs.counts.iter().any(|(rule, _)| REVEALING.contains(rule));
    let errors = |counts: &[Count], rule: &str| -> u64 {
        let of_rule = counts.iter().filter(|count| count.rule == rule && count.severity == Severity::Error);
        of_rule.map(|count| count.count).sum()
    };
    let judged = |rule: &str| !revealing || STRUCTURE.contains(&rule);
    let more = |count: &&Count| judged(count.rule) && errors(after, count.rule) > errors(before, count.rule);
    match after.iter().find(more) {
        None => Ok(()),
        Some(count) => Err(BrokenClaim::New { file: Printable::new(file), rule: count.rule }),
    }
}
