//! What makes two records equal, two events the same, and two people one.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use crate::accept::Day;
use crate::plan::Layout;
use crate::rules::date::read;
use crate::scan::{Cells, unquote};

/// A record as it is compared: its cells under its header, its event, and whom it is about.
#[derive(Clone, Debug)]
pub(in crate::check) enum Identity {
    /// In full, where the record can be read again.
    Full {
        /// The header that the cells stand under.
        header: Arc<[u8]>,
        /// The cells, with their lengths.
        row: Vec<u8>,
        /// Whom it is about; `None` where that is missing.
        about: Option<About>,
    },
    /// As keyed hashes, where it cannot (in a stream).
    Hashed(Witness),
}

/// Whom a record is about.
#[derive(Clone, Debug)]
pub(in crate::check) struct About {
    /// The address as written.
    address: Vec<u8>,
    /// The event: scenario, address in lower case and date; `None` where the date is missing.
    event: Option<Vec<u8>>,
    particulars: Particulars,
}

/// What else matters of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::check) struct Particulars {
    /// The scenario's number in the mapping.
    scenario: u8,
    kind: Kind,
    /// The date and the last working day of a resignation; 0 where they cannot be read.
    resigned: u32,
    left: u32,
}

/// Whether a person has one row of the scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::check) enum Kind {
    #[default]
    Any,
    Resignation,
    Profile,
}

impl Kind {
    /// The kind that one person hardly has at the same time.
    pub(in crate::check) fn other(self) -> Self {
        match self {
            Self::Any => Self::Any,
            Self::Resignation => Self::Profile,
            Self::Profile => Self::Resignation,
        }
    }
}

/// Keyed 64-bit hashes of a record that cannot be read again; together with the index's key they tell records apart
/// but for one wrong pair in some 10^15 records. Zero: there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Witness {
    row: u64,
    event: u64,
    person: u64,
    spelling: u32,
    particulars: Particulars,
}

/// How two records of one key go together, the later one seen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Relation {
    /// Equal, cell by cell, under the same header.
    Row,
    /// Of the same event.
    Event,
    /// A second resignation on another date.
    Resignation,
    /// A second profile.
    Profile,
    /// A profile and a resignation; the last working day.
    Leaver(Option<Day>),
    /// Nothing of these.
    None,
}

impl Identity {
    /// The identity of a record of `bytes`.
    pub(in crate::check) fn of(layout: &Layout<'_>, bytes: &[u8], cells: Cells<'_>) -> Self {
        let length = cells.next() - cells.begin();
        Self::of_cells(layout, (cells.len(), length), &|column| unquote(&bytes[cells.cell(bytes, column)]))
    }

    /// The identity of a record of these texts.
    pub(in crate::check) fn of_texts(layout: &Layout<'_>, texts: &[Cow<'_, str>]) -> Self {
        let length = texts.iter().map(|text| text.len()).sum();
        Self::of_cells(layout, (texts.len(), length), &|column| Cow::Borrowed(texts[column].as_bytes()))
    }

    /// The identity of so many cells, of so many bytes at most.
    fn of_cells<'t>(
        layout: &Layout<'_>,
        (cells, length): (usize, usize),
        text: &dyn Fn(usize) -> Cow<'t, [u8]>,
    ) -> Self {
        let mut row = Vec::with_capacity(cells * size_of::<u64>() + length);
        for column in 0..cells {
            let cell = text(column);
            row.extend_from_slice(&(cell.len() as u64).to_le_bytes());
            row.extend_from_slice(&cell);
        }
        Self::Full { header: Arc::clone(&layout.header_key), row, about: About::of(layout, cells, text) }
    }

    /// How this record goes together with an earlier one.
    pub(in crate::check) fn relation(&self, earlier: &Self, keyed: &RandomState) -> Relation {
        let (row, event, person) = match (self, earlier) {
            (Self::Full { header, row, about }, Self::Full { header: other_header, row: other, about: whom }) => {
                let (ours, theirs) = (about.as_ref(), whom.as_ref());
                let event = ours.zip(theirs).is_some_and(|(a, b)| a.event.is_some() && a.event == b.event);
                (row == other && header == other_header, event, self.same_person(earlier, keyed))
            }
            _ => {
                let (ours, theirs) = (self.witness(keyed), earlier.witness(keyed));
                let event = ours.event != 0 && ours.event == theirs.event;
                (ours.row == theirs.row, event, self.same_person(earlier, keyed))
            }
        };
        let (ours, theirs) = (self.particulars(), earlier.particulars());
        match (ours.kind, theirs.kind) {
            _ if row => Relation::Row,
            _ if event => Relation::Event,
            _ if !person => Relation::None,
            (Kind::Resignation, Kind::Resignation) if ours.is_rehired(theirs) => Relation::None,
            (Kind::Resignation, Kind::Resignation) => Relation::Resignation,
            (Kind::Profile, Kind::Profile) => Relation::Profile,
            (Kind::Resignation, Kind::Profile) => Relation::Leaver(day(ours)),
            (Kind::Profile, Kind::Resignation) => Relation::Leaver(day(theirs)),
            _ => Relation::None,
        }
    }

    /// Whether both are about the same person.
    pub(in crate::check) fn same_person(&self, other: &Self, keyed: &RandomState) -> bool {
        if let (Self::Full { about, .. }, Self::Full { about: other, .. }) = (self, other) {
            about.as_ref().zip(other.as_ref()).is_some_and(|(a, b)| a.address.eq_ignore_ascii_case(&b.address))
        } else {
            let (ours, theirs) = (self.witness(keyed).person, other.witness(keyed).person);
            ours != 0 && ours == theirs
        }
    }

    /// Whether the address is written with the same letters, the person being the same.
    pub(in crate::check) fn same_spelling(&self, other: &Self, keyed: &RandomState) -> bool {
        if let (Self::Full { about: Some(about), .. }, Self::Full { about: Some(other), .. }) = (self, other) {
            about.address == other.address
        } else {
            self.witness(keyed).spelling == other.witness(keyed).spelling
        }
    }

    /// The identity as hashes.
    pub(in crate::check) fn witness(&self, keyed: &RandomState) -> Witness {
        match self {
            Self::Hashed(witness) => *witness,
            Self::Full { header, row, about } => {
                let about = about.as_ref();
                let hash = |text: &[u8]| keyed.hash_one(text) | 1;
                Witness {
                    row: keyed.hash_one((header, row)),
                    event: about.and_then(|about| about.event.as_ref()).map_or(0, |event| hash(event)),
                    person: about.map_or(0, |about| hash(&about.address.to_ascii_lowercase())),
                    spelling: about.map_or(0, |about| keyed.hash_one(&about.address) as u32),
                    particulars: self.particulars(),
                }
            }
        }
    }

    pub(in crate::check) fn particulars(&self) -> Particulars {
        match self {
            Self::Hashed(witness) => witness.particulars,
            Self::Full { about, .. } => about.as_ref().map_or_else(Particulars::default, |about| about.particulars),
        }
    }
}

