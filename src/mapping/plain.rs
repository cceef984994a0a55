//! A mapping as people write it: the names that the connector was told, and nothing that is shipped anyway.

use serde_json::{Map, Value, json};

use super::grammar::harmless;
use super::{Field, Mapping, Scenario};

/// See [`Mapping::plain_json`].
pub(super) fn plain_json(mapping: &Mapping, schema: &str, listed: &dyn Fn(&Scenario, &Field) -> bool) -> String {
    let scenario = |scenario: &Scenario| {
        let columns = scenario.fields.iter().filter(|field| listed(scenario, field));
        let columns: Map<String, Value> =
            columns.map(|field| (field.key.clone(), field.column.clone().into())).collect();
        let mut text = Map::new();
        if mapping.identifier.is_some() {
            text.insert("identifier".to_owned(), scenario.identifier.clone().into());
        }
        text.insert("columns".to_owned(), columns.into());
        (scenario.key.clone(), Value::Object(text))
    };
    let scenarios: Map<String, Value> = mapping.scenarios.iter().map(scenario).collect();
    let mut text = Map::new();
    text.insert("$schema".to_owned(), schema.into());
    text.insert("version".to_owned(), 1.into());
    if let Some(identifier) = &mapping.identifier {
        text.insert("identifier".to_owned(), json!({ "column": identifier.column }));
    }
    text.insert("scenarios".to_owned(), scenarios.into());
    if mapping.delimiter != b',' {
        text.insert("csv".to_owned(), json!({ "delimiter": char::from(mapping.delimiter).to_string() }));
    }
    harmless(&format!("{:#}", Value::Object(text)))
}
