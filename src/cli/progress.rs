//! A progress bar on standard error, never in the way of results.

use std::io::{self, IsTerminal as _};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::options::When;
use super::output::on_ci;
use crate::check::{Event, Sink};

/// How far a run is.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for that many bytes (`None`: nobody knows), shown where a person looks.
    pub(super) fn new(when: When, total: Option<u64>) -> Self {
        if !when.applies(io::stderr().is_terminal() && !on_ci()) {
            return Self { bar: ProgressBar::hidden() };
        }
        let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        let template = match total {
            Some(_) => "{bar:30} {percent:>3} %  {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
            None => "{spinner} {bytes} read, {bytes_per_sec}",
        };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar }
    }

    /// Says that more bytes were checked.
    pub(super) fn advance(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Passes events on, with the bar taken away meanwhile.
pub(super) struct AroundProgress<'a> {
    pub(super) progress: &'a Progress,
    pub(super) sink: &'a mut dyn Sink,
}

impl Sink for AroundProgress<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if self.progress.bar.is_hidden() {
            return self.sink.take(event);
        }
        if matches!(event, Event::Summary(_)) {
            self.progress.finish();
        }
        self.progress.bar.suspend(|| self.sink.take(event))
    }
}
