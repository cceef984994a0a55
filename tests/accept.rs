//! `accept => no rule fires`: every kind of column, judged with accepting and without, gives the same report.
//!
//! Cells are made close to the edge of what is accepted: good ones with one or two slips, lengths around the limits. Each test
//! judges 20,000 rows and more.

mod engine;
#[path = "accept/side_by_side.rs"]
mod side_by_side;
#[path = "accept/texts.rs"]
mod texts;

use std::fmt::Write as _;
use std::io::Write as _;

use hrlint::check::Options;
use hrlint::mapping::Mapping;
use hrlint::report::Format;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;

const ROWS: usize = 100;
const CASES: u32 = 210;

const HEADER: &str =
    "HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,Rating,OldLevel,NewLevel";
const COLUMNS: usize = 9;

const ADDRESS: &str = "mia.brandt@northwind-energy.de";
const RESIGNED: &str = "2026-05-18T09:00:00+02:00";
const LEFT: &str = "2026-06-30T17:00:00+02:00";

/// One row's cells, as they are meant; and for each whether it is quoted.
type Row = (Vec<String>, Vec<bool>);

/// A row is quoted here and there.
fn spelled(cells: impl Strategy<Value = Vec<String>>) -> impl Strategy<Value = Row> {
    (cells, vec(prop::bool::weighted(0.2), COLUMNS))
}

fn resignation(address: &str, resigned: &str, left: &str) -> Vec<String> {
    ["Resignation", address, resigned, left, "", "", "", "", ""].map(str::to_owned).to_vec()
}

fn review(remarks: &str, rating: &str) -> Vec<String> {
    ["Performance review", ADDRESS, "", "", RESIGNED, remarks, rating, "", ""].map(str::to_owned).to_vec()
}

/// A text with up to two characters put in, put in place of others, or left out.
fn slipped(base: impl Strategy<Value = String>, characters: &'static str) -> impl Strategy<Value = String> {
    let characters: Vec<char> = characters.chars().collect();
    let slips = vec((any::<prop::sample::Index>(), 0..3u8, select(characters)), 0..3);
    (base, slips).prop_map(|(base, slips)| {
        let mut text: Vec<char> = base.chars().collect();
        for (place, what, character) in slips {
            // Half of the slips are at an end, where most of them matter.
            let at = match place.index(4) {
                0 => 0,
                1 => text.len(),
                _ => place.index(text.len() + 1),
            };
            match what {
                0 => text.insert(at, character),
                1 if at < text.len() => text[at] = character,
                _ if at < text.len() => drop(text.remove(at)),
                _ => {}
            }
        }
        text.into_iter().collect()
    })
}

fn words(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(words).prop_map(str::to_owned)
}

/// A bare cell stays as it is, whatever stands in it: then the row has more cells, or faults of its own.
fn spell(cell: &str, quoted: bool) -> String {
    if quoted { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn text(header: &str, rows: &[Row], end: &str) -> String {
    let mut text = format!("{header}{end}");
    for (cells, quoted) in rows {
        let cells: Vec<String> = cells.iter().zip(quoted).map(|(cell, quoted)| spell(cell, *quoted)).collect();
        text += &cells.join(",");
        text += end;
    }
    text
}

/// Judges rows with accepting and without, by the built-in mapping.
fn agree(rows: impl Strategy<Value = Row>) {
    agree_by(HEADER, Mapping::built_in(), rows);
}

/// The built-in scenarios of `HEADER` in a mapping that says more.
fn own(more: &str) -> Mapping {
    let text = format!(
        r#"{{ "version": 1, "identifier": {{ "column": "HRScenario" }}, "scenarios": {{
            "resignation": {{ "identifier": "Resignation" }},
            "performanceReview": {{ "identifier": "Performance review" }} }}, {more} }}"#
    );
    Mapping::parse("own.json", &text, &hrlint::rules::facts()).expect("the mapping is valid")
}

