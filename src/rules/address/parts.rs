//! An address taken apart, as all rules of this family do it. Nothing here allocates.

use crate::rules::text::characters::{Class, class};
use crate::rules::{Bytes, Cell};

/// Whether a character is a blank or cannot be seen: spaces of all kinds, tabs, line breaks, zero-width characters,
/// soft hyphens and bidirectional marks. Other control characters are the business of `control-character`.
pub(super) fn is_blank(c: char) -> bool {
    matches!(class(c), Class::Blank | Class::NoBreak | Class::ZeroWidth)
}

/// Whether a character is an `@` or is taken for one by people.
pub(super) fn is_at(c: char) -> bool {
    matches!(c, '@' | '\u{ff20}' | '\u{fe6b}')
}

/// Whether the text has anything like an `@`.
pub(super) fn has_at(text: &str) -> bool {
    // Whatever is taken for one begins, in UTF-8, with the same byte, which is rare.
    match memchr::memchr2(b'@', 0xef, text.as_bytes()) {
        None => false,
        Some(at) => text.as_bytes()[at] == b'@' || text[at..].contains(is_at),
    }
}

/// The text without blanks around it.
pub(super) fn core(text: &str) -> &str {
    match text.as_bytes() {
        // The usual case, seen at once.
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim_matches(is_blank),
    }
}

/// What stands before and after the only `@`, both filled.
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let core = core(text);
    let (local, domain) = core.split_at_checked(memchr::memchr(b'@', core.as_bytes())?)?;
    let domain = &domain[1..];
    (!local.is_empty() && !domain.is_empty() && !has_at(domain)).then_some((local, domain))
}

/// Whether the cell holds more than one address, apart by blanks or punctuation.
pub(super) fn is_list(text: &str) -> bool {
    let bytes = text.as_bytes();
    // What is taken for an @ begins with this byte.
    if memchr::memchr(0xef, bytes).is_none() {
        let (first, last) = (memchr::memchr(b'@', bytes), memchr::memrchr(b'@', bytes));
        // Most texts have one @. Whatever sets two apart stands between them.
        let between = first.zip(last).map_or(&bytes[..0], |(first, last)| &bytes[first..last]);
        let may_separate = |byte: &u8| matches!(byte, 0..=b' ' | b',' | b'/' | b';' | b'|' | 0x80..);
        if !between.iter().any(may_separate) {
            return false;
        }
    }
    listed(text).nth(1).is_some()
}

/// Whether a cell's text, with or without the blanks around it, holds at most one address, and that in no display form.
pub(super) fn is_bare(cell: &Cell<'_>, text: &str) -> bool {
    // All that makes a display form does not belong into a sign-in name.
    let is_form = cell.kinds.meets(Bytes::NOT_UPN) && display_form(text).is_some();
    let is_list = may_be_list(cell) && is_list(text);
    !is_form && !is_list
}

/// Whether the cell may hold more than one address, for all that is known of its bytes.
pub(super) fn may_be_list(cell: &Cell<'_>) -> bool {
    cell.kinds.meets(SEPARATING)
}

/// Kinds of bytes that may stand between two addresses.
const SEPARATING: Bytes = Bytes::BLANK.and(Bytes::CONTROL).and(Bytes::NUL).and(Bytes::NOT_UPN).and(Bytes::STRANGE);

/// The texts with an `@`, apart by blanks or punctuation.
pub(super) fn listed(text: &str) -> impl Iterator<Item = &str> {
    let separates = |c| matches!(c, ';' | ',' | '|' | '/') || is_blank(c);
    text.split(separates).filter(|part| has_at(part))
}

