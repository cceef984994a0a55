//! The file: private, plain, and written by one run at a time.

use std::fs;
use std::time::{Duration, Instant};

use hrlint::upload::ledger::{Ledger, LedgerError};

use crate::example::{eventful, open};

#[test]
fn the_second_run_is_told_who_holds_the_ledger() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("ledger.jsonl");
    let first = open(&path);
    let begun = Instant::now();
    let Err(second) = Ledger::open(&path, Duration::from_millis(120)) else { panic!("it is held") };
    assert!(begun.elapsed() >= Duration::from_millis(120), "it waits as long as it is told to");
    assert!(matches!(second, LedgerError::Locked { .. }));
    if cfg!(unix) {
        assert!(second.to_string().contains(&format!("process {} on ", std::process::id())), "{second}");
    }
    drop(first);
    open(&path);
}

#[test]
fn a_run_that_waits_goes_on_when_the_first_is_done() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("ledger.jsonl");
    let first = open(&path);
    let second = std::thread::scope(|scope| {
        let second =
            scope.spawn(|| Ledger::open(&path, Duration::from_mins(10)).map(|ledger| ledger.uploads().clone()));
        let mut first = first;
        eventful(&mut first, "leavers.csv");
        drop(first);
        second.join().expect("it does not panic")
    });
    assert_eq!(second.expect("it is free").iter().count(), 1, "it sees what the first one wrote");
}

#[test]
fn another_file_given_by_mistake_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("notes.txt");
    for text in ["shopping list", "EmailAddress,ResignationDate\na,b\n", "{}", "{\"version\": 1}\n"] {
        fs::write(&path, text).expect("there is room");
        let Err(error) = Ledger::open(&path, Duration::ZERO) else { panic!("{text} is no ledger") };
        assert!(matches!(error, LedgerError::Damaged { line: 1, .. }), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), text);
    }
}

#[cfg(unix)]
mod on_unix {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::time::Duration;

    use hrlint::upload::ledger::{Ledger, LedgerError};

    use crate::example::open;

    #[test]
    fn ledger_and_folder_are_the_users_alone() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("state/hrlint/ledger.jsonl");
        drop(open(&path));
        let mode = |path: &std::path::Path| fs::metadata(path).expect("it is there").mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&path.with_extension("jsonl.lock")), 0o600);
        assert_eq!(mode(path.parent().expect("it has one")), 0o700);
        fs::set_permissions(&path, Permissions::from_mode(0o644)).expect("it is ours");
        drop(open(&path));
        assert_eq!(mode(&path), 0o600, "what others were allowed is taken from them");
    }

    #[test]
    fn a_link_is_refused_and_what_it_points_at_left_alone() {
        let folder = tempfile::tempdir().expect("there is room");
        let (path, target) = (folder.path().join("ledger.jsonl"), folder.path().join("target"));
        let lock = folder.path().join("ledger.jsonl.lock");
        let refused = || {
            let Err(error) = Ledger::open(&path, Duration::ZERO) else { panic!("it is no plain file") };
            assert!(matches!(error, LedgerError::NotAFile { .. }), "{error}");
        };
        fs::write(&target, "").expect("there is room");
        symlink(&target, &path).expect("links can be made");
        refused();
        fs::remove_file(&target).expect("it is there");
        refused();
        assert!(!target.exists(), "nothing was made through the link");
        fs::remove_file(&path).expect("it is there");
        fs::write(&target, "").expect("there is room");
        fs::hard_link(&target, &path).expect("links can be made");
        refused();
        fs::remove_file(&path).expect("it is there");
        fs::create_dir(&path).expect("there is room");
        refused();
        fs::remove_dir(&path).expect("it is there");
        let pipe = std::process::Command::new("mkfifo").arg(&path).status().expect("it runs");
        assert!(pipe.success());
        refused();
        fs::remove_file(&path).expect("it is there");
        if lock.exists() {
            fs::remove_file(&lock).expect("it is there");
        }
        symlink(&target, &lock).expect("links can be made");
        refused();
        assert_eq!(fs::read_to_string(&target).expect("it is there"), "");
    }
}
