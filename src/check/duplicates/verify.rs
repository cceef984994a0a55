//! Candidates compared with what they may repeat.

use std::collections::HashMap;
use std::hash::RandomState;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::identity::{Identity, Kind, Relation, Witness};
use super::index::{Candidate, Index};
use super::places::Location;
use crate::accept::Day;
use crate::check::job::Job;
use crate::check::key::Hasher;
use crate::check::mend::identity;
use crate::check::reader::RecordReader;
use crate::check::worker::Worker;
use crate::plan::Layout;
use crate::rules::First;
use crate::scan::Scanner;
use crate::source::{FileSource, Source, changed};

/// Everything that must be remembered to find repeats in the files that share a mapping.
pub(in crate::check) struct Repeats<'p> {
    pub(in crate::check) index: Index,
    pub(in crate::check) hasher: Hasher,
    pub(in crate::check) keyed: RandomState,
    /// Records in the index.
    records: u64,
    files: Vec<Remembered<'p>>,
    /// Candidates that are not equal to the first of their key, by the hash of the record and of the event.
    rows: HashMap<u64, Location>,
    events: HashMap<u64, Location>,
    /// The same by person and kind of row.
    people: HashMap<u64, Location>,
}

/// A file that was begun.
struct Remembered<'p> {
    name: Arc<str>,
    /// Where its records can be read again; nowhere for a stream.
    path: Option<PathBuf>,
    layout: Arc<Layout<'p>>,
    scanner: Scanner,
    /// Offset of its first byte, all files laid end to end.
    base: u64,
    /// The number of its first record, over all files, and that record's spreadsheet row.
    first_number: u64,
    first_row: u64,
    witnesses: Vec<Witness>,
}

/// What a candidate repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) enum Verdict {
    /// An equal record.
    Row(First),
    /// A record of the same event.
    Event(First),
    /// The same person's resignation on another date.
    Resignation(First),
    /// The same person's profile.
    Profile(First),
    /// A profile and a resignation of one person: the one that comes first, whether that is the resignation, and the last
    /// working day.
    Leaver(First, bool, Option<Day>),
}

/// Candidates that are compared before what is known of them is let go.
const AT_A_TIME: usize = 8192;

/// What is known of a candidate after it was compared with the first record of its key.
struct Compared {
    candidate: Candidate,
    identity: Identity,
    witness: Witness,
    relation: Relation,
}

/// The file that is being read, for candidates in it.
pub(in crate::check) struct Current<'c> {
    pub(in crate::check) source: &'c dyn Source,
    /// For each block of the round: where its records' places count from, in the source.
    pub(in crate::check) blocks: &'c [u64],
    /// The job, where records are compared as they are when they are mended.
    pub(in crate::check) mending: Option<&'c Job<'c, 'c>>,
}

impl<'p> Repeats<'p> {
    pub(in crate::check) fn new() -> Self {
        Self {
            index: Index::new(),
            hasher: Hasher::new(),
            keyed: RandomState::new(),
            records: 0,
            files: Vec::new(),
            rows: HashMap::new(),
            events: HashMap::new(),
            people: HashMap::new(),
        }
    }

    /// Begins a file whose first record has this spreadsheet row. Returns that record's number over all files.
    pub(in crate::check) fn begin(
        &mut self,
        name: Arc<str>,
        path: Option<PathBuf>,
        layout: Arc<Layout<'p>>,
        scanner: Scanner,
        base: u64,
        first_row: u64,
    ) -> u64 {
        let (witnesses, first_number) = (Vec::new(), self.records);
        self.files.push(Remembered { name, path, layout, scanner, base, first_number, first_row, witnesses });
        first_number
    }

    /// Says that so many records of the file are in the index.
    pub(in crate::check) fn passed(&mut self, records: u64) {
        self.records += records;
    }

