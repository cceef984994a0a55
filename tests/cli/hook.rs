//! The hook: what is staged is checked, not what lies in the working tree; and nobody else's hook is touched.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::{BAD, GOOD, Outcome, outcome, program};

/// git, with no configuration but the repository's.
fn git(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("git");
    let bin = Path::new(env!("CARGO_BIN_EXE_hrlint")).parent().expect("the program is in a folder");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").expect("there is a PATH"));
    command.current_dir(folder).args(arguments).env("PATH", path).env("HRLINT_NOW", "2026-07-01");
    for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")] {
        command.env(name, value);
    }
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    let who = [("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@northwind-energy.de")];
    command.envs(who).envs(who.map(|(name, value)| (name.replace("AUTHOR", "COMMITTER"), value)));
    command.output().expect("git starts")
}

/// Runs git and expects it to succeed.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = git(folder, arguments);
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn repository(files: &[(&str, &str)]) -> TempDir {
    let folder = crate::folder(files);
    done(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    folder
}

fn hook(folder: &Path, arguments: &[&str]) -> Outcome {
    let mut command = program(folder, &[&["hook"], arguments].concat());
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    outcome(command.env("HRLINT_NOW", "2026-07-01"))
}

const CONCISE: [&str; 3] = ["run", "--format", "concise"];

#[test]
fn what_is_staged_is_checked_whatever_lies_in_the_working_tree() {
    let repository = repository(&[("hr.csv", BAD), ("deep/leavers.CSV", BAD), ("notes.txt", "x"), ("new.csv", BAD)]);
    let folder = repository.path();
    let nothing = hook(folder, &["run"]);
    assert!(nothing.code == 0 && nothing.out.is_empty() && nothing.err.is_empty(), "{nothing:?}");
    done(folder, &["add", "hr.csv", "deep", "notes.txt"]);
    // Mended in the working tree only: what would be committed is still bad.
    fs::write(folder.join("hr.csv"), GOOD).expect("room on the disk");
    fs::remove_file(folder.join("deep/leavers.CSV")).expect("it is there");
    fs::remove_dir(folder.join("deep")).expect("it is empty");
    let bad = hook(folder, &CONCISE);
    assert_eq!(bad.code, 1, "{bad:?}");
    for line in ["hr.csv:2:1 error email-missing-at ", "deep/leavers.CSV:2:1 error email-missing-at "] {
        assert!(bad.out.contains(line), "{bad:?}");
    }
    assert!(!bad.out.contains("new.csv") && !bad.out.contains("mia.brandt"), "{bad:?}");
    assert!(bad.out.contains("hr.csv: warning data-in-git one row about a person"), "{bad:?}");
    // The other way round: staged well, broken since.
    done(folder, &["add", "hr.csv"]);
    fs::write(folder.join("hr.csv"), BAD).expect("room on the disk");
    assert_eq!(hook(folder, &["run", "hr.csv"]).code, 0);
    assert_eq!(hook(folder, &["run", "--files", "h*.csv"]).code, 0);
    assert_eq!(hook(folder, &["run", "--files", "deep/*"]).code, 1);
    assert_eq!(
        hook(folder, &["run", "--show-values", "always", "--files", "deep/*"]).out.matches("mia.brandt").count(),
        0
    );
    hook(folder, &["run", "new.csv"]).says(2, "did not match any file(s) known to git");
    // A commit of some paths has an index of its own.
    done(folder, &["commit", "--quiet", "--no-verify", "--message", "x"]);
    assert_eq!(hook(folder, &["run"]).code, 0, "what is committed is nobody's business any more");
}

#[test]
fn the_staged_mapping_judges_and_may_allow_data_in_git() {
    let own = r#"{ "version": 1, "scenarios": { "resignation": {} }, "rules": { "data-in-git": "off" } }"#;
    let repository = repository(&[("hr.csv", GOOD), ("hrlint.json", own)]);
    let folder = repository.path();
    done(folder, &["add", "."]);
    assert!(!hook(folder, &CONCISE).out.contains("data-in-git"));
    fs::write(folder.join("hrlint.json"), "{").expect("room on the disk");
    assert_eq!(hook(folder, &CONCISE).code, 0, "the broken mapping is not staged");
    done(folder, &["add", "."]);
    hook(folder, &CONCISE).says(2, "the JSON is broken");
    done(folder, &["rm", "--quiet", "--cached", "hrlint.json"]);
    fs::write(folder.join("hrlint.json"), own.replace("off", "error")).expect("room on the disk");
    assert_eq!(hook(folder, &CONCISE).code, 1, "a mapping that git does not know counts as it is");
}

#[test]
fn pointers_links_and_long_files_are_taken_for_what_they_are() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    let row = GOOD.lines().nth(1).expect("it has rows").replace(".brandt", ".NNNN");
    let long: String = (0..20_000).map(|n| row.replace("NNNN", &format!("n{n}")) + "\n").collect();
    let repository = repository(&[("big.csv", pointer), ("long.csv", &(crate::HEADER.to_owned() + &long))]);
    let folder = repository.path();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.join("link.csv")).expect("a link");
    done(folder, &["add", "."]);
    let run = hook(folder, &CONCISE);
    assert!(run.code == 1 && run.out.contains("big.csv: error not-a-csv the file is not CSV but a pointer of Git LFS"));
    assert!(run.out.contains("long.csv: warning data-in-git 20,000 rows about people"), "{run:?}");
    assert!(!run.out.contains("link.csv"), "{run:?}");
}

