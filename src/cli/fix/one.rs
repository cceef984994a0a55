//! One file, mended: the result is checked before anything is shown or kept.

use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::thread;

use rayon::ThreadPool;

use crate::check::{self, Choice, Count, Input, Options, Receiver, Repairs, Session, Stopped, mend};
use crate::cli::output;
use crate::finding::{Printable, Safety};
use crate::fix::ask::{Asker, Asking};
use crate::fix::diff::{self, Diff, Measured};
use crate::fix::replace::{ReplaceError, Replacement};
use crate::fix::{Copy, Tee, claims};
use crate::report;
use crate::source::{Source, StreamSource};

/// Where the mended file goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Goal<'g> {
    /// Nowhere: the changes are shown.
    Diff,
    /// To standard output.
    Standard,
    /// In the place of the file itself.
    InPlace,
    /// Into another file.
    File(&'g Path),
}

/// Mends files, one by one.
#[derive(Clone, Copy)]
pub(super) struct Fixer<'f> {
    pub(super) choice: &'f Choice,
    pub(super) options: &'f Options<'f>,
    /// Threads that mend, and threads that check what comes out of them.
    pub(super) pools: &'f [ThreadPool; 2],
    pub(super) looks: report::Options,
    pub(super) terminal: bool,
    pub(super) goal: Goal<'f>,
}

/// Why a file was not mended.
pub(super) enum Failure {
    /// Whoever read the output has seen enough.
    Quiet,
    /// The session tells why.
    Told,
    /// For this reason.
    Error(miette::Report),
}

impl<E: miette::Diagnostic + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::File(error) => Self::Error(error.into()),
            Stopped::Listener(error) => Self::of_output(error),
        }
    }
}

impl Failure {
    fn of_output(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Quiet;
        }
        output::OutputError::Standard(error).into()
    }
}

