//! A run: files one after the other, each under its plan, and the summary.

use std::fs::File;
use std::io::{self, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::duplicates::Repeats;
use super::emit::Emitter;
use super::error::CheckError;
use super::event::{Count, Event, Sink, Summary};
use super::file::{self, Opened, Stopped};
use super::options::Options;
use super::tally::Quota;
use crate::finding::Severity;
use crate::plan::Plan;
use crate::source::{FileSource, Source, StreamSource};

/// Something to check, and the plan to check it by.
pub struct Input<'p> {
    /// The name in reports, with `/` separators.
    pub name: Arc<str>,
    /// The file; `None` is standard input.
    pub path: Option<PathBuf>,
    /// The plan. Files that share one are judged together where rules look across files.
    pub plan: &'p Plan,
}

/// What a run came to.
pub struct Checked {
    /// The summary that listeners were told last.
    pub summary: Summary,
    /// Why files could not be checked to their end.
    pub errors: Vec<CheckError>,
}

/// Checks all inputs, in order, and tells `sink` what is found.
///
/// Runs on the threads of the rayon pool that it is called in.
///
/// # Errors
///
/// Only what the listener raises. What is the matter with a file is told in [`Checked::errors`], and the run goes on with
/// the next.
pub fn check(inputs: &[Input<'_>], options: &Options<'_>, sink: &mut dyn Sink) -> io::Result<Checked> {
    let mut session = Session::new(options, sink);
    for input in inputs {
        session.input(input)?;
    }
    session.finish()
}

/// A run whose inputs come one by one.
pub struct Session<'s, 'p> {
    run: Run<'s, 's>,
    repeats: Vec<(&'p Plan, Repeats<'p>)>,
    started: Instant,
}

impl<'s, 'p> Session<'s, 'p> {
    /// A run that tells `sink` what it finds.
    pub fn new(options: &'s Options<'s>, sink: &'s mut dyn Sink) -> Self {
        let summary = Run::nothing(options.fail_on);
        let run = Run { options, sink, base: 0, errors: Vec::new(), summary };
        Self { run, repeats: Vec::new(), started: Instant::now() }
    }

    /// Checks an input. Returns what was counted, or nothing if it could not be checked to its end.
    ///
    /// # Errors
    ///
    /// What the listener raises.
    pub fn input(&mut self, input: &Input<'p>) -> io::Result<Option<Vec<Count>>> {
        match open(input.path.as_deref()) {
            Ok(source) => self.source(input, &*source),
            Err(error) => {
                self.fail(CheckError::read(&input.name, error));
                Ok(None)
            }
        }
    }

    /// Checks an input whose bytes come from `source`, whatever is at its path.
    ///
    /// # Errors
    ///
    /// What the listener raises.
    pub fn source(&mut self, input: &Input<'p>, source: &dyn Source) -> io::Result<Option<Vec<Count>>> {
        let known = self.repeats.iter().position(|(plan, _)| std::ptr::eq(*plan, input.plan));
        let place = known.unwrap_or_else(|| {
            self.repeats.push((input.plan, Repeats::new()));
            self.repeats.len() - 1
        });
        self.run.source(input, source, &mut self.repeats[place].1)
    }

    /// Says that a file could not be checked.
    pub fn fail(&mut self, error: CheckError) {
        self.run.fail(error);
    }

    /// Tells the summary.
    ///
    /// # Errors
    ///
    /// What the listener raises.
    pub fn finish(mut self) -> io::Result<Checked> {
        self.run.summary.elapsed = self.started.elapsed();
        self.run.sink.take(Event::Summary(&self.run.summary))?;
        Ok(Checked { summary: self.run.summary, errors: self.run.errors })
    }
}

/// Opens a file, or standard input.
///
/// # Errors
///
/// What the operating system reports.
pub fn open(path: Option<&Path>) -> io::Result<Box<dyn Source>> {
    let opened = match path {
        Some(path) => File::open(path).and_then(FileSource::new),
        None => standard_input(),
    };
    Ok(match opened? {
        Ok(file) => Box::new(file),
        Err(stream) => Box::new(StreamSource::new(stream)),
    })
}

struct Run<'r, 's> {
    options: &'r Options<'r>,
    sink: &'s mut dyn Sink,
    /// Bytes of all files before, laid end to end.
    base: u64,
    errors: Vec<CheckError>,
    summary: Summary,
}

impl Run<'_, '_> {
    fn nothing(fail_on: Severity) -> Summary {
        Summary {
            files: 0,
            rows: 0,
            bytes: 0,
            errors: 0,
            warnings: 0,
            infos: 0,
            fixable: 0,
            hidden: 0,
            fail_on,
            unchecked: 0,
            elapsed: std::time::Duration::ZERO,
        }
    }

    fn source<'p>(
        &mut self,
        input: &Input<'p>,
        source: &dyn Source,
        repeats: &mut Repeats<'p>,
    ) -> io::Result<Option<Vec<Count>>> {
        let most = self.options.max_findings;
        let quota = Quota { left: most, per_group: self.options.max_of_a_kind };
        let mut tallied = Tallied { inner: &mut *self.sink, counts: Vec::new() };
        let mut emitter = Emitter::new(Arc::clone(&input.name), input.plan, &mut tallied, quota, self.options.fixable);
        let opened = Opened { name: Arc::clone(&input.name), path: input.path.clone(), source, base: self.base };
        let checked = file::check(&opened, input.plan, self.options, repeats, &mut emitter);
        let counts = match &checked {
            // What was found before the file could not be read on still counts.
            Err(_) => emitter.counts(None),
            Ok(_) => tallied.counts,
        };
        for count in &counts {
            match count.severity {
                Severity::Error => self.summary.errors += count.count,
                Severity::Warning => self.summary.warnings += count.count,
                Severity::Info => self.summary.infos += count.count,
            }
            self.summary.fixable += count.fixable;
            self.summary.hidden += count.cut;
        }
        match checked {
            Ok(checked) => {
                self.summary.files += 1;
                self.summary.rows += checked.rows;
                self.summary.bytes += checked.bytes;
                self.base += checked.read.max(1);
                Ok(Some(counts))
            }
            Err(Stopped::Listener(error)) => Err(error),
            Err(Stopped::File(error)) => {
                self.base += source.size().unwrap_or(1 << 40).max(1);
                self.fail(error);
                Ok(None)
            }
        }
    }

    fn fail(&mut self, error: CheckError) {
        self.summary.unchecked += 1;
        self.errors.push(error);
    }
}

/// Keeps the counts that pass by.
struct Tallied<'t> {
    inner: &'t mut dyn Sink,
    counts: Vec<Count>,
}

impl Sink for Tallied<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Event::FileEnds(end) = event {
            self.counts.clone_from(&end.counts);
        }
        self.inner.take(event)
    }
}

/// Standard input: a file at offsets where it is one that nobody has read from, else a stream.
fn standard_input() -> io::Result<Result<FileSource, File>> {
    #[cfg(unix)]
    let handle = std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned()?;
    #[cfg(windows)]
    let handle = std::os::windows::io::AsHandle::as_handle(&io::stdin()).try_clone_to_owned()?;
    let mut file = File::from(handle);
    let begun = file.stream_position().is_ok_and(|position| position > 0);
    if begun { Ok(Err(file)) } else { FileSource::new(file) }
}
