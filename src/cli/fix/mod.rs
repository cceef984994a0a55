//! `hrlint fix`: what can be mended, shown as a diff, or mended.

mod one;
mod terminal;

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use clap::Args;
use encoding_rs::Encoding;

use super::identity::{Identity, Read};
use super::options::{self, When};
use super::output;
use super::platform::on_ci;
use super::{CLEAN, FOUND, UNABLE, check};
use crate::check::{Choice, Input, Options, Session};
use crate::finding::{Printable, Safety};
use crate::fix::unkept;
use crate::rules::date::{Assumed, DateOrder, Zone};
use one::{Fixer, Goal};

#[derive(Args, Debug)]
#[group(skip)]
#[command(
    after_help = "Without --write or --output nothing is changed: a diff is printed, which `git apply` and `patch -p1` \
    take. A diff holds people's data in clear, so on a build server it is printed with --show-values always only. Findings \
    that no repair takes away are reported to standard error.\n\n--write puts a new file in the place of the old one, whole or \
    not at all. If the program is interrupted meanwhile, nothing of the new file is left. If it is killed by force, that holds on most \
    disks of Linux; elsewhere a file called .hrlint-*.tmp may be left, and the next run in that folder removes it.\n\nExit codes: 0 nothing is left to mend or to find, 1 \
    something is, 2 could not mend."
)]
pub(super) struct Arguments {
    #[command(flatten)]
    check: check::Arguments,

    /// Mend the files themselves
    #[arg(long, conflicts_with = "output")]
    write: bool,

    /// Write the mended file to FILE, or to standard output (-)
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Make repairs, too, that need a person's eye
    #[arg(long = "unsafe")]
    unsafe_too: bool,

    /// Ask about every repair that needs a person's eye, on a terminal
    #[arg(short, long, conflicts_with = "unsafe_too")]
    interactive: bool,

    /// Make the repairs of this rule only; may be repeated
    #[arg(long, value_name = "RULE", value_parser = options::rule_name)]
    only: Vec<&'static str>,

    /// Code page of the cells that are not UTF-8, such as windows-1252
    #[arg(long, value_name = "NAME", value_parser = options::encoding)]
    encoding: Option<&'static Encoding>,

    /// Offset of times that have none: +01:00, Z, or a time zone such as Europe/Berlin with its rules
    #[arg(long, value_name = "OFFSET", allow_hyphen_values = true)]
    assume_offset: Option<Zone>,

    /// What comes first in dates such as 03/04/2026: dmy, mdy or ymd
    #[arg(long, value_name = "ORDER", value_parser = options::date_order)]
    date_order: Option<DateOrder>,

    /// Character that the cells are separated by, where it is not found
    #[arg(long, value_name = "CHARACTER", value_parser = options::delimiter)]
    delimiter: Option<u8>,
}

/// The exit code of a program that was interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

/// Bytes of a block at most, also where the result is checked: by then memory holds what is left of the mending, too, so less may
/// wait for its turn.
const BLOCK: u64 = 128 * 1024;

