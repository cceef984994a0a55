//! `hrlint schedule`: a daily upload for the machine's own scheduler.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{NaiveTime, Timelike as _};
use clap::{Args, ValueEnum};

use super::receipt::Unwritable;
use super::{CLEAN, output};
use crate::finding::Printable;
use crate::upload::schedule::{Job, Part, Scheduler, Unfit, schedule};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Whom it is for
    #[arg(long = "for", value_enum, value_name = "SCHEDULER")]
    scheduler: Kind,

    /// The mapping, as the scheduled job finds it
    #[arg(value_name = "MAPPING")]
    mapping: PathBuf,

    /// The file to send, as the scheduled job finds it
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Time of day (UTC on GitHub and Azure, local time elsewhere)
    #[arg(long, value_name = "HH:MM", default_value = "06:30", value_parser = time)]
    at: NaiveTime,

    /// File that holds the secret there [default: where the scheduler's files usually are]
    #[arg(long, value_name = "FILE")]
    secret_file: Option<PathBuf>,

    /// The program there
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,

    /// Folder to write the files to [default: print them]
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Windows Task Scheduler: XML for schtasks /create /xml
    TaskScheduler,
    /// A service and a timer
    Systemd,
    /// A line for crontab
    Cron,
    /// A workflow for GitHub Actions
    Github,
    /// A pipeline for Azure Pipelines
    Azure,
}

/// Something cannot stand in a schedule.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{text} cannot be scheduled: {reason}")]
#[diagnostic(
    code(hrlint::schedule_unfit),
    help("Give the path as the machine that runs the schedule knows it, such as {example}.")
)]
struct Unscheduled {
    text: Printable,
    reason: Unfit,
    example: &'static str,
}

fn time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| "expected a time of day such as 06:30".to_owned())
}

impl Arguments {
    pub(super) fn run(self) -> miette::Result<u8> {
        let (scheduler, example, program) = match self.scheduler {
            Kind::TaskScheduler => {
                (Scheduler::TaskScheduler, "C:\\HR\\leavers.csv", "C:\\Program Files\\hrlint\\hrlint.exe")
            }
            Kind::Systemd => (Scheduler::Systemd, "/srv/hr/leavers.csv", "/usr/local/bin/hrlint"),
            Kind::Cron => (Scheduler::Cron, "/srv/hr/leavers.csv", "/usr/local/bin/hrlint"),
            Kind::Github => (Scheduler::Github, "export/leavers.csv", "hrlint"),
            Kind::Azure => (Scheduler::Azure, "export/leavers.csv", "hrlint"),
        };
        let here = match self.scheduler {
            Kind::TaskScheduler => cfg!(windows),
            Kind::Systemd | Kind::Cron => !cfg!(windows),
            Kind::Github | Kind::Azure => false,
        };
        // For this machine paths are made full; for another one they are as typed.
        let text = |path: &Path| {
            let full = std::path::absolute(path).ok().filter(|_| here);
            full.as_deref().unwrap_or(path).to_string_lossy().into_owned()
        };
        let own = std::env::current_exe().ok().filter(|_| here).map(|path| path.to_string_lossy().into_owned());
        let job = Job {
            program: self
                .program
                .as_ref()
                .map(|path| path.to_string_lossy().into_owned())
                .or(own)
                .unwrap_or_else(|| program.to_owned()),
            mapping: text(&self.mapping),
            file: text(&self.file),
            secret_file: self.secret_file.as_deref().map(text),
            at: (self.at.hour(), self.at.minute()),
        };
        let unfit = |(text, reason): (String, Unfit)| Unscheduled { text: Printable::new(&text), reason, example };
        let schedule = schedule(scheduler, &job).map_err(unfit)?;
        for (number, step) in schedule.steps.iter().enumerate() {
            output::note(&format!("step {}: {}", number + 1, Printable::new(step)));
        }
        for path in [Some(&self.mapping), Some(&self.file), self.program.as_ref()].into_iter().flatten() {
            if here && path.try_exists().is_ok_and(|there| !there) {
                let name = Printable::of_path(path);
                output::note(&format!("{name} is not there on this machine: the job fails until it is"));
            }
        }
        match &self.output {
            None => output::print(&printed(&schedule.parts)),
            Some(folder) => {
                for part in &schedule.parts {
                    write(folder, part)?;
                }
                Ok(CLEAN)
            }
        }
    }
}

/// The files one after the other; more than one are told apart by a comment, which each scheduler of several files allows.
fn printed(parts: &[Part]) -> String {
    match parts {
        [part] => part.text.clone(),
        parts => {
            let files: Vec<String> = parts.iter().map(|part| format!("# {}\n{}", part.name, part.text)).collect();
            files.join("\n")
        }
    }
}

/// Writes a new file; what is there already stays.
fn write(folder: &Path, part: &Part) -> Result<(), Unwritable> {
    let path = folder.join(part.name);
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| file.write_all(&part.bytes()));
    written.map_err(|reason| Unwritable { file: Printable::of_path(&path), reason })
}
