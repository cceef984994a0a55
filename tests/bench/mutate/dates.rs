//! Faults of dates.

use super::{Document, Mutation, Spot, change, found};
use crate::generate::Scenario;
use crate::generate::random::Random;

pub(super) const MUTATIONS: &[Mutation] = &[
    found("a word", "date-unparsable", |document, random| date(document, random, "soon")),
    found("a sentence", "date-unparsable", |document, random| date(document, random, "the first Monday of next month")),
    found("day, month, year", "date-not-iso", |document, random| date(document, random, "31.05.2026")),
    found("month, day, year", "date-not-iso", |document, random| date(document, random, "05/31/2026")),
    found("day, month, year in a resignation", "date-not-iso", |document, random| {
        change(document, random, 3, |_| "31.05.2026".into())
    }),
    found("30 February", "date-impossible", |document, random| date(document, random, "2026-02-30T09:15:49Z")),
    found("31 June", "date-impossible", |document, random| date(document, random, "2026-06-31T09:15:49.4675041+05:30")),
    found("month 13", "date-impossible", |document, random| date(document, random, "2026-13-01T09:15:49Z")),
    found("hour 25", "date-impossible", |document, random| date(document, random, "2026-05-04T25:15:49Z")),
    found("minute 60", "date-impossible", |document, random| date(document, random, "2026-05-04T09:60:49Z")),
    found("no offset", "date-missing-offset", |document, random| date(document, random, "2026-05-04T09:15:49.4675041")),
    found("no offset in a resignation", "date-missing-offset", |document, random| {
        change(document, random, 2, |text| text[..19].into())
    }),
    found("no time", "date-missing-time", |document, random| date(document, random, "2026-05-04")),
    found("eight digits of a second", "date-fraction-too-long", |document, random| {
        date(document, random, "2026-05-04T09:15:49.46750411Z")
    }),
    found("an hour of one digit", "date-not-padded", |document, random| date(document, random, "2026-05-04T9:15:49Z")),
    found("a blank for the T", "date-space-separator", |document, random| {
        date(document, random, "2026-05-04 09:15:49Z")
    }),
    found("a small t", "date-space-separator", |document, random| date(document, random, "2026-05-04t09:15:49Z")),
    found("an offset without a colon", "date-offset-invalid", |document, random| {
        date(document, random, "2026-05-04T09:15:49+0530")
    }),
    found("an offset of 25 hours", "date-offset-invalid", |document, random| {
        date(document, random, "2026-05-04T09:15:49+25:00")
    }),
    found("a last day before the notice", "last-day-before-resignation", |document, random| {
        let record = document.any_of(Scenario::Resignation, random);
        document.records[record].cells.swap(2, 3);
        Spot::Cell(record, 3)
    }),
    found("a date of years ago", "date-too-old", |document, random| {
        date(document, random, "2019-04-23T15:18:02.4675041+05:30");
        Spot::Column(4)
    }),
];

fn date(document: &mut Document, random: &mut Random, text: &str) -> Spot {
    change(document, random, 4, |_| text.into())
}
