//! What is told of the files by what was sent before.

use std::io;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::head::LOOK;
use super::rounds::Totals;
use crate::plan::{Layout, Plan};
use crate::rules::Observed;
use crate::rules::past::Sent;
use crate::source::Source;

/// The scenario of profiles, which expire.
const PROFILE: &str = "employeeProfile";

/// The scenario whose rows put a person under scrutiny.
const RESIGNATION: &str = "resignation";

/// Days in which profiles are taken for all people.
const RECENT: i64 = 30;

type Fact = (&'static str, Observed);

/// What all files together show, once the last of them is done. `rows`: those of a scenario in all files.
pub(super) fn of_connector(plan: &Plan, rows: impl Fn(&str) -> u64) -> Vec<Fact> {
    [overdue(plan), stale(plan, rows(PROFILE) > 0), mass(plan, rows(RESIGNATION))].into_iter().flatten().collect()
}

/// What one file shows that was checked to its end.
///
/// # Errors
///
/// The file could not be read once more.
pub(super) fn of_file(layout: &Layout<'_>, source: &dyn Source, totals: &Totals, bytes: u64) -> io::Result<Vec<Fact>> {
    let mut facts = counts(layout, totals);
    facts.extend(unchanged(layout.plan, source, bytes)?);
    Ok(facts)
}

fn days_since(plan: &Plan, sent: &Sent) -> i64 {
    (plan.settings.today - sent.day).num_days()
}

fn overdue(plan: &Plan) -> Option<Fact> {
    let rule = "upload-overdue";
    let days = days_since(plan, plan.past.as_ref()?.of_connector().next()?);
    (days > i64::from(plan.option(rule, "days"))).then_some((rule, Observed::UploadOverdue(days)))
}

fn stale(plan: &Plan, renewed: bool) -> Option<Fact> {
    let rule = "profile-stale";
    let mapped = plan.mapping.scenarios.iter().any(|scenario| scenario.key == PROFILE);
    let days = days_since(plan, plan.past.as_ref()?.last_with(PROFILE).filter(|_| mapped)?);
    let expired = days > i64::from(plan.option(rule, "error"));
    let stale = expired || days > i64::from(plan.option(rule, "warning"));
    stale.then_some((rule, Observed::ProfileStale { days, expired, renewed }))
}

fn mass(plan: &Plan, rows: u64) -> Option<Fact> {
    let rule = "mass-trigger";
    let headcount = u64::from(plan.option(rule, "headcount"));
    let recent = |sent: &&Sent| days_since(plan, sent) <= RECENT;
    let profiles = || plan.past.as_ref()?.sent.iter().filter(recent).map(|sent| sent.rows(PROFILE)).max();
    let people = if headcount > 0 { headcount } else { profiles().filter(|people| *people > 0)? };
    let too_many = rows * 100 > people * u64::from(plan.option(rule, "percent"));
    let fact = Observed::MassTrigger { rows, people, stated: headcount > 0 };
    (too_many && rows >= u64::from(plan.option(rule, "rows"))).then_some((rule, fact))
}

fn counts(layout: &Layout<'_>, totals: &Totals) -> Vec<Fact> {
    let (rule, plan) = ("row-count-drop", layout.plan);
    let Some(past) = &plan.past else { return Vec::new() };
    let (usual, least) = (u64::from(plan.option(rule, "percent")), u64::from(plan.option(rule, "rows")));
    let scenarios = layout.frame.scenarios.iter().zip(totals.scenarios.iter().copied()).filter(|(_, rows)| *rows > 0);
    scenarios
        .filter_map(|(scenario, rows)| {
            let before = past.of_connector().map(|sent| sent.rows(&scenario.key)).find(|rows| *rows > 0)?;
            let (less, more) = (rows.min(before), rows.max(before));
            let unusual = (more - less) * 100 > more * usual && more >= least;
            unusual.then(|| (rule, Observed::RowCount(Arc::clone(&scenario.key), rows, before)))
        })
        .collect()
}

/// The file is read once more only where its size is that of the file sent last.
fn unchanged(plan: &Plan, source: &dyn Source, bytes: u64) -> io::Result<Option<Fact>> {
    let rule = "unchanged-file";
    let last = plan.past.as_ref().and_then(|past| past.of_connector().next());
    let asked = plan.severity(plan.id(rule)).is_some() && source.rereads();
    let Some(last) = last.filter(|last| asked && last.bytes == bytes) else { return Ok(None) };
    let (mut hasher, mut buffer, mut at) = (Sha256::new(), vec![0; LOOK], 0);
    loop {
        let read = source.read_at(&mut buffer, at)?;
        hasher.update(&buffer[..read]);
        at += read as u64;
        if read < buffer.len() {
            break;
        }
    }
    let digest: [u8; 32] = hasher.finalize().into();
    Ok((digest == last.digest).then(|| (rule, Observed::UnchangedFile(days_since(plan, last)))))
}
