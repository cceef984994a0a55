//! HTML inside a text: where it is, and the text that it shows.

/// What of HTML was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A character reference such as `&amp;`.
    Reference,
    /// A tag such as `<br>`.
    Tag,
}

/// The first piece of HTML in a text.
pub(super) fn first(text: &str) -> Option<Kind> {
    pieces(text).next().map(|piece| piece.kind)
}

/// Whether the text holds a character reference.
pub(super) fn has_reference(text: &str) -> bool {
    pieces(text).any(|piece| piece.kind == Kind::Reference)
}

/// The text that the HTML shows, until no HTML is left.
pub(super) fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    // Every round makes the text shorter: what stands for a piece is shorter than the piece.
    while first(&text).is_some() {
        let (mut shown, mut end) = (String::with_capacity(text.len()), 0);
        for piece in pieces(&text) {
            shown.push_str(&text[end..piece.start]);
            shown.extend(piece.shown);
            end = piece.end;
        }
        shown.push_str(&text[end..]);
        text = shown;
    }
    text
}

struct Piece {
    kind: Kind,
    start: usize,
    end: usize,
    shown: Option<char>,
}

fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += text.as_bytes()[at..].iter().position(|byte| matches!(byte, b'&' | b'<'))?;
            let start = at;
            let rest = &text[start + 1..];
            let (kind, found) = match text.as_bytes()[start] {
                b'&' => (Kind::Reference, reference(rest)),
                _ => (Kind::Tag, tag(rest)),
            };
            at += 1;
            if let Some((length, shown)) = found {
                at += length;
                return Some(Piece { kind, start, end: at, shown });
            }
        }
    })
}

/// Named references that texts of offices hold.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("shy", '\u{ad}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("bull", '•'),
    ("middot", '·'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("sect", '§'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("frac12", '½'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
    ("szlig", 'ß'),
    ("AElig", 'Æ'),
    ("aelig", 'æ'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Oslash", 'Ø'),
    ("oslash", 'ø'),
    ("Aring", 'Å'),
    ("aring", 'å'),
    ("ETH", 'Ð'),
    ("eth", 'ð'),
    ("THORN", 'Þ'),
    ("thorn", 'þ'),
    ("Ccedil", 'Ç'),
    ("ccedil", 'ç'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("yuml", 'ÿ'),
];

/// The letters with accents that have a name each: the letter, then the accent.
const ACCENTS: &[(&str, &str, &str)] = &[
    ("grave", "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
    ("acute", "AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
    ("circ", "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
    ("tilde", "ANOano", "ÃÑÕãñõ"),
    ("uml", "AEIOUaeiou", "ÄËÏÖÜäëïöü"),
];

/// The length of the reference behind its `&`, and the character that it stands for.
fn reference(rest: &str) -> Option<(usize, Option<char>)> {
    const LONGEST: usize = 10;
    let length = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &rest[..length];
    let shown = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => Some(NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c).or_else(|| accented(name))?),
    };
    Some((length + 1, shown))
}

/// The character of a number; `Some(None)` for control characters, which show nothing.
#[expect(clippy::option_option, reason = "no reference, one that shows nothing, one that shows a character")]
fn numbered(number: &str) -> Option<Option<char>> {
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let (digits, radix) = hexadecimal.map_or((number, 10), |digits| (digits, 16));
    let digits = Some(digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_alphanumeric()))?;
    let c = char::from_u32(u32::from_str_radix(digits, radix).ok()?)?;
    Some(match c {
        '\t' | '\n' | '\r' => Some(' '),
        _ if c.is_control() => None,
        _ => Some(c),
    })
}

fn accented(name: &str) -> Option<char> {
    let letter = name.chars().next()?;
    let (_, letters, with) = ACCENTS.iter().find(|(accent, ..)| name[letter.len_utf8()..] == **accent)?;
    with.chars().nth(letters.find(letter)?)
}

/// Tags that editors of web pages write. Where one of the first fifteen ends, words part.
const TAGS: &[&str] = &[
    "br",
    "p",
    "div",
    "li",
    "hr",
    "td",
    "tr",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "table",
    "ul",
    "ol",
    "span",
    "font",
    "b",
    "i",
    "u",
    "s",
    "em",
    "strong",
    "a",
    "img",
    "sub",
    "sup",
    "small",
    "big",
    "html",
    "body",
    "head",
    "title",
    "style",
    "script",
    "tbody",
    "pre",
    "code",
    "blockquote",
    "center",
    "o:p",
];
const PARTING: usize = 15;

/// The length of the tag behind its `<`, and the blank that it shows where words part.
fn tag(rest: &str) -> Option<(usize, Option<char>)> {
    let length = rest.bytes().position(|byte| matches!(byte, b'>' | b'<')).filter(|at| rest.as_bytes()[*at] == b'>')?;
    let inner = rest[..length].strip_suffix('/').unwrap_or(&rest[..length]);
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let (name, attributes) = inner.split_once([' ', '\t', '\n', '\r']).unwrap_or((inner, ""));
    let place = TAGS.iter().position(|tag| tag.eq_ignore_ascii_case(name))?;
    // `<a word>` in somebody's angle brackets is no tag: attributes have values.
    let is_tag = attributes.trim().is_empty() || (!closes && attributes.contains('='));
    let parts = place < PARTING && (closes || name.eq_ignore_ascii_case("br") || name.eq_ignore_ascii_case("hr"));
    is_tag.then(|| (length + 1, parts.then_some(' ')))
}

#[cfg(test)]
mod tests {
    use super::{first, plain};
    use proptest::prelude::*;

    #[test]
    fn letters_with_accents_have_names() {
        assert_eq!(plain("&Ouml;&eacute;&ntilde;&ccedil;&szlig;&Agrave;&yacute;"), "ÖéñçßÀý");
        assert_eq!(plain("&xuml; &ümlaut; &amp"), "&xuml; &ümlaut; &amp");
    }

    #[test]
    fn a_tag_has_a_known_name_and_attributes_with_values() {
        assert_eq!(plain("<a href=\"x\">y</a> <i>z</i> <o:p></o:p>"), "y z ");
        assert_eq!(plain("<a word> <b"), "<a word> <b");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_plain_text_holds_no_html(text in "([&<>;#x/]|amp|lt|gt|br|38|3C| |ü){0,24}") {
            let plain = plain(&text);
            prop_assert_eq!(first(&plain), None);
            prop_assert!(plain.len() <= text.len());
        }
    }
}
