//! A unified diff of a file and what it becomes, built while the file streams by.
//!
//! Lines are what `git apply` and `patch` take for lines: bytes up to a line feed, whatever they say. Which lines differ is
//! known, because the changes are; nothing has to be searched for. Unchanged lines are only counted, but for the last
//! three.
//!
//! A hunk's head tells how long it is, so it is held until it ends. One that grows too large to be held (every line of a
//! large file may change) is measured in a first walk over the file, in which nothing is printed, and printed as it comes
//! in a second: [`Diff::measure`], then [`Diff::print`] with what was measured.

mod hunk;
mod name;
mod paint;

use std::collections::VecDeque;
use std::io::{self, Write};

use crate::check::{Mended, Receiver};

use hunk::Hunk;
pub use name::named;

/// Unchanged lines shown before and after changes.
const CONTEXT: usize = 3;

/// Bytes of a hunk that are held.
const HELD: usize = 8 << 20;

/// Bytes of a line that are held.
const LONGEST_LINE: usize = 64 << 20;

/// How a diff looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// The very bytes, for programs.
    Bytes,
    /// For a person: characters that act on a terminal made harmless, changed ones marked; in colour or not.
    Person {
        /// Whether to use colour.
        colour: bool,
    },
}

/// How long the hunks are that are too large to be held: lines before and after, in order.
#[derive(Clone, Debug, Default)]
pub struct Measured(VecDeque<(u64, u64)>);

/// A diff that is being built.
pub struct Diff<'w> {
    name: Vec<u8>,
    looks: Looks,
    out: Option<&'w mut (dyn Write + Send)>,
    measured: Measured,
    /// Number of the next line, before and after.
    old_line: u64,
    new_line: u64,
    /// Lines that are not complete yet.
    old: Vec<u8>,
    new: Vec<u8>,
    /// Whether they differ.
    differs: bool,
    /// The last unchanged lines.
    before: VecDeque<Vec<u8>>,
    hunk: Option<Hunk>,
    /// Unchanged lines since the last change of the hunk.
    after: Vec<Vec<u8>>,
    begun: bool,
}