    /// Remembers a stream's records, in order.
    pub(in crate::check) fn witness(&mut self, witnesses: &[Witness]) {
        if let Some(file) = self.files.last_mut() {
            file.witnesses.extend_from_slice(witnesses);
        }
    }

    /// Compares candidates of the current file, in order. Returns those that repeat a record, with the number of their scenario.
    ///
    /// # Errors
    ///
    /// What reading records again raises.
    pub(in crate::check) fn compare(
        &mut self,
        candidates: &[Candidate],
        current: &Current<'_>,
    ) -> io::Result<Vec<(Candidate, Verdict, u8)>> {
        let mut repeats = Vec::new();
        for some in candidates.chunks(AT_A_TIME) {
            let this = &*self;
            let compare = |chunk: &[Candidate]| -> io::Result<Vec<Compared>> {
                let mut sources = Sources::new(this, current);
                chunk.iter().map(|candidate| this.compare_with_first(&mut sources, *candidate)).collect()
            };
            let compared: io::Result<Vec<_>> = some.par_chunks(AT_A_TIME / 16).map(compare).collect();
            for compared in compared?.into_iter().flatten() {
                let (candidate, scenario) = (compared.candidate, compared.identity.particulars().scenario());
                if let Some(verdict) = self.settle(compared, current)? {
                    repeats.push((candidate, verdict, scenario));
                }
            }
        }
        Ok(repeats)
    }

    fn compare_with_first(&self, sources: &mut Sources<'_, 'p>, candidate: Candidate) -> io::Result<Compared> {
        let identity = sources.read(self.location(candidate, sources.current), 0)?;
        let first = sources.identity(candidate.first)?;
        Ok(Compared {
            candidate,
            relation: identity.relation(&first, &self.keyed),
            witness: identity.witness(&self.keyed),
            identity,
        })
    }

    pub(super) fn location(&self, candidate: Candidate, current: &Current<'_>) -> Location {
        let file = self.files.last().expect("candidates come from a file that was begun");
        let offset = file.base + current.blocks[candidate.block] + u64::from(candidate.begin);
        Location { offset, number: candidate.number }
    }

    /// Decides what a candidate repeats, and remembers it when it is not equal to the first of its key.
    fn settle(&mut self, compared: Compared, current: &Current<'_>) -> io::Result<Option<Verdict>> {
        let Compared { candidate, identity, witness, relation } = compared;
        let kind = identity.particulars().kind();
        let mut sources = Sources::new(self, current);
        let mut find = |location: Option<&Location>, wanted: &[Relation]| -> io::Result<Option<(Location, Relation)>> {
            let Some(location) = location.copied() else { return Ok(None) };
            let relation = identity.relation(&sources.identity(location)?, &self.keyed);
            let like = |wanted: &Relation| std::mem::discriminant(wanted) == std::mem::discriminant(&relation);
            Ok(wanted.iter().any(like).then_some((location, relation)))
        };
        let with_first = |wanted: Relation| (relation == wanted).then_some((candidate.first, relation));
        let by_person = |kind| witness.person(kind).and_then(|person| self.people.get(&person));
        // From what says most to what says least: equal rows, one event, one person twice, one person who leaves.
        let mut found = with_first(Relation::Row);
        if found.is_none() {
            found = find(self.rows.get(&witness.row()), &[Relation::Row])?;
        }
        if found.is_none() {
            found = with_first(Relation::Event);
        }
        if found.is_none() {
            let location = witness.event().and_then(|event| self.events.get(&event));
            found = find(location, &[Relation::Row, Relation::Event])?;
        }
        if found.is_none() {
            found = with_first(Relation::Resignation).or_else(|| with_first(Relation::Profile));
        }
        if found.is_none() {
            found = find(by_person(kind), &[Relation::Resignation, Relation::Profile])?;
        }
        if found.is_none() && kind != Kind::Any {
            found = match relation {
                Relation::Leaver(_) => Some((candidate.first, relation)),
                _ => find(by_person(kind.other()), &[Relation::Leaver(None)])?,
            };
        }
        let verdict = found.map(|(location, relation)| self.verdict(location, relation, kind));
        let (is_row, is_event) = (matches!(verdict, Some(Verdict::Row(_))), matches!(verdict, Some(Verdict::Event(_))));
        let here = self.location(candidate, current);
        if !is_row {
            self.rows.entry(witness.row()).or_insert(here);
            if let (false, Some(key)) = (is_event, witness.event()) {
                self.events.entry(key).or_insert(here);
            }
            if let Some(key) = witness.person(kind) {
                self.people.entry(key).or_insert(here);
            }
        }
        Ok(verdict)
    }

