//! Foreign text does nothing: not to a terminal, not to a build server; and masked values do not come out.

use hrlint::finding::{CellText, Edit, Excerpt, Finding, Fix, Place, Printable, Related, Safety, Severity};
use hrlint::report::{Format, Options, Values};
use proptest::prelude::*;
use serde_json::Value;

use crate::samples::{Run, counts, end, finding, run, start, summary};
use crate::{naughty, runners};

/// Parts that hostile text is made of.
const PARTS: [&str; 33] = [
    ":",
    "::",
    "#",
    "##",
    "[",
    "]",
    "##[",
    "##vso[task.setvariable variable=x]",
    "::error::",
    "::set-env name=x::",
    "##[error]",
    "##teamcity[x]",
    "\u{1b}",
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{9b}",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{200b}",
    "\u{a0}",
    "\u{3000}",
    "\u{301}",
    "山",
    "é",
    " ",
    "\\",
    "│",
    "Error",
];

fn hostile() -> impl Strategy<Value = String> {
    let part =
        prop_oneof![proptest::sample::select(&PARTS[..]).prop_map(str::to_owned), any::<char>().prop_map(String::from)];
    proptest::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

/// What a hostile run is made of; findings themselves cannot be printed, on purpose.
#[derive(Clone, Debug)]
struct Recipe {
    file: String,
    headers: Vec<String>,
    findings: Vec<FindingRecipe>,
}

/// File, header, scenario, message, help; the record's cells; the faulty cell; row, column, the excerpt's first column,
/// and whether there is an excerpt.
type FindingRecipe = ([String; 5], Vec<Vec<u8>>, String, (Option<u64>, Option<u32>, u32, bool));

fn hostile_recipe() -> impl Strategy<Value = Recipe> {
    let texts = std::array::from_fn(|_| hostile().boxed());
    let cells = proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..6), 0..4);
    let place = (proptest::option::of(1..30_u64), proptest::option::of(1..8_u32), 1..5_u32, any::<bool>());
    let findings = proptest::collection::vec((texts, cells, hostile(), place), 0..6);
    let headers = proptest::collection::vec(hostile(), 0..7);
    (hostile(), headers, findings).prop_map(|(file, headers, findings)| Recipe { file, headers, findings })
}

impl Recipe {
    fn run(&self) -> Run {
        let findings: Vec<Finding> = self.findings.iter().map(made).collect();
        let headers: Vec<&str> = self.headers.iter().map(String::as_str).collect();
        let counts = counts(&findings);
        let summary = summary(&counts);
        Run { files: vec![(start(&self.file, &headers), findings, end(&self.file, counts))], summary }
    }
}

fn made((texts, bytes, text, place): &FindingRecipe) -> Finding {
    let [file, header, scenario, message, help] = texts.each_ref().map(String::as_str);
    let (row, column, first_column, has_excerpt) = *place;
    let mut cells: Vec<CellText> = bytes.iter().map(|cell| CellText::new(cell)).collect();
    cells.push(CellText::new(text.as_bytes()));
    Finding {
        file: file.into(),
        place: Place {
            row,
            line: row,
            column: row.and(column),
            header: row.and(column).map(|_| header.into()),
            char: row.map(|_| 7),
            offset: row,
            length: row,
        },
        scenario: Some(scenario.into()),
        value: column.map(|_| CellText::new(text.as_bytes())),
        fix: Some(Fix {
            safety: Safety::Unsafe,
            edits: vec![Edit { offset: 1, length: 2, text: text.clone() }],
            by_hand: false,
        }),
        first: Some(Related { file: format!("{file}:").into(), row: 3 }),
        excerpt: has_excerpt.then_some(Excerpt { cells, first_column, more: row == Some(2) }),
        ..finding("some-rule", Severity::Warning, message, help)
    }
}

/// Text without SGR sequences, which are the only ones that reports write.
pub(crate) fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        plain + rest.strip_prefix('m').expect("reports write no other sequence than SGR")
    })
}

