//! What only a whole column shows: whether any row fills it, how its dates are written, whether they are all the same.
//!
//! Every block makes a [`Columns`] of its own; [`Columns::join`] makes one of two. Rows that are surely good are looked at
//! only as long as there is something left to see: a column that was filled once is filled, and two dates that differ refute
//! that all are the same, so after a few rows of a block its [`Watch`] is over.

use crate::plan::{Layout, Table};
use crate::rules::date::{Style, read};
use crate::rules::{Observed, Settings};

/// Longest text that is compared: dates are shorter.
const LONGEST: usize = 40;

/// What rows show of their columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// By scenario and column: whether some row fills it.
    filled: Vec<bool>,
    width: usize,
    /// The columns that were seen to hold dates.
    dates: Vec<Dates>,
}

/// The dates of a column.
#[derive(Clone, Debug)]
struct Dates {
    column: usize,
    /// Filled cells by how they are written.
    written: [u64; Style::ALL.len()],
    same: Same,
}

/// Whether all texts are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Same {
    Nothing,
    Text { text: [u8; LONGEST], length: usize, count: u64 },
    Different,
}

/// What is left to see in the rows of one scenario that are surely good.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Watch {
    /// Columns that are still looked at.
    pub(super) open: u64,
    /// Rows.
    pub(super) rows: u64,
}

impl Columns {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        let width = layout.frame.headers.len();
        Self { filled: vec![false; layout.tables.len() * width], width, dates: Vec::new() }
    }

    /// What is to be watched in the rows of each scenario.
    pub(super) fn watches(layout: &Layout<'_>) -> Vec<Watch> {
        layout.tables.iter().map(|table| Watch { open: table.watched, rows: 0 }).collect()
    }

    /// Looks at a row that is surely good.
    #[cold]
    pub(super) fn look<'b>(
        &mut self,
        number: usize,
        table: &Table,
        watch: &mut Watch,
        text: impl Fn(usize) -> &'b [u8],
    ) {
        let mut left = watch.open;
        while left != 0 {
            let column = left.trailing_zeros() as usize;
            left &= left - 1;
            let (text, date) = (text(column), table.dates.contains(&column));
            if !text.is_empty() {
                self.filled[number * self.width + column] = true;
            }
            // A date that may be missing is counted as long as there are rows: all others are as many as there are rows.
            let may_be_missing = date && table.required >> column & 1 == 0;
            if may_be_missing && text.is_empty() {
                let written = &mut self.dates(column).written[Style::Iso as usize];
                *written = written.wrapping_sub(1);
            }
            let over = if date { text.is_empty() || self.dates(column).same.see(text) } else { !text.is_empty() };
            if over && !may_be_missing {
                watch.open &= !(1 << column);
            }
        }
    }

    /// Adds what is known without looking: every row that is surely good holds good dates.
    pub(super) fn accepted(&mut self, layout: &Layout<'_>, watches: &[Watch]) {
        for (number, (table, watch)) in layout.tables.iter().zip(watches).enumerate().filter(|(_, (_, w))| w.rows > 0) {
            for column in &table.dates {
                let written = &mut self.dates(*column).written[Style::Iso as usize];
                *written = written.wrapping_add(watch.rows);
            }
            let required = (0..self.width.min(64)).filter(|column| table.required >> column & 1 == 1);
            required.for_each(|column| self.filled[number * self.width + column] = true);
        }
    }

    /// A filled cell of a row that was judged cell by cell.
    pub(super) fn fill(&mut self, table: usize, column: usize) {
        self.filled[table * self.width + column] = true;
    }

    /// A filled date of such a row.
    pub(super) fn date(&mut self, column: usize, text: &[u8], style: Option<Style>) {
        let dates = self.dates(column);
        dates.same.see(text);
        if let Some(style) = style {
            let written = &mut dates.written[style as usize];
            *written = written.wrapping_add(1);
        }
    }

    /// Notes the text of a filled date; whether they are known to differ.
    pub(super) fn see(&mut self, column: usize, text: &[u8]) -> bool {
        self.dates(column).same.see(text)
    }

    /// Counts so many dates that are written like this.
    pub(super) fn count(&mut self, column: usize, style: Style, times: u64) {
        let written = &mut self.dates(column).written[style as usize];
        *written = written.wrapping_add(times);
    }

    fn dates(&mut self, column: usize) -> &mut Dates {
        let place = self.dates.iter().position(|dates| dates.column == column).unwrap_or_else(|| {
            self.dates.push(Dates { column, written: [0; Style::ALL.len()], same: Same::Nothing });
            self.dates.len() - 1
        });
        &mut self.dates[place]
    }

    /// Adds what other rows of the same file show.
    pub(super) fn join(&mut self, other: &Self) {
        self.filled.iter_mut().zip(&other.filled).for_each(|(filled, other)| *filled |= other);
        for other in &other.dates {
            let dates = self.dates(other.column);
            dates.same = dates.same.join(other.same);
            dates.written.iter_mut().zip(other.written).for_each(|(all, more)| *all = all.wrapping_add(more));
        }
    }

    /// Whether some row of the scenario fills the column.
    pub(super) fn is_filled(&self, table: usize, column: usize) -> bool {
        self.filled[table * self.width + column]
    }

    /// What is to be said of the columns, as rule, column and fact.
    pub(super) fn facts(&self, layout: &Layout<'_>, rows: &[u64]) -> Vec<(&'static str, usize, Observed)> {
        let settings = &layout.frame.settings;
        let mut facts = self.empty(layout, rows);
        for dates in &self.dates {
            facts.extend(dates.facts(settings).into_iter().map(|(rule, fact)| (rule, dates.column, fact)));
        }
        facts
    }

    /// Columns that nothing fills although enough rows could, and none must.
    fn empty(&self, layout: &Layout<'_>, rows: &[u64]) -> Vec<(&'static str, usize, Observed)> {
        let rule = "column-entirely-empty";
        let least = layout.plan.option(rule, "rows");
        let users = |column: usize| {
            let scenarios = layout.frame.scenarios.iter().enumerate().filter(|(at, _)| rows[*at] > 0);
            scenarios.filter_map(move |(at, scenario)| Some((at, scenario.columns[column].as_deref()?)))
        };
        (0..self.width)
            .filter_map(|column| {
                let could: u64 = users(column).map(|(at, _)| rows[at]).sum();
                let empty = users(column).all(|(at, field)| !field.required && !self.is_filled(at, column));
                (empty && could >= u64::from(least)).then_some((rule, column, Observed::EmptyColumn { rows: could }))
            })
            .collect()
    }
}

