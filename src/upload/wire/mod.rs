//! The wire: one HTTP/1.1 request on one connection, and exactly how far it got.
//!
//! Whether a chunk may be sent again depends on whether the service can have seen it. So this client is small, blocking and
//! knows at every moment what has left: name looked up, connected, proxy passed, TLS agreed, head sent, body begun, body sent.
//! Popular clients hide this, drop the reason phrase (in which the service says what is wrong), or follow redirects. They
//! are not used for that reason; TLS is `rustls`, heads are parsed by `httparse`.
//!
//! Every wait has an end. No redirect is followed. A new connection for every request costs a handshake (resumed, after
//! the first), and spares all questions about connections that went stale.

mod answer;
mod body;
mod exchange;
mod proxy;
mod route;
mod stream;
mod tls;
mod url;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

pub use answer::Answer;
pub use proxy::{Proxies, ProxyError};
pub use tls::TlsError;
pub use url::{Url, UrlError, percent_encoded};

use secrecy::zeroize::Zeroizing;

/// How long to wait for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// For name, connection, proxy and TLS together.
    pub connect: Duration,
    /// For the other side to take a piece of the body.
    pub write: Duration,
    /// For an answer, once everything is sent.
    pub answer: Duration,
    /// For leave to send the body (`100 Continue`); then it is sent without.
    pub leave: Duration,
}

impl Default for Times {
    /// The vendor's script waits 400 seconds for an answer.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            write: Duration::from_mins(1),
            answer: Duration::from_secs(400),
            leave: Duration::from_secs(1),
        }
    }
}

/// One request.
pub struct Request<'r> {
    /// Where to.
    pub url: &'r Url,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// What follows the path, such as `?jobid=...`; already encoded.
    pub query: &'r str,
    /// Headers besides those that every request has.
    pub headers: Vec<(&'static str, Zeroizing<String>)>,
    /// The body, piece by piece; `None` for a request without one.
    pub body: Option<&'r [&'r [u8]]>,
    /// Whether to ask for leave before the body is sent, so that a refusal costs nothing.
    pub expect: bool,
    /// Told the bytes of the body that were handed over since the last time.
    pub progress: Option<&'r dyn Fn(u64)>,
}

/// How far a request got before it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The host's name was not found.
    Lookup,
    /// No connection.
    Connect,
    /// The proxy did not let us through.
    Proxy,
    /// No agreement on encryption.
    Handshake,
    /// Connected; no byte of the body has left.
    Head,
    /// Some of the body has left.
    Body,
    /// All of the body has left, and no answer came.
    Answer,
}

/// Why a request has no answer.
#[derive(Debug)]
pub struct Failure {
    /// How far it got.
    pub stage: Stage,
    /// What happened, in words; printable.
    pub reason: String,
    /// Whether trying again may help.
    pub passing: bool,
}

impl Failure {
    /// Whether the service may have seen something of the body.
    #[must_use]
    pub fn may_have_arrived(&self) -> bool {
        self.stage >= Stage::Body
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// What requests are sent with.
pub struct Client {
    tls: Arc<rustls::ClientConfig>,
    proxies: Proxies,
    times: Times,
}

impl Client {
    /// A client that trusts what the operating system trusts, and certificates of `extra` (PEM) besides.
    ///
    /// # Errors
    ///
    /// [`TlsError`], if the extra certificates are none.
    pub fn new(extra: Option<&[u8]>, proxies: Proxies, times: Times) -> Result<Self, TlsError> {
        Ok(Self { tls: tls::config(extra)?, proxies, times })
    }

    /// The proxies in use.
    #[must_use]
    pub fn proxies(&self) -> &Proxies {
        &self.proxies
    }

    /// Sends a request and returns whatever answer comes, of any status.
    ///
    /// # Errors
    ///
    /// [`Failure`] when none came.
    pub fn send(&self, request: &Request<'_>) -> Result<Answer, Failure> {
        let route = self.route(request.url)?;
        exchange::exchange(route, request, self.times)
    }

    /// Goes all the way to a service's door, encryption included, and sends nothing.
    ///
    /// # Errors
    ///
    /// [`Failure`], with how far we got.
    pub fn knock(&self, url: &Url) -> Result<(), Failure> {
        self.route(url).map(drop)
    }
}
