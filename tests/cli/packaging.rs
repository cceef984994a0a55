//! Completions and manual pages hold every command and option, whatever is added.

use std::collections::BTreeSet;
use std::fs;

use crate::{folder, outcome, program, run};

/// Every command, as words.
fn commands() -> Vec<Vec<&'static str>> {
    let of = |words: &'static str| words.split_whitespace().collect();
    let all: Vec<&str> =
        vec!["check", "hook install", "hook uninstall", "hook run", "init", "mapping", "rules", "explain"];
    let rest = ["policies", "schema", "completions", "man"];
    let listed: Vec<Vec<&str>> = all.into_iter().chain(rest).map(of).collect();
    let help = run(&folder(&[]), &["--help"]).out;
    let (_, help) = help.split_once("Commands:\n").expect("it lists the commands");
    let helped = help.lines().map_while(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let helped: BTreeSet<&str> = helped.filter_map(|line| line.split_whitespace().next()).collect();
    let known: BTreeSet<&str> = listed.iter().map(|words| words[0]).chain(["help"]).collect();
    assert_eq!(helped, known, "a command that is not listed here");
    listed
}

/// The long options of a command, from its help.
fn options(command: &[&str]) -> BTreeSet<String> {
    let help = run(&folder(&[]), &[command, &["--help"]].concat()).out;
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let words = lines.flat_map(|line| line.split([' ', ',', '[', '=']).take(3).map(str::to_owned).collect::<Vec<_>>());
    words.filter(|word| word.starts_with("--") && word.len() > 2).collect()
}

#[test]
fn completions_know_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = run(&folder(&[]), &["completions", shell]);
        assert_eq!(completions.code, 0);
        for command in commands() {
            assert!(command.iter().all(|word| completions.out.contains(word)), "{shell}: {command:?}");
            for option in options(&command) {
                let bare = option.trim_start_matches('-');
                assert!(completions.out.contains(bare), "{shell}: {command:?} {option}");
            }
        }
    }
    assert_eq!(run(&folder(&[]), &["completions", "cmd"]).code, 2);
}

#[test]
fn manual_pages_hold_every_option() {
    let nowhere = folder(&[]);
    assert_eq!(run(&nowhere, &["man", "--output", "."]).code, 0);
    for command in commands() {
        let page = run(&nowhere, &[&["man"], &command[..]].concat());
        let text = page.out.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "");
        assert!(page.code == 0 && text.contains(".SH SYNOPSIS"), "{command:?}");
        for option in options(&command) {
            assert!(text.contains(&option), "{command:?} {option}: {text}");
        }
        let file = nowhere.path().join(format!("hrlint-{}.1", command.join("-")));
        assert!(fs::read_to_string(&file).is_ok_and(|page| page.contains(".SH SYNOPSIS")), "{}", file.display());
    }
    assert!(run(&nowhere, &["man"]).out.contains("hrlint"));
    run(&nowhere, &["man", "chek"]).says(2, "there is no command chek");
    run(&nowhere, &["man", "--output", "no/such/folder"]).says(2, "cannot write pages to no/such/folder");
}

#[test]
fn nothing_of_the_environment_is_in_them() {
    for arguments in [
        &["completions", "bash"][..],
        &["completions", "zsh"],
        &["man", "check"],
        &["man", "hook", "run"],
        &["hook", "run", "--help"],
    ] {
        let nowhere = folder(&[]);
        let mut command = program(nowhere.path(), arguments);
        for name in ["HRLINT_MAPPING", "HRLINT_WAIVERS", "HRLINT_FILES", "HRLINT_LINK_KEY_ENV"] {
            command.env(name, "canary");
        }
        assert!(!outcome(&mut command).out.contains("canary"), "{arguments:?}");
    }
}

#[test]
fn no_pipe_gets_a_link() {
    for arguments in [&["explain", "date-not-iso"][..], &["check", "hr.csv", "--color", "always"]] {
        let folder = folder(&[("hr.csv", crate::BAD)]);
        let mut command = program(folder.path(), arguments);
        let run = outcome(command.env("FORCE_HYPERLINK", "1").env("HRLINT_RULES_URL", "https://rules.example/hrlint"));
        assert!(!run.out.contains("]8;;") && !run.out.contains("rules.example"), "{run:?}");
    }
}

/// On a terminal of its own, by script(1), which Linux has.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_that_knows_links_gets_them() {
    let folder = folder(&[("hr.csv", crate::BAD)]);
    let hrlint = env!("CARGO_BIN_EXE_hrlint");
    let on_terminal = |command: &str, force: &str, url: &str| {
        let mut script = std::process::Command::new("script");
        script.args(["--quiet", "--command", &format!("{hrlint} {command}"), "/dev/null"]).current_dir(folder.path());
        script.env("FORCE_HYPERLINK", force).env("HRLINT_RULES_URL", url).stdin(std::process::Stdio::null());
        String::from_utf8_lossy(&script.output().expect("script starts").stdout).into_owned()
    };
    let url = "https://rules.example/hrlint";
    let link = "\u{1b}]8;;https://rules.example/hrlint#email-missing-at\u{1b}\\email-missing-at\u{1b}]8;;\u{1b}\\";
    for command in ["explain email-missing-at", "check hr.csv --now 2026-07-01"] {
        let shown = on_terminal(command, "1", url);
        assert!(shown.contains(link), "{shown}");
        assert!(!on_terminal(command, "0", url).contains("]8;;"));
        assert!(!on_terminal(command, "1", "file:///x").contains("]8;;"));
    }
}
