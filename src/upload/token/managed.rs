//! The machine speaks for us: the identity that Azure gives to virtual machines, App Service and Functions.

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use super::{Asked, TokenError};
use crate::upload::ids::Id;
use crate::upload::wire::{Answer, Client, Request, Stage, Url, percent_encoded};

/// Where a virtual machine asks. The address is not routed: it never leaves the host.
const MACHINE: &str = "http://169.254.169.254/metadata/identity/oauth2/token";

/// An identity that the platform provides.
pub struct Managed {
    url: Url,
    version: &'static str,
    header: (&'static str, SecretString),
    /// Whether the identity is one of several and must be named.
    named: bool,
}

impl Managed {
    /// What the environment offers: App Service's endpoint, else that of a virtual machine. `named`: the identity is the
    /// connector's app, assigned by a user; otherwise the machine's own.
    ///
    /// # Errors
    ///
    /// [`TokenError`], if the environment describes it wrong.
    pub fn of(variable: impl Fn(&str) -> Option<String>, named: bool) -> Result<Self, TokenError> {
        let machine = || (MACHINE.to_owned(), "2018-02-01", ("Metadata", SecretString::from("true")));
        let (address, version, header) = match (variable("IDENTITY_ENDPOINT"), variable("IDENTITY_HEADER")) {
            (Some(address), Some(header)) => (address, "2019-08-01", ("X-IDENTITY-HEADER", header.into())),
            _ => machine(),
        };
        let wrong = || TokenError::Credential {
            reason: "IDENTITY_ENDPOINT or IDENTITY_HEADER is malformed".to_owned(),
            next: "The platform sets them; check that nothing else does.".to_owned(),
        };
        let url = Url::parse_any(&address).map_err(|_| wrong())?;
        let local = url.is_loopback() || url.host().starts_with("169.254.") || address.starts_with("https://");
        let plain = header.1.expose_secret().bytes().all(|byte| byte.is_ascii_graphic());
        if !local || !plain {
            return Err(wrong());
        }
        Ok(Self { url, version, header, named })
    }

    /// What the platform wants to see before it answers.
    pub(super) fn pass(&self) -> &SecretString {
        &self.header.1
    }

    /// Asks for a token.
    pub(super) fn ask(&self, client: &Client, resource: &str, app: &Id) -> Result<Answer, Asked> {
        let named = if self.named { format!("&client_id={app}") } else { String::new() };
        let query = format!("?api-version={}&resource={}{named}", self.version, percent_encoded(resource));
        let value = Zeroizing::new(self.header.1.expose_secret().to_owned());
        let request = Request {
            url: &self.url,
            method: "GET",
            query: &query,
            headers: vec![(self.header.0, value)],
            body: None,
            expect: false,
            progress: None,
        };
        client.send(&request).map_err(|failure| match failure.stage {
            // It is a part of the machine: where it is not, waiting does not bring it.
            Stage::Lookup | Stage::Connect => Asked::Never(TokenError::Credential {
                reason: format!("no identity service on this machine: {failure}"),
                next: "A managed identity is there only on Azure. Elsewhere sign in by a secret or a certificate."
                    .to_owned(),
            }),
            _ => failure.into(),
        })
    }
}
