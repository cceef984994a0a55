//! Builds what rules look at, for their unit tests: the documented scenarios over a header, records and cells.

pub(in crate::rules) mod lone;

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::mapping::{Field, FieldKind, Scenario};
use crate::rules::{
    Bytes, Cell, Check, Explanation, Frame, Header, HeaderFault, Record, Rule, ScenarioFrame, Settings,
};

/// The header of the documentation's file with several scenarios, without the profile.
pub(in crate::rules) const COMBINED: &[&str] = &[
    "HRScenario",
    "EmailAddress",
    "ResignationDate",
    "LastWorkingDate",
    "EffectiveDate",
    "Remarks",
    "Rating",
    "OldLevel",
    "NewLevel",
];

/// The built-in mapping over a header that has the identifier column.
pub(in crate::rules) fn combined(headers: &[&str]) -> Frame {
    laid_over(headers, documented(), None, true)
}

/// The built-in mapping over a header without identifier column, whose rows all belong to `scenario`.
pub(in crate::rules) fn single(headers: &[&str], scenario: &str) -> Frame {
    laid_over(headers, documented(), Some(scenario), true)
}

/// A mapping of one's own that names the identifier column and these of the documented scenarios.
pub(in crate::rules) fn own(headers: &[&str], keys: &[&str]) -> Frame {
    let mapped: Vec<Scenario> =
        documented().into_iter().filter(|scenario| keys.contains(&scenario.key.as_str())).collect();
    let identified = headers.iter().any(|header| same(header, "HRScenario"));
    laid_over(headers, mapped, if identified { None } else { Some(keys[0]) }, false)
}

