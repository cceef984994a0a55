//! A run: files one after the other, each under its plan, and the summary.

use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::connector::Connector;
use super::duplicates::Repeats;
use super::emit::Emitter;
use super::error::CheckError;
use super::event::{Count, Event, FileEnd, FileStart, Sink, Summary, Waived};
use super::file::{self, Opened, Stopped};
use super::options::Options;
use super::tally::Quota;
use super::waiving::Waiving;
use crate::finding::Severity;
use crate::plan::Plan;
use crate::source::{FileSource, Source, StreamSource};

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
}

/// Checks all inputs, in order, and tells `sink` what is found.
///
/// Runs on the threads of the rayon pool that it is called in.
///
/// # Errors
///
/// Only what the listener raises. What is the matter with a file is told in [`Checked::errors`], and the run goes on with
/// the next.
pub fn check<'p>(inputs: &[Input<'p>], options: &'p Options<'p>, sink: &mut dyn Sink) -> io::Result<Checked> {
    let started = Instant::now();
    let summary = Run::nothing(options.fail_on);
    let mut run = Run { options, sink, base: 0, errors: Vec::new(), summary, waiving: Vec::new() };
    let mut groups: Vec<Group<'p>> = Vec::new();
    let mut places = Vec::new();
    for input in inputs {
        let known = groups.iter().position(|group| std::ptr::eq(group.plan, input.plan));
        let place = known.unwrap_or_else(|| {
            let (plan, waiving) = (input.plan, run.waiving(input.plan));
            groups.push(Group { plan, repeats: Repeats::new(), connector: Connector::default(), waiving });
            groups.len() - 1
        });
        groups[place].connector.left += 1;
        places.push(place);
    }
    for (number, (input, place)) in inputs.iter().zip(places).enumerate() {
        let group = &mut groups[place];
        group.connector.left -= 1;
        run.input(number, input, group)?;
    }
    run.waivers()?;
    run.summary.policies = groups.iter().flat_map(|group| group.connector.coverage(group.plan)).collect();
    run.summary.elapsed = started.elapsed();
    run.sink.take(Event::Summary(&run.summary))?;
    Ok(Checked { summary: run.summary, errors: run.errors })
}

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
    /// Bytes of all files before, laid end to end.
    base: u64,
    errors: Vec<CheckError>,
    summary: Summary,
    /// Each file of waivers, with a plan that it is for.
    waiving: Vec<(Waiving<'p>, &'p Plan)>,
}

impl<'r: 'p, 'p> Run<'r, '_, 'p> {
    fn nothing(fail_on: Severity) -> Summary {
        Summary {
            files: 0,
            rows: 0,
            bytes: 0,
            errors: 0,
            warnings: 0,
            infos: 0,
            hidden: 0,
            waived: Waived::default(),
            fail_on,
            unchecked: 0,
            policies: Vec::new(),
            elapsed: std::time::Duration::ZERO,
        }
    }

    fn input(&mut self, number: usize, input: &Input<'p>, group: &mut Group<'p>) -> io::Result<()> {
        let opened = match (&input.path, self.options.open) {
            (Some(path), _) => File::open(path).and_then(FileSource::new).map(|source| source.map_err(boxed)),
            (None, Some(open)) => open(number).map(Err),
            (None, None) => standard_input().map(|source| source.map_err(boxed)),
        };
        match opened {
            Ok(Ok(source)) => self.source(input, &source, group),
            Ok(Err(stream)) => self.source(input, &StreamSource::new(stream), group),
            Err(error) => {
                group.connector.broken = true;
                self.fail(CheckError::read(&input.name, error));
                Ok(())
            }
        }
    }

    fn source(&mut self, input: &Input<'p>, source: &dyn Source, group: &mut Group<'p>) -> io::Result<()> {
        let most = self.options.max_findings;
        let quota = Quota { left: most, per_group: self.options.max_of_a_kind };
        let mut tallied = Tallied { inner: &mut *self.sink, counts: Vec::new() };
        let waiving = &mut self.waiving[group.waiving].0;
        let mut emitter = Emitter::new(Arc::clone(&input.name), input.plan, &mut tallied, quota, waiving);
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
            Ok(checked) => {
                self.summary.files += 1;
                self.summary.rows += checked.rows;
                self.summary.bytes += checked.bytes;
                self.base += checked.read.max(1);
            }
            Err(Stopped::Listener(error)) => return Err(error),
            Err(Stopped::File(error)) => {
                group.connector.broken = true;
                self.base += source.size().unwrap_or(1 << 40).max(1);
                self.fail(error);
            }
        }
        Ok(())
    }

    /// The place of a plan's waivers.
    fn waiving(&mut self, plan: &'p Plan) -> usize {
        let known = self.waiving.iter().position(|(waiving, _)| waiving.is_of(plan.waivers.as_ref()));
        known.unwrap_or_else(|| {
            let waiving = Waiving::new(plan.waivers.clone(), self.options.baseline, plan.settings.today);
            self.waiving.push((waiving, plan));
            self.waiving.len() - 1
        })
    }

    /// Tells what is wrong with the waivers, as of a file of their own, once all other files are done.
    fn waivers(&mut self) -> io::Result<()> {
        let complete = self.errors.is_empty() && !self.options.in_git && !self.options.header_only;
        for (waiving, plan) in std::mem::take(&mut self.waiving) {
            let (Some(waivers), faults) = (waiving.waivers(), waiving.faults(complete)) else { continue };
            let quota = Quota { left: self.options.max_findings, per_group: self.options.max_of_a_kind };
            let mut nothing = Waiving::default();
            let mut emitter = Emitter::new(Arc::clone(&waivers.file), plan, &mut *self.sink, quota, &mut nothing);
            let told = faults.into_iter().filter_map(|(rule, fact, place)| emitter.observed(rule, &fact, place));
            let told: Vec<_> = told.collect();
            if told.is_empty() {
                continue;
            }
            let file = Arc::clone(&waivers.file);
            let start =
                FileStart { file: Arc::clone(&file), bytes: Some(waivers.bytes), headers: Vec::new(), header_row: 1 };
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
    counts: Vec<super::event::Count>,
}

impl Sink for Tallied<'_> {
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Event::FileEnds(end) = event {
            self.counts.clone_from(&end.counts);
        }
        self.inner.take(event)
    }
}

fn boxed(stream: File) -> Box<dyn Read + Send> {
    Box::new(stream)
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
