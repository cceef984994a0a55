//! What stands before the first row, mended: byte order mark, blank lines, column names.
//!
//! It is judged as in a check, and the edits of the findings are made, again and again until none is offered. A renamed
//! column may be another column to the rules, so rows are laid over the header as it is to be.

use std::io;

use super::overlap::Taken;
use super::{Choice, Decisions};
use crate::check::event::{Event, Sink};
use crate::finding::{Edit, Finding, Safety, Severity};
use crate::plan::Plan;
use crate::source::Source;

/// A source whose beginning was replaced.
pub(super) struct Patched<'s> {
    inner: &'s dyn Source,
    /// What stands there now.
    pub(super) text: Vec<u8>,
    /// How many bytes of the source it stands for.
    pub(super) replaces: u64,
}

impl<'s> Patched<'s> {
    pub(super) fn new(inner: &'s dyn Source) -> Self {
        Self { inner, text: Vec::new(), replaces: 0 }
    }

    /// Makes edits, which are in order, do not overlap and end before `end`.
    pub(super) fn edit(&mut self, edits: &[Edit], end: u64) -> io::Result<()> {
        let old = self.bytes(0, end)?;
        let (mut new, mut at) = (Vec::with_capacity(old.len()), 0);
        for edit in edits {
            new.extend_from_slice(&old[at..edit.offset as usize]);
            new.extend_from_slice(edit.text.as_bytes());
            at = (edit.offset + edit.length) as usize;
        }
        new.extend_from_slice(&old[at..]);
        self.replaces = self.inner_offset(end);
        self.text = new;
        Ok(())
    }

    /// The bytes from `begin` up to `end`.
    pub(super) fn bytes(&self, begin: u64, end: u64) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; (end - begin) as usize];
        let read = self.read_at(&mut bytes, begin)?;
        bytes.truncate(read);
        Ok(bytes)
    }

    /// The offset in the source, of an offset that lies behind what was replaced.
    pub(super) fn inner_offset(&self, offset: u64) -> u64 {
        (offset + self.replaces).saturating_sub(self.text.len() as u64)
    }
}

impl Source for Patched<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let held = self.text.get(offset as usize..).unwrap_or_default();
        let from_text = held.len().min(buffer.len());
        buffer[..from_text].copy_from_slice(&held[..from_text]);
        if from_text == buffer.len() {
            return Ok(from_text);
        }
        let offset = self.inner_offset(offset + from_text as u64);
        Ok(from_text + self.inner.read_at(&mut buffer[from_text..], offset)?)
    }

    fn size(&self) -> Option<u64> {
        self.inner.size().map(|size| size - self.replaces + self.text.len() as u64)
    }

    fn release(&self, offset: u64) {
        if offset >= self.text.len() as u64 {
            self.inner.release(self.inner_offset(offset));
        }
    }

    fn rereads(&self) -> bool {
        self.inner.rereads()
    }

    fn verify(&self) -> io::Result<()> {
        self.inner.verify()
    }
}

/// Collects the repairs that findings before the first row offer.
pub(super) struct Collected<'c> {
    plan: &'c Plan,
    choice: &'c Choice,
    found: Vec<(&'static str, Vec<Edit>)>,
    /// Rules of which there are errors.
    pub(super) errors: Vec<&'static str>,
}

impl<'c> Collected<'c> {
    pub(super) fn new(plan: &'c Plan, choice: &'c Choice) -> Self {
        Self { plan, choice, found: Vec::new(), errors: Vec::new() }
    }

    /// The edits to be made at once: the first offered of those that overlap, in order; and the rules that offered them.
    pub(super) fn edits(&mut self, end: u64) -> (Vec<Edit>, Vec<&'static str>) {
        let (mut edits, mut rules): (Vec<Edit>, Vec<_>) = (Vec::new(), Vec::new());
        let mut taken = Taken::default();
        for (rule, fix) in std::mem::take(&mut self.found) {
            let inside = fix.iter().all(|edit| edit.offset + edit.length <= end);
            if inside && taken.take(fix.iter().map(|edit| edit.offset..edit.offset + edit.length)) {
                edits.extend(fix);
                rules.push(rule);
            }
        }
        edits.sort_by_key(|edit| edit.offset);
        (edits, rules)
    }

    fn wants(&self, finding: &Finding) -> bool {
        let id = self.plan.id(finding.rule);
        let safe = finding.fix.as_ref().is_some_and(|fix| fix.safety >= self.choice.safety && !fix.edits.is_empty());
        let unsafe_one = finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Unsafe);
        let decided = |decisions: &Decisions| !unsafe_one || decisions.wants(finding);
        safe && self.choice.includes(self.plan, id) && self.choice.decisions.as_deref().is_none_or(decided)
    }
}

impl Sink for Collected<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        let Event::Finding(finding) = event else { return Ok(()) };
        if finding.severity == Severity::Error {
            self.errors.push(finding.rule);
        }
        if self.wants(finding) {
            self.found.extend(finding.fix.as_ref().map(|fix| (finding.rule, fix.edits.clone())));
        }
        Ok(())
    }
}
