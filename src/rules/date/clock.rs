//! The parts of a date cell that dates of every form share: numbers, the time of day, the offset.

use super::plain::{DASH, NO_BREAK};
use super::reading::{Fault, Faults};

/// The farthest offsets that places have, in minutes: in the Pacific, west and east of the date line.
const WESTERNMOST: i32 = -12 * 60;
const EASTERNMOST: i32 = 14 * 60;

/// What is left to read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) rest: &'a [u8],
}

impl Cursor<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.skip(1);
        }
        found
    }

    /// Passes over these letters, in either case.
    pub(super) fn eat_word(&mut self, word: &[u8]) -> bool {
        let found = self.rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if found {
            self.skip(word.len());
        }
        found
    }

    /// Passes over blanks and says whether there was an ordinary one.
    pub(super) fn blanks(&mut self) -> bool {
        let mut ordinary = false;
        while let Some(blank @ (b' ' | NO_BREAK)) = self.peek() {
            ordinary |= blank == b' ';
            self.skip(1);
        }
        ordinary
    }

    /// A run of one to `most` digits, at most nine: its value and how many they are.
    pub(super) fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let (mut value, mut count) = (0, 0);
        while let Some(digit @ b'0'..=b'9') = self.rest.get(count).copied() {
            if count == most {
                return None;
            }
            value = value * 10 + u32::from(digit - b'0');
            count += 1;
        }
        self.skip(count);
        (count > 0).then_some((value, count))
    }

    /// A part that should have two digits.
    pub(super) fn pair(&mut self, faults: &mut Faults) -> Option<u8> {
        let (value, count) = self.number(2)?;
        faults.add_if(Fault::Unpadded, count < 2);
        Some(value as u8)
    }
}

/// A time of day as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: u8,
    /// The fraction's first digits, as a number.
    pub(super) fraction: u32,
    /// How many digits of the fraction are kept, 0 to 7.
    pub(super) digits: u8,
}

impl Time {
    /// `h:mm`, `h:mm:ss` or `h:mm:ss.f`.
    pub(super) fn read(cursor: &mut Cursor<'_>, faults: &mut Faults) -> Option<Self> {
        let hour = cursor.pair(faults)?;
        if !cursor.eat(b':') {
            return None;
        }
        let minute = cursor.pair(faults)?;
        let mut time = Self { hour, minute, ..Self::default() };
        if !cursor.eat(b':') {
            faults.add(Fault::Unpadded);
            return Some(time);
        }
        time.second = cursor.pair(faults)?;
        let comma = cursor.eat(b',');
        if comma || cursor.eat(b'.') {
            faults.add_if(Fault::Separator, comma);
            time.read_fraction(cursor, faults)?;
        }
        Some(time)
    }

    fn read_fraction(&mut self, cursor: &mut Cursor<'_>, faults: &mut Faults) -> Option<()> {
        let count = cursor.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        for digit in &cursor.rest[..count.min(7)] {
            self.fraction = self.fraction * 10 + u32::from(digit - b'0');
            self.digits += 1;
        }
        faults.add_if(Fault::LongFraction, count > 7);
        cursor.skip(count);
        (count > 0).then_some(())
    }

    /// Applies an `AM` or `PM` that follows; `None` where the hour has no meaning on a clock of twelve hours.
    pub(super) fn read_half_day(self, cursor: &mut Cursor<'_>) -> Option<(Self, bool)> {
        let mut ahead = *cursor;
        ahead.blanks();
        let half = [(&b"AM"[..], 0), (b"a.m.", 0), (b"PM", 12), (b"p.m.", 12)];
        let Some((_, add)) = half.into_iter().find(|(word, _)| ahead.eat_word(word)) else {
            return Some((self, false));
        };
        *cursor = ahead;
        (1..=12).contains(&self.hour).then_some((Self { hour: self.hour % 12 + add, ..self }, true))
    }

    pub(super) fn exists(self) -> bool {
        self.hour < 24 && self.minute < 60 && self.second < 60
    }

    /// Ticks of 100 ns since midnight.
    pub(super) fn ticks(self) -> i64 {
        let seconds = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        let fraction = i64::from(self.fraction) * 10_i64.pow(u32::from(7 - self.digits));
        seconds * 10_000_000 + fraction
    }

    pub(super) fn push_to(self, text: &mut String) {
        let Self { hour, minute, second, fraction, digits } = self;
        for (mark, part) in [('T', hour), (':', minute), (':', second)] {
            text.push(mark);
            push_number(text, part.into(), 2);
        }
        if digits > 0 {
            text.push('.');
            push_number(text, fraction, digits.into());
        }
    }
}

/// What a cell says about its offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offset {
    Missing,
    Zulu,
    /// Hours and minutes as written; they may be beyond what exists.
    Given {
        negative: bool,
        hours: u8,
        minutes: u8,
    },
    /// Something that cannot be written as hours and minutes: the name of a zone, a number without a sign.
    Opaque,
}

impl Offset {
    /// An offset of so many minutes, at most 99 hours either way.
    pub(super) fn of_minutes(minutes: i32) -> Self {
        let (negative, minutes) = (minutes < 0, minutes.unsigned_abs());
        Self::Given { negative, hours: (minutes / 60) as u8, minutes: (minutes % 60) as u8 }
    }

