//! Rules about text cells, and characters that do not belong in any cell.

pub(super) mod characters;
mod control_character;
mod invalid_utf8;
mod invisible_character;
mod length;
mod nul_byte;
mod rating_too_long;
mod remarks_too_long;
mod smart_punctuation;
mod value_whitespace;

use super::{Cell, Rule, date};
use crate::mapping::FieldKind;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &remarks_too_long::RULE,
    &rating_too_long::RULE,
    &value_whitespace::RULE,
    &invisible_character::RULE,
    &control_character::RULE,
    &smart_punctuation::RULE,
    &invalid_utf8::RULE,
    &nul_byte::RULE,
];

/// The cell's text with every safe repair, those of the date rules too: however many rules speak of a cell, their safe
/// repairs agree.
fn mended(cell: &Cell<'_>) -> String {
    let is_date = cell.field.is_some_and(|field| field.kind == FieldKind::DateTime);
    let date = is_date.then(|| date::read(cell.text).safe_text()).flatten();
    date.unwrap_or_else(|| characters::cleaned(cell.text))
}
