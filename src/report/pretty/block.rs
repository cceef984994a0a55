//! One finding as a block of lines: ariadne draws the window, the frame around it is ours.
//!
//! Ariadne numbers lines from the top of the text it is given, and draws a frame only around text. A window's lines are
//! not the file's first, and some findings have none; so its picture is taken out of its frame and set into this one,
//! with the file's line numbers in the margin.

use std::sync::Arc;

use ariadne::{Config, IndexType, Label, Report, ReportKind, Source};

use super::super::paint::{Paint, colour, linked};
use super::super::{Options, Values, phrase};
use super::window::{Window, window};
use crate::finding::{Finding, Place, Printable, Related, Safety};

/// Characters of a repaired cell that a note shows, at most.
const REPAIR: usize = 40;

/// What was last said under the pictures of a rule.
#[derive(Default)]
pub(super) struct Said {
    note: String,
    help: String,
}

/// Draws a finding; every line ends in a line feed. What was `said` of its rule before is not said again, and what is said
/// now is put there. A finding without a picture has no frame either.
pub(super) fn draw(finding: &Finding, headers: &[Arc<str>], said: &mut Said, options: &Options) -> String {
    let paint = Paint(options.colour);
    let digits = [Some(1), finding.place.line.filter(|_| finding.place.row.is_some())];
    let digits = digits.into_iter().flatten().map(|line| line.to_string().len()).max().unwrap_or(1);
    let frame = Frame { paint, digits, room: options.width.saturating_sub(digits + 4) };

    let says = Said { note: note(finding, options), help: Printable::new(&finding.help).to_string() };
    let mut lines = title(finding, options);
    let mut words = Vec::new();
    for (word, now, before) in [("Note", &says.note, &said.note), ("Help", &says.help, &said.help)] {
        if now != before {
            words.extend(frame.paragraph(word, now));
        }
    }
    *said = says;
    if let Some(window) = window(finding, headers, frame.room, options) {
        lines.extend(frame.location(finding, headers));
        lines.push(frame.margin(None));
        lines.extend(frame.picture(finding, &window));
        if !words.is_empty() {
            lines.push(frame.margin(None));
        }
        lines.extend(words.iter().map(|line| frame.margin(None) + line));
        lines.push(frame.tail());
    } else {
        lines.extend(frame.place(finding, headers));
        lines.extend(words.iter().map(|line| frame.indent() + line));
    }
    lines.iter().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

/// Whether a block shows the text of a cell.
pub(super) fn shows_values(finding: &Finding) -> bool {
    finding.place.row.is_some_and(|row| row > 1) && (finding.excerpt.is_some() || finding.value.is_some())
}

/// Severity, rule and what is wrong.
fn title(finding: &Finding, options: &Options) -> Vec<String> {
    let code = format!("{}[{}]:", finding.severity, finding.rule);
    let text = format!("{code} {}", Printable::new(&finding.message));
    let mut lines = phrase::wrapped(&text, options.width - 2);
    for line in lines.iter_mut().skip(1) {
        line.insert_str(0, "  ");
    }
    if let Some(rest) = lines.first().and_then(|line| line.strip_prefix(&code)) {
        let code = Paint(options.colour).severity(finding.severity, &code);
        lines[0] = code.replacen(finding.rule, &linked(finding.rule, options.pages), 1) + rest;
    }
    lines
}

/// What else is known of the finding, as one sentence; empty where nothing is.
fn note(finding: &Finding, options: &Options) -> String {
    let mut parts = Vec::new();
    if let Some(person) = finding.person {
        parts.push(format!("person {person}"));
    }
    if let Some(scenario) = &finding.scenario {
        parts.push(format!("scenario {}", Printable::new(scenario)));
    }
    // Mostly the message says so itself.
    let told = |first: &Related| finding.message.contains(&format!("row {}", first.row));
    if let Some(first) = finding.first.as_ref().filter(|first| !told(first)) {
        let file =
            if first.file == finding.file { String::new() } else { format!(" of {}", Printable::new(&first.file)) };
        parts.push(format!("the first one is row {}{file}", phrase::number(first.row)));
    }
    match finding.fix.as_ref().map(|fix| fix.safety) {
        Some(Safety::Safe) => parts.push(format!("a safe repair is known{}", repaired(finding, options))),
        Some(Safety::Unsafe) => {
            parts.push(format!("a repair is known{}, but a person must decide", repaired(finding, options)));
        }
        None => {}
    }
    parts.join("; ")
}

/// What a repaired cell would hold, in brackets: it shows what was recognised. Empty where cells are not shown.
fn repaired(finding: &Finding, options: &Options) -> String {
    let edits = finding.fix.as_ref().map_or(&[][..], |fix| &fix.edits);
    match edits {
        [edit]
            if options.values == Values::Shown
                && Some(edit.offset) == finding.place.offset
                && Some(edit.length) == finding.place.length
                && !edit.text.is_empty() =>
        {
            format!(" ({})", Printable::new(edit.text.trim_matches('"')).shortened(REPAIR))
        }
        _ => String::new(),
    }
}

/// The place in a spreadsheet's words.
fn place_name(place: &Place, headers: &[Arc<str>]) -> String {
    let row = match place.row {
        Some(1) if place.column.is_none() => format!("header, {}", phrase::count(headers.len() as u64, "column")),
        Some(1) => "header".to_owned(),
        Some(row) => format!("row {}", phrase::number(row)),
        None => {
            return place.column.map_or(String::new(), |column| phrase::column(column, place.header.as_deref()));
        }
    };
    match place.column {
        Some(column) => format!("{row}, {}", phrase::column(column, place.header.as_deref())),
        None => row,
    }
}

/// The lines and corners around a block.
struct Frame {
    paint: Paint,
    /// Digits of the greatest line number.
    digits: usize,
    /// Terminal columns inside.
    room: usize,
}

impl Frame {
    /// The margin of a line, with its number in the file.
    fn margin(&self, number: Option<u64>) -> String {
        let number = number.map_or(String::new(), |number| number.to_string());
        self.paint.faint(&format!(" {number:>digits$} │", digits = self.digits)) + " "
    }

    /// `╭─[ file:line:char ] row and column`, on a line of its own each where they do not fit on one.
    fn location(&self, finding: &Finding, headers: &[Arc<str>]) -> Vec<String> {
        let place = &finding.place;
        let spot = phrase::spot(&finding.file, place);
        let name = place_name(place, headers);
        let top = format!(
            "{}{} {} {}",
            self.indent(),
            self.paint.faint("╭─["),
            self.paint.strong(spot.as_str()),
            self.paint.faint("]")
        );
        if phrase::width(spot.as_str()) + phrase::width(&name) + 6 <= self.room {
            return vec![format!("{top} {name}")];
        }
        let rest = phrase::wrapped(&name, self.room);
        std::iter::once(top).chain(rest.iter().map(|line| self.margin(None) + line)).collect()
    }

    /// As wide as the margin.
    fn indent(&self) -> String {
        " ".repeat(self.digits + 2)
    }

    /// `── file column`, for a finding that has no picture, on a line of its own each where they do not fit on one.
    fn place(&self, finding: &Finding, headers: &[Arc<str>]) -> Vec<String> {
        let spot = phrase::spot(&finding.file, &finding.place);
        let name = place_name(&finding.place, headers);
        let top = format!("{}{} {}", self.indent(), self.paint.faint("──"), self.paint.strong(spot.as_str()));
        if name.is_empty() {
            return vec![top];
        }
        if phrase::width(spot.as_str()) + phrase::width(&name) + 5 <= self.room {
            return vec![format!("{top}  {name}")];
        }
        let rest = phrase::wrapped(&name, self.room);
        std::iter::once(top).chain(rest.iter().map(|line| self.indent() + line)).collect()
    }

    /// Ariadne's picture of the window, in our margin.
    fn picture(&self, finding: &Finding, window: &Window) -> Vec<String> {
        let config = Config::new().with_color(self.paint.0).with_index_type(IndexType::Char);
        let labels = window.labels.iter().map(|label| {
            let drawn = Label::new(label.span.clone());
            let drawn = if label.fault { drawn.with_color(colour(finding.severity)) } else { drawn };
            match &label.message {
                Some(message) => drawn.with_message(message),
                None => drawn,
            }
        });
        let report = Report::build(ReportKind::Error, 0..0).with_config(config).with_labels(labels).finish();
        let mut drawn = Vec::new();
        report.write(Source::from(&window.text), &mut drawn).expect("writing to memory cannot fail");
        let drawn = String::from_utf8_lossy(&drawn).into_owned();
        // Its title, its location and an empty line come first, the frame's foot last.
        let inner = drawn.lines().skip(3).filter_map(|line| line.split_once(['│', '┆']));
        inner
            .map(|(margin, rest)| {
                let plain = strip_colour(margin);
                let line = plain.trim().parse::<usize>().ok().and_then(|line| window.numbers.get(line - 1).copied());
                let rest = rest.strip_prefix("\u{1b}[0m").unwrap_or(rest);
                self.margin(line.flatten()) + &merged(rest.strip_prefix(' ').unwrap_or(rest))
            })
            .collect()
    }

    /// A paragraph under the picture, without a margin: `Help: ...`.
    fn paragraph(&self, word: &str, text: &str) -> Vec<String> {
        let indent = " ".repeat(word.len() + 2);
        let lines = phrase::wrapped(text, self.room - indent.len());
        let line = |(i, line): (usize, &String)| match i {
            0 => format!("{}: {line}", self.paint.strong(word)),
            _ => format!("{indent}{line}"),
        };
        lines.iter().enumerate().map(line).collect()
    }

    /// The foot.
    fn tail(&self) -> String {
        self.paint.faint(&("─".repeat(self.digits + 2) + "╯"))
    }
}

/// The same picture with one colour sequence for a run of characters, where ariadne writes one for each.
fn merged(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut active = "0";
    for (i, part) in line.split("\u{1b}[").enumerate() {
        let (wanted, text) = if i == 0 { ("0", part) } else { part.split_once('m').unwrap_or(("0", part)) };
        if !text.is_empty() && wanted != active {
            if active != "0" {
                out += "\u{1b}[0m";
            }
            if wanted != "0" {
                out = out + "\u{1b}[" + wanted + "m";
            }
            active = wanted;
        }
        out += text;
    }
    if active == "0" { out } else { out + "\u{1b}[0m" }
}

/// Text without the colours that ariadne gave it.
fn strip_colour(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').map_or(part, |(_, rest)| rest))
}
