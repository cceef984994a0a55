//! The hrlint command: parse, run, exit code. The only place that renders errors of the tool.

use std::io::{self, Write as _};
use std::process::ExitCode;

use hrlint::cli::{Cli, UNABLE};

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        // The payload may hold what was being checked, so only the place is told.
        let place = panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        let version = env!("CARGO_PKG_VERSION");
        drop(writeln!(
            io::stderr().lock(),
            "hrlint {version} has a bug{place}. Please report this line; no data is in it."
        ));
    }));
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(code) => return ExitCode::from(code),
    };
    #[cfg(debug_assertions)]
    crash_as_asked();
    match cli.run() {
        Ok(code) => ExitCode::from(code),
        Err(report) => {
            drop(write!(io::stderr().lock(), "{report:?}"));
            ExitCode::from(UNABLE)
        }
    }
}

/// Crashes with a payload that must not be told: a test sees that it is not. Not in released programs.
#[cfg(debug_assertions)]
fn crash_as_asked() {
    if let Ok(payload) = std::env::var("HRLINT_TEST_PANIC") {
        panic!("{payload}");
    }
}
