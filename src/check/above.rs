//! What is told of the lines above the header, and of labels below it.

use std::borrow::Cow;
use std::sync::Arc;

use super::buffer::Buffer;
use super::emit::Emitter;
use super::error::Stopped;
use super::header;
use super::job::Job;
use super::top::{Search, Spot, Stretch, Top};
use crate::finding::{CellText, Edit, Excerpt, Finding, Fix, Place, Safety};
use crate::plan::Layout;
use crate::rules::record::is_labels;
use crate::rules::{Check, Observed, Record};
use crate::scan::Scanner;

/// Most rows of labels below a header.
const MOST_LABELS: usize = 3;

/// Cells of a row that are shown.
const SHOWN: usize = 5;

/// Tells of blank lines, of a hint for Excel and of a report's lines, in order of position.
pub(super) fn tell(job: &Job<'_, '_>, emitter: &mut Emitter<'_, '_>, top: &Top) -> Result<(), Stopped> {
    let mut findings = blank_lines(job, emitter, top);
    let line = |stretch: &Stretch| (stretch.begin.offset, stretch.end.offset - stretch.begin.offset);
    findings.extend(top.sep.as_ref().and_then(|sep| {
        let (offset, length) = line(sep);
        stretch_finding(job, emitter, "sep-line", &Observed::SepLine(offset, length), sep)
    }));
    findings.extend(top.preamble.as_ref().and_then(|preamble| {
        let rows = (preamble.begin.rows + 1, preamble.end.rows);
        let fact = Observed::Preamble { rows, bytes: line(preamble) };
        stretch_finding(job, emitter, "preamble-rows", &fact, preamble)
    }));
    findings.sort_by_key(|finding| finding.place.offset);
    findings.iter().try_for_each(|finding| emitter.add(finding)).map_err(Stopped::Listener)?;
    let id = job.layout.plan.id("blank-line");
    if job.layout.plan.severity(id).is_some() {
        let told = top.blank.told.last().map_or(0, |(row, ..)| *row);
        let untold = top.blank.count - top.blank.told.len() as u64;
        (told + 1..=told + untold).for_each(|row| emitter.count_only(id, row, Some(Safety::Safe)));
    }
    Ok(())
}

/// A finding about whole records that the engine saw.
pub(super) fn stretch_finding(
    job: &Job<'_, '_>,
    emitter: &Emitter<'_, '_>,
    rule: &str,
    fact: &Observed,
    stretch: &Stretch,
) -> Option<Finding> {
    let begin = stretch.begin;
    let (offset, length) = job.source.stored(begin.offset, stretch.end.offset - begin.offset);
    let place = Place {
        row: Some(begin.rows + 1),
        line: Some(begin.lines + 1),
        char: Some(1),
        offset: Some(offset),
        length: Some(length),
        ..Place::default()
    };
    let finding = emitter.observed(rule, fact, place)?;
    let texts = &stretch.texts;
    let excerpt = (job.options.excerpts && !texts.is_empty()).then(|| Excerpt {
        cells: texts.iter().take(SHOWN).map(|text| CellText::new(text.as_bytes())).collect(),
        first_column: 1,
        more: texts.len() > SHOWN,
    });
    // Decoded bytes stand elsewhere in the file: it is converted first.
    let fix = finding.fix.filter(|_| !job.source.decodes());
    Some(Finding { fix, excerpt, ..finding })
}

/// Blank lines before the header.
fn blank_lines(job: &Job<'_, '_>, emitter: &Emitter<'_, '_>, top: &Top) -> Vec<Finding> {
    let plan = job.layout.plan;
    let id = plan.id("blank-line");
    let Check::Record { explain, .. } = &plan.rule(id).check else { return Vec::new() };
    let frame = &job.layout.frame;
    let blank = Record { frame, scenario: None, cells: &[Cow::Borrowed("")], valid: &[true] };
    let finding = |(row, offset, length): &(u64, u64, u64)| {
        let (offset, stored) = job.source.stored(*offset, *length);
        let place = Place {
            row: Some(*row),
            line: Some(*row),
            char: Some(1),
            offset: Some(offset),
            length: Some(0),
            ..Place::default()
        };
        let finding = emitter.explained(id, explain(&blank), place)?;
        let edit = Edit { offset, length: stored, text: String::new() };
        let fix = (!job.source.decodes()).then(|| Fix { safety: Safety::Safe, edits: vec![edit], by_hand: false });
        Some(Finding { fix, ..finding })
    };
    top.blank.told.iter().filter_map(finding).collect()
}

/// Rows right below the header that hold labels, one by one.
pub(super) fn labels(search: &Search<'_>, layout: &Layout<'_>, scanner: &Scanner, below: Spot) -> Vec<Stretch> {
    let plan = layout.plan;
    let mut labels = Vec::new();
    if plan.severity(plan.id("second-header-row")).is_none() {
        return labels;
    }
    let (mut at, mut buffer) = (below, Buffer::default());
    while labels.len() < MOST_LABELS {
        // What cannot be read here is told when the rows are read.
        let Ok(Some(record)) = header::read(search.source, scanner, at, &mut buffer, search.name) else { break };
        let cells: Vec<Cow<'_, str>> = record.texts.iter().map(|text| Cow::Borrowed(&**text)).collect();
        let valid = vec![true; cells.len()];
        if !is_labels(&Record { frame: &layout.frame, scenario: None, cells: &cells, valid: &valid }) {
            break;
        }
        let texts: Vec<Arc<str>> = record.texts.clone();
        labels.push(Stretch { begin: at, end: record.end(), texts });
        at = record.end();
    }
    labels
}

/// Tells of rows of labels.
pub(super) fn tell_labels(job: &Job<'_, '_>, emitter: &mut Emitter<'_, '_>, labels: &[Stretch]) -> Result<(), Stopped> {
    for row in labels {
        let fact = Observed::SecondHeader(row.begin.offset, row.end.offset - row.begin.offset);
        if let Some(finding) = stretch_finding(job, emitter, "second-header-row", &fact, row) {
            emitter.add(&finding).map_err(Stopped::Listener)?;
        }
    }
    Ok(())
}
