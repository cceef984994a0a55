//! A date cell's text as plain bytes: trimmed, and without what the text rules speak of.

use crate::rules::text::characters::{self, Class};

/// Room for a text that has to be rewritten; a longer one is no date.
pub(super) const SPACE: usize = 96;

/// Stands for a blank that does not break a line: `invisible-character` speaks of it, so it is no separator's fault.
pub(super) const NO_BREAK: u8 = 0x1c;

/// Stands for a typographic dash or minus sign.
pub(super) const DASH: u8 = 0x1d;

/// The text as bytes that hold no control character but [`NO_BREAK`] and [`DASH`], and whether control characters were
/// left out. Printable ASCII, the usual case, is only trimmed.
pub(super) fn plain<'a>(text: &'a str, space: &'a mut [u8; SPACE]) -> (&'a [u8], bool) {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return (text.as_bytes().trim_ascii(), false);
    }
    let (mut length, mut controls) = (0, false);
    for c in text.trim_matches(passed_over).chars() {
        let c = match (characters::class(c), c) {
            (Class::Control | Class::Nul, _) => {
                controls = true;
                continue;
            }
            (Class::ZeroWidth, _) => continue,
            (Class::Blank, _) => ' ',
            (Class::NoBreak, _) => NO_BREAK.into(),
            (_, '\u{2010}'..='\u{2015}' | '\u{2212}') => DASH.into(),
            _ => c,
        };
        let Some(room) = space.get_mut(length..length + c.len_utf8()) else { return (b"", controls) };
        c.encode_utf8(room);
        length += c.len_utf8();
    }
    (&space[..length], controls || text.contains(is_control))
}

fn passed_over(c: char) -> bool {
    !matches!(characters::class(c), Class::Plain)
}

fn is_control(c: char) -> bool {
    matches!(characters::class(c), Class::Control | Class::Nul)
}
