//! Rules about dates and times. They share one [`reading`](read) of each cell.

mod assumed;
mod clock;
mod date_ambiguous;
mod date_epoch_default;
mod date_far_future;
mod date_fraction_too_long;
mod date_impossible;
mod date_missing_offset;
mod date_missing_time;
mod date_not_iso;
mod date_not_padded;
mod date_null_token;
mod date_offset_invalid;
mod date_offset_unusual;
mod date_serial_number;
mod date_space_separator;
mod date_too_old;
mod date_unparsable;
mod date_year_implausible;
mod defaults;
mod effective_date_ahead;
#[cfg(test)]
mod examples;
mod forms;
mod iso;
mod last_day_before_resignation;
mod local;
mod null;
#[cfg(test)]
mod oracle;
mod plain;
mod reading;
mod style;
mod words;

use super::Rule;

pub use assumed::{Assumed, DateOrder, Zone};
pub use date_far_future::latest;
pub use date_year_implausible::earliest;
pub use defaults::without_defaults;
pub use effective_date_ahead::{is_effective, latest_effective};
pub use reading::{Fault, Form, Mark, Order, Reading, read};
pub use style::Style;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &date_unparsable::RULE,
    &date_null_token::RULE,
    &date_not_iso::RULE,
    &date_ambiguous::RULE,
    &date_serial_number::RULE,
    &date_impossible::RULE,
    &date_missing_offset::RULE,
    &date_missing_time::RULE,
    &date_fraction_too_long::RULE,
    &date_not_padded::RULE,
    &date_space_separator::RULE,
    &date_offset_invalid::RULE,
    &date_offset_unusual::RULE,
    &last_day_before_resignation::RULE,
    &date_epoch_default::RULE,
    &date_year_implausible::RULE,
    &date_too_old::RULE,
    &date_far_future::RULE,
    &effective_date_ahead::RULE,
];
