//! What a column name says: its words, taken apart and understood.
//!
//! Takes a text as written, in any of the languages of [`words`](super::words), with or without separators between its words. Knows
//! nothing of fields.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{Meaning, WORDS};

/// A word of a header: how many letters of it were understood, and what it may mean.
#[derive(Clone, Debug)]
struct Word {
    letters: usize,
    meanings: &'static [Meaning],
    /// It is only almost the known word.
    misspelt: bool,
}

/// A header, taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    words: Vec<Word>,
    letters: usize,
}

/// The known words, folded, with all their meanings.
static KNOWN: LazyLock<HashMap<Vec<char>, &'static [Meaning]>> = LazyLock::new(|| {
    let mut known: HashMap<Vec<char>, Vec<Meaning>> = HashMap::new();
    for (meaning, languages) in WORDS {
        for word in languages.iter().flat_map(|words| words.split(", ")).filter(|word| !word.is_empty()) {
            let meanings = known.entry(fold(word).into_iter().flatten().collect()).or_default();
            if !meanings.contains(meaning) {
                meanings.push(*meaning);
            }
        }
    }
    known.into_iter().map(|(word, meanings)| (word, &*meanings.leak())).collect()
});

static LONGEST: LazyLock<usize> = LazyLock::new(|| KNOWN.keys().map(Vec::len).max().unwrap_or(0));

/// Letters that a word needs to be found inside a longer one.
const COMPOUND: usize = 4;

/// Letters of a header that are looked at: nobody writes longer ones by hand.
const MOST: usize = 120;

impl Header {
    /// Takes a text apart.
    pub(super) fn read(text: &str) -> Self {
        let mut tokens = fold(text);
        let mut letters = 0;
        tokens.retain(|token| {
            letters += token.len();
            letters <= MOST
        });
        let joined: Vec<char> = tokens.iter().flatten().copied().collect();
        let mut starts = vec![false; joined.len() + 1];
        let ends = tokens.iter().scan(0, |at, token| {
            *at += token.len();
            Some(*at)
        });
        starts[0] = true;
        ends.for_each(|end| starts[end] = true);
        let found = longest_words(&joined, &starts);
        let mut words = Vec::new();
        let mut begin = 0;
        for token in &tokens {
            let end = begin + token.len();
            words.extend(understood(token, begin..end, &found));
            begin = end;
        }
        let covered: usize = words.iter().map(|word: &Word| word.letters).sum();
        if tokens.len() > 1 && covered * 10 < joined.len() * 7 {
            // A slip inside a name of several words.
            words = misspelt(&joined).map_or(words, |word| vec![word]);
        }
        Self { words, letters: joined.len() }
    }

    /// Whether some word may mean this.
    pub(super) fn means(&self, meaning: Meaning) -> bool {
        self.words.iter().any(|word| word.meanings.contains(&meaning))
    }

    /// Whether some word means this, and none of the needed.
    pub(super) fn means_only(&self, meaning: Meaning, needed: &[&Meaning]) -> bool {
        let other = |word: &Word| !word.meanings.iter().any(|meaning| needed.contains(&meaning));
        self.words.iter().any(|word| word.meanings.contains(&meaning) && other(word))
    }

    /// How well the header says just these meanings, from 0 (not at all) to 1 (these and nothing else).
    pub(super) fn says(&self, wanted: &[Meaning]) -> f64 {
        if self.letters == 0 || !wanted.iter().all(|meaning| self.means(*meaning)) {
            return 0.0;
        }
        let neutral = [Meaning::Filler, Meaning::Person];
        let fits =
            |word: &&Word| word.meanings.iter().any(|meaning| wanted.contains(meaning) || neutral.contains(meaning));
        let covered: usize = self.words.iter().filter(fits).map(|word| word.letters).sum();
        let misspelt = self.words.iter().filter(fits).any(|word| word.misspelt);
        let share = covered as f64 / self.letters as f64;
        (0.5 + 0.5 * share) * if misspelt { 0.92 } else { 1.0 }
    }

    /// Whether nothing of it was understood.
    pub(super) fn is_opaque(&self) -> bool {
        self.words.iter().all(|word| word.meanings.iter().all(|meaning| *meaning == Meaning::Filler))
    }
}

/// A known word in the joined letters.
struct Found {
    begin: usize,
    end: usize,
    meanings: &'static [Meaning],
}

/// The known words that together explain most, long ones before many short ones.
fn longest_words(joined: &[char], starts: &[bool]) -> Vec<Found> {
    // The best worth of the letters from each place on, and the length of the word that begins there (0: none).
    let mut best = vec![(0usize, 0usize); joined.len() + 1];
    for at in (0..joined.len()).rev() {
        best[at] = (best[at + 1].0, 0);
        for end in at + 1..=joined.len().min(at + *LONGEST) {
            let whole = starts[at] && starts[end];
            let spans = starts[at + 1..end].iter().any(|start| *start);
            let allowed = whole || !spans && (end - at >= COMPOUND || is_half(joined, starts, at, end));
            if !allowed || !KNOWN.contains_key(&joined[at..end]) {
                continue;
            }
            // A whole word is better than the same letters inside one.
            let worth = (end - at) * (end - at) * 2 + usize::from(whole) + best[end].0;
            if worth > best[at].0 {
                best[at] = (worth, end - at);
            }
        }
    }
    let (mut found, mut at) = (Vec::new(), 0);
    while at < joined.len() {
        let length = best[at].1;
        if length > 0 {
            found.push(Found { begin: at, end: at + length, meanings: KNOWN[&joined[at..at + length]] });
        }
        at += length.max(1);
    }
    found
}

