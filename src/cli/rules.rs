//! `hrlint rules` and `hrlint explain`: the catalogue, and one rule's manual page.

use clap::{Args, ValueEnum};

use super::{options, output, pages};
use crate::finding::Safety;
use crate::report;
use crate::rules::{self, Rule};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// How to list them
    #[arg(long, value_enum, value_name = "NAME", default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// One line a rule
    Text,
    /// One JSON document: {"version": 1, "rules": [{"name", "family", "severity", "milder", "contract", "fix", "options", "summary"}]}
    Json,
    /// All manual pages as one
    Markdown,
}

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
    pub(super) fn run(self) -> miette::Result<u8> {
        output::print(&match self.format {
            Form::Text => table(),
            Form::Json => format!("{:#}\n", rules::json()),
            Form::Markdown => rules::markdown(),
        })
    }
}

/// One line a rule.
fn table() -> String {
    let width = rules::all().map(|rule| rule.name.len()).max().unwrap_or(0);
    let row =
        |name: &str, level: &str, fix: &str, summary: &str| format!("{name:width$}  {level:7}  {fix:6}  {summary}\n");
    let line = |rule: &Rule| {
        let fix = rule.fix.map_or("", Safety::name);
        row(rule.name, rule.severity.name(), fix, rule.summary())
    };
    let head = row("rule", "level", "fix", "what is wrong");
    rules::all().map(line).fold(head, |all, line| all + &line)
}

impl ExplainArguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        let rule = rules::find(&self.rule).ok_or_else(|| UnknownRule(options::unknown_rule(&self.rule)))?;
        let name = report::linked(rule.name, pages::on_terminal());
        let head = format!("# {name}\n\n{}\n\n", rule.standing());
        output::print(&(head + &rule.manual()))
    }
}
