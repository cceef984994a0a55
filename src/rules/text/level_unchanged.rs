//! The old and the new level are the same.
//!
//! # What it checks
//!
//! Rows of a scenario with an old and a new level (`OldLevel` and `NewLevel` of a job level change) in which both are filled and equal;
//! small and capital letters from A to Z, and blanks around the level or more than one between its words, make no difference.
//!
//! # Why it matters to the receiving service
//!
//! The service looks for people whose level went down. A row without a change triggers nothing; mostly the export took both levels from
//! the same field, and every row of the file has this fault.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,OldLevel,NewLevel
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Level 61,Level 61
//! ```
//!
//! Export the level before and after the change, or leave out rows without a change.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows the other level.

use super::levels;
use crate::finding::Severity;
use crate::rules::{Check, Explanation, Record, RecordPlace, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "level-unchanged",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("level_unchanged.rs"),
    check: Check::Record { place: RecordPlace::Of(&["oldLevel", "newLevel"]), fires, explain },
};

fn fires(record: &Record<'_>) -> Option<usize> {
    let [(_, old), (column, new)] = levels::pair(record)?;
    (!new.is_empty() && is_same(old, new)).then_some(column)
}

/// Whether two levels are the same words; how many blanks stand between them makes no difference.
fn is_same(old: &str, new: &str) -> bool {
    let (mut old, mut new) = (old.split_whitespace(), new.split_whitespace());
    loop {
        match (old.next(), new.next()) {
            (None, None) => return true,
            (Some(old), Some(new)) if old.eq_ignore_ascii_case(new) => {}
            _ => return false,
        }
    }
}

fn explain(_: &Record<'_>) -> Explanation {
    let help = "Look whether both columns are exported from the same field; leave out rows in which no level changes.";
    Explanation::new("the new level is the old one", help)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{judge_record, single};

    #[test]
    fn equal_levels_are_pointed_at_in_the_new_one() {
        let frame = single(&["EmailAddress", "EffectiveDate", "OldLevel", "NewLevel"], "jobLevelChange");
        let column = |old, new| {
            let row = ["mia@northwind-energy.de", "2026-05-18T09:00:00Z", old, new];
            judge_record(&RULE, &frame, &row).map(|(column, _)| column)
        };
        assert_eq!(column("Level 61", "Level 61"), Some(3));
        assert_eq!(column("Level 61 ", "LEVEL 61"), Some(3));
        assert_eq!(column("Level  61", "Level 61"), Some(3));
        assert_eq!(column("Level 61", "Level61"), None);
        for (old, new) in [("Level 61", "Level 60"), ("", ""), (" ", ""), ("Level 61", ""), ("6", "61")] {
            assert_eq!(column(old, new), None, "{old} {new}");
        }
    }
}