    fn verdict(&self, location: Location, relation: Relation, kind: Kind) -> Verdict {
        let first = self.place(location);
        match relation {
            Relation::Event => Verdict::Event(first),
            Relation::Resignation => Verdict::Resignation(first),
            Relation::Profile => Verdict::Profile(first),
            Relation::Leaver(left) => Verdict::Leaver(first, kind == Kind::Profile, left),
            Relation::Row | Relation::None => Verdict::Row(first),
        }
    }

    fn file_of(&self, location: Location) -> usize {
        self.files.partition_point(|file| file.base <= location.offset) - 1
    }

    /// How a person finds the record at a location.
    pub(super) fn place(&self, location: Location) -> First {
        let number = self.file_of(location);
        let file = &self.files[number];
        let row = file.first_row + (location.number - file.first_number);
        First { row, file: (number + 1 < self.files.len()).then(|| Arc::clone(&file.name)) }
    }
}

/// Readers of records, one for the current file and one for an earlier one.
pub(super) struct Sources<'r, 'p> {
    repeats: &'r Repeats<'p>,
    pub(super) current: &'r Current<'r>,
    /// One reader for the candidates, one for what they are compared with: each goes through its file in order.
    readers: [RecordReader; 2],
    earlier: Option<(usize, FileSource)>,
    /// Mends records.
    worker: Option<Box<Worker>>,
}

impl<'r, 'p> Sources<'r, 'p> {
    pub(super) fn new(repeats: &'r Repeats<'p>, current: &'r Current<'r>) -> Self {
        Self {
            repeats,
            current,
            readers: [RecordReader::default(), RecordReader::default()],
            earlier: None,
            worker: None,
        }
    }

    pub(super) fn identity(&mut self, location: Location) -> io::Result<Identity> {
        self.read(location, 1)
    }

    pub(super) fn read(&mut self, location: Location, reader: usize) -> io::Result<Identity> {
        let number = self.repeats.file_of(location);
        let file = &self.repeats.files[number];
        let record = location.number - file.first_number;
        if let Some(witness) = file.witnesses.get(record as usize) {
            return Ok(Identity::Hashed(*witness));
        }
        let source: &dyn Source = if number + 1 == self.repeats.files.len() {
            self.current.source
        } else {
            if self.earlier.as_ref().is_none_or(|(open, _)| *open != number) {
                let path = file.path.as_ref().expect("a stream has witnesses");
                let source = FileSource::new(std::fs::File::open(path)?)?;
                self.earlier = Some((number, source.map_err(|_| changed("was replaced"))?));
            }
            &self.earlier.as_ref().expect("just opened").1
        };
        let layout = &file.layout;
        let offset = location.offset - file.base;
        let read = self.readers[reader].record(source, &file.scanner, offset, number);
        if let (Some(job), Ok(Some(_))) = (self.current.mending, &read) {
            let worker = self.worker.get_or_insert_with(|| Box::new(Worker::new()));
            let (tape, buffer) = self.readers[reader].parts();
            return Ok(identity(job, worker, tape, buffer, 0));
        }
        read?.map(|(bytes, cells)| Identity::of(layout, bytes, cells)).ok_or_else(|| changed("was written to"))
    }
}
