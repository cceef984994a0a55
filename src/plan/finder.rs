//! Which scenario a row belongs to, told from the very bytes of its identifier.

use std::collections::HashSet;

use super::Table;
use crate::accept::{Text, ends};
use crate::scan::Windows;

/// Finds tables by the identifier as it is written, with quotes or without, by its first and last bytes and its length.
pub struct Finder {
    factor: u64,
    places: Box<[Place; PLACES]>,
    /// Whether some identifier has no place: it is too long, or another one has its place.
    crowded: bool,
}

/// Places of identifiers; a power of two.
const PLACES: usize = 256;

/// An identifier as it is written, and whose it is.
#[derive(Clone, Copy)]
struct Place {
    text: Text,
    table: usize,
}

impl Finder {
    /// Looks for a factor that gives every identifier places of its own. Those that find none are found otherwise.
    #[must_use]
    pub fn new(tables: &[Table]) -> Self {
        let quoted = |text: &[u8]| [b"\"", text, b"\""].concat();
        let forms =
            |(table, it): (usize, &Table)| [it.identifier.clone(), quoted(&it.identifier)].map(|text| (text, table));
        let forms: Vec<_> = tables.iter().enumerate().flat_map(forms).collect();
        // What begins with a quote, but is none, is no identifier.
        let is_whole = |text: &[u8]| !text.starts_with(b"\"") || text.len() > 1 && text.ends_with(b"\"");
        let fit = forms.iter().filter(|(text, _)| text.len() <= 64 && is_whole(text));
        let texts: Vec<_> = fit.map(|(text, table)| Place { text: Text::new(text), table: *table }).collect();
        let of = |factor: u64, it: &Place| place(factor, &it.text.bytes, it.text.length);
        let taken = |factor: &u64| texts.iter().map(|it| of(*factor, it)).collect::<HashSet<_>>().len();
        let factors = (1..200).map(|i: u64| i.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let factor = factors.max_by_key(taken).expect("there are factors");
        let mut places = Box::new([Place { text: Text::NONE, table: Self::NONE }; PLACES]);
        texts.iter().for_each(|it| places[of(factor, it)] = *it);
        let crowded = taken(&factor) < forms.len();
        Self { factor, places, crowded }
    }

    /// What is found where no table is: more than there are tables.
    pub const NONE: usize = usize::MAX;

    /// The table whose identifier the first bytes of a window are; [`Finder::NONE`], too, where it is found otherwise.
    #[must_use]
    #[inline(always)]
    pub fn find(&self, set: impl Windows, window: &[u8; 64], length: usize) -> usize {
        let Place { text, table } = &self.places[place(self.factor, window, length)];
        if text.is(set, window, length) { *table } else { Self::NONE }
    }

    /// Whether some table is not found.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        self.crowded
    }
}

#[inline(always)]
fn place(factor: u64, window: &[u8; 64], length: usize) -> usize {
    (ends(window, length).wrapping_mul(factor) >> 56) as usize % PLACES
}
