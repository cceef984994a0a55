//! `hrlint policies`: the templates of policies, and the HR data that each needs.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::output;
use crate::mapping::{Policy, TEMPLATES};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// How the list is printed
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    Text,
    /// A JSON array
    Json,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Template {
    policy: &'static str,
    earlier_names: &'static [&'static str],
    needs_any_of: &'static [&'static str],
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        match self.format {
            Format::Text => output::print(&text()),
            Format::Json => output::print(&json()),
        }
    }
}

fn json() -> String {
    let template = |policy: &'static Policy| Template {
        policy: policy.name,
        earlier_names: policy.earlier,
        needs_any_of: policy.needs,
    };
    let all: Vec<Template> = TEMPLATES.iter().map(template).collect();
    serde_json::to_string_pretty(&all).expect("the table holds nothing but texts") + "\n"
}

fn text() -> String {
    let width = TEMPLATES.iter().map(|policy| policy.name.len()).max().unwrap_or(0);
    let line = |policy: &Policy| {
        let needs = match policy.needs {
            [] => "none".to_owned(),
            needs => needs.join(" or "),
        };
        let earlier = match policy.earlier {
            [] => String::new(),
            earlier => format!(" (earlier: {})", earlier.join(", ")),
        };
        format!("{:width$}  {needs}{earlier}\n", policy.name)
    };
    TEMPLATES.iter().map(line).fold(format!("{:width$}  HR data\n", "policy"), |all, line| all + &line)
}
