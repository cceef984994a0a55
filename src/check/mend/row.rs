//! One row, mended until no rule offers a repair, and written.

use std::borrow::Cow;

use super::overlap::Taken;
use super::write::write;
use super::{Change, MendedBlock, Mending, Offer};
use crate::check::buffer::Buffer;
use crate::check::careful::{Careful, Row, Target, decode_all};
use crate::check::columns::Columns;
use crate::check::job::{Ending, Job, Wanted};
use crate::check::kept::Judged;
use crate::check::worker::{BlockResult, Failed, Range, Worker};
use crate::plan::RuleId;
use crate::rules::Mend;
use crate::scan::{Cells, Observation, Seen, Tape, unquote};

/// Walks over one row. Repairs come to an end because each takes its fault away; a rule whose repair does not is a bug.
const WALKS: usize = 24;

/// Mends the rows of one block.
pub(in crate::check) struct Mender<'b, 'j, 'p> {
    careful: Careful<'b, 'j, 'p>,
    job: &'b Job<'j, 'p>,
    mending: &'b Mending<'j>,
    /// What walks add up to is of no interest here.
    unused: BlockResult,
    /// The row as it is to be.
    pub(super) texts: Vec<Cow<'b, str>>,
    valid: Vec<bool>,
    /// Which of its cells were changed in the walk at hand.
    taken: Taken,
    out: MendedBlock,
    /// Where the block begins in the buffer, and up to where it is in `out`.
    begin: usize,
    copied: usize,
}

impl<'b, 'j, 'p> Mender<'b, 'j, 'p> {
    /// A mender of the records on a tape, the first of which begins at `begin` of the buffer.
    pub(in crate::check) fn new(
        job: &'b Job<'j, 'p>,
        mending: &'b Mending<'j>,
        wanted: &'b Wanted,
        tape: &'b Tape,
        buffer: &'b Buffer,
        begin: usize,
    ) -> Self {
        Self {
            careful: Careful::new(job, wanted, tape, buffer),
            job,
            mending,
            unused: BlockResult {
                scenarios: vec![0; job.layout.tables.len()],
                too_old: vec![Range::default(); job.layout.frame.headers.len()],
                failed: Failed::new(job.layout.tables.len()),
                columns: Columns::new(job.layout),
                ..BlockResult::default()
            },
            texts: Vec::new(),
            valid: Vec::new(),
            taken: Taken::default(),
            out: MendedBlock { repairs: vec![0; mending.chosen.len()], ..MendedBlock::default() },
            begin,
            copied: begin,
        }
    }

    /// The same for a record that was read again by itself.
    pub(in crate::check) fn unmarked(mut self) -> Self {
        self.careful.marked = false;
        self
    }

    /// Notes where a record begins. Whether it must be written anew, however good it is: its line ends in another way than it
    /// should.
    pub(in crate::check) fn note(&mut self, cells: Cells<'_>) -> bool {
        self.out.begins.push((cells.begin() - self.begin) as u32);
        self.mending.ending.is_some() && self.mending.wanted(self.ending(cells)).is_some()
    }

    fn ending(&self, cells: Cells<'_>) -> Option<Ending> {
        let end = cells.next() - 1;
        (end < self.careful.buffer.piece().len).then(|| Ending::at(self.careful.bytes(), cells.begin(), end))
    }

    /// Mends a row. Returns what is kept of it; `None` for a row that is none, or is none any more.
    pub(in crate::check) fn row(
        &mut self,
        worker: &mut Worker,
        number: usize,
        cells: Cells<'b>,
        seen: &[Observation],
        result: &mut BlockResult,
    ) -> Option<Judged> {
        self.out.unclosed |= seen.iter().any(|seen| matches!(seen.seen, Seen::UnterminatedQuote { .. }));
        match self.settle(worker, number, cells, seen) {
            Settled::Kept(key) => {
                self.write(cells);
                result.rows += u64::from(key.is_some());
                key
            }
            Settled::Deleted => {
                let end = cells.next().min(self.careful.buffer.text().len());
                self.replace(cells.begin(), end, |_| {});
                None
            }
        }
    }

