//! `hrlint rules` and `hrlint explain`: the catalogue, and one rule's manual page.

use clap::Args;

use super::{options, output};
use crate::finding::Safety;
use crate::rules::{self, Rule};

#[derive(Args, Debug)]
pub(super) struct Arguments {}

#[derive(Args, Debug)]
pub(super) struct ExplainArguments {
    /// Name of the rule, such as date-not-iso
    #[arg(value_name = "RULE")]
    rule: String,
}

/// The name is no rule's.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{0}")]
#[diagnostic(code(hrlint::unknown_rule))]
struct UnknownRule(String);

impl Arguments {
    #[expect(clippy::unused_self, reason = "all commands are run alike")]
    pub(super) fn run(self) -> miette::Result<u8> {
        let width = rules::all().map(|rule| rule.name.len()).max().unwrap_or(0);
        let row = |name: &str, level: &str, fix: &str, summary: &str| {
            format!("{name:width$}  {level:7}  {fix:6}  {summary}\n")
        };
        let line = |rule: &Rule| {
            let fix = rule.fix.map_or("", Safety::name);
            row(rule.name, rule.severity.name(), fix, rule.summary())
        };
        let head = row("rule", "level", "fix", "what is wrong");
        output::print(&rules::all().map(line).fold(head, |all, line| all + &line))
    }
}

impl ExplainArguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        let rule = rules::find(&self.rule).ok_or_else(|| UnknownRule(options::unknown_rule(&self.rule)))?;
        let contract = if rule.contract { "; no mapping can lower it" } else { "" };
        let milder = rule.milder.map_or(String::new(), |milder| format!(", {milder} in its milder form"));
        let head = format!("# {}\n\nSeverity: {}{milder}{contract}.\n\n", rule.name, rule.severity);
        output::print(&(head + &rule.manual()))
    }
}