/// Judges rows with accepting and without, by a mapping.
fn agree_by(header: &'static str, mapping: Mapping, rows: impl Strategy<Value = Row>) {
    let plan = engine::plan(mapping);
    // What is only counted goes another way than what is told.
    let files = (vec(rows, ROWS), select(&["\n", "\r\n"][..]), select(&[0, 3][..]));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(CASES));
    let outcome = runner.run(&files, |(rows, end, max_findings)| {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(text(header, &rows, end).as_bytes()).expect("room on the disk");
        let report = |accepting| {
            let options = Options { accepting, max_findings, ..Options::default() };
            engine::report(&[("rows.csv", file.path())], &plan, &options, Format::Jsonl)
        };
        let (accepting, asking) = (report(true), report(false));
        prop_assert!(accepting == asking, "accepting:\n{accepting}\nasking every rule:\n{asking}");
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

/// Addresses of every kind that a rule speaks of, and near them.
fn addresses_of_all_kinds() -> impl Strategy<Value = String> {
    let domains = || {
        words(&[
            "northwind-energy.de",
            "Northwind-Energy.DE",
            "northwind-energy.dk",
            "contoso.com",
            "a.de",
            "x",
            "sub.contoso.com",
            "gmail.com",
            "northwind.local",
            "10.0.0.1",
        ])
    };
    let locals = words(&[
        "mia.brandt",
        "j_k",
        "o'neill",
        "a",
        "Ä",
        "x-y",
        "mia+hr",
        "m_x.de#EXT#",
        "replaceme",
        "undefined",
        "Null",
    ]);
    let usual = (locals, domains());
    let long = (60..67usize, 40..50usize).prop_map(|(local, domain)| (local, "b".repeat(domain) + ".de"));
    let bases = Union::new([
        usual.prop_map(|(local, domain)| format!("{local}@{domain}")).boxed(),
        long.prop_map(|(local, domain)| format!("{}@{domain}", "a".repeat(local))).boxed(),
        (1..40usize, 40..50usize).prop_map(|(a, b)| format!("{}@{}.de", "a".repeat(a), "b".repeat(b))).boxed(),
        words(&[ADDRESS, "", "@", "a@b", "mia@northwind-energy.de "]).boxed(),
        words(&[
            "Mia <m@x.de>",
            "mailto:m@x.de",
            "m@x.de (Mia)",
            "X\\mia",
            "CN=M,OU=X",
            "m@x.de;j@x.de",
            "m@x.de j@x.de",
        ])
        .boxed(),
    ]);
    slipped(bases, "..@@--_'+ \"ü\u{a0}\u{200b}##!^~&%*<>;:/\\\t0AZ\0\u{7f}İß,(")
}

#[test]
fn addresses() {
    agree(spelled(addresses_of_all_kinds().prop_map(|address| resignation(&address, RESIGNED, LEFT))));
}

#[test]
fn addresses_where_the_mapping_lists_domains() {
    let rows = addresses_of_all_kinds().prop_map(|address| resignation(&address, RESIGNED, LEFT));
    agree_by(HEADER, own(r#""domains": ["northwind-energy.de", "a.de", "contoso.com"]"#), spelled(rows));
}

/// A resignation with dates of every kind that a rule speaks of, and near them.
fn dates_of_all_kinds() -> impl Strategy<Value = Vec<String>> {
    let bases = words(&[
        RESIGNED,
        "2026-05-18T09:00:00Z",
        "2026-05-18T09:00:00.1234567+02:00",
        "2026-05-18T09:00:00.12345678Z",
        "2026-05-18T09:00:00.1",
        "2026-05-18T09:00:00",
        "2026-05-18T09:00Z",
        "2026-05-18",
        "2026-05-18 09:00:00+02:00",
        "2024-02-29T23:59:59-14:00",
        "2026-02-29T00:00:00Z",
        "2026-03-02T00:00:00Z",
        "2026-03-03T23:30:00-05:00",
        "2026-03-04T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T24:00:00Z",
        "18.05.2026",
        "5/18/2026 9:00",
        "46160",
        "46160.375",
        "5/6/2026",
        "n/a",
        "0000-00-00",
        "1970-01-01T00:00:00Z",
        "1970-01-02T00:00:00Z",
        "1969-12-31",
        "2027-07-01T23:59:59Z",
        "2027-07-02T00:00:00Z",
        "2099-12-30T00:00:00Z",
        "2099-12-31T00:00:00Z",
        "9999-12-31T00:00:00Z",
        "",
    ]);
    let dates = slipped(bases, "00123456789--::+..TZtz /,\"\u{a0}\u{200b}٣");
    (dates, any::<bool>()).prop_map(|(date, first)| {
        if first { resignation(ADDRESS, &date, LEFT) } else { resignation(ADDRESS, RESIGNED, &date) }
    })
}

#[test]
fn dates() {
    agree(spelled(dates_of_all_kinds()));
}

#[test]
fn dates_where_the_mapping_says_how_far_ahead_they_may_lie() {
    agree_by(HEADER, own(r#""rules": { "date-far-future": { "days": 36500 } }"#), spelled(dates_of_all_kinds()));
    agree_by(
        HEADER,
        own(r#""rules": { "date-far-future": "off", "date-too-old": "off" }"#),
        spelled(dates_of_all_kinds()),
    );
}

#[test]
fn the_last_day_and_the_resignation() {
    let day =
        (1..4u32, words(&["00:00:00", "00:30:00", "23:30:00", "12:00:00.5"]), words(&["Z", "+14:00", "-12:00", ""]))
            .prop_map(|(day, time, offset)| format!("2026-05-{day:02}T{time}{offset}"));
    let day = Union::new([day.boxed(), words(&["2026-05-02", "2026-05-02T", "", "31.04.2026"]).boxed()]);
    let days = (day.clone(), day).prop_map(|(resigned, left)| resignation(ADDRESS, &resigned, &left));
    agree(spelled(days));
}

#[test]
fn texts() {
    let bases = [
        "Met expectations",
        "Missed two of the goals, twice",
        "Müller – Łódź",
        "Γιώργος",
        "山田太郎",
        "カタカナ",
        "김민준",
        "\u{3000}",
        "e\u{301}",
        "GrÃ¼ÃŸe",
        "Ãœber",
        "éŸž",
        "Tomáš",
        "â€™",
        "ï¿½",
        "",
    ];
    let texts = || {
        slipped(
            select(bases.to_vec()).prop_map(str::to_owned),
            "  \t\u{a0}\u{200b}\u{ad}\u{feff}“”’–—…\0\u{7}\u{7f}\u{85}\u{2028}ü山😀\u{202e}\",\u{301}\u{3000}\u{fffd}",
        )
    };
    agree(spelled((texts(), texts()).prop_map(|(remarks, rating)| review(&remarks, &rating))));
}

#[test]
fn lengths() {
    let of = |near: usize| {
        let characters = select(vec!["a", "ü", "山", "😀", "e\u{301}", "\u{a0}", " b"]);
        (near - 3..near + 4, characters, any::<bool>()).prop_map(move |(length, character, mixed)| {
            let wide = if mixed { length / 2 } else { length };
            let text: String = "x".repeat(length - wide) + &character.repeat(wide);
            text.chars().take(length).collect::<String>()
        })
    };
    agree(spelled((of(200), of(25)).prop_map(|(remarks, rating)| review(&remarks, &rating))));
}

#[test]
fn identifiers() {
    let bases = words(&[
        "Resignation",
        "Job level change",
        "Performance review",
        "Performance improvement plan",
        "Employee profile",
        "resignation",
        "",
    ]);
    let identifiers = slipped(bases, " sSe\u{a0}\u{200b}-_ü\"");
    agree(spelled((identifiers, any::<bool>()).prop_map(|(identifier, resigned)| {
        let mut row =
            if resigned { resignation(ADDRESS, RESIGNED, LEFT) } else { review("Met expectations", "3 of 5") };
        row[0] = identifier;
        row
    })));
}

#[test]
fn cells_that_come_again() {
    let scenario = words(&["Resignation", "Job level change", "Performance review", "Sabbatical", " Resignation"]);
    let address = words(&[ADDRESS, "m@@x.de", ".m@x.de", "m @x.de", "", "mé@x.de", "m\u{ff20}x.de"]);
    let dates = || words(&[RESIGNED, LEFT, "", "n/a", "18.05.2026", "2026-04-01T09:00:00Z", "1999-01-01"]);
    let texts = || words(&["", " a ", "a", "n/a", "a\u{200b}", "Level 61", "level  61", "\"a\"b"]);
    let rows = (scenario, address, vec(dates(), 3), vec(texts(), 4));
    agree(spelled(rows.prop_map(|(scenario, address, dates, texts)| {
        [scenario, address].into_iter().chain(dates).chain(texts).collect()
    })));
}

#[test]
fn cells_of_other_scenarios() {
    let scenario = words(&["Resignation", "Job level change", "Performance review", "Performance improvement plan"]);
    let cells = vec(0..4u8, COLUMNS - 1);
    agree(spelled((scenario, cells).prop_map(|(scenario, kinds)| {
        let usual = [ADDRESS, RESIGNED, LEFT, RESIGNED, "Met expectations", "3 of 5", "Level 61", "Level 60"];
        let cells = usual.iter().zip(kinds).map(|(usual, kind)| match kind {
            0 => String::new(),
            1 => " ".to_owned(),
            _ => (*usual).to_owned(),
        });
        [scenario].into_iter().chain(cells).collect()
    })));
}

#[test]
fn rows_that_are_none_in_a_scenario_that_requires_nothing() {
    let mapping = r#"{ "scenarios": { "own": { "identifier": "Own", "fields": {
        "note": { "column": "Note", "type": "text" }, "more": { "column": "More", "type": "text" }
    } } } }"#;
    let plan = engine::plan(Mapping::parse("hrlint.json", mapping, &hrlint::rules::facts()).expect("a mapping"));
    let text = "Note,More\n,\nTotal,3\nnote,more\n,Total: 3\n\"\", \nx,y\n";
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(text.as_bytes()).expect("room on the disk");
    let report = |accepting| {
        let options = Options { accepting, ..Options::default() };
        engine::report(&[("rows.csv", file.path())], &plan, &options, Format::Jsonl)
    };
    assert_eq!(report(true), report(false));
    let told = |rule: &str| report(true).matches(&format!("\"rule\":\"{rule}\",\"severity\"")).count();
    assert!(["totals-row", "all-empty-row", "repeated-header"].iter().all(|rule| told(rule) > 0), "{}", report(true));
}

#[test]
fn files_of_one_scenario_and_foreign_columns() {
    let plan = engine::plan(Mapping::built_in());
    let addresses = slipped(words(&[ADDRESS, "a@contoso.com"]), ".@ü \u{a0}\"");
    let texts = slipped(words(&["Müller", "", " x"]), " \u{a0}“\t\0,\"");
    let rows = vec((addresses, texts, prop::bool::weighted(0.3)), ROWS);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(CASES));
    let outcome = runner.run(&rows, |rows| {
        let mut text = "EmailAddress,EffectiveDate,Remarks,Rating,Cost centre\n".to_owned();
        for (address, foreign, quoted) in rows {
            let (address, foreign) = (spell(&address, quoted), spell(&foreign, quoted));
            writeln!(text, "{address},{RESIGNED},Met expectations,{foreign},{foreign}").expect("memory takes it");
        }
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(text.as_bytes()).expect("room on the disk");
        let report = |accepting| {
            let options = Options { accepting, ..Options::default() };
            engine::report(&[("rows.csv", file.path())], &plan, &options, Format::Jsonl)
        };
        prop_assert_eq!(report(true), report(false));
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
