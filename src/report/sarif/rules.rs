//! The tool and its rules as SARIF describes them.

use std::collections::BTreeMap;

use serde_json::json;
use serde_sarif::sarif::{
    MultiformatMessageString, PropertyBag, ReportingConfiguration, ReportingDescriptor, Tool, ToolComponent,
};

use super::result::level;
use crate::finding::Safety;
use crate::rules::{self, Rule};

/// What the rules are made from: the service's documentation of the files that it takes.
const SERVICE: &str = "https://learn.microsoft.com/purview/import-hr-data";

/// hrlint with all its rules, in the order of the manual.
pub(super) fn tool() -> Tool {
    let rules: Vec<ReportingDescriptor> = rules::all().map(descriptor).collect();
    let driver = ToolComponent::builder()
        .name("hrlint")
        .information_uri(SERVICE)
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .rules(rules)
        .build();
    Tool::builder().driver(driver).build()
}

/// A rule's place in the list of rules.
pub(super) fn index(name: &str) -> Option<i64> {
    rules::all().position(|rule| rule.name == name).and_then(|index| i64::try_from(index).ok())
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let manual = rule.manual();
    let text = |text: &str| MultiformatMessageString::builder().text(text).build();
    let help = MultiformatMessageString::builder().text(plain(&manual)).markdown(manual.as_str()).build();
    let level = json!(level(rule.severity));
    let properties = [("contract", json!(rule.contract)), ("fix", json!(rule.fix.map(Safety::name)))];
    let properties = BTreeMap::from(properties.map(|(name, value)| (name.to_owned(), value)));
    let descriptor = ReportingDescriptor::builder()
        .id(rule.name)
        .short_description(text(rule.summary()))
        .full_description(text(&paragraph(&manual)))
        .help(help)
        .default_configuration(ReportingConfiguration::builder().level(level).build())
        .properties(PropertyBag::builder().additional_properties(properties).build())
        .build();
    // A name must differ from the id in more than case: a rule of one word has none.
    ReportingDescriptor { name: rule.name.contains('-').then(|| pascal(rule.name)), ..descriptor }
}

/// The manual without the marks of Markdown.
fn plain(manual: &str) -> String {
    let lines = manual.lines().filter(|line| !line.starts_with("```"));
    lines
        .map(|line| line.trim_start_matches("# ").replace('`', ""))
        .fold(String::new(), |text, line| text + &line + "\n")
}

/// What the rule checks: the first paragraph under the first heading.
fn paragraph(manual: &str) -> String {
    let lines = manual.lines().skip_while(|line| !line.starts_with("# ")).skip(1);
    let lines = lines.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    plain(&lines.collect::<Vec<_>>().join(" ")).trim().to_owned()
}

/// `date-not-iso` as `DateNotIso`, the form that the standard wants names in.
fn pascal(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').filter(|part| !part.is_empty()).map(word).collect()
}
