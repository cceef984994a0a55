//! Repeats are exact: what a naive comparison of every row with every earlier one finds, over all files of a run. So are
//! second resignations of a person, and addresses in other letters.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use hrlint::check::{Input, Options, Session};
use hrlint::mapping::Mapping;
use hrlint::report::{self, Format};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::{engine, streams, way};

/// Columns, in the order of the cells below; a file may have them in another order.
const COLUMNS: [&str; 5] = ["HRScenario", "EmailAddress", "ResignationDate", "LastWorkingDate", "EffectiveDate"];

/// The orders that files have their columns in; the last differs from the first by case only.
const ORDERS: [([usize; 5], bool); 3] = [([0, 1, 2, 3, 4], false), ([4, 1, 0, 2, 3], false), ([0, 1, 2, 3, 4], true)];

const EACH: [&[&str]; 5] = [
    &["Resignation", "Performance review", "Performance improvement plan", "Unknown"],
    &["mia@northwind-energy.de", "MIA@northwind-energy.de", "mia@northwind-energy.DE", "jo@northwind-energy.de", ""],
    &["2026-05-18T09:00:00Z", "2026-05-18T09:00:01Z", ""],
    &["2026-06-30T17:00:00Z", "2026-06-30", "", "\"then\""],
    &["2026-05-18T09:00:00Z", "2026-05-18t09:00:00Z", ""],
];

/// One row: what its cells say, whether each is quoted, and how many of them there are.
#[derive(Clone, Debug)]
struct Row {
    cells: [&'static str; 5],
    quoted: Vec<bool>,
    width: usize,
}

#[derive(Clone, Debug)]
struct File {
    order: usize,
    rows: Vec<Row>,
    piped: bool,
}

fn row() -> impl Strategy<Value = Row> {
    let cells = EACH.map(select);
    let width = prop_oneof![9 => Just(5), 1 => 3..6usize];
    (cells, vec(any::<bool>(), 5), width).prop_map(|(cells, quoted, width)| Row { cells, quoted, width })
}

fn files() -> impl Strategy<Value = Vec<File>> {
    let file = (0..ORDERS.len(), vec(row(), 0..60), prop::bool::weighted(0.2));
    vec(file.prop_map(|(order, rows, piped)| File { order, rows, piped }), 1..4)
}

impl Row {
    /// The row's cells in a file of that order.
    fn laid(&self, order: usize) -> Vec<&'static str> {
        ORDERS[order].0[..self.width].iter().map(|column| self.cells[*column]).collect()
    }

    /// Scenario, address without case and date, where the file says all three.
    fn event(&self, order: usize) -> Option<(&'static str, String, String)> {
        let said = |column: usize| {
            let place = ORDERS[order].0.iter().position(|at| *at == column).filter(|place| *place < self.width);
            place.map(|_| self.cells[column]).filter(|cell| !cell.is_empty())
        };
        let scenario = said(0).filter(|scenario| *scenario != "Unknown")?;
        let date = said(if scenario == "Resignation" { 2 } else { 4 })?;
        // The dates of this test differ in the case of the T alone where they mean the same moment.
        Some((scenario, said(1)?.to_ascii_lowercase(), date.to_ascii_uppercase()))
    }
}

impl Row {
    /// Whose row it is, as written, where the file says so and the scenario is known.
    fn address(&self, order: usize) -> Option<&'static str> {
        let said = |column: usize| {
            let place = ORDERS[order].0.iter().position(|at| *at == column).filter(|place| *place < self.width);
            place.map(|_| self.cells[column]).filter(|cell| !cell.is_empty())
        };
        said(0).filter(|scenario| *scenario != "Unknown")?;
        said(1)
    }

    /// Who resigns, where the row says who and when.
    fn resigns(&self, order: usize) -> Option<String> {
        let (scenario, address, _) = self.event(order)?;
        (scenario == "Resignation").then_some(address)
    }
}

