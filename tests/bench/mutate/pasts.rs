//! Faults that only what was sent before shows.

use super::document::Sent;
use super::{Document, Mutation, Spot, also, found};

pub(super) const MUTATIONS: &[Mutation] = &[
    found("nothing was sent for 13 days", "upload-overdue", |document, _| sent(document, 13, ("anything", 1), false)),
    also(
        &["upload-overdue"],
        found("profiles were sent 31 days ago", "profile-stale", |document, _| {
            sent(document, 31, ("employeeProfile", 900), false)
        }),
    ),
    found("the file was sent yesterday", "unchanged-file", |document, _| sent(document, 1, ("anything", 1), true)),
    found("only 31 reviews were sent yesterday", "row-count-drop", |document, _| {
        sent(document, 1, ("performanceReview", 31), false)
    }),
    found("there are 1000 profiles, and more resign", "mass-trigger", |document, _| {
        sent(document, 1, ("employeeProfile", 1000), false)
    }),
];

fn sent(document: &mut Document, days: u64, rows: (&'static str, u64), same: bool) -> Spot {
    document.past.push(Sent { days, rows, same });
    Spot::File
}
