//! The objects of the machine-readable formats, and their JSON Schema.
//!
//! Once released a key never changes its meaning; new keys may be added. The doc comments here are the schema's
//! descriptions, so they speak to whoever reads a report.

use std::borrow::Cow;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::coverage::CoverageObject;
use super::{Values, phrase};
use crate::check::{Count, FileEnd, Summary};
use crate::finding::{Finding, Fix, Related, Safety, Severity};

/// The version of the objects, in every one of them.
pub const VERSION: u8 = 1;

/// What `hrlint check` writes with `--format json` (one document) and `--format jsonl` (one object a line).
#[derive(JsonSchema)]
#[schemars(title = "hrlint report", untagged)]
#[expect(dead_code, reason = "names the shapes of the schema; the parts are what is serialised")]
enum Report<'a> {
    /// `--format json`: one document. The order of findings is: by file as given, then by position, then by rule; what only the whole file shows stands last.
    Document {
        /// The version of this schema.
        #[schemars(extend("const" = VERSION))]
        version: u8,
        /// All findings within `--max-findings`.
        findings: Vec<FindingObject<'a>>,
        /// The files that were checked, in the order given.
        files: Vec<FileObject<'a>>,
        /// All files together.
        summary: SummaryObject<'a>,
    },
    /// `--format jsonl`: a finding on a line of its own.
    Finding(FindingObject<'a>),
    /// `--format jsonl`: a file, on the line after its last finding.
    File(FileObject<'a>),
    /// `--format jsonl`: all files together, on the last line.
    Summary(SummaryObject<'a>),
}

/// The JSON Schema (draft 2020-12) of both machine-readable formats.
#[must_use]
pub fn schema() -> String {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = generator.into_root_schema_for::<Report<'_>>();
    format!("{:#}\n", schema.to_value())
}

/// The value of `type` in a finding.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum FindingType {
    Finding,
}

/// One fault in one file. A key that has no meaning for the fault is null.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
pub(super) struct FindingObject<'a> {
    r#type: FindingType,
    /// The version of this schema.
    #[schemars(extend("const" = VERSION))]
    version: u8,
    /// The rule's kebab-case name.
    rule: &'a str,
    /// How grave the fault is in this run.
    severity: SeverityWord,
    /// The path as given, with `/` separators; `-` for standard input.
    file: &'a str,
    /// Spreadsheet row: the header is 1, every record is one row, however many lines it spans.
    row: Option<u64>,
    /// Physical line in an editor where the cell begins, 1-based.
    line: Option<u64>,
    /// Column, 1-based.
    column: Option<u32>,
    /// The header text of that column.
    header: Option<&'a str>,
    /// Character on that line where the cell begins, 1-based.
    char: Option<u64>,
    /// First byte of the cell in the file as stored, quotes included.
    offset: Option<u64>,
    /// Bytes of the cell in the file as stored, quotes included.
    length: Option<u64>,
    /// Key of the scenario that the row belongs to.
    scenario: Option<&'a str>,
    /// What is wrong.
    message: &'a str,
    /// What to do next.
    help: &'a str,
    /// The cell's text when values are shown, of a long one only the first 1,024 bytes and `…`; else its shape and length:
    /// `A` for a capital letter, `a` for another letter, `9` for a digit.
    value: Option<Cow<'a, str>>,
    /// The repair, where there is one.
    fix: Option<FixObject<'a>>,
    /// The first of several equal records, for faults that are about duplicates.
    first: Option<FirstObject<'a>>,
    /// Whom the row is about: equal codes, equal persons. Null without `--link-people` or `--link-key-env`.
    person: Option<String>,
}

