//! Recognises numeric dates of other forms than ISO 8601's extended one.
//!
//! A form is given together with its parts where they have one meaning, so that a repair can be offered. Numbers that make
//! no day in the form they seem to have are not recognised: such a cell is no date.

use chrono::{Datelike, NaiveDate};

use super::assumed::DateOrder;
use super::clock::{Cursor, Offset, Time};
use super::plain::{self, DASH, NO_BREAK};
use super::reading::{Faults, Form, Mark, Order, Parts};
use super::words;

/// What was recognised: the form, and the parts where they have one meaning.
pub(super) type Found = (Form, Option<Parts>);

/// Recognises a text that is not of ISO 8601's extended form.
pub(super) fn recognise(bytes: &[u8]) -> Option<Found> {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match (digits, bytes.get(digits)) {
        (5 | 10 | 13, None) | (5, Some(b'.' | b',')) => counted(bytes, digits),
        (8 | 12 | 14, _) => compact(bytes, digits),
        (4, Some(b'W' | b'w' | b'-')) => week_or_ordinal(bytes),
        (1 | 2 | 4, Some(b'.' | b'/' | b'-' | &DASH)) => numbers(bytes).or_else(|| words::recognise(bytes)),
        _ => bytes.iter().any(u8::is_ascii_digit).then(|| words::recognise(bytes))?,
    }
}

/// Three numbers with the same mark between them, and perhaps a time.
fn numbers(bytes: &[u8]) -> Option<Found> {
    let mut cursor = Cursor { rest: bytes };
    let (first, first_digits) = cursor.number(4)?;
    let mark = cursor.peek()?;
    let (second, _) = next_number(&mut cursor, mark)?;
    let (third, third_digits) = next_number(&mut cursor, mark)?;
    let mark = match mark {
        b'.' => Mark::Dot,
        b'/' => Mark::Slash,
        b'-' | DASH => Mark::Dash,
        _ => return None,
    };
    let tail = Tail::read(&mut cursor)?;
    if first_digits == 4 && mark != Mark::Dash && third_digits <= 2 {
        let parts = tail.parts(first, second, third)?;
        return Some((Form::YearFirst(mark), tail.clear(parts)));
    }
    let short_year = third_digits == 2;
    if first_digits > 2 || !(short_year || third_digits == 4) {
        return None;
    }
    let year = if short_year { 2000 + third } else { third };
    let day_first = tail.parts(year, second, first);
    let month_first = tail.parts(year, first, second);
    let (order, parts) = match (day_first, month_first) {
        (Some(parts), _) if mark == Mark::Dot => (Order::Day, Some(parts)),
        (Some(parts), Some(_)) if first == second => (Order::Same, Some(parts)),
        (Some(_), Some(_)) => (Order::Unknown, None),
        (Some(parts), None) => (Order::Day, Some(parts)),
        (None, parts) => (Order::Month, Some(parts?)),
    };
    let parts = parts.filter(|_| !short_year).and_then(|parts| tail.clear(parts));
    Some((Form::YearLast { order, mark, short_year }, parts))
}

/// The parts of three numbers in a given order, where they make a day: years of two digits are of this century.
pub(super) fn in_order(text: &str, order: DateOrder) -> Option<Parts> {
    let mut space = [0; plain::SPACE];
    let (bytes, _) = plain::plain(text, &mut space);
    let mut cursor = Cursor { rest: bytes };
    let (first, first_digits) = cursor.number(4)?;
    let mark = cursor.peek().filter(|mark| matches!(*mark, b'.' | b'/' | b'-' | DASH))?;
    let (second, _) = next_number(&mut cursor, mark)?;
    let (third, third_digits) = next_number(&mut cursor, mark)?;
    let tail = Tail::read(&mut cursor)?;
    let ((year, digits), month, day) = match order {
        DateOrder::Dmy => ((third, third_digits), second, first),
        DateOrder::Mdy => ((third, third_digits), first, second),
        DateOrder::Ymd => ((first, first_digits), second, third),
    };
    let year = if digits == 2 { 2000 + year } else { year };
    let parts = tail.parts(year, month, day).filter(|_| matches!(digits, 2 | 4))?;
    tail.clear(parts)
}

fn next_number(cursor: &mut Cursor<'_>, mark: u8) -> Option<(u32, usize)> {
    let found = cursor.eat(mark);
    cursor.blanks();
    cursor.number(4).filter(|_| found)
}

/// What follows a local day: nothing, or a time with what belongs to it.
pub(super) struct Tail {
    time: Option<Time>,
    offset: Offset,
}

impl Default for Tail {
    fn default() -> Self {
        Self { time: None, offset: Offset::Missing }
    }
}

impl Tail {
    fn read(cursor: &mut Cursor<'_>) -> Option<Self> {
        if !(cursor.is_done() || cursor.eat(b',') || cursor.eat(b'T') || matches!(cursor.peek(), Some(b' ' | NO_BREAK)))
        {
            return None;
        }
        cursor.blanks();
        if cursor.is_done() {
            return Some(Self::default());
        }
        Self::read_time(cursor)
    }

    /// A time, `AM` or `PM`, `Uhr`, an offset.
    pub(super) fn read_time(cursor: &mut Cursor<'_>) -> Option<Self> {
        let mut unused = Faults::default();
        let (time, _) = Time::read(cursor, &mut unused)?.read_half_day(cursor)?;
        let mut ahead = *cursor;
        ahead.blanks();
        if ahead.eat_word(b"Uhr") {
            *cursor = ahead;
        }
        let offset = Offset::read(cursor, &mut unused)?;
        time.exists().then_some(Self { time: Some(time), offset })
    }

