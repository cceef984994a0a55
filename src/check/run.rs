//! A run: files one after the other, each under its plan, and the summary.

use std::fs::File;
use std::io::{self, Seek as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::connector::Connector;
use super::duplicates::Repeats;
use super::emit::Emitter;
use super::error::{CheckError, Stopped};
use super::event::{Count, Event, FileEnd, FileStart, Sink, Summary, Waived};
use super::file::{self, Opened};
use super::options::Options;
use super::passed::{Evidence, Passed, Stored};
use super::tally::Quota;
use super::waiving::Waiving;
use crate::finding::Severity;
use crate::plan::Plan;
use crate::source::{FileSource, MemorySource, Source, StreamSource};

/// Most bytes of a stream that is held in memory because it is to be sent.
const MOST_HELD: u64 = 256 << 20;

/// Something to check, and the plan to check it by.
pub struct Input<'p> {
    /// The name in reports, with `/` separators.
    pub name: Arc<str>,
    /// The file; `None` is standard input, or what [`Options::open`] opens.
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
    /// The files that were checked to their end, where evidence is kept.
    pub(super) gathered: Vec<Passed>,
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
        session.expect(input.plan);
    }
    for input in inputs {
        session.input(input)?;
    }
    session.finish()
}

/// A run whose inputs come one by one.
pub struct Session<'s, 'p> {
    run: Run<'s, 's, 'p>,
    groups: Vec<Group<'p>>,
    /// Inputs so far.
    inputs: usize,
    started: Instant,
}

impl<'s, 'p> Session<'s, 'p> {
    /// A run that tells `sink` what it finds.
    pub fn new(options: &'s Options<'s>, sink: &'s mut dyn Sink) -> Self {
        let summary = Run::nothing(options.fail_on);
        let (gathered, waiving) = (Vec::new(), Vec::new());
        let run = Run { options, sink, base: 0, errors: Vec::new(), summary, gathered, waiving };
        Self { run, groups: Vec::new(), inputs: 0, started: Instant::now() }
    }

    /// Says that an input under this plan will come: what all files of a connector lack is told with the last of them.
    pub fn expect(&mut self, plan: &'p Plan) {
        let at = self.group(plan);
        self.groups[at].connector.left += 1;
    }

    fn group(&mut self, plan: &'p Plan) -> usize {
        self.groups.iter().position(|group| std::ptr::eq(group.plan, plan)).unwrap_or_else(|| {
            let waiving = self.run.waiving(plan);
            self.groups.push(Group { plan, repeats: Repeats::new(), connector: Connector::default(), waiving });
            self.groups.len() - 1
        })
    }

    /// Checks an input. Returns what was counted, or nothing if it could not be checked to its end.
    ///
    /// # Errors
    ///
    /// What the listener raises.
    pub fn input(&mut self, input: &Input<'p>) -> io::Result<Option<Vec<Count>>> {
        if self.run.options.evidence {
            return self.gather(input);
        }
        let number = self.inputs;
        self.inputs += 1;
        let opened = match (&input.path, self.run.options.open) {
            (None, Some(open)) => open(number).map(|stream| Box::new(StreamSource::new(stream)) as Box<dyn Source>),
            (path, _) => open(path.as_deref()),
        };
        match opened {
            Ok(source) => self.source(input, &*source),
            Err(error) => {
                self.fail(input, error);
                Ok(None)
            }
        }
    }

    /// Checks an input and keeps it, so that it can be sent.
    fn gather(&mut self, input: &Input<'p>) -> io::Result<Option<Vec<Count>>> {
        let stored = opened(input.path.as_deref()).and_then(|opened| match opened {
            Ok(file) => Ok(Stored::File(file, input.path.clone())),
            // What is to be sent is read a second time.
            Err(stream) => MemorySource::new(stream, MOST_HELD).map(Stored::Memory),
        });
        let stored = match stored {
            Ok(stored) => stored,
            Err(error) => {
                self.fail(input, error);
                return Ok(None);
            }
        };
        let Some((counts, evidence)) = self.judged(input, stored.source())? else { return Ok(None) };
        self.run.gathered.extend(evidence.map(|it| Passed::new(Arc::clone(&input.name), stored, it)));
        Ok(Some(counts))
    }

    /// Checks an input whose bytes come from `source`, whatever is at its path.
    ///
    /// # Errors
    ///
    /// What the listener raises.
    pub fn source(&mut self, input: &Input<'p>, source: &dyn Source) -> io::Result<Option<Vec<Count>>> {
        Ok(self.judged(input, source)?.map(|(counts, _)| counts))
    }

    fn judged(&mut self, input: &Input<'p>, source: &dyn Source) -> io::Result<Option<Found>> {
        let at = self.group(input.plan);
        let group = &mut self.groups[at];
        group.connector.left = group.connector.left.saturating_sub(1);
        self.run.source(input, source, group)
    }

    /// Says that an input could not be opened.
    pub fn fail(&mut self, input: &Input<'p>, error: io::Error) {
        let at = self.group(input.plan);
        let connector = &mut self.groups[at].connector;
        connector.left = connector.left.saturating_sub(1);
        connector.broken = true;
        self.run.fail(CheckError::read(&input.name, error));
    }

    /// Tells the summary.
    ///
    /// # Errors
    ///
    /// What the listener raises.
    pub fn finish(mut self) -> io::Result<Checked> {
        self.run.waivers()?;
        self.run.summary.policies = self.groups.iter().flat_map(|group| group.connector.coverage(group.plan)).collect();
        self.run.summary.elapsed = self.started.elapsed();
        self.run.sink.take(Event::Summary(&self.run.summary))?;
        let Run { summary, errors, gathered, .. } = self.run;
        Ok(Checked { summary, errors, gathered })
    }
}

