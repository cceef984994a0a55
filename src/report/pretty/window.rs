//! A few columns of a file, the record under its header, laid out as the text that ariadne draws and points into.
//!
//! The text is made of escaped and shortened cells, never of the file's own bytes; cells stand under their headers.

use std::ops::Range;
use std::sync::Arc;

use super::super::{Options, Values, phrase};
use crate::finding::{CellText, Finding, Printable};

/// Between two columns.
const RULE: &str = " │ ";
/// Columns are left out on this side.
const GAP: &str = "…";
/// Terminal columns that a gap and its rule take.
const GAP_WIDTH: usize = 4;
/// Terminal columns of a cell that is shown only for company, at most.
const COMPANY: usize = 22;
/// Terminal columns of the faulty cell, at most.
const FOCUS: usize = 48;
/// Terminal columns of any cell, at least, so that there is something to point at where it is empty.
const LEAST: usize = 3;
/// What ariadne draws between the end of a label's underline and its message.
const ARROW: usize = 3;
/// Columns on each side that are considered at all: a header of a million columns is not laid out to show five.
const NEIGHBOURS: usize = 12;

/// Lines of text, with the labels that point into them.
pub(super) struct Window {
    /// One or two lines.
    pub(super) text: String,
    /// The physical line number of each line of `text`.
    pub(super) numbers: Vec<Option<u64>>,
    /// What to point at, by line.
    pub(super) labels: Vec<Label>,
}

/// Something to point at.
pub(super) struct Label {
    /// In characters of the window's text.
    pub(super) span: Range<usize>,
    /// What to say there; `None` only has the line drawn.
    pub(super) message: Option<String>,
    /// Whether it is the faulty cell or name.
    pub(super) fault: bool,
}

/// Lays out what there is to see of a finding in `room` terminal columns; `None` where there is nothing, as for faults of
/// a file.
pub(super) fn window(finding: &Finding, headers: &[Arc<str>], room: usize, options: &Options) -> Option<Window> {
    match finding.place.row {
        Some(1) => header_window(finding, headers, room),
        Some(_) => record_window(finding, headers, room, options.values),
        None => None,
    }
}

/// The header alone, pointing at one name, where the fault is in one.
fn header_window(finding: &Finding, headers: &[Arc<str>], room: usize) -> Option<Window> {
    if headers.is_empty() {
        return None;
    }
    let focus = finding.place.column.map(index);
    let message = finding.place.column.map(lettered);
    let count = headers.len().max(focus.map_or(0, |focus| focus + 1));
    let limit = focus_limit(room, message.as_deref());
    let columns =
        near(focus, 0..count).map(|i| Column::new(i, headers, None, if Some(i) == focus { limit } else { COMPANY }));
    let layout = Layout::new(columns.collect(), focus, count, room, message.as_deref());
    let (text, span) = layout.line(|column| &column.head);
    let labels = vec![Label { span, message, fault: focus.is_some() }];
    Some(Window { text, numbers: vec![Some(finding.place.line.unwrap_or(1))], labels })
}

/// The record under its header, pointing at the faulty cell and its header, where the fault is in one.
fn record_window(finding: &Finding, headers: &[Arc<str>], room: usize, values: Values) -> Option<Window> {
    let focus = finding.place.column.map(index);
    let (first, cells, more) = match &finding.excerpt {
        Some(excerpt) => (index(excerpt.first_column), &*excerpt.cells, excerpt.more),
        None => (focus?, &[][..], false),
    };
    let text_of = |i: usize| -> Option<&CellText> {
        let value = finding.value.as_ref().filter(|_| Some(i) == focus);
        value.or_else(|| cells.get(i.checked_sub(first)?))
    };
    let message = focus.map(|focus| described(text_of(focus)));
    let from = focus.map_or(first, |focus| focus.min(first));
    let until = focus.map_or(0, |focus| focus + 1).max(first + cells.len());
    let heading = finding.place.column.map(lettered);
    let widest = [&heading, &message].into_iter().flatten().max_by_key(|text| phrase::width(text)).cloned();
    let limit = focus_limit(room, widest.as_deref());
    let columns: Vec<Column> = near(focus, from..until)
        .map(|i| {
            let cell = text_of(i).map(|text| printed(text, values));
            Column::new(i, headers, cell, if Some(i) == focus { limit } else { COMPANY })
        })
        .collect();
    if columns.is_empty() {
        return None;
    }
    let layout = Layout::new(columns, focus, headers.len().max(until + usize::from(more)), room, widest.as_deref());
    let (head, head_span) = layout.line(|column| &column.head);
    let (record, cell_span) = layout.line(|column| &column.cell);
    let below = head.chars().count() + 1;
    let labels = vec![
        Label { span: head_span, message: heading, fault: false },
        Label { span: below + cell_span.start..below + cell_span.end, message, fault: focus.is_some() },
    ];
    Some(Window { text: format!("{head}\n{record}"), numbers: vec![Some(1), finding.place.line], labels })
}

