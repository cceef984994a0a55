//! Domains are counted the same however a file is cut, accepted or asked about, read from a file or a pipe.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;

use hrlint::check::Options;
use hrlint::mapping::Mapping;
use hrlint::plan::Plan;
use hrlint::report::Format;
use hrlint::rules;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::{cuts, engine, streams, way};

const HEADER: &str = "EmailAddress,EffectiveDate,Remarks,Rating\n";
const USUAL: &str = "northwind-energy.de";
const DATE: &str = "2026-05-18T09:00:00+02:00";

/// Domains that are almost the usual one, some in capitals, and others.
const DOMAINS: [&str; 12] = [
    USUAL,
    USUAL,
    USUAL,
    USUAL,
    "Northwind-Energy.DE",
    "northwind-enregy.de",
    "northwind-ENREGY.de",
    "nortwind-energy.de",
    "northwind-energie.de",
    "kestrel-freight.com",
    "a domain",
    "gmail.com",
];

/// A mapping under which few rows are enough.
fn plan(share: u32) -> Plan {
    let text = format!(
        r#"{{ "version": 1, "scenarios": {{ "performanceReview": {{}} }},
            "rules": {{ "domain-near-miss": {{ "rows": 20, "share": {share} }} }} }}"#
    );
    engine::plan(Mapping::parse("own.json", &text, &rules::facts()).expect("the mapping is valid"))
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("room on the disk");
    file
}

/// What a report says of mistyped domains, as row and message.
fn told(report: &str) -> Vec<(u64, String)> {
    let lines = report.lines().map(|line| serde_json::from_str::<Value>(line).expect("the file was checked"));
    let findings = lines.filter(|line| line["type"] == "finding" && line["rule"] == "domain-near-miss");
    let row = |finding: &Value| finding["row"].as_u64().expect("it points at a row");
    findings.map(|finding| (row(&finding), finding["message"].to_string())).collect()
}

/// Rows as domain, whether the date is wrong, and whether the remark breaks the line; a blank line stands behind some.
fn rows() -> impl Strategy<Value = Vec<(&'static str, bool, bool, bool)>> {
    let odd = || prop::bool::weighted(0.1);
    proptest::collection::vec((select(&DOMAINS[..]), odd(), odd(), odd()), 30..120)
}

fn text(rows: &[(&str, bool, bool, bool)]) -> String {
    rows.iter().enumerate().fold(HEADER.to_owned(), |mut text, (at, (domain, wrong, broken, blank))| {
        let date = if *wrong { "someday" } else { DATE };
        let (remark, blank) = (if *broken { "\"two\nlines\"" } else { "fine" }, if *blank { "\n" } else { "" });
        writeln!(text, "u{at}@{domain},{date},{remark},{blank}").expect("memory takes it");
        text
    })
}

/// Counts the rows of each domain, and where each is first.
fn counted(rows: &[(&str, bool, bool, bool)]) -> (HashMap<String, (u64, u64)>, u64) {
    let (mut domains, mut of, mut row) = (HashMap::new(), 0, 1);
    for (domain, _, _, blank) in rows {
        row += 1;
        if !domain.contains(' ') {
            of += 1;
            domains.entry(domain.to_lowercase()).or_insert((0, row)).0 += 1;
        }
        row += u64::from(*blank);
    }
    (domains, of)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn mistyped_domains_are_counted_exactly(
        rows in rows(),
        ways in proptest::collection::vec((0..64usize, prop_oneof![1..40u64, 1..3000u64], any::<bool>()), 4),
    ) {
        let (plan, text) = (plan(10), text(&rows));
        let file = file(&text);
        let expected = cuts::sequential(file.path(), &plan, &Options::default());
        let (domains, of) = counted(&rows);
        let usual = domains.get(USUAL).map_or(0, |(rows, _)| *rows);
        let few = |domain: &&str| domains.get(*domain).filter(|(rows, _)| rows * 10 <= of);
        let near = ["northwind-enregy.de", "nortwind-energy.de"].into_iter().filter_map(|domain| few(&domain));
        let mut near: Vec<_> = near.filter(|_| usual >= 20 && usual * 2 >= of).map(|(rows, row)| (*row, *rows)).collect();
        near.sort_unstable();
        let found = told(&expected);
        prop_assert_eq!(found.iter().map(|(row, _)| *row).collect::<Vec<_>>(), near.iter().map(|(row, _)| *row).collect::<Vec<_>>());
        for ((_, message), (_, rows)) in found.iter().zip(&near) {
            prop_assert!(message.starts_with(&format!("\"{rows} of {of} addresses end in the domain that {usual} have")), "{}", message);
        }
        for (number, block_size, accepting) in ways {
            let (options, pool) = way(number, block_size);
            let options = Options { accepting, ..options };
            let found = pool.install(|| engine::report(&[("file.csv", file.path())], &plan, &options, Format::Jsonl));
            prop_assert!(found == expected, "in blocks of {}:\n{}\nat once:\n{}", block_size, found, expected);
            if let Some((path, _pipe)) = streams::pipe(text.as_bytes()) {
                let piped = pool.install(|| engine::report(&[("file.csv", &path)], &plan, &options, Format::Jsonl));
                let bytes = |report: &str| report.lines().filter(|line| line.contains("\"finding\"")).collect::<String>();
                prop_assert_eq!(bytes(&piped), bytes(&expected));
            }
        }
    }
}

/// Files of as many domains as are counted, and of one more; the last one is near the usual one.
#[test]
fn too_many_domains_are_too_many_however_the_file_is_cut() {
    let plan = plan(1);
    for (others, expected) in [(1022, 1), (1023, 0), (3000, 0)] {
        let usual = (0..4000).map(|at| format!("u{at}@{USUAL}"));
        let strange = (0..others).map(|at| format!("u{at}@company-{at}.com"));
        let near = "mia@northwind-enregy.de".to_owned();
        let addresses = usual.zip(strange.chain([near]).map(Some).chain(std::iter::repeat(None)));
        let text = addresses.fold(HEADER.to_owned(), |mut text, (usual, other)| {
            for address in [Some(usual), other].into_iter().flatten() {
                writeln!(text, "{address},{DATE},fine,3").expect("memory takes it");
            }
            text
        });
        let file = file(&text);
        for (number, block_size) in [(0, 1 << 24), (1, 512 << 10), (2, 40_000), (3, 9000), (5, 100)] {
            for accepting in [true, false] {
                let (options, pool) = way(number, block_size);
                let options = Options { accepting, ..options };
                let report = pool.install(|| engine::report(&[("f.csv", file.path())], &plan, &options, Format::Jsonl));
                let found = told(&report);
                assert_eq!(found.len(), expected, "{others} others in blocks of {block_size}: {found:?}");
            }
        }
    }
}
