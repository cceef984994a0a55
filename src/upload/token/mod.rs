//! The token that opens the service: asked for once, used for all chunks, renewed before it ends.

mod aadsts;
mod assertion;
mod federation;
mod form;
mod managed;
mod mask;
mod pfx;
mod reading;

use std::time::{Duration, Instant};

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use super::target::Target;
use super::waiting::{Attempts, Pace};
use super::wire::{Answer, Client, Failure, Request, Url};

pub use assertion::{Certificate, CertificateError};
pub use federation::{Federation, Issuer};
pub use managed::Managed;
pub use mask::Mask;

/// A token that ends sooner than this is renewed before it is used.
const RESERVE: Duration = Duration::from_mins(2);

/// How we show who we are.
pub enum Credential {
    /// By the app's client secret.
    Secret(SecretString),
    /// By a certificate that was uploaded to the app.
    Certificate(Box<Certificate>),
    /// By a token of somebody whom the app was told to trust.
    Federation(Federation),
    /// By the machine that we run on.
    Managed(Managed),
}

/// How the token endpoint is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// `/oauth2/token` with `resource`, as the vendor's script does.
    #[default]
    One,
    /// `/oauth2/v2.0/token` with `scope`.
    Two,
}

/// Why there is no token. Texts are printable and hold no secret.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum TokenError {
    /// The token service says no.
    #[error("no token: {reason}")]
    #[diagnostic(code(hrlint::no_token), help("{next}"))]
    Refused {
        /// Why.
        reason: String,
        /// What to do.
        next: String,
    },
    /// The token service did not answer, or with something that is no token.
    #[error("no token: {reason}")]
    #[diagnostic(
        code(hrlint::token_unreachable),
        help(
            "No row is sent without one. Check network, proxy and firewall, then run the upload again: `hrlint doctor` tests the way."
        )
    )]
    Unreachable {
        /// Why.
        reason: String,
    },
    /// What shows who we are is not there.
    #[error("no token: {reason}")]
    #[diagnostic(code(hrlint::no_credential), help("{next}"))]
    Credential {
        /// Why.
        reason: String,
        /// What to do.
        next: String,
    },
}

/// A token and when it ends.
struct Token {
    text: SecretString,
    ends: Instant,
}

/// The token of one upload.
pub struct Tokens<'t> {
    client: &'t Client,
    target: &'t Target,
    credential: &'t Credential,
    dialect: Dialect,
    pace: Pace,
    held: Option<Token>,
    /// What must not be shown.
    pub mask: Mask,
}

impl<'t> Tokens<'t> {
    /// No token yet; the first is asked for when it is needed.
    #[must_use]
    pub fn new(
        client: &'t Client,
        target: &'t Target,
        credential: &'t Credential,
        dialect: Dialect,
        pace: Pace,
    ) -> Self {
        let mut mask = Mask::default();
        match credential {
            Credential::Secret(secret) => mask.add(secret.expose_secret()),
            Credential::Managed(managed) => mask.add(managed.pass().expose_secret()),
            _ => {}
        }
        Self { client, target, credential, dialect, pace, held: None, mask }
    }

    /// A token that is good for another while; `pause` is told how long it waits before it tries again, and why.
    ///
    /// # Errors
    ///
    /// [`TokenError`], if there is none.
    ///
    /// # Panics
    ///
    /// Never: a token is held when it is handed out.
    pub fn token(&mut self, pause: &mut dyn FnMut(Duration, &str)) -> Result<&SecretString, TokenError> {
        let ends_soon = |token: &Token| token.ends.saturating_duration_since(Instant::now()) < RESERVE;
        if self.held.as_ref().is_none_or(ends_soon) {
            let token = self.ask(pause)?;
            self.mask.add(token.text.expose_secret());
            self.held = Some(token);
        }
        Ok(&self.held.as_ref().expect("it was just asked for").text)
    }

    /// Forgets a token that was refused.
    pub fn forget(&mut self) {
        self.held = None;
    }

