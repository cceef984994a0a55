//! `hrlint fix` as people and scripts meet it.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

const HEADER: &str = "EmailAddress,ResignationDate,LastWorkingDate\n";
const BAD: &str = "mia.brandt@northwind-energy.de, 2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n";
const MENDED: &str = "mia.brandt@northwind-energy.de,2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n";
/// Something is left that no repair takes away.
const WORSE: &str = "jonas.keller.northwind-energy.de, 2026-05-12T10:30:00+02:00,2026-06-15T17:00:00+02:00\n";

struct Outcome {
    code: i32,
    out: String,
    err: String,
}

fn folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("hr.csv"), text).expect("room on the disk");
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
    command.current_dir(folder).args(["fix", "--now", "2026-07-01"]).args(arguments);
    let ours = |name: &str| {
        name.starts_with("HRLINT_")
            || ["NO_COLOR", "CLICOLOR_FORCE", "CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"].contains(&name)
    };
    for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
        command.env_remove(name);
    }
    command
}

fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("all was UTF-8");
    let code = output.status.code().expect("the program ends by itself");
    Outcome { code, out: text(output.stdout), err: text(output.stderr) }
}

fn fix(folder: &TempDir, arguments: &[&str]) -> Outcome {
    outcome(&mut command(folder.path(), arguments))
}

fn read(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("hr.csv")).expect("it is there")
}