    /// Makes repairs until none is offered.
    pub(super) fn settle(
        &mut self,
        worker: &mut Worker,
        number: usize,
        cells: Cells<'b>,
        seen: &[Observation],
    ) -> Settled {
        let (mut texts, mut valid) = (std::mem::take(&mut self.texts), std::mem::take(&mut self.valid));
        decode_all(self.careful.bytes(), cells, &mut texts, &mut valid);
        self.careful.changed.clear();
        self.careful.changed.resize(texts.len(), false);
        self.decode_others(cells, &mut texts, &mut valid);
        self.cut_surplus(&mut texts, &mut valid);
        let mut settled = None;
        self.careful.settled.clear();
        let mut row = self.careful.row(number, cells, &texts);
        let mut roles = self.careful.usual(row, seen);
        for walk in 0..WALKS {
            worker.offers.clear();
            worker.walks = walk;
            let before = row;
            if walk > 0 {
                row = self.mended(before, &texts);
            }
            let record = self.careful.record(row, &texts, &valid);
            // Where cells were mended for their own sake, in a row that is filled as before.
            let alone = !self.careful.settled.is_empty() && seen.is_empty();
            let is_row = if alone && row.filled.is_some() && before.filled == row.filled {
                self.careful.look_again(worker, row, &record, (roles, self.mending), &mut self.unused)
            } else if let Some(roles) = roles.filter(|_| walk == 0) {
                self.careful.look(worker, row, &record, (roles, self.mending), &mut self.unused);
                true
            } else {
                roles = None;
                self.careful.walk(worker, row, &record, seen, &mut self.unused)
            };
            self.note_settled(&worker.offers, texts.len());
            let made = self.make(&mut worker.offers, &mut texts, &mut valid);
            if made == Made::Deletion {
                settled = Some(Settled::Deleted);
                break;
            }
            if made == Made::Nothing {
                let record = self.careful.record(row, &texts, &valid);
                settled = Some(Settled::Kept(is_row.then(|| self.careful.kept(worker, row, &record))));
                break;
            }
        }
        debug_assert!(settled.is_some(), "the repairs of a row come to an end");
        (self.texts, self.valid) = (texts, valid);
        settled.unwrap_or(Settled::Kept(None))
    }

