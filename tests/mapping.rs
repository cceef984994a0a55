//! The mapping, through the public door: what is read, what is refused and in which words, and its JSON Schema.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hrlint::finding::Severity;
use hrlint::finding::Severity::{Error, Info, Warning};
use hrlint::mapping::{FieldKind, Level, Mapping, MappingError, RuleFacts, RuleOption, schema};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use proptest::prelude::*;
use serde_json::Value;

/// A catalogue that stays as it is while rules come and go.
const DAYS: RuleOption = RuleOption { name: "days", default: 120, least: 1, most: 36_500 };

const RULES: &[RuleFacts] = &[
    rule("missing-required-value", Error, true),
    rule("date-unparsable", Error, true),
    rule("date-missing-offset", Warning, false),
    rule("sample-domain", Warning, false),
    RuleFacts { options: &[DAYS], ..rule("date-too-old", Info, false) },
];

const fn rule(name: &'static str, default_severity: Severity, contract: bool) -> RuleFacts {
    RuleFacts { name, default_severity, contract, options: &[] }
}

fn files(folder: &str) -> Vec<PathBuf> {
    // Tests run in the package's folder: a relative name is the same, and as long, on every machine.
    let entries = fs::read_dir(folder).expect("the fixtures are part of the repository");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    files.sort();
    files
}

fn parsed(text: &str) -> Mapping {
    Mapping::parse("hrlint.json", text, RULES).unwrap_or_else(|error| panic!("{}", rendered(&error)))
}

fn refused(text: &str) -> String {
    rendered(&Mapping::parse("hrlint.json", text, RULES).expect_err("the mapping has a mistake"))
}

fn rendered(error: &MappingError) -> String {
    let handler =
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(100).with_links(false);
    let mut out = String::new();
    handler.render_report(&mut out, error).expect("writing to a String cannot fail");
    out
}

#[test]
fn every_bad_mapping_is_refused_with_words_and_places() {
    for path in files("fixtures/mapping/bad") {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("fixtures have plain names");
        let error = Mapping::read(&path, RULES).expect_err(name);
        insta::assert_snapshot!(name, rendered(&error).replace("fixtures/mapping/bad/", ""));
    }
}

#[test]
fn every_good_mapping_is_read_fits_the_schema_and_survives_being_written_out() {
    let validator = jsonschema::validator_for(&schema(RULES)).expect("the schema is a schema");
    for path in files("fixtures/mapping/good") {
        let text = fs::read_to_string(&path).expect("a good mapping is UTF-8");
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("a good mapping is JSON");
        assert_eq!(
            validator.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>(),
            [""; 0],
            "{path:?}"
        );
        let mapping = parsed(&text);
        assert_eq!(parsed(&mapping.effective_json()), mapping, "{path:?}");
        let effective = serde_json::from_str(&mapping.effective_json()).expect("the effective mapping is JSON");
        assert!(validator.is_valid(&effective), "{path:?}");
    }
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let validator = jsonschema::validator_for(&schema(RULES)).expect("the schema is a schema");
    // What a schema cannot say: names compared with each other, keys given twice.
    let beyond = ["column-twice", "duplicate-keys", "identifiers", "loosened"];
    for path in files("fixtures/mapping/bad") {
        let name = path.file_stem().and_then(|stem| stem.to_str()).expect("fixtures have plain names");
        let Ok(value) = serde_json::from_slice::<Value>(&fs::read(&path).expect("fixtures can be read")) else {
            continue;
        };
        assert_eq!(validator.is_valid(&value), beyond.contains(&name), "{name}");
    }
}

#[test]
fn shipped_scenarios_are_written_in_the_grammar_of_users() {
    let validator = jsonschema::validator_for(&schema(RULES)).expect("the schema is a schema");
    for path in files("schemas/scenarios") {
        let text = fs::read_to_string(&path).expect("shipped scenarios are UTF-8");
        // Under a foreign key it must stand on its own.
        let mapping = format!("{{ \"version\": 1, \"scenarios\": {{ \"own\": {text} }} }}");
        assert!(validator.is_valid(&serde_json::from_str(&mapping).expect("shipped scenarios are JSON")), "{path:?}");
        let own = parsed(&mapping).scenarios.remove(0);
        let key = path.file_stem().and_then(|stem| stem.to_str()).expect("shipped scenarios have plain names");
        let built_in = Mapping::built_in().scenarios.into_iter().find(|s| s.key == key).expect("every file is shipped");
        assert_eq!(
            (own.identifier, own.fields, own.event_date),
            (built_in.identifier, built_in.fields, built_in.event_date)
        );
    }
}

