//! Faults of dates.

use super::addresses::LISTED;
use super::{Document, Mutation, Spot, change, found, mapped};
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
    found("the same number for day and month", "date-not-iso", |document, random| date(document, random, "05/05/2026")),
    found("day or month first", "date-ambiguous", |document, random| date(document, random, "03/04/2026")),
    found("day or month first, with a time", "date-ambiguous", |document, random| {
        date(document, random, "6-5-26 9:15 AM")
    }),
    found("day or month first in a resignation", "date-ambiguous", |document, random| {
        change(document, random, 2, |_| "05/06/2026".into())
    }),
    found("a spreadsheet's number", "date-serial-number", |document, random| date(document, random, "46160")),
    found("a spreadsheet's number with a time", "date-serial-number", |document, random| {
        change(document, random, 3, |_| "46160.38541667".into())
    }),
    found("zeros", "date-null-token", |document, random| date(document, random, "0000-00-00 00:00:00")),
    found("not available", "date-null-token", |document, random| date(document, random, "N/A")),
    found("marks without numbers", "date-null-token", |document, random| {
        change(document, random, 3, |_| "/  /".into())
    }),
    found("NULL", "date-null-token", |document, random| change(document, random, 2, |_| "NULL".into())),
    found("the first second of 1970", "date-epoch-default", |document, random| {
        date(document, random, "1970-01-01T00:00:00Z")
    }),
    found("the first day of 1900, without a time", "date-epoch-default", |document, random| {
        date(document, random, "1900-01-01")
    }),
    found("no end", "date-epoch-default", |document, random| {
        change(document, random, 3, |_| "9999-12-31 23:59:59".into())
    }),
    found("a notice in 9999", "date-epoch-default", |document, random| {
        change(document, random, 2, |_| "9999-12-31T00:00:00Z".into())
    }),
    found("a year with its digits exchanged", "date-far-future", |document, random| {
        date(document, random, "2062-05-04T09:15:49Z")
    }),
    found("a notice in a far year", "date-far-future", |document, random| {
        change(document, random, 2, |text| text.replacen("2026", "2036", 1))
    }),
    found("366 days ahead", "date-far-future", |document, random| date(document, random, "2027-07-02T00:00:00-12:00")),
    mapped(
        LISTED,
        found("further ahead than the mapping says", "date-far-future", |document, random| {
            date(document, random, "2026-08-01T00:00:00Z")
        }),
    ),
    found("a year of two digits", "date-year-implausible", |document, random| {
        change(document, random, 2, |text| text.replacen("20", "00", 1))
    }),
    found("a year of the last century", "date-year-implausible", |document, random| {
        date(document, random, "1926-05-04T09:15:49Z")
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
    found("an offset far in the west", "date-offset-invalid", |document, random| {
        date(document, random, "2026-05-04T09:15:49-13:00")
    }),
    found("an offset of odd minutes", "date-offset-unusual", |document, random| {
        date(document, random, "2026-05-04T09:15:49+02:17")
    }),
    found("an offset of minus zero", "date-offset-unusual", |document, random| {
        date(document, random, "2026-05-04T09:15:49-00:00")
    }),
    found("day and month exchanged, in the future", "effective-date-ahead", |document, random| {
        date(document, random, "2026-12-05T09:15:49Z")
    }),
    found("a last day in a far year", "date-far-future", |document, random| {
        change(document, random, 3, |text| text.replacen("2026", "2036", 1))
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