    /// The row, after repairs were made in it.
    fn mended(&self, row: Row<'b>, texts: &[Cow<'b, str>]) -> Row<'b> {
        let settled = &self.careful.settled;
        if settled.is_empty() {
            return self.careful.row(row.number, row.cells, texts);
        }
        // Only cells that are not settled have changed, and the identifier is not among them.
        let changed = (0..texts.len()).filter(|column| !settled[*column]);
        let fill = |filled, column: usize| filled & !(1 << column) | u64::from(!texts[column].is_empty()) << column;
        Row { filled: row.filled.map(|filled| changed.fold(filled, fill)), ..row }
    }

    /// Makes the repairs that were offered.
    fn make(&mut self, offers: &mut Vec<Offer>, texts: &mut Vec<Cow<'b, str>>, valid: &mut Vec<bool>) -> Made {
        if let Some(offer) = offers.iter().find(|offer| matches!(offer.mend, Mend::DeleteRecord(_))) {
            self.count(offer.rule);
            return Made::Deletion;
        }
        let (mut taken, mut all) = (std::mem::take(&mut self.taken), Made::Nothing);
        taken.clear();
        for offer in offers.drain(..) {
            let made = match offer.mend {
                Mend::Cell(_, text) => match offer.target {
                    Target::Cell(column) => self.change([(column, text)], texts, &mut taken),
                    Target::Record => false,
                },
                Mend::Cells(_, cells) => self.change(cells, texts, &mut taken),
                Mend::Pad(_, count) => {
                    texts.extend(std::iter::repeat_n(Cow::Borrowed(""), count));
                    valid.resize(texts.len(), true);
                    self.careful.changed.resize(texts.len(), true);
                    count > 0
                }
                Mend::DeleteRecord(_) | Mend::Bytes(..) | Mend::Whole(_) => false,
            };
            if made {
                all = Made::Changes;
                self.count(offer.rule);
            }
        }
        self.taken = taken;
        all
    }

    /// Notes which cells need not be judged again: those of which nothing was offered. Rules about filled cells look at the
    /// scenario besides, and at nothing else.
    fn note_settled(&mut self, offers: &[Offer], cells: usize) {
        let settled = &mut self.careful.settled;
        settled.clear();
        let identifier = self.job.layout.frame.identifier;
        let alone = |offer: &Offer| match (&offer.mend, offer.target) {
            (Mend::Cell(..), Target::Cell(column)) if Some(column) != identifier => Some(column),
            _ => None,
        };
        if offers.iter().all(|offer| alone(offer).is_some()) {
            settled.resize(cells, true);
            for column in offers.iter().filter_map(alone).filter(|column| *column < cells) {
                settled[column] = false;
            }
        }
    }

    /// Changes cells together, if all are there and none was changed in this walk.
    fn change<C>(&mut self, cells: C, texts: &mut [Cow<'b, str>], taken: &mut Taken) -> bool
    where
        C: IntoIterator<Item = (usize, String)> + AsRef<[(usize, String)]>,
    {
        let all = || cells.as_ref().iter();
        let there = all().all(|(column, _)| *column < texts.len());
        let changes = all().any(|(column, text)| texts.get(*column).is_some_and(|old| old != text));
        let places = all().map(|(column, _)| *column as u64..*column as u64 + 1);
        if !there || !changes || !taken.take(places) {
            return false;
        }
        for (column, text) in cells {
            texts[column] = Cow::Owned(text);
            self.careful.changed[column] = true;
        }
        true
    }

    fn count(&mut self, rule: RuleId) {
        self.out.repairs[usize::from(rule)] += 1;
    }

    /// Reads cells that are not UTF-8 in the encoding that the user named.
    fn decode_others(&mut self, cells: Cells<'b>, texts: &mut [Cow<'b, str>], valid: &mut [bool]) {
        let Some(encoding) = self.mending.encoding() else { return };
        for column in (0..texts.len()).filter(|column| !valid[*column]).collect::<Vec<_>>() {
            let bytes = self.careful.bytes();
            let raw = unquote(&bytes[cells.cell(bytes, column)]);
            let (text, _) = encoding.decode_without_bom_handling(&raw);
            texts[column] = Cow::Owned(text.into_owned());
            valid[column] = true;
            self.careful.changed[column] = true;
            self.count(self.mending.structure.invalid_utf8);
        }
    }

    /// Takes surplus empty cells away.
    fn cut_surplus(&mut self, texts: &mut Vec<Cow<'b, str>>, valid: &mut Vec<bool>) {
        let headers = self.job.layout.frame.headers.len();
        if self.mending.cuts_surplus() && texts.len() > headers && texts[headers..].iter().all(|text| text.is_empty()) {
            texts.truncate(headers);
            valid.truncate(headers);
            self.count(self.mending.structure.trailing_delimiter);
        }
    }

    /// Writes the row, if it is not as it was.
    fn write(&mut self, cells: Cells<'b>) {
        let other = self.mending.delimiter != self.job.scanner.delimiter;
        let ending = self.mending.wanted(self.ending(cells));
        let anew = other || ending.is_some() || self.texts.len() != cells.len();
        if !anew && !self.careful.changed.contains(&true) {
            return;
        }
        let (changed, texts) = (std::mem::take(&mut self.careful.changed), std::mem::take(&mut self.texts));
        let text = self.careful.buffer.text().len();
        let (bytes, next) = (self.careful.bytes(), cells.next().min(text));
        let (span, delimiter, mut quoted) = (cells.span(bytes), self.mending.delimiter, false);
        self.replace(span.start, next, |out| {
            let mut at = span.start;
            for column in (0..texts.len()).filter(|column| anew || changed[*column]) {
                let raw = if column < cells.len() { cells.cell(bytes, column) } else { span.end..span.end };
                // Whatever stands between the cells is written with them.
                if !anew {
                    out.extend_from_slice(&bytes[at..raw.start]);
                } else if column > 0 {
                    out.push(delimiter);
                }
                at = raw.end;
                let raw = &bytes[raw];
                let in_quotes = raw.first() == Some(&b'"');
                if changed[column] {
                    quoted |= write(out, texts[column].as_bytes(), in_quotes, delimiter) && !in_quotes;
                } else if other && !in_quotes {
                    quoted |= write(out, raw, false, delimiter);
                } else {
                    out.extend_from_slice(raw);
                }
            }
            match ending {
                Some(ending) => out.extend_from_slice(ending.bytes()),
                None if anew => out.extend_from_slice(&bytes[span.end..next]),
                None => out.extend_from_slice(&bytes[at..next]),
            }
        });
        self.out.quoted |= quoted;
        if let Some(ended) = self.ending(cells).filter(|_| ending.is_some()) {
            self.count(self.mending.structure.of_ending(ended));
        }
        (self.careful.changed, self.texts) = (changed, texts);
    }

    /// Puts something in the place of the buffer's bytes from `begin` to `end`.
    fn replace(&mut self, begin: usize, end: usize, fill: impl FnOnce(&mut Vec<u8>)) {
        let new = &mut self.out.new;
        if new.capacity() == 0 {
            let length = self.careful.buffer.text().len() - self.begin;
            new.reserve(length + length / 16);
        }
        new.extend_from_slice(&self.careful.bytes()[self.copied..begin]);
        let from = new.len();
        fill(new);
        self.copied = end;
        let old = begin - self.begin..end - self.begin;
        self.out.changes.push(Change { old, new: from..self.out.new.len() });
    }

    /// The block up to `end` of the buffer.
    pub(in crate::check) fn finish(mut self, worker: &Worker, end: usize) -> MendedBlock {
        let bytes = self.careful.bytes();
        self.out.new.extend_from_slice(&bytes[self.copied..end]);
        self.out.length = end - self.begin;
        self.out.errors.clone_from(&worker.errors);
        if self.mending.choice.wants_old {
            self.out.old.extend_from_slice(&bytes[self.begin..end]);
        }
        self.out
    }
}

/// Repairs made after one walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    Nothing,
    Changes,
    /// The row goes away.
    Deletion,
}

/// What became of a row.
pub(super) enum Settled {
    /// It stays; what is kept of it.
    Kept(Option<Judged>),
    /// It goes away.
    Deleted,
}
