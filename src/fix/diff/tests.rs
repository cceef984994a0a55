//! Diffs of small files, held against what `similar` makes of the same texts.

use std::ops::Range;

use proptest::prelude::*;
use similar::TextDiff;

use super::{Diff, Looks};
use crate::check::{Change, Mended, Receiver as _};

/// The diff of a file of which these ranges become these texts, handed over in pieces.
fn diff(old: &[u8], edits: &[(Range<usize>, &[u8])], looks: Looks) -> (Vec<u8>, Vec<u8>) {
    let (mut new, mut changes, mut at) = (Vec::new(), Vec::new(), 0);
    for (range, text) in edits {
        new.extend_from_slice(&old[at..range.start]);
        let begin = new.len();
        new.extend_from_slice(text);
        changes.push(Change { old: range.clone(), new: begin..new.len() });
        at = range.end;
    }
    new.extend_from_slice(&old[at..]);
    let mut out = Vec::new();
    let measured = {
        let mut diff = Diff::measure();
        diff.take(Mended { old, new: &new, changes: &changes }).expect("nothing is printed");
        diff.finish().expect("nothing is printed")
    };
    let mut diff = Diff::print("hr.csv", looks, &mut out, measured);
    diff.take(Mended { old, new: &new, changes: &changes }).expect("memory");
    diff.finish().expect("memory");
    (new, out)
}

fn bytes(old: &str, edits: &[(Range<usize>, &[u8])]) -> String {
    String::from_utf8(diff(old.as_bytes(), edits, Looks::Bytes).1).expect("all was UTF-8")
}

#[test]
fn near_changes_share_a_hunk_and_far_ones_do_not() {
    let old: String = ('a'..='z').flat_map(|c| [c, '\n']).collect();
    let text = bytes(&old, &[(0..1, b"A"), (14..15, b"H"), (48..49, b"Y")]);
    let expected = "--- a/hr.csv\n+++ b/hr.csv\n@@ -1,11 +1,11 @@\n-a\n+A\n b\n c\n d\n e\n f\n g\n-h\n+H\n i\n j\n k\n\
                    @@ -22,5 +22,5 @@\n v\n w\n x\n-y\n+Y\n z\n";
    assert_eq!(text, expected);
}

#[test]
fn a_missing_last_line_feed_is_said() {
    let text = bytes("a\nb", &[(2..3, b"B")]);
    assert_eq!(
        text,
        "--- a/hr.csv\n+++ b/hr.csv\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+B\n\\ No newline at end of file\n"
    );
}

#[test]
fn a_removed_line_and_all_lines_removed() {
    assert_eq!(bytes("a\nb\n", &[(0..2, b"")]), "--- a/hr.csv\n+++ b/hr.csv\n@@ -1,2 +1 @@\n-a\n b\n");
    assert_eq!(bytes("a\n", &[(0..2, b"")]), "--- a/hr.csv\n+++ b/hr.csv\n@@ -1 +0,0 @@\n-a\n");
}

#[test]
fn a_person_sees_what_changed_and_nothing_that_acts() {
    let (_, out) = diff(b"x,\x1b[2J y\n", &[(7..8, b"")], Looks::Person { colour: true });
    let text = String::from_utf8(out).expect("UTF-8");
    assert!(text.contains("\\u{1b}[2J") && !text.contains("\u{1b}[2J"), "{text}");
    assert!(text.contains("\u{1b}[1;7;31m") || text.contains("\u{1b}[31m"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn diffs_are_as_long_as_those_of_similar_and_hold_the_same_lines(
        lines in proptest::collection::vec(("[a-c]{0,3}", proptest::option::weighted(0.2, "[x-z]{0,3}")), 1..40),
        last: bool,
    ) {
        let mut old = String::new();
        let mut edits: Vec<(Range<usize>, Vec<u8>)> = Vec::new();
        for (line, edit) in &lines {
            let begin = old.len();
            old += line;
            if let Some(edit) = edit.as_ref().filter(|edit| *edit != line) {
                edits.push((begin..old.len(), edit.as_bytes().to_vec()));
            }
            old.push('\n');
        }
        if last {
            old.pop();
        }
        let edits: Vec<(Range<usize>, &[u8])> = edits.iter().map(|(range, text)| (range.clone(), &text[..])).collect();
        let (new, out) = diff(old.as_bytes(), &edits, Looks::Bytes);
        let ours = String::from_utf8(out).expect("ASCII");
        let new = String::from_utf8(new).expect("ASCII");
        let theirs = TextDiff::from_lines(&old, &new).unified_diff().context_radius(3).to_string();
        // Where lines repeat, similar may find fewer changes than were made.
        let count = |text: &str, sign: char| text.lines().filter(|line| line.starts_with(sign)).count();
        prop_assert!(count(&ours, '-') >= count(&theirs, '-'), "{ours}\n{theirs}");
        if theirs.is_empty() {
            prop_assert!(ours.is_empty());
        }
    }
}
