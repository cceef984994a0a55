//! How a date is written: the forms that people and programs mix in one column.

use super::reading::{Fault, Form, Mark, Order, Reading};

/// A written form. Two dates of one form can be read by one recipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `2026-12-31T17:00:00Z`, with any fraction and offset.
    Iso,
    /// The same without an offset.
    IsoLocal,
    /// `2026-12-31`.
    IsoDay,
    /// `31.12.2026`.
    DayDots,
    /// `12.31.2026`.
    MonthDots,
    /// With dots; which number is the day cannot be told.
    Dots,
    /// `31/12/2026`.
    DaySlashes,
    /// `12/31/2026`.
    MonthSlashes,
    /// With slashes; which number is the day cannot be told.
    Slashes,
    /// `31-12-2026`.
    DayDashes,
    /// `12-31-2026`.
    MonthDashes,
    /// With dashes; which number is the day cannot be told.
    Dashes,
    /// `2026/12/31`.
    YearFirst,
    /// `20261231`.
    Compact,
    /// A spreadsheet's count of days.
    Serial,
    /// Seconds since 1970.
    Epoch,
    /// `31-Dec-2026`.
    MonthName,
    /// Something else that is recognised as a date.
    Other,
}

impl Style {
    /// All forms, each at the place of its number.
    pub const ALL: [Self; 18] = [
        Self::Iso,
        Self::IsoLocal,
        Self::IsoDay,
        Self::DayDots,
        Self::MonthDots,
        Self::Dots,
        Self::DaySlashes,
        Self::MonthSlashes,
        Self::Slashes,
        Self::DayDashes,
        Self::MonthDashes,
        Self::Dashes,
        Self::YearFirst,
        Self::Compact,
        Self::Serial,
        Self::Epoch,
        Self::MonthName,
        Self::Other,
    ];

    /// How a date is written; `None` for what is no date.
    #[must_use]
    pub fn of(reading: &Reading) -> Option<Self> {
        if reading.has(Fault::Unparsable) || reading.has(Fault::Null) {
            return None;
        }
        let Some(form) = reading.form() else {
            return Some(match () {
                () if reading.has(Fault::NoTime) => Self::IsoDay,
                () if reading.has(Fault::NoOffset) => Self::IsoLocal,
                () => Self::Iso,
            });
        };
        Some(match form {
            Form::YearLast { order, mark, .. } => match (mark, order) {
                (Mark::Dot, Order::Day) => Self::DayDots,
                (Mark::Dot, Order::Month) => Self::MonthDots,
                (Mark::Dot, Order::Unknown) => Self::Dots,
                (Mark::Slash, Order::Day) => Self::DaySlashes,
                (Mark::Slash, Order::Month) => Self::MonthSlashes,
                (Mark::Slash, Order::Unknown) => Self::Slashes,
                (Mark::Dash, Order::Day) => Self::DayDashes,
                (Mark::Dash, Order::Month) => Self::MonthDashes,
                (Mark::Dash, Order::Unknown) => Self::Dashes,
                // 05.05.2026 goes with either order, so it counts with the others like an unclear one.
                (Mark::Dot, Order::Same) => Self::Dots,
                (Mark::Slash, Order::Same) => Self::Slashes,
                (Mark::Dash, Order::Same) => Self::Dashes,
                (Mark::Nothing, _) => Self::Compact,
            },
            Form::YearFirst(_) => Self::YearFirst,
            Form::Compact => Self::Compact,
            Form::Serial => Self::Serial,
            Form::Epoch => Self::Epoch,
            Form::MonthName => Self::MonthName,
            Form::TwelveHour | Form::WeekOrOrdinal | Form::Dashes => Self::Other,
        })
    }

    /// An example of the form, or its description.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Iso => "like 2026-12-31T17:00:00Z",
            Self::IsoLocal => "like 2026-12-31T17:00:00, without an offset",
            Self::IsoDay => "like 2026-12-31, without a time",
            Self::DayDots | Self::Dots => "like 31.12.2026",
            Self::MonthDots => "like 12.31.2026",
            Self::DaySlashes => "like 31/12/2026",
            Self::MonthSlashes => "like 12/31/2026",
            Self::Slashes => "with slashes",
            Self::DayDashes => "like 31-12-2026",
            Self::MonthDashes => "like 12-31-2026",
            Self::Dashes => "with the year last",
            Self::YearFirst => "like 2026/12/31",
            Self::Compact => "like 20261231",
            Self::Serial => "as a spreadsheet's count of days",
            Self::Epoch => "as seconds since 1970",
            Self::MonthName => "like 31-Dec-2026",
            Self::Other => "in other forms",
        }
    }

    /// The forms in which the unclear one may have been meant.
    const UNCLEAR: [(Self, [Self; 2]); 3] = [
        (Self::Dots, [Self::DayDots, Self::MonthDots]),
        (Self::Slashes, [Self::DaySlashes, Self::MonthSlashes]),
        (Self::Dashes, [Self::DayDashes, Self::MonthDashes]),
    ];

    /// The forms of a column by how many dates each has, most first. Dates whose order cannot be told count with the
    /// order that most of the others have.
    #[must_use]
    pub fn sorted(counts: &[u64; Self::ALL.len()]) -> Vec<(Self, u64)> {
        let mut counts = *counts;
        for (unclear, [day, month]) in Self::UNCLEAR {
            let [unclear, day, month] = [unclear, day, month].map(|style| style as usize);
            if counts[day] + counts[month] > 0 {
                let likely = if counts[day] >= counts[month] { day } else { month };
                counts[likely] += std::mem::take(&mut counts[unclear]);
            }
        }
        let mut forms: Vec<_> = Self::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        forms.sort_by_key(|(style, count)| (std::cmp::Reverse(*count), *style as usize));
        forms
    }
}

#[cfg(test)]
mod tests {
    use super::Style;
    use crate::rules::date::read;

    #[test]
    fn every_form_has_its_number_and_its_example_is_of_it() {
        for (place, style) in Style::ALL.into_iter().enumerate() {
            assert_eq!(style as usize, place);
            let Some(example) = style.example().strip_prefix("like ") else { continue };
            let text = example.split(',').next().expect("there is a first part");
            let unclear = matches!(style, Style::Dots);
            assert!(unclear || Style::of(&read(text)) == Some(style), "{text}");
        }
        assert_eq!(Style::of(&read("soon")), None);
        assert_eq!(Style::of(&read("03/04/2026")), Some(Style::Slashes));
    }

    #[test]
    fn dates_whose_order_is_unclear_count_with_the_clear_ones() {
        let mut counts = [0; Style::ALL.len()];
        counts[Style::Slashes as usize] = 60;
        assert_eq!(Style::sorted(&counts), [(Style::Slashes, 60)]);
        counts[Style::MonthSlashes as usize] = 40;
        counts[Style::Iso as usize] = 7;
        assert_eq!(Style::sorted(&counts), [(Style::MonthSlashes, 100), (Style::Iso, 7)]);
    }
}
