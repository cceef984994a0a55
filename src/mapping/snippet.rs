//! A mapping's text, fit to be shown around an error.
//!
//! miette prints the lines of a text as they are, however long and whatever they hold. Here every character that could act on
//! a terminal or a build server is replaced by `?`s of the same length in bytes, so that labels stay in place, and of a
//! very long line only the part around the label is handed out.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::finding::Printable;

/// Lines up to this many bytes are shown whole.
const LONG: usize = 400;
/// Of longer ones, this many bytes on each side of the label.
const AROUND: usize = 60;

/// A harmless text with a name.
#[derive(Debug)]
pub(crate) struct Snippet {
    name: String,
    text: String,
}

impl Snippet {
    pub(crate) fn new(name: &Printable, text: &str) -> Self {
        Self { name: name.as_str().to_owned(), text: harmless(text) }
    }
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = self.text.read_span(span, before, after)?;
        let (data, mut start, mut column) = (whole.data(), whole.span().offset(), whole.column());
        let (mut line, mut end) = (whole.line(), start + data.len());
        if data.split(|&byte| byte == b'\n').any(|line| line.len() > LONG) {
            // Refused, miette shows two labels of one long line one after the other.
            if span.len() > LONG {
                return Err(MietteError::OutOfBounds);
            }
            start = self.text.floor_char_boundary(span.offset().saturating_sub(AROUND));
            end = self.text.ceil_char_boundary((span.offset() + span.len() + AROUND).min(self.text.len()));
            let passed = &self.text[..start];
            line = passed.bytes().filter(|&byte| byte == b'\n').count();
            column = start - passed.rfind('\n').map_or(0, |at| at + 1);
        }
        let text = &self.text[start..end];
        let lines = text.bytes().filter(|&byte| byte == b'\n').count();
        let shown = (start, end - start).into();
        let contents = MietteSpanContents::new_named(self.name.clone(), text.as_bytes(), shown, line, column, lines);
        Ok(Box::new(contents))
    }
}

/// The same text, byte for byte of the same length, without anything that acts when it is printed.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let acts = match c {
            '\n' | '\t' | ' '..='9' | ';'..='~' if c != '#' => false,
            '\r' => characters.peek() != Some(&'\n'),
            // Two of them start a command for a build server.
            ':' | '#' => out.ends_with(c),
            _ => Printable::new(c.encode_utf8(&mut [0; 4])).as_str().chars().ne([c]),
        };
        if acts { out.extend(std::iter::repeat_n('?', c.len_utf8())) } else { out.push(c) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Snippet, harmless};
    use crate::finding::Printable;
    use miette::SourceCode;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_harmless_text_has_the_same_length_and_nothing_that_acts(text in "(?s)[a#:\r\n\t\u{1b}\u{202e}é]{0,40}|.{0,40}") {
            let shown = harmless(&text);
            prop_assert_eq!(shown.len(), text.len());
            for piece in shown.replace("\r\n", "\n").split(['\n', '\t']) {
                prop_assert!(Printable::new(piece).as_str() == piece, "{piece:?}");
            }
        }
    }

    #[test]
    fn of_a_very_long_line_only_the_part_around_the_label_is_shown() {
        let text = format!("first\n{}é{}", "x".repeat(2000), "y".repeat(2000));
        let snippet = Snippet::new(&Printable::new("a.json"), &text);
        let contents = snippet.read_span(&(2006, 2).into(), 1, 1).expect("the span lies in the text");
        assert_eq!(contents.data().len(), 60 + 2 + 60);
        assert_eq!((contents.line(), contents.column()), (1, 1940));
    }
}
