//! One hunk: lines before and after, and the head that counts them.

use super::Looks;
use super::paint::{self, Kind};

/// A hunk that is being built.
pub(super) struct Hunk {
    old_line: u64,
    new_line: u64,
    /// Lines so far.
    pub(super) old_lines: u64,
    pub(super) new_lines: u64,
    /// What is to be printed below the head.
    pub(super) body: Vec<u8>,
    /// Its head is out already.
    pub(super) large: bool,
}

impl Hunk {
    /// A hunk whose first line has these numbers.
    pub(super) fn new(old_line: u64, new_line: u64) -> Self {
        Self { old_line, new_line, old_lines: 0, new_lines: 0, body: Vec::new(), large: false }
    }

    /// Adds an unchanged line.
    pub(super) fn context(&mut self, line: &[u8], looks: Looks) {
        self.old_lines += 1;
        self.new_lines += 1;
        self.line(b' ', line, looks);
    }

    /// Adds lines that became others. How many there were and are.
    pub(super) fn change(&mut self, old: &[u8], new: &[u8], looks: Looks) -> (u64, u64) {
        let lines = |text: &[u8]| text.split_inclusive(|byte| *byte == b'\n').count() as u64;
        let (removed, added) = (lines(old), lines(new));
        self.old_lines += removed;
        self.new_lines += added;
        if let (Looks::Person { colour }, 1, 1) = (looks, removed, added) {
            paint::pair(&mut self.body, old, new, colour);
        } else {
            old.split_inclusive(|byte| *byte == b'\n').for_each(|line| self.line(b'-', line, looks));
            new.split_inclusive(|byte| *byte == b'\n').for_each(|line| self.line(b'+', line, looks));
        }
        (removed, added)
    }

    fn line(&mut self, sign: u8, line: &[u8], looks: Looks) {
        match looks {
            Looks::Bytes => {
                self.body.push(sign);
                self.body.extend_from_slice(line);
                if line.last() != Some(&b'\n') {
                    self.body.extend_from_slice(b"\n\\ No newline at end of file\n");
                }
            }
            Looks::Person { colour } => paint::line(&mut self.body, Kind::of(sign), line, colour),
        }
    }

    /// The line above, for that many lines before and after.
    pub(super) fn head(&self, (old_lines, new_lines): (u64, u64), looks: Looks) -> Vec<u8> {
        // Of no lines, the place is that of the line before.
        let place = |line: u64, lines: u64| if lines == 0 { line - 1 } else { line };
        let range = |line, lines| match lines {
            1 => format!("{line}"),
            _ => format!("{},{lines}", place(line, lines)),
        };
        let head = format!("@@ -{} +{} @@", range(self.old_line, old_lines), range(self.new_line, new_lines));
        paint::head(&head, looks)
    }
}
