//! The house stays in order: imports run one way, files stay short, every module says what it is for.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Each part of `src`, and the parts that it may use besides itself. Nothing else may be used.
const MAY_USE: [(&str, &[&str]); 15] = [
    ("source", &[]),
    ("finding", &["source"]),
    ("scan", &["source"]),
    ("mapping", &["source", "finding"]),
    ("rules", &["source", "finding", "scan", "mapping"]),
    ("waivers", &["finding", "mapping", "rules"]),
    ("accept", &["source", "finding", "scan", "mapping"]),
    ("plan", &["source", "finding", "scan", "mapping", "rules", "accept", "waivers"]),
    ("check", &["source", "finding", "scan", "mapping", "rules", "waivers", "accept", "plan"]),
    ("report", &["source", "finding", "scan", "mapping", "rules", "waivers", "accept", "plan", "check"]),
    ("fix", &["source", "finding", "scan", "mapping", "rules", "waivers", "accept", "plan", "check"]),
    ("upload", &["source", "finding", "scan", "mapping", "rules", "waivers", "accept", "plan", "check"]),
    ("init", &["source", "finding", "scan", "mapping", "rules", "waivers", "accept", "plan", "check"]),
    (
        "cli",
        &[
            "source", "finding", "scan", "mapping", "rules", "waivers", "accept", "plan", "check", "report", "fix",
            "upload", "init",
        ],
    ),
    // The roots of library and program; they hold no code that others use.
    ("lib", &[]),
];

/// Folders that hold nothing written by hand, or none of our code.
const NOT_OURS: [&str; 6] = ["snapshots", "proptest-regressions", "node_modules", "target", "__pycache__", ".venv"];

/// What is written in one of these is code.
const CODE: [&str; 8] = ["rs", "py", "sh", "js", "toml", "yaml", "yml", ""];

const MOST_LINES: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files of code below a folder of the repository, by their path in it.
fn files(folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("a folder of the repository is readable").path()) {
            let name = path.file_name().expect("an entry has a name").to_string_lossy();
            if path.is_dir() && !NOT_OURS.contains(&&*name) {
                folders.push(path);
            } else if path.is_file() && CODE.contains(&extension(&path)) {
                let text = fs::read_to_string(&path).expect("code is UTF-8");
                let inside = path.strip_prefix(root()).expect("it was found there");
                found.insert(inside.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    found
}

fn extension(path: &Path) -> &str {
    path.extension().map_or("", |extension| extension.to_str().expect("extensions of code are plain"))
}

/// The part of `src` that a file belongs to.
fn part(file: &str) -> &str {
    let inside = file.strip_prefix("src/").expect("only src is asked about");
    inside.split_once('/').map_or(inside.trim_end_matches(".rs"), |(part, _)| part)
}

/// The parts that a file names in `crate::` paths, whether in `use` lines or in code.
fn used(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().map(|line| line.split("//").next().expect("there is a first")).collect();
    let code = code.join("\n");
    let paths = code.split("crate::").skip(1);
    paths
        .flat_map(|rest| if let Some(group) = rest.strip_prefix('{') { first_names(group) } else { vec![word(rest)] })
        .collect()
}

/// The names that begin the paths of a group: `a, b::{c, d}}` gives `a` and `b`.
fn first_names(group: &str) -> Vec<String> {
    let (mut names, mut depth, mut expecting) = (Vec::new(), 0, true);
    for (at, c) in group.char_indices() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => expecting = true,
            c if expecting && !c.is_whitespace() => {
                names.push(word(&group[at..]));
                expecting = false;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether a line climbs out of its part by `super`.
fn climbs_out(file: &str, line: &str) -> bool {
    let inside = file.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let steps = line.matches("super::").count();
    // A module of tests at the foot of a file is one deeper than the file.
    let depth = inside.split('/').count() + usize::from(line.starts_with(' '));
    line.contains("super::super") && steps >= depth
}

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for (file, text) in files("src") {
        let part = part(&file);
        if matches!(part, "main" | "lib") {
            continue;
        }
        let may = MAY_USE.iter().find(|(name, _)| *name == part);
        let (_, may) = may.unwrap_or_else(|| panic!("{file}: say in MAY_USE what {part} may use"));
        let known = |name: &str| MAY_USE.iter().any(|(part, _)| *part == name);
        let back = used(&text).into_iter().filter(|name| known(name) && name != part && !may.contains(&name.as_str()));
        wrong.extend(back.map(|name| format!("{file} uses {name}")));
        wrong.extend(text.lines().filter(|line| climbs_out(&file, line)).map(|line| format!("{file}: {line}")));
    }
    assert!(wrong.is_empty(), "arrows that run back:\n{}", wrong.join("\n"));
}

#[test]
fn every_part_that_is_used_has_its_place() {
    let parts: Vec<&str> = MAY_USE.iter().map(|(part, _)| *part).collect();
    for (at, (part, may)) in MAY_USE.iter().enumerate() {
        assert!(may.iter().all(|used| parts[..at].contains(used)), "{part} may only use what stands above it");
    }
}

#[test]
fn no_file_is_long() {
    let long: Vec<String> = ["src", "tests", ".ci"]
        .iter()
        .flat_map(|folder| files(folder))
        .filter(|(_, text)| text.lines().count() > MOST_LINES)
        .map(|(file, text)| format!("{file}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "files over {MOST_LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn what_opens_connections_is_left_out_with_its_feature() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("it is there");
    let needed = manifest.split("[dev-dependencies]").next().expect("there is a first part");
    for name in ["httparse", "ring", "rustls", "rustls-platform-verifier", "secrecy"] {
        let line = needed.lines().find(|line| line.starts_with(&format!("{name} = ")));
        assert!(line.is_some_and(|line| line.contains("optional = true")), "{name}: {line:?}");
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    let modules = ["src", "tests"].iter().flat_map(|folder| files(folder));
    let silent: Vec<String> = modules
        .filter(|(file, text)| extension(Path::new(file)) == "rs" && !text.starts_with("//! "))
        .map(|(file, _)| file)
        .collect();
    assert!(silent.is_empty(), "modules without //!:\n{}", silent.join("\n"));
}

#[test]
fn groups_and_paths_are_read() {
    let text = "use crate::{mapping, report::{self, json}, rules};\nlet x = crate::scan::unquote; // crate::cli::x\n";
    assert_eq!(used(text), ["mapping", "report", "rules", "scan"]);
    assert!(climbs_out("src/check/run.rs", "use super::super::cli::Cli;"));
    assert!(!climbs_out("src/rules/date/iso.rs", "use super::super::view::Cell;"));
}
