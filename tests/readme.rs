//! The README tells the truth: its mapping is one, and its excerpt is what the program prints.

use std::fs;
use std::path::Path;
use std::process::Command;

use hrlint::mapping::Mapping;
use hrlint::rules;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The blocks of the README that are fenced as that language.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string(root().join("README.md")).expect("there is a README");
    let fence = format!("```{language}\n");
    let blocks = readme.split(&fence).skip(1);
    blocks.map(|rest| rest.split("```").next().expect("there is a first").to_owned()).collect()
}

#[test]
fn the_mapping_is_one() {
    let blocks = blocks("json");
    assert_eq!(blocks.len(), 1);
    let mapping = Mapping::parse("README.md", &blocks[0], &rules::facts()).expect("the mapping is valid");
    assert_eq!(mapping.scenarios.len(), 2);
}

#[test]
fn the_excerpt_is_what_the_program_prints() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
    command.args([
        "check",
        "leavers.csv",
        "--now",
        "2026-07-01",
        "--format",
        "pretty",
        "--color",
        "never",
        "--show-values",
        "never",
    ]);
    let output = command.current_dir(root().join("fixtures/scenarios/readme")).output().expect("the program starts");
    let printed = String::from_utf8(output.stdout).expect("reports are UTF-8");
    let excerpt = &blocks("text")[1];
    assert!(printed.starts_with(excerpt.as_str()), "the README shows\n{excerpt}\nbut it is\n{printed}");
}

#[test]
fn the_table_of_init_is_what_the_program_prints() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
    command.args(["init", "austritte.csv", "--color", "never", "--output"]).arg(folder.path().join("hrlint.json"));
    let output = command.current_dir(root().join("fixtures/init")).output().expect("the program starts");
    let printed = String::from_utf8(output.stdout).expect("tables are UTF-8");
    let excerpt = &blocks("text")[0];
    assert!(printed.starts_with(excerpt.as_str()), "the README shows\n{excerpt}\nbut it is\n{printed}");
}

#[test]
fn the_first_command_runs() {
    let commands = blocks("sh").remove(0);
    let folder = commands.split_whitespace().skip_while(|word| *word != "check").nth(1).expect("a folder is checked");
    let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
    let status = command.args(["check", folder, "--format", "concise"]).current_dir(root()).output();
    assert_eq!(status.expect("the program starts").status.code(), Some(1), "the samples have mistakes");
}
