//! What every rule owes its readers: a file of its own name, a manual with fixed headings, and fixtures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use hrlint::finding::Safety;
use hrlint::rules::{self, Rule};

const HEADINGS: [&str; 5] =
    ["# What it checks", "# Why it matters to the receiving service", "# Example", "# Options", "# Fix"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under `src/rules/<family>/` that declares a rule, with its text.
fn rule_files() -> BTreeMap<PathBuf, String> {
    let families = fs::read_dir(root().join("src/rules")).expect("the rules are there");
    let folders = families.map(|entry| entry.expect("readable").path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| fs::read_dir(folder).expect("a family is readable"));
    files
        .map(|entry| entry.expect("readable").path())
        .map(|path| (path.clone(), fs::read_to_string(path).expect("source is UTF-8")))
        .filter(|(_, source)| source.contains("const RULE: Rule"))
        .collect()
}

/// The lines of a manual's section, without its heading.
fn section<'a>(manual: &'a str, heading: &str) -> Option<&'a str> {
    let (_, rest) = manual.split_once(&format!("\n{heading}\n\n"))?;
    Some(rest.split_once("\n# ").map_or(rest, |(section, _)| section).trim())
}

fn all() -> Vec<&'static Rule> {
    rules::all().collect()
}

#[test]
fn a_rule_lives_in_a_file_of_its_own_name_and_is_listed() {
    let files = rule_files();
    let listed: BTreeSet<String> = all().iter().map(|rule| rule.name.replace('-', "_")).collect();
    let stems: BTreeSet<String> =
        files.keys().map(|path| path.file_stem().expect("a file").to_string_lossy().into_owned()).collect();
    assert_eq!(listed, stems, "left: rules in their family's slice; right: files that declare a rule");
    assert_eq!(listed.len(), all().len(), "two rules of one name");
    assert_eq!(files.len(), all().len(), "two files of one name");
    for (path, source) in &files {
        let name = path.file_stem().expect("a file").to_string_lossy().replace('_', "-");
        let rule = rules::find(&name).expect("the names were compared above");
        assert_eq!(rule.source, source, "{name} shows the manual of another file");
    }
}

#[test]
fn a_manual_has_a_summary_and_its_fixed_headings_in_order() {
    for rule in all() {
        let manual = rule.manual();
        let headings: Vec<&str> = manual.lines().filter(|line| line.starts_with("# ")).collect();
        assert_eq!(headings, HEADINGS, "{}", rule.name);
        assert!(rule.summary().ends_with('.'), "{}: the first line is one sentence", rule.name);
        assert!(manual.lines().nth(1).is_some_and(str::is_empty), "{}: the summary is one line", rule.name);
        for heading in HEADINGS {
            let text = section(&manual, heading).unwrap_or_else(|| panic!("{} has no {heading}", rule.name));
            assert!(!text.is_empty(), "{}: {heading} is empty", rule.name);
        }
    }
}

#[test]
fn a_manual_promises_the_fix_that_the_rule_declares() {
    for rule in all() {
        let manual = rule.manual();
        let text = section(&manual, "# Fix").unwrap_or_else(|| panic!("{} says nothing of a fix", rule.name));
        let word = match rule.fix {
            Some(Safety::Safe) => "Safe",
            Some(Safety::Unsafe) => "Unsafe",
            None => "None",
        };
        assert!(text.starts_with(word), "{}: its section on the fix begins with {word}", rule.name);
    }
}

#[test]
fn a_rule_has_a_good_and_a_bad_file() {
    for rule in all() {
        let folder = root().join("fixtures/rules").join(rule.name);
        for file in ["good.csv", "bad.csv"] {
            assert!(folder.join(file).is_file(), "{} has no {file}", rule.name);
        }
    }
    for entry in fs::read_dir(root().join("fixtures/rules")).expect("the fixtures are there") {
        let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
        assert!(rules::find(&name).is_some(), "fixtures for {name}, which is no rule");
    }
}

#[test]
fn a_manual_tells_of_every_option_its_default_and_its_range() {
    for rule in all() {
        let manual = rule.manual();
        let text = section(&manual, "# Options").unwrap_or_else(|| panic!("{} says nothing of options", rule.name));
        for option in rule.options {
            let wanted = format!("`{}` ({}; {} to {})", option.name, option.default, option.least, option.most);
            assert!(text.contains(&wanted), "{}: its options do not say {wanted}", rule.name);
            assert!((option.least..=option.most).contains(&option.default), "{}: {wanted}", rule.name);
        }
    }
}

/// Run with `HRLINT_BLESS=1` to write the page anew.
#[test]
fn the_page_of_all_rules_is_up_to_date() {
    let path = root().join("schemas/rules.md");
    let now = rules::markdown();
    if std::env::var_os("HRLINT_BLESS").is_some() {
        fs::write(&path, &now).expect("the page can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == now, "schemas/rules.md is stale: run the tests with HRLINT_BLESS=1");
    let readme = fs::read_to_string(root().join("README.md")).expect("there is a README");
    assert!(readme.contains("(schemas/rules.md)"), "the README does not lead to the page");
}

#[test]
fn the_list_for_programs_has_every_rule_and_its_documented_keys() {
    let list = rules::json();
    assert_eq!(list["version"], 1);
    let entries = list["rules"].as_array().expect("a list of rules");
    let names: Vec<&str> = entries.iter().filter_map(|entry| entry["name"].as_str()).collect();
    assert_eq!(names, all().iter().map(|rule| rule.name).collect::<Vec<_>>());
    for entry in entries {
        let keys: Vec<&str> = entry.as_object().expect("an object").keys().map(String::as_str).collect();
        let mut documented = ["name", "family", "severity", "milder", "contract", "fix", "options", "summary"];
        documented.sort_unstable();
        let mut keys = keys;
        keys.sort_unstable();
        assert_eq!(keys, documented);
    }
    let old = &entries[names.iter().position(|name| *name == "date-too-old").expect("a rule")];
    assert_eq!(old["options"][0], serde_json::json!({ "name": "days", "default": 120, "least": 1, "most": 36_500 }));
}
