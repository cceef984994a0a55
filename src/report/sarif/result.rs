//! A finding as a result.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, Message, PhysicalLocation, PropertyBag, Region,
    Replacement, Result as Outcome, ResultLevel,
};

use super::super::{Values, phrase};
use super::rules;
use crate::finding::{self, CellText, Finding, Place, Printable, Safety, Severity};

/// Name of the fingerprint: the tool's, with a version.
const FINGERPRINT: &str = "hrlint/v1";
/// Most characters of a header: a file may have none but one of a megabyte.
const LONGEST_NAME: usize = 256;

pub(super) fn result(finding: &Finding, fingerprint: String, values: Values) -> Outcome {
    let location = Location::builder().physical_location(physical(&finding.file, region(finding))).build();
    let fixes: Vec<Fix> = finding.fix.iter().filter_map(|fix| repair(&finding.file, fix, values)).collect();
    let mut outcome = Outcome::builder()
        .rule_id(finding.rule)
        .level(level(finding.severity))
        .message(Message::builder().text(phrase::sentences(finding)).build())
        .locations(vec![location])
        .partial_fingerprints([(FINGERPRINT.to_owned(), fingerprint)])
        .properties(properties(finding, values))
        .build();
    outcome.rule_index = rules::index(finding.rule);
    outcome.fixes = Some(fixes).filter(|fixes| !fixes.is_empty());
    outcome.related_locations = finding.first.as_ref().map(|first| {
        let text = format!("The first of them is row {}.", phrase::number(first.row));
        let message = Message::builder().text(text).build();
        let region = Region::default();
        vec![Location::builder().id(0_i64).physical_location(physical(&first.file, region)).message(message).build()]
    });
    outcome
}

/// The word of a severity in SARIF.
pub(super) fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Info => ResultLevel::Note,
    }
}

fn physical(file: &str, region: Region) -> PhysicalLocation {
    let mut location = PhysicalLocation::builder().artifact_location(artifact(file)).build();
    location.region = Some(region).filter(|region| *region != Region::default());
    location
}

fn artifact(file: &str) -> ArtifactLocation {
    ArtifactLocation::builder().uri(uri(file)).build()
}

/// A path as a URI: relative as it was given, or of the scheme `file`.
fn uri(file: &str) -> String {
    let file = file.strip_prefix("./").unwrap_or(file);
    let encoded: String = file.bytes().map(encoded).collect();
    let has_drive = file.as_bytes().get(1) == Some(&b':') && file.starts_with(|c: char| c.is_ascii_alphabetic());
    match file {
        _ if has_drive => format!("file:///{}", encoded.replacen("%3A", ":", 1)),
        _ if file.starts_with('/') => format!("file://{encoded}"),
        _ => encoded,
    }
}

fn encoded(byte: u8) -> String {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

/// Where the fault is, by line, column and byte. A record is its line; a cell ends where its text does, if that can be told
/// from the text.
fn region(finding: &Finding) -> Region {
    let place = &finding.place;
    let number = |number: Option<u64>| number.and_then(|number| i64::try_from(number).ok());
    let mut region = Region {
        // A fault of the whole file is shown where everyone begins to read.
        start_line: number(place.line.or(Some(1))),
        byte_offset: number(place.offset),
        byte_length: number(place.offset.and(place.length)),
        ..Region::default()
    };
    if place.column.is_some() && place.line.is_some() {
        region.start_column = number(place.char);
        if let Some((lines, characters)) = finding.value.as_ref().and_then(|value| extent(value, place)) {
            let begin = if lines == 0 { place.char } else { Some(1) };
            region.end_line = number(place.line.map(|line| line + lines));
            region.end_column = number(begin.map(|begin| begin + characters));
        }
    }
    region
}

/// Line breaks in a cell as it is stored, and the characters on its last line, quotes included. `None` where a cell is too
/// long to be kept whole, or is not stored as UTF-8.
fn extent(value: &CellText, place: &Place) -> Option<(u64, u64)> {
    let text = value.in_clear();
    let quotes = text.matches('"').count();
    let stored = usize::try_from(place.length?).ok()?;
    let is_whole = text.chars().count() == value.characters() && !text.contains(char::REPLACEMENT_CHARACTER);
    let is_quoted = stored == text.len() + quotes + 2;
    if !is_whole || !(is_quoted || stored == text.len()) {
        return None;
    }
    let last = text.rsplit(['\n']).next().unwrap_or_default();
    let lines = text.matches('\n').count() as u64;
    let mut characters = last.chars().count();
    if is_quoted {
        characters += last.matches('"').count() + if lines == 0 { 2 } else { 1 };
    }
    Some((lines, characters as u64))
}

/// A repair, unless it would hold text of the cell that must not be shown.
fn repair(file: &str, fix: &finding::Fix, values: Values) -> Option<Fix> {
    if fix.edits.is_empty() {
        return None;
    }
    let mut replacements = Vec::new();
    for edit in &fix.edits {
        if values == Values::Masked && !edit.text.is_empty() {
            return None;
        }
        let deleted = Region {
            byte_offset: i64::try_from(edit.offset).ok(),
            byte_length: i64::try_from(edit.length).ok(),
            ..Region::default()
        };
        let mut replacement = Replacement::builder().deleted_region(deleted).build();
        if !edit.text.is_empty() {
            replacement.inserted_content = Some(ArtifactContent::builder().text(edit.text.as_str()).build());
        }
        replacements.push(replacement);
    }
    let change = ArtifactChange::builder().artifact_location(artifact(file)).replacements(replacements).build();
    let text = match fix.safety {
        Safety::Safe => "Nothing is lost, and there is one possible meaning.",
        Safety::Unsafe => "A person must decide whether this is what was meant.",
    };
    let description = Message::builder().text(text).build();
    Some(Fix::builder().artifact_changes(vec![change]).description(description).build())
}

fn properties(finding: &Finding, values: Values) -> PropertyBag {
    let place = &finding.place;
    let name = |name: &str| json!(Printable::new(name).shortened(LONGEST_NAME));
    let value = finding.value.as_ref().map(|value| json!(values.written(value)));
    let properties: [(&str, Option<Value>); 8] = [
        ("row", place.row.map(|row| json!(row))),
        ("column", place.column.map(|column| json!(column))),
        ("header", place.header.as_deref().map(name)),
        ("scenario", finding.scenario.as_deref().map(name)),
        ("person", finding.person.map(|person| json!(person.to_string()))),
        ("value", value),
        ("fix", finding.fix.as_ref().map(|fix| json!(fix.safety.name()))),
        ("fixNote", finding.fix.as_ref().and_then(phrase::fix_note).map(|note| json!(note))),
    ];
    let properties = properties.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    PropertyBag::builder().additional_properties(properties.collect::<BTreeMap<_, _>>()).build()
}
