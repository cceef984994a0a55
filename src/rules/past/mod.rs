//! Rules that need to know what was sent before: late, missing, repeated and unusually large data.
//!
//! What was sent is handed to the plan as a [`Past`]: times, counts and digests, and no data about people. Without one these rules
//! are silent, but for `mass-trigger` where the number of people is stated.

mod mass_trigger;
mod profile_stale;
mod row_count_drop;
mod unchanged_file;
mod upload_overdue;

use chrono::NaiveDate;

use super::Rule;

/// The family's rules, in the order of the manual.
pub(super) const RULES: &[&Rule] =
    &[&upload_overdue::RULE, &profile_stale::RULE, &unchanged_file::RULE, &row_count_drop::RULE, &mass_trigger::RULE];

/// What was sent to a tenant before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Files that were sent to their end, oldest first.
    pub sent: Vec<Sent>,
}

/// One file that was sent to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The day.
    pub day: NaiveDate,
    /// Whether it went to the connector that the plan is for, not to another one of the tenant.
    pub same_connector: bool,
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
    /// How many bytes those were.
    pub bytes: u64,
    /// Its rows by the scenario's key.
    pub scenarios: Vec<(String, u64)>,
}

impl Sent {
    /// Its rows of a scenario.
    #[must_use]
    pub fn rows(&self, scenario: &str) -> u64 {
        self.scenarios.iter().filter(|(key, _)| key == scenario).map(|(_, rows)| rows).sum()
    }
}

impl Past {
    /// What went to the same connector, newest first.
    pub fn of_connector(&self) -> impl Iterator<Item = &Sent> {
        self.sent.iter().rev().filter(|sent| sent.same_connector)
    }

    /// The newest file with rows of a scenario, to whichever connector of the tenant.
    #[must_use]
    pub fn last_with(&self, scenario: &str) -> Option<&Sent> {
        self.sent.iter().rev().find(|sent| sent.rows(scenario) > 0)
    }
}

/// `1 day`, `9 days`.
fn days(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}
