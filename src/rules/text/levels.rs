//! The old and the new level of a record, for the two rules about them.

use crate::rules::Record;

/// Both levels, each with its column and without blanks around it. `None` where the record's scenario has not both, where the file lacks a
/// column, and where the record has more cells than the header or ends before a level: then nothing can be said of the pair.
pub(super) fn pair<'a>(record: &'a Record<'_>) -> Option<[(usize, &'a str); 2]> {
    if super::is_shifted(record) {
        return None;
    }
    let scenario = record.scenario?;
    let level = |key: &str| {
        let column = scenario.column_of(key)?;
        Some((column, record.cells.get(column)?.trim()))
    };
    Some([level("oldLevel")?, level("newLevel")?])
}
