//! Addresses of services: `https://host[:port]/path`, and `http` where it cannot leave the machine.

use std::fmt::{self, Write as _};
use std::net::IpAddr;

use crate::finding::Printable;

/// An address of a service. Without user, password and fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    pub(super) tls: bool,
    pub(super) host: String,
    pub(super) port: u16,
    path: String,
}

/// Why a text is no address that we talk to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum UrlError {
    /// It is written wrong.
    #[error("{shown} is no address of a service")]
    #[diagnostic(
        code(hrlint::bad_url),
        help("Write it as https://host or https://host:port, without user and password.")
    )]
    Form {
        /// The text, printable.
        shown: String,
    },
    /// It would send secrets and rows in clear.
    #[error("{shown} is not https")]
    #[diagnostic(
        code(hrlint::not_https),
        help("Secrets and rows are only sent encrypted; http is for tests on this very machine (localhost).")
    )]
    Clear {
        /// The text, printable.
        shown: String,
    },
}

impl Url {
    /// Takes an address as written.
    ///
    /// # Errors
    ///
    /// [`UrlError`], if it is none, or if it is `http` and leaves the machine.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let url = Self::parse_any(text)?;
        if !url.tls && !url.is_loopback() {
            return Err(UrlError::Clear { shown: shown(text) });
        }
        Ok(url)
    }

    /// Takes an address that may be `http`: of a proxy, or of an identity service that the platform provides.
    pub(crate) fn parse_any(text: &str) -> Result<Self, UrlError> {
        let wrong = || UrlError::Form { shown: shown(text) };
        let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
        let tls = match &*scheme.to_ascii_lowercase() {
            "https" => true,
            "http" => false,
            _ => return Err(wrong()),
        };
        let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let (host, port) = match authority.strip_prefix('[') {
            Some(rest) => {
                let (host, port) = rest.split_once(']').ok_or_else(wrong)?;
                host.parse::<std::net::Ipv6Addr>().map_err(|_| wrong())?;
                (host, port.strip_prefix(':'))
            }
            None => authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port))),
        };
        let port = match port {
            Some(port) => port.parse().ok().filter(|port| *port > 0).ok_or_else(wrong)?,
            None if tls => 443,
            None => 80,
        };
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:".contains(&byte);
        let is_path = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}#?".contains(&byte);
        if host.is_empty() || !host.bytes().all(is_name) || !path.bytes().all(is_path) {
            return Err(wrong());
        }
        Ok(Self { tls, host: host.to_ascii_lowercase(), port, path: path.trim_end_matches('/').to_owned() })
    }

    /// The same service with more of a path.
    #[must_use]
    pub fn join(&self, path: &str) -> Self {
        Self { path: format!("{}{path}", self.path), ..self.clone() }
    }

    /// The host's name.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What follows host and port.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether it is this very machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Host and port as a `Host` header has them.
    pub(super) fn host_and_port(&self) -> String {
        let usual = if self.tls { 443 } else { 80 };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == usual { host } else { format!("{host}:{}", self.port) }
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.tls { "https" } else { "http" };
        write!(f, "{scheme}://{}{}", self.host_and_port(), self.path)
    }
}

/// The text without what may be a password.
fn shown(text: &str) -> String {
    let shown = text.rsplit_once('@').map_or(text, |(_, host)| host);
    Printable::new(shown).shortened(80).into_owned()
}

/// Text as part of a query or of a form.
///
/// # Panics
///
/// Never: writing to memory cannot fail.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            _ => write!(out, "%{byte:02X}").expect("writing to a String cannot fail"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Url, UrlError, percent_encoded};

    #[test]
    fn only_https_leaves_the_machine() {
        for good in ["https://login.windows.net", "http://localhost:8080", "http://127.0.0.1:1/x", "http://[::1]:9/"] {
            let url = Url::parse(good).expect("it is fine");
            assert_eq!(url.to_string(), good.trim_end_matches('/'));
        }
        for clear in ["http://login.windows.net", "http://localhost.evil.example", "http://127.0.0.1.nip.io/"] {
            assert!(matches!(Url::parse(clear), Err(UrlError::Clear { .. })), "{clear}");
        }
        for wrong in [
            "login.windows.net",
            "ftp://x",
            "https://",
            "https://u:p@host/",
            "https://h:0",
            "https://h/a b",
            "https://h/\r\nX: y",
            "https://h:99999",
            "https://[::1",
            "https://h/#f",
            "https://h/?q",
            "file:///etc/passwd",
        ] {
            assert!(matches!(Url::parse(wrong), Err(UrlError::Form { .. })), "{wrong}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        let error = Url::parse("https://user:hunter2@host/").expect_err("users have no place there");
        assert!(!error.to_string().contains("hunter2"));
    }

    #[test]
    fn what_is_not_plain_is_encoded() {
        assert_eq!(percent_encoded("a~b c+d/ü"), "a~b%20c%2Bd%2F%C3%BC");
    }
}