    /// The address that is asked.
    #[must_use]
    pub fn endpoint(target: &Target, dialect: Dialect) -> Url {
        let path = if dialect == Dialect::One { "oauth2/token" } else { "oauth2/v2.0/token" };
        target.authority.join(&format!("/{}/{path}", target.ids.tenant))
    }

    fn ask(&mut self, pause: &mut dyn FnMut(Duration, &str)) -> Result<Token, TokenError> {
        let mut attempts = Attempts::new(self.pace);
        loop {
            let (reason, asked) = match self.ask_once() {
                Ok(token) => return Ok(token),
                Err(Asked::Never(error)) => return Err(error),
                Err(Asked::Later(reason, asked)) => (reason, asked),
            };
            match attempts.wait(asked) {
                Some(wait) => {
                    pause(wait, &reason);
                    std::thread::sleep(wait);
                }
                None => return Err(TokenError::Unreachable { reason }),
            }
        }
    }

    fn ask_once(&mut self) -> Result<Token, Asked> {
        if let Credential::Managed(managed) = self.credential {
            let answer = managed.ask(self.client, &self.target.resource, &self.target.ids.app)?;
            return self.read(&answer);
        }
        let endpoint = Self::endpoint(self.target, self.dialect);
        let form = self.form(&endpoint)?;
        let query = if self.dialect == Dialect::One { "?api-version=1.0" } else { "" };
        let answer = post(self.client, &endpoint, query, &form)?;
        self.read(&answer)
    }

    /// The fields that are sent.
    fn form(&mut self, endpoint: &Url) -> Result<Zeroizing<String>, Asked> {
        let ids = &self.target.ids;
        let app = ids.app.to_string();
        let mut form = form::Form::new();
        form.add("grant_type", "client_credentials");
        form.add("client_id", &app);
        match self.dialect {
            Dialect::One => form.add("resource", &self.target.resource),
            Dialect::Two => form.add("scope", &format!("{}/.default", self.target.resource)),
        }
        let asserted = match self.credential {
            Credential::Secret(secret) => {
                form.add("client_secret", secret.expose_secret());
                None
            }
            Credential::Certificate(certificate) => {
                Some(certificate.assertion(&app, &endpoint.to_string(), self.dialect).map_err(|error| {
                    Asked::Never(TokenError::Credential { reason: error.to_string(), next: error.next().to_owned() })
                })?)
            }
            Credential::Federation(federation) => Some(federation.assertion(self.client)?),
            Credential::Managed(_) => None,
        };
        if let Some(assertion) = asserted {
            self.mask.add(assertion.expose_secret());
            form.add("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.add("client_assertion", assertion.expose_secret());
        }
        Ok(form.into_text())
    }

    fn read(&self, answer: &Answer) -> Result<Token, Asked> {
        if (200..300).contains(&answer.status) {
            let (text, lasts) =
                reading::token(answer).map_err(|reason| Asked::Never(TokenError::Unreachable { reason }))?;
            return Ok(Token { text, ends: Instant::now() + lasts });
        }
        Err(aadsts::refusal(answer, &self.mask, matches!(self.credential, Credential::Managed(_))))
    }
}

/// Why one attempt gave no token.
enum Asked {
    Never(TokenError),
    Later(String, Option<Duration>),
}

impl From<Failure> for Asked {
    fn from(failure: Failure) -> Self {
        if failure.passing {
            // Asking twice for a token does no harm, so it does not matter how far the request got.
            Self::Later(failure.reason, None)
        } else {
            Self::Never(TokenError::Unreachable { reason: failure.reason })
        }
    }
}

/// Posts a form.
fn post(client: &Client, url: &Url, query: &str, form: &str) -> Result<Answer, Failure> {
    let kind = Zeroizing::new("application/x-www-form-urlencoded".to_owned());
    client.send(&Request {
        url,
        method: "POST",
        query,
        headers: vec![("Content-Type", kind)],
        body: Some(&[form.as_bytes()]),
        expect: false,
        progress: None,
    })
}
