//! Numbers, sizes, places and lines as people read them.

use std::borrow::Cow;
use std::time::Duration;

use unicode_width::UnicodeWidthChar;

use crate::check::{Summary, Waived};
use crate::finding::{Finding, Fix, Place, Printable};
pub(super) use crate::rules::amount::grouped as number;

/// What a report says that shows values.
pub(super) const PERSONAL: &str = "Values are shown: this report holds personal data.";

/// A number of things: `1 file`, `4,812 rows`.
pub(crate) fn count(n: u64, thing: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", number(n))
}

/// What was found, by severity, gravest first and without zeros: `3 errors, 1 warning`; empty where nothing was.
pub(super) fn tally(errors: u64, warnings: u64, infos: u64) -> String {
    let parts = [(errors, "error"), (warnings, "warning"), (infos, "info")];
    parts.iter().filter(|(n, _)| *n > 0).map(|(n, thing)| count(*n, thing)).collect::<Vec<_>>().join(", ")
}

/// A size in decimal units, three digits: `812 bytes`, `14.2 MB`.
pub(super) fn size(bytes: u64) -> String {
    if bytes < 1000 { count(bytes, "byte") } else { scaled(approximate(bytes)) }
}

/// Bytes a second, where there was enough to measure: `278 MB/s`.
pub(super) fn rate(bytes: u64, time: Duration) -> Option<String> {
    (bytes >= 1_000_000 && time >= Duration::from_millis(10))
        .then(|| scaled(approximate(bytes) / time.as_secs_f64()) + "/s")
}

#[expect(clippy::cast_precision_loss, reason = "three digits of it are printed")]
fn approximate(bytes: u64) -> f64 {
    bytes as f64
}

/// A positive amount of bytes with its unit.
fn scaled(mut amount: f64) -> String {
    let mut units = ["B", "kB", "MB", "GB", "TB", "PB"].into_iter();
    let mut unit = units.next().unwrap_or_default();
    for next in units {
        if amount < 999.5 {
            break;
        }
        amount /= 1000.0;
        unit = next;
    }
    let decimals = usize::from(unit != "B" && amount < 99.95);
    format!("{amount:.decimals$} {unit}")
}

/// A time in the unit that fits: `8 ms`, `1.3 s`, `2 min 5 s`.
pub(super) fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        60.. => format!("{} min {} s", number(seconds / 60), seconds % 60),
        1.. => format!("{:.1} s", time.as_secs_f64()),
        0 if time.as_millis() == 0 => "under 1 ms".to_owned(),
        0 => format!("{} ms", time.as_millis()),
    }
}

/// The letters a spreadsheet heads a 1-based column with: `A`, `Z`, `AA`.
pub(super) fn letters(column: u32) -> String {
    let mut rest = column;
    let mut out = Vec::new();
    while rest > 0 {
        out.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    out.iter().rev().collect()
}

/// Rows as a range: `row 17`, `rows 17 to 99,003`.
pub(super) fn rows((first, last): (u64, u64)) -> String {
    if first == last { format!("row {}", number(first)) } else { format!("rows {} to {}", number(first), number(last)) }
}

/// A column as a person finds it in a spreadsheet: `column C (ResignationDate)`.
pub(super) fn column(column: u32, header: Option<&str>) -> String {
    let letters = letters(column);
    match header.map(Printable::new) {
        Some(header) if !header.as_str().is_empty() => format!("column {letters} ({})", clip(header.as_str(), 32)),
        _ => format!("column {letters}"),
    }
}

/// A place in a spreadsheet's words: `row 3, column C (ResignationDate)`; empty for a fault of the whole file.
pub(super) fn cell(place: &Place) -> String {
    let row = place.row.map(|row| format!("row {}", number(row)));
    let column = place.column.map(|at| column(at, place.header.as_deref()));
    row.into_iter().chain(column).collect::<Vec<_>>().join(", ")
}

/// What is wrong, where in a spreadsheet, and what to do, as sentences. Holds no cell text.
pub(super) fn sentences(finding: &Finding) -> String {
    let cell = cell(&finding.place);
    let colon = if cell.is_empty() { "" } else { ": " };
    format!("{cell}{colon}{}. {}", Printable::new(&finding.message), Printable::new(&finding.help))
}

/// That details were left out because of `--max-findings`.
pub(super) fn hidden(findings: u64) -> String {
    let more = count(findings, "more finding");
    format!("{more} counted, but not listed: --max-findings is reached (0 lists all)")
}

/// What was found, by severity: `3 errors, 1 warning`, or `nothing found`.
pub(super) fn tally_or_nothing(summary: &Summary) -> String {
    let tally = tally(summary.errors, summary.warnings, summary.infos);
    match (tally.is_empty(), summary.files) {
        (false, _) => tally,
        // Where no file was checked to its end, silence says nothing.
        (true, 0) => "nothing checked".to_owned(),
        (true, _) => "nothing found".to_owned(),
    }
}

/// That files could not be checked to their end, to be added to what was found; empty where all could.
pub(super) fn unchecked(summary: &Summary) -> String {
    match summary.unchecked {
        0 => String::new(),
        n => format!("; {} could not be checked to the end", count(n, "file")),
    }
}

/// What was waived, to be added to what was found; empty where nothing was. That it keeps a file from being uploaded is said.
pub(super) fn waived(waived: Waived) -> String {
    let Waived { findings, contract } = waived;
    if findings == 0 {
        return String::new();
    }
    let kept = match contract {
        0 => String::new(),
        1 => " (1 of them still stands in the way of an upload)".to_owned(),
        n => format!(" ({} of them still stand in the way of an upload)", number(n)),
    };
    format!("; {} waived{kept}", count(findings, "finding"))
}

/// The same as a sentence of its own; `None` where nothing was waived.
pub(super) fn waived_alone(of: Waived) -> Option<String> {
    waived(of).strip_prefix("; ").map(str::to_owned)
}

/// What is to be known of a repair besides its edits.
pub(super) fn fix_note(fix: &Fix) -> Option<&'static str> {
    match fix {
        Fix { edits, .. } if edits.is_empty() => Some("the file is written anew, which `hrlint fix` does"),
        Fix { by_hand: true, .. } => Some("right because of another row; `hrlint fix` leaves it"),
        Fix { .. } => None,
    }
}

