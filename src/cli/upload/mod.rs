//! `hrlint upload`: checks, and sends what passed.
//!
//! The order is the point: ids and addresses are judged before anything is read, the check comes before the ledger, the
//! question before the secret, and no connection of any kind is made for a file that did not pass.

mod credential;
mod doctor;
mod listening;
mod options;
mod plan;
mod secrets;
mod summary;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use self::listening::Bar;
use self::plan::{Bound, Planned, Plans};
use super::check::{Judged, code_for_sending};
use super::clearance;
use super::ledger::read_sound;
use super::options::When;
use super::output;
use super::platform::on_ci;
use super::{CLEAN, REFUSED, UNABLE, UNKNOWN};
use crate::check::{Checked, Passed};
use crate::plan::Plan;
use crate::upload::ledger::{Ledger, LedgerError, default_path};
use crate::upload::past;
use crate::upload::wire::{Client, Proxies};
use crate::upload::{Sender, Sent, Stopped, Tokens};

pub(super) use doctor::Doctor;
pub(super) use options::Arguments;

/// How long another run's ledger is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why nothing is sent, though all is well with the files.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum NotSent {
    #[error("nobody is there to ask whether this may be sent")]
    #[diagnostic(
        code(hrlint::unconfirmed),
        help("Add --yes where nobody looks, as in a scheduled task; --dry-run shows what would be sent.")
    )]
    Unasked,
    #[error("cannot ask: {0}")]
    #[diagnostic(code(hrlint::unconfirmed), help("Add --yes to send without a question."))]
    Unanswered(String),
    #[error("cannot read the certificates to trust in {file}: {reason}")]
    #[diagnostic(code(hrlint::bad_ca_file), help("Check the path given with --ca-file."))]
    CaFile { file: crate::finding::Printable, reason: io::Error },
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        secrets::guard();
        let (targets, judged) = self.check.judge(true, |plans| self.targets(plans))?;
        let Judged::Checked(checked, places) = judged else { return Ok(UNABLE) };
        match code_for_sending(&checked) {
            CLEAN => self.send_what_passed(*checked, &targets, &places),
            other => {
                output::note("nothing was sent");
                Ok(other)
            }
        }
    }

    fn send_what_passed(&self, checked: Checked, targets: &[Bound], places: &[usize]) -> miette::Result<u8> {
        let passed = checked.into_passed().expect("a clean check that kept evidence passes");
        let path = self.ledger()?;
        let mut plans = match self.plans(&passed, targets, places, &path) {
            Ok(plans) => plans,
            Err(error) => return Ok(complain(error, REFUSED)),
        };
        if let Some(receipt) = &self.check.receipt {
            let files = plans.0.iter().map(|planned| (planned.passed, &planned.chunks, planned.by()));
            if let Err(error) = clearance::demand(receipt, self.receipt_age, files) {
                return Ok(complain(error, REFUSED));
            }
        }
        if self.dry_run {
            self.say(&plans.shown(&path, &Self::proxies()?));
            return Ok(plans.code());
        }
        if plans.refusal().is_some() {
            // Another run may be in the midst of it: what counts is what it leaves.
            match Ledger::open(&path, PATIENCE) {
                Ok(ledger) => plans.decide_anew(ledger.uploads(), self.wishes()),
                Err(error @ LedgerError::Locked { .. }) => return Ok(complain(error, REFUSED)),
                // A ledger that can only be read refuses as well.
                Err(_) => {}
            }
        }
        if let Some((file, refusal)) = plans.refusal() {
            return Ok(complain(plan::Refused::new(file, refusal), plan::code_of(refusal)));
        }
        if !self.yes && !self.confirmed(&plans)? {
            output::note("nothing was sent");
            return Ok(CLEAN);
        }
        self.send(&passed, &plans, &path)
    }

    fn ledger(&self) -> Result<PathBuf, LedgerError> {
        self.check.ledger.clone().map_or_else(default_path, Ok)
    }

    /// Where the files of each plan go; the plans are told what went there before.
    fn targets(&self, plans: &mut [Plan]) -> miette::Result<Vec<Bound>> {
        let bound = |plan: &Plan| Ok(Bound { target: self.target(&plan.mapping.connector)?, by: clearance::by(plan) });
        let targets: Vec<Bound> = plans.iter().map(bound).collect::<miette::Result<_>>()?;
        let reading = read_sound(&self.ledger()?)?;
        for (plan, bound) in plans.iter_mut().zip(&targets) {
            plan.past = Some(past::of_key(&reading.uploads, &plan::connector_key(&bound.target)));
        }
        Ok(targets)
    }

    fn say(&self, text: &str) {
        if self.check.talks_to_people() {
            // Whoever reads the report has closed it: what happens is in the ledger.
            drop(output::print(text));
        } else {
            output::say(text);
        }
    }

    fn plans<'p>(
        &self,
        passed: &'p [Passed],
        targets: &'p [Bound],
        places: &[usize],
        path: &Path,
    ) -> Result<Plans<'p>, Stopped> {
        let reading = crate::upload::ledger::Reading::read(path)?;
        let mut planned = Vec::new();
        for (passed, place) in passed.iter().zip(places) {
            planned.push(Planned::new(passed, &targets[*place], self.cut(), self.wishes(), &reading)?);
        }
        Ok(Plans(planned))
    }

    fn confirmed(&self, plans: &Plans<'_>) -> miette::Result<bool> {
        let reads_input = self.check.paths.iter().any(|path| path.as_os_str() == "-");
        if !io::stderr().is_terminal() || on_ci() || (reads_input && cfg!(windows)) {
            return Err(NotSent::Unasked.into());
        }
        output::say(&plans.in_short());
        let confirm = dialoguer::Confirm::new().with_prompt("Send it?").default(false);
        let answer = confirm.interact_on_opt(&dialoguer::console::Term::stderr());
        answer.map(|answer| answer == Some(true)).map_err(|error| NotSent::Unanswered(error.to_string()).into())
    }

    fn proxies() -> miette::Result<Proxies> {
        Ok(Proxies::of_environment()?)
    }

    fn client(&self) -> miette::Result<Client> {
        let extra = self.ca_file.as_ref().map(|path| {
            crate::source::read_at_most(path, 16).map_err(|reason| {
                let file = crate::finding::Printable::of_path(path);
                NotSent::CaFile { file, reason }
            })
        });
        Ok(Client::new(extra.transpose()?.as_deref(), Self::proxies()?, self.times())?)
    }

    fn send(&self, passed: &[Passed], plans: &Plans<'_>, path: &Path) -> miette::Result<u8> {
        let client = self.client()?;
        let mut ledger = match Ledger::open(path, PATIENCE) {
            Ok(ledger) => ledger,
            Err(error) => return Ok(complain(error, REFUSED)),
        };
        if ledger.dropped() > 0 {
            output::note("the ledger's last record was torn by a crash, and was dropped");
        }
        let credential = self.credential()?;
        let show = When::applies(self.check.progress, io::stderr().is_terminal() && !on_ci()) && !self.check.quiet;
        let mut sent_by_file: Vec<(&Planned<'_>, Sent)> = Vec::new();
        let mut codes = BTreeSet::new();
        let mut sender: Option<Sender<'_>> = None;
        for (passed, planned) in passed.iter().zip(&plans.0) {
            // What was decided before the lock was held may be out of date.
            let again = planned.decide(&ledger.lookup(&planned.key), self.wishes());
            let (steps, upload) = match planned.begin(&mut ledger, again) {
                Ok(begun) => begun,
                Err(plan::NotBegun::Ledger(error)) => return Ok(complain(error, REFUSED)),
                Err(plan::NotBegun::Refused(refusal)) => {
                    return Ok(complain(plan::Refused::new(passed.name(), &refusal), plan::code_of(&refusal)));
                }
            };
            // Files of one connector share a token.
            let target = planned.target;
            let sender = match sender.take().filter(|sender| sender.target == target) {
                Some(same) => sender.insert(same),
                None => {
                    let tokens = Tokens::new(&client, target, &credential, self.dialect(), self.pace());
                    sender.insert(Sender { client: &client, target, tokens, pace: self.pace() })
                }
            };
            let bar = Bar::new(show, self.check.quiet, self.check.verbose, planned);
            let sent = sender.send(passed, &planned.chunks, &steps, upload, &bar);
            bar.finish();
            match sent {
                Ok(sent) => {
                    codes.insert(if sent.partly > 0 { UNKNOWN } else { CLEAN });
                    sent_by_file.push((planned, sent));
                }
                Err(error) => {
                    if !sent_by_file.is_empty() || bar.accepted_rows() > 0 {
                        self.say(&summary::so_far(&sent_by_file, planned, bar.accepted_rows()));
                    }
                    let code = if error.is_unknown() { UNKNOWN } else { REFUSED };
                    return Ok(complain(error, code));
                }
            }
        }
        self.say(&summary::all(&sent_by_file, self.check.verbose));
        Ok(codes.last().copied().unwrap_or(CLEAN))
    }
}

/// Says on standard error why an upload stopped, and returns the exit code.
fn complain(error: impl miette::Diagnostic + Send + Sync + 'static, code: u8) -> u8 {
    output::complain(error);
    code
}
