//! A service and a timer for systemd 250 or newer.

use super::quoting::systemd;
use super::{Job, Part, Schedule};

const SECRET: &str = "/etc/hrlint/app-secret";

/// What the credential is called while the service runs.
const CREDENTIAL: &str = "hrlint-app-secret";

pub(super) fn schedule(job: &Job) -> Schedule {
    let secret = job.secret_file.as_deref().unwrap_or(SECRET);
    let (hour, minute) = job.at;
    let program = if job.program.starts_with('/') { systemd(&job.program) } else { job.program.clone() };
    let (mapping, file) = (systemd(&job.mapping), systemd(&job.file));
    let loaded = secret.replace('%', "%%");
    let service = format!(
        "[Unit]\n\
         Description=Send HR data to Microsoft 365 (hrlint)\n\
         Wants=network-online.target\n\
         After=network-online.target\n\
         \n\
         [Service]\n\
         Type=oneshot\n\
         # An account that may read the mapping and the file, and nothing else.\n\
         User=hrlint\n\
         LoadCredential={CREDENTIAL}:{loaded}\n\
         StateDirectory=hrlint\n\
         StateDirectoryMode=0700\n\
         Environment=HRLINT_LEDGER=%S/hrlint/ledger.jsonl\n\
         ExecStart={program} upload --yes --progress never --mapping {mapping} --secret-file %d/{CREDENTIAL} {file}\n\
         NoNewPrivileges=yes\n\
         ProtectSystem=strict\n\
         ProtectHome=read-only\n\
         PrivateTmp=yes\n\
         PrivateDevices=yes\n\
         LimitCORE=0\n"
    );
    let timer = format!(
        "[Unit]\n\
         Description=Send HR data to Microsoft 365 every day (hrlint)\n\
         \n\
         [Timer]\n\
         OnCalendar=*-*-* {hour:02}:{minute:02}:00\n\
         RandomizedDelaySec=10min\n\
         Persistent=yes\n\
         \n\
         [Install]\n\
         WantedBy=timers.target\n"
    );
    Schedule {
        parts: vec![Part { name: "hrlint-upload.service", text: service }, Part { name: "hrlint-upload.timer", text: timer }],
        steps: vec![
            format!("Put the secret alone into {secret}, readable by root only: chmod 600. systemd hands it to the service."),
            "Make the account: useradd --system hrlint, and let it read the mapping and the file.".to_owned(),
            "Put both files into /etc/systemd/system, then: systemctl daemon-reload && systemctl enable --now hrlint-upload.timer.".to_owned(),
        ],
    }
}
