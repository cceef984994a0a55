//! What makes two records equal, and two events the same.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use crate::plan::Layout;
use crate::scan::{Cells, unquote};

/// A record as it is compared: its cells under its header, and its event.
#[derive(Clone, Debug)]
pub(in crate::check) enum Identity {
    /// In full, where the record can be read again.
    Full {
        /// The header that the cells stand under.
        header: Arc<[u8]>,
        /// The cells, with their lengths.
        row: Vec<u8>,
        /// Scenario, address in lower case and event date; `None` where one of them is missing.
        event: Option<Vec<u8>>,
    },
    /// As keyed hashes, where it cannot (in a stream).
    Hashed(Witness),
}

/// Two 64-bit keyed hashes of a record that cannot be read again; together with the index's key they tell records apart
/// but for one wrong pair in some 10^15 records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Witness {
    row: u64,
    event: Option<u64>,
}

impl Identity {
    /// The identity of a record of `bytes`.
    pub(in crate::check) fn of(layout: &Layout<'_>, bytes: &[u8], cells: Cells<'_>) -> Self {
        Self::of_cells(layout, cells.len(), &|column| unquote(&bytes[cells.cell(bytes, column)]))
    }

    /// The identity of a record of these texts.
    pub(in crate::check) fn of_texts(layout: &Layout<'_>, texts: &[Cow<'_, str>]) -> Self {
        Self::of_cells(layout, texts.len(), &|column| Cow::Borrowed(texts[column].as_bytes()))
    }

    fn of_cells<'t>(layout: &Layout<'_>, cells: usize, text: &dyn Fn(usize) -> Cow<'t, [u8]>) -> Self {
        let mut row = Vec::new();
        for column in 0..cells {
            let cell = text(column);
            row.extend_from_slice(&(cell.len() as u64).to_le_bytes());
            row.extend_from_slice(&cell);
        }
        Self::Full { header: Arc::clone(&layout.header_key), row, event: event(layout, cells, text) }
    }

    /// Whether the records are equal, cell by cell, under the same header.
    pub(in crate::check) fn same_row(&self, other: &Self, keyed: &RandomState) -> bool {
        match (self, other) {
            (Self::Full { header, row, .. }, Self::Full { header: other_header, row: other, .. }) => {
                row == other && header == other_header
            }
            _ => self.witness(keyed).row == other.witness(keyed).row,
        }
    }

    /// Whether the records tell of the same event.
    pub(in crate::check) fn same_event(&self, other: &Self, keyed: &RandomState) -> bool {
        if let (Self::Full { event, .. }, Self::Full { event: other, .. }) = (self, other) {
            event.is_some() && event == other
        } else {
            let (event, other) = (self.witness(keyed).event, other.witness(keyed).event);
            event.is_some() && event == other
        }
    }

    /// The identity as hashes.
    pub(in crate::check) fn witness(&self, keyed: &RandomState) -> Witness {
        match self {
            Self::Hashed(witness) => *witness,
            Self::Full { header, row, event } => {
                Witness { row: keyed.hash_one((header, row)), event: event.as_ref().map(|event| keyed.hash_one(event)) }
            }
        }
    }
}

impl Witness {
    pub(super) fn row(self) -> u64 {
        self.row
    }

    pub(super) fn event(self) -> Option<u64> {
        self.event
    }
}

fn event<'t>(layout: &Layout<'_>, cells: usize, text: &dyn Fn(usize) -> Cow<'t, [u8]>) -> Option<Vec<u8>> {
    let table = match layout.frame.identifier {
        Some(column) => {
            let identifier = (column < cells).then(|| text(column))?;
            layout.tables.iter().find(|table| *table.identifier == *identifier)?
        }
        None => layout.tables.first()?,
    };
    let (address, date) = (table.address?, table.event_date?);
    if address >= cells || date >= cells {
        return None;
    }
    let (address, date) = (text(address), text(date));
    if address.is_empty() || date.is_empty() {
        return None;
    }
    let mut event = vec![table.number];
    event.extend_from_slice(&address.to_ascii_lowercase());
    event.push(b'\n');
    event.extend_from_slice(&date);
    Some(event)
}
