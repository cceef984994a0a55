//! The mapping's grammar as types: what the JSON Schema is generated from, and what the effective mapping is written with.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{Field, Level, Mapping, Policy, RuleFacts, RuleSetting, Scenario, shipped};
use crate::finding::Printable;

/// What the Microsoft 365 HR connector was told in the portal: its identifier column, scenarios and columns. Read by hrlint.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(title = "hrlint mapping", deny_unknown_fields)]
struct MappingText<'a> {
    /// Where an editor finds this schema. hrlint ignores it.
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    schema: Option<&'a str>,
    /// The version of this grammar.
    #[schemars(with = "Value", extend("const" = 1))]
    version: u32,
    /// The column that names each row's scenario. Absent: every file holds rows of one scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "IdentifierText<'a>")]
    identifier: Option<IdentifierText<'a>>,
    /// The only scenarios that files may hold: shipped ones, and others with `fields` of their own.
    #[schemars(extend("minProperties" = 1))]
    scenarios: Keyed<'a, ScenarioText<'a>>,
    /// How cells are separated, and in which encoding they are.
    csv: CsvText,
    /// Levels and options of rules. Those that guard what the service requires can be raised, not lowered.
    #[serde(skip_serializing_if = "Keyed::is_empty")]
    rules: Keyed<'a, Value>,
    /// The domains that addresses may have.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    #[schemars(with = "Vec<Domain>", extend("uniqueItems" = true))]
    domains: &'a [String],
    /// The policies that the data is for, by the names of their templates. Upper and lower case do not make a difference.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>", extend("uniqueItems" = true))]
    policies: Vec<&'a str>,
    /// The connector's ids. Never a secret, a host or a URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "ConnectorText<'a>")]
    connector: Option<ConnectorText<'a>>,
}

/// The identifier column.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Identifier", deny_unknown_fields)]
struct IdentifierText<'a> {
    /// Its name in the header; `HRScenario` unless given.
    #[schemars(with = "Name")]
    column: &'a str,
}

/// A scenario. A shipped one keeps everything that is not given here.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Scenario", deny_unknown_fields)]
struct ScenarioText<'a> {
    /// The identifier column's value in its rows.
    #[schemars(with = "Name")]
    identifier: &'a str,
    /// Key of the date that, with address and scenario, identifies an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    event_date: Option<&'a str>,
    /// The column that carries each field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, Name>")]
    columns: Option<()>,
    /// Fields: of a shipped scenario those to be tightened, else all of them.
    fields: Keyed<'a, FieldText<'a>>,
}

/// A field: the column that carries it and what its cells hold.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Field", deny_unknown_fields)]
struct FieldText<'a> {
    /// The column that carries it.
    #[schemars(with = "Name")]
    column: &'a str,
    /// Other names by which the column is known.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    #[schemars(with = "Vec<Name>", extend("uniqueItems" = true))]
    aliases: &'a [String],
    /// What its cells hold: the user's sign-in name, a date and time, or free text.
    #[serde(rename = "type")]
    #[schemars(with = "String", extend("enum" = ["upn", "dateTime", "text"]))]
    kind: &'static str,
    /// Whether every row of the scenario must fill it; `false` unless given.
    required: bool,
    /// The most Unicode characters that a cell may hold; only for free text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32", range(min = 1, max = 1_000_000))]
    max_length: Option<u32>,
}

/// How cells are separated, and in which encoding they are.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Csv", deny_unknown_fields)]
struct CsvText {
    /// The character between cells; a comma unless given.
    #[schemars(with = "String", regex(pattern = r"^[\t!#$%&()*,/;<=>?\[\\\]^`{|}~]$"))]
    delimiter: char,
    /// The encoding that the connector was found to take; UTF-8 unless given.
    #[schemars(with = "String", extend("enum" = ["utf-8", "utf-16", "windows-1252"]))]
    encoding: &'static str,
}

/// The connector's ids.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Connector", deny_unknown_fields)]
struct ConnectorText<'a> {
    /// The cloud that the connector lives in, such as `commercial`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Name")]
    cloud: Option<&'a str>,
    /// The directory (tenant) id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Name")]
    tenant_id: Option<&'a str>,
    /// The application (client) id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Name")]
    app_id: Option<&'a str>,
    /// The connector's job id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Name")]
    job_id: Option<&'a str>,
}

/// A text without blanks around it.
#[derive(JsonSchema)]
#[schemars(transparent)]
struct Name(
    #[schemars(regex(pattern = r"^\S([\s\S]*\S)?$"))]
    #[expect(dead_code, reason = "only its schema is used")]
    String,
);

/// A domain, such as `contoso.com`.
#[derive(JsonSchema)]
#[schemars(transparent)]
struct Domain(
    #[schemars(regex(
        pattern = r"^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$"
    ))]
    #[expect(dead_code, reason = "only its schema is used")]
    String,
);

/// An object whose keys are the user's, in order.
struct Keyed<'a, T>(Vec<(&'a str, T)>);

impl<T> Keyed<'_, T> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize> Serialize for Keyed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<T: JsonSchema> JsonSchema for Keyed<'_, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        <BTreeMap<String, T>>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <BTreeMap<String, T>>::json_schema(generator)
    }
}

