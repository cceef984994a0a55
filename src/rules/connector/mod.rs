//! Rules about files that belong to one connector: people across rows and files, columns and scenarios across files, and the
//! policies that the data is for.

mod column_name_differs;
mod conflicting_resignation;
mod field_never_filled;
mod identifier_column_differs;
mod policy_without_rows;
mod profile_duplicate_user;
mod profile_of_leaver;
mod scenario_without_rows;
mod upn_case_variants;

use super::Rule;

pub(crate) use upn_case_variants::mended as mended_address;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] = &[
    &identifier_column_differs::RULE,
    &column_name_differs::RULE,
    &scenario_without_rows::RULE,
    &field_never_filled::RULE,
    &policy_without_rows::RULE,
    &conflicting_resignation::RULE,
    &profile_duplicate_user::RULE,
    &profile_of_leaver::RULE,
    &upn_case_variants::RULE,
];
