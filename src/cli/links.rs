//! The key that links findings about one person.

use crate::finding::{LinkKey, Printable};

/// Why there is no key.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum LinkError {
    #[error("the environment variable {0} holds no secret")]
    #[diagnostic(
        code(hrlint::no_link_key),
        help("Set it to at least 16 random characters, and keep them as you keep a password.")
    )]
    Unset(Printable),
    #[error("the secret in the environment variable {0} is too short")]
    #[diagnostic(
        code(hrlint::short_link_key),
        help("Use at least 16 random characters: with a shorter one the codes could be traced back to people.")
    )]
    Short(Printable),
    #[error("cannot draw a random key: {0}")]
    #[diagnostic(code(hrlint::no_randomness), help("Name a secret of your own with --link-key-env."))]
    Random(std::io::Error),
}

/// The key in the variable of that name, else a random one where one is wanted.
pub(super) fn key(variable: Option<&str>, wanted: bool) -> Result<Option<LinkKey>, LinkError> {
    let Some(name) = variable else {
        return wanted.then(LinkKey::random).transpose().map_err(LinkError::Random);
    };
    let printable = || Printable::new(name);
    // A name with `=` in it or a NUL is none.
    let valid = !name.is_empty() && !name.contains(['=', '\0']);
    let secret = valid.then(|| std::env::var_os(name)).flatten().filter(|secret| !secret.is_empty());
    let secret = secret.ok_or_else(|| LinkError::Unset(printable()))?;
    LinkKey::new(secret.as_encoded_bytes()).map(Some).ok_or_else(|| LinkError::Short(printable()))
}
