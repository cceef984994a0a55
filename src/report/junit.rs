//! `junit`: XML as `JUnit` has it, for the test views of build servers: a suite for each file, a test case for each rule and column.
//!
//! A case whose severity fails the run (`--fail-on`) is a failure, with the first findings of that rule and column as its
//! text; the others pass, and are told in the suite's output. A file without findings is one case that passes. So a file of two
//! million faults has some dozens of cases, and their texts have exact counts.
//!
//! The suites are quick-junit's. They are written one after another, each as soon as its file ends, in a root element without
//! attributes: how many there are is not known before the last, and the schema of Ant's `JUnit` task, the strictest, allows none
//! there. It also wants a time and a host, where the day on which dates are judged and `localhost` stand: the same input gives
//! the same bytes.

use std::collections::HashMap;
use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, SerializeError, TestCase, TestCaseStatus, TestSuite, XmlString};

use super::{Options, Values, phrase};
use crate::check::{Count, Event, FileEnd, Sink, Summary};
use crate::finding::{Finding, Printable};

/// Findings of a rule and column that are told.
const TOLD: usize = 10;
/// Test cases of a file; more pairs of rule and column are one more case.
const CASES: usize = 500;

const OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";

/// The sink of the `junit` format.
pub struct Junit<'w> {
    out: Box<dyn Write + Send + 'w>,
    options: Options,
    /// Suites so far.
    suites: u64,
    /// The first findings of each rule and column of the file, as text.
    told: HashMap<(&'static str, Option<u32>), Vec<String>>,
}

impl<'w> Junit<'w> {
    /// A report that is written to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send + 'w>, options: Options) -> Self {
        Self { out, options, suites: 0, told: HashMap::new() }
    }

    fn finding(&mut self, finding: &Finding) {
        let group = (finding.rule, finding.place.column);
        if self.told.len() > 2 * CASES && !self.told.contains_key(&group) {
            return;
        }
        let told = self.told.entry(group).or_default();
        if told.len() >= TOLD {
            return;
        }
        // Escaped with its colon: a file called `:` must not begin a line with `::`.
        let spot = Printable::new(&format!("{}:", phrase::spot(&finding.file, &finding.place)));
        let value = finding.value.as_ref().map(|value| format!(" [{}]", self.options.values.told(value)));
        told.push(format!("{spot} {}{}\n", phrase::sentences(finding), value.unwrap_or_default()));
    }

    fn file_ends(&mut self, end: &FileEnd) -> io::Result<()> {
        let file = Printable::new(&end.file);
        let mut suite = TestSuite::new(file.as_str());
        let (mut passed_text, mut told) = (String::new(), std::mem::take(&mut self.told));
        for count in end.counts.iter().take(CASES) {
            let text = told.remove(&(count.rule, count.column)).unwrap_or_default();
            suite.add_test_case(self.case(file.as_str(), count, &text, &mut passed_text));
        }
        if end.counts.len() > CASES {
            let rest = &end.counts[CASES..];
            let more = phrase::count(rest.len() as u64, "more pair");
            let name = format!("{more} of rule and column (--format json counts all)");
            let fails = rest.iter().any(|count| count.severity >= self.options.fail_on);
            suite.add_test_case(case(file.as_str(), &name, if fails { failure("more", &name, "") } else { passed() }));
        }
        if end.counts.is_empty() {
            suite.add_test_case(case(file.as_str(), "nothing found", passed()));
        }
        self.suite(suite, &passed_text)
    }

    fn case(&self, file: &str, count: &Count, told: &[String], passed_text: &mut String) -> TestCase {
        let column = count.column.map(|column| " in ".to_owned() + &phrase::column(column, count.header.as_deref()));
        let name = count.rule.to_owned() + &column.unwrap_or_default();
        let rows = count.rows.map(|rows| ", ".to_owned() + &phrase::rows(rows));
        let findings = phrase::count(count.count, count.severity.name());
        let message = findings + &rows.unwrap_or_default();
        let more = count.count.saturating_sub(told.len() as u64);
        let more = if more == 0 { String::new() } else { format!("and {} more\n", phrase::number(more)) };
        let text = told.concat() + &more;
        if count.severity >= self.options.fail_on {
            return case(file, &name, failure(count.severity.name(), &message, &text));
        }
        *passed_text += [&name, ": ", &message, "\n", &text].concat().as_str();
        case(file, &name, passed())
    }

    /// Writes a suite.
    fn suite(&mut self, mut suite: TestSuite, output: &str) -> io::Result<()> {
        let day = format!("{}T00:00:00", self.options.today);
        let id = self.suites.to_string();
        for (name, value) in
            [("timestamp", day.as_str()), ("hostname", "localhost"), ("package", "hrlint"), ("id", &id)]
        {
            suite.extra.insert(XmlString::new(name), XmlString::new(value));
        }
        let personal = if self.options.values == Values::Shown { "yes" } else { "no" };
        suite.add_property(Property::new("personal data", personal));
        suite.set_time(Duration::ZERO).set_system_out(output).set_system_err("");
        let mut report = Report::new("hrlint");
        report.add_test_suite(suite);
        // Older copies of Ant's schema do not know `skipped`. Nothing is, and no name can hold a raw quotation mark.
        let text = report.to_string().map_err(io_error)?.replacen(" skipped=\"0\"", "", 2);
        let begin = text.find("    <testsuite ").unwrap_or(0);
        let end = text.rfind("</testsuites>").unwrap_or(text.len());
        self.open()?;
        self.suites += 1;
        self.out.write_all(&text.as_bytes()[begin..end])
    }

    fn open(&mut self) -> io::Result<()> {
        if self.suites == 0 { self.out.write_all(OPENING.as_bytes()) } else { Ok(()) }
    }

    fn summary(&mut self, summary: &Summary) -> io::Result<()> {
        let hidden = (summary.hidden > 0).then(|| phrase::hidden(summary.hidden));
        let waived = phrase::waived_alone(summary.waived);
        if summary.unchecked > 0 || hidden.is_some() || waived.is_some() {
            let unchecked = (summary.unchecked > 0).then(|| phrase::found(summary));
            let mut suite = TestSuite::new("hrlint");
            let text = unchecked.clone().into_iter().chain(hidden).chain(waived).collect::<Vec<_>>().join("\n") + "\n";
            let status = unchecked.map_or_else(passed, |message| {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
                status.set_type("unchecked").set_message(message);
                status
            });
            suite.add_test_case(case("hrlint", "all files and findings", status));
            self.suite(suite, &text)?;
        }
        self.open()?;
        self.out.write_all(b"</testsuites>\n")?;
        self.out.flush()
    }
}

impl Sink for Junit<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::FileBegins(_) => {
                self.told.clear();
                Ok(())
            }
            Event::Finding(finding) => {
                self.finding(finding);
                Ok(())
            }
            Event::FileEnds(end) => self.file_ends(end),
            Event::Summary(summary) => self.summary(summary),
        }
    }
}

fn case(file: &str, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(file).set_time(Duration::ZERO);
    case
}

fn passed() -> TestCaseStatus {
    TestCaseStatus::success()
}

fn failure(kind: &str, message: &str, text: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(kind).set_message(message).set_description(text);
    status
}

fn io_error(error: SerializeError) -> io::Error {
    io::Error::other(error)
}