/// How many repairs can be made without a person, to be added to what was found; empty where none can.
pub(super) fn fixable(summary: &Summary) -> String {
    match summary.fixable {
        0 => String::new(),
        n => format!("; hrlint fix --write mends {} safely", number(n)),
    }
}

/// What was found, in how many files, and whether all of them could be read: the closing line of most formats.
pub(super) fn found(summary: &Summary) -> String {
    let found = if summary.errors + summary.warnings + summary.infos == 0 { "" } else { "found " };
    let (tally, files) = (tally_or_nothing(summary), count(summary.files, "file"));
    let (waived, fixable) = (waived(summary.waived), fixable(summary));
    format!("{found}{tally} in {files}{waived}{}{fixable}", unchecked(summary))
}

/// A place in an editor's words: `file:line:char`, escaped as a whole, because a file called `:` must not make a `::` with
/// what follows it.
pub(super) fn spot(file: &str, place: &Place) -> Printable {
    let numbers = [place.line, place.line.and(place.char)].into_iter().flatten();
    Printable::new(&numbers.fold(file.to_owned(), |spot, number| format!("{spot}:{number}")))
}

/// Terminal columns that printable text takes, counted the way ariadne does: character by character.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(1)).sum()
}

/// The longest beginning of `text` that takes at most `limit` columns.
pub(super) fn head(text: &str, limit: usize) -> &str {
    let mut taken = 0;
    let fits = |(_, c): &(usize, char)| {
        taken += c.width().unwrap_or(1);
        taken <= limit
    };
    let end = text.char_indices().take_while(fits).last().map_or(0, |(i, c)| i + c.len_utf8());
    &text[..end]
}

/// The longest end of `text` that takes at most `limit` columns.
fn tail(text: &str, limit: usize) -> &str {
    let mut taken = 0;
    let fits = |(_, c): &(usize, char)| {
        taken += c.width().unwrap_or(1);
        taken <= limit
    };
    let start = text.char_indices().rev().take_while(fits).last().map_or(text.len(), |(i, _)| i);
    &text[start..]
}

/// Printable text cut to `limit` columns, with `…` for what is left out. What was escaped (a backslash) is kept in sight,
/// else the beginning and the end.
pub(super) fn clip(text: &str, limit: usize) -> Cow<'_, str> {
    if width(text) <= limit {
        return Cow::Borrowed(text);
    }
    let room = limit.saturating_sub(1);
    let ends = room / 3;
    let begin = head(text, room - ends);
    let escaped = text.find('\\').filter(|&at| at + 8 > begin.len() && at + 8 < text.len() - tail(text, ends).len());
    Cow::Owned(match escaped {
        Some(at) if limit > 20 => {
            let before = tail(&text[..at], room / 3);
            format!("…{before}{}…", head(&text[at..], room - 1 - width(before)))
        }
        _ => format!("{begin}…{}", tail(text, ends)),
    })
}

/// Breaks printable text into lines of at most `limit` columns at its blanks; a word that is longer is broken inside.
pub(super) fn wrapped(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    for mut word in text.split(' ') {
        if !line.is_empty() && width(&line) + 1 + width(word) > limit {
            lines.push(std::mem::take(&mut line));
        }
        while width(word) > limit {
            let piece = head(word, limit);
            lines.push(piece.to_owned());
            word = &word[piece.len()..];
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        let letters = [1, 26, 27, 52, 702, 703, 16_384].map(letters);
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn numbers_are_read_in_groups_of_three() {
        assert_eq!(
            [0, 12, 999, 1000, 99_003, 2_000_000].map(number),
            ["0", "12", "999", "1,000", "99,003", "2,000,000"]
        );
        assert_eq!(
            [1, 812, 1500, 14_200_000, 999_950_000].map(size),
            ["1 byte", "812 bytes", "1.5 kB", "14.2 MB", "1.0 GB"]
        );
        assert_eq!(
            [0, 8, 1300, 125_000].map(|ms| time(Duration::from_millis(ms))),
            ["under 1 ms", "8 ms", "1.3 s", "2 min 5 s"]
        );
        assert_eq!(tally(4812, 0, 1), "4,812 errors, 1 info");
    }

    #[test]
    fn a_clipped_text_keeps_both_ends_or_what_was_escaped() {
        assert_eq!(clip("aaaa", 4), "aaaa");
        assert_eq!(clip("aaaaaaaaaabbbbbbbbbb", 10), "aaaaaa…bbb");
        let long = "a".repeat(40) + "\\u{200b}" + &"b".repeat(40);
        assert_eq!(clip(&long, 30), "…aaaaaaaaa\\u{200b}bbbbbbbbbbb…");
        assert_eq!(width(&clip("山田太郎山田太郎", 9)), 9);
    }

    #[test]
    fn lines_are_broken_at_blanks_and_long_words_inside() {
        assert_eq!(wrapped("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("abcdefghijklmnopqrst uv", 10), ["abcdefghij", "klmnopqrst", "uv"]);
        assert_eq!(wrapped("", 10), Vec::<String>::new());
    }
}
