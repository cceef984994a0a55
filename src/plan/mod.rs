//! Mapping to plan to layout: for every column, what a good cell is.
//!
//! A [`Plan`] is a mapping with the options of a run laid on it: the severity of every rule, thresholds, limits. A
//! [`Layout`] is a plan laid over one file's header: which column carries what, and which rules are asked where.

mod asked;
mod finder;
mod layout;
mod roles;
mod table;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::finding::Severity;
use crate::mapping::{Level, Mapping};
use crate::rules::past::Past;
use crate::rules::{self, Rule, Settings};
use crate::waivers::Waivers;

pub use asked::{Asked, Question, Questions, RecordQuestion};
pub use finder::Finder;
pub use layout::{Layout, LayoutError};
pub use roles::{Role, Roles, is_ruled_out};
pub use table::{Lengths, More, Table};

/// A rule's place in [`rules::all`].
pub type RuleId = u16;

/// What a run checks, whatever the file.
pub struct Plan {
    /// What the connector was told.
    pub mapping: Mapping,
    /// Thresholds of rules.
    pub settings: Settings,
    /// What is let pass of what is found.
    pub waivers: Option<Arc<Waivers>>,
    /// The scenario that files without an identifier column belong to, if the user named one.
    pub scenario: Option<String>,
    /// What was sent before, where it is known.
    pub past: Option<Past>,
    rules: Vec<&'static Rule>,
    places: HashMap<&'static str, RuleId>,
    severities: Vec<Option<Severity>>,
}

/// Why a plan could not be made of a mapping and options.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum PlanError {
    /// `--scenario` names none of the mapping's scenarios.
    #[error("there is no scenario {wanted} in the mapping")]
    #[diagnostic(code(hrlint::unknown_scenario), help("The mapping has these scenarios: {}.", known.join(", ")))]
    UnknownScenario {
        /// What was asked for, made printable.
        wanted: String,
        /// The keys of the mapping's scenarios.
        known: Vec<String>,
    },
    /// `--rule` lowers a rule that guards what the service requires.
    #[error("the rule {rule} cannot be lowered: it guards what the service requires")]
    #[diagnostic(
        code(hrlint::rule_lowered),
        help("Leave it at {least} or raise it; `hrlint explain {rule}` tells why it is there.")
    )]
    Lowered {
        /// The rule.
        rule: &'static str,
        /// Its own severity.
        least: Severity,
    },
}

/// A level that an option gives to a rule.
#[derive(Clone, Copy, Debug)]
pub struct Override {
    /// The rule's name.
    pub rule: &'static str,
    /// How loud it is.
    pub level: Level,
}

impl Plan {
    /// Lays options on a mapping. `today` is the day on which dates are judged.
    ///
    /// # Errors
    ///
    /// [`PlanError`] where an option asks for what the mapping does not have or a rule does not allow.
    pub fn compile(
        mapping: Mapping,
        overrides: &[Override],
        scenario: Option<String>,
        today: NaiveDate,
    ) -> Result<Self, PlanError> {
        let rules: Vec<&'static Rule> = rules::all().collect();
        let mut severities: Vec<_> = rules.iter().map(|rule| Some(rule.severity)).collect();
        let mut settings = Settings::new(today);
        let place = |name: &str| rules.iter().position(|rule| rule.name == name);
        let mut set = |name: &str, level: Level| {
            if let Some(place) = place(name) {
                severities[place] = match level {
                    Level::Off => None,
                    Level::At(severity) => Some(severity),
                };
            }
        };
        for setting in &mapping.rules {
            if let Some(level) = setting.level {
                set(setting.rule, level);
            }
            for (option, value) in &setting.options {
                settings.set(setting.rule, option, *value);
            }
        }
        for Override { rule, level } in overrides {
            if let Some(lowered) = rules::find(rule).filter(|rule| rule.contract && *level < Level::At(rule.severity)) {
                return Err(PlanError::Lowered { rule: lowered.name, least: lowered.severity });
            }
            set(rule, *level);
        }
        let scenario = scenario.map(|wanted| named(&mapping, &wanted)).transpose()?;
        let places = rules.iter().zip(0..).map(|(rule, place)| (rule.name, place)).collect();
        Ok(Self { mapping, settings, waivers: None, scenario, past: None, rules, places, severities })
    }

    /// The rule of that place.
    #[must_use]
    pub fn rule(&self, id: RuleId) -> &'static Rule {
        self.rules[usize::from(id)]
    }

    /// The rule's severity in this run; `None` when it is off.
    #[must_use]
    pub fn severity(&self, id: RuleId) -> Option<Severity> {
        self.severities[usize::from(id)]
    }

    /// The same of its milder form, where it has one and that is asked for.
    #[must_use]
    pub fn severity_as(&self, id: RuleId, milder: bool) -> Option<Severity> {
        let severity = self.severity(id)?;
        Some(self.rule(id).milder.filter(|_| milder).map_or(severity, |milder| milder.min(severity)))
    }

    /// The value of a rule's option.
    ///
    /// # Panics
    ///
    /// As [`Plan::id`], and when the rule has no such option.
    #[must_use]
    pub fn option(&self, rule: &str, option: &str) -> u32 {
        self.settings.option(self.rule(self.id(rule)), option)
    }

    /// The places of all rules.
    pub fn rule_ids(&self) -> impl Iterator<Item = RuleId> + use<> {
        0..self.rules.len() as RuleId
    }

    /// The place of the rule of that name.
    ///
    /// # Panics
    ///
    /// When there is no such rule: names in code are checked by every test that runs it.
    #[must_use]
    pub fn id(&self, name: &str) -> RuleId {
        *self.places.get(name).unwrap_or_else(|| panic!("there is no rule {name}"))
    }
}

/// The key of the scenario of that name: its key or its identifier, without regard to case, blanks and hyphens.
fn named(mapping: &Mapping, wanted: &str) -> Result<String, PlanError> {
    let letters =
        |name: &str| -> String { name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let scenarios = || mapping.scenarios.iter();
    let alike = |name: &str| letters(name) == letters(wanted);
    let exact = scenarios().find(|scenario| scenario.key == wanted);
    let found = exact.or_else(|| scenarios().find(|scenario| alike(&scenario.key) || alike(&scenario.identifier)));
    found.map(|scenario| scenario.key.clone()).ok_or_else(|| PlanError::UnknownScenario {
        wanted: crate::finding::Printable::new(wanted).to_string(),
        known: scenarios().map(|scenario| scenario.key.clone()).collect(),
    })
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan").field("mapping", &self.mapping).field("settings", &self.settings).finish_non_exhaustive()
    }
}