impl Particulars {
    /// Whether one of two resignations of a person came after the last working day of the other: the person came back between them.
    fn is_rehired(self, other: Self) -> bool {
        let after = |later: Self, earlier: Self| earlier.left > 0 && later.resigned > earlier.left;
        after(self, other) || after(other, self)
    }

    /// The scenario's number in the mapping.
    pub(in crate::check) fn scenario(self) -> u8 {
        self.scenario
    }

    pub(in crate::check) fn kind(self) -> Kind {
        self.kind
    }
}

fn day(of: Particulars) -> Option<Day> {
    (of.left > 0).then_some(Day(of.left))
}

impl Witness {
    pub(super) fn row(self) -> u64 {
        self.row
    }

    pub(super) fn event(self) -> Option<u64> {
        (self.event != 0).then_some(self.event)
    }

    /// Stands for the person and a kind of row.
    pub(super) fn person(self, kind: Kind) -> Option<u64> {
        (self.person != 0 && kind != Kind::Any).then(|| self.person.rotate_left(kind as u32))
    }
}

impl About {
    fn of<'t>(layout: &Layout<'_>, cells: usize, text: &dyn Fn(usize) -> Cow<'t, [u8]>) -> Option<Self> {
        let table = layout.table_of(cells, text)?;
        let filled = |column: Option<usize>| {
            let text = column.filter(|column| *column < cells).map(text)?;
            (!text.is_empty()).then_some(text)
        };
        let address = filled(table.address)?.into_owned();
        let date = filled(table.event_date);
        let day = |column: usize| {
            let text = filled(Some(column))?;
            read(&String::from_utf8_lossy(&text)).day.map(|day| Day::of(day).0)
        };
        let (resigned, left) = table.employment;
        let [resigned, left] = [resigned, left].map(|column| day(column).unwrap_or(0));
        let kind = match (table.once, table.resigns) {
            (true, true) if date.is_some() => Kind::Resignation,
            (true, false) => Kind::Profile,
            _ => Kind::Any,
        };
        let event = date.map(|date| {
            let mut event = Vec::with_capacity(address.len() + date.len() + size_of::<i64>() + 2);
            event.push(table.number);
            event.extend(address.iter().map(u8::to_ascii_lowercase));
            event.push(b'\n');
            push_moment(&date, &mut event);
            event
        });
        Some(Self { address, event, particulars: Particulars { scenario: table.number, kind, resigned, left } })
    }
}

/// Writes when an event happened. Dates are compared as moments: a person who resigns at 9:00 in Berlin does not resign again at
/// 7:00 UTC.
fn push_moment(date: &[u8], event: &mut Vec<u8>) {
    match str::from_utf8(date).ok().and_then(|date| read(date).instant) {
        Some(instant) => event.extend_from_slice(&instant.to_le_bytes()),
        None => event.extend_from_slice(date),
    }
}
