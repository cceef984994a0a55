//! Wrong cells, about as long as right ones, so that files of both can be compared byte for byte of speed.

use super::calendar::{month_and_day, pair};
use super::row::Row;

/// Writes a faulty text into a column of a mixed file; where the scenario does not use the column, the fault is that
/// something stands there.
pub fn write(row: &mut Row, column: usize, out: &mut Vec<u8>) {
    match column {
        _ if !row.uses(column) => out.extend_from_slice(b"n/a"),
        0 => identifier(row, out),
        1 => address(row, out),
        2..=4 => date(row, out),
        5 => remarks(row, out),
        _ => padded(row, column, out),
    }
}

/// A value that no mapping knows, a known one in another case, or with a typing slip.
pub fn identifier(row: &mut Row, out: &mut Vec<u8>) {
    let known = row.scenario.identifier();
    match row.random.below(3) {
        0 => out.extend_from_slice(b"Sabbatical leave"),
        1 => out.extend_from_slice(known.to_uppercase().as_bytes()),
        _ => out.extend_from_slice(known.replacen('e', "ee", 1).as_bytes()),
    }
}

fn address(row: &mut Row, out: &mut Vec<u8>) {
    let start = out.len();
    row.write(1, out);
    let at = start + out[start..].iter().position(|byte| *byte == b'@').expect("every address has an @");
    match row.random.below(5) {
        0 => drop(out.splice(at..=at, *b".")),
        1 => drop(out.splice(at..at, *b"@")),
        2 => drop(out.splice(at..at, *b" ")),
        3 => drop(out.splice(at..at, "é".bytes())),
        _ => drop(out.splice(at..at, *b".")),
    }
}

fn date(row: &mut Row, out: &mut Vec<u8>) {
    let (month, day) = month_and_day(row.random.below(91));
    let (month, day) = (u32::from(month), u32::from(day));
    match row.random.below(5) {
        0 => {
            pair(day, out);
            out.push(b'.');
            pair(month, out);
            out.extend_from_slice(b".2026 09:15:49");
        }
        1 => {
            pair(month, out);
            out.push(b'/');
            pair(day.max(13), out);
            out.extend_from_slice(b"/2026 9:15:49 AM");
        }
        2 => out.extend_from_slice(b"2026-06-31T09:15:49.4675041+05:30"),
        3 => out.extend_from_slice(b"the first Monday of next month"),
        _ => {
            out.extend_from_slice(b"2026-");
            pair(month, out);
            out.push(b'-');
            pair(day, out);
            out.extend_from_slice(b" 09:15:49.467504112345Z");
        }
    }
}

fn remarks(row: &mut Row, out: &mut Vec<u8>) {
    let end = match row.random.below(5) {
        0 => " ",
        1 => "\u{200b}",
        2 => "\u{7}",
        3 => "\u{a0}",
        _ => " \u{201c}so they say\u{201d}",
    };
    let start = out.len();
    row.write(5, out);
    if out.len() == start {
        out.extend_from_slice(b"none given");
    }
    out.extend_from_slice(end.as_bytes());
}

fn padded(row: &mut Row, column: usize, out: &mut Vec<u8>) {
    let front = row.random.below(2) == 0;
    if front {
        out.push(b' ');
    }
    row.write(column, out);
    if !front {
        out.extend_from_slice(b"  ");
    }
}