#[test]
fn the_hook_runs_before_each_commit_and_goes_without_a_trace() {
    let repository = repository(&[("hr.csv", BAD)]);
    let folder = repository.path();
    let file = folder.join(".git/hooks/pre-commit");
    hook(folder, &["uninstall"]).says(0, "there is no hook to remove");
    fs::remove_dir_all(folder.join(".git/hooks")).unwrap_or_default();
    hook(folder, &["install"]).says(0, "now checks what is staged before each commit");
    let text = fs::read_to_string(&file).expect("it was written");
    hook(folder, &["install"]).says(0, "now checks");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), text, "once more is no harm");
    done(folder, &["add", "."]);
    let refused = git(folder, &["commit", "--message", "x"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned() + &String::from_utf8_lossy(&refused.stdout);
    assert!(!refused.status.success() && said.contains("email-missing-at"), "{said}");
    fs::write(folder.join("hr.csv"), GOOD).expect("room on the disk");
    assert!(!git(folder, &["commit", "--message", "x"]).status.success(), "nothing was staged since");
    // Named paths are committed as they are in the working tree, through an index of their own.
    done(folder, &["commit", "--quiet", "--message", "x", "hr.csv"]);
    hook(folder, &["uninstall"]).says(0, "is removed");
    assert!(!file.exists());
}

#[test]
fn a_foreign_hook_is_left_alone() {
    let repository = repository(&[]);
    let file = repository.path().join(".git/hooks/pre-commit");
    fs::create_dir_all(file.parent().expect("it is in a folder")).expect("room on the disk");
    hook(repository.path(), &["install"]).says(0, "now checks");
    let ours = fs::read_to_string(&file).expect("it was written");
    for foreign in
        ["#!/bin/sh\nexit 0\n".to_owned(), ours.clone() + "make lint\n", ours.replace("hrlint=", "x\nhrlint=")]
    {
        fs::write(&file, &foreign).expect("room on the disk");
        hook(repository.path(), &["install"]).says(2, "hrlint hook run || exit $?");
        hook(repository.path(), &["uninstall"]).says(2, "was not written by hrlint");
        assert_eq!(fs::read_to_string(&file).expect("it is there"), foreign);
    }
    #[cfg(unix)]
    {
        fs::remove_file(&file).expect("it is there");
        std::os::unix::fs::symlink("../../elsewhere", &file).expect("a link");
        hook(repository.path(), &["install"]).says(2, "there is another hook");
        assert!(!repository.path().join("elsewhere").exists(), "nothing is written through a link");
    }
}

#[test]
fn configured_folders_and_worktrees_are_honoured() {
    let repository = repository(&[("hr.csv", BAD)]);
    let folder = repository.path();
    done(folder, &["commit", "--quiet", "--allow-empty", "--message", "x"]);
    let tree = folder.join("tree");
    done(folder, &["worktree", "add", "--quiet", "tree"]);
    hook(&tree, &["install"]).says(0, "now checks");
    assert!(folder.join(".git/hooks/pre-commit").is_file(), "hooks are shared by all worktrees");
    fs::write(tree.join("hr.csv"), BAD).expect("room on the disk");
    done(&tree, &["add", "hr.csv"]);
    assert!(!git(&tree, &["commit", "--message", "x"]).status.success());
    done(folder, &["config", "core.hooksPath", "own hooks"]);
    hook(folder, &["install"]).says(0, "now checks");
    assert!(folder.join("own hooks/pre-commit").is_file());
    hook(folder, &["uninstall"]).says(0, "is removed");
    assert!(folder.join(".git/hooks/pre-commit").is_file());
    fs::create_dir(folder.join("inside")).expect("room on the disk");
    done(folder, &["add", "hr.csv"]);
    assert_eq!(hook(&folder.join("inside"), &["run"]).code, 1, "also from a folder inside");
    assert_eq!(hook(&folder.join("inside"), &["run", "../hr.csv"]).code, 1);
}

#[test]
fn outside_of_a_repository_and_without_git_it_says_so() {
    let nowhere = crate::folder(&[]);
    let mut command = program(nowhere.path(), &["hook", "run"]);
    outcome(command.env("GIT_CEILING_DIRECTORIES", "/")).says(2, "git refused: not a git repository");
    outcome(program(nowhere.path(), &["hook", "install"]).env("PATH", "/nowhere")).says(2, "git cannot be run");
}
