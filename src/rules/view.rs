//! What a rule may look at: a cell, the record around it, or the header.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;

use super::date::{Assumed, Reading, read};
use super::{Bytes, Rule};
use crate::mapping::{Field, Scenario};

/// What rules know of the file: its header, and which field each column carries for each scenario.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Header texts as decoded, one a column; a trailing run of empty ones is cut off.
    pub headers: Vec<Arc<str>>,
    /// 0-based column that names each row's scenario, where the file has one.
    pub identifier: Option<usize>,
    /// The identifier column's name in the mapping, where the mapping names one.
    pub identifier_name: Option<String>,
    /// The mapping's scenarios, laid over this header. Where the file has no identifier column: the one all rows belong to.
    pub scenarios: Vec<ScenarioFrame>,
    /// Every scenario of the mapping as mapped, also those that this file's rows cannot belong to.
    pub mapped: Vec<Scenario>,
    /// Whether the built-in mapping is in use (then known aliases of column names are accepted).
    pub built_in: bool,
    /// The domains that addresses may have, in lower case; empty: not stated.
    pub domains: Vec<String>,
    /// The cloud that the connector lives in, where the mapping says so.
    pub cloud: Option<String>,
    /// The delimiter that the file is read with.
    pub delimiter: u8,
    /// Thresholds of rules.
    pub settings: Settings,
}

/// Thresholds of rules, from the mapping's `rules` and from options.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The day on which the check runs (`--now`).
    pub today: NaiveDate,
    /// What the user says of dates that leave something open.
    pub assumed: Assumed,
    /// What the mapping sets: rule, option, value.
    set: Vec<(&'static str, &'static str, u32)>,
}

impl Settings {
    /// Every option at its default.
    #[must_use]
    pub fn new(today: NaiveDate) -> Self {
        Self { today, assumed: Assumed::default(), set: Vec::new() }
    }

    /// Sets an option of a rule.
    pub fn set(&mut self, rule: &'static str, option: &'static str, value: u32) {
        self.set.retain(|(known, name, _)| (*known, *name) != (rule, option));
        self.set.push((rule, option, value));
    }

    /// The value of a rule's option.
    ///
    /// # Panics
    ///
    /// When the rule has no such option: names in code are checked by every test that runs it.
    #[must_use]
    pub fn option(&self, rule: &Rule, option: &str) -> u32 {
        let set = self.set.iter().find(|(known, name, _)| *known == rule.name && *name == option);
        let default = || rule.options.iter().find(|known| known.name == option).map(|option| option.default);
        set.map(|(_, _, value)| *value)
            .or_else(default)
            .unwrap_or_else(|| panic!("the rule {} has no option {option}", rule.name))
    }
}

/// One scenario laid over the header.
#[derive(Clone, Debug)]
pub struct ScenarioFrame {
    /// Key such as `resignation`.
    pub key: Arc<str>,
    /// The identifier column's value for its rows.
    pub identifier: String,
    /// For every column of the header: the field it carries for this scenario.
    pub columns: Vec<Option<Arc<Field>>>,
    /// Fields that no column carries.
    pub missing: Vec<Arc<Field>>,
    /// 0-based column of the user's address.
    pub address: Option<usize>,
    /// 0-based column of the date that identifies the event.
    pub event_date: Option<usize>,
}

impl Frame {
    /// Whether some scenario of the mapping uses the column, or it is the identifier column.
    #[must_use]
    pub fn is_mapped(&self, column: usize) -> bool {
        self.identifier == Some(column)
            || self.scenarios.iter().any(|s| s.columns.get(column).is_some_and(Option::is_some))
    }

    /// Whether a text is the identifier of a scenario.
    #[must_use]
    pub fn names_scenario(&self, text: &str) -> bool {
        self.scenarios.iter().any(|scenario| scenario.identifier == text)
    }

    /// The header text of a column; empty past the last one.
    #[must_use]
    pub fn header(&self, column: usize) -> &str {
        self.headers.get(column).map_or("", |header| header)
    }
}

impl ScenarioFrame {
    /// The column that carries the field of that key.
    #[must_use]
    pub fn column_of(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|field| field.as_ref().is_some_and(|field| field.key == key))
    }
}

/// The header record, for rules about column names.
pub struct Header<'a> {
    /// The header and what it carries.
    pub frame: &'a Frame,
}

/// One record, decoded: quotes removed, doubled quotes single, invalid UTF-8 replaced.
pub struct Record<'a> {
    /// The file's header and what it carries.
    pub frame: &'a Frame,
    /// The scenario that the record belongs to, where it is known.
    pub scenario: Option<&'a ScenarioFrame>,
    /// The cells' texts; there may be fewer or more than the header has columns.
    pub cells: &'a [Cow<'a, str>],
    /// Per cell, whether its bytes are UTF-8.
    pub valid: &'a [bool],
}

impl<'a> Record<'a> {
    /// What a record rule says to point at the whole record.
    pub const WHOLE: usize = usize::MAX;

    /// The text of a column; empty where the record is too short.
    #[must_use]
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell)
    }

    /// The field that a column carries for this record's scenario.
    #[must_use]
    pub fn field(&self, column: usize) -> Option<&'a Field> {
        self.scenario?.columns.get(column)?.as_deref()
    }
}

/// One cell and the record around it.
#[derive(Clone, Copy)]
pub struct Cell<'a> {
    /// The cell's text, decoded: quotes removed, doubled quotes single, invalid UTF-8 replaced.
    pub text: &'a str,
    /// Whether its bytes are UTF-8. Where they are not, only rules of place `Any` are asked.
    pub valid: bool,
    /// 0-based column.
    pub column: usize,
    /// What the column holds for this record's scenario. `None` for the identifier column, in foreign and in unmapped ones.
    pub field: Option<&'a Field>,
    /// The record around it.
    pub record: &'a Record<'a>,
    /// What the text says as a date, where somebody has read it already.
    pub reading: Option<&'a Reading>,
    /// The text taken apart as an address, where somebody has done it already.
    pub address: Option<Option<(&'a str, &'a str)>>,
    /// Kinds of bytes that the text may hold; all, where nobody has looked.
    pub kinds: Bytes,
}

impl<'a> Cell<'a> {
    /// What stands before and after the only `@` of an address, both filled; `None` where there is no such `@`.
    #[must_use]
    pub fn address(&self) -> Option<(&'a str, &'a str)> {
        self.address.unwrap_or_else(|| super::address::split(self.text))
    }

    /// What the text says as a date.
    #[must_use]
    pub fn date(&self) -> Reading {
        self.reading.copied().unwrap_or_else(|| read(self.text))
    }
}