/// The JSON Schema (draft 2020-12) of mappings, with the rules, scenarios and fields that this hrlint knows.
#[must_use]
pub fn schema(rules: &[RuleFacts]) -> Value {
    // The types are written out in full, but almost every key may be left out when it is read.
    let all_optional = RecursiveTransform(|schema: &mut Schema| {
        schema.remove("required");
    });
    let generator = SchemaSettings::draft2020_12().with_transform(all_optional).into_generator();
    let mut schema = generator.into_root_schema_for::<MappingText<'_>>().to_value();
    schema["required"] = json!(["scenarios"]);
    let levels =
        |least: Level| Level::ALL.into_iter().filter(|level| *level >= least).map(Level::name).collect::<Vec<_>>();
    let rule = |facts: &RuleFacts| {
        let level =
            json!({ "enum": levels(if facts.contract { Level::At(facts.default_severity) } else { Level::Off }) });
        let options = facts.options.iter().map(|option| {
            let range = json!({ "type": "integer", "minimum": option.least, "maximum": option.most, "default": option.default });
            (option.name.to_owned(), range)
        });
        let keys: Map<String, Value> = [("level".to_owned(), level.clone())].into_iter().chain(options).collect();
        let object = json!({ "type": "object", "properties": keys, "additionalProperties": false });
        (facts.name.to_owned(), json!({ "anyOf": [level, object] }))
    };
    // What the types cannot say: the names that are known, so that editors offer them.
    schema["properties"]["rules"]["properties"] = Value::Object(rules.iter().map(rule).collect());
    schema["properties"]["rules"]["additionalProperties"] = Value::Bool(false);
    schema["properties"]["policies"]["items"] = json!({ "enum": Policy::all_names().collect::<Vec<_>>() });
    let scenario = |scenario: &Scenario| {
        let keys: Vec<&str> = scenario.fields.iter().map(|field| field.key.as_str()).collect();
        let named = json!({ "propertyNames": { "enum": keys } });
        let schema = json!({
            "$ref": "#/$defs/Scenario",
            "description": format!("{}: shipped with hrlint under its documented column names.", scenario.identifier),
            "properties": { "columns": named, "fields": named },
        });
        (scenario.key.clone(), schema)
    };
    schema["properties"]["scenarios"]["properties"] =
        Value::Object(shipped::scenarios().iter().map(scenario).collect());
    schema["properties"]["scenarios"]["additionalProperties"] = json!({
        "$ref": "#/$defs/Scenario",
        "description": "A scenario of your own.",
        "required": ["fields"],
        "properties": { "fields": { "minProperties": 1, "additionalProperties": { "required": ["type"] } } },
    });
    schema
}

/// See [`Mapping::effective_json`].
pub(super) fn effective_json(mapping: &Mapping) -> String {
    let connector = &mapping.connector;
    let text = MappingText {
        schema: None,
        version: 1,
        identifier: mapping.identifier.as_ref().map(|identifier| IdentifierText { column: &identifier.column }),
        scenarios: Keyed(mapping.scenarios.iter().map(scenario_text).collect()),
        csv: CsvText { delimiter: char::from(mapping.delimiter), encoding: mapping.encoding.name() },
        rules: Keyed(mapping.rules.iter().map(rule_text).collect()),
        domains: &mapping.domains,
        policies: mapping.policies.iter().map(|policy| policy.name).collect(),
        connector: (*connector != super::Connector::default()).then_some(ConnectorText {
            cloud: connector.cloud.as_deref(),
            tenant_id: connector.tenant_id.as_deref(),
            app_id: connector.app_id.as_deref(),
            job_id: connector.job_id.as_deref(),
        }),
    };
    let json = serde_json::to_string_pretty(&text).expect("keys are texts, and writing to a String cannot fail");
    harmless(&json)
}

fn scenario_text(scenario: &Scenario) -> (&str, ScenarioText<'_>) {
    let text = ScenarioText {
        identifier: &scenario.identifier,
        event_date: scenario.event_date.map(|place| scenario.fields[place].key.as_str()),
        columns: None,
        fields: Keyed(scenario.fields.iter().map(field_text).collect()),
    };
    (&scenario.key, text)
}

fn field_text(field: &Field) -> (&str, FieldText<'_>) {
    let text = FieldText {
        column: &field.column,
        aliases: &field.aliases,
        kind: field.kind.name(),
        required: field.required,
        max_length: field.max_length,
    };
    (&field.key, text)
}

fn rule_text(setting: &RuleSetting) -> (&str, Value) {
    let level = setting.level.map(Level::name);
    if let (Some(level), true) = (level, setting.options.is_empty()) {
        return (setting.rule, level.into());
    }
    let level = level.map(|level| ("level".to_owned(), level.into()));
    let options = setting.options.iter().map(|&(option, value)| (option.to_owned(), value.into()));
    (setting.rule, Value::Object(level.into_iter().chain(options).collect()))
}

/// The same JSON with every character that acts on a terminal or a build server written as an escape. Such characters
/// stand only in strings, where every character may be one.
pub(super) fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let marker = matches!(c, ':' | '#') && out.ends_with(c);
        let hidden =
            !matches!(c, '\n' | ' '..='~') && Printable::new(c.encode_utf8(&mut [0; 4])).as_str().chars().ne([c]);
        if marker || hidden {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("writing to a String cannot fail");
            }
        } else {
            out.push(c);
        }
    }
    out + "\n"
}