impl Dates {
    fn facts(&self, settings: &Settings) -> Vec<(&'static str, Observed)> {
        let option = |rule: &'static str, name| {
            let rule = crate::rules::find(rule).expect("the rule is one of the catalogue");
            u64::from(settings.option(rule, name))
        };
        let mut facts = Vec::new();
        if let Same::Text { text, length, count } = self.same
            && count >= option("constant-date-column", "rows")
            && let Some(instant) = str::from_utf8(&text[..length]).ok().and_then(|text| read(text).instant)
        {
            // Ticks of 100 ns; offsets are whole minutes.
            let to_the_second = instant % 600_000_000 != 0;
            facts.push(("constant-date-column", Observed::ConstantDates { rows: count, to_the_second }));
        }
        let forms = Style::sorted(&self.written);
        let all: u64 = forms.iter().map(|(_, count)| count).sum();
        // A form that one cell has is no form of the column.
        let forms: Vec<_> = forms.into_iter().filter(|(_, count)| *count > 1).collect();
        let others: u64 = forms.iter().skip(1).map(|(_, count)| count).sum();
        let rule = "date-mixed-formats";
        if all >= option(rule, "rows") && others > 0 && others * 100 >= all * option(rule, "share") {
            facts.push((rule, Observed::MixedForms(forms)));
        }
        facts
    }
}

impl Same {
    /// Adds a text; whether they differ.
    fn see(&mut self, text: &[u8]) -> bool {
        *self = match *self {
            Self::Different => return true,
            _ if text.len() > LONGEST => Self::Different,
            Self::Nothing => {
                let mut first = [0; LONGEST];
                first[..text.len()].copy_from_slice(text);
                Self::Text { text: first, length: text.len(), count: 1 }
            }
            Self::Text { text: first, length, count } if first[..length] == *text => {
                Self::Text { text: first, length, count: count + 1 }
            }
            Self::Text { .. } => Self::Different,
        };
        *self == Self::Different
    }

    fn join(self, other: Self) -> Self {
        match (self, other) {
            (same, Self::Nothing) | (Self::Nothing, same) => same,
            (Self::Text { text, length, count }, Self::Text { text: other, length: long, count: more })
                if text[..length] == other[..long] =>
            {
                Self::Text { text, length, count: count + more }
            }
            _ => Self::Different,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Same;
    use proptest::prelude::*;

    fn of(texts: &[&str]) -> Same {
        let mut same = Same::Nothing;
        for text in texts {
            same.see(text.as_bytes());
        }
        same
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn parts_come_to_the_same_as_the_whole(texts in prop::collection::vec(prop::sample::select(&["a", "a", "a", "b"][..]), 0..6), cut in 0..6usize) {
            let (front, back) = texts.split_at(cut.min(texts.len()));
            prop_assert_eq!(of(front).join(of(back)), of(&texts));
        }
    }

    #[test]
    fn what_is_too_long_for_a_date_differs() {
        assert_eq!(of(&["x".repeat(41).as_str()]), Same::Different);
    }
}
