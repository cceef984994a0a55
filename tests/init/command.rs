//! What the command writes, shows, asks and refuses.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use hrlint::mapping::Mapping;
use hrlint::rules;
use tempfile::TempDir;

const LEAVERS: &str = "Personalnummer;E-Mail (dienstlich);Kündigungsdatum;Letzter Arbeitstag\n\
    4711;mia.brandt@northwind-energy.de;04.05.2026;30.06.2026\n\
    4712;jonas.keller@northwind-energy.de;12.05.2026;15.06.2026\n\
    4713;aylin.demir@northwind-energy.de;18.05.2026;31.07.2026\n";
const REVIEWS: &str = "E-Mail (dienstlich);Gültig ab;Bewertung;Bemerkung\n\
    mia.brandt@northwind-energy.de;04.05.2026;3 Meets expectations;Keeps her promises to all of us\n\
    jonas.keller@northwind-energy.de;12.05.2026;4 Exceeds expectations;Leads the new project very well\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("room on the disk");
    }
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hrlint"));
    command.current_dir(folder).args(arguments);
    let ours = |name: &str| name.starts_with("HRLINT_") || ["NO_COLOR", "CLICOLOR_FORCE", "CI"].contains(&name);
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    command
}

fn run(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command(folder.path(), arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it is UTF-8");
    (status.code().expect("it ends by itself"), text(stdout), text(stderr))
}

#[test]
fn a_mapping_is_written_that_check_takes() {
    let folder = folder(&[("leavers.csv", LEAVERS)]);
    let (code, out, err) = run(&folder, &["init", "leavers.csv"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("Kündigungsdatum") && out.contains("ResignationDate*") && out.contains("certain"), "{out}");
    assert!(err.contains("not mapped: Personalnummer."), "{err}");
    let written = fs::read_to_string(folder.path().join("hrlint.json")).expect("it was written");
    let mapping = Mapping::parse("hrlint.json", &written, &rules::facts()).expect("it is a mapping");
    let columns: Vec<&str> = mapping.scenarios[0].fields.iter().map(|field| field.column.as_str()).collect();
    assert_eq!(columns, ["E-Mail (dienstlich)", "Kündigungsdatum", "Letzter Arbeitstag"]);
    assert_eq!((mapping.delimiter, mapping.identifier), (b';', None));
    let schema = fs::read_to_string(folder.path().join("hrlint.schema.json")).expect("the schema is beside it");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("it is JSON");
    let written: serde_json::Value = serde_json::from_str(&written).expect("it is JSON");
    assert_eq!(written["$schema"], "hrlint.schema.json");
    assert!(jsonschema::is_valid(&schema, &written));
    // The dates are written day first: that is found, and of the columns only what is no mistake of the mapping.
    let (code, out, _) = run(&folder, &["check", "leavers.csv", "--format", "concise", "--now", "2026-07-01"]);
    let mut told = out.lines().filter(|line| line.starts_with("leavers.csv"));
    let expected = ["date-not-iso", "unknown-column", "header-non-ascii"];
    assert!(code == 1 && told.all(|line| expected.iter().any(|rule| line.contains(rule))), "{out}");
    let left: Vec<_> = fs::read_dir(folder.path()).expect("it is there").collect();
    assert_eq!(left.len(), 3, "nothing else is left behind");
}

#[test]
fn nothing_is_overwritten_unasked() {
    let folder = folder(&[("leavers.csv", LEAVERS), ("hrlint.json", "{}")]);
    let (code, out, err) = run(&folder, &["init", "leavers.csv"]);
    assert!(code == 2 && out.is_empty() && err.contains("--force"), "{out}{err}");
    assert_eq!(fs::read_to_string(folder.path().join("hrlint.json")).expect("it is there"), "{}");
    assert_eq!(run(&folder, &["init", "leavers.csv", "--force"]).0, 0);
    assert_ne!(fs::read_to_string(folder.path().join("hrlint.json")).expect("it is there"), "{}");
    assert_eq!(run(&folder, &["init", "leavers.csv", "--output", "other.json", "--quiet"]).1, "");
    let (code, _, err) = run(&folder, &["init", "leavers.csv", "--force", "-o", "leavers.csv"]);
    assert!(code == 2 && err.contains("sample"), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("leavers.csv")).expect("it is there"), LEAVERS);
}

#[test]
fn the_mapping_may_go_to_standard_output() {
    let folder = folder(&[("leavers.csv", LEAVERS)]);
    let (code, out, err) = run(&folder, &["init", "leavers.csv", "--output", "-"]);
    assert!(code == 0 && err.contains("LastWorkingDate*"), "{err}");
    assert!(Mapping::parse("-", &out, &rules::facts()).is_ok(), "{out}");
    assert!(!folder.path().join("hrlint.json").exists());
}

#[test]
fn several_samples_give_one_mapping_and_what_they_contradict_is_told() {
    let folder = folder(&[("leavers.csv", LEAVERS), ("reviews.csv", REVIEWS)]);
    let (code, _, err) = run(&folder, &["init", "leavers.csv", "reviews.csv"]);
    assert!(code == 0 && err.contains("a connector for several scenarios needs one"), "{err}");
    let written = fs::read_to_string(folder.path().join("hrlint.json")).expect("it was written");
    assert!(written.contains("\"resignation\"") && written.contains("\"performanceReview\""), "{written}");
    let other = LEAVERS.replace("Letzter Arbeitstag", "Austritt am").replace(';', ",");
    fs::write(folder.path().join("other.csv"), other).expect("room on the disk");
    let (code, _, err) = run(&folder, &["init", "leavers.csv", "other.csv", "--force"]);
    assert!(code == 0 && err.contains("one connector needs the same names everywhere"), "{err}");
    assert!(err.contains("different delimiters"), "{err}");
}

#[test]
fn no_value_is_told() {
    let folder = folder(&[("leavers.csv", LEAVERS), ("reviews.csv", REVIEWS)]);
    let (_, out, err) = run(&folder, &["init", "leavers.csv", "reviews.csv", "-o", "-"]);
    for value in ["mia", "4711", "04.05", "Meets", "promises", "northwind"] {
        assert!(!out.contains(value) && !err.contains(value), "{value}: {out}{err}");
    }
}

#[test]
fn a_required_column_that_is_a_guess_is_told() {
    let text = LEAVERS.replace("Kündigungsdatum", "D1").replace("Letzter Arbeitstag", "D2");
    let folder = folder(&[("leavers.csv", &text)]);
    let (code, out, err) = run(&folder, &["init", "leavers.csv", "--yes"]);
    assert!(code == 0 && out.contains("unsure"), "{out}");
    assert!(err.contains("that D1 holds ResignationDate is a guess: check it"), "{err}");
}

#[test]
fn what_is_no_sample_is_refused() {
    let data = LEAVERS.lines().skip(1).collect::<Vec<_>>().join("\n");
    let folder =
        folder(&[("data.csv", &data), ("empty.csv", ""), ("other.csv", "a,b\n1,2\n"), ("page.csv", "<html></html>")]);
    for (file, said) in [
        ("data.csv", "has no header"),
        ("empty.csv", "is empty"),
        ("other.csv", "no column of the sample"),
        ("page.csv", "an HTML page"),
        ("none.csv", "no file or folder"),
    ] {
        let (code, out, err) = run(&folder, &["init", file]);
        assert!(code == 2 && out.is_empty() && err.contains(said) && !err.contains("mia"), "{file}: {err}");
        assert!(!folder.path().join("hrlint.json").exists());
    }
    assert_eq!(run(&folder, &["init"]).0, 2);
}

#[test]
fn options_may_come_from_the_environment() {
    let folder = folder(&[("leavers.csv", LEAVERS), ("hrlint.json", "{}")]);
    let with = |name: &str, value: &str| {
        let output = command(folder.path(), &["init", "leavers.csv"]).env(name, value).output().expect("it starts");
        output.status.code()
    };
    assert_eq!(with("HRLINT_YES", "1"), Some(2));
    assert_eq!(with("HRLINT_OUTPUT", "-"), Some(0));
    assert_eq!(with("HRLINT_FORCE", "1"), Some(0));
}

/// A terminal of its own for the program, by script(1); where there is none, the trait's tests must do.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_it_asks() {
    use std::io::Write as _;
    use std::process::Stdio;

    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let text = LEAVERS.replace("Kündigungsdatum", "D1").replace("Letzter Arbeitstag", "D2");
    let folder = folder(&[("leavers.csv", &text)]);
    let inner = command(folder.path(), &[]);
    let program = env!("CARGO_BIN_EXE_hrlint");
    let mut script = Command::new("script");
    for (name, _) in inner.get_envs() {
        script.env_remove(name);
    }
    script.env_remove("CI");
    script.env("TERM", "xterm").env_remove("GITHUB_ACTIONS").env_remove("GITLAB_CI").env_remove("TF_BUILD");
    script.args(["-qec", &format!("'{program}' init leavers.csv"), "/dev/null"]).current_dir(folder.path());
    let mut child = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("script starts");
    let mut keys = child.stdin.take().expect("it was asked for");
    // The first answer of each question: the best guess.
    for _ in 0..8 {
        std::thread::sleep(std::time::Duration::from_millis(300));
        if keys.write_all(b"\r").is_err() {
            break;
        }
    }
    drop(keys);
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("which column holds ResignationDate, which is required?"), "{said}");
    assert!(folder.path().join("hrlint.json").exists(), "{said}");
    assert!(said.contains("your answer") && !said.contains("is a guess"), "{said}");
}
