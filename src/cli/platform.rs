//! The build server that runs us, if one does, and what `--format auto` is there.

use crate::report::Format;

/// A build server with a report format of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Platform {
    Github,
    Azure,
    Gitlab,
}

/// Where GitLab's documentation has code quality reports.
const GITLAB_REPORT: &str = "gl-code-quality-report.json";

/// Whether a build server runs us: then nobody looks at a terminal, whatever it pretends.
pub(super) fn on_ci() -> bool {
    ["CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI"].iter().any(|name| is_set(name))
}

/// The formats of `--format auto` on standard output.
pub(super) fn formats() -> Vec<Format> {
    match platform() {
        // A log keeps file and line of every finding; the server's own list only the gravest.
        Some(Platform::Github) => vec![Format::Concise, Format::Github],
        Some(Platform::Azure) => vec![Format::Concise, Format::Azure],
        // GitLab reads a file.
        Some(Platform::Gitlab) => vec![Format::Concise],
        None => vec![Format::Pretty],
    }
}

/// The format of `--format auto` that goes into a file, and the file.
pub(super) fn file() -> Option<(Format, &'static str)> {
    (platform() == Some(Platform::Gitlab)).then_some((Format::Gitlab, GITLAB_REPORT))
}

fn platform() -> Option<Platform> {
    let platforms =
        [("GITHUB_ACTIONS", Platform::Github), ("TF_BUILD", Platform::Azure), ("GITLAB_CI", Platform::Gitlab)];
    platforms.into_iter().find(|(name, _)| is_set(name)).map(|(_, platform)| platform)
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty() && !value.eq_ignore_ascii_case("false"))
}