impl<'a> FindingObject<'a> {
    pub(super) fn new(finding: &'a Finding, values: Values) -> Self {
        let place = &finding.place;
        Self {
            r#type: FindingType::Finding,
            version: VERSION,
            rule: finding.rule,
            severity: finding.severity.into(),
            file: &finding.file,
            row: place.row,
            line: place.line,
            column: place.column,
            header: place.header.as_deref(),
            char: place.char,
            offset: place.offset,
            length: place.length,
            scenario: finding.scenario.as_deref(),
            message: &finding.message,
            help: &finding.help,
            value: finding.value.as_ref().map(|value| values.written(value)),
            fix: finding.fix.as_ref().map(|fix| FixObject::new(fix, values)),
            first: finding.first.as_ref().map(|Related { file, row }| FirstObject { file, row: *row }),
            person: finding.person.map(|person| person.to_string()),
        }
    }
}

/// How grave a finding is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Severity")]
enum SeverityWord {
    /// The service would refuse, lose or misread the data.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Info,
}

impl From<Severity> for SeverityWord {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}

/// A repair: all edits together, or none.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fix")]
struct FixObject<'a> {
    safety: SafetyWord,
    /// In file order, without overlap. None where the whole file must be written anew, which `hrlint fix` does. A repair that
    /// would need a text of more than 4,096 bytes is made by `hrlint fix` only: `fix` is then null.
    edits: Vec<EditObject<'a>>,
    /// What else is to be known of the repair: who makes one without edits, or one that `hrlint fix` leaves.
    note: Option<&'static str>,
}

impl<'a> FixObject<'a> {
    fn new(fix: &'a Fix, values: Values) -> Self {
        let edits = fix.edits.iter().map(|edit| EditObject {
            offset: edit.offset,
            length: edit.length,
            text: (values == Values::Shown || edit.text.is_empty()).then_some(&*edit.text),
        });
        Self { safety: fix.safety.into(), edits: edits.collect(), note: phrase::fix_note(fix) }
    }
}

/// Whether a repair may be applied without a person looking at it.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Safety")]
enum SafetyWord {
    /// Nothing is lost and there is one possible meaning.
    Safe,
    /// A person decides.
    Unsafe,
}

impl From<Safety> for SafetyWord {
    fn from(safety: Safety) -> Self {
        match safety {
            Safety::Safe => Self::Safe,
            Safety::Unsafe => Self::Unsafe,
        }
    }
}

/// Replace `length` bytes at `offset` of the stored file with `text`.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edit")]
struct EditObject<'a> {
    /// First byte replaced.
    offset: u64,
    /// Number of bytes replaced; 0 inserts.
    length: u64,
    /// What stands there afterwards, quotes included; empty deletes. It may hold a person's data, so it is null while
    /// values are masked: `--show-values always` shows it.
    text: Option<&'a str>,
}

/// The first of several equal records.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "First")]
struct FirstObject<'a> {
    /// The path as given.
    file: &'a str,
    /// Spreadsheet row in that file.
    row: u64,
}

/// The value of `type` in a file.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum FileType {
    File,
}

/// A file that was checked to its end.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "File")]
#[serde(rename_all = "camelCase")]
pub(super) struct FileObject<'a> {
    r#type: FileType,
    /// The version of this schema.
    #[schemars(extend("const" = VERSION))]
    version: u8,
    /// The path as given, with `/` separators; `-` for standard input.
    file: &'a str,
    /// Records after the header, blank ones left out.
    rows: u64,
    /// Physical lines, the header's included.
    lines: u64,
    /// Bytes as stored.
    bytes: u64,
    /// Rows of each scenario of the mapping, in the mapping's order.
    scenarios: Vec<ScenarioObject<'a>>,
    /// Every rule that fired, by column, with exact counts: gravest first, then by rule and column.
    counts: Vec<CountObject<'a>>,
    /// Findings that were waived, and are neither listed nor counted.
    waived: u64,
    /// Those of them that are of contract rules: the file is not fit to be uploaded.
    waived_contract: u64,
}

