//! Short texts that stand in row after row where they should not, such as `n/a` in every column that a scenario does not use: one word
//! each is compared, and all of a row are counted at once.

use super::begun::Told;
use super::contents::Contents;
use super::said::{Kinds, Shown};

/// Shapes that are remembered; a power of two.
const SHAPES: usize = 64;

/// Most texts of a shape.
const MOST: usize = 16;

/// Shapes of rows, by what must be the same for a text to be judged the same.
#[derive(Default)]
pub(super) struct Shapes {
    /// There are none until one is remembered.
    list: Vec<Shape>,
    /// Changes whenever what was found may no longer be there.
    pub(super) version: u32,
}

/// Rows of one scenario of which the same cells are filled, and their short texts.
#[derive(Clone, Copy, Default)]
struct Shape {
    /// The scenario's place, counted from one, and the cells that are filled.
    scenario: usize,
    filled: u64,
    /// Bit `i`: the text of column `i` is remembered.
    columns: u64,
    texts: [Short; MOST],
    count: usize,
    /// The block in which all of them need only be counted.
    ready: u32,
    /// Rows that were met since they were counted, the first and the last of them.
    again: u32,
    first: u32,
    last: u32,
    /// Whether something that was said of the texts is an error.
    grave: bool,
    /// Rows that had these texts, and rows that had not all of them.
    met: u32,
    missed: u32,
    /// Bit `i`: column `i` of such a row had another text.
    others: u64,
}

#[derive(Clone, Copy, Default)]
struct Short {
    /// The text, and ones for the bytes that count.
    word: u64,
    keep: u64,
    length: u32,
    column: u8,
    kind: u16,
}

/// What a row's shape tells.
#[derive(Clone, Copy, Default)]
pub(super) struct Shaped {
    /// Bit `i`: the text of column `i` is the one remembered, and need only be counted.
    pub(super) columns: u64,
    place: usize,
    /// Whether the shape is not remembered.
    is_new: bool,
}

impl Shapes {
    /// Looks for the row's short texts. `columns`: those in which they may stand.
    #[inline(always)]
    pub(super) fn find(
        &mut self,
        (scenario, filled, columns): (usize, u64, u64),
        bytes: &[u8],
        texts: &Contents,
        (kinds, shown): (&mut Kinds, &Shown<'_>),
    ) -> Shaped {
        if columns == 0 {
            return Shaped::default();
        }
        let place = place(scenario, filled);
        let nothing = Shaped { place, ..Shaped::default() };
        let Some(shape) =
            self.list.get_mut(place).filter(|shape| shape.scenario == scenario + 1 && shape.filled == filled)
        else {
            return Shaped { is_new: true, ..nothing };
        };
        if shape.ready != kinds.block() && !shape.becomes_ready(kinds, shown) {
            return nothing;
        }
        let mut other = 0;
        for text in &shape.texts[..shape.count.min(MOST)] {
            other |= text.differs(bytes, texts);
        }
        if other != 0 {
            shape.miss(bytes, texts);
            return nothing;
        }
        Shaped { columns: shape.columns, ..nothing }
    }

    /// Counts a row whose short texts were found; whether something of them is an error.
    #[inline(always)]
    pub(super) fn meet(&mut self, shaped: Shaped, row: usize) -> bool {
        let shape = &mut self.list[shaped.place];
        shape.again += 1;
        shape.first = shape.first.min(row as u32);
        shape.last = row as u32;
        shape.grave
    }

    /// Remembers a row that was recalled, if its shape is not remembered.
    #[inline(always)]
    pub(super) fn learn(
        &mut self,
        shaped: Shaped,
        (scenario, filled, columns): (usize, u64, u64),
        bytes: &[u8],
        (texts, told): (&Contents, &[Told; 64]),
        kinds: &mut Kinds,
    ) {
        if shaped.is_new {
            self.remember(shaped.place, (scenario, filled, columns), bytes, (texts, told), kinds);
        }
    }

    #[cold]
    fn remember(
        &mut self,
        place: usize,
        (scenario, filled, mut columns): (usize, u64, u64),
        bytes: &[u8],
        (texts, told): (&Contents, &[Told; 64]),
        kinds: &mut Kinds,
    ) {
        self.version += 1;
        self.list.resize(SHAPES, Shape::default());
        let shape = &mut self.list[place];
        shape.count_in(kinds);
        *shape = Shape { scenario: scenario + 1, filled, ready: kinds.block(), first: u32::MAX, ..Shape::default() };
        while columns != 0 && shape.count < MOST {
            let column = columns.trailing_zeros();
            columns &= columns - 1;
            let kind = told[column as usize].known.kind();
            let Some(short) = Short::new(column as u8, bytes, texts, kind) else { continue };
            shape.texts[shape.count] = short;
            shape.count += 1;
            shape.columns |= 1 << column;
            shape.grave |= kinds.at(short.kind).grave;
        }
    }

    /// Counts all that were met among what was said, and lets alone what is often missed.
    pub(super) fn count(&mut self, kinds: &mut Kinds) {
        self.version += 1;
        for shape in &mut self.list {
            shape.count_in(kinds);
            shape.shrink(kinds);
        }
    }

    /// Forgets all, which was counted.
    pub(super) fn clear(&mut self) {
        self.version += 1;
        self.list.clear();
    }
}

impl Shape {
    #[cold]
    fn becomes_ready(&mut self, kinds: &mut Kinds, shown: &Shown<'_>) -> bool {
        let ready = self.texts[..self.count].iter().all(|text| kinds.is_ready(text.kind, shown));
        self.ready = if ready { kinds.block() } else { 0 };
        ready
    }