/// A form in which programs show or keep a person, and that is no sign-in name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DisplayForm<'a> {
    /// A name, and this address in brackets, or the other way about.
    Named(&'a str),
    /// A prefix, and this address.
    Prefixed(&'a str),
    /// `DOMAIN\user`.
    Account,
    /// `CN=...` or `/o=...`.
    Path,
}

/// The prefixes that mail programs and directories put before an address.
const PREFIXES: [&str; 5] = ["mailto:", "smtp:", "sip:", "i:0#.f|membership|", "upn:"];

/// What the prefix is put before.
fn after_prefix(text: &str) -> Option<&str> {
    let stripped = |prefix: &&str| {
        let (start, rest) = text.split_at_checked(prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then_some(rest)
    };
    PREFIXES.iter().find_map(stripped)
}

/// The display form of a text that holds at most one address.
pub(super) fn display_form(text: &str) -> Option<DisplayForm<'_>> {
    let text = core(text);
    // All forms have one of these; most texts have none.
    let bytes = text.as_bytes();
    memchr::memchr3(b'>', b')', b']', bytes).or_else(|| memchr::memchr3(b':', b'\\', b'=', bytes))?;
    if !has_at(text) {
        return bare_form(text);
    }
    if is_list(text) {
        return None;
    }
    if let Some(address) = after_prefix(text) {
        return has_at(address).then_some(DisplayForm::Prefixed(address));
    }
    let (open, close) = match text.as_bytes().last()? {
        b'>' => ('<', '>'),
        b')' => ('(', ')'),
        b']' => ('[', ']'),
        _ => return None,
    };
    let (outside, inside) = text.strip_suffix(close)?.split_once(open)?;
    let inside = core(inside);
    let inside = after_prefix(inside).unwrap_or(inside);
    match (split(outside), split(inside)) {
        (None, Some(_)) if !has_at(outside) => Some(DisplayForm::Named(inside)),
        (Some(_), None) if outside.ends_with(is_blank) => Some(DisplayForm::Named(outside)),
        _ => None,
    }
}

/// The form of a text without any `@`.
fn bare_form(text: &str) -> Option<DisplayForm<'static>> {
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if text.contains('=') && (begins("CN=") || begins("/o=") || begins("UID=")) {
        return Some(DisplayForm::Path);
    }
    let (domain, user) = text.split_once('\\')?;
    let is_name = |name: &str| {
        let usual = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'$');
        !name.is_empty() && name.bytes().all(usual)
    };
    (is_name(domain) && is_name(user)).then_some(DisplayForm::Account)
}

/// Whether a domain is written as one: labels of letters, digits, hyphens and the underscores that some have, with dots
/// between them. What is not has a finding of its own already.
pub(crate) fn is_well_formed(domain: &str) -> bool {
    let is_label = |label: &str| {
        let usual = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        !label.is_empty() && label.bytes().all(usual)
    };
    domain.len() <= 48 && !domain.starts_with('-') && !domain.ends_with('-') && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::{DisplayForm, core, display_form, is_list, is_well_formed, split};

    #[test]
    fn an_address_falls_into_two_parts_at_its_only_at() {
        assert_eq!(split("\u{200b}a@b.de\u{a0}"), Some(("a", "b.de")));
        for text in ["a", "a@", "@b.de", "a@b@c", " @ ", "a@b\u{ff20}c"] {
            assert_eq!(split(text), None, "{text}");
        }
        assert_eq!(core(" \u{feff} "), "");
    }

    #[test]
    fn lists_and_display_names_are_recognised() {
        for text in ["a@x.de;b@x.de", "a@x.de, b@x.de", "a@x.de b@x.de", "a@x.de/b@x.de"] {
            assert!(is_list(text), "{text}");
        }
        assert!(!is_list("a@b@x.de"));
        assert!(!is_list("a@x.de;"));
        assert_eq!(display_form("Erika Mustermann <e.m@x.de>"), Some(DisplayForm::Named("e.m@x.de")));
        assert_eq!(display_form("a<b@x.de"), None);
    }
    #[test]
    fn a_domain_is_made_of_labels() {
        for domain in ["contoso.com", "x", "a-b.c-d.de", "foo_bar.de", "xn--mller-kva.de", "192.168.1.5"] {
            assert!(is_well_formed(domain), "{domain}");
        }
        for domain in ["", ".", "a.", ".a", "a..b", "-a.de", "a.de-", "a b.de", "a+b.de", "x.de>", "müller.de"] {
            assert!(!is_well_formed(domain), "{domain}");
        }
    }
}
