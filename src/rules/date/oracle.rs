//! Holds the reading of dates against chrono, over all days, all offsets and many random texts.

use std::io::{Cursor, Write as _};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use proptest::prelude::*;

use super::{Fault, Form, Order, read};
use crate::rules::text::characters;

/// What chrono accepts, without what no place has or the documented pattern does not have.
fn is_good(text: &str) -> Option<DateTime<FixedOffset>> {
    let date = DateTime::parse_from_rfc3339(text).ok()?;
    let bytes = text.as_bytes();
    let fraction = bytes.get(19) == Some(&b'.');
    let digits = bytes[20..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let plain = text.is_ascii() && bytes[10] == b'T' && !bytes.contains(&b'z') && &bytes[17..19] != b"60";
    let places = -12 * 3600..=14 * 3600;
    let known = date.naive_local().year() >= 1 && places.contains(&date.offset().local_minus_utc());
    (plain && known && !(fraction && digits > 7)).then_some(date)
}

fn ticks(date: &DateTime<FixedOffset>) -> i64 {
    let days = i64::from(date.naive_utc().date().num_days_from_ce() - 1);
    let seconds = days * 86_400 + date.timestamp().rem_euclid(86_400);
    seconds * 10_000_000 + i64::from(date.timestamp_subsec_nanos()) / 100
}

/// Both agree on the text; where it is good, on the day and the instant.
fn agree(text: &str) {
    let reading = read(text);
    let good = is_good(text);
    assert_eq!(reading.is_faultless(), good.is_some(), "{text:?}: {reading:?}");
    if let Some(date) = good {
        assert_eq!(reading.day, Some(date.naive_local().date()), "{text:?}");
        assert_eq!(reading.instant, Some(ticks(&date)), "{text:?}");
        assert_eq!(reading.safe_text().as_deref(), Some(text));
    }
}

/// Formats into a buffer on the stack: there are millions of texts.
macro_rules! on_stack {
    ($space:ident, $($format:tt)*) => {{
        let mut cursor = Cursor::new(&mut $space[..]);
        write!(cursor, $($format)*).expect("the buffer is longer than any date");
        let length = cursor.position() as usize;
        std::str::from_utf8(&$space[..length]).expect("the format is ASCII")
    }};
}

#[test]
fn every_day_of_ten_thousand_years_is_read_as_chrono_reads_it() {
    let mut space = [0; 64];
    let mut days = 0;
    for (y, m, d) in (0..=9999).flat_map(|y| (0..=13).flat_map(move |m| (0..=32).map(move |d| (y, m, d)))) {
        let day = NaiveDate::from_ymd_opt(y, m, d);
        days += u32::from(day.is_some());
        let day = day.filter(|_| y > 0);
        let reading = read(on_stack!(space, "{y:04}-{m:02}-{d:02}T09:05:59.1234567+05:30"));
        assert_eq!((reading.is_faultless(), reading.day), (day.is_some(), day));
        let nothing = matches!((y, m, d), (0, 0, 0) | (1900, 1, 0));
        assert_eq!((reading.has(Fault::Impossible), reading.has(Fault::Null)), (day.is_none() && !nothing, nothing));
        let reading = read(on_stack!(space, "{y:04}-{m}-{d} 9:05"));
        assert_eq!(reading.day, day);
        let slips = reading.has(Fault::Unpadded) && reading.has(Fault::NoOffset);
        assert!(slips || nothing || reading.is_default());
    }
    assert_eq!(days, 3_652_425);
}

#[test]
fn every_day_is_read_in_other_formats() {
    let mut space = [0; 64];
    let days = NaiveDate::from_ymd_opt(1, 1, 1).expect("it exists").iter_days();
    for day in days.take_while(|day| day.year() < 10_000) {
        let (y, m, d) = (day.year(), day.month(), day.day());
        let date = on_stack!(space, "{y:04}-{m:02}-{d:02}T00:00:00Z");
        let oracle = DateTime::parse_from_rfc3339(date).expect("the day exists");
        assert_eq!(read(date).instant, Some(ticks(&oracle)));
        let reading = read(on_stack!(space, "{y:04}-{m:02}-{d:02}"));
        assert!(reading.has(Fault::NoTime) != reading.is_default() && reading.day == Some(day));
        assert!(!reading.has(Fault::NoOffset));
        let reading = read(on_stack!(space, "{d}.{m}.{y:04}"));
        assert!(matches!(reading.form(), Some(Form::YearLast { order: Order::Day, .. })) && reading.day.is_none());
        let reading = read(on_stack!(space, "{m:02}/{d:02}/{y:04}"));
        let Some(Form::YearLast { order, .. }) = reading.form() else { panic!("{reading:?}") };
        assert_eq!(order == Order::Unknown, d <= 12 && d != m);
        assert_eq!(reading.has(Fault::Ambiguous), d <= 12 && d != m);
        assert_eq!(order == Order::Same, d == m);
    }
}

#[test]
fn every_offset_is_judged_as_chrono_judges_it() {
    for (hours, minutes) in (0..100).flat_map(|hours| (0..100).map(move |minutes| (hours, minutes))) {
        for sign in ["+", "-"] {
            let text = format!("2026-06-01T09:05:00{sign}{hours:02}:{minutes:02}");
            agree(&text);
            assert_eq!(read(&text).has(Fault::Offset), is_good(&text).is_none());
            let bare = format!("2026-06-01T09:05:00{sign}{hours:02}{minutes:02}");
            assert!(read(&bare).has(Fault::Offset));
            assert_eq!(read(&bare).offset_is_clear(), is_good(&text).is_some());
            assert_eq!(read(&bare).safe_text(), Some(text));
        }
    }
}

#[test]
fn every_time_of_the_day_is_read_as_chrono_reads_it() {
    for (h, m) in (0..=25).flat_map(|h| (0..=61).map(move |m| (h, m))) {
        for second in 0..=61 {
            agree(&format!("2026-06-30T{h:02}:{m:02}:{second:02}Z"));
        }
    }
}

/// A good date with up to three characters put in, taken out or replaced.
fn mutant() -> impl Strategy<Value = String> {
    let good =
        (0..=9999_u16, 1..=12_u8, 1..=31_u8, 0..=23_u8, 0..=59_u8, "(\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][05])")
            .prop_map(|(y, m, d, h, min, tail)| format!("{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:30{tail}"));
    let character = prop::sample::select(
        "0123456789-+:.,TtZz /WAPMja\u{a0}\u{200b}\u{2212}\u{2013}é\u{7}".chars().collect::<Vec<_>>(),
    );
    let change = (any::<prop::sample::Index>(), 0..3_u8, character);
    (good, prop::collection::vec(change, 0..=3)).prop_map(|(good, changes)| {
        let mut text: Vec<char> = good.chars().collect();
        for (at, kind, c) in changes {
            let at = at.index(text.len());
            match kind {
                0 => text.insert(at, c),
                1 if text.len() > 1 => drop(text.remove(at)),
                _ => text[at] = c,
            }
        }
        text.into_iter().collect()
    })
}

/// Whether only the text rules, or only the date rules, have something to look at.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| characters::class(c) == characters::Class::Plain || c == ' ') && text.trim_matches(' ') == text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_mutant_is_faultless_only_where_chrono_accepts_it(text in mutant()) {
        let reading = read(&text);
        if is_plain(&text) {
            agree(&text);
        }
        let lone = [Fault::Unparsable, Fault::Null, Fault::Local, Fault::Ambiguous, Fault::Serial];
        let alone = lone.iter().any(|fault| reading.has(*fault));
        prop_assert!(!alone || (reading.day.is_none() && reading.instant.is_none()));
        if let Some(safe) = reading.safe_text() {
            let again = read(&safe);
            for fault in [Fault::Unparsable, Fault::Local, Fault::LongFraction, Fault::Unpadded, Fault::Separator] {
                prop_assert!(!again.has(fault), "{:?} became {:?}", text, safe);
            }
            prop_assert_eq!((reading.day, reading.instant), (again.day, again.instant));
            prop_assert_eq!(again.safe_text(), Some(safe));
        }
        if let Some(assumed) = reading.assumed_text() {
            let again = read(&assumed);
            prop_assert!(!again.has(Fault::NoTime) && !again.has(Fault::NoOffset) && !again.has(Fault::Local));
            prop_assert!(!reading.has(Fault::Local) || again.is_faultless(), "{:?} became {:?}", text, assumed);
        }
    }
}
