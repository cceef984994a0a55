//! A file of waivers started from what a run finds.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::finding::{Link, LinkKey};
use crate::rules::{self, Rule};

/// The most waivers that a run starts a file with: nobody reviews more.
pub const MOST: usize = 10_000;

/// Days that they hold.
const DAYS: u64 = 90;

/// What a run found that can be waived: rule, column and person.
#[derive(Default)]
pub struct Baseline(Mutex<BTreeSet<Waivable>>);

type Waivable = (&'static str, Option<String>, Option<Link>);

impl Baseline {
    /// Takes a finding of that rule in that column about that person, if it can be waived.
    pub fn add(&self, rule: &'static str, header: Option<&str>, person: Option<Link>) {
        if !rules::find(rule).is_some_and(Rule::can_be_waived) {
            return;
        }
        let mut found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() <= MOST {
            found.insert((rule, header.map(|header| header.trim().to_owned()).filter(|name| !name.is_empty()), person));
        }
    }

    /// How many waivers it comes to; more than [`MOST`]: too many.
    pub fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The file's text.
    ///
    /// # Panics
    ///
    /// Never: texts and dates are JSON.
    #[must_use]
    pub fn json(&self, key: &LinkKey, today: NaiveDate) -> String {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let expires = today.checked_add_days(Days::new(DAYS)).unwrap_or(today).to_string();
        let reason = format!("found on {today}, when the waivers were started");
        let waivers: Vec<_> = found
            .iter()
            .map(|(rule, column, person)| {
                let mut waiver = json!({ "rule": rule });
                if let Some(column) = column {
                    waiver["column"] = json!(column);
                }
                if let Some(person) = person {
                    waiver["person"] = json!(person.to_string());
                }
                waiver["reason"] = json!(reason);
                waiver["expires"] = json!(expires);
                waiver
            })
            .collect();
        let lines: Vec<String> = waivers.iter().map(|waiver| format!("    {waiver}")).collect();
        let check = key.check();
        format!("{{\n  \"version\": 1,\n  \"key\": \"{check}\",\n  \"waivers\": [\n{}\n  ]\n}}\n", lines.join(",\n"))
    }
}
