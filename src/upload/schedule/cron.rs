//! A line for `crontab -e`.

use super::quoting::shell;
use super::{Job, Part, Schedule};

/// Where the secret is kept unless somebody says otherwise.
const SECRET: &str = "/etc/hrlint/app-secret";

pub(super) fn schedule(job: &Job) -> Schedule {
    let secret = job.secret_file.as_deref().unwrap_or(SECRET);
    let words = [
        shell(&job.program),
        "upload --yes --progress never --mapping".to_owned(),
        shell(&job.mapping),
        "--secret-file".to_owned(),
        shell(secret),
        shell(&job.file),
    ];
    // A percent sign ends the command in a crontab.
    let command = words.join(" ").replace('%', "\\%");
    let (hour, minute) = job.at;
    let text = format!(
        "# hrlint: send HR data every day. Exit code 4 (outcome unknown) needs a person.\n{minute} {hour} * * * {command}\n"
    );
    Schedule {
        parts: vec![Part { name: "hrlint.crontab", text }],
        steps: vec![
            format!("Put the secret alone into {secret}, readable by the account of the crontab only: chmod 600."),
            "Add the line with crontab -e, and set MAILTO so that somebody reads what it prints.".to_owned(),
        ],
    }
}
