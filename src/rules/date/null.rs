//! Recognises what people and programs write into a date cell to say that there is no date.

use super::plain::{DASH, NO_BREAK};

/// In which way a cell says that there is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    /// Zeros in place of the numbers, or the day 0 of a spreadsheet.
    Zeros,
    /// The marks of a date without its numbers, or a dash.
    Marks,
    /// A word, such as `N/A`.
    Word,
    /// The pattern of a date, such as `dd.mm.yyyy`.
    Pattern,
}

/// Words for "nothing", "unknown" and "not yet" in the languages of the systems that write them; in small letters.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "n/a", "n.a.", "n.a", "n. a.", "na", "n/d", "n.d.", "nd", "null", "nil", "none", "blank", "empty", "undefined",
    "missing", "nan", "nat", "dbnull", "invalid date", "invaliddate", "invalid", "not a date", "no date", "not set",
    "not applicable", "not available", "not known", "unknown", "tbd", "tba", "tbc", "t.b.d.", "pending", "infinity",
    "\\n", "leer", "offen", "unbekannt", "keine", "keins", "kein datum", "keine angabe", "k.a.", "k. a.", "k.a",
    "entfällt", "nicht zutreffend", "ohne", "n.z.", "inconnu", "inconnue", "aucun", "aucune", "néant", "neant",
    "sans objet", "s.o.", "s/o", "vide", "non applicable", "desconocido", "desconocida", "ninguno", "ninguna",
    "no aplica", "sin fecha", "s/d", "vacío", "desconhecido", "nenhum", "nenhuma", "não aplicável", "sem data",
    "onbekend", "geen", "n.v.t.", "nvt", "leeg", "sconosciuto", "nessuno", "nessuna", "non disponibile",
];

/// Patterns of dates in some languages; in small letters.
#[rustfmt::skip]
const PATTERNS: &[&str] = &[
    "dd.mm.yyyy", "dd/mm/yyyy", "dd-mm-yyyy", "mm/dd/yyyy", "mm-dd-yyyy", "yyyy-mm-dd", "yyyy/mm/dd", "dd.mm.yy",
    "mm/dd/yy", "tt.mm.jjjj", "tt.mm.jj", "jj/mm/aaaa", "dd/mm/aaaa", "dd-mm-jjjj", "gg/mm/aaaa",
    "yyyy-mm-ddthh:mm:ssz",
];

/// In which way a plain text that is no date says that there is none, if it does.
pub(super) fn recognise(bytes: &[u8]) -> Option<Null> {
    let is_mark =
        |byte: &u8| matches!(*byte, b'/' | b'-' | b'.' | b'_' | b':' | b'?' | b'*' | b'~' | b' ' | DASH | NO_BREAK);
    if bytes.is_empty() {
        return None;
    }
    if bytes.iter().all(is_mark) {
        return Some(Null::Marks);
    }
    if bytes.iter().all(|byte| is_mark(byte) || matches!(byte, b'0' | b'T' | b'Z')) && bytes.contains(&b'0') {
        return Some(Null::Zeros);
    }
    let bare = match bytes {
        [b'(', inner @ .., b')'] | [b'<', inner @ .., b'>'] | [b'[', inner @ .., b']'] => inner,
        all => all,
    };
    let is = |known: &&str| known.as_bytes().eq_ignore_ascii_case(bare);
    if WORDS.iter().any(is) {
        return Some(Null::Word);
    }
    if PATTERNS.iter().any(is) {
        return Some(Null::Pattern);
    }
    is_day_zero(bytes).then_some(Null::Zeros)
}

/// Day 0 of a spreadsheet, as it shows an empty cell that is formatted as a date: `1/0/1900`, `00.01.1900`, with a time or not.
fn is_day_zero(bytes: &[u8]) -> bool {
    let time = bytes.iter().position(|byte| *byte == b' ').unwrap_or(bytes.len());
    let (day, time) = bytes.split_at(time);
    let midnight = time.iter().all(|byte| matches!(byte, b'0' | b':' | b' '));
    let days: [&[u8]; 8] = [
        b"1/0/1900",
        b"01/00/1900",
        b"0/1/1900",
        b"00/01/1900",
        b"0.1.1900",
        b"00.01.1900",
        b"0-1-1900",
        b"00-01-1900",
    ];
    midnight && days.contains(&day)
}

#[cfg(test)]
mod tests {
    use super::{Null, recognise};

    #[test]
    fn the_ways_of_saying_nothing_are_told_apart() {
        for (text, expected) in [
            ("N/A", Null::Word),
            ("(null)", Null::Word),
            ("Invalid date", Null::Word),
            ("Entfällt", Null::Word),
            ("\\N", Null::Word),
            ("-", Null::Marks),
            ("/  /", Null::Marks),
            ("__.__.____", Null::Marks),
            ("\u{1d}", Null::Marks),
            ("0", Null::Zeros),
            ("00000000", Null::Zeros),
            ("00.00.0000 00:00:00", Null::Zeros),
            ("1/0/1900 0:00", Null::Zeros),
            ("DD.MM.YYYY", Null::Pattern),
        ] {
            assert_eq!(recognise(text.as_bytes()), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_text_that_may_mean_a_date_is_not_one_of_them() {
        for text in
            ["", "soon", "to be agreed", "2026", "31.02.2026", "10", "T", "1/0/1901", "1/0/1900 9:00", "nana", "()"]
        {
            assert_eq!(recognise(text.as_bytes()), None, "{text}");
        }
    }
}
