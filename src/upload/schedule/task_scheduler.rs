//! A task for Windows Task Scheduler: XML in the order that its schema asks for.

use super::quoting::{windows, xml};
use super::{Job, Part, Schedule};

const SECRET: &str = "C:\\ProgramData\\hrlint\\app-secret";

pub(super) fn schedule(job: &Job) -> Schedule {
    let secret = job.secret_file.as_deref().unwrap_or(SECRET);
    let words = [
        "upload --yes --progress never --mapping".to_owned(),
        windows(&job.mapping),
        "--secret-file".to_owned(),
        windows(secret),
        windows(&job.file),
    ];
    let (hour, minute) = job.at;
    let (command, arguments) = (xml(&job.program), xml(&words.join(" ")));
    let text = format!(
        r#"<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Sends HR data to Microsoft 365 every day (hrlint)</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{hour:02}:{minute:02}:00</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>Password</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT6H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"#
    );
    Schedule {
        parts: vec![Part { name: "hrlint-upload.xml", text }],
        steps: vec![
            format!(
                "Put the secret alone into {secret}, and let only the task's account read it: icacls \"{secret}\" /inheritance:r /grant:r ACCOUNT:R."
            ),
            "Make the task: schtasks /create /tn \"hrlint upload\" /xml hrlint-upload.xml /ru ACCOUNT /rp *."
                .to_owned(),
            "Look at the task's last result: 4 means that a person must decide whether a chunk arrived.".to_owned(),
        ],
    }
}
