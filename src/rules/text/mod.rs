//! Rules about text cells, and characters that do not belong in any cell.

pub(super) mod characters;
mod control_character;
mod countries;
mod decimal_postal_code;
pub(super) mod excel_error_value;
pub(super) mod excel_text_guard;
mod formula_injection;
mod html_entity;
mod invalid_utf8;
mod invisible_character;
mod length;
mod length_unit;
mod level_pair_incomplete;
mod level_unchanged;
mod levels;
mod markup;
mod mojibake;
mod nul_byte;
mod placeholder_value;
mod rating_too_long;
mod remarks_too_long;
pub(super) mod replacement_character;
mod scientific_notation;
mod smart_punctuation;
mod turned_into_date;
mod value_whitespace;
mod zip_leading_zero_lost;

use super::{Cell, Record, Rule, date};
use crate::mapping::FieldKind;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &remarks_too_long::RULE,
    &rating_too_long::RULE,
    &length_unit::RULE,
    &value_whitespace::RULE,
    &invisible_character::RULE,
    &control_character::RULE,
    &smart_punctuation::RULE,
    &html_entity::RULE,
    &mojibake::RULE,
    &replacement_character::RULE,
    &invalid_utf8::RULE,
    &nul_byte::RULE,
    &placeholder_value::RULE,
    &excel_error_value::RULE,
    &excel_text_guard::RULE,
    &formula_injection::RULE,
    &scientific_notation::RULE,
    &turned_into_date::RULE,
    &decimal_postal_code::RULE,
    &zip_leading_zero_lost::RULE,
    &level_unchanged::RULE,
    &level_pair_incomplete::RULE,
];

/// The cell's text with every safe repair, those of the date rules too: however many rules speak of a cell, their safe
/// repairs agree.
fn mended(cell: &Cell<'_>) -> String {
    let is_date = cell.field.is_some_and(|field| field.kind == FieldKind::DateTime);
    let mut text = cleaned(cell.text);
    while let Some(value) = excel_text_guard::guarded(&text) {
        text = cleaned(value);
    }
    let date = is_date.then(|| date::read(&text).safe_text()).flatten();
    date.unwrap_or(text)
}

/// The text without what cannot be seen. What a wrong conversion made of letters stays: it is needed to convert them back.
fn cleaned(text: &str) -> String {
    match mojibake::meant(text) {
        Some(_) => text.trim_matches(characters::is_blank).into(),
        None => characters::cleaned(text),
    }
}

/// Whether the record has more filled cells than the header has names, so that its texts may stand in wrong columns.
fn is_shifted(record: &Record<'_>) -> bool {
    record.cells.iter().skip(record.frame.headers.len()).any(|cell| !cell.is_empty())
}