/// Names of the files in the folder.
fn files(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("the folder is there");
    entries.map(|entry| entry.expect("it is readable").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn without_more_a_diff_is_printed_and_nothing_changes() {
    let text = format!("{HEADER}{BAD}");
    let folder = folder(&text);
    let shown = fix(&folder, &["hr.csv"]);
    assert_eq!(shown.out, format!("--- a/hr.csv\n+++ b/hr.csv\n@@ -1,2 +1,2 @@\n {HEADER}-{BAD}+{MENDED}"));
    assert!(shown.err.contains("1 repair to be made with --write (value-whitespace 1)"), "{}", shown.err);
    assert_eq!((shown.code, read(&folder)), (1, text));
}

#[test]
fn write_replaces_the_file_and_leaves_nothing_beside_it() {
    let folder = folder(&format!("{HEADER}{BAD}"));
    let written = fix(&folder, &["--write", "hr.csv"]);
    assert_eq!((written.code, written.out.as_str()), (0, ""));
    assert_eq!((read(&folder), files(&folder)), (format!("{HEADER}{MENDED}"), vec!["hr.csv".to_owned()]));
    let again = fix(&folder, &["--write", "hr.csv"]);
    assert!(again.code == 0 && again.err.contains("nothing to mend"), "{}", again.err);
}

#[test]
fn what_is_left_is_reported_and_makes_the_exit_code_1() {
    let folder = folder(&format!("{HEADER}{WORSE}"));
    let written = fix(&folder, &["--write", "hr.csv", "--format", "concise"]);
    assert_eq!(written.code, 1);
    assert!(written.err.contains("hr.csv:2:1 error email-missing-at"), "{}", written.err);
    assert!(read(&folder).contains("northwind-energy.de,2026-05-12"));
}

#[test]
fn output_goes_where_it_is_sent() {
    let text = format!("{HEADER}{BAD}");
    let folder = folder(&text);
    assert_eq!(fix(&folder, &["hr.csv", "--output", "-"]).out, format!("{HEADER}{MENDED}"));
    assert_eq!(fix(&folder, &["hr.csv", "--output", "new.csv"]).code, 0);
    let new = fs::read_to_string(folder.path().join("new.csv")).expect("it was written");
    assert_eq!((new, read(&folder)), (format!("{HEADER}{MENDED}"), text.clone()));
    assert_eq!(fix(&folder, &["hr.csv", "--output", "hr.csv"]).code, 2);
    let piped = outcome(command(folder.path(), &["-", "-o", "-"]).write_stdin(text.clone()));
    assert_eq!((piped.code, piped.out), (0, format!("{HEADER}{MENDED}")));
    let piped = outcome(command(folder.path(), &["-"]).write_stdin(text));
    assert!(piped.code == 1 && piped.out.starts_with("--- a/stdin\n"), "{}", piped.out);
    assert_eq!(fix(&folder, &["-", "--write"]).code, 2);
}

#[test]
fn only_the_chosen_repairs_are_made() {
    let row = "mia.brandt@northwind-energy.de, 2026-05-04T09:00:00,2026-06-30 17:00:00+02:00\n";
    let folder = folder(&format!("{HEADER}{row}"));
    let result = |arguments: &[&str]| fix(&folder, &[&["hr.csv", "-o", "-"], arguments].concat()).out;
    let only = result(&["--only", "date-space-separator"]);
    assert!(only.contains(", 2026-05-04T09:00:00,2026-06-30T17:00:00+02:00"), "{only}");
    let safe = result(&[]);
    assert!(safe.contains(",2026-05-04T09:00:00,2026-06-30T17:00:00+02:00"), "{safe}");
    let all = result(&["--unsafe"]);
    assert!(all.contains(",2026-05-04T09:00:00Z,2026-06-30T17:00:00+02:00"), "{all}");
    let off = result(&["--rule", "date-space-separator=off"]);
    assert!(off.contains(",2026-05-04T09:00:00,2026-06-30 17:00:00+02:00"), "{off}");
    assert!(fix(&folder, &["hr.csv", "--only", "date-space-seperator"]).err.contains("did you mean"));
}

#[test]
fn a_build_server_sees_no_rows_unasked() {
    let folder = folder(&format!("{HEADER}{BAD}"));
    let refused = outcome(command(folder.path(), &["hr.csv"]).env("CI", "true"));
    assert!(refused.code == 2 && refused.out.is_empty() && !refused.err.contains("mia"), "{}", refused.err);
    let asked = outcome(command(folder.path(), &["hr.csv", "--show-values", "always"]).env("CI", "true"));
    assert!(asked.code == 1 && asked.out.contains("mia"), "{}", asked.err);
    assert_eq!(fix(&folder, &["hr.csv", "--show-values", "never"]).code, 2);
    let written = outcome(command(folder.path(), &["hr.csv", "--write"]).env("CI", "true"));
    assert!(written.code == 0 && !written.err.contains("mia"), "{}", written.err);
}

#[test]
fn structure_and_cells_are_mended_in_one_run() {
    let text = "\u{feff}\nEmailAddress; ResignationDate;LastWorkingDate;\r\n\
                mia.brandt@northwind-energy.de; 2026-05-04T09:00:00Z;2026-06-30T17:00:00Z;\n\
                \r\n\
                emailaddress;resignationdate;lastworkingdate;\r\n\
                jonas.keller@northwind-energy.de;2026-05-12T10:30:00Z;2026-06-15T17:00:00Z;\r\n\
                jonas.keller@northwind-energy.de;2026-05-12 10:30:00Z;2026-06-15T17:00:00Z;\r\n";
    let expected = "EmailAddress,ResignationDate,LastWorkingDate\r\n\
                    mia.brandt@northwind-energy.de,2026-05-04T09:00:00Z,2026-06-30T17:00:00Z\r\n\
                    jonas.keller@northwind-energy.de,2026-05-12T10:30:00Z,2026-06-15T17:00:00Z\r\n";
    let folder = folder(text);
    let written = fix(&folder, &["--write", "hr.csv"]);
    assert_eq!((written.code, read(&folder).as_str()), (0, expected), "{}", written.err);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.path().join("hr.csv"), utf16).expect("room on the disk");
    let written = fix(&folder, &["--write", "hr.csv"]);
    assert_eq!((written.code, read(&folder).as_str()), (0, expected), "{}", written.err);
}

#[test]
fn another_code_page_is_mended_where_it_is_named() {
    let header = "EmailAddress,EffectiveDate,Remarks,Rating,Bereich f\u{fc}r \u{80}\n";
    let row = "mia.brandt@northwind-energy.de,2026-05-04T09:00:00Z,erf\u{fc}llt,3,\u{fc}\n";
    let latin: Vec<u8> = format!("{header}{row}").chars().map(|c| c as u32 as u8).collect();
    let folder = folder("");
    fs::write(folder.path().join("hr.csv"), latin).expect("room on the disk");
    let left = fix(&folder, &["hr.csv", "-o", "new.csv"]);
    assert_eq!(left.code, 1);
    let written = fix(&folder, &["hr.csv", "--write", "--encoding", "windows-1252"]);
    let expected = format!("{header}{row}").replace('\u{80}', "\u{20ac}");
    assert_eq!((written.code, read(&folder)), (0, expected), "{}", written.err);
    assert_eq!(fix(&folder, &["hr.csv", "--encoding", "utf-16"]).code, 2);
}

#[test]
fn what_the_user_says_of_dates_makes_their_repairs_safe() {
    let rows = "a.b@northwind-energy.de,2026-03-02T09:00:00,2026-06-30 17:00:00\n\
                c.d@northwind-energy.de,03/04/2026 09:00,2026-06-30\n\
                e.f@northwind-energy.de,2026-03-29T02:30:00,18.05.2026 10:00:00\n";
    let folder = folder(&format!("{HEADER}{rows}"));
    let result = |arguments: &[&str]| fix(&folder, &[&["hr.csv", "-o", "-"], arguments].concat()).out;
    let expected = "a.b@northwind-energy.de,2026-03-02T09:00:00+01:00,2026-06-30T17:00:00+02:00\n\
                    c.d@northwind-energy.de,2026-04-03T09:00:00+02:00,2026-06-30\n\
                    e.f@northwind-energy.de,2026-03-29T02:30:00,2026-05-18T10:00:00+02:00\n";
    let berlin = ["--assume-offset", "Europe/Berlin", "--date-order", "dmy"];
    assert_eq!(result(&berlin), format!("{HEADER}{expected}"));
    let fixed = result(&["--assume-offset", "-05:30", "--date-order", "mdy"]);
    assert!(fixed.contains("2026-03-04T09:00:00-05:30") && fixed.contains("2026-03-29T02:30:00-05:30"), "{fixed}");
    assert_eq!(fix(&folder, &["hr.csv", "--assume-offset", "Berlin"]).code, 2);
    assert_eq!(fix(&folder, &["hr.csv", "--date-order", "myd"]).code, 2);
}

#[test]
fn a_serial_number_is_of_the_zone_that_was_told_and_stays_a_persons_decision() {
    let rows = "a.b@northwind-energy.de,46160.375,2026-06-30T17:00:00Z\n";
    let folder = folder(&format!("{HEADER}{rows}"));
    let result = |arguments: &[&str]| fix(&folder, &[&["hr.csv", "-o", "-"], arguments].concat()).out;
    assert!(result(&["--assume-offset", "Europe/Berlin"]).contains(",46160.375,"));
    assert!(result(&["--unsafe"]).contains(",2026-05-18T09:00:00Z,"));
    let berlin = result(&["--unsafe", "--assume-offset", "Europe/Berlin"]);
    assert!(berlin.contains(",2026-05-18T09:00:00+02:00,"), "{berlin}");
}

#[test]
fn the_delimiter_that_is_told_is_the_one_that_is_looked_for() {
    let text = format!("{HEADER}{MENDED}").replace(',', "|");
    let folder = folder(&text);
    let written = fix(&folder, &["hr.csv", "-o", "-", "--delimiter", "|"]);
    assert_eq!((written.code, written.out), (0, format!("{HEADER}{MENDED}")), "{}", written.err);
}

#[test]
fn what_depends_on_another_row_is_left_and_not_counted() {
    let again = MENDED.replace("mia.brandt", "Mia.Brandt").replace("05-04", "05-05");
    let folder = folder(&format!("{HEADER}{MENDED}{again}"));
    let left = fix(&folder, &["hr.csv", "--write", "--rule", "conflicting-resignation=off", "--fail-on", "info"]);
    assert!(left.code == 1 && left.err.contains("upn-case-variants"), "{}", left.err);
    let mut check = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
    check.current_dir(folder.path()).args(["check", "hr.csv", "--now", "2026-07-01", "--format", "jsonl"]);
    let told = outcome(&mut check).out;
    let finding = told.lines().find(|line| line.contains("\"rule\":\"upn-case-variants\"")).expect("it is told");
    assert!(finding.contains("`hrlint fix` leaves it"), "{finding}");
    assert!(told.contains("\"fixable\":0"), "{told}");
}

#[test]
fn a_file_in_an_encoding_that_the_mapping_declares_is_left_with_a_word() {
    let folder = folder("");
    let wide: Vec<u8> = format!("{HEADER}{BAD}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = [&[0xff, 0xfe][..], &wide].concat();
    fs::write(folder.path().join("hr.csv"), &bytes).expect("room on the disk");
    let mapping = r#"{"version": 1, "scenarios": {"resignation": {}}, "csv": {"encoding": "utf-16"}}"#;
    fs::write(folder.path().join("hrlint.json"), mapping).expect("room on the disk");
    let left = fix(&folder, &["hr.csv", "--write"]);
    assert!(left.err.contains("nothing was mended, because it is not UTF-8"), "{}", left.err);
    assert_eq!(fs::read(folder.path().join("hr.csv")).expect("it is there"), bytes);
}
