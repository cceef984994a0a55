//! Repeats are exact: what a naive comparison of every row with every earlier one finds, over all files of a run.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use hrlint::mapping::Mapping;
use hrlint::report::Format;
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
    fn event(&self, order: usize) -> Option<(&'static str, String, &'static str)> {
        let said = |column: usize| {
            let place = ORDERS[order].0.iter().position(|at| *at == column).filter(|place| *place < self.width);
            place.map(|_| self.cells[column]).filter(|cell| !cell.is_empty())
        };
        let scenario = said(0).filter(|scenario| *scenario != "Unknown")?;
        let date = said(if scenario == "Resignation" { 2 } else { 4 })?;
        Some((scenario, said(1)?.to_ascii_lowercase(), date))
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

/// File and row of a repeat, whether it is an equal row, and file and row of the first.
type Repeat = (usize, u64, bool, usize, u64);

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
            if let Some((first, first_row, ..)) = equal {
                repeats.push((number, at, true, *first, *first_row));
            } else if let Some((first, first_row, ..)) = same() {
                repeats.push((number, at, false, *first, *first_row));
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
        let equal = match line["rule"].as_str() {
            Some("exact-duplicate-row") => true,
            Some("duplicate-event-key") => false,
            _ => return None,
        };
        let first = &line["first"];
        let row = |finding: &Value| finding["row"].as_u64().expect("a repeat has a row");
        Some((number(&line["file"]), row(&line), equal, number(&first["file"]), row(first)))
    });
    repeats.collect()
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
        prop_assert_eq!(reported(&report), naive(&files));
    }
}
