//! `azure`: issues of Azure Pipelines, `##vso[task.logissue type=error;sourcepath=..;linenumber=..]message`, at most ten of
//! each kind.
//!
//! Properties and message are escaped as the agent reads them (`Command` and `CommandStringConvertor` in
//! `azure-pipelines-agent`): `%`, CR, LF, `;` and `]`. The agent knows errors and warnings only; infos are counted in the log.
//! `task.complete` is never written: hrlint may be one program of several in a script, and whether the task failed is for the
//! exit code to say. What is chosen: `annotations`.

use std::io::Write;

use super::annotations::{Annotations, of_two};
use super::phrase;
use crate::finding::{Finding, Printable};

/// A report that is written to `out`, the task's log.
#[must_use]
pub fn sink<'w>(out: Box<dyn Write + Send + 'w>) -> Annotations<'w> {
    Annotations::new(out, command)
}

fn command(finding: &Finding) -> Option<String> {
    let kind = of_two(finding.severity)?;
    let place = &finding.place;
    let mut properties = format!("type={kind};sourcepath={};", escaped(&finding.file));
    for (name, number) in [("linenumber", place.line), ("columnnumber", place.line.and(place.char))] {
        if let Some(number) = number {
            properties += format!("{name}={number};").as_str();
        }
    }
    let message = escaped(&phrase::sentences(finding));
    Some(format!("##vso[task.logissue {properties}code={};]{message}", escaped(finding.rule)))
}

fn escaped(text: &str) -> String {
    let mut text = Printable::new(text).as_str().replace('%', "%AZP25");
    for (token, replacement) in [("\r", "%0D"), ("\n", "%0A"), (";", "%3B"), ("]", "%5D")] {
        text = text.replace(token, replacement);
    }
    text
}