    /// Reads the rest of a cell as its offset. `None` where it is none.
    pub(super) fn read(cursor: &mut Cursor<'_>, faults: &mut Faults) -> Option<Self> {
        let blank = cursor.blanks();
        let offset = match cursor.rest {
            [] => {
                faults.add(Fault::NoOffset);
                return Some(Self::Missing);
            }
            b"Z" => Self::Zulu,
            b"z" => {
                faults.add(Fault::Separator);
                Self::Zulu
            }
            [sign @ (b'+' | b'-'), a @ b'0'..=b'9', b @ b'0'..=b'9', b':', c @ b'0'..=b'9', d @ b'0'..=b'9'] => {
                let [hours, minutes] = [[a, b], [c, d]].map(|[tens, ones]| (tens - b'0') * 10 + ones - b'0');
                Self::Given { negative: *sign == b'-', hours, minutes }
            }
            rest => {
                faults.add(Fault::Offset);
                Self::read_odd(rest)?
            }
        };
        faults.add_if(Fault::Separator, blank);
        faults.add_if(Fault::Offset, offset.minutes().is_none());
        Some(offset)
    }

    /// Any other spelling: `+0530`, `+5`, `UTC`, `GMT+2`, `CET`, `+02:00[Europe/Berlin]`, `05:30`.
    fn read_odd(rest: &[u8]) -> Option<Self> {
        let rest = match rest.iter().position(|&byte| byte == b'[') {
            Some(0) if rest.ends_with(b"]") => return Some(Self::Opaque),
            Some(at) if rest.ends_with(b"]") => &rest[..at],
            Some(_) => return None,
            None => rest,
        };
        let mut cursor = Cursor { rest };
        let named = cursor.eat_word(b"UTC") || cursor.eat_word(b"GMT") || cursor.eat(b'Z');
        cursor.blanks();
        let negative = match cursor.peek() {
            None => return Some(Self::Zulu),
            Some(b'-' | DASH) => true,
            Some(b'+') => false,
            Some(b'0'..=b'9') if !named => {
                return rest.iter().all(|b| matches!(b, b'0'..=b'9' | b':')).then_some(Self::Opaque);
            }
            Some(_) => return (rest.len() <= 5 && rest.iter().all(u8::is_ascii_alphabetic)).then_some(Self::Opaque),
        };
        cursor.skip(1);
        if rest.starts_with(b"Z") || !cursor.rest.iter().all(|b| matches!(b, b'0'..=b'9' | b':')) {
            return rest.starts_with(b"Z").then_some(Self::Opaque);
        }
        let given = |(hours, minutes)| Self::Given { negative, hours, minutes };
        Some(digits(cursor.rest).map_or(Self::Opaque, given))
    }

    /// Minutes east of UTC; a missing offset counts as UTC. `None` where the offset has no meaning.
    pub(super) fn minutes(self) -> Option<i32> {
        match self {
            Self::Missing | Self::Zulu => Some(0),
            Self::Given { negative, hours, minutes } => {
                let total = i32::from(hours) * 60 + i32::from(minutes);
                let total = if negative { -total } else { total };
                (minutes < 60 && (WESTERNMOST..=EASTERNMOST).contains(&total)).then_some(total)
            }
            Self::Opaque => None,
        }
    }

    /// The minutes of an offset that exists and that no place has: no whole quarters of an hour, or zero behind a minus.
    pub(super) fn unusual(self) -> Option<i32> {
        let Self::Given { negative, .. } = self else { return None };
        self.minutes().filter(|minutes| minutes % 15 != 0 || negative && *minutes == 0)
    }

    /// Writes the offset; `None` where it cannot be written.
    pub(super) fn push_to(self, text: &mut String) -> Option<()> {
        match self {
            Self::Missing => {}
            Self::Zulu => text.push('Z'),
            Self::Given { negative, hours, minutes } => {
                text.push(if negative { '-' } else { '+' });
                push_number(text, hours.into(), 2);
                text.push(':');
                push_number(text, minutes.into(), 2);
            }
            Self::Opaque => return None,
        }
        Some(())
    }
}

/// Writes a number in at least so many digits, at most ten. Dates are mended by the million, and `format!` is slow at it.
pub(super) fn push_number(text: &mut String, number: u32, digits: usize) {
    let needed = number.checked_ilog10().map_or(1, |log| log as usize + 1);
    for at in (0..digits.max(needed)).rev() {
        let power = 10_u32.checked_pow(at as u32).unwrap_or(u32::MAX);
        text.push(char::from(b'0' + (number / power % 10) as u8));
    }
}

/// Hours and minutes of `5`, `05`, `530`, `0530`, `5:30`, `05:30` and `05:30:00`.
fn digits(text: &[u8]) -> Option<(u8, u8)> {
    let mut cursor = Cursor { rest: text };
    let (first, count) = cursor.number(4)?;
    if count > 2 {
        return cursor.is_done().then_some(((first / 100) as u8, (first % 100) as u8));
    }
    let mut minutes = 0;
    if cursor.eat(b':') {
        let (value, count) = cursor.number(2)?;
        if count != 2 {
            return None;
        }
        minutes = value as u8;
    }
    (cursor.is_done() || cursor.rest == b":00").then_some((first as u8, minutes))
}