/// Characters that act on a terminal or hide, judged apart from the code under test.
fn acts(c: char) -> bool {
    let hides = ['\u{ad}', '\u{61c}', '\u{feff}', '\u{a0}', '\u{3000}'];
    c.is_control()
        || hides.contains(&c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_foreign_acts_through_a_report(recipe in hostile_recipe(), shown: bool, colour: bool, width in 40..120_usize) {
        let values = if shown { Values::Shown } else { Values::Masked };
        harmless(&recipe.run(), &Options { values, colour, width, ..Options::default() });
    }

    #[test]
    fn machine_formats_hold_foreign_text_unchanged(recipe in hostile_recipe()) {
        let run = recipe.run();
        let validator = crate::machine::validator();
        let written = run.written(Format::Json, &Options { values: Values::Shown, ..Options::default() });
        let document: Value = serde_json::from_str(&written).expect("it is JSON");
        prop_assert!(validator.is_valid(&document));
        for ((_, findings, end), file) in run.files.iter().zip(document["files"].as_array().expect("an array")) {
            prop_assert_eq!(&file["file"], &Value::from(&*end.file));
            for (finding, object) in findings.iter().zip(document["findings"].as_array().expect("an array")) {
                prop_assert_eq!(object["header"].as_str(), finding.place.header.as_deref());
                let value = finding.value.as_ref().map(CellText::in_clear);
                prop_assert_eq!(object["value"].as_str(), value.as_deref());
            }
        }
    }
}

/// Asserts that no format lets anything foreign act, and that annotations arrive as they were meant.
fn harmless(run: &Run, options: &Options) {
    for format in Format::ALL {
        let written = without_colour(&run.written(format, options));
        let (mut github, mut azure) = (Vec::new(), Vec::new());
        for line in written.split('\n') {
            assert!(!line.chars().any(acts), "{}: {line:?}", format.name());
            assert!(!line.contains("##teamcity["), "{}: {line:?}", format.name());
            github.extend(runners::github(line));
            azure.extend(runners::azure(line));
        }
        let meant = annotated(run, format);
        match format {
            Format::Github => {
                let told = github.iter().map(|command| (command.name.clone(), command.property("file")));
                assert_eq!(sorted(told), meant);
                assert!(azure.is_empty(), "{azure:?}");
            }
            Format::Azure => {
                let told = azure.iter().map(|command| (command.property("type"), command.property("sourcepath")));
                assert_eq!(sorted(told), meant);
                assert!(azure.iter().all(|command| command.name == "task.logissue"), "{azure:?}");
                assert!(github.is_empty(), "{github:?}");
            }
            _ => assert!(github.is_empty() && azure.is_empty(), "{}: {github:?} {azure:?}", format.name()),
        }
        if format == Format::Csv {
            no_cell_is_a_formula(&written);
        }
    }
}

/// The kinds and files of the findings that a build server is told of; here there are never more than ten.
fn annotated(run: &Run, format: Format) -> Vec<Told> {
    let findings = run.files.iter().flat_map(|(_, findings, _)| findings);
    let kind = |severity: Severity| match severity {
        Severity::Info if format == Format::Azure => None,
        Severity::Info => Some("notice".to_owned()),
        severity => Some(severity.name().to_owned()),
    };
    sorted(findings.filter_map(|finding| Some((kind(finding.severity)?, Printable::new(&finding.file).to_string()))))
}

/// Kind and file.
type Told = (String, String);

fn sorted(told: impl Iterator<Item = Told>) -> Vec<Told> {
    let mut told: Vec<Told> = told.collect();
    told.sort_unstable();
    told
}

/// Whichever mark the reading program takes for the end of a cell.
fn no_cell_is_a_formula(report: &str) {
    let triggers = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    for separator in [b',', b';', b'\t'] {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(report.as_bytes());
        for record in reader.records() {
            for cell in &record.expect("the report is CSV") {
                assert!(!cell.trim_start_matches([' ', '"']).starts_with(triggers), "{cell:?}");
            }
        }
    }
}

#[test]
fn naughty_strings_do_nothing() {
    for text in naughty::strings() {
        let cells = vec![text.clone().into_bytes()];
        let five = || std::array::from_fn(|_| text.clone());
        let recipe = Recipe {
            file: text.clone(),
            headers: vec![text.clone()],
            findings: vec![
                (five(), cells.clone(), text.clone(), (Some(3), Some(1), 1, true)),
                (five(), cells, text.clone(), (None, None, 1, false)),
            ],
        };
        for values in [Values::Masked, Values::Shown] {
            harmless(&recipe.run(), &Options { values, ..Options::default() });
        }
    }
}

#[test]
fn a_masked_value_comes_out_nowhere() {
    const CANARY: &str = "Kanarienvogel-7Kx9Q";
    let cell = |text: &str| CellText::new(text.as_bytes());
    let findings: Vec<Finding> = [Some(1), Some(17), None]
        .into_iter()
        .flat_map(|row| [None, Some(2)].map(|column| (row, column)))
        .map(|(row, column)| Finding {
            place: Place { row, line: row, column, ..Place::default() },
            value: Some(cell(CANARY)),
            fix: Some(Fix {
                safety: Safety::Safe,
                edits: vec![Edit { offset: 0, length: 1, text: CANARY.into() }],
                by_hand: false,
            }),
            excerpt: Some(Excerpt {
                cells: vec![cell(CANARY), cell(CANARY), cell(CANARY)],
                first_column: 1,
                more: true,
            }),
            ..finding("some-rule", Severity::Error, "it is wrong", "Mend it.")
        })
        .collect();
    let run = run(findings);
    for format in Format::ALL {
        let written = run.written(format, &Options::default());
        for part in [CANARY, "anarien", "7Kx", "9Q"] {
            assert!(!written.contains(part), "{}", format.name());
        }
    }
    let shown = Options { values: Values::Shown, ..Options::default() };
    assert!(run.written(Format::Pretty, &shown).contains(CANARY));
    assert!(run.written(Format::Json, &shown).contains(CANARY));
}