impl<'w> Diff<'w> {
    /// A walk that prints nothing and measures what is too large to be held.
    #[must_use]
    pub fn measure() -> Diff<'static> {
        Diff::new("", Looks::Bytes, None, Measured::default())
    }

    /// A diff of the file called `name`, printed to `out`.
    pub fn print(name: &str, looks: Looks, out: &'w mut (dyn Write + Send), measured: Measured) -> Self {
        Self::new(name, looks, Some(out), measured)
    }

    fn new(name: &str, looks: Looks, out: Option<&'w mut (dyn Write + Send)>, measured: Measured) -> Self {
        Self {
            name: name.as_bytes().to_vec(),
            looks,
            out,
            measured,
            old_line: 1,
            new_line: 1,
            old: Vec::new(),
            new: Vec::new(),
            differs: false,
            before: VecDeque::new(),
            hunk: None,
            after: Vec::new(),
            begun: false,
        }
    }

    /// Ends the diff. What was measured.
    ///
    /// # Errors
    ///
    /// What the output raises.
    pub fn finish(mut self) -> io::Result<Measured> {
        if !(self.old.is_empty() && self.new.is_empty()) {
            self.complete()?;
        }
        self.close()?;
        Ok(self.measured)
    }

    /// Takes bytes that stay.
    fn keep(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let in_line = !(self.old.is_empty() && self.new.is_empty());
            if !in_line && self.hunk.is_none() {
                bytes = self.pass(bytes);
            }
            let Some(end) = memchr::memchr(b'\n', bytes) else {
                self.old.extend_from_slice(bytes);
                self.new.extend_from_slice(bytes);
                return self.check_length();
            };
            let (line, rest) = bytes.split_at(end + 1);
            self.old.extend_from_slice(line);
            self.new.extend_from_slice(line);
            self.complete()?;
            bytes = rest;
        }
        Ok(())
    }

    /// Passes over unchanged lines of which only the last few may be shown. What is left of the bytes.
    fn pass<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let mut begin = memchr::memrchr(b'\n', bytes).map_or(0, |at| at + 1);
        for _ in 0..CONTEXT {
            begin = begin.checked_sub(1).and_then(|at| memchr::memrchr(b'\n', &bytes[..at])).map_or(0, |at| at + 1);
        }
        let lines = memchr::memchr_iter(b'\n', &bytes[..begin]).count() as u64;
        self.old_line += lines;
        self.new_line += lines;
        if lines > 0 {
            self.before.clear();
        }
        &bytes[begin..]
    }

    /// Takes bytes that become others.
    fn change(&mut self, old: &[u8], new: &[u8]) -> io::Result<()> {
        self.old.extend_from_slice(old);
        self.new.extend_from_slice(new);
        self.differs = true;
        let ended = |line: &[u8]| line.last().is_none_or(|byte| *byte == b'\n');
        if ended(&self.old) && ended(&self.new) { self.complete() } else { self.check_length() }
    }

    fn check_length(&self) -> io::Result<()> {
        if self.old.len().max(self.new.len()) > LONGEST_LINE {
            let reason = "a line is too long for a diff; mend the file with --write or --output, without one";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        Ok(())
    }

    /// Takes the lines that have been collected.
    fn complete(&mut self) -> io::Result<()> {
        let (old, new) = (std::mem::take(&mut self.old), std::mem::take(&mut self.new));
        if std::mem::take(&mut self.differs) && old != new { self.changed(&old, &new) } else { self.unchanged(&old) }
    }

    fn unchanged(&mut self, lines: &[u8]) -> io::Result<()> {
        // Changes that came to nothing may be several lines.
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            self.old_line += 1;
            self.new_line += 1;
            if self.hunk.is_some() {
                self.after.push(line.to_vec());
                if self.after.len() > 2 * CONTEXT {
                    self.close()?;
                }
            } else {
                self.before.push_back(line.to_vec());
                if self.before.len() > CONTEXT {
                    self.before.pop_front();
                }
            }
        }
        Ok(())
    }

    fn changed(&mut self, old: &[u8], new: &[u8]) -> io::Result<()> {
        let mut hunk = match self.hunk.take() {
            Some(hunk) => hunk,
            None => {
                let before = self.before.len() as u64;
                let mut hunk = Hunk::new(self.old_line - before, self.new_line - before);
                for line in self.before.drain(..) {
                    hunk.context(&line, self.looks);
                }
                hunk
            }
        };
        for line in self.after.drain(..) {
            hunk.context(&line, self.looks);
        }
        let (removed, added) = hunk.change(old, new, self.looks);
        self.old_line += removed;
        self.new_line += added;
        self.hunk = Some(hunk);
        self.flush_large()
    }

    /// A hunk too large to be held goes out as it comes, or is only measured.
    fn flush_large(&mut self) -> io::Result<()> {
        let Some(hunk) = self.hunk.as_mut().filter(|hunk| hunk.body.len() > HELD) else { return Ok(()) };
        let head = if hunk.large {
            None
        } else {
            hunk.large = true;
            let counts = if self.out.is_some() { self.measured.0.pop_front() } else { Some((0, 0)) };
            let unmeasured =
                || io::Error::new(io::ErrorKind::FileTooLarge, "the diff is too large for a stream; use --output");
            let counts = counts.ok_or_else(unmeasured)?;
            Some(hunk.head(counts, self.looks))
        };
        let body = std::mem::take(&mut hunk.body);
        self.write(head.as_deref(), &body)
    }

    /// Ends the hunk that is open.
    fn close(&mut self) -> io::Result<()> {
        let Some(mut hunk) = self.hunk.take() else { return Ok(()) };
        let rest = self.after.split_off(self.after.len().min(CONTEXT));
        for line in self.after.drain(..) {
            hunk.context(&line, self.looks);
        }
        self.before = rest.into_iter().rev().take(CONTEXT).rev().collect();
        let head = (!hunk.large).then(|| hunk.head((hunk.old_lines, hunk.new_lines), self.looks));
        if hunk.large && self.out.is_none() {
            self.measured.0.push_back((hunk.old_lines, hunk.new_lines));
        }
        self.write(head.as_deref(), &hunk.body)
    }

    fn write(&mut self, head: Option<&[u8]>, body: &[u8]) -> io::Result<()> {
        let Some(out) = &mut self.out else { return Ok(()) };
        if !std::mem::replace(&mut self.begun, true) {
            out.write_all(&name::head(&self.name, self.looks))?;
        }
        out.write_all(head.unwrap_or_default())?;
        out.write_all(body)
    }
}

impl Receiver for Diff<'_> {
    fn take(&mut self, mended: Mended<'_>) -> io::Result<()> {
        let mut at = 0;
        for change in mended.changes {
            self.keep(&mended.old[at..change.old.start])?;
            self.change(&mended.old[change.old.clone()], &mended.new[change.new.clone()])?;
            at = change.old.end;
        }
        self.keep(&mended.old[at..])
    }
}

#[cfg(test)]
mod tests;
