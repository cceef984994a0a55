//! A row that may be recalled, begun: its texts found, the short ones compared, and what is remembered of the others looked for. Rows
//! are begun one ahead, so that what is not in the nearest cache need not be waited for.

use super::careful::{Careful, Row};
use super::contents::Contents;
use super::said::Shown;
use super::shapes::Shaped;
use super::verdicts::{Known, Look, Place};
use super::worker::Worker;
use crate::accept::{self, Day};
use crate::plan::{Role, Roles};
use crate::scan::{Cells, Marks, Windows};

/// What is known of a cell before anything is counted.
#[derive(Clone, Copy, Default)]
pub(super) struct Told {
    /// Of one that was judged before, which text it is.
    pub(super) known: Known,
    /// Of a good date, the number of its day.
    pub(super) day: u32,
    pub(super) look: Look,
}

/// What is known of a row before what its texts were judged is looked up.
pub(super) struct Begun {
    pub(super) texts: Contents,
    pub(super) told: [Told; 64],
    /// Its number, and the version of what is remembered. A row that was not begun has none.
    pub(super) row: usize,
    pub(super) version: u32,
    pub(super) of_row: Row64,
    /// Cells that are judged by their text alone, and those of them that are rather remembered than good.
    pub(super) judged_alone: u64,
    pub(super) likely: u64,
}

/// The same of a row's cells: bit `i` is for cell `i`.
#[derive(Clone, Copy, Default)]
pub(super) struct Row64 {
    pub(super) filled: u64,
    /// Was judged before, and is counted by itself.
    pub(super) before: u64,
    /// The others that were judged before.
    pub(super) shaped: Shaped,
    /// Is judged anew by the rules about any cell; in a row of a known scenario, one of sign-in names by all others, too.
    pub(super) anew: u64,
}

