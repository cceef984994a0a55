//! A progress bar on standard error, never in the way of results.

use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::options::When;
use super::platform::on_ci;
use crate::check::{Event, Sink};

/// How far a run is.
pub(super) struct Progress {
    bar: ProgressBar,
    /// When the bar is shown: short work needs none.
    from: Option<Instant>,
    shown: AtomicBool,
}

/// How long work must last before a bar is worth looking at.
const PATIENCE: Duration = Duration::from_millis(500);

impl Progress {
    /// A bar for that many bytes (`None`: nobody knows), shown where a person looks.
    pub(super) fn new(when: When, total: Option<u64>) -> Self {
        if !when.applies(io::stderr().is_terminal() && !on_ci()) {
            return Self { bar: ProgressBar::hidden(), from: None, shown: AtomicBool::new(false) };
        }
        let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
        bar.set_draw_target(ProgressDrawTarget::hidden());
        let template = match total {
            Some(_) => "{bar:30} {percent:>3} %  {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
            None => "{spinner} {bytes} read, {bytes_per_sec}",
        };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, from: Some(Instant::now() + PATIENCE), shown: AtomicBool::new(false) }
    }

    /// Says that more bytes were checked.
    pub(super) fn advance(&self, bytes: u64) {
        self.bar.inc(bytes);
        let due = self.from.is_some_and(|from| Instant::now() >= from);
        if due && !self.shown.swap(true, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
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
