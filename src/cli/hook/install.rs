//! The hook itself: a few lines in git's folder of hooks, written and removed only where nobody else's stand.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::cli::git::Git;
use crate::cli::{CLEAN, output};
use crate::finding::Printable;

const NAME: &str = "pre-commit";

/// The lines of the hook; between the second and the third stands where the program is.
const HEAD: &str = "#!/bin/sh\n# Written by `hrlint hook install`; `hrlint hook uninstall` removes it.\n";
const PROGRAM: &str = "hrlint=";
const TAIL: &str = "[ -x \"$hrlint\" ] || hrlint=hrlint\nexec \"$hrlint\" hook run\n";

/// Why the hook was neither written nor removed.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum HookError {
    #[error("there is another hook at {0}")]
    #[diagnostic(
        code(hrlint::foreign_hook),
        help("It is left alone. To check what is staged, add this line to it: hrlint hook run || exit $?")
    )]
    Foreign(Printable),
    #[error("the hook at {0} was not written by hrlint")]
    #[diagnostic(code(hrlint::foreign_hook), help("It is left alone. Remove `hrlint hook run` from it by hand."))]
    NotOurs(Printable),
    #[error("cannot write the hook {file}: {reason}")]
    #[diagnostic(code(hrlint::hook_unwritable), help("Ask for permission to write to git's folder of hooks."))]
    Unwritable { file: Printable, reason: io::Error },
}

/// What stands where the hook would.
enum There {
    Nothing,
    Ours,
    Foreign,
}

/// Writes the hook.
pub(super) fn install() -> miette::Result<u8> {
    let hook = Git::hooks()?.join(NAME);
    let unwritable = |reason| HookError::Unwritable { file: Printable::of_path(&hook), reason };
    match there(&hook) {
        There::Foreign => return Err(HookError::Foreign(Printable::of_path(&hook)).into()),
        // The program may have moved.
        There::Ours => fs::remove_file(&hook).map_err(unwritable)?,
        There::Nothing => {}
    }
    write(&hook).map_err(unwritable)?;
    output::note(&format!("{} now checks what is staged before each commit", Printable::of_path(&hook)));
    Ok(CLEAN)
}

/// Removes the hook.
pub(super) fn uninstall() -> miette::Result<u8> {
    let hook = Git::hooks()?.join(NAME);
    match there(&hook) {
        There::Foreign => return Err(HookError::NotOurs(Printable::of_path(&hook)).into()),
        There::Ours => {
            fs::remove_file(&hook)
                .map_err(|reason| HookError::Unwritable { file: Printable::of_path(&hook), reason })?;
            output::note(&format!("{} is removed", Printable::of_path(&hook)));
        }
        There::Nothing => output::note("there is no hook to remove"),
    }
    Ok(CLEAN)
}

/// A link, or a file with a single line that is not ours, is somebody else's.
fn there(hook: &Path) -> There {
    match hook.symlink_metadata() {
        Err(_) => There::Nothing,
        Ok(found) if !found.is_file() => There::Foreign,
        Ok(_) => {
            let text = fs::read_to_string(hook).unwrap_or_default();
            let between = text.strip_prefix(HEAD).and_then(|rest| rest.strip_suffix(TAIL));
            let ours = between.is_some_and(|line| line.starts_with(PROGRAM) && line.matches('\n').count() == 1);
            if ours { There::Ours } else { There::Foreign }
        }
    }
}

fn write(hook: &Path) -> io::Result<()> {
    if let Some(folder) = hook.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o755);
    options.open(hook)?.write_all(text(&std::env::current_exe()?).as_bytes())
}

/// The hook's text. Programs that commit by themselves may know another PATH than a terminal does.
fn text(program: &Path) -> String {
    let program = program.to_string_lossy();
    // The shell that comes with git on Windows takes slashes.
    let program = if cfg!(windows) { program.replace('\\', "/") } else { program.into_owned() };
    // A line break in a path would be a line of a script.
    let program = if program.contains(['\n', '\r']) { "hrlint".to_owned() } else { program };
    format!("{HEAD}{PROGRAM}'{}'\n{TAIL}", program.replace('\'', "'\\''"))
}
