//! An address taken apart, as all rules of this family do it. Nothing here allocates.

/// Whether a character is a blank or cannot be seen: spaces of all kinds, tabs, line breaks, zero-width characters,
/// soft hyphens and bidirectional marks. Other control characters are the business of `control-character`.
pub(super) fn is_blank(c: char) -> bool {
    match c {
        ' ' | '\t' | '\n' | '\r' => true,
        '\0'..='\u{9f}' => false,
        other => other.is_whitespace() || is_invisible(other),
    }
}

/// The characters that show nothing, or pretend to be a blank, in Unicode's blocks.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character is an `@` or is taken for one by people.
pub(super) fn is_at(c: char) -> bool {
    matches!(c, '@' | '\u{ff20}' | '\u{fe6b}')
}

/// Whether the text has anything like an `@`.
pub(super) fn has_at(text: &str) -> bool {
    text.as_bytes().contains(&b'@') || (!text.is_ascii() && text.contains(is_at))
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
    let (local, domain) = core.split_at_checked(core.bytes().position(|byte| byte == b'@')?)?;
    let domain = &domain[1..];
    (!local.is_empty() && !domain.is_empty() && !has_at(domain)).then_some((local, domain))
}

/// Whether the cell holds more than one address, apart by blanks or punctuation.
pub(super) fn is_list(text: &str) -> bool {
    text.split(|c| is_separator(c) || is_blank(c)).filter(|part| has_at(part)).nth(1).is_some()
}

/// Whether a character stands between the addresses of a list.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, ';' | ',' | '|' | '/')
}

/// Whether the text has the form of a mail header: a name, then the address in angle brackets.
pub(super) fn has_display_name(text: &str) -> bool {
    let text = core(text);
    text.ends_with('>') && text.contains('<')
}

#[cfg(test)]
mod tests {
    use super::{core, has_display_name, is_list, split};

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
        assert!(has_display_name("Erika Mustermann <e.m@x.de>"));
        assert!(!has_display_name("a<b@x.de"));
    }
}
