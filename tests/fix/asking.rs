//! A person decides: only what was accepted is made, and safe repairs are made unasked.

use std::io;
use std::sync::Arc;

use hrlint::check::{Choice, Input, Options, Session};
use hrlint::finding::Safety;
use hrlint::fix::ask::{Answer, Asker, Asking, Proposal};

use crate::memory::{Memory, mended, plan};

const FILE: &str = "EmailAddress,EffectiveDate,Remarks,Rating\n\
    a@northwind-energy.de,2026-05-04T09:00:00, one,3\n\
    b@northwind-energy.de,2026-05-05T09:00:00,two \u{2013} \u{201c}three\u{201d},3\n\
    c@northwind-energy.de,2026-05-06T09:00:00,four \u{2013} five,3\n";

/// Gives prepared answers, and keeps what it was shown.
struct Prepared {
    answers: Vec<Answer>,
    shown: Vec<(&'static str, String, String)>,
}

impl Asker for Prepared {
    fn ask(&mut self, proposal: Proposal<'_>) -> io::Result<Answer> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        self.shown.push((proposal.finding.rule, text(proposal.before), text(proposal.after)));
        Ok(self.answers.remove(0))
    }
}

/// The file after these answers, and what was asked.
fn asked(answers: &[Answer]) -> (String, Vec<(&'static str, String, String)>) {
    let plan = plan();
    let mut asker = Prepared { answers: answers.to_vec(), shown: Vec::new() };
    let (source, all) = (Memory(FILE.as_bytes()), |_: &str| true);
    let mut asking = Asking::new(&mut asker, &source, &all);
    let options = Options::default();
    let mut session = Session::new(&options, &mut asking);
    session
        .source(&Input { name: "hr.csv".into(), path: None, plan: &plan }, &source)
        .expect("the answers are prepared");
    drop(session);
    let decisions: Arc<_> = asking.decided();
    let choice = Choice { safety: Safety::Unsafe, decisions: Some(decisions), ..Choice::safe() };
    let (kept, _) = mended(FILE.as_bytes(), &plan, &choice, &options).expect("the file can be read");
    (String::from_utf8(kept.new).expect("it was UTF-8"), asker.shown)
}

#[test]
fn each_repair_is_decided_by_itself() {
    use Answer::{No, Yes};
    let (text, shown) = asked(&[Yes, No, Yes, No, No]);
    let expected = FILE
        .replace("2026-05-04T09:00:00", "2026-05-04T09:00:00Z")
        .replace(", one", ",one")
        .replace("two \u{2013} \u{201c}three\u{201d}", "\"two - \"\"three\"\"\"");
    assert_eq!(text, expected);
    let rules: Vec<_> = shown.iter().map(|(rule, ..)| *rule).collect();
    let (offset, dash) = ("date-missing-offset", "smart-punctuation");
    assert_eq!(rules, [offset, offset, dash, offset, dash]);
    assert_eq!((shown[0].1.as_str(), shown[0].2.as_str()), ("2026-05-04T09:00:00", "2026-05-04T09:00:00Z"));
}

#[test]
fn all_of_a_kind_are_accepted_at_once_and_quitting_leaves_the_rest() {
    let (text, shown) = asked(&[Answer::All, Answer::Quit]);
    assert_eq!(text, FILE.replace("T09:00:00", "T09:00:00Z").replace(", one", ",one"));
    assert_eq!(shown.len(), 2);
}
