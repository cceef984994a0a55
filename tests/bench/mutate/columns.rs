//! Faults of whole columns.

use super::{Document, Mutation, Spot, also, found};

pub(super) const MUTATIONS: &[Mutation] = &[
    found("no rating at all", "column-entirely-empty", |document, _| empty(document, 6)),
    also(
        &["level-pair-incomplete"],
        found("no old level at all", "column-entirely-empty", |document, _| empty(document, 7)),
    ),
    also(
        &["last-day-before-resignation", "conflicting-resignation", "duplicate-event-key"],
        found("the time of the export for all dates", "constant-date-column", |document, _| {
            rewrite(document, 2, |_| "2026-06-12T09:41:07.4675041+02:00".into())
        }),
    ),
    also(
        &["duplicate-event-key"],
        found("the end of the cycle for all dates", "constant-date-column", |document, _| {
            rewrite(document, 4, |_| "2026-06-30T00:00:00Z".into())
        }),
    ),
    also(
        &["date-missing-offset"],
        found("every third date without its offset", "date-mixed-formats", |document, _| {
            rewrite(document, 4, |text| {
                let third = text.bytes().map(u32::from).sum::<u32>().is_multiple_of(3);
                if third { text[..19].into() } else { text.into() }
            })
        }),
    ),
    also(
        &["date-not-iso", "date-ambiguous", "last-day-before-resignation"],
        found("half of the dates day first", "date-mixed-formats", |document, _| {
            rewrite(document, 3, |text| {
                let even = text.as_bytes()[18].is_multiple_of(2);
                if even { format!("{}.{}.{}", &text[8..10], &text[5..7], &text[..4]) } else { text.into() }
            })
        }),
    ),
];

fn empty(document: &mut Document, column: usize) -> Spot {
    rewrite(document, column, |_| String::new())
}

/// Changes every filled cell of a column.
fn rewrite(document: &mut Document, column: usize, to: impl Fn(&str) -> String) -> Spot {
    for record in 1..document.records.len() {
        let text = document.text(record, column);
        if !text.is_empty() {
            document.write(record, column, &to(&text));
        }
    }
    Spot::Column(column)
}
