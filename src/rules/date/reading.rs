//! One tolerant reading of a date cell, which all date rules share.
//!
//! It takes a cell's text and says which [`Fault`]s it has, which day and instant it means, and how it should have been
//! written. Every rule asks for its own fault, so that one slip gives one finding and two independent slips give two.
//! What the text rules speak of (blanks around the value, invisible and control characters) is looked through here.
//!
//! The good form is `YYYY-MM-DDThh:mm:ss`, then nothing or `.` and one to seven digits, then `Z`, `+hh:mm` or `-hh:mm`:
//! RFC 3339 as the documentation shows it, inside the limits of .NET's `DateTimeOffset` (years 1 to 9999, offsets from
//! -12:00 to +14:00, ticks of 100 ns, no leap second). An offset of `-00:00` is UTC wherever it is read.
//!
//! Reading allocates nothing; only the texts for repairs do. It knows nothing of rules, severities or words.

use chrono::{Datelike, NaiveDate};

use super::clock::{Offset, Time, push_number};
use super::defaults::{self, Default};
use super::null::{self, Null};
use super::{iso, local, plain};

/// What can be wrong with a date cell. The first five stand alone; the others may come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not a date in any form known here, or a local form of a day that does not exist.
    Unparsable,
    /// The cell says that there is no date.
    Null,
    /// A date in another form than ISO 8601's extended one, and none of the next two.
    Local,
    /// A date in a local form that leaves open whether day or month comes first.
    Ambiguous,
    /// A spreadsheet's count of days.
    Serial,
    /// Written as it should be, but there is no such day or time.
    Impossible,
    /// A day without a time.
    NoTime,
    /// A time without an offset. Not said of a day without a time.
    NoOffset,
    /// More than seven digits of a second.
    LongFraction,
    /// A part of fewer digits than it should have, or no seconds.
    Unpadded,
    /// A blank or small `t` where `T` belongs, a small `z`, a blank before the offset, a comma before the fraction.
    Separator,
    /// An offset that is not `Z` or `+hh:mm`, or is beyond what exists.
    Offset,
}

/// A set of faults.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Faults(u16);

impl Faults {
    pub(super) fn of(fault: Fault) -> Self {
        Self(1 << fault as u16)
    }

    pub(super) fn add(&mut self, fault: Fault) {
        self.0 |= 1 << fault as u16;
    }

    pub(super) fn add_if(&mut self, fault: Fault, found: bool) {
        self.0 |= u16::from(found) << fault as u16;
    }

    pub(super) fn has(self, fault: Fault) -> bool {
        self.0 & 1 << fault as u16 != 0
    }
}

/// A form other than ISO 8601's extended one in which people and programs write dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `31.12.2025`, `12/31/25`: numbers with the year last.
    YearLast {
        /// What comes first.
        order: Order,
        /// What stands between the parts.
        mark: Mark,
        /// The year has two digits.
        short_year: bool,
    },
    /// `2025/12/31`, `2025.12.31`.
    YearFirst(Mark),
    /// `20251231`, `20251231T100000Z`, `31122025`: without anything between the parts.
    Compact,
    /// `45306`: a spreadsheet's count of days.
    Serial,
    /// `1767139200`: seconds, or milliseconds, since 1970.
    Epoch,
    /// `31-Dec-2025`, `31. Dezember 2025`: a month by its name.
    MonthName,
    /// `2025-12-31 5:00 PM`: a time with AM or PM after an ISO day.
    TwelveHour,
    /// `2025-W52-3` or `2025-365`.
    WeekOrOrdinal,
    /// `2025–12–31`: typographic dashes.
    Dashes,
}

/// What comes first in a numeric date with the year last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The day.
    Day,
    /// The month.
    Month,
    /// It cannot be told: both numbers could be a month.
    Unknown,
    /// It does not matter: both numbers are the same.
    Same,
}

/// What stands between the parts of a numeric date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `.`
    Dot,
    /// `/`
    Slash,
    /// `-`
    Dash,
    /// Nothing.
    Nothing,
}

/// The numbers of a date as written; they need not make a day that exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) time: Option<Time>,
    pub(super) offset: Offset,
}

