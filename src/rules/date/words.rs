//! Recognises dates with a month by its name: English, German and French, as spreadsheets and mail programs write them.

use super::clock::Cursor;
use super::local::{Found, Tail};
use super::plain::{DASH, NO_BREAK};
use super::reading::Form;

/// Names and abbreviations of the months.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januar", "jän", "jänner", "janv", "janvier"],
    &["feb", "february", "februar", "feber", "fév", "févr", "février", "fevrier"],
    &["mar", "march", "mär", "märz", "maerz", "mrz", "mars"],
    &["apr", "april", "avr", "avril"],
    &["may", "mai"],
    &["jun", "june", "juni", "juin"],
    &["jul", "july", "juli", "juil", "juillet"],
    &["aug", "august", "août", "aout"],
    &["sep", "sept", "september", "septembre"],
    &["oct", "october", "okt", "oktober", "octobre"],
    &["nov", "november", "novembre"],
    &["dec", "december", "dez", "dezember", "déc", "décembre", "decembre"],
];

/// Words that may stand in such a date and say nothing that its numbers do not: days of the week, ordinal endings.
const FILLERS: &[&str] = &[
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "mo",
    "montag",
    "di",
    "dienstag",
    "mi",
    "mittwoch",
    "do",
    "donnerstag",
    "fr",
    "freitag",
    "sa",
    "samstag",
    "sonnabend",
    "so",
    "sonntag",
    "lun",
    "lundi",
    "mardi",
    "mer",
    "mercredi",
    "jeu",
    "jeudi",
    "ven",
    "vendredi",
    "sam",
    "samedi",
    "dim",
    "dimanche",
    "st",
    "nd",
    "rd",
    "th",
    "er",
    "of",
    "the",
    "at",
    "um",
    "le",
    "à",
    "den",
];

/// Recognises a date with a month by its name; its time, if any, comes last.
pub(super) fn recognise(bytes: &[u8]) -> Option<Found> {
    let (mut day, mut month, mut year) = (None, None, None);
    let mut short_year = false;
    let mut tail = Tail::default();
    let mut cursor = Cursor { rest: bytes };
    while let Some(byte) = cursor.peek() {
        match byte {
            b' ' | b',' | b'.' | b'-' | b'/' | DASH | NO_BREAK => cursor.skip(1),
            b'0'..=b'9' if starts_time(cursor.rest) => {
                tail = Tail::read_time(&mut cursor)?;
                cursor.rest = b"";
            }
            b'0'..=b'9' => match cursor.number(4)? {
                (value, 1 | 2) if day.is_none() => day = Some(value),
                (value, 2) if year.is_none() => (year, short_year) = (Some(2000 + value), true),
                (value, 4) if year.is_none() => year = Some(value),
                _ => return None,
            },
            _ => match read_word(&mut cursor)? {
                Word::Month(number) if month.is_none() => month = Some(number),
                Word::Month(_) => return None,
                Word::Filler => {}
            },
        }
    }
    let parts = tail.parts(year?, month?, day?)?;
    Some((Form::MonthName, tail.clear(parts).filter(|_| !short_year)))
}

fn starts_time(rest: &[u8]) -> bool {
    matches!(rest, [_, b':', ..] | [_, b'0'..=b'9', b':', ..])
}

/// What a word says.
enum Word {
    /// The number of a month.
    Month(u32),
    /// Nothing that the numbers do not say.
    Filler,
}

/// Passes over a word; one that has no place in a date is none.
fn read_word(cursor: &mut Cursor<'_>) -> Option<Word> {
    let length = cursor.rest.iter().take_while(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii()).count();
    let word = &cursor.rest[..length];
    cursor.skip(length);
    let is = |name: &&str| name.as_bytes().eq_ignore_ascii_case(word);
    match MONTHS.iter().position(|names| names.iter().any(is)) {
        Some(index) => Some(Word::Month(index as u32 + 1)),
        None => FILLERS.iter().any(is).then_some(Word::Filler),
    }
}