impl Fixer<'_> {
    /// Mends an input, checks the result in `session`, and shows or keeps it.
    pub(super) fn fix<'p>(&self, input: &Input<'p>, session: &mut Session<'_, 'p>) -> Result<Repairs, Failure> {
        let source = match check::open(input.path.as_deref()) {
            Ok(source) => source,
            Err(error) => {
                session.fail(input, error);
                return Err(Failure::Told);
            }
        };
        let source = &*source;
        match self.goal {
            Goal::InPlace => self.into_file(input, source, input.path.as_deref().unwrap_or(Path::new("-")), session),
            Goal::File(path) => self.into_file(input, source, path, session),
            Goal::Diff => self.diff(input, source, session),
            Goal::Standard => self.onto_output(input, source, session),
        }
    }

    /// The choice, with what a person decides about unsafe repairs of this input.
    pub(super) fn asked(&self, input: &Input<'_>, interactive: bool, asker: &mut dyn Asker) -> Result<Choice, Failure> {
        if !interactive {
            return Ok(self.choice.clone());
        }
        let opened = check::open(input.path.as_deref());
        let source = opened.map_err(|error| check::CheckError::read(&input.name, error))?;
        let includes = |rule: &str| self.choice.names(rule);
        let mut asking = Asking::new(asker, &*source, &includes);
        let options = Options { max_findings: u64::MAX, max_of_a_kind: u64::MAX, excerpts: true, ..*self.options };
        let mut session = Session::new(&options, &mut asking);
        let checked = self.pools[0].install(|| session.source(input, &*source)).map_err(Failure::of_output)?;
        drop(session);
        // What kept the file from being checked is told when it is mended.
        let decisions = checked.map(|_| asking.decided()).unwrap_or_default();
        Ok(Choice { decisions: Some(decisions), ..self.choice.clone() })
    }

    fn mend(&self, input: &Input<'_>, source: &dyn Source, receiver: &mut dyn Receiver) -> Result<Repairs, Stopped> {
        self.pools[0].install(|| mend(&input.name, source, input.plan, self.options, self.choice, receiver))
    }

    fn into_file<'p>(
        self,
        input: &Input<'p>,
        source: &dyn Source,
        path: &Path,
        session: &mut Session<'_, 'p>,
    ) -> Result<Repairs, Failure> {
        let mut new = Replacement::begin(path)?;
        let repairs = match self.mend(input, source, &mut Copy(new.file())) {
            Err(Stopped::Listener(reason)) => {
                return Err(ReplaceError::Write { file: Printable::of_path(path), reason }.into());
            }
            made => made?,
        };
        if repairs.total() == 0 && matches!(self.goal, Goal::InPlace) {
            drop(new);
            self.pools[0]
                .install(|| session.source(input, source))
                .map_err(Failure::of_output)?
                .ok_or(Failure::Told)?;
            return Ok(repairs);
        }
        let result = check::open(Some(new.place())).map_err(|error| check::CheckError::read(&input.name, error))?;
        let check = || self.pools[0].install(|| session.source(input, &*result));
        let counts = new.flush_during(check)?.map_err(Failure::of_output)?;
        self.hold(input, &counts.ok_or(Failure::Told)?, &repairs)?;
        if new.other_names() > 0 {
            output::note(&format!(
                "{}: the file has {} other names (hard links), under which the old content stays",
                Printable::new(&input.name),
                new.other_names()
            ));
        }
        new.keep()?;
        Ok(repairs)
    }

    fn diff<'p>(
        &self,
        input: &Input<'p>,
        source: &dyn Source,
        session: &mut Session<'_, 'p>,
    ) -> Result<Repairs, Failure> {
        let name = diff::named(if input.path.is_some() { &input.name } else { "stdin" });
        let looks = if self.terminal { diff::Looks::Person { colour: self.looks.colour } } else { diff::Looks::Bytes };
        let mut out = BufWriter::new(io::stdout());
        if !source.rereads() {
            let mut diff = Diff::print(name, looks, &mut out, Measured::default());
            let repairs = self.checked(input, source, session, &mut diff)?;
            diff.finish().map_err(Failure::of_output)?;
            out.flush().map_err(Failure::of_output)?;
            return Ok(repairs);
        }
        let mut diff = Diff::measure();
        let repairs = self.checked(input, source, session, &mut diff)?;
        let measured = diff.finish().map_err(Failure::of_output)?;
        if repairs.total() > 0 {
            let mut diff = Diff::print(name, looks, &mut out, measured);
            self.mend(input, source, &mut diff)?;
            diff.finish().map_err(Failure::of_output)?;
        }
        out.flush().map_err(Failure::of_output)?;
        Ok(repairs)
    }

    fn onto_output<'p>(
        &self,
        input: &Input<'p>,
        source: &dyn Source,
        session: &mut Session<'_, 'p>,
    ) -> Result<Repairs, Failure> {
        if !source.rereads() {
            return self.checked(input, source, session, &mut Copy(io::stdout()));
        }
        let repairs = self.checked(input, source, session, &mut Copy(io::sink()))?;
        self.mend(input, source, &mut Copy(io::stdout()))?;
        Ok(repairs)
    }

    /// Mends into a pipe, at the other end of which the result is checked, and into `receiver`.
    fn checked<'p>(
        &self,
        input: &Input<'p>,
        source: &dyn Source,
        session: &mut Session<'_, 'p>,
        receiver: &mut dyn Receiver,
    ) -> Result<Repairs, Failure> {
        let (reader, writer) = io::pipe().map_err(Failure::of_output)?;
        let (mended, counts) = thread::scope(|scope| {
            let mending = scope.spawn(move || self.mend(input, source, &mut Tee(&mut Copy(writer), receiver)));
            let stream = StreamSource::new(reader);
            let counts = self.pools[1].install(|| session.source(input, &stream));
            drop(stream);
            (mending.join(), counts)
        });
        let mended = mended.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let counts = counts.map_err(Failure::of_output)?;
        match (mended, counts) {
            // The check ended early, and the mending with it.
            (Err(Stopped::Listener(_)), None) => Err(Failure::Told),
            (mended, counts) => {
                let repairs = mended?;
                self.hold(input, &counts.ok_or(Failure::Told)?, &repairs)?;
                Ok(repairs)
            }
        }
    }

    /// Holds the result to what is claimed of it.
    fn hold(&self, input: &Input<'_>, counts: &[Count], repairs: &Repairs) -> Result<(), Failure> {
        let chosen = |rule: &str| self.choice.names(rule);
        if !repairs.untouched {
            claims::all_gone(&input.name, counts, chosen)?;
            claims::nothing_new(&input.name, counts, repairs)?;
        }
        Ok(())
    }
}

/// Says on standard error what was mended, or could be.
pub(super) fn tell(name: &str, repairs: &Repairs, goal: Goal<'_>, safety: Safety) {
    let name = Printable::new(name);
    if repairs.untouched {
        output::note(&format!(
            "{name}: nothing was mended, because it is not UTF-8 text; export it as CSV in UTF-8 (and let the mapping say so), then mend it"
        ));
        return;
    }
    if repairs.total() == 0 {
        let more = safety == Safety::Safe && !repairs.before.is_empty();
        let more = if more { " safely; with --unsafe it shows repairs that need a person's eye, too" } else { "" };
        output::note(&format!("{name}: nothing to mend{more}"));
        return;
    }
    let counts: Vec<_> = repairs.counts.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    let (total, noun) = (repairs.total(), if repairs.total() == 1 { "repair" } else { "repairs" });
    let done = if matches!(goal, Goal::Diff) { "to be made with --write" } else { "made" };
    output::note(&format!("{name}: {total} {noun} {done} ({})", counts.join(", ")));
    if repairs.decoded && matches!(goal, Goal::Diff) {
        output::note(&format!(
            "{name}: the file is not UTF-8, so the diff shows its text and cannot be applied to it; --write rewrites it as UTF-8"
        ));
    }
}
