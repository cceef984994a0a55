//! What a cell says: its bytes without the quotes.

use std::borrow::Cow;

/// The content of a cell that is bare, or quoted without a quote inside: the fast way. `None`: see [`unquote`].
#[must_use]
#[inline]
pub fn content(raw: &[u8]) -> Option<&[u8]> {
    match raw {
        [b'"', inner @ .., b'"'] => (!inner.contains(&b'"')).then_some(inner),
        [b'"', ..] => None,
        _ => Some(raw),
    }
}

/// The content of any cell: quotes removed, doubled quotes single. Text after a closing quote is kept as it stands, and a
/// quote that is never closed is text, as the scanner read them.
#[must_use]
pub fn unquote(raw: &[u8]) -> Cow<'_, [u8]> {
    let Some(inner) = raw.strip_prefix(b"\"") else { return Cow::Borrowed(raw) };
    if let Some(content) = content(raw) {
        return Cow::Borrowed(content);
    }
    let mut text = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = memchr::memchr(b'"', rest) {
        text.extend_from_slice(&rest[..at]);
        match rest.get(at + 1) {
            Some(b'"') => {
                text.push(b'"');
                rest = &rest[at + 2..];
            }
            None => return Cow::Owned(text),
            Some(_) => {
                text.extend_from_slice(&rest[at + 1..]);
                return Cow::Owned(text);
            }
        }
    }
    Cow::Borrowed(raw)
}

#[cfg(test)]
mod tests {
    use super::{content, unquote};

    #[test]
    fn the_fast_way_agrees_with_the_other() {
        for raw in ["", "a", "\"\"", "\"a,b\"", "\"a\"\"b\"", "a\"b", "\"", "\"\"\"", "\"a\"b", "\"\"\"\""] {
            if let Some(fast) = content(raw.as_bytes()) {
                assert_eq!(fast, &*unquote(raw.as_bytes()), "{raw}");
            }
        }
    }

    #[test]
    fn doubled_quotes_become_single_and_slips_stay_readable() {
        let text = |raw: &str| String::from_utf8(unquote(raw.as_bytes()).into_owned()).expect("ASCII");
        assert_eq!(text("\"say \"\"hi\"\"\""), "say \"hi\"");
        assert_eq!(text("\"a\"b\"c"), "ab\"c");
        assert_eq!(text("\"never closed"), "\"never closed");
        assert_eq!(text("\"\"\"\""), "\"");
    }
}
