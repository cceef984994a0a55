//! Which scenario a row belongs to, told from the very bytes of its identifier.

use crate::accept::{Text, ends};
use crate::scan::Windows;

/// Finds identifiers as they are written, with quotes or without, by their first and last bytes and their length.
pub struct Finder {
    factor: u64,
    places: Places,
    /// Whether some identifier has no place: it is too long, holds a quote, or another one has its place.
    crowded: bool,
}

/// Places that texts are looked for at; a power of two.
const PLACES: usize = 256;

/// An identifier as it is written, and its number.
#[derive(Clone, Copy, Debug)]
struct Place {
    text: Text,
    number: usize,
}

struct Places(Box<[Place; PLACES]>);

impl Default for Places {
    fn default() -> Self {
        let places = vec![Place { text: Text::NONE, number: Finder::NONE }; PLACES].into_boxed_slice();
        Self(places.try_into().expect("there are as many as that"))
    }
}

impl Finder {
    /// Looks for a factor that gives every identifier places of its own. Those that find none are found otherwise.
    #[must_use]
    pub fn new(identifiers: &[&[u8]]) -> Self {
        // What holds a quote is stored otherwise.
        let told = identifiers.iter().enumerate().filter(|(_, text)| !text.contains(&b'"'));
        let forms = told.flat_map(|(at, text)| [text.to_vec(), [b"\"", *text, b"\""].concat()].map(|text| (text, at)));
        let fit = forms.filter(|(text, _)| text.len() <= 64);
        let texts: Vec<_> = fit.map(|(text, number)| Place { text: Text::new(&text), number }).collect();
        let of = |factor: u64, it: &Place| place(factor, &it.text.bytes, it.text.length);
        let taken = |factor: &u64| {
            let mut taken = [false; PLACES];
            texts.iter().filter(|it| !std::mem::replace(&mut taken[of(*factor, it)], true)).count()
        };
        let factors = (1..200).map(|i: u64| i.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let factor = factors.max_by_key(taken).unwrap_or(1);
        let Places(mut places) = Places::default();
        for it in &texts {
            places[of(factor, it)] = *it;
        }
        Self { factor, places: Places(places), crowded: taken(&factor) < 2 * identifiers.len() }
    }

    /// What is found where no identifier is: more than there are.
    pub const NONE: usize = usize::MAX;

    /// The number of the identifier that the first bytes of a window are; [`Finder::NONE`], too, where it is found otherwise.
    #[must_use]
    #[inline(always)]
    pub fn find(&self, set: impl Windows, window: &[u8; 64], length: usize) -> usize {
        let Place { text, number } = &self.places.0[place(self.factor, window, length)];
        // An empty place has no number, whatever the length is.
        if text.is(set, window, length) { *number } else { Self::NONE }
    }

    /// Whether some identifier is not found.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        self.crowded
    }
}

#[inline(always)]
fn place(factor: u64, window: &[u8; 64], length: usize) -> usize {
    (ends(window, length).wrapping_mul(factor) >> (u64::BITS - PLACES.ilog2())) as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::Finder;
    use crate::scan::Instructions;

    fn find(finder: &Finder, text: &str) -> Option<usize> {
        let window = format!("{text:,<64}");
        let window = window.as_bytes().first_chunk().expect("64 bytes");
        Some(finder.find(Instructions::SCALAR, window, text.len())).filter(|found| *found != Finder::NONE)
    }

    #[test]
    fn an_identifier_is_found_with_quotes_and_without_and_nothing_else_is() {
        let identifiers = ["Resignation", "Performance review", "Performance improvement plan", "PIP", ""];
        let finder = Finder::new(&identifiers.map(str::as_bytes));
        assert!(!finder.is_crowded());
        for (at, identifier) in identifiers.iter().enumerate() {
            assert_eq!(find(&finder, identifier), Some(at), "{identifier}");
            assert_eq!(find(&finder, &format!("\"{identifier}\"")), Some(at), "{identifier}");
            assert_eq!(find(&finder, &format!("\"{identifier}")), None, "{identifier}");
        }
        for other in ["resignation", "Resignation ", "\"\"PIP\"\"", "PI", "Performance reviews"] {
            assert_eq!(find(&finder, other), None, "{other}");
        }
    }

    #[test]
    fn what_has_no_place_is_said_not_to_be_found() {
        let long = "x".repeat(63);
        for identifier in ["a \"plan\"", "\"x\"", &long] {
            let finder = Finder::new(&[b"x", identifier.as_bytes()]);
            assert!(finder.is_crowded(), "{identifier}");
            assert_eq!((find(&finder, "x"), find(&finder, "\"x\"")), (Some(0), Some(0)));
        }
        // Nothing that a place is made of tells these apart.
        let alike = Finder::new(&[b"Scenario one of ten", b"Scenario two of ten"]);
        assert!(alike.is_crowded());
    }
}
