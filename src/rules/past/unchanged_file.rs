//! The file is, byte for byte, the last one that was sent.
//!
//! # What it checks
//!
//! Size and SHA-256 of the file against the file that was last sent to the same connector to its end, by the ledger of uploads. What
//! is read from a pipe is not compared.
//!
//! # Why it matters to the receiving service
//!
//! No rule for repeated rows is documented: they may count twice. And an export that is the same as yesterday's is often one that did
//! not run, with the old file still in its place.
//!
//! # Example
//!
//! The export job failed in the night; the scheduled upload finds the file of the day before.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: look whether the export ran. `hrlint upload` sends such a file again only with `--again`.

use super::days;
use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "unchanged-file",
    severity: Severity::Info,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("unchanged_file.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::UnchangedFile(ago) = *fact else {
        unreachable!("unchanged-file is told of days only");
    };
    let when = if ago <= 0 { "today".to_owned() } else { format!("{} ago", days(ago)) };
    Explanation::new(
        format!("the file is the one that was last sent to this connector, {when}"),
        "Look whether the export ran; the rows may count twice if they are sent again.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn when_it_was_sent_is_told() {
        let told = |days| explain(&Observed::UnchangedFile(days)).message;
        assert_eq!(told(0), "the file is the one that was last sent to this connector, today");
        assert_eq!(told(1), "the file is the one that was last sent to this connector, 1 day ago");
    }
}
