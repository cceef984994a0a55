//! A person decides about repairs that are not safe, one by one.
//!
//! The findings of a check come by in file order; each that has an unsafe repair is shown with what would change, and the
//! answer is kept by rule and place. The repairs are made afterwards, all in one run over the file: only answers are held.

use std::io;
use std::sync::Arc;

use crate::check::{Decisions, Event, Sink};
use crate::finding::{Finding, Fix, Safety};
use crate::source::Source;

/// Most bytes that are read to show a proposal.
const SHOWN: u64 = 64 * 1024;

/// What a person says of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Make it.
    Yes,
    /// Leave it.
    No,
    /// Make it, and all of this rule that follow.
    All,
    /// Leave it and all that follow.
    Quit,
}

/// A repair that somebody must decide about.
#[derive(Clone, Copy)]
pub struct Proposal<'p> {
    /// What is wrong, with the row around it.
    pub finding: &'p Finding,
    /// The bytes that would change, and those beside them in the cell.
    pub before: &'p [u8],
    /// The same after the repair.
    pub after: &'p [u8],
}

/// Shows proposals and takes answers.
pub trait Asker: Send {
    /// Shows a proposal and waits for the answer.
    ///
    /// # Errors
    ///
    /// What the terminal raises.
    fn ask(&mut self, proposal: Proposal<'_>) -> io::Result<Answer>;
}

/// Asks about the findings of one file; a listener of its check.
pub struct Asking<'a> {
    asker: &'a mut dyn Asker,
    source: &'a dyn Source,
    includes: &'a (dyn Fn(&str) -> bool + Sync),
    decisions: Decisions,
    quit: bool,
}

impl<'a> Asking<'a> {
    /// Asks about repairs, in what `source` holds, of the rules that `includes` names.
    pub fn new(asker: &'a mut dyn Asker, source: &'a dyn Source, includes: &'a (dyn Fn(&str) -> bool + Sync)) -> Self {
        Self { asker, source, includes, decisions: Decisions::default(), quit: false }
    }

    /// What was decided.
    #[must_use]
    pub fn decided(self) -> Arc<Decisions> {
        Arc::new(self.decisions)
    }

    fn ask(&mut self, finding: &Finding, fix: &Fix) -> io::Result<Answer> {
        let place = finding.place.offset.zip(finding.place.length).map(|(offset, length)| (offset, offset + length));
        let spans = fix.edits.iter().map(|edit| (edit.offset, edit.offset + edit.length)).chain(place);
        let (begin, end) = spans.fold((u64::MAX, 0), |all, span| (all.0.min(span.0), all.1.max(span.1)));
        if end.saturating_sub(begin) > SHOWN {
            return self.asker.ask(Proposal { finding, before: b"", after: b"" });
        }
        let mut before = vec![0; (end - begin) as usize];
        let read = self.source.read_at(&mut before, begin)?;
        before.truncate(read);
        let (mut after, mut at) = (Vec::new(), 0);
        for edit in &fix.edits {
            let from = (edit.offset - begin) as usize;
            after.extend_from_slice(before.get(at..from).unwrap_or_default());
            after.extend_from_slice(edit.text.as_bytes());
            at = from + edit.length as usize;
        }
        after.extend_from_slice(before.get(at..).unwrap_or_default());
        self.asker.ask(Proposal { finding, before: &before, after: &after })
    }
}

impl Sink for Asking<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        let Event::Finding(finding) = event else { return Ok(()) };
        let Some(fix) = finding.fix.as_ref().filter(|fix| fix.safety == Safety::Unsafe) else { return Ok(()) };
        if self.quit || fix.edits.is_empty() || self.decisions.has_rule(finding.rule) || !(self.includes)(finding.rule)
        {
            return Ok(());
        }
        match self.ask(finding, fix)? {
            Answer::Yes => self.decisions.accept(finding),
            Answer::No => {}
            Answer::All => self.decisions.accept_all(finding.rule),
            Answer::Quit => self.quit = true,
        }
        Ok(())
    }
}
