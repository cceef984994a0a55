//! Rules about which scenario a row belongs to, and which cells it must and must not fill.

mod date_in_wrong_column;
mod empty_scenario_value;
mod missing_required_value;
mod profile_in_mixed_file;
mod scenario_near_miss;
mod scenario_not_supported;
mod unknown_scenario_value;
mod value_for_other_scenario;

use super::{Frame, Rule};
use crate::finding::Printable;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &empty_scenario_value::RULE,
    &unknown_scenario_value::RULE,
    &scenario_near_miss::RULE,
    &scenario_not_supported::RULE,
    &profile_in_mixed_file::RULE,
    &missing_required_value::RULE,
    &date_in_wrong_column::RULE,
    &value_for_other_scenario::RULE,
];

/// The values that the identifier column may have, for people.
fn identifiers(frame: &Frame) -> String {
    const LISTED: usize = 8;
    let mut names: Vec<String> =
        frame.scenarios.iter().take(LISTED).map(|scenario| Printable::new(&scenario.identifier).to_string()).collect();
    if frame.scenarios.len() > LISTED {
        names.push("...".to_owned());
    }
    names.join(", ")
}