impl<'b> Careful<'b, '_, '_> {
    #[inline(always)]
    pub(super) fn roles(&self, row: Row<'b>) -> Option<&'b Roles> {
        let layout = self.job.layout;
        layout.roles[row.scenario.unwrap_or(layout.tables.len())].as_ref()
    }

    /// Begins a row that was not begun with the row before it.
    #[cold]
    pub(super) fn begin_anew(
        &self,
        set: impl Windows,
        worker: &mut Worker,
        row: Row<'b>,
        (begun, likely): (&mut Begun, u64),
        kept: usize,
    ) {
        self.begin(set, worker, row, (begun, likely), kept);
    }

    /// Finds a row's texts, and begins to look for what is remembered of them. `likely`: columns that are rather remembered than good.
    #[inline(always)]
    pub(super) fn begin(
        &self,
        set: impl Windows,
        worker: &mut Worker,
        row: Row<'b>,
        (begun, likely): (&mut Begun, u64),
        kept: usize,
    ) {
        begun.row = usize::MAX;
        if let Some(roles) = self.roles(row)
            && self.begin_with(set, worker, row, roles, (begun, likely), kept).is_some()
        {
            (begun.row, begun.version) = (row.number, worker.verdicts.shapes.version);
        }
    }

    /// The same with what the row's scenario asks; `None` where the row cannot be recalled.
    #[inline(always)]
    fn begin_with(
        &self,
        set: impl Windows,
        worker: &mut Worker,
        row: Row<'b>,
        roles: &Roles,
        (begun, likely): (&mut Begun, u64),
        kept: usize,
    ) -> Option<()> {
        let Begun { texts, told, .. } = begun;
        let bytes = self.bytes();
        let quoted = Marks::any(&self.tape.marks().quote, row.cells.begin(), row.cells.next() - 1);
        let stored = (quoted.then_some(&self.tape.marks().quote[..]), self.tape.has_returns());
        let filled = texts.find_filled(set, bytes, row.cells, stored)?;
        let texts = &*texts;
        let judged_alone = (roles.dates | roles.texts) & filled;
        // Of what was bad in the rows before, it need not be asked whether it is good.
        let asked = (roles.idle | roles.upns | roles.texts & !likely) & filled;
        let odd = self.odd(set, texts, row.cells, quoted, asked);
        // Something odd is rather remembered than good.
        let likely = judged_alone & (likely | odd);
        let mut left = judged_alone & !likely;
        let mut remembered = roles.used & !filled | roles.foreign & filled | roles.idle & odd | roles.unknown | likely;
        while left != 0 {
            let column = next(&mut left);
            remembered |=
                u64::from(!self.is_good(roles.columns[column], texts.of(column), &mut told[column])) << column;
        }
        let mut shaped = Shaped::default();
        if let Some(shape) = shape(row, roles, filled) {
            let (verdicts, shown) = (&mut worker.verdicts, Shown { tally: &worker.tally, wanted: self.wanted, kept });
            shaped = verdicts.shapes.find(set, shape, bytes, texts, (&mut verdicts.kinds, &shown));
            remembered &= !shaped.columns;
        }
        let (own, alike) = match row.scenario {
            Some(at) => ((at + 1, filled), self.job.layout.alike(at)),
            None => ((0, 0), &[][..]),
        };
        let mut left = remembered;
        while left != 0 {
            let column = next(&mut left);
            let alike = if (roles.used & filled) >> column & 1 == 1 { alike.get(column) } else { None };
            let place = Place::of(column, own, alike.copied());
            let cell = &mut told[column];
            cell.look = worker.verdicts.look(set, place, bytes, texts.of(column))?;
            worker.verdicts.fetch(set, &cell.look);
        }
        begun.of_row = Row64 { filled, before: remembered, shaped, anew: roles.upns & odd };
        (begun.judged_alone, begun.likely) = (judged_alone, likely);
        Some(())
    }

    /// Which of the cells that are asked about hold something that a rule about any cell might speak of. Line breaks, which are not
    /// marked, stand in quoted cells alone.
    #[inline(always)]
    fn odd(&self, set: impl Windows, texts: &Contents, cells: Cells<'_>, quoted: bool, asked: u64) -> u64 {
        let marks = self.tape.marks();
        let stored = !quoted && !self.tape.has_returns();
        let mut odd = texts.marked(set, cells, (&marks.odd, stored), asked);
        let mut left = if quoted { asked & !odd } else { 0 };
        while left != 0 {
            let column = next(&mut left);
            let (begin, _) = texts.of(column);
            odd |= u64::from(begin > 0 && self.bytes()[begin - 1] == b'"') << column;
        }
        odd
    }

    /// Whether no rule speaks of a date or a text.
    #[inline(always)]
    pub(super) fn is_good(&self, role: Role, place: (usize, usize), cell: &mut Told) -> bool {
        let text = self.text_at(place);
        match role {
            Role::Date(effective) => {
                let day = self.good_date(text, effective);
                cell.day = day.map_or(0, |day| day.0);
                day.is_some()
            }
            Role::Text(most) => text.len() <= most && accept::is_plain(text),
            _ => false,
        }
    }

    #[inline(always)]
    pub(super) fn text_at(&self, (begin, end): (usize, usize)) -> &'b [u8] {
        &self.bytes()[begin..end]
    }

    /// The day of a date of which no rule speaks.
    #[inline(always)]
    pub(super) fn good_date(&self, text: &[u8], effective: bool) -> Option<Day> {
        accept::date(text).filter(|day| self.job.is_usual(*day, effective))
    }
}

impl Default for Begun {
    fn default() -> Self {
        let (told, of_row) = ([Told::default(); 64], Row64::default());
        Self { texts: Contents::new(), told, row: usize::MAX, version: 0, of_row, judged_alone: 0, likely: 0 }
    }
}

/// What makes short texts of a row mean the same: its scenario, which cells are filled; and where such texts may stand: in columns
/// that the scenario does not use, or leaves empty.
#[inline(always)]
pub(super) fn shape(row: Row<'_>, roles: &Roles, filled: u64) -> Option<(usize, u64, u64)> {
    let columns = (roles.foreign & filled | roles.used & !filled) & !roles.paired;
    row.scenario.map(|at| (at, filled, columns))
}

/// Takes away the first bit that is set; its place.
#[inline(always)]
pub(super) fn next(bits: &mut u64) -> usize {
    let place = bits.trailing_zeros() as usize % 64;
    *bits &= *bits - 1;
    place
}