/// What a date cell says.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    faults: Faults,
    /// The day as written, whatever the offset. `None` where the cell is unparsable, local or impossible.
    pub day: Option<NaiveDate>,
    /// The instant in ticks of 100 ns since `0001-01-01T00:00:00Z`, as .NET counts. A missing offset is read as UTC, a
    /// missing time as midnight. `None` where `day` is, and where the offset has no meaning.
    pub instant: Option<i64>,
    form: Option<Form>,
    null: Option<Null>,
    parts: Option<Parts>,
    /// Control characters were passed over; taking them away is no safe repair.
    controls: bool,
}

/// Reads a date cell's text.
///
/// ```
/// use hrlint::rules::date::{Fault, read};
/// assert!(read("2026-06-01T09:05:00.1234567+05:30").is_faultless());
/// let reading = read("2026-6-1 9:05:00Z");
/// assert!(reading.has(Fault::Unpadded) && reading.has(Fault::Separator) && !reading.has(Fault::NoOffset));
/// assert_eq!(reading.safe_text().as_deref(), Some("2026-06-01T09:05:00Z"));
/// ```
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut space = [0; plain::SPACE];
    let (bytes, controls) = plain::plain(text, &mut space);
    if let Some((parts, faults, form)) = iso::read(bytes) {
        return match form {
            None => Reading::of_iso(parts, faults, controls),
            Some(form) => Reading::of_local(Some((form, Some(parts))), controls).without_unclear_offset(),
        };
    }
    let found = local::recognise(bytes);
    if found.is_none()
        && let Some(null) = null::recognise(bytes)
    {
        return Reading::of_null(null, controls);
    }
    Reading::of_local(found, controls)
}

impl Reading {
    fn of_iso(parts: Parts, mut faults: Faults, controls: bool) -> Self {
        if matches!(parts, Parts { year: 0, month: 0, day: 0, .. } | Parts { year: 1900, month: 1, day: 0, .. }) {
            return Self::of_null(Null::Zeros, controls);
        }
        let day = parts.existing_day();
        faults.add_if(Fault::Impossible, day.is_none());
        let instant = day.and_then(|day| parts.instant(day));
        Self { faults, day, instant, form: None, null: None, parts: Some(parts), controls }
    }

    fn of_null(null: Null, controls: bool) -> Self {
        let faults = Faults::of(Fault::Null);
        Self { faults, day: None, instant: None, form: None, null: Some(null), parts: None, controls }
    }

    fn of_local(found: Option<(Form, Option<Parts>)>, controls: bool) -> Self {
        let (faults, form, parts) = match found {
            Some((_, Some(parts))) if parts.existing_day().is_none() => (Fault::Unparsable, None, None),
            Some((form @ Form::YearLast { order: Order::Unknown, .. }, _)) => (Fault::Ambiguous, Some(form), None),
            Some((Form::Serial, parts)) => (Fault::Serial, Some(Form::Serial), parts),
            Some((form, parts)) => (Fault::Local, Some(form), parts),
            None => (Fault::Unparsable, None, None),
        };
        Self { faults: Faults::of(faults), day: None, instant: None, form, null: None, parts, controls }
    }

    /// Forgets parts that hold an offset without a meaning: no repair could be complete.
    fn without_unclear_offset(self) -> Self {
        Self { parts: self.parts.filter(|parts| parts.offset.minutes().is_some()), ..self }
    }

    /// Whether the cell has this fault. Of a day that programs write where they know none, how it is written is no fault of
    /// its own: whoever mends the day writes it anew.
    #[must_use]
    pub fn has(&self, fault: Fault) -> bool {
        let writing =
            matches!(fault, Fault::NoTime | Fault::NoOffset | Fault::LongFraction | Fault::Unpadded | Fault::Separator);
        self.faults.has(fault) && !(writing && self.is_default())
    }

