//! One file, mended from its first byte to its last.

use std::io;
use std::sync::Arc;

use super::choice::Structure;
use super::prologue::{Collected, Patched};
use super::write::{write, written};
use super::{Change, Choice, Mended, MendedBlock, Mending, Receiver, Repairs};
use crate::check::buffer::Buffer;
use crate::check::connector::Connector;
use crate::check::duplicates::Repeats;
use crate::check::emit::Emitter;
use crate::check::encoding;
use crate::check::error::CheckError;
use crate::check::error::Stopped;
use crate::check::event::{Event, Sink};
use crate::check::file::{FileCheck, Opened};
use crate::check::head::{self, LOOK};
use crate::check::header::{self, HeaderRecord};
use crate::check::job::Ending;
use crate::check::options::Options;
use crate::check::prologue::{Begun, Prologue};
use crate::check::tally::Quota;
use crate::finding::{Edit, Printable, Safety};
use crate::plan::{Plan, RuleId};
use crate::rules::Observed;
use crate::scan::unquote;
use crate::source::{DecodedSource, Source};

/// Times that what stands before the first row is judged and mended.
const TURNS: usize = 1000;

/// Bytes of a block at most: mended blocks wait for their turn with all their bytes.
const BLOCK: u64 = 128 * 1024;

/// Bytes that are copied at a time.
const COPIED: usize = 256 * 1024;

/// Mends what `source` holds and hands it to `receiver`.
///
/// Runs on the threads of the rayon pool that it is called in.
///
/// # Errors
///
/// What is the matter with the file, or what the receiver raises.
pub fn mend(
    name: &Arc<str>,
    source: &dyn Source,
    plan: &Plan,
    options: &Options<'_>,
    choice: &Choice,
    receiver: &mut dyn Receiver,
) -> Result<Repairs, Stopped> {
    let opened = &Opened { name: Arc::clone(name), path: None, source, base: 0 };
    let options = &Options { block_size: options.block_size.min(BLOCK), ..*options };
    let structure = Structure::of(plan);
    let mut look = vec![0; LOOK];
    let read = opened.source.read_at(&mut look, 0).map_err(|error| CheckError::read(&opened.name, error))?;
    let rules = plan.rule_ids().count();
    let file = FileMend { opened, plan, options, choice, structure, repairs: vec![0; rules], errors: vec![0; rules] };
    let Ok(reading) = encoding::reading(head::kind(&look[..read]), plan.mapping.encoding, &look[..read]) else {
        return file.untouched(receiver);
    };
    match (reading.decoding, reading.oddity) {
        (None, _) => file.text(opened.source, receiver),
        (Some(encoding), Some((_, Observed::Utf16 { marked, .. })))
            if choice.includes(plan, structure.utf16_encoding) && (marked || choice.safety == Safety::Unsafe) =>
        {
            let mut file = file;
            file.repairs[usize::from(structure.utf16_encoding)] += 1;
            let source = DecodedSource::new(opened.source, encoding, reading.begin);
            Ok(Repairs { decoded: true, ..file.text(&source, receiver)? })
        }
        // In an encoding that the mapping declares, or that somebody must look at: nothing is written in it.
        _ => file.untouched(receiver),
    }
}

struct FileMend<'f> {
    opened: &'f Opened<'f>,
    plan: &'f Plan,
    options: &'f Options<'f>,
    choice: &'f Choice,
    structure: Structure,
    /// Repairs by rule.
    repairs: Vec<u64>,
    /// Errors before, by rule.
    errors: Vec<u64>,
}

impl<'f> FileMend<'f> {
    fn unreadable(&self, error: io::Error) -> Stopped {
        CheckError::read(&self.opened.name, error).into()
    }

    fn untouched(&self, receiver: &mut dyn Receiver) -> Result<Repairs, Stopped> {
        self.copy(self.opened.source, 0, receiver)?;
        Ok(Repairs { untouched: true, ..Repairs::default() })
    }

    /// Hands on what cannot be mended as it is, from some place on.
    fn copy(&self, source: &dyn Source, from: u64, receiver: &mut dyn Receiver) -> Result<(), Stopped> {
        let (mut at, mut buffer) = (from, vec![0; COPIED]);
        loop {
            let read = source.read_at(&mut buffer, at).map_err(|error| self.unreadable(error))?;
            if read == 0 {
                return source.verify().map_err(|error| self.unreadable(error));
            }
            let bytes = &buffer[..read];
            let old = if self.choice.wants_old { bytes } else { b"" };
            receiver.take(Mended { old, new: bytes, changes: &[] }).map_err(Stopped::Listener)?;
            at += read as u64;
            source.release(at);
        }
    }

