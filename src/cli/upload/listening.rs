//! How far an upload is: a bar on standard error, and notes of what it waits for.

use std::cell::Cell;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::plan::{Planned, rows};
use crate::cli::output;
use crate::report::count as number;
use crate::upload::{Event, Listener};

/// A listener that shows what happens.
pub(super) struct Bar {
    drawn: ProgressBar,
    quiet: bool,
    verbose: bool,
    chunks: usize,
    accepted: Cell<u64>,
}

impl Bar {
    pub(super) fn new(shown: bool, quiet: bool, verbose: bool, planned: &Planned<'_>) -> Self {
        let bytes = planned.chunks.list.iter().map(crate::check::Chunk::bytes).sum();
        let bar = ProgressBar::new(bytes);
        bar.set_draw_target(if shown { ProgressDrawTarget::stderr_with_hz(10) } else { ProgressDrawTarget::hidden() });
        let template = "{bar:30} {percent:>3} %  {msg}, {bytes_per_sec}, {eta} left";
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(format!("0 of {}", rows(planned.rows())));
        Self { drawn: bar, quiet, verbose, chunks: planned.chunks.list.len(), accepted: Cell::new(0) }
    }

    /// Rows that the service has taken in this run.
    pub(super) fn accepted_rows(&self) -> u64 {
        self.accepted.get()
    }

    pub(super) fn finish(&self) {
        self.drawn.finish_and_clear();
    }

    fn note(&self, text: &str) {
        self.drawn.suspend(|| output::note(text));
    }
}

impl Listener for Bar {
    fn take(&self, event: Event<'_>) {
        match event {
            Event::Sent(bytes) => self.drawn.inc(bytes),
            Event::Skipped(chunk, skipped) => {
                self.drawn.inc(skipped.bytes());
                if self.verbose {
                    self.note(&format!("chunk {chunk} of {} was accepted before", self.chunks));
                }
            }
            Event::Accepted(chunk, accepted, status, reason, body) => {
                self.accepted.set(self.accepted.get() + accepted.rows());
                self.drawn.set_message(format!("chunk {chunk} of {}, {}", self.chunks, rows(self.accepted.get())));
                let odd = status == 207;
                if self.verbose || ((odd || !body.is_empty()) && !self.quiet) {
                    let body = if body.is_empty() { String::new() } else { format!(": {body}") };
                    let (first, last) = accepted.row_range();
                    self.note(&format!("rows {first} to {last}: {status} {reason}{body}"));
                }
            }
            Event::Waiting(wait, why) if !self.quiet => {
                let seconds = number(wait.as_millis().div_ceil(1000) as u64, "second");
                self.note(&format!("{why}; trying again in {seconds}"));
            }
            Event::Waiting(..) => {}
        }
    }
}
