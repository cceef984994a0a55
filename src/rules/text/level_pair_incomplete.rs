//! Of the old and the new level only one is filled.
//!
//! # What it checks
//!
//! Rows of a scenario with an old and a new level (`OldLevel` and `NewLevel` of a job level change), in files that have both columns, in
//! which one is filled and the other is empty or blank. Rows without either are left alone: both are optional. Rows with too few or too many
//! cells have findings of their own.
//!
//! # Why it matters to the receiving service
//!
//! Whether a level went down can only be told from both. The row is taken, but it says less than it could.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,OldLevel,NewLevel
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Level 61,
//! ```
//!
//! Fill `NewLevel` as well.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows the other level.

use super::levels;
use crate::finding::{Printable, Severity};
use crate::rules::{Check, Explanation, Record, RecordPlace, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "level-pair-incomplete",
    severity: Severity::Info,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("level_pair_incomplete.rs"),
    check: Check::Record { place: RecordPlace::Of(&["oldLevel", "newLevel"]), fires, explain },
};

fn fires(record: &Record<'_>) -> Option<usize> {
    let [old, new] = levels::pair(record)?;
    let empty = |(column, text): (usize, &str)| text.is_empty().then_some(column);
    match (empty(old), empty(new)) {
        (Some(column), None) | (None, Some(column)) => Some(column),
        _ => None,
    }
}

fn explain(record: &Record<'_>) -> Explanation {
    let header = fires(record).map_or("", |column| record.frame.header(column)).trim();
    let header = Printable::new(header);
    let header = header.shortened(64);
    let help = format!("Fill {header} as well: whether a level went down can only be told from both.");
    Explanation::new(format!("{header} is empty while the other level is filled"), help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge_record, single};

    #[test]
    fn the_empty_level_is_pointed_at() {
        let frame = single(&["EmailAddress", "EffectiveDate", "OldLevel", "NewLevel"], "jobLevelChange");
        let message = |cells: &[&str]| {
            let row = [&["mia@northwind-energy.de", "2026-05-18T09:00:00Z"], cells].concat();
            judge_record(&RULE, &frame, &row).map(|(column, words)| (column, words.message.into_owned()))
        };
        let words = |name| format!("{name} is empty while the other level is filled");
        assert_eq!(message(&["Level 61", " "]), Some((3, words("NewLevel"))));
        assert_eq!(message(&["", "Level 60"]), Some((2, words("OldLevel"))));
        for cells in [&["Level 61", "Level 60"][..], &["", " "], &[], &["Level 61"], &["a", "", "b"]] {
            assert_eq!(message(cells), None);
        }
    }

    #[test]
    fn a_file_with_one_of_the_columns_says_what_it_can() {
        let frame = single(&["EmailAddress", "EffectiveDate", "NewLevel"], "jobLevelChange");
        let row = ["mia@northwind-energy.de", "2026-05-18T09:00:00Z", "Level 60"];
        assert!(judge_record(&RULE, &frame, &row).is_none());
    }
}
