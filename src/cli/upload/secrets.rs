//! Secrets: where they come from, and what must not see them.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use crate::cli::platform::on_ci;
use crate::finding::Printable;
use crate::upload::is_guid;

/// The variable that holds the secret.
pub(super) const VARIABLE: &str = "HRLINT_APP_SECRET";

/// The variable that holds the password of the certificate's file.
const PASSWORD_VARIABLE: &str = "HRLINT_CERTIFICATE_PASSWORD";

/// Most bytes of a secret or of a file that holds one.
const LONGEST: u64 = 64 * 1024;

/// Why there is no secret. Nothing of it is shown.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum SecretError {
    #[error("there is no secret to sign in with")]
    #[diagnostic(
        code(hrlint::no_secret),
        help(
            "Set HRLINT_APP_SECRET, or name a file with --secret-file or a command with --secret-command. A certificate \
             (--certificate) or a managed identity (--auth) needs none."
        )
    )]
    None,
    #[error("the secret from {place} is empty")]
    #[diagnostic(code(hrlint::empty_secret), help("Look at what is there: nothing but line ends was found."))]
    Empty { place: String },
    #[error("the secret from {place} looks like an id")]
    #[diagnostic(
        code(hrlint::secret_looks_like_id),
        help(
            "The secret's ID was probably copied in place of its value. The value is shown only once, when the secret is made: \
             make a new one and copy \"Value\"."
        )
    )]
    LooksLikeId { place: String },
    #[error("cannot read {what} {file}: {reason}")]
    #[diagnostic(code(hrlint::secret_unreadable), help("Check the path, and that whoever runs hrlint may read it."))]
    Unreadable { what: &'static str, file: Printable, reason: io::Error },
    #[error("others than its owner can read {file}")]
    #[diagnostic(code(hrlint::secret_readable), help("Let only its owner read it: chmod 600 {file}"))]
    Open { file: Printable },
    #[error("the command that prints the secret failed: {reason}")]
    #[diagnostic(
        code(hrlint::secret_command),
        help("Run the command by itself; it must print the secret and nothing else.")
    )]
    Command { reason: String },
    #[error("the secret holds characters that no secret has")]
    #[diagnostic(code(hrlint::odd_secret), help("Copy it again: blanks or line breaks were probably copied with it."))]
    Odd,
    #[error("the certificate's file wants a password")]
    #[diagnostic(
        code(hrlint::no_certificate_password),
        help("Set HRLINT_CERTIFICATE_PASSWORD, or name a file that holds it with --certificate-password-file.")
    )]
    NoPassword,
    #[error("the certificate's password holds characters that cannot be typed")]
    #[diagnostic(
        code(hrlint::odd_password),
        help("Give it as one line of UTF-8: line breaks or control characters were probably copied with it.")
    )]
    OddPassword,
    #[error("cannot ask for the secret: {0}")]
    #[diagnostic(code(hrlint::no_secret), help("Set HRLINT_APP_SECRET or name a file with --secret-file."))]
    Prompt(String),
}

/// Keeps memory that will hold secrets and rows out of core files and out of the reach of debuggers.
pub(super) fn guard() {
    // Where the system does not know how, there is nothing better to do.
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    }
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// The secret, from whichever place was named; else from the environment, else from whoever sits at the terminal.
pub(super) fn secret(file: Option<&Path>, command: Option<&str>) -> Result<SecretString, SecretError> {
    let (text, place) = if let Some(file) = file {
        (private_text(file, "the secret in")?, format!("the file {}", Printable::of_path(file)))
    } else if let Some(command) = command {
        (printed(command)?, "the command".to_owned())
    } else if let Some(value) = std::env::var_os(VARIABLE).filter(|value| !value.is_empty()) {
        let value = value.into_string().map_err(|_| SecretError::Odd)?;
        (Zeroizing::new(value), VARIABLE.to_owned())
    } else {
        let typed = asked_for("The app's secret (it is not shown)")?;
        (typed.ok_or(SecretError::None)?, "the terminal".to_owned())
    };
    // Editors and `echo` end their text with a line break, and some tools begin it with a mark.
    let secret = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
    match secret {
        "" => Err(SecretError::Empty { place }),
        secret if is_guid(secret.trim()) => Err(SecretError::LooksLikeId { place }),
        secret if !secret.bytes().all(|byte| byte.is_ascii_graphic()) => Err(SecretError::Odd),
        secret => Ok(secret.into()),
    }
}

