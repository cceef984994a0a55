//! A diff for a person: harmless text, changed characters marked inside the line, colour where it is wanted.

use similar::utils::diff_chars;
use similar::{Algorithm, ChangeTag};

use super::Looks;
use crate::finding::Printable;

/// Longest line in which changed characters are searched for.
const LONGEST: usize = 8 * 1024;

const PLAIN: &str = "\u{1b}[0m";
const BOLD: &str = "\u{1b}[1m";

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Context,
    Removed,
    Added,
}

impl Kind {
    pub(super) fn of(sign: u8) -> Self {
        match sign {
            b'-' => Self::Removed,
            b'+' => Self::Added,
            _ => Self::Context,
        }
    }

    fn sign(self) -> char {
        match self {
            Self::Context => ' ',
            Self::Removed => '-',
            Self::Added => '+',
        }
    }

    /// The colour of the line, and of what changed in it.
    fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Context => ("", ""),
            Self::Removed => ("\u{1b}[31m", "\u{1b}[1;7;31m"),
            Self::Added => ("\u{1b}[32m", "\u{1b}[1;7;32m"),
        }
    }
}

/// A line of the head, in bold.
pub(super) fn head(text: &str, looks: Looks) -> Vec<u8> {
    match looks {
        Looks::Person { colour: true } => format!("{BOLD}{text}{PLAIN}\n"),
        _ => format!("{text}\n"),
    }
    .into_bytes()
}

/// Adds a line.
pub(super) fn line(out: &mut Vec<u8>, kind: Kind, line: &[u8], colour: bool) {
    marked(out, kind, &[(false, &split(line).0)], line, colour);
}

/// Adds a line and the one that it became, with the characters marked that differ.
pub(super) fn pair(out: &mut Vec<u8>, old: &[u8], new: &[u8], colour: bool) {
    let ((old_text, old_end), (new_text, new_end)) = (split(old), split(new));
    // Line ends that differ are shown; those that are equal are not.
    let shown = |text: &str, end: &str| if old_end == new_end { text.to_owned() } else { format!("{text}{end}") };
    let (old_text, new_text) = (shown(&old_text, &old_end), shown(&new_text, &new_end));
    if !colour || old_text.len().max(new_text.len()) > LONGEST {
        marked(out, Kind::Removed, &[(false, &old_text)], old, colour);
        marked(out, Kind::Added, &[(false, &new_text)], new, colour);
        return;
    }
    let parts = diff_chars(Algorithm::Myers, &old_text, &new_text);
    for (kind, tag, line) in [(Kind::Removed, ChangeTag::Delete, old), (Kind::Added, ChangeTag::Insert, new)] {
        let of_line = parts.iter().filter(|(of, _)| *of == ChangeTag::Equal || *of == tag);
        let parts: Vec<_> = of_line.map(|(of, text)| (*of == tag, *text)).collect();
        marked(out, kind, &parts, line, colour);
    }
}

/// A line without and with its end, readable however it is coded.
fn split(line: &[u8]) -> (String, String) {
    let end = line.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
    (String::from_utf8_lossy(&line[..end]).into_owned(), String::from_utf8_lossy(&line[end..]).into_owned())
}

fn marked(out: &mut Vec<u8>, kind: Kind, parts: &[(bool, &str)], line: &[u8], colour: bool) {
    let (of_line, of_change) = if colour { kind.colours() } else { ("", "") };
    let plain = if of_line.is_empty() { "" } else { PLAIN };
    let mut text = format!("{of_line}{}", kind.sign());
    for (changed, part) in parts {
        let part = Printable::new(part);
        if *changed && !of_change.is_empty() {
            text.extend([plain, of_change, part.as_str(), plain, of_line]);
        } else {
            text += part.as_str();
        }
    }
    out.extend_from_slice(text.as_bytes());
    out.extend_from_slice(plain.as_bytes());
    out.push(b'\n');
    if line.last() != Some(&b'\n') {
        out.extend_from_slice(b"\\ No newline at end of file\n");
    }
}