    fn text(mut self, source: &dyn Source, receiver: &mut dyn Receiver) -> Result<Repairs, Stopped> {
        let mut patched = Patched::new(source);
        let Some(prologue) = self.settle(&mut patched)? else {
            // Without what stood before them, the rows may turn out to be in single quotes, say.
            self.hand_on(source, patched.replaces, &patched.text, receiver)?;
            self.copy(source, patched.replaces, receiver)?;
            return Ok(self.made());
        };
        let mut mending = self.mending(&prologue);
        let rows = prologue.rows.offset;
        mending.shift = patched.inner_offset(rows).cast_signed() - rows.cast_signed();
        self.beginning(source, &patched, &prologue, &mending, receiver)?;

        let mut nowhere = Nowhere;
        let (mut repeats, mut connector) = (Repeats::new(), Connector::default());
        let quota = Quota { left: 0, per_group: 0 };
        let mut emitter = Emitter::new(Arc::clone(&self.opened.name), self.plan, &mut nowhere, quota, None);
        let mut check =
            FileCheck::new(self.opened, self.plan, self.options, &mut repeats, &mut connector, &mut emitter);
        let mut job = check.job(&patched, &prologue.layout, prologue.scanner, &prologue.header, rows);
        job.repeats = mending.chosen[usize::from(self.structure.exact_duplicate_row)];
        job.mending = Some(mending);
        let errors = &mut self.errors;
        let (repairs, duplicates) = (&mut self.repairs, usize::from(self.structure.exact_duplicate_row));
        let (mut unclosed, mut quoted) = (false, false);
        let mut take = |block: MendedBlock, repeated: &[u32]| {
            unclosed |= block.unclosed;
            quoted |= block.quoted;
            block.errors.iter().zip(errors.iter_mut()).for_each(|(block, all)| *all += block);
            block.repairs.iter().zip(repairs.iter_mut()).for_each(|(block, all)| *all += block);
            repairs[duplicates] += repeated.len() as u64;
            receiver.take(block.without(repeated).mended())
        };
        check.rows(&job, &prologue, &mut take)?;
        if unclosed && quoted {
            let file = Printable::new(&self.opened.name).to_string();
            return Err(CheckError::Unclosed { file }.into());
        }
        Ok(self.made())
    }

    /// What was mended so far.
    fn made(&self) -> Repairs {
        let named = |counts: &[u64]| {
            let rules = self.plan.rule_ids().map(|id| (self.plan.rule(id).name, counts[usize::from(id)]));
            rules.filter(|(_, count)| *count > 0).collect()
        };
        Repairs { counts: named(&self.repairs), before: named(&self.errors), ..Repairs::default() }
    }

    /// Hands on a beginning: what the first bytes of the source became.
    fn hand_on(&self, source: &dyn Source, old: u64, new: &[u8], receiver: &mut dyn Receiver) -> Result<(), Stopped> {
        let length = old as usize;
        let mut old = vec![0; length];
        let read = source.read_at(&mut old, 0).map_err(|error| self.unreadable(error))?;
        old.truncate(read);
        let changes = [Change { old: 0..old.len(), new: 0..new.len() }];
        let changes = if old == new { &[][..] } else { &changes };
        let old = if self.choice.wants_old { &old[..] } else { b"" };
        receiver.take(Mended { old, new, changes }).map_err(Stopped::Listener)
    }