    /// Notes a row with other texts.
    #[cold]
    fn miss(&mut self, bytes: &[u8], texts: &Contents) {
        self.missed += 1;
        for text in &self.texts[..self.count] {
            let differs = text.differs(bytes, texts) != 0;
            self.others |= u64::from(differs) << text.column;
        }
    }

    /// Where many rows have other texts, the columns that these stand in are let alone.
    fn shrink(&mut self, kinds: &Kinds) {
        if self.missed > 16 && self.missed > self.met / 8 {
            let (texts, count) = (self.texts, self.count);
            (self.count, self.grave) = (0, false);
            self.columns &= !self.others;
            for text in texts[..count].iter().filter(|text| self.columns >> text.column & 1 == 1) {
                self.texts[self.count] = *text;
                self.count += 1;
                self.grave |= kinds.at(text.kind).grave;
            }
        }
        (self.missed, self.met, self.others) = (0, 0, 0);
    }

    fn count_in(&mut self, kinds: &mut Kinds) {
        if self.again > 0 {
            self.met = self.met.saturating_add(self.again);
            for text in &self.texts[..self.count] {
                kinds.meet_all(text.kind, self.again, (self.first, self.last));
            }
        }
        (self.again, self.first, self.last) = (0, u32::MAX, 0);
    }
}

impl Short {
    fn new(column: u8, bytes: &[u8], texts: &Contents, kind: u16) -> Option<Self> {
        let length = texts.length(column.into());
        let word = word(bytes, texts.of(column.into()).0).filter(|_| length <= 8)?;
        let keep = if length == 0 { 0 } else { u64::MAX >> (64 - 8 * length) };
        Some(Self { word: word & keep, keep, length, column, kind })
    }

    /// Not zero where the cell holds another text.
    #[inline(always)]
    fn differs(&self, bytes: &[u8], texts: &Contents) -> u64 {
        let column = self.column.into();
        let Some(word) = word(bytes, texts.of(column).0) else { return 1 };
        (word & self.keep ^ self.word) | u64::from(texts.length(column) ^ self.length)
    }
}

#[inline(always)]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|word| u64::from_le_bytes(*word))
}

#[inline(always)]
fn place(scenario: usize, filled: u64) -> usize {
    let hash = (filled ^ (scenario as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> (u64::BITS - SHAPES.ilog2())) as usize % SHAPES
}
