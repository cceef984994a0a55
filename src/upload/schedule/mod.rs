//! Schedules that send a file every day, ready to be handed to the machine's own scheduler.
//!
//! What is written here never holds the secret: it names the place where the scheduler finds it.

mod ci;
mod cron;
mod quoting;
mod systemd;
mod task_scheduler;

/// What is sent when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The program, as the other machine finds it.
    pub program: String,
    /// The mapping's path there.
    pub mapping: String,
    /// The file's path there.
    pub file: String,
    /// Where the secret is kept there; `None`: in the place that the scheduler has for it.
    pub secret_file: Option<String>,
    /// Hour and minute.
    pub at: (u32, u32),
}

/// Whom a schedule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheduler {
    /// Windows Task Scheduler.
    TaskScheduler,
    /// systemd.
    Systemd,
    /// cron.
    Cron,
    /// GitHub Actions.
    Github,
    /// Azure Pipelines.
    Azure,
}

/// A file to hand to the scheduler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub text: String,
}

/// What an XML text begins with, and what it begins with in a file.
const DECLARATION: [&str; 2] = [r#"<?xml version="1.0"?>"#, r#"<?xml version="1.0" encoding="UTF-16"?>"#];

impl Part {
    /// As a file: XML in UTF-16, the form in which `schtasks` takes letters of every language, everything else in UTF-8.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        match self.text.strip_prefix(DECLARATION[0]) {
            None => self.text.clone().into_bytes(),
            Some(rest) => {
                let text = format!("\u{feff}{}{rest}", DECLARATION[1]);
                text.encode_utf16().flat_map(u16::to_le_bytes).collect()
            }
        }
    }
}

/// A schedule, and what is left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The files.
    pub parts: Vec<Part>,
    /// What the user does with them, and where the secret goes.
    pub steps: Vec<String>,
}

/// Why a path cannot stand in a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It holds a line break or another control character.
    #[error("it holds a control character")]
    Control,
    /// It holds what this scheduler takes for an expression of its own.
    #[error("it holds {0}, which that scheduler would replace")]
    Expression(&'static str),
    /// It is not a full path, and a scheduler starts in another folder.
    #[error("it is not a full path, and the scheduler starts in another folder")]
    Relative,
}

/// The schedule of a job.
///
/// # Errors
///
/// The text that cannot stand in it, and why.
pub fn schedule(scheduler: Scheduler, job: &Job) -> Result<Schedule, (String, Unfit)> {
    let texts = [Some(&job.program), Some(&job.mapping), Some(&job.file), job.secret_file.as_ref()];
    for (place, text) in texts.into_iter().enumerate().filter_map(|(place, text)| Some((place, text?))) {
        // The program may be found by its name.
        fits(scheduler, text, place > 0).map_err(|unfit| (text.clone(), unfit))?;
    }
    Ok(match scheduler {
        Scheduler::TaskScheduler => task_scheduler::schedule(job),
        Scheduler::Systemd => systemd::schedule(job),
        Scheduler::Cron => cron::schedule(job),
        Scheduler::Github => ci::github(job),
        Scheduler::Azure => ci::azure(job),
    })
}

fn fits(scheduler: Scheduler, text: &str, full: bool) -> Result<(), Unfit> {
    if text.chars().any(char::is_control) {
        return Err(Unfit::Control);
    }
    let expressions: &[&'static str] = match scheduler {
        Scheduler::Github => &["${{"],
        Scheduler::Azure => &["$(", "${{", "$["],
        Scheduler::TaskScheduler | Scheduler::Systemd | Scheduler::Cron => &[],
    };
    if let Some(found) = expressions.iter().find(|expression| text.contains(**expression)) {
        return Err(Unfit::Expression(found));
    }
    let is_full = match scheduler {
        Scheduler::TaskScheduler => text.starts_with("\\\\") || text.get(1..3) == Some(":\\"),
        Scheduler::Systemd | Scheduler::Cron => text.starts_with('/'),
        // Jobs of these begin in the repository's folder.
        Scheduler::Github | Scheduler::Azure => true,
    };
    if is_full || !full { Ok(()) } else { Err(Unfit::Relative) }
}
