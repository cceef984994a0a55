//! What is staged in git, and where its hooks are: asked of the `git` program, which knows about worktrees, partial commits and
//! configuration. What is staged is read through a pipe and never written anywhere.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::finding::Printable;

/// A file in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Staged {
    /// Its path from the top of the repository.
    pub(super) path: PathBuf,
    /// The name of its content in git.
    pub(super) object: String,
}

/// Why git could not be asked.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum GitError {
    #[error("git cannot be run: {0}")]
    #[diagnostic(code(hrlint::no_git), help("Install git, or make sure that PATH leads to it."))]
    Missing(io::Error),
    #[error("git refused: {0}")]
    #[diagnostic(
        code(hrlint::git_refused),
        help("Run this inside a git repository, with paths that are staged there.")
    )]
    Refused(Printable),
}

/// A working tree.
pub(super) struct Git {
    /// Its top folder.
    pub(super) top: PathBuf,
}

impl Git {
    /// The working tree that the current folder is in.
    pub(super) fn here() -> Result<Self, GitError> {
        let top = ask(["rev-parse", "--show-toplevel"])?;
        Ok(Self { top: path(line(&top)) })
    }

    /// The folder that git takes hooks from: as configured, and the same for all worktrees.
    pub(super) fn hooks() -> Result<PathBuf, GitError> {
        Ok(path(line(&ask(["rev-parse", "--git-path", "hooks"])?)))
    }

    /// Files that were added or changed since the last commit and match one of the patterns, whatever their case.
    pub(super) fn changed(patterns: &[String]) -> Result<Vec<Staged>, GitError> {
        let mut arguments: Vec<OsString> =
            ["diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-color", "--no-ext-diff"]
                .map(OsString::from)
                .into();
        arguments.extend(["--ignore-submodules=all", "--diff-filter=ACMT", "--"].map(OsString::from));
        arguments.extend(patterns.iter().map(|pattern| OsString::from(format!(":(top,icase){pattern}"))));
        let listed = ask(arguments)?;
        // `:<old mode> <new mode> <old object> <new object> <status>`, NUL, the path, NUL.
        let mut parts = listed.split(|byte| *byte == 0);
        let mut staged = Vec::new();
        while let (Some(about), Some(name)) = (parts.next(), parts.next()) {
            let mut about = about.split(|byte| *byte == b' ').skip(1);
            staged.extend(entry(about.next(), about.nth(1), name));
        }
        Ok(staged)
    }

    /// The staged files of these paths, which are given from the current folder.
    pub(super) fn named(paths: &[PathBuf]) -> Result<Vec<Staged>, GitError> {
        let mut arguments: Vec<OsString> =
            ["ls-files", "--stage", "-z", "--full-name", "--error-unmatch", "--"].map(OsString::from).into();
        arguments.extend(paths.iter().map(|path| literal(":(literal)", path)));
        Ok(listed(&ask(arguments)?))
    }

    /// The staged content of a file of the working tree, if git knows the file.
    pub(super) fn staged(&self, file: &Path) -> Result<Option<String>, GitError> {
        let Ok(top) = self.top.canonicalize() else { return Ok(None) };
        let Ok(inside) = file.strip_prefix(&top).or_else(|_| file.strip_prefix(&self.top)) else { return Ok(None) };
        let arguments = ["ls-files", "--stage", "-z", "--full-name", "--"].map(OsString::from);
        let arguments = arguments.into_iter().chain([literal(":(top,literal)", inside)]);
        Ok(listed(&ask(arguments)?).into_iter().next().map(|staged| staged.object))
    }
}

/// Opens what git keeps under a name.
pub(super) fn open(object: &str) -> io::Result<Blob> {
    let mut child = git(["cat-file", "blob", object]).stderr(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().ok_or_else(|| io::Error::other("git has no output"))?;
    Ok(Blob { child, out, ended: false })
}

/// A staged file's content as git writes it. Its end is believed only if git says that all went well.
pub(super) struct Blob {
    child: Child,
    out: ChildStdout,
    ended: bool,
}

impl Read for Blob {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.out.read(buffer)?;
        if read == 0 && !buffer.is_empty() && !self.ended {
            self.ended = true;
            if !self.child.wait()?.success() {
                return Err(io::Error::other("git could not read what is staged"));
            }
        }
        Ok(read)
    }
}

impl Drop for Blob {
    fn drop(&mut self) {
        if !self.ended {
            // Nobody wants the rest.
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

/// `<mode> <object> <stage>`, tab, the path, NUL.
fn listed(text: &[u8]) -> Vec<Staged> {
    let entries = text.split(|byte| *byte == 0).filter_map(|listed| {
        let tab = listed.iter().position(|byte| *byte == b'\t')?;
        let mut about = listed[..tab].split(|byte| *byte == b' ');
        let (mode, object, stage) = (about.next(), about.next(), about.next());
        entry(mode, object, &listed[tab + 1..]).filter(|_| stage == Some(b"0"))
    });
    entries.collect()
}

/// A plain file; links and submodules have no content of their own.
fn entry(mode: Option<&[u8]>, object: Option<&[u8]>, name: &[u8]) -> Option<Staged> {
    let object = String::from_utf8(object?.to_vec()).ok()?;
    mode?.starts_with(b"100").then(|| Staged { path: path(name), object })
}

fn literal(magic: &str, path: &Path) -> OsString {
    let mut pattern = OsString::from(magic);
    pattern.push(path);
    pattern
}

fn git(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Command {
    let mut command = Command::new("git");
    command.args(arguments).stdin(Stdio::null());
    for magic in ["GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"] {
        command.env_remove(magic);
    }
    command
}

/// What git writes; what it complains of is the error.
fn ask(arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Vec<u8>, GitError> {
    let output = git(arguments).output().map_err(GitError::Missing)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it gave no reason");
    Err(GitError::Refused(Printable::new(said.trim_start_matches("fatal: ").trim_start_matches("error: "))))
}

/// A line without its end.
fn line(text: &[u8]) -> &[u8] {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.strip_suffix(b"\r").unwrap_or(text)
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes))
}

/// Elsewhere git writes paths in UTF-8.
#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::{Staged, listed};

    #[test]
    fn links_submodules_and_conflicts_are_no_files_to_check() {
        let text =
            b"100644 aa 0\ta b\tc.csv\x00120000 bb 0\tlink.csv\x00160000 cc 0\tmodule.csv\x00100644 dd 2\tboth.csv\0";
        assert_eq!(listed(text), [Staged { path: "a b\tc.csv".into(), object: "aa".to_owned() }]);
    }
}
