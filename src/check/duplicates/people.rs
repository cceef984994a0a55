//! Addresses in other letters than before: the records in question read again and compared.

use std::io;

use rayon::prelude::*;

use super::index::{Candidate, Respelled};
use super::places::Location;
use super::verify::{Current, Repeats, Sources};
use crate::rules::First;

/// A record whose address is written in other letters than that of an earlier one.
#[derive(Clone, Debug)]
pub(in crate::check) struct Respelling {
    pub(in crate::check) record: Candidate,
    /// The earlier record.
    pub(in crate::check) first: First,
}

impl<'p> Repeats<'p> {
    /// Compares records of the current file with earlier ones of whoever looks like the same person. Returns those whose
    /// address is written in other letters, in order.
    ///
    /// # Errors
    ///
    /// What reading records again raises.
    pub(in crate::check) fn respelled(
        &self,
        respelled: &[Respelled],
        current: &Current<'_>,
    ) -> io::Result<Vec<Respelling>> {
        let compare = |some: &[Respelled]| -> io::Result<Vec<Respelling>> {
            let mut sources = Sources::new(self, current);
            let found = some.iter().map(|respelled| self.first_spelling(&mut sources, respelled));
            found.filter_map(Result::transpose).collect()
        };
        let found: io::Result<Vec<_>> = respelled.par_chunks(512).map(compare).collect();
        Ok(found?.into_iter().flatten().collect())
    }

    /// The first record of the person if its address is written in other letters, and nobody wrote it like this before.
    fn first_spelling(&self, sources: &mut Sources<'_, 'p>, respelled: &Respelled) -> io::Result<Option<Respelling>> {
        let identity = sources.read(self.location(respelled.record, sources.current), 0)?;
        let mut first: Option<Location> = None;
        // Whoever wrote it in small letters before need not be told that others did not.
        let of = |capitals: bool| if capitals { &respelled.capital } else { &respelled.small };
        for location in of(respelled.capitals) {
            let other = sources.identity(*location)?;
            if identity.same_person(&other, &self.keyed) {
                if identity.same_spelling(&other, &self.keyed) {
                    return Ok(None);
                }
                first = Some(*location);
                break;
            }
        }
        for location in of(!respelled.capitals) {
            if first.is_some_and(|first| first.offset < location.offset) {
                break;
            }
            let other = sources.identity(*location)?;
            if identity.same_person(&other, &self.keyed) {
                first = Some(*location);
                break;
            }
        }
        Ok(first.map(|location| Respelling { record: respelled.record, first: self.place(location) }))
    }
}
