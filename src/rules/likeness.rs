//! Whether a written name was probably meant to be a known one.
//!
//! Column names and scenario identifiers are typed by people twice, here and in the connector. This module compares two
//! such names; it knows nothing of headers or scenarios. The cheap tests come first and allocate nothing, because a
//! file may hold a misspelt identifier in every row.

/// How alike two names are. Ordered: a greater one is the better guess.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) enum Likeness {
    /// Almost the same by the Jaro-Winkler measure: a word was left out or added at the end.
    Similar(f64),
    /// One or two letters were typed wrongly.
    Slip {
        /// One letter rather than two.
        single: bool,
    },
    /// The same letters and digits; case, blanks, hyphens, underscores or a plural s differ.
    SameLetters,
}

/// How alike `written` is to `known`, if it is alike at all.
///
/// Different digits are never a slip: `Level 2` is not a misspelt `Level 1`.
pub(crate) fn likeness(written: &str, known: &str) -> Option<Likeness> {
    if same_letters(written, known) {
        return Some(Likeness::SameLetters);
    }
    // Whatever is three times as long is not a slip; this also bounds the work for hostile cells.
    if written.len() > 3 * known.len() + 8 || !same_digits(written, known) {
        return None;
    }
    let allowed = match known.len() {
        0..4 => 0,
        4..6 => 1,
        _ => 2,
    };
    if let Some(edits) = (1..=allowed).find(|&edits| within(written.as_bytes(), known.as_bytes(), edits)) {
        return Some(Likeness::Slip { single: edits == 1 });
    }
    similar(written, known)
}

/// Whether two names have the same letters and digits in the same order, ignoring case and a plural s at the end.
pub(crate) fn same_letters(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (letters(a), letters(b));
    let mut any = false;
    loop {
        match (a.next(), b.next()) {
            (None, None) => return any,
            (Some('s'), None) => return any && a.next().is_none(),
            (None, Some('s')) => return any && b.next().is_none(),
            (left, right) if left == right => any = true,
            _ => return false,
        }
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn same_digits(a: &str, b: &str) -> bool {
    let digits = |text: &'_ str| {
        text.bytes().filter(u8::is_ascii_digit).fold((0u32, 0u64), |(count, value), digit| {
            (count + 1, value.wrapping_mul(31).wrapping_add(u64::from(digit)))
        })
    };
    digits(a) == digits(b)
}

/// Whether at most `edits` insertions, deletions, replacements or swaps of neighbours lead from one to the other,
/// ignoring case.
///
/// Bytes equal at the front need no edit in some best way, so only what follows them is tried, once for each kind of
/// edit: at most 4^edits comparisons.
fn within(a: &[u8], b: &[u8], edits: usize) -> bool {
    let equal = a.iter().zip(b).take_while(|(x, y)| x.eq_ignore_ascii_case(y)).count();
    let (a, b) = (&a[equal..], &b[equal..]);
    if a.len().abs_diff(b.len()) > edits {
        return false;
    }
    if a.is_empty() || b.is_empty() {
        return true;
    }
    if edits == 0 {
        return false;
    }
    within(&a[1..], &b[1..], edits - 1)
        || within(&a[1..], b, edits - 1)
        || within(a, &b[1..], edits - 1)
        || (a.len() > 1
            && b.len() > 1
            && a[0].eq_ignore_ascii_case(&b[1])
            && a[1].eq_ignore_ascii_case(&b[0])
            && within(&a[2..], &b[2..], edits - 1))
}

/// The Jaro-Winkler measure, where it is at least 0.92. Names that begin differently cannot reach it by a slip people
/// make, so only those with the same first four letters pay for it.
fn similar(written: &str, known: &str) -> Option<Likeness> {
    const ENOUGH: f64 = 0.92;
    let starts_alike = match (written.as_bytes().first_chunk::<4>(), known.as_bytes().first_chunk::<4>()) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
        _ => false,
    };
    if !starts_alike {
        return None;
    }
    let measure = strsim::jaro_winkler(&written.to_lowercase(), &known.to_lowercase());
    (measure >= ENOUGH).then_some(Likeness::Similar(measure))
}

#[cfg(test)]
mod tests {
    use super::{Likeness, likeness, same_letters, within};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn within_agrees_with_the_textbook_distance(a in "[abcd]{0,9}", b in "[abcd]{0,9}", edits in 0usize..4) {
            prop_assert_eq!(within(a.as_bytes(), b.as_bytes(), edits), strsim::osa_distance(&a, &b) <= edits);
        }
    }

    #[test]
    fn other_forms_of_a_name_have_the_same_letters() {
        for form in
            ["job level change", "Job level changes", "JobLevelChange", "job-level_change", " Job  level change "]
        {
            assert!(same_letters(form, "Job level change"), "{form}");
        }
        assert!(!same_letters("", ""));
        assert!(!same_letters("s", "-"));
        assert!(!same_letters("Job level chance", "Job level change"));
    }

    #[test]
    fn a_slip_is_alike_and_another_word_is_not() {
        assert_eq!(likeness("Resignaton", "Resignation"), Some(Likeness::Slip { single: true }));
        assert_eq!(likeness("Rseignatoin", "Resignation"), Some(Likeness::Slip { single: false }));
        assert!(matches!(
            likeness("Performance improvement", "Performance improvement plan"),
            Some(Likeness::Similar(_))
        ));
        assert_eq!(likeness("Promotion", "Resignation"), None);
        assert_eq!(likeness("B", "A"), None);
        assert_eq!(likeness("Level 2", "Level 1"), None);
    }

    #[test]
    fn the_better_guess_is_greater() {
        assert!(Likeness::SameLetters > Likeness::Slip { single: true });
        assert!(Likeness::Slip { single: true } > Likeness::Slip { single: false });
        assert!(Likeness::Slip { single: false } > Likeness::Similar(0.99));
        assert!(Likeness::Similar(0.99) > Likeness::Similar(0.93));
    }
}
