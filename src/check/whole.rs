//! What only the whole file shows about its layout: its size, its line ends, line breaks in cells, profiles among events.

use super::domains;
use super::emit::Emitter;
use super::file::Checked;
use super::header::HeaderRecord;
use super::job::{Ending, Job};
use super::rounds::Totals;
use super::top::Stretch;
use crate::finding::{Edit, Finding, Fix, Place, Safety};
use crate::rules::Observed;

/// Line ends that are mended; a file of more is saved anew by a person.
pub(super) const MOST_RETURNS: usize = 10_000;

/// The scenario whose rows should have a file of their own.
const PROFILE: &str = "employeeProfile";

/// Adds what is found.
pub(super) fn findings(
    job: &Job<'_, '_>,
    emitter: &Emitter<'_, '_>,
    header: &HeaderRecord,
    labels: &[Stretch],
    totals: &Totals,
    checked: Checked,
) -> Vec<Option<Finding>> {
    let mut findings = vec![
        too_large(job, emitter, checked),
        profiles(job, emitter, totals),
        lone_returns(job, emitter, header, labels, totals),
    ];
    findings.extend(domains::findings(job, emitter, totals));
    for (column, broken) in totals.line_breaks.iter().enumerate().filter(|(_, broken)| broken.count > 0) {
        let fact = Observed::LineBreaks { rows: broken.count, between: (broken.first, broken.last) };
        let header = job.layout.frame.headers.get(column).cloned();
        let place = Place { column: Some(column as u32 + 1), header, ..Place::default() };
        findings.push(emitter.observed("embedded-newline", &fact, place));
    }
    findings
}

fn too_large(job: &Job<'_, '_>, emitter: &Emitter<'_, '_>, checked: Checked) -> Option<Finding> {
    let option = |name| u64::from(job.layout.plan.option("file-too-large", name));
    let (rows, bytes) = (option("rows"), option("megabytes") * 1_000_000);
    let fact = if checked.rows > rows {
        Observed::TooLarge { size: checked.rows, most: rows, in_rows: true }
    } else if checked.bytes > bytes {
        Observed::TooLarge { size: checked.bytes, most: bytes, in_rows: false }
    } else {
        return None;
    };
    emitter.observed("file-too-large", &fact, Place::default())
}

fn profiles(job: &Job<'_, '_>, emitter: &Emitter<'_, '_>, totals: &Totals) -> Option<Finding> {
    let frame = &job.layout.frame;
    let of = |profile: bool| {
        let scenarios = frame.scenarios.iter().zip(&totals.scenarios);
        scenarios.filter(|(scenario, _)| (*scenario.key == *PROFILE) == profile).map(|(_, rows)| rows).sum()
    };
    let (profiles, others): (u64, u64) = (of(true), of(false));
    let mixed = profiles > 0 && others > 0;
    mixed
        .then(|| {
            emitter.observed("profile-in-mixed-file", &Observed::ProfilesAmong { profiles, others }, Place::default())
        })
        .flatten()
}

/// The finding about a file whose lines end as on old Macs.
fn lone_returns(
    job: &Job<'_, '_>,
    emitter: &Emitter<'_, '_>,
    header: &HeaderRecord,
    labels: &[Stretch],
    totals: &Totals,
) -> Option<Finding> {
    if header.ending != Some(Ending::Return) {
        return None;
    }
    let finding = emitter.observed("lone-cr", &Observed::LoneReturn { header: None }, Place::default())?;
    let whole = !totals.ending_told && totals.returns.len() <= MOST_RETURNS && !job.source.decodes();
    let fix = whole.then(|| {
        let labels = labels.iter().map(|labels| labels.end.offset - 1);
        let places = [header.next - 1].into_iter().chain(labels).chain(totals.returns.iter().copied());
        let edits = places.map(|offset| Edit { offset, length: 1, text: "\n".to_owned() }).collect();
        Fix { safety: Safety::Safe, edits, by_hand: false }
    });
    // Of very many places, `hrlint fix` mends all; they are not named one by one.
    Some(Finding { fix: fix.or(finding.fix), ..finding })
}
