//! The page itself: what the template is filled with.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::grid::{Grid, grids};
use super::places::Chart;
use super::{FileSeen, Kept, Seen, column, manual};
use crate::check::{FileEnd, Outcome, Summary};
use crate::finding::{Printable, Severity};
use crate::report::coverage::{self, Line};
use crate::report::{Options, Values, phrase};
use crate::rules;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Rules named under "What to do first".
const STEPS: usize = 5;
/// Files of which the places are drawn.
const CHARTS: usize = 10;
/// Width of the longest bar of a rule.
const BAR: u64 = 160;

#[derive(Template)]
#[template(path = "page.html", config = "src/report/html/askama.toml")]
struct Page {
    version: &'static str,
    policy: String,
    style: &'static str,
    script: &'static str,
    verdict: Verdict,
    shows_values: bool,
    steps: Vec<Step>,
    files: Vec<FileRow>,
    files_left: u64,
    unchecked: u64,
    policies: Vec<Line>,
    bars: Vec<Bar>,
    charts: Vec<Chart>,
    grids: Vec<Grid>,
    findings: Vec<FindingRow>,
    /// Whether findings say whom they are about.
    links: bool,
    left_out: u64,
    left_out_text: String,
    manuals: Vec<Manual>,
}

struct Verdict {
    class: &'static str,
    word: &'static str,
    found: String,
    meaning: String,
}

/// Something to do, gravest first.
struct Step {
    rule: &'static str,
    what: String,
    help: String,
    amount: String,
}

struct FileRow {
    name: String,
    rows: String,
    size: String,
    errors: String,
    warnings: String,
    infos: String,
}

/// A rule and how often it fired.
struct Bar {
    rule: &'static str,
    summary: String,
    severity: &'static str,
    count: String,
    width: u64,
}

struct FindingRow {
    person: String,
    severity: &'static str,
    file: String,
    row: String,
    column: String,
    message: String,
    help: String,
    value: String,
    rule: &'static str,
}

struct Manual {
    rule: &'static str,
    html: String,
}

/// The page.
pub(super) fn render(seen: &Seen, summary: &Summary, options: &Options) -> askama::Result<String> {
    let listed = seen.listed();
    let all = summary.errors + summary.warnings + summary.infos;
    let left_out = all.saturating_sub(listed.len() as u64);
    let mut named: Vec<&'static str> = seen.rules.keys().map(|(_, rule)| *rule).collect();
    named.sort_unstable();
    named.dedup();
    let page = Page {
        version: env!("CARGO_PKG_VERSION"),
        policy: policy(),
        style: STYLE,
        script: SCRIPT,
        verdict: verdict(summary),
        shows_values: options.values == Values::Shown,
        steps: steps(seen),
        files: seen.files.iter().map(file_row).collect(),
        files_left: seen.files_left,
        unchecked: summary.unchecked,
        policies: coverage::lined(&summary.policies),
        bars: bars(seen),
        charts: seen.files.iter().filter_map(chart).take(CHARTS).collect(),
        grids: grids(&seen.files, &listed, options.values),
        findings: listed.iter().map(|kept| finding_row(kept, seen, options.values)).collect(),
        links: listed.iter().any(|kept| kept.finding.person.is_some()),
        left_out,
        left_out_text: format!(
            "{} of {} are listed, the gravest first; the rest is counted above. --max-findings 0 keeps more.",
            phrase::number(listed.len() as u64),
            phrase::count(all, "finding"),
        ),
        manuals: named.into_iter().map(|rule| Manual { rule, html: manual::html(rule) }).collect(),
    };
    page.render()
}