/// Whether a word of three letters is one end of a token whose other part is a known word (`Oudniveau`).
fn is_half(joined: &[char], starts: &[bool], at: usize, end: usize) -> bool {
    let rest = if starts[at] {
        let last = (end..starts.len()).find(|place| starts[*place]).unwrap_or(end);
        end..last
    } else if starts[end] {
        let first = (0..at).rev().find(|place| starts[*place]).unwrap_or(at);
        first..at
    } else {
        return false;
    };
    end - at == COMPOUND - 1 && rest.len() >= COMPOUND && KNOWN.contains_key(&joined[rest])
}

/// The words in one token: those found, if they explain most of it, else the one that it is a misspelling of.
fn understood(token: &[char], place: std::ops::Range<usize>, found: &[Found]) -> Vec<Word> {
    let here = found.iter().filter(|found| found.begin < place.end && found.end > place.start);
    let share = |found: &Found| found.end.min(place.end) - found.begin.max(place.start);
    let covered: usize = here.clone().map(share).sum();
    if covered * 10 >= token.len() * 6 {
        let joint = token.len() - covered;
        // Letters that join words (s, n, en) belong to them.
        let extra = if joint <= 2 { joint } else { 0 };
        let words = here.enumerate().map(|(i, found)| {
            let letters = share(found) + if i == 0 { extra } else { 0 };
            Word { letters, meanings: found.meanings, misspelt: false }
        });
        return words.collect();
    }
    misspelt(token).into_iter().collect()
}

/// The known word that a token was probably meant to be.
fn misspelt(token: &[char]) -> Option<Word> {
    let allowed = match token.len() {
        ..5 => return None,
        5..8 => 1,
        _ => 2,
    };
    let text: String = token.iter().collect();
    let near = KNOWN.iter().filter(|(word, _)| word.len() >= 5 && word.len().abs_diff(token.len()) <= allowed);
    let near =
        near.map(|(word, meanings)| (strsim::osa_distance(&text, &word.iter().collect::<String>()), word, meanings));
    // Of equally near words always the same one: the map has no order.
    let best = near.filter(|(edits, ..)| *edits <= allowed).min_by_key(|(edits, word, _)| (*edits, *word))?;
    Some(Word { letters: token.len(), meanings: best.2, misspelt: true })
}

/// The tokens of a text in small letters without accents. Cut at everything that is no letter or digit, between letters and digits,
/// and where capitals show a new word (`HRScenario`, `lastWorkingDate`).
pub(super) fn fold(text: &str) -> Vec<Vec<char>> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens: Vec<Vec<char>> = vec![Vec::new()];
    for (at, c) in chars.iter().enumerate() {
        if ('\u{300}'..='\u{36f}').contains(c) {
            continue;
        }
        if !c.is_alphanumeric() {
            tokens.push(Vec::new());
            continue;
        }
        let before = at.checked_sub(1).map(|before| chars[before]);
        let capital_after = before.is_some_and(char::is_lowercase) && c.is_uppercase();
        let last_capital = before.is_some_and(char::is_uppercase)
            && c.is_uppercase()
            && chars.get(at + 1).is_some_and(|next| next.is_lowercase())
            && chars[at..].iter().skip(1).take_while(|next| next.is_lowercase()).count() > 1;
        let other_kind = before.is_some_and(|before| before.is_numeric() != c.is_numeric() && before.is_alphanumeric());
        if capital_after || last_capital || other_kind {
            tokens.push(Vec::new());
        }
        let token = tokens.last_mut().expect("there is always a last one");
        c.to_lowercase().for_each(|c| without_accent(c, token));
    }
    for token in &mut tokens {
        contract(token);
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// The letters of a text alone, in the form in which words are compared.
pub(super) fn letters(text: &str) -> String {
    fold(text).into_iter().flatten().collect()
}

fn without_accent(c: char, token: &mut Vec<char>) {
    if c == 'ß' {
        token.push('s');
    }
    token.push(match c {
        'ß' => 's',
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'æ' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'œ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ű' => 'u',
        other => other,
    });
}

/// German umlauts are also written with an `e` behind the vowel; without it, both ways come to the same.
fn contract(token: &mut Vec<char>) {
    let mut previous = '\0';
    token.retain(|c| {
        let second = *c == 'e' && matches!(previous, 'a' | 'o' | 'u');
        previous = if second { '\0' } else { *c };
        !second
    });
}

#[cfg(test)]
mod tests {
    use super::super::words::Meaning as M;
    use super::{Header, letters};

    #[test]
    fn words_are_found_in_every_way_of_joining_them() {
        for text in
            ["Last Working Date", "lastWorkingDate", "LAST_WORKING_DATE", "LASTWORKINGDATE", "last-working-date"]
        {
            let score = Header::read(text).says(&[M::Last, M::Work, M::Date]);
            assert!(score > 0.99, "{text}: {score}");
        }
    }

    #[test]
    fn compounds_and_umlauts_are_understood() {
        for text in ["Kündigungsdatum", "Kuendigungsdatum", "KÜNDIGUNGSDATUM", "Datum der Kündigung"] {
            assert!(Header::read(text).says(&[M::Resign, M::Date]) > 0.95, "{text}");
        }
        assert!(Header::read("Data do pedido de demissão").says(&[M::Resign, M::Date]) > 0.7);
    }

    #[test]
    fn a_slip_of_the_pen_is_understood_and_a_stray_syllable_is_not() {
        assert!(Header::read("Resignaton date").says(&[M::Resign, M::Date]) > 0.85);
        assert!(!Header::read("corporate").means(M::Rating));
        assert!(Header::read("Kx 7").is_opaque() && Header::read("").is_opaque());
    }

    #[test]
    fn letters_are_compared_without_accents() {
        assert_eq!(letters("Évaluation d’équipe"), "evaluationdequipe");
        assert_eq!(letters("Straße"), "strasse");
    }
}