/// The 0-based index of a 1-based column.
fn index(column: u32) -> usize {
    (column as usize).saturating_sub(1)
}

/// What is said of a header beside it.
fn lettered(column: u32) -> String {
    format!("column {}", phrase::letters(column))
}

/// The part of `columns` that may be worth looking at.
fn near(focus: Option<usize>, columns: Range<usize>) -> Range<usize> {
    let focus = focus.unwrap_or(columns.start);
    columns.start.max(focus.saturating_sub(NEIGHBOURS))..columns.end.min(focus + NEIGHBOURS + 1)
}

/// Terminal columns that the faulty cell may take, so that its label still fits beside it.
fn focus_limit(room: usize, message: Option<&str>) -> usize {
    room.saturating_sub(GAP_WIDTH + beside(message)).clamp(8, FOCUS)
}

/// Terminal columns that a label takes to the right of what it points at.
fn beside(message: Option<&str>) -> usize {
    message.map_or(0, |message| ARROW + 1 + phrase::width(message))
}

/// What is said of a cell beside it.
fn described(text: Option<&CellText>) -> String {
    match text {
        Some(text) if !text.is_empty() => phrase::count(text.characters() as u64, "character"),
        _ => "empty".to_owned(),
    }
}

fn printed(text: &CellText, values: Values) -> Printable {
    match values {
        Values::Masked => text.masked(),
        Values::Shown => text.shown(),
    }
}

/// A column of the window: printable texts, and the terminal columns that both fit in.
struct Column {
    index: usize,
    head: String,
    cell: String,
    width: usize,
}

impl Column {
    fn new(index: usize, headers: &[Arc<str>], cell: Option<Printable>, limit: usize) -> Self {
        let head = headers
            .get(index)
            .map_or(String::new(), |header| phrase::clip(Printable::new(header).as_str(), limit).into_owned());
        let cell = cell.map_or(String::new(), |cell| phrase::clip(cell.as_str(), limit).into_owned());
        let width = phrase::width(&head).max(phrase::width(&cell)).max(LEAST);
        Self { index, head, cell, width }
    }
}

/// The columns that fit.
struct Layout {
    columns: Vec<Column>,
    /// Index of the column to point at; `None`: all of them.
    focus: Option<usize>,
    /// Whether columns are left out before and after.
    gaps: (bool, bool),
}

impl Layout {
    /// Chooses among `columns` (never none) of a file that has `count`: the focus, and its neighbours on both sides in
    /// turn, as long as line and label fit into `room`.
    fn new(mut columns: Vec<Column>, focus: Option<usize>, count: usize, room: usize, message: Option<&str>) -> Self {
        let start = focus.map_or(0, |focus| focus - columns[0].index);
        let mut shown = start..start + 1;
        let fits = |shown: &Range<usize>| {
            let left = if columns[shown.start].index > 0 { GAP_WIDTH } else { 0 };
            let right = if columns[shown.end - 1].index + 1 < count { GAP_WIDTH } else { 0 };
            let wide = |part: &[Column]| part.iter().map(|column| column.width + RULE.chars().count()).sum::<usize>();
            let whole = left + wide(&columns[shown.clone()]) - RULE.chars().count() + right;
            let pointed = match focus {
                Some(_) => left + wide(&columns[shown.start..start]) + columns[start].width,
                None => whole,
            };
            whole <= room && pointed + beside(message) <= room
        };
        let mut grows = true;
        while grows {
            let wider = [shown.start.saturating_sub(1)..shown.end, shown.start..columns.len().min(shown.end + 1)];
            grows = false;
            for side in wider {
                let both = side.start.min(shown.start)..side.end.max(shown.end);
                if both != shown && fits(&both) {
                    shown = both;
                    grows = true;
                }
            }
        }
        let gaps = (columns[shown.start].index > 0, columns[shown.end - 1].index + 1 < count);
        columns.truncate(shown.end);
        columns.drain(..shown.start);
        Self { columns, focus, gaps }
    }

    /// One line of the window, and where on it to point (in characters, never nowhere).
    fn line(&self, text_of: impl Fn(&Column) -> &String) -> (String, Range<usize>) {
        let mut line = if self.gaps.0 { GAP.to_owned() + RULE } else { String::new() };
        let mut span = 0..0;
        for (i, column) in self.columns.iter().enumerate() {
            if i > 0 {
                line += RULE;
            }
            let text = text_of(column);
            let (start, length) = (line.chars().count(), text.chars().count());
            line += text;
            line.extend(std::iter::repeat_n(' ', column.width - phrase::width(text)));
            if self.focus == Some(column.index) {
                span = start..if length == 0 { line.chars().count() } else { start + length };
            }
        }
        if self.gaps.1 {
            line = line + RULE + GAP;
        }
        if self.focus.is_none() {
            span = 0..line.trim_end().chars().count().max(1);
        }
        (line, span)
    }
}