/// Nothing from outside, and of what is inside only the style sheet and the script that are ours.
fn policy() -> String {
    let digest = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

fn verdict(summary: &Summary) -> Verdict {
    let of = format!("{} in {}", phrase::count(summary.rows, "row"), phrase::count(summary.files, "file"));
    let (class, word, meaning) = match summary.outcome() {
        Outcome::Failed => ("failed", "Failed:", ". Do not upload before the findings below are mended."),
        Outcome::Passed if summary.waived.contract > 0 => {
            ("passed", "Passed:", ". Waived findings still stand in the way of an upload.")
        }
        Outcome::Passed => ("passed", "Passed:", ". Nothing stands in the way of an upload."),
        Outcome::Incomplete => ("incomplete", "Incomplete:", ", but not everything could be read."),
    };
    let meaning = format!("{of} were checked{meaning}");
    Verdict { class, word, found: phrase::tally_or_nothing(summary) + &phrase::waived(summary.waived), meaning }
}

/// The rules that matter most: faults of whole files first, because they often explain the others.
fn steps(seen: &Seen) -> Vec<Step> {
    let mut rules: Vec<_> = seen.rules.iter().filter(|((severity, _), _)| *severity > Severity::Info).collect();
    rules.sort_by_key(|((severity, _), rule)| std::cmp::Reverse((*severity, rule.of_the_whole, rule.count)));
    let step = |((severity, name), rule): &(&(Severity, &'static str), &super::RuleSeen)| {
        let (message, help) = rule.said.clone()?;
        let files =
            if seen.files.len() > 1 { format!(" in {}", phrase::count(rule.files, "file")) } else { String::new() };
        let amount = format!("{}{files}", phrase::count(rule.count, severity.name()));
        // Rules quote headers and scenario names in their words.
        let what = capitalised(Printable::new(&message).as_str());
        Some(Step { rule: name, what, help: Printable::new(&help).to_string(), amount })
    };
    rules.iter().filter_map(step).take(STEPS).collect()
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + characters.as_str())
}

fn by_severity(end: Option<&FileEnd>) -> [u64; 3] {
    let mut counts = [0; 3];
    for count in end.iter().flat_map(|end| &end.counts) {
        counts[count.severity as usize] += count.count;
    }
    counts
}

fn file_row(file: &FileSeen) -> FileRow {
    let end = file.end.as_ref();
    let [infos, warnings, errors] = by_severity(end).map(phrase::number);
    FileRow {
        name: Printable::new(&file.name).to_string(),
        rows: end.map_or("not read to its end".to_owned(), |end| phrase::number(end.rows)),
        size: end.map_or(String::new(), |end| phrase::size(end.bytes)),
        errors,
        warnings,
        infos,
    }
}

fn bars(seen: &Seen) -> Vec<Bar> {
    let most = seen.rules.values().map(|rule| rule.count).max().unwrap_or(0).max(1);
    let bar = |((severity, name), rule): (&(Severity, &'static str), &super::RuleSeen)| Bar {
        rule: name,
        summary: rules::find(name).map_or(String::new(), |rule| rule.summary().replace('`', "")),
        severity: severity.name(),
        count: phrase::number(rule.count),
        width: (u128::from(rule.count) * u128::from(BAR) / u128::from(most)).max(2) as u64,
    };
    let mut rules: Vec<_> = seen.rules.iter().collect();
    rules.sort_by_key(|((severity, name), rule)| (std::cmp::Reverse((*severity, rule.count)), *name));
    rules.into_iter().map(bar).collect()
}

fn chart(file: &FileSeen) -> Option<Chart> {
    let rows = file.end.as_ref().map_or(0, |end| end.rows + 1);
    let findings = by_severity(file.end.as_ref()).iter().sum();
    file.places.chart(Printable::new(&file.name).to_string(), rows, findings)
}

fn finding_row(kept: &Kept, seen: &Seen, values: Values) -> FindingRow {
    let finding = &kept.finding;
    let place = &finding.place;
    let first = finding.first.as_ref().map_or(String::new(), |first| {
        format!(" (first in row {} of {})", phrase::number(first.row), Printable::new(&first.file))
    });
    FindingRow {
        person: finding.person.map_or(String::new(), |person| person.to_string()),
        severity: finding.severity.name(),
        file: Printable::new(&seen.files[kept.file].name).to_string(),
        row: place.row.map_or(String::new(), phrase::number),
        column: place.column.map_or(String::new(), |at| column(at, place.header.as_deref())),
        message: Printable::new(&finding.message).to_string() + &first,
        help: Printable::new(&finding.help).to_string(),
        value: finding.value.as_ref().map_or(String::new(), |value| match values {
            Values::Masked => value.described(),
            Values::Shown => value.shown().shortened(400).into_owned(),
        }),
        rule: finding.rule,
    }
}