impl<'a> FileObject<'a> {
    pub(super) fn new(file: &'a FileEnd) -> Self {
        let scenarios = file.scenarios.iter().map(|(scenario, rows)| ScenarioObject { scenario, rows: *rows });
        Self {
            r#type: FileType::File,
            version: VERSION,
            file: &file.file,
            rows: file.rows,
            lines: file.lines,
            bytes: file.bytes,
            scenarios: scenarios.collect(),
            counts: file.counts.iter().map(CountObject::from).collect(),
            waived: file.waived.findings,
            waived_contract: file.waived.contract,
        }
    }
}

/// How many rows of a file belong to a scenario.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ScenarioRows")]
struct ScenarioObject<'a> {
    /// The scenario's key.
    scenario: &'a str,
    rows: u64,
}

/// How often a rule fired in a column of one file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Count")]
#[serde(rename_all = "camelCase")]
struct CountObject<'a> {
    /// The rule's kebab-case name.
    rule: &'a str,
    /// How grave its faults are in this run.
    severity: SeverityWord,
    /// Column, 1-based; null for faults of a record or of the file.
    column: Option<u32>,
    /// The column's header.
    header: Option<&'a str>,
    /// Findings in all.
    count: u64,
    /// Findings that `hrlint fix` can mend safely.
    fixable: u64,
    /// Findings that are listed; `--max-findings` passed over the rest.
    shown: u64,
    /// Spreadsheet row of the first finding, for faults that are in a row.
    first_row: Option<u64>,
    /// Spreadsheet row of the last one.
    last_row: Option<u64>,
}

impl<'a> From<&'a Count> for CountObject<'a> {
    fn from(count: &'a Count) -> Self {
        Self {
            rule: count.rule,
            severity: count.severity.into(),
            column: count.column,
            header: count.header.as_deref(),
            count: count.count,
            fixable: count.fixable,
            shown: count.shown,
            first_row: count.rows.map(|(first, _)| first),
            last_row: count.rows.map(|(_, last)| last),
        }
    }
}

/// The value of `type` in a summary.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum SummaryType {
    Summary,
}

/// All files together.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Summary")]
#[serde(rename_all = "camelCase")]
pub(super) struct SummaryObject<'a> {
    r#type: SummaryType,
    /// The version of this schema.
    #[schemars(extend("const" = VERSION))]
    version: u8,
    /// Files checked.
    files: u64,
    /// Files that could not be checked to their end.
    unchecked: u64,
    /// Records after the headers.
    rows: u64,
    /// Bytes as stored.
    bytes: u64,
    /// Findings of severity error.
    errors: u64,
    /// Findings of severity warning.
    warnings: u64,
    /// Findings of severity info.
    infos: u64,
    /// Findings that `hrlint fix` can mend safely.
    fixable: u64,
    /// Findings that were counted, but not listed, because of `--max-findings`.
    hidden: u64,
    /// Findings that were waived, and are in no other number.
    waived: u64,
    /// Those of them that are of contract rules: their files are not fit to be uploaded.
    waived_contract: u64,
    /// The severity from which a finding fails the run.
    fail_on: SeverityWord,
    /// Whether something at or above `failOn` was found.
    failed: bool,
    /// Whether values are shown in clear, so that the report holds personal data.
    personal_data: bool,
    /// What the files hold for the policies that the mapping or `--policy` names.
    policies: Vec<CoverageObject<'a>>,
}

impl<'a> SummaryObject<'a> {
    pub(super) fn new(summary: &'a Summary, values: Values) -> Self {
        Self {
            r#type: SummaryType::Summary,
            version: VERSION,
            files: summary.files,
            unchecked: summary.unchecked,
            rows: summary.rows,
            bytes: summary.bytes,
            errors: summary.errors,
            warnings: summary.warnings,
            infos: summary.infos,
            fixable: summary.fixable,
            hidden: summary.hidden,
            waived: summary.waived.findings,
            waived_contract: summary.waived.contract,
            fail_on: summary.fail_on.into(),
            failed: summary.failed(),
            personal_data: values == Values::Shown,
            policies: summary.policies.iter().map(CoverageObject::from).collect(),
        }
    }
}