/// What `hrlint fix` refuses.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum Refused {
    #[error("a diff shows people's data in clear, and build servers keep what is printed")]
    #[diagnostic(
        code(hrlint::diff_on_ci),
        help("Mend with --write, or say --show-values always if everybody who reads the log may see the rows.")
    )]
    OnCi,
    #[error("a diff cannot be shown without the values in it")]
    #[diagnostic(code(hrlint::diff_masked), help("Mend with --write or --output, or leave --show-values never away."))]
    Masked,
    #[error("several files cannot go into one")]
    #[diagnostic(code(hrlint::several_outputs), help("Mend them with --write, or one by one with --output."))]
    Several,
    #[error("standard input cannot be mended in place")]
    #[diagnostic(code(hrlint::input_in_place), help("Use --output FILE or --output - instead of --write."))]
    InPlace,
    #[error("nobody can be asked: this is no terminal")]
    #[diagnostic(
        code(hrlint::nobody_to_ask),
        help("Run --interactive on a terminal, or choose repairs with --only and --unsafe.")
    )]
    NoTerminal,
    #[error("standard input cannot be mended interactively")]
    #[diagnostic(code(hrlint::input_interactive), help("Answers are read from there; name a file."))]
    InputAsked,
    #[error("{file} is {what}")]
    #[diagnostic(code(hrlint::output_overwrites), help("Choose another name, or mend the file itself with --write."))]
    Over { file: Printable, what: &'static str },
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        let (found, mut plans) = self.check.prepared()?;
        for plan in &mut plans {
            plan.settings.assumed = Assumed { offset: self.assume_offset, order: self.date_order };
        }
        let read = Read::of(&found, &plans);
        self.refuse(&read, found.len(), found.iter().any(|found| found.path.is_none()))?;
        let wanted = self.check.wanted();
        let mut sink = output::sinks(&wanted, self.check.looks(true), &read)?;
        let choice = self.choice();
        // What a person leaves is left on purpose.
        let fixable = if self.interactive { Safety::Safe } else { choice.safety };
        let options = self.check.options(&wanted);
        let block_size = options.block_size.min(BLOCK);
        let options = Options { fixable: Some(fixable), block_size, ..options };
        let pools = [self.check.pool()?, self.check.pool()?];
        let standard = io::stdout().is_terminal();
        let looks = self.check.looks(false).options(standard);
        let fixer =
            Fixer { choice: &choice, options: &options, pools: &pools, looks, terminal: standard, goal: self.goal() };
        if matches!(self.goal(), Goal::InPlace | Goal::File(_)) {
            leave_nothing_when_interrupted();
        }
        let mut session = Session::new(&options, &mut sink);
        for found in &found {
            session.expect(&plans[found.mapping]);
        }
        let (mut repairs, mut failed) = (0, false);
        for found in &found {
            let input = Input { name: found.name.clone(), path: found.path.clone(), plan: &plans[found.mapping] };
            let asked = fixer.asked(&input, self.interactive, &mut terminal::Terminal);
            match asked.and_then(|choice| Fixer { choice: &choice, ..fixer }.fix(&input, &mut session)) {
                Ok(made) => {
                    repairs += made.total();
                    if !self.check.quiet {
                        one::tell(&found.name, &made, self.goal(), choice.safety);
                    }
                }
                Err(one::Failure::Quiet) => return Ok(UNABLE),
                Err(one::Failure::Told) => failed = true,
                Err(one::Failure::Error(report)) => {
                    failed = true;
                    output::complain_report(&report);
                }
            }
        }
        let checked = session.finish().map_err(check::Unwritable)?;
        failed |= !checked.errors.is_empty();
        checked.errors.into_iter().for_each(output::complain);
        let left = checked.summary.failed() || (repairs > 0 && matches!(self.goal(), Goal::Diff));
        Ok(if failed {
            UNABLE
        } else if left {
            FOUND
        } else {
            CLEAN
        })
    }

    fn goal(&self) -> Goal<'_> {
        match self.output.as_deref() {
            Some(path) if path.as_os_str() == "-" => Goal::Standard,
            Some(path) => Goal::File(path),
            None if self.write => Goal::InPlace,
            None => Goal::Diff,
        }
    }

    fn choice(&self) -> Choice {
        Choice {
            safety: if self.unsafe_too || self.interactive { Safety::Unsafe } else { Safety::Safe },
            only: self.only.clone(),
            encoding: self.encoding,
            delimiter: self.delimiter,
            decisions: None,
            wants_old: matches!(self.goal(), Goal::Diff),
        }
    }

    fn refuse(&self, read: &Read, files: usize, stream: bool) -> Result<(), Refused> {
        if self.interactive && !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Err(Refused::NoTerminal);
        }
        match self.goal() {
            _ if self.interactive && stream => Err(Refused::InputAsked),
            Goal::Diff if self.check.show_values == When::Never => Err(Refused::Masked),
            Goal::Diff if on_ci() && self.check.show_values != When::Always => Err(Refused::OnCi),
            Goal::InPlace if stream => Err(Refused::InPlace),
            Goal::File(_) | Goal::Standard if files > 1 => Err(Refused::Several),
            Goal::File(path) => match read.contains(&Identity::of(path)) {
                Some(what) => Err(Refused::Over { file: Printable::of_path(path), what }),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

/// Removes new files that are not in their place yet when somebody interrupts the program, closes its window or shuts the machine down.
fn leave_nothing_when_interrupted() {
    // Where no such news can be had, the next run in that folder removes what was left.
    let _ = ctrlc::set_handler(|| {
        let _held = unkept::abandon();
        #[expect(clippy::exit, reason = "whoever interrupts a program wants it to end, wherever it is")]
        std::process::exit(INTERRUPTED)
    });
}
