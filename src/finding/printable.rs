//! Foreign text made visible and harmless.
//!
//! Cells, headers, file names and mapping strings are written by others. Printed raw they could move the cursor, change
//! colours, reverse reading order, or be obeyed by a build server that reads our output (`::set-env`, `##vso[`). Every
//! such text passes through [`Printable`] first; neither ariadne nor miette does it for us.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::path::Path;

/// Text that is safe to print anywhere: no control, bidirectional or invisible character, no command for a build server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printable(String);

impl Printable {
    /// The path of a file, escaped.
    #[must_use]
    pub fn of_path(path: &Path) -> Self {
        Self::new(&path.to_string_lossy())
    }

    /// Escapes `text`. A harmless text stays as it is.
    ///
    /// Tabs and line breaks become `\t`, `\n`, `\r`, other control and invisible characters and unusual blanks (a no-break
    /// space) become `\u{..}`; the markers `::` and `##[`, `##vso[`, `##teamcity[`, which
    /// GitHub's and Azure's runners obey, are broken by a backslash.
    ///
    /// ```
    /// use hrlint::finding::Printable;
    /// assert_eq!(Printable::new("Müller, Å").as_str(), "Müller, Å");
    /// assert_eq!(Printable::new("one\ntwo\u{a0}three").as_str(), "one\\ntwo\\u{a0}three");
    /// assert_eq!(Printable::new("\u{1b}[31m").as_str(), "\\u{1b}[31m");
    /// assert_eq!(Printable::new("::error::x").as_str(), ":\\:error:\\:x");
    /// assert_eq!(Printable::new("##vso[task]").as_str(), "#\\#vso[task]");
    /// ```
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        let mut previous = '\0';
        for c in text.chars() {
            if (c == ':' && previous == ':') || (c == '#' && previous == '#') {
                out.push('\\');
            }
            match c {
                '\t' => out.push_str("\\t"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                c if is_unprintable(c) => {
                    write!(out, "\\u{{{:x}}}", c as u32).expect("writing to a String cannot fail");
                }
                c => out.push(c),
            }
            previous = c;
        }
        Self(out)
    }

    /// Escapes bytes that may not be UTF-8: what is not becomes `\xNN`.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut out = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            out.push_str(Self::new(chunk.valid()).as_str());
            for byte in chunk.invalid() {
                write!(out, "\\x{byte:02x}").expect("writing to a String cannot fail");
            }
        }
        Self(out)
    }

    /// The same text with `…` behind it.
    #[must_use]
    pub(super) fn going_on(mut self) -> Self {
        self.0.push('…');
        self
    }

    /// Whether a character may be printed as it is; for formats that escape the others in a way of their own.
    #[must_use]
    pub fn allows(c: char) -> bool {
        !is_unprintable(c)
    }

    /// The escaped text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The escaped text, cut to at most `limit` characters with `…` in place of the rest.
    #[must_use]
    pub fn shortened(&self, limit: usize) -> Cow<'_, str> {
        if self.0.char_indices().nth(limit).is_none() {
            return Cow::Borrowed(&self.0);
        }
        let kept: String = self.0.chars().take(limit.saturating_sub(1)).collect();
        Cow::Owned(kept + "…")
    }
}

impl fmt::Display for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Whether a character would act on a terminal or hide from a reader: C0, DEL, C1, soft hyphen, bidirectional marks,
/// zero-width characters, blanks other than the space (they look like one, and are often the fault), line and paragraph
/// separators, the byte order mark, tags and non-characters.
#[must_use]
pub(super) fn is_unprintable(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || (c as u32) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::Printable;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_acts_on_a_terminal_or_a_build_server(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let shown = Printable::from_bytes(&bytes);
            prop_assert!(!shown.as_str().chars().any(super::is_unprintable));
            for marker in ["::", "##"] {
                prop_assert!(!shown.as_str().contains(marker));
            }
        }
    }

    #[test]
    fn escaping_twice_changes_nothing() {
        for text in ["::error::x", "##[group]", "a\tb", "\u{202e}", ":::::", "a:\\:b"] {
            let once = Printable::new(text);
            assert_eq!(Printable::new(once.as_str()), once);
        }
    }

    #[test]
    fn invalid_bytes_are_shown_as_bytes() {
        assert_eq!(Printable::from_bytes(b"M\xfcller").as_str(), "M\\xfcller");
    }

    #[test]
    fn shortening_counts_characters() {
        assert_eq!(Printable::new("äöüß").shortened(4), "äöüß");
        assert_eq!(Printable::new("äöüß!").shortened(4), "äöü…");
    }
}