    /// What is mended in the rows under this header.
    fn mending(&self, prologue: &Prologue<'_>) -> Mending<'f> {
        let chosen: Vec<bool> = self.plan.rule_ids().map(|id| self.choice.includes(self.plan, id)).collect();
        let is_chosen = |id: RuleId| chosen[usize::from(id)];
        let delimiter = prologue.scanner.delimiter;
        let expected = self.plan.mapping.delimiter;
        Mending {
            plan: self.plan,
            choice: self.choice,
            delimiter: if is_chosen(self.structure.wrong_delimiter) { expected } else { delimiter },
            ending: match prologue.header.ending {
                Some(Ending::Return) if is_chosen(self.structure.lone_cr) => Some(Ending::LineFeed),
                ending => ending,
            },
            // One return among other endings may belong to a text: a person decides, about the whole file.
            returns: is_chosen(self.structure.lone_cr)
                && (prologue.header.ending == Some(Ending::Return)
                    || (self.choice.safety == Safety::Unsafe && self.choice.decisions.is_none())),
            structure: self.structure,
            shift: 0,
            chosen,
        }
    }

    /// Mends what stands before the first row until nothing more is offered.
    fn settle(&mut self, patched: &mut Patched<'_>) -> Result<Option<Prologue<'f>>, Stopped> {
        let plan = self.plan;
        for _ in 0..TURNS {
            let look = patched.bytes(0, LOOK as u64).map_err(|error| self.unreadable(error))?;
            let reading = encoding::reading(head::kind(&look), plan.mapping.encoding, &look);
            let (begin, oddity) = reading.map_or((0, None), |reading| (reading.begin, reading.oddity));
            let mut collected = Collected::new(plan, self.choice);
            let (mut repeats, mut connector) = (Repeats::new(), Connector::default());
            let quota = Quota { left: u64::MAX, per_group: u64::MAX };
            let mut emitter = Emitter::new(Arc::clone(&self.opened.name), plan, &mut collected, quota, None);
            let mut check = FileCheck::new(self.opened, plan, self.options, &mut repeats, &mut connector, &mut emitter);
            let delimiter = self.choice.delimiter.unwrap_or(plan.mapping.delimiter);
            let Begun::Prologue(prologue) = check.prologue(patched, begin, delimiter, oddity)? else { return Ok(None) };
            let (mut edits, mut rules) = collected.edits(prologue.rows.offset);
            if edits.is_empty() {
                (edits, rules) = self.decoded(patched, &prologue)?;
            }
            if edits.is_empty() {
                for rule in collected.errors {
                    self.errors[usize::from(plan.id(rule))] += 1;
                }
                return Ok(Some(*prologue));
            }
            for rule in rules {
                self.repairs[usize::from(plan.id(rule))] += 1;
            }
            patched.edit(&edits, prologue.rows.offset).map_err(|error| self.unreadable(error))?;
        }
        debug_assert!(false, "the repairs of a header come to an end");
        Ok(None)
    }

    /// Column names that are not UTF-8, read in the encoding that the user named.
    fn decoded(
        &self,
        patched: &Patched<'_>,
        prologue: &Prologue<'_>,
    ) -> Result<(Vec<Edit>, Vec<&'static str>), Stopped> {
        let Some(encoding) = self.mending(prologue).encoding() else { return Ok((Vec::new(), Vec::new())) };
        let bytes = self.header_bytes(patched, &prologue.header)?;
        let cells = prologue.header.tape.record(0);
        let raw = |column| cells.cell(&bytes, column);
        let odd = (0..cells.len()).filter(|column| str::from_utf8(&bytes[raw(*column)]).is_err());
        let edit = |column: usize| {
            let (range, content) = (raw(column), unquote(&bytes[raw(column)]));
            let (text, _) = encoding.decode_without_bom_handling(&content);
            let text = written(&text, bytes[range.start] == b'"', prologue.scanner.delimiter);
            Edit { offset: prologue.header.begin + range.start as u64, length: range.len() as u64, text }
        };
        let edits: Vec<_> = odd.map(edit).collect();
        let rules = vec!["invalid-utf8"; edits.len()];
        Ok((edits, rules))
    }

    /// The header's bytes and its line ending, which a tape counts from; a line feed follows where it has no ending.
    fn header_bytes(&self, patched: &Patched<'_>, header: &HeaderRecord) -> Result<Vec<u8>, Stopped> {
        let bytes = patched.bytes(header.begin, header.next).map_err(|error| self.unreadable(error));
        bytes.map(|mut bytes| {
            bytes.push(b'\n');
            bytes
        })
    }

    /// Hands on what stands before the first row.
    fn beginning(
        &mut self,
        source: &dyn Source,
        patched: &Patched<'_>,
        prologue: &Prologue<'_>,
        mending: &Mending<'_>,
        receiver: &mut dyn Receiver,
    ) -> Result<(), Stopped> {
        let header = &prologue.header;
        let mut new = patched.bytes(0, header.begin).map_err(|error| self.unreadable(error))?;
        self.write_record(patched, prologue, header, mending, &mut new)?;
        let mut buffer = Buffer::default();
        for labels in &prologue.labels {
            let read = header::read(patched, &prologue.scanner, labels.begin, &mut buffer, &self.opened.name)?;
            if let Some(labels) = read {
                self.write_record(patched, prologue, &labels, mending, &mut new)?;
            }
        }
        self.repairs[usize::from(self.structure.wrong_delimiter)] +=
            u64::from(mending.delimiter != prologue.scanner.delimiter);
        self.hand_on(source, patched.inner_offset(prologue.rows.offset), &new, receiver)
    }

    /// Writes the header, or a row of labels below it, as the rows are written.
    fn write_record(
        &mut self,
        patched: &Patched<'_>,
        prologue: &Prologue<'_>,
        record: &HeaderRecord,
        mending: &Mending<'_>,
        new: &mut Vec<u8>,
    ) -> Result<(), Stopped> {
        let bytes = self.header_bytes(patched, record)?;
        let cells = record.tape.record(0);
        let headers = prologue.layout.frame.headers.len();
        let surplus = (headers..cells.len()).all(|column| unquote(&bytes[cells.cell(&bytes, column)]).is_empty());
        let kept =
            if mending.cuts_surplus() && surplus && headers > 0 { headers.min(cells.len()) } else { cells.len() };
        for column in 0..kept {
            if column > 0 {
                new.push(mending.delimiter);
            }
            let raw = &bytes[cells.cell(&bytes, column)];
            let quoted = raw.first() == Some(&b'"');
            if !quoted && mending.delimiter != prologue.scanner.delimiter {
                write(new, raw, false, mending.delimiter);
            } else {
                new.extend_from_slice(raw);
            }
        }
        match (record.ending, mending.wanted(record.ending)) {
            (Some(ending), Some(wanted)) => {
                new.extend_from_slice(wanted.bytes());
                self.repairs[usize::from(mending.structure.of_ending(ending))] += 1;
            }
            _ => new.extend_from_slice(&bytes[cells.span(&bytes).end..bytes.len() - 1]),
        }
        self.repairs[usize::from(self.structure.trailing_delimiter)] += u64::from(kept < cells.len());
        Ok(())
    }
}

/// A listener that keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn take(&mut self, _: Event<'_>) -> io::Result<()> {
        Ok(())
    }
}
