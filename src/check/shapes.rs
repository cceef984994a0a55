//! Short texts that stand in row after row where they should not, such as `n/a` in every column that a scenario does not use: those
//! side by side are compared at once, and all of a row are counted at once.

use super::begun::Told;
use super::contents::Contents;
use super::said::{Kinds, Shown};
use crate::accept::{self, Text};
use crate::scan::Windows;

/// Shapes that are remembered; a power of two.
const SHAPES: usize = 64;

/// Most texts of a shape, and most runs of them.
const MOST: usize = 16;
const RUNS: usize = 4;

/// Longest text.
const LONGEST: usize = 8;

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
    runs: [Run; RUNS],
    run_count: usize,
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
    /// Bit `i`: column `i` of such a row had another text, and column `i` is let alone for that.
    others: u64,
    alone: u64,
    /// Whether it is to be remembered anew.
    stale: bool,
}

/// A text by itself.
#[derive(Clone, Copy, Default)]
struct Short {
    text: [u8; LONGEST],
    length: usize,
    column: usize,
    kind: u16,
}

/// Texts of columns side by side, with what stands between them and the byte before them.
#[derive(Clone, Copy)]
struct Run {
    text: Text,
    /// The first column and the last.
    first: usize,
    last: usize,
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
        set: impl Windows,
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
        let Some(shape) = self.list.get_mut(place).filter(|shape| shape.is_of(scenario, filled) && !shape.stale) else {
            return Shaped { is_new: true, ..nothing };
        };
        if shape.ready != kinds.block() && !shape.becomes_ready(kinds, shown) {
            return nothing;
        }
        for run in &shape.runs[..shape.run_count.min(RUNS)] {
            if !run.is_in(set, bytes, texts) {
                shape.miss(bytes, texts);
                return nothing;
            }
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
        // Before the first byte of the buffer there is none.
        if shaped.is_new && texts.of(0).0 > 0 {
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
        let alone = if shape.is_of(scenario, filled) { shape.alone } else { 0 };
        *shape =
            Shape { scenario: scenario + 1, filled, alone, ready: kinds.block(), first: u32::MAX, ..Shape::default() };
        columns &= !alone;
        while columns != 0 && shape.count < MOST {
            let column = columns.trailing_zeros() as usize;
            columns &= columns - 1;
            let kind = told[column].known.kind();
            let Some(short) = Short::new(column, bytes, texts, kind) else { continue };
            if !shape.runs_on(column, bytes, texts) {
                break;
            }
            shape.texts[shape.count] = short;
            shape.count += 1;
            shape.columns |= 1 << column;
            shape.grave |= kinds.at(kind).grave;
        }
    }

    /// Counts all that were met among what was said, and lets alone what is often missed.
    pub(super) fn count(&mut self, kinds: &mut Kinds) {
        self.version += 1;
        for shape in &mut self.list {
            shape.count_in(kinds);
            shape.shrink();
        }
    }

    /// Forgets all, which was counted.
    pub(super) fn clear(&mut self) {
        self.version += 1;
        self.list.clear();
    }
}

impl Shape {
    #[inline(always)]
    fn is_of(&self, scenario: usize, filled: u64) -> bool {
        self.scenario == scenario + 1 && self.filled == filled
    }

    #[cold]
    fn becomes_ready(&mut self, kinds: &mut Kinds, shown: &Shown<'_>) -> bool {
        let ready = self.texts[..self.count].iter().all(|text| kinds.is_ready(text.kind, shown));
        self.ready = if ready { kinds.block() } else { 0 };
        ready
    }

    /// Lets the last run go on with a column, or begins another one; `false` when there is no room for it.
    fn runs_on(&mut self, column: usize, bytes: &[u8], texts: &Contents) -> bool {
        if let Some(run) = self.runs[..self.run_count].last_mut()
            && run.last + 1 == column
            && let Some(longer) = Run::new((run.first, column), bytes, texts)
        {
            *run = longer;
            return true;
        }
        let (Some(place), Some(run)) = (self.runs.get_mut(self.run_count), Run::new((column, column), bytes, texts))
        else {
            return false;
        };
        *place = run;
        self.run_count += 1;
        true
    }

    /// Notes a row with other texts.
    #[cold]
    fn miss(&mut self, bytes: &[u8], texts: &Contents) {
        let mut others = 0;
        for text in &self.texts[..self.count] {
            let (begin, end) = texts.of(text.column);
            let differs = bytes[begin..end] != text.text[..text.length];
            others |= u64::from(differs) << text.column;
        }
        self.missed += 1;
        // Where the texts are the same, quotes around them are not.
        self.others |= if others == 0 { self.columns } else { others };
    }

    /// Where many rows have other texts, the columns that these stand in are let alone.
    fn shrink(&mut self) {
        if self.missed > 16 && self.missed > self.met / 8 {
            self.alone |= self.others;
            self.stale = true;
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
    fn new(column: usize, bytes: &[u8], texts: &Contents, kind: u16) -> Option<Self> {
        let (begin, end) = texts.of(column);
        let mut text = [0; LONGEST];
        text.get_mut(..end - begin)?.copy_from_slice(&bytes[begin..end]);
        Some(Self { text, length: end - begin, column, kind })
    }
}

impl Run {
    const NONE: Self = Self { text: Text::NONE, first: 0, last: 0 };

    /// What stands from one column to another, if it is not too long.
    fn new((first, last): (usize, usize), bytes: &[u8], texts: &Contents) -> Option<Self> {
        let (begin, end) = Self::range((first, last), texts);
        let text = bytes.get(begin..end).filter(|text| text.len() <= 64)?;
        Some(Self { text: Text::new(text), first, last })
    }

    /// Where a run begins, one byte before the first text, and where it ends.
    #[inline(always)]
    fn range((first, last): (usize, usize), texts: &Contents) -> (usize, usize) {
        (texts.of(first).0.wrapping_sub(1), texts.of(last).1)
    }

    /// Whether the columns hold the same. The byte before tells whether the first text is quoted: where that is the same and all behind
    /// it, so is where the texts begin and end.
    #[inline(always)]
    fn is_in(&self, set: impl Windows, bytes: &[u8], texts: &Contents) -> bool {
        let (begin, end) = Self::range((self.first, self.last), texts);
        accept::window(bytes, begin).is_some_and(|window| self.text.is(set, window, end.wrapping_sub(begin)))
    }
}

impl Default for Run {
    fn default() -> Self {
        Self::NONE
    }
}

#[inline(always)]
fn place(scenario: usize, filled: u64) -> usize {
    let hash = (filled ^ (scenario as u64) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> (u64::BITS - SHAPES.ilog2())) as usize % SHAPES
}