    /// Whether the day is one that programs write where they know none.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.default().is_some()
    }

    /// What a program means by the day, if it is such a day.
    pub(super) fn default(&self) -> Option<Default> {
        self.day.and_then(defaults::default)
    }

    /// The day, unless programs write it where they know none.
    #[must_use]
    pub fn real_day(&self) -> Option<NaiveDate> {
        self.day.filter(|_| !self.is_default())
    }

    /// In which way the cell says that there is no date, for [`Fault::Null`].
    pub(super) fn null(&self) -> Option<Null> {
        self.null
    }

    /// Whether the cell, apart from what the text rules speak of, is in the good form and exists.
    #[must_use]
    pub fn is_faultless(&self) -> bool {
        self.faults == Faults::default()
    }

    /// The form that was recognised, for [`Fault::Local`], [`Fault::Ambiguous`] and [`Fault::Serial`].
    #[must_use]
    pub fn form(&self) -> Option<Form> {
        self.form
    }

    /// The text with every repair that loses nothing and has one meaning; what is missing stays missing. `None` where
    /// the date cannot be written from what was read.
    #[must_use]
    pub fn safe_text(&self) -> Option<String> {
        let unsure = self.controls || self.form.is_some();
        self.parts.filter(|_| !unsure).and_then(|parts| parts.text(false))
    }

    /// The text in the good form, on the assumption that a missing time is midnight and a missing offset UTC. `None`
    /// where even that leaves two meanings.
    #[must_use]
    pub fn assumed_text(&self) -> Option<String> {
        self.parts.and_then(|parts| parts.text(true))
    }

    /// The numbers, where they have one meaning.
    pub(super) fn parts(&self) -> Option<Parts> {
        self.parts
    }

    /// Whether control characters were passed over.
    pub(super) fn has_controls(&self) -> bool {
        self.controls
    }

    /// Whether a wrong offset has one meaning all the same, so that the safe text holds it in its good form.
    #[must_use]
    pub fn offset_is_clear(&self) -> bool {
        self.parts.is_some_and(|parts| parts.offset.minutes().is_some())
    }

    /// The minutes of an offset that no place has, though it could be.
    pub(super) fn offset_is_unusual(&self) -> Option<i32> {
        self.day?;
        self.parts.and_then(|parts| parts.offset.unusual())
    }

    /// Which number makes the date impossible; meant for [`Fault::Impossible`].
    pub(super) fn culprit(&self) -> Culprit {
        let Some(parts) = self.parts else { return Culprit::Day };
        let time = parts.time.unwrap_or_default();
        match parts {
            Parts { year: 0, month: 1..=12, day: 1..=31, .. } => Culprit::Year,
            Parts { month: 0 | 13.., .. } => Culprit::Month,
            _ if parts.date().is_none() => Culprit::Day,
            _ if time.hour == 24 => Culprit::EndOfDay,
            _ if time.hour > 24 => Culprit::Hour,
            _ if time.minute > 59 => Culprit::Minute,
            _ => Culprit::Second,
        }
    }
}

/// The number that makes a date impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Culprit {
    /// The year is 0.
    Year,
    Month,
    Day,
    /// The hour is 24.
    EndOfDay,
    Hour,
    Minute,
    Second,
}

impl Parts {
    fn date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year.into(), self.month.into(), self.day.into()).filter(|_| self.year > 0)
    }

    /// The day, where both day and time exist.
    pub(super) fn existing_day(&self) -> Option<NaiveDate> {
        self.date().filter(|_| self.time.is_none_or(Time::exists))
    }

    fn instant(&self, day: NaiveDate) -> Option<i64> {
        let minutes = self.offset.minutes()?;
        let days = i64::from(day.num_days_from_ce() - 1);
        let ticks = self.time.map_or(0, Time::ticks);
        Some((days * 1440 - i64::from(minutes)) * 600_000_000 + ticks)
    }

    pub(super) fn text(&self, assume: bool) -> Option<String> {
        let mut text = String::with_capacity(40);
        push_number(&mut text, self.year.into(), 4);
        for part in [self.month, self.day] {
            text.push('-');
            push_number(&mut text, part.into(), 2);
        }
        match self.time {
            Some(time) => time.push_to(&mut text),
            None if assume => text.push_str("T00:00:00"),
            None => {}
        }
        match self.offset {
            Offset::Missing if assume => text.push('Z'),
            offset => offset.push_to(&mut text)?,
        }
        Some(text)
    }
}