/// Opens a file, or standard input.
///
/// # Errors
///
/// What the operating system reports.
pub fn open(path: Option<&Path>) -> io::Result<Box<dyn Source>> {
    Ok(match opened(path)? {
        Ok(file) => Box::new(file),
        Err(stream) => Box::new(StreamSource::new(stream)),
    })
}

/// A file that can be read at offsets, or a stream.
fn opened(path: Option<&Path>) -> io::Result<Result<FileSource, File>> {
    match path {
        Some(path) => File::open(path).and_then(FileSource::new),
        None => standard_input(),
    }
}

/// What was counted in a file, and what is kept of it.
type Found = (Vec<Count>, Option<Evidence>);

/// What the files that share a plan have in common.
struct Group<'p> {
    plan: &'p Plan,
    repeats: Repeats<'p>,
    connector: Connector,
    /// The place of its waivers in [`Run::waiving`].
    waiving: usize,
}

struct Run<'r, 's, 'p> {
    options: &'r Options<'r>,
    sink: &'s mut dyn Sink,
    /// Bytes of all files before that have rows, laid end to end.
    base: u64,
    errors: Vec<CheckError>,
    summary: Summary,
    gathered: Vec<Passed>,
    /// Each file of waivers, with a plan that it is for.
    waiving: Vec<(Waiving, &'p Plan)>,
}

impl<'p> Run<'_, '_, 'p> {
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
            waived: Waived::default(),
            fail_on,
            unchecked: 0,
            policies: Vec::new(),
            elapsed: std::time::Duration::ZERO,
        }
    }

    fn source(&mut self, input: &Input<'p>, source: &dyn Source, group: &mut Group<'p>) -> io::Result<Option<Found>> {
        let most = self.options.max_findings;
        let quota = Quota { left: most, per_group: self.options.max_of_a_kind };
        let mut tallied = Tallied { inner: &mut *self.sink, counts: Vec::new() };
        let emitter = Emitter::new(Arc::clone(&input.name), input.plan, &mut tallied, quota, self.options.fixable);
        let mut emitter = emitter.waiving(&mut self.waiving[group.waiving].0);
        let opened = Opened { name: Arc::clone(&input.name), path: input.path.clone(), source, base: self.base };
        let Group { repeats, connector, .. } = group;
        let checked = file::check(&opened, input.plan, self.options, repeats, connector, &mut emitter);
        let waived = emitter.waived();
        let counts = match &checked {
            // What was found before the file could not be read on still counts.
            Err(_) => emitter.counts(None),
            Ok(_) => tallied.counts,
        };
        self.add_up(&counts, waived);
        match checked {
            Ok((checked, evidence)) => {
                self.summary.files += 1;
                self.summary.rows += checked.rows;
                self.summary.bytes += checked.bytes;
                self.base += checked.read.max(1);
                Ok(Some((counts, evidence)))
            }
            Err(Stopped::Listener(error)) => Err(error),
            Err(Stopped::File(error)) => {
                group.connector.broken = true;
                // How far it was read, only the index knows.
                self.base = (self.base + 1).max(group.repeats.index.end());
                self.fail(error);
                Ok(None)
            }
        }
    }

    /// The place of a plan's waivers.
    fn waiving(&mut self, plan: &'p Plan) -> usize {
        let known = self.waiving.iter().position(|(waiving, _)| waiving.is_of(plan.waivers.as_ref()));
        known.unwrap_or_else(|| {
            let baseline = self.options.baseline.cloned();
            self.waiving.push((Waiving::new(plan.waivers.clone(), baseline, plan.settings.today), plan));
            self.waiving.len() - 1
        })
    }

    /// Tells what is wrong with the waivers, as of a file of their own, once all other files are done.
    fn waivers(&mut self) -> io::Result<()> {
        let complete = self.errors.is_empty() && !self.options.in_git && !self.options.header_only;
        for (waiving, plan) in std::mem::take(&mut self.waiving) {
            let (Some(waivers), faults) = (waiving.waivers(), waiving.faults(complete)) else { continue };
            let quota = Quota { left: self.options.max_findings, per_group: self.options.max_of_a_kind };
            let mut emitter = Emitter::new(Arc::clone(&waivers.file), plan, &mut *self.sink, quota, None);
            let told = faults.into_iter().filter_map(|(rule, fact, place)| emitter.observed(rule, &fact, place));
            let told: Vec<_> = told.collect();
            if told.is_empty() {
                continue;
            }
            let (file, bytes) = (Arc::clone(&waivers.file), Some(waivers.bytes));
            let start = FileStart { file: Arc::clone(&file), bytes, headers: Vec::new(), header_row: 1 };
            emitter.event(Event::FileBegins(&start))?;
            told.iter().try_for_each(|finding| emitter.add(finding))?;
            let (counts, waived) = (emitter.counts(None), Waived::default());
            let (bytes, lines, scenarios) = (waivers.bytes, waivers.lines, Vec::new());
            let end = FileEnd { file, rows: 0, lines, bytes, scenarios, counts, waived };
            emitter.event(Event::FileEnds(&end))?;
            self.add_up(&end.counts, waived);
        }
        Ok(())
    }

    fn add_up(&mut self, counts: &[Count], waived: Waived) {
        for count in counts {
            match count.severity {
                Severity::Error => self.summary.errors += count.count,
                Severity::Warning => self.summary.warnings += count.count,
                Severity::Info => self.summary.infos += count.count,
            }
            self.summary.fixable += count.fixable;
            self.summary.hidden += count.cut;
        }
        self.summary.waived.join(waived);
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
