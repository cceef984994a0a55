//! Lone cells and records, without a header around them.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::finding::Safety;
use crate::mapping::{Field, FieldKind};
use crate::rules::{Bytes, Cell, Check, Explanation, Frame, Mend, Record, Rule, ScenarioFrame, Settings};

/// A field as the mapping would give it, in a column of the same name.
pub(in crate::rules) fn field(key: &str, kind: FieldKind, max_length: Option<u32>) -> Field {
    Field { key: key.into(), column: key.into(), aliases: Vec::new(), kind, required: true, max_length }
}

/// Lays one scenario with these fields over a header that names exactly them, and hands over a record with these texts.
pub(in crate::rules) fn with_record<T>(cells: &[(Field, &str)], judge: impl FnOnce(&Record<'_>) -> T) -> T {
    let scenario = ScenarioFrame {
        key: "test".into(),
        identifier: "Test".into(),
        columns: cells.iter().map(|(field, _)| Some(Arc::new(field.clone()))).collect(),
        missing: Vec::new(),
        address: None,
        event_date: None,
    };
    let frame = Frame {
        headers: cells.iter().map(|(field, _)| field.column.as_str().into()).collect(),
        identifier: None,
        identifier_name: None,
        scenarios: vec![scenario],
        mapped: Vec::new(),
        built_in: true,
        domains: Vec::new(),
        cloud: None,
        delimiter: b',',
        settings: Settings::new(NaiveDate::from_ymd_opt(2026, 7, 1).expect("1 July 2026 exists")),
    };
    let texts: Vec<Cow<'_, str>> = cells.iter().map(|&(_, text)| text.into()).collect();
    let valid = vec![true; cells.len()];
    judge(&Record { frame: &frame, scenario: frame.scenarios.first(), cells: &texts, valid: &valid })
}

/// Asks a cell rule about one cell: the words, where the rule fires.
pub(in crate::rules) fn ask(rule: &Rule, field: &Field, text: &str) -> Option<Explanation> {
    let Check::Cell { fires, explain, .. } = rule.check else { panic!("{} judges no cells", rule.name) };
    with_record(&[(field.clone(), text)], |record| {
        let cell = Cell {
            text,
            valid: true,
            column: 0,
            field: record.field(0),
            record,
            reading: None,
            address: None,
            kinds: Bytes::ALL,
        };
        fires(&cell).then(|| explain(&cell))
    })
}

/// Asks a cell rule about a cell of that kind.
pub(in crate::rules) fn ask_kind(rule: &Rule, kind: FieldKind, text: &str) -> Option<Explanation> {
    ask(rule, &field("test", kind, None), text)
}

/// The text of the repair of one cell, and whether it is safe.
pub(in crate::rules) fn mended(explanation: Option<Explanation>) -> Option<(Safety, String)> {
    match explanation?.mend {
        Some(Mend::Cell(safety, text)) => Some((safety, text)),
        _ => None,
    }
}
