//! Lengths of text cells in Unicode characters, for the rules about texts that are too long.

use super::characters;
use crate::rules::Cell;

/// Whether the cell holds a rating, of which `rating-too-long` speaks.
pub(super) fn is_rating(cell: &Cell<'_>) -> bool {
    cell.field.is_some_and(|field| matches!(field.key.as_str(), "rating" | "performanceRating"))
}

/// The most characters that the cell may have.
pub(super) fn limit(cell: &Cell<'_>) -> usize {
    cell.field.and_then(|field| field.max_length).map_or(usize::MAX, |limit| limit as usize)
}

/// The characters that it has.
pub(super) fn characters(cell: &Cell<'_>) -> usize {
    cell.text.chars().count()
}

/// Whether it has too many. Counts only where the bytes leave it open.
pub(super) fn is_over(cell: &Cell<'_>) -> bool {
    let limit = limit(cell);
    cell.text.len() > limit && characters(cell) > limit
}

/// The text with every safe repair, cut to the limit: at the last blank in its last quarter, else hard.
pub(super) fn cut(text: &str, limit: usize) -> String {
    let clean = characters::cleaned(text);
    let Some((end, next)) = clean.char_indices().nth(limit) else { return clean };
    let head = &clean[..end];
    let whole = characters::is_blank(next);
    let blank = head.rfind(characters::is_blank).filter(|&at| !whole && head[at..].chars().count() <= limit / 4);
    // What the cut parts can leave a joiner without its neighbour.
    characters::cleaned(&head[..blank.unwrap_or(end)])
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_text_is_cut_between_words_where_one_ends_near_the_limit() {
        assert_eq!(cut("Misses deadlines often", 18), "Misses deadlines");
        assert_eq!(cut("Misses deadlines often", 16), "Misses deadlines");
        assert_eq!(cut("Misses deadlines", 14), "Misses deadlin");
        assert_eq!(cut(" Missed ", 6), "Missed");
    }
}