impl File {
    fn text(&self) -> String {
        let (order, upper) = ORDERS[self.order];
        let header = order.map(|column| COLUMNS[column]).join(",");
        let mut text = if upper { header.to_uppercase() } else { header } + "\n";
        for row in &self.rows {
            let cells = row.laid(self.order).into_iter().zip(&row.quoted).map(|(cell, quoted)| {
                let quoted = *quoted || cell.contains('"');
                if quoted { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
            });
            writeln!(text, "{}", cells.collect::<Vec<_>>().join(",")).expect("memory takes it");
        }
        text
    }
}

/// File and row of a repeat, the rule, and file and row of the first.
type Repeat = (usize, u64, &'static str, usize, u64);

const RULES: [&str; 4] = ["exact-duplicate-row", "duplicate-event-key", "conflicting-resignation", "upn-case-variants"];

/// Every row compared with every earlier one.
fn naive(files: &[File]) -> Vec<Repeat> {
    let mut repeats = Vec::new();
    let mut seen: Vec<(usize, u64, usize, &Row)> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        for (row, at) in file.rows.iter().zip(2..) {
            let same_header = |order: usize| order % 2 == file.order % 2;
            let equal = seen
                .iter()
                .find(|(_, _, order, other)| same_header(*order) && other.laid(*order) == row.laid(file.order));
            let event = row.event(file.order);
            let same = || seen.iter().find(|(_, _, order, other)| event.is_some() && other.event(*order) == event);
            let leaver = row.resigns(file.order);
            let again = || seen.iter().find(|(_, _, order, other)| leaver.is_some() && other.resigns(*order) == leaver);
            let is_event = equal.is_some() || same().is_some();
            if let Some((first, first_row, ..)) = equal {
                repeats.push((number, at, RULES[0], *first, *first_row));
            } else if let Some((first, first_row, ..)) = same() {
                repeats.push((number, at, RULES[1], *first, *first_row));
            } else if let Some((first, first_row, ..)) = again() {
                repeats.push((number, at, RULES[2], *first, *first_row));
            }
            if let Some(address) = row.address(file.order).filter(|_| !is_event) {
                let of_person = |other: &&(usize, u64, usize, &Row)| {
                    other.3.address(other.2).is_some_and(|other| other.eq_ignore_ascii_case(address))
                };
                let spelled_before = seen.iter().any(|(_, _, order, other)| other.address(*order) == Some(address));
                if let Some((first, first_row, ..)) = seen.iter().find(of_person).filter(|_| !spelled_before) {
                    repeats.push((number, at, RULES[3], *first, *first_row));
                }
            }
            seen.push((number, at, file.order, row));
        }
    }
    repeats
}

/// What a report says of repeats.
fn reported(report: &str) -> Vec<Repeat> {
    let number = |name: &Value| name.as_str().and_then(|name| name.parse().ok()).expect("files are named by number");
    let lines = report.lines().map(|line| serde_json::from_str::<Value>(line).expect("all files were checked"));
    let repeats = lines.filter_map(|line| {
        let rule = RULES.into_iter().find(|rule| line["rule"] == **rule)?;
        let first = &line["first"];
        let row = |finding: &Value| finding["row"].as_u64().expect("a repeat has a row");
        Some((number(&line["file"]), row(&line), rule, number(&first["file"]), row(first)))
    });
    let mut repeats: Vec<_> = repeats.collect();
    repeats.sort_unstable();
    repeats
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn repeats_are_what_a_naive_comparison_finds(
        files in files(),
        number in 0..64usize,
        block_size in prop_oneof![1..300u64, 10..5000u64],
    ) {
        let plan = engine::plan(Mapping::built_in());
        let mut kept = Vec::new();
        let mut paths = Vec::new();
        for file in &files {
            let mut stored = tempfile::NamedTempFile::new().expect("a temporary file");
            stored.write_all(file.text().as_bytes()).expect("room on the disk");
            let pipe = file.piped.then(|| streams::pipe(file.text().as_bytes())).flatten();
            paths.push(pipe.as_ref().map_or_else(|| stored.path().to_owned(), |(path, _)| path.clone()));
            kept.push((stored, pipe));
        }
        let names: Vec<String> = (0..files.len()).map(|number| number.to_string()).collect();
        let inputs: Vec<(&str, &Path)> = names.iter().map(String::as_str).zip(paths.iter().map(|path| &**path)).collect();
        let (options, pool) = way(number, block_size);
        let report = pool.install(|| engine::report(&inputs, &plan, &options, Format::Jsonl));
        let mut expected = naive(&files);
        expected.sort_unstable();
        prop_assert_eq!(reported(&report), expected);
    }
}

#[test]
fn a_file_that_cannot_be_checked_to_its_end_leaves_the_later_ones_their_repeats() {
    let plan = engine::plan(Mapping::built_in());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let row = |number: usize| {
        let day = 1 + number % 28;
        format!("Performance review,p{number}@northwind-energy.de,,,2026-05-{day:02}T06:52:26Z\n")
    };
    let write = |name: &str, numbers: &[usize]| {
        let text = COLUMNS.join(",") + "\n" + &numbers.iter().map(|number| row(*number)).collect::<String>();
        std::fs::write(folder.path().join(name), text).expect("room on the disk");
    };
    let numbers = |first: usize, more: &[usize]| [&(first..first + 3000).collect::<Vec<_>>(), more].concat();
    write("0", &numbers(0, &[]));
    // When this row is compared with the first file's, that is no longer there.
    write("1", &[100_000, 100_001, 100_002, 3]);
    write("2", &numbers(200_000, &[200_005, 200_999, 100_001]));
    write("3", &numbers(300_000, &[300_005, 200_999, 2]));
    let mut out = Vec::new();
    let mut sink = report::sink(Format::Jsonl, Box::new(&mut out), &report::Options::default());
    let options = Options::default();
    let mut session = Session::new(&options, &mut *sink);
    for name in ["0", "1", "2", "3"] {
        let path = folder.path().join(name);
        let input = Input { name: name.into(), path: Some(path.clone()), plan: &plan };
        let checked = session.input(&input).expect("memory takes every report");
        assert_eq!(checked.is_some(), !["1", "3"].contains(&name), "{name}");
        if name == "0" {
            std::fs::remove_file(path).expect("nobody reads it");
        }
    }
    session.finish().expect("memory takes every report");
    drop(sink);
    let report = String::from_utf8(out).expect("reports are UTF-8");
    let expected = [(2, 3002, 2, 7), (2, 3003, 2, 1001), (2, 3004, 1, 3)];
    let of_rows = expected.map(|(file, row, first, first_row)| (file, row, RULES[0], first, first_row));
    assert_eq!(reported(&report), of_rows);
}
