//! Jobs for GitHub Actions and Azure Pipelines.
//!
//! Both run on a machine of one's own: HR data should not go through others' machines, and the ledger, which knows what was sent, must
//! still be there the next day.

use super::quoting::yaml;
use super::{Job, Part, Schedule};

/// Files are given by environment, so that no shell takes their names apart.
const COMMAND: &str = r#""$HRLINT_PROGRAM" upload --yes --progress never "$HR_FILE""#;

pub(super) fn github(job: &Job) -> Schedule {
    let (hour, minute) = job.at;
    let (program, mapping, file) = (yaml(&job.program), yaml(&job.mapping), yaml(&job.file));
    let text = format!(
        r#"name: Send HR data
on:
  schedule:
    - cron: "{minute} {hour} * * *" # UTC
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: hrlint-upload
  cancel-in-progress: false
jobs:
  upload:
    # A runner of your own: the ledger in its home folder knows what was sent.
    runs-on: self-hosted
    timeout-minutes: 360
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - name: Check and send
        shell: bash
        env:
          HRLINT_PROGRAM: {program}
          HRLINT_MAPPING: {mapping}
          HR_FILE: {file}
          HRLINT_APP_SECRET: ${{{{ secrets.HRLINT_APP_SECRET }}}}
        run: |
          {COMMAND}
"#
    );
    Schedule {
        parts: vec![Part { name: "hrlint-upload.yml", text }],
        steps: vec![
            "Put the file into .github/workflows of a private repository that holds the mapping.".to_owned(),
            "Put the secret into the repository's settings under Secrets, as HRLINT_APP_SECRET.".to_owned(),
        ],
    }
}

pub(super) fn azure(job: &Job) -> Schedule {
    let (hour, minute) = job.at;
    let (program, mapping, file) = (yaml(&job.program), yaml(&job.mapping), yaml(&job.file));
    let text = format!(
        r#"trigger: none
pr: none
schedules:
  - cron: "{minute} {hour} * * *" # UTC
    displayName: Send HR data every day
    branches:
      include:
        - main
    always: true
# Agents of your own: the ledger in their home folder knows what was sent.
pool: Default
jobs:
  - job: upload
    displayName: Check and send
    timeoutInMinutes: 360
    steps:
      - checkout: self
      - bash: |
          {COMMAND}
        displayName: Check and send
        env:
          HRLINT_PROGRAM: {program}
          HRLINT_MAPPING: {mapping}
          HR_FILE: {file}
          HRLINT_APP_SECRET: $(HRLINT_APP_SECRET)
"#
    );
    Schedule {
        parts: vec![Part { name: "hrlint-upload.yml", text }],
        steps: vec![
            "Put the file into the repository that holds the mapping, and make a pipeline of it with one agent."
                .to_owned(),
            "Add the variable HRLINT_APP_SECRET to the pipeline, and keep its value secret there.".to_owned(),
        ],
    }
}