    /// The parts, where the day exists.
    pub(super) fn parts(&self, year: u32, month: u32, day: u32) -> Option<Parts> {
        let parts = Parts {
            year: year.try_into().ok()?,
            month: month.try_into().ok()?,
            day: day.try_into().ok()?,
            time: self.time,
            offset: self.offset,
        };
        parts.existing_day().map(|_| parts)
    }

    /// The parts again, where the offset has a meaning.
    pub(super) fn clear(&self, parts: Parts) -> Option<Parts> {
        self.offset.minutes().map(|_| parts)
    }
}

/// Digits only, or day digits, `T`, time digits and an offset.
fn compact(bytes: &[u8], digits: usize) -> Option<Found> {
    let (run, rest) = bytes.split_at(digits);
    let number = |from: usize, to: usize| run[from..to].iter().fold(0_u32, |n, digit| n * 10 + u32::from(digit - b'0'));
    let mut cursor = Cursor { rest };
    let mut tail = Tail::default();
    if digits > 8 {
        tail.time = Some(compact_time(&run[8..])?);
    } else if cursor.eat(b'T') || cursor.blanks() {
        let count = cursor.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if cursor.rest.get(count) == Some(&b':') {
            tail = Tail::read_time(&mut cursor)?;
            cursor.rest = b"";
        } else {
            tail.time = Some(compact_time(&cursor.rest[..count])?);
            cursor.skip(count);
        }
    }
    if !cursor.is_done() {
        tail.time?;
        tail.offset = Offset::read(&mut cursor, &mut Faults::default())?;
    }
    let likely = |year: u32| (1900..2200).contains(&year);
    if likely(number(0, 4))
        && let Some(parts) = tail.parts(number(0, 4), number(4, 6), number(6, 8))
    {
        return Some((Form::Compact, tail.clear(parts)));
    }
    let (first, second, year) = (number(0, 2), number(2, 4), number(4, 8));
    // The year may be meant to stand elsewhere: no parts.
    match (tail.parts(year, second, first), tail.parts(year, first, second)) {
        _ if !likely(year) => None,
        (None, None) => None,
        (Some(_), Some(_)) if first != second => {
            let form = Form::YearLast { order: Order::Unknown, mark: Mark::Nothing, short_year: false };
            Some((form, None))
        }
        _ => Some((Form::Compact, None)),
    }
}

fn compact_time(digits: &[u8]) -> Option<Time> {
    let pair = |at: usize| Some((digits.get(at)? - b'0') * 10 + (digits.get(at + 1)? - b'0'));
    let second = if digits.len() == 6 { pair(4)? } else { 0 };
    let time = Time { hour: pair(0)?, minute: pair(2)?, second, fraction: 0, digits: 0 };
    (matches!(digits.len(), 4 | 6) && time.exists()).then_some(time)
}

/// A spreadsheet's count of days, or a count of seconds or milliseconds since 1970.
fn counted(bytes: &[u8], digits: usize) -> Option<Found> {
    let value = bytes[..digits].iter().fold(0_i64, |n, digit| n * 10 + i64::from(digit - b'0'));
    if digits == 5 {
        // 20,000 is in 1954, 80,000 in 2119. Day 0 of a spreadsheet, counted back over its 29 February 1900, is 1899-12-30.
        let fraction = bytes.get(6..).unwrap_or_default();
        let known = (20_000..80_000).contains(&value) && fraction.iter().all(u8::is_ascii_digit);
        let parts = || of_seconds((value - 25_569) * 86_400 + seconds_of_day(fraction)?);
        return known.then(|| (Form::Serial, parts()));
    }
    let seconds = if digits == 13 { value / 1000 } else { value };
    // From 1985 to 2099: the telephone numbers among numbers this long mostly lie outside.
    let known = (500_000_000..4_102_444_800).contains(&seconds);
    known.then(|| (Form::Epoch, of_seconds(seconds).filter(|_| digits == 10)))
}

/// The seconds that a fraction of a day means, where it is a whole minute or has digits enough to tell the second.
fn seconds_of_day(fraction: &[u8]) -> Option<i64> {
    let kept = &fraction[..fraction.len().min(9)];
    let value = kept.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    let whole = 10_i64.pow(kept.len() as u32);
    let exact = kept.len() > 5 || value * 1440 % whole == 0;
    exact.then_some((value * 86_400 + whole / 2) / whole)
}

fn of_seconds(seconds: i64) -> Option<Parts> {
    let day = NaiveDate::from_epoch_days(seconds.div_euclid(86_400).try_into().ok()?)?;
    let rest = u32::try_from(seconds.rem_euclid(86_400)).ok()?;
    let time = Time {
        hour: (rest / 3600) as u8,
        minute: (rest / 60 % 60) as u8,
        second: (rest % 60) as u8,
        ..Time::default()
    };
    let (month, day_of_month) = (day.month() as u8, day.day() as u8);
    Some(Parts { year: day.year().try_into().ok()?, month, day: day_of_month, time: Some(time), offset: Offset::Zulu })
}

/// `2025-W52-3`, `2025W523` or `2025-365`.
fn week_or_ordinal(bytes: &[u8]) -> Option<Found> {
    let rest = bytes[4..].strip_prefix(b"-").unwrap_or(&bytes[4..]);
    let week = match rest {
        [b'W' | b'w', a, b] | [b'W' | b'w', a, b, b'1'..=b'7'] | [b'W' | b'w', a, b, b'-', b'1'..=b'7'] => {
            matches!((a, b), (b'0'..=b'4', b'0'..=b'9') | (b'5', b'0'..=b'3'))
        }
        ordinal => {
            ordinal.iter().all(u8::is_ascii_digit) && (&b"001"[..]..=b"366").contains(&ordinal) && ordinal.len() == 3
        }
    };
    week.then_some((Form::WeekOrOrdinal, None))
}
