//! Colour, or none.

use ariadne::Color;

use crate::finding::Severity;

/// Wraps text in terminal colours when they are wanted. The text must be printable already: what is painted is not escaped again.
#[derive(Clone, Copy)]
pub(super) struct Paint(pub(super) bool);

impl Paint {
    /// The text in its severity's colour, bold.
    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;34",
        };
        self.coded(code, text)
    }

    /// Lines and marks that only hold the picture together.
    pub(super) fn faint(self, text: &str) -> String {
        self.coded("2", text)
    }

    /// The word that matters on its line.
    pub(super) fn strong(self, text: &str) -> String {
        self.coded("1", text)
    }

    /// A verdict that is good.
    pub(super) fn good(self, text: &str) -> String {
        self.coded("1;32", text)
    }

    fn coded(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A rule's name as a link to its page (OSC 8), where there is one.
pub(crate) fn linked(rule: &str, pages: Option<&str>) -> String {
    match pages {
        Some(pages) => format!("\u{1b}]8;;{pages}#{rule}\u{1b}\\{rule}\u{1b}]8;;\u{1b}\\"),
        None => rule.to_owned(),
    }
}

/// The colour of a severity's labels.
pub(super) fn colour(severity: Severity) -> Color {
    match severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Info => Color::Blue,
    }
}
