//! Synthetic events: a handful of findings of every kind, as the engine would tell them.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hrlint::check::{Count, Event, FileEnd, FileStart, Sink, Summary, Waived};
use hrlint::finding::{CellText, Edit, Excerpt, Finding, Fix, Place, Related, Safety, Severity};
use hrlint::report::{Format, Options, Values, sink};

/// Masked, without colour, on the day of all tests.
pub(crate) const PLAIN: Options = Options {
    values: Values::Masked,
    colour: false,
    width: 80,
    fail_on: Severity::Error,
    today: chrono::NaiveDate::from_ymd_opt(2026, 7, 1).expect("it is a day"),
    pages: None,
};

/// What the engine would tell of one run.
pub(crate) struct Run {
    pub(crate) files: Vec<(FileStart, Vec<Finding>, FileEnd)>,
    pub(crate) summary: Summary,
}

impl Run {
    /// What a report makes of it.
    pub(crate) fn written(&self, format: Format, options: &Options) -> String {
        let out = Shared::default();
        self.tell(&mut *sink(format, Box::new(out.clone()), options));
        String::from_utf8(std::mem::take(&mut *out.0.lock().expect("no test panics while writing")))
            .expect("reports are UTF-8")
    }

    /// Tells a listener all of it.
    pub(crate) fn tell(&self, sink: &mut (dyn Sink + '_)) {
        let mut take = |event| sink.take(event).expect("memory takes everything");
        for (start, findings, end) in &self.files {
            take(Event::FileBegins(start));
            for finding in findings {
                take(Event::Finding(finding));
            }
            take(Event::FileEnds(end));
        }
        take(Event::Summary(&self.summary));
    }
}

/// Memory to write to that can be read afterwards.
#[derive(Clone, Default)]
pub(crate) struct Shared(pub(crate) Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no test panics while writing").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(crate) const HEADERS: [&str; 6] =
    ["HRScenario", "EmailAddress", "ResignationDate", "LastWorkingDate", "EffectiveDate", "Remarks"];

pub(crate) fn start(file: &str, headers: &[&str]) -> FileStart {
    let headers = headers.iter().map(|&h| h.into()).collect();
    FileStart { file: file.into(), bytes: Some(14_200_000), headers, header_row: 1 }
}

pub(crate) fn finding(rule: &'static str, severity: Severity, message: &str, help: &str) -> Finding {
    Finding {
        rule,
        severity,
        file: "export.csv".into(),
        place: Place::default(),
        scenario: None,
        person: None,
        message: message.into(),
        help: help.into(),
        value: None,
        fix: None,
        first: None,
        excerpt: None,
    }
}

/// Puts a finding on a cell (1-based column) of a record.
pub(crate) fn at(mut finding: Finding, row: u64, column: u32, record: &[&str]) -> Finding {
    let texts = |cells: &[&str]| cells.iter().map(|cell| CellText::new(cell.as_bytes())).collect();
    let index = column as usize - 1;
    finding.place = Place {
        row: Some(row),
        line: Some(row + 2),
        column: Some(column),
        header: HEADERS.get(index).map(|&header| header.into()),
        char: Some(23),
        offset: Some(row * 100),
        length: Some(10),
    };
    finding.scenario = Some("resignation".into());
    finding.value = Some(CellText::new(record.get(index).unwrap_or(&"").as_bytes()));
    let from = index.saturating_sub(3).min(record.len());
    let until = (index + 4).min(record.len());
    finding.excerpt =
        Some(Excerpt { cells: texts(&record[from..until]), first_column: from as u32 + 1, more: until < record.len() });
    finding
}

pub(crate) const RECORD: [&str; 6] =
    ["Resignation", "erika.mustermann@northwind-energy.de", "31.12.2025", "2026-06-29T15:18:02Z", "", ""];

fn with(record: [&'static str; 6], index: usize, text: &'static str) -> [&'static str; 6] {
    let mut record = record;
    record[index] = text;
    record
}

fn edit(safety: Safety, text: &str) -> Fix {
    Fix { safety, edits: vec![Edit { offset: 1700, length: 10, text: text.into() }], by_hand: false }
}

/// One finding of each kind that looks different.
pub(crate) fn kinds() -> Vec<Finding> {
    use Severity::{Error, Info, Warning};
    let byte_order_mark =
        finding("utf8-bom", Warning, "the file begins with a byte order mark", "Save it as UTF-8 without BOM.");
    let byte_order_mark = Finding { fix: Some(edit(Safety::Safe, "")), ..byte_order_mark };
    let mut missing = finding(
        "missing-mandatory-column",
        Error,
        "no column holds lastWorkingDate of the scenario resignation",
        "Add the column LastWorkingDate to the export, or name the column that holds it in the mapping.",
    );
    missing.place = Place { row: Some(1), line: Some(1), ..Place::default() };
    let mut header = finding(
        "header-whitespace",
        Error,
        "the column name has blanks around it",
        "Remove the blanks: names are compared with them.",
    );
    header.place = Place {
        row: Some(1),
        line: Some(1),
        column: Some(3),
        header: Some("ResignationDate".into()),
        char: Some(25),
        offset: Some(24),
        length: Some(15),
    };
    let not_iso = || {
        let help = "Write it as 2026-04-23T15:18:02Z, or with an offset such as +02:00 in place of the Z.";
        Finding {
            fix: Some(edit(Safety::Unsafe, "2025-12-31")),
            ..finding("date-not-iso", Error, "the date is in a local form", help)
        }
    };
    let empty =
        finding("missing-required-value", Error, "resignationDate is empty", "Fill in the date of the resignation.");
    let long = finding(
        "remarks-too-long",
        Error,
        "the text has 212 characters, 12 more than the service takes",
        "Shorten it to 200.",
    );
    let long_text: &'static str = "Conflicts with the team and with the customer, again and again, which was never written down. The talks that followed were long and led to nothing at all; the next review will have to show whether that changes.";
    let invisible = finding("invisible-character", Warning, "the text holds a zero-width space", "Remove it.");
    let wide =
        finding("upn-non-ascii", Error, "the address holds letters outside ASCII", "Use the user's sign-in name.");
    let broken = finding("control-character", Error, "the text holds a tab", "Remove it.");
    let mut short = at(
        finding("short-record", Warning, "the record has 3 cells, the header 6", "Export all columns."),
        88,
        1,
        &RECORD[..3],
    );
    short.place = Place { column: None, header: None, ..short.place };
    short.value = None;
    let duplicate = finding("exact-duplicate-row", Warning, "the record equals an earlier one", "Remove one of them.");
    let mut duplicate = at(duplicate, 99_003, 1, &RECORD);
    duplicate.place = Place { column: None, header: None, ..duplicate.place };
    duplicate.value = None;
    duplicate.first = Some(Related { file: "other.csv".into(), row: 1_412 });
    duplicate.fix = Some(edit(Safety::Safe, ""));
    let surplus =
        finding("long-record", Error, "the record has 8 cells, the header 6", "Quote texts that hold commas.");
    let surplus =
        at(surplus, 90, 7, &["Resignation", "a@northwind-energy.de", "", "", "", "Met", "but bad", "attitude"]);
    vec![
        byte_order_mark,
        missing,
        header,
        at(not_iso(), 17, 3, &RECORD),
        at(not_iso(), 18, 3, &with(RECORD, 2, "01.01.2026")),
        at(not_iso(), 19, 3, &with(RECORD, 2, "02.01.2026")),
        at(not_iso(), 21, 3, &with(RECORD, 2, "03.01.2026")),
        at(empty, 22, 3, &with(RECORD, 2, "")),
        at(long, 30, 6, &with(RECORD, 5, long_text)),
        at(
            invisible,
            31,
            6,
            &with(RECORD, 5, "The text before the fault is long, too.\u{200b} So is what follows it."),
        ),
        at(wide, 40, 2, &with(RECORD, 1, "山田太郎@northwind-energy.de")),
        at(broken, 41, 6, &with(RECORD, 5, "one\ttwo\nthree")),
        short,
        surplus,
        duplicate,
        at(
            finding("smart-punctuation", Info, "a dash is not the one on the keyboard", "Nothing needs to be done."),
            99_003,
            6,
            &with(RECORD, 5, "Level 61 – Sr"),
        ),
    ]
}

/// Counts as the engine would make them of these findings.
pub(crate) fn counts(findings: &[Finding]) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    for finding in findings {
        let safe = finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
        let known = counts.iter_mut().find(|c| c.rule == finding.rule && c.column == finding.place.column);
        if let Some(count) = known {
            count.count += 1;
            count.shown += 1;
            count.fixable += u64::from(safe);
            count.rows = count.rows.zip(finding.place.row).map(|((first, _), row)| (first, row));
        } else {
            counts.push(Count {
                cut: 0,
                rule: finding.rule,
                severity: finding.severity,
                column: finding.place.column,
                header: finding.place.header.clone(),
                count: 1,
                fixable: u64::from(safe),
                shown: 1,
                rows: finding.place.row.map(|row| (row, row)),
                rest_from: None,
            });
        }
    }
    counts.sort_by(|a, b| (b.severity, a.rule, a.column).cmp(&(a.severity, b.rule, b.column)));
    counts
}

pub(crate) fn end(file: &str, counts: Vec<Count>) -> FileEnd {
    let scenarios: Vec<(Arc<str>, u64)> = vec![("resignation".into(), 99_000), ("jobLevelChange".into(), 2)];
    FileEnd {
        file: file.into(),
        rows: 99_002,
        lines: 99_005,
        bytes: 14_200_000,
        scenarios,
        counts,
        waived: Waived::default(),
    }
}

pub(crate) fn summary(counts: &[Count]) -> Summary {
    let of = |severity| counts.iter().filter(|count| count.severity == severity).map(|count| count.count).sum();
    Summary {
        files: 1,
        rows: 99_002,
        bytes: 14_200_000,
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        infos: of(Severity::Info),
        fixable: counts.iter().map(|count| count.fixable).sum(),
        hidden: counts.iter().map(|count| count.count - count.shown).sum(),
        waived: Waived::default(),
        fail_on: Severity::Error,
        unchecked: 0,
        policies: Vec::new(),
        elapsed: Duration::from_millis(51),
    }
}

/// A run over one file with these findings.
pub(crate) fn run(findings: Vec<Finding>) -> Run {
    let counts = counts(&findings);
    let summary = summary(&counts);
    Run { files: vec![(start("export.csv", &HEADERS), findings, end("export.csv", counts))], summary }
}

/// A run over files with a few kinds each, so few that all are drawn.
pub(crate) fn few_a_file() -> Run {
    let kinds = kinds();
    let file =
        |findings: &[Finding]| (start("export.csv", &HEADERS), findings.to_vec(), end("export.csv", counts(findings)));
    Run { files: kinds.chunks(6).map(file).collect(), summary: summary(&counts(&kinds)) }
}

/// All kinds, and a rule that fired two million times, of which a thousand are told.
pub(crate) fn everything() -> Run {
    let mut run = run(kinds());
    let (_, _, end) = &mut run.files[0];
    let many = end.counts.iter_mut().find(|count| count.rule == "date-not-iso").expect("it is among the kinds");
    many.count = 2_000_000;
    many.rows = Some((17, 2_099_003));
    run.summary = summary(&end.counts);
    run
}
