//! `github`: annotations of GitHub Actions, `::error file=..,line=..,col=..,title=..::message`, at most ten of each kind.
//!
//! Properties and message are escaped as the runner reads them (`ActionCommand` in `actions/runner`): `%`, CR and LF
//! everywhere, `:` and `,` in properties too. The table in the job's summary is the [`markdown`](super::markdown) report,
//! which the command line adds where `GITHUB_STEP_SUMMARY` names a file. What is chosen: `annotations`.

use std::io::Write;

use super::annotations::{Annotations, of_two};
use super::phrase;
use crate::finding::{Finding, Printable};

/// A report that is written to `out`, the step's log.
#[must_use]
pub fn sink<'w>(out: Box<dyn Write + Send + 'w>) -> Annotations<'w> {
    Annotations::new(out, |finding| Some(command(finding)))
}

fn command(finding: &Finding) -> String {
    let kind = of_two(finding.severity).unwrap_or("notice");
    let place = &finding.place;
    let mut properties = format!("file={}", property(&finding.file));
    for (name, number) in [("line", place.line), ("col", place.line.and(place.char))] {
        if let Some(number) = number {
            properties += format!(",{name}={number}").as_str();
        }
    }
    let message = phrase::sentences(finding);
    format!("::{kind} {properties},title={}::{}", property(finding.rule), escaped(Printable::new(&message).as_str()))
}

fn property(text: &str) -> String {
    escaped(Printable::new(text).as_str()).replace(':', "%3A").replace(',', "%2C")
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