/// The password of the certificate's file, if one was given; it may be empty.
pub(super) fn certificate_password(file: Option<&Path>) -> Result<Option<SecretString>, SecretError> {
    let text = if let Some(file) = file {
        private_text(file, "the certificate's password in")?
    } else if let Some(value) = std::env::var_os(PASSWORD_VARIABLE) {
        Zeroizing::new(value.into_string().map_err(|_| SecretError::OddPassword)?)
    } else {
        return Ok(None);
    };
    let password = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
    if password.chars().any(char::is_control) {
        return Err(SecretError::OddPassword);
    }
    Ok(Some(password.into()))
}

/// The same, from whoever sits at the terminal.
pub(super) fn asked_for_password() -> Result<SecretString, SecretError> {
    asked_for("The password of the certificate's file (it is not shown)")?
        .map(|typed| typed.as_str().into())
        .ok_or(SecretError::NoPassword)
}

/// The text of a file that only its owner may read.
fn private_text(path: &Path, what: &'static str) -> Result<Zeroizing<String>, SecretError> {
    let bytes = private_bytes(path, what)?;
    let text = str::from_utf8(&bytes).map_err(|error| SecretError::Unreadable {
        what,
        file: Printable::of_path(path),
        reason: io::Error::new(io::ErrorKind::InvalidData, error),
    })?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// What is in a file that only its owner may read.
pub(super) fn private_bytes(path: &Path, what: &'static str) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let shown = || Printable::of_path(path);
    let unreadable = |reason| SecretError::Unreadable { what, file: shown(), reason };
    let file = File::open(path).map_err(unreadable)?;
    if !is_handed_over(path) && is_open_to_others(&file).map_err(unreadable)? {
        return Err(SecretError::Open { file: shown() });
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST as usize));
    file.take(LONGEST).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Whether systemd put it there (`LoadCredential=`): in a folder that is closed to others, with a mode that looks open because it
/// is the mask of an access list.
fn is_handed_over(path: &Path) -> bool {
    let folder = std::env::var_os("CREDENTIALS_DIRECTORY").filter(|folder| !folder.is_empty());
    folder.is_some_and(|folder| path.starts_with(folder))
}

#[cfg(unix)]
fn is_open_to_others(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = file.metadata()?;
    Ok(metadata.is_file() && metadata.permissions().mode() & 0o077 != 0)
}

/// Elsewhere a file inherits who may read it from its folder.
#[cfg(not(unix))]
fn is_open_to_others(_: &File) -> io::Result<bool> {
    Ok(false)
}

/// What a command prints. Its words are split at blanks; quotes keep them together. No shell: nothing else is special.
fn printed(command: &str) -> Result<Zeroizing<String>, SecretError> {
    let failed = |reason: String| SecretError::Command { reason };
    let words = words(command).ok_or_else(|| failed("a quote is never closed".to_owned()))?;
    let (program, arguments) = words.split_first().ok_or_else(|| failed("it is empty".to_owned()))?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_remove(VARIABLE)
        .env_remove(PASSWORD_VARIABLE)
        .stdin(Stdio::inherit())
        .stderr(Stdio::inherit());
    let output = command.stdout(Stdio::piped()).output().map_err(|error| failed(error.to_string()))?;
    let printed = Zeroizing::new(output.stdout);
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    let text = str::from_utf8(&printed).map_err(|_| SecretError::Odd)?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in command.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// What somebody at the terminal types, unseen; `None` where nobody sits.
fn asked_for(what: &str) -> Result<Option<Zeroizing<String>>, SecretError> {
    if !io::stderr().is_terminal() || !io::stdin().is_terminal() || on_ci() {
        return Ok(None);
    }
    let prompt = dialoguer::Password::new().with_prompt(what).allow_empty_password(true);
    let typed = prompt.interact_on(&dialoguer::console::Term::stderr());
    typed.map(|typed| Some(Zeroizing::new(typed))).map_err(|error| SecretError::Prompt(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_command_is_words_and_no_shell() {
        let of = |text: &str| words(text).map(|words| words.join("|"));
        assert_eq!(of("op read  \"op://vault/hr app/secret\""), Some("op|read|op://vault/hr app/secret".into()));
        assert_eq!(of("'C:\\Program Files\\x.exe' $HOME ''"), Some("C:\\Program Files\\x.exe|$HOME|".into()));
        assert_eq!(of("echo 'open"), None);
        assert_eq!(of("  "), Some(String::new()));
    }
}