#[test]
fn the_schema_that_is_kept_is_the_one_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/mapping.schema.json");
    let now = serde_json::to_string_pretty(&schema(&hrlint::rules::facts())).expect("a schema can be written") + "\n";
    if std::env::var_os("HRLINT_BLESS").is_some() {
        fs::write(&path, &now).expect("the schema can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == now, "schemas/mapping.schema.json is stale: run the tests with HRLINT_BLESS=1");
}

#[test]
fn the_built_in_mapping_has_the_documented_columns() {
    let mapping = Mapping::built_in();
    let mut shown = String::new();
    for scenario in &mapping.scenarios {
        let event = scenario.event_date.map_or("-", |place| &scenario.fields[place].key);
        writeln!(shown, "{} = {:?}, event {event}", scenario.key, scenario.identifier).expect("a String takes all");
        for field in &scenario.fields {
            let (required, most) = (if field.required { " required" } else { "" }, field.max_length);
            let most = most.map_or(String::new(), |most| format!(" up to {most}"));
            let (key, column, aliases, kind) = (&field.key, &field.column, &field.aliases, field.kind.name());
            writeln!(shown, "  {key}: {column} {aliases:?} {kind}{required}{most}").expect("a String takes all");
        }
    }
    insta::assert_snapshot!("built_in", shown);
    let identifier = mapping.identifier.as_ref().expect("the built-in mapping has an identifier column");
    assert_eq!((identifier.column.as_str(), &identifier.aliases[..]), ("HRScenario", &["HRScenarios".to_owned()][..]));
    assert!(mapping.built_in);
    assert_eq!(parsed(&mapping.effective_json()), Mapping { built_in: false, ..mapping });
}

#[test]
fn what_is_not_named_keeps_its_documented_name() {
    let mapping =
        parsed(r#"{ "scenarios": { "resignation": { "columns": { "resignationDate": "terminationdate" } } } }"#);
    assert_eq!(mapping.identifier, None);
    assert_eq!(mapping.scenarios.len(), 1);
    assert_eq!(mapping.scenarios[0].identifier, "Resignation");
    let columns: Vec<&str> = mapping.scenarios[0].fields.iter().map(|field| field.column.as_str()).collect();
    assert_eq!(columns, ["EmailAddress", "terminationdate", "LastWorkingDate"]);
    // The documented name is now the one that the connector would not know.
    assert_eq!(mapping.scenarios[0].fields[1].aliases, ["ResignationDate"]);
}

#[test]
fn levels_options_and_own_fields_are_kept() {
    let mapping = parsed(&fs::read_to_string("fixtures/mapping/good/tightened.json").expect("the fixture is UTF-8"));
    let old = mapping.rules.iter().find(|setting| setting.rule == "date-too-old").expect("the mapping names the rule");
    assert_eq!((old.level, &old.options[..]), (Some(Level::At(Warning)), &[("days", 90)][..]));
    assert_eq!(mapping.delimiter, b'\t');
    let own = parsed(&fs::read_to_string("fixtures/mapping/good/own-scenario.json").expect("the fixture is UTF-8"));
    assert_eq!(own.scenarios[0].fields[2].column, "Agency");
    assert_eq!(own.scenarios[0].fields[0].kind, FieldKind::Upn);
    assert_eq!(own.scenarios[0].event_date, Some(1));
    assert_eq!(own.domains, ["northwind-energy.de"]);
}

#[test]
fn the_nearest_mapping_is_found_upwards() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path().canonicalize().expect("the folder exists");
    let (near, far) = (root.join("a/b"), root.join("a/b/c"));
    fs::create_dir_all(&far).expect("folders can be made");
    fs::create_dir_all(root.join("d")).expect("folders can be made");
    fs::write(near.join("hrlint.json"), "{}").expect("files can be written");
    fs::write(root.join("hrlint.json"), "{}").expect("files can be written");
    let file = far.join("export.csv");
    fs::write(&file, "").expect("files can be written");
    assert_eq!(Mapping::locate(&file), Some(near.join("hrlint.json")));
    assert_eq!(Mapping::locate(&near), Some(near.join("hrlint.json")));
    assert_eq!(Mapping::locate(&far.join("../../../d")), Some(root.join("hrlint.json")));
}

#[test]
fn a_file_that_cannot_be_read_or_is_too_large_is_an_error_without_a_place() {
    let missing = Mapping::read(Path::new("no-such-folder/hrlint.json"), RULES).expect_err("there is no such file");
    assert_eq!(missing.to_string(), "cannot read the mapping no-such-folder/hrlint.json");
    let large = format!("{{{}}}", " ".repeat(4 << 20));
    let error = Mapping::parse("hrlint.json", &large, RULES).expect_err("the mapping is too large");
    assert_eq!(error.to_string(), "the mapping hrlint.json is larger than 4 MiB");
}

#[test]
fn ever_so_many_mistakes_end_after_a_hundred() {
    let keys = (0..200_000).fold(String::new(), |keys, n| keys + "\"k" + &n.to_string() + "\":0,");
    let text = format!("{{{keys}\"scenarios\":{{\"resignation\":{{}}}}}}");
    let error = Mapping::parse("hrlint.json", &text, RULES).expect_err("the keys are unknown");
    assert_eq!(error.to_string(), "the mapping hrlint.json has 100 mistakes and 199900 more that are not shown");
    assert!(rendered(&error).len() < 100_000);
}

#[test]
fn nothing_in_a_mapping_acts_on_a_terminal_or_a_build_server() {
    let text = "{ \"scenarios\": { \"x\\u001b\u{202e}\": {} }, \"##vso[a]\": 1,\n::error::\u{9b}: 2 }";
    let shown = refused(text) + &refused("{ \"\u{202e}\": 1, \"\u{7f}##[group]\": 2 }");
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7f}', '\u{9b}']));
    assert!(!shown.contains("##") && !shown.contains("::error"));
    let hidden =
        parsed(r#"{ "scenarios": { "resignation": {} }, "connector": { "cloud": "a\u202e##vso[x]::\u007f" } }"#);
    assert!(hidden.effective_json().contains(r"a\u202e#\u0023vso[x]:\u003a\u007f"));
    assert_eq!(parsed(&hidden.effective_json()), hidden);
}

/// Pieces that mappings are made of, whole, torn and foreign.
fn mapping_like() -> impl Strategy<Value = String> {
    let good: Vec<String> = files("fixtures/mapping/good")
        .iter()
        .map(|path| fs::read_to_string(path).expect("good mappings are UTF-8"))
        .collect();
    let edits = proptest::collection::vec(
        (any::<prop::sample::Index>(), 0..12usize, "[\"{}\\[\\],:é\u{1b}\u{202e}0-9a-z \\\\]{0,6}"),
        0..6,
    );
    (prop::sample::select(good), edits).prop_map(|(mut text, edits)| {
        for (place, length, piece) in edits {
            let start = text.floor_char_boundary(place.index(text.len() + 1));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            text.replace_range(start..end, &piece);
        }
        text
    })
}

/// Every label, of the error and of its mistakes.
fn spans(error: &dyn Diagnostic) -> Vec<(usize, usize)> {
    let own = error.labels().into_iter().flatten().map(|label| (label.offset(), label.offset() + label.len()));
    own.chain(error.related().into_iter().flatten().flat_map(spans)).collect()
}

fn judge(text: &str) -> Result<(), TestCaseError> {
    match Mapping::parse("hrlint.json", text, RULES) {
        Ok(mapping) => prop_assert_eq!(parsed(&mapping.effective_json()), mapping),
        Err(error) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            for (start, end) in spans(&error) {
                prop_assert!(text.get(start..end).is_some(), "{start}..{end} in {text:?}");
            }
            rendered(&error);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mutated_mappings_never_panic_and_labels_lie_in_the_text(text in mapping_like()) {
        judge(&text)?;
    }

    #[test]
    fn any_text_never_panics(text in "(?s).{0,80}") {
        judge(&text)?;
    }

    #[test]
    fn any_bytes_in_a_file_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
        fs::write(file.path(), &bytes).expect("files can be written");
        if let Err(error) = Mapping::read(file.path(), RULES) {
            rendered(&error);
        }
    }
}
