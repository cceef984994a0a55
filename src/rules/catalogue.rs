//! All rules as one document: JSON for programs, Markdown for people.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{FAMILIES, Rule};
use crate::finding::Safety;

/// The version of [`json`]'s form: once released, a key never changes its meaning.
const VERSION: u32 = 1;

/// All rules, in the order of the manual.
///
/// `{"version": 1, "rules": [...]}`; each rule has `name`, `family`, `severity`, `milder` (the severity of a milder form, or
/// null), `contract` (whether no mapping can lower it), `fix` (`safe`, `unsafe` or null: the best repair that it can offer),
/// `options` (`name`, `default`, `least`, `most`) and `summary`.
#[must_use]
pub fn json() -> Value {
    let rules: Vec<Value> =
        FAMILIES.iter().flat_map(|(family, rules)| rules.iter().map(|rule| entry(family, rule))).collect();
    json!({ "version": VERSION, "rules": rules })
}

fn entry(family: &str, rule: &Rule) -> Value {
    let options: Vec<Value> = rule
        .options
        .iter()
        .map(|option| {
            json!({ "name": option.name, "default": option.default, "least": option.least, "most": option.most })
        })
        .collect();
    json!({
        "name": rule.name,
        "family": family,
        "severity": rule.severity.name(),
        "milder": rule.milder.map(crate::finding::Severity::name),
        "contract": rule.contract,
        "fix": rule.fix.map(Safety::name),
        "options": options,
        "summary": rule.summary(),
    })
}

/// All manuals as one page: a table of the rules, then each rule under a heading of its name.
#[must_use]
pub fn markdown() -> String {
    let mut page = "# Rules\n\n\
        What `hrlint check` looks for. *error*: the service would refuse, lose or misread the data; *warning*: probably a mistake;\n\
        *info*: worth knowing. The level of a rule is set in the mapping (`rules`) or with `--rule NAME=off|info|warning|error`; rules\n\
        marked *contract* guard what the service requires, they can be raised but not lowered. A fix is *safe* if it loses nothing,\n\
        *unsafe* if a person must decide. `hrlint explain RULE` prints one of these manuals, `hrlint rules --format markdown` this page.\n"
        .to_owned();
    for (family, rules) in FAMILIES {
        let _ = write!(page, "\n**{family}**\n\n| rule | level | fix | what is wrong |\n|---|---|---|---|\n");
        for rule in *rules {
            let contract = if rule.contract { ", contract" } else { "" };
            let fix = rule.fix.map_or("", Safety::name);
            let summary = rule.summary().replace('|', "\\|");
            let _ = writeln!(page, "| [{0}](#{0}) | {1}{contract} | {fix} | {summary} |", rule.name, rule.severity);
        }
    }
    for (_, rules) in FAMILIES {
        for rule in *rules {
            let _ = write!(page, "\n## {}\n\n{}\n\n{}", rule.name, rule.standing(), demoted(&rule.manual()));
        }
    }
    page
}

/// A manual with its headings two levels lower, examples left alone.
fn demoted(manual: &str) -> String {
    let mut example = false;
    manual.lines().fold(String::with_capacity(manual.len()), |text, line| {
        example ^= line.starts_with("```");
        let mark = if line.starts_with("# ") && !example { "##" } else { "" };
        text + mark + line + "\n"
    })
}

impl Rule {
    /// How grave its faults are, and whether a mapping can change that: a sentence.
    #[must_use]
    pub fn standing(&self) -> String {
        let milder = self.milder.map_or(String::new(), |milder| format!(", {milder} in its milder form"));
        let contract = if self.contract { "; no mapping can lower it" } else { "" };
        format!("Severity: {}{milder}{contract}.", self.severity)
    }
}

#[cfg(test)]
mod tests {
    use super::demoted;

    #[test]
    fn headings_sink_and_examples_stay() {
        assert_eq!(
            demoted("One.\n\n# Example\n\n```csv\n# no heading\n```\n"),
            "One.\n\n### Example\n\n```csv\n# no heading\n```\n"
        );
    }
}