/// Asks `question` about one record of the file.
pub(in crate::rules) fn with_record<T>(frame: &Frame, texts: &[&str], question: impl FnOnce(&Record<'_>) -> T) -> T {
    let cells: Vec<Cow<'_, str>> = texts.iter().map(|text| Cow::Borrowed(*text)).collect();
    let identifier = frame.identifier.map(|column| texts.get(column).copied().unwrap_or_default());
    let scenario = frame.scenarios.iter().find(|scenario| identifier.is_none_or(|text| text == scenario.identifier));
    question(&Record { frame, scenario, cells: &cells, valid: &vec![true; cells.len()] })
}

/// Asks a cell rule about one cell: the words, where it fires.
pub(in crate::rules) fn judge(rule: &Rule, frame: &Frame, texts: &[&str], column: usize) -> Option<Explanation> {
    let Check::Cell { fires, explain, .. } = rule.check else { panic!("{} is no cell rule", rule.name) };
    with_record(frame, texts, |record| {
        let cell = Cell {
            text: record.text(column),
            valid: true,
            column,
            field: record.field(column),
            record,
            reading: None,
            address: None,
            kinds: Bytes::ALL,
        };
        fires(&cell).then(|| explain(&cell))
    })
}

/// Asks a cell rule about the address in a resignation.
pub(in crate::rules) fn judge_address(rule: &Rule, address: &str) -> Option<Explanation> {
    let frame = single(&["EmailAddress", "ResignationDate", "LastWorkingDate"], "resignation");
    judge(rule, &frame, &[address, "2026-05-04T09:00:00Z", "2026-06-30T17:00:00Z"], 0)
}

/// Asks a record rule about one record: the column and the words, where it fires.
pub(in crate::rules) fn judge_record(rule: &Rule, frame: &Frame, texts: &[&str]) -> Option<(usize, Explanation)> {
    let Check::Record { fires, explain, .. } = rule.check else { panic!("{} is no record rule", rule.name) };
    with_record(frame, texts, |record| fires(record).map(|column| (column, explain(record))))
}

/// Asks a header rule about the header.
pub(in crate::rules) fn judge_header(rule: &Rule, frame: &Frame) -> Vec<HeaderFault> {
    let Check::Header { faults } = rule.check else { panic!("{} is no header rule", rule.name) };
    faults(&Header { frame })
}

/// The columns and messages of a header rule's faults.
pub(in crate::rules) fn said(rule: &Rule, frame: &Frame) -> Vec<(Option<usize>, String)> {
    judge_header(rule, frame)
        .into_iter()
        .map(|(column, explanation)| (column, explanation.message.into_owned()))
        .collect()
}

fn laid_over(headers: &[&str], mapped: Vec<Scenario>, only: Option<&str>, built_in: bool) -> Frame {
    let identifier = headers.iter().position(|header| same(header, "HRScenario"));
    let scenarios = mapped.iter().filter(|scenario| only.is_none_or(|key| key == scenario.key));
    Frame {
        headers: headers.iter().map(|header| Arc::from(*header)).collect(),
        identifier,
        identifier_name: Some("HRScenario".to_owned()),
        scenarios: scenarios.map(|scenario| scenario_over(headers, scenario, built_in)).collect(),
        mapped,
        built_in,
        domains: Vec::new(),
        cloud: None,
        delimiter: b',',
        settings: Settings::new(NaiveDate::from_ymd_opt(2026, 7, 1).expect("a date")),
    }
}

fn scenario_over(headers: &[&str], scenario: &Scenario, built_in: bool) -> ScenarioFrame {
    let mut columns = vec![None; headers.len()];
    let mut missing = Vec::new();
    for field in &scenario.fields {
        let named = |header: &str| {
            same(header, &field.column) || built_in && field.aliases.iter().any(|alias| same(header, alias))
        };
        let field = Arc::new(field.clone());
        match headers.iter().position(|header| named(header)) {
            Some(column) => columns[column] = Some(field),
            None => missing.push(field),
        }
    }
    let carrying = |key: &str| columns.iter().position(|field| field.as_ref().is_some_and(|field| field.key == key));
    ScenarioFrame {
        key: Arc::from(scenario.key.as_str()),
        identifier: scenario.identifier.clone(),
        address: carrying("emailAddress"),
        event_date: scenario.event_date.and_then(|index| carrying(&scenario.fields[index].key)),
        columns,
        missing,
    }
}

fn same(header: &str, name: &str) -> bool {
    header.trim().to_lowercase() == name.to_lowercase()
}

/// The scenarios of the documentation, with the fields that tests need.
pub(in crate::rules) fn documented() -> Vec<Scenario> {
    use FieldKind::{DateTime, Text};
    let resignation = [
        field("resignationDate", "ResignationDate", &["TerminationDate"], DateTime, true, None),
        field("lastWorkingDate", "LastWorkingDate", &[], DateTime, true, None),
    ];
    let effective = || field("effectiveDate", "EffectiveDate", &[], DateTime, true, None);
    let remarks = |column, aliases| field("remarks", column, aliases, Text, false, Some(200));
    let rating = |column, aliases| field("rating", column, aliases, Text, false, Some(25));
    let level = [
        effective(),
        remarks("Remarks", &[]),
        field("oldLevel", "OldLevel", &[], Text, false, None),
        field("newLevel", "NewLevel", &[], Text, false, None),
    ];
    let review = [effective(), remarks("Remarks", &[]), rating("Rating", &[])];
    let plan = [effective(), remarks("ImprovementRemarks", &["Remarks"]), rating("PerformanceRating", &["Rating"])];
    vec![
        scenario("resignation", "Resignation", &resignation),
        scenario("jobLevelChange", "Job level change", &level),
        scenario("performanceReview", "Performance review", &review),
        scenario("performanceImprovementPlan", "Performance improvement plan", &plan),
    ]
}

fn scenario(key: &str, identifier: &str, fields: &[Field]) -> Scenario {
    let aliases = &["UserPrincipalName", "UserEmailAddress", "UPN"];
    let mut all = vec![field("emailAddress", "EmailAddress", aliases, FieldKind::Upn, true, None)];
    all.extend_from_slice(fields);
    Scenario { key: key.to_owned(), identifier: identifier.to_owned(), fields: all, event_date: Some(1) }
}

fn field(key: &str, column: &str, aliases: &[&str], kind: FieldKind, required: bool, max_length: Option<u32>) -> Field {
    let aliases = aliases.iter().map(|&alias| alias.to_owned()).collect();
    Field { key: key.to_owned(), column: column.to_owned(), aliases, kind, required, max_length }
}
