//! Somebody whom the app trusts speaks for us: a build server or a cluster, with a token of its own for each run.

use std::path::PathBuf;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use super::{Asked, TokenError};
use crate::finding::Printable;
use crate::upload::wire::{Client, Request, Url, percent_encoded};

/// The audience that Entra wants to see in tokens of others.
const AUDIENCE: &str = "api://AzureADTokenExchange";

/// Most bytes of a token's file.
const LONGEST: u64 = 64 * 1024;

/// Who speaks for us.
pub enum Federation {
    /// A file that somebody keeps fresh, as on Kubernetes; read again for every token.
    File(PathBuf),
    /// GitHub Actions.
    Github(Issuer),
    /// A service connection of Azure Pipelines.
    AzurePipelines(Issuer),
}

/// A service that issues tokens, and the pass to it.
pub struct Issuer {
    url: Url,
    query: String,
    pass: SecretString,
}

impl Federation {
    /// GitHub Actions, as the job's environment describes it.
    ///
    /// # Errors
    ///
    /// [`TokenError`], if the job may not ask for tokens.
    pub fn github(variable: impl Fn(&str) -> Option<String>) -> Result<Self, TokenError> {
        let missing = || TokenError::Credential {
            reason: "this job may not ask GitHub for a token of its own".to_owned(),
            next: "Add `permissions: id-token: write` to the job.".to_owned(),
        };
        let url = variable("ACTIONS_ID_TOKEN_REQUEST_URL").ok_or_else(missing)?;
        let pass = variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN").ok_or_else(missing)?;
        let audience = format!("audience={}", percent_encoded(AUDIENCE));
        Issuer::new(&url, &audience, pass).map(Self::Github)
    }

    /// Azure Pipelines, as the job's environment describes it.
    ///
    /// # Errors
    ///
    /// [`TokenError`], if the job may not ask for tokens.
    pub fn azure_pipelines(variable: impl Fn(&str) -> Option<String>) -> Result<Self, TokenError> {
        let get = |name: &str, next: &str| {
            variable(name).filter(|value| !value.is_empty()).ok_or_else(|| TokenError::Credential {
                reason: format!("this job has no {name}"),
                next: next.to_owned(),
            })
        };
        let url = get("SYSTEM_OIDCREQUESTURI", "Run it in a job of Azure Pipelines.")?;
        let pass = get("SYSTEM_ACCESSTOKEN", "Add `env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)` to the step.")?;
        let connection = get(
            "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
            "Set AZURESUBSCRIPTION_SERVICE_CONNECTION_ID to the id of the service connection, or run within AzureCLI@2.",
        )?;
        let query = format!("api-version=7.1&serviceConnectionId={}", percent_encoded(&connection));
        Issuer::new(&url, &query, pass).map(Self::AzurePipelines)
    }

    /// The token with which somebody says who we are.
    pub(super) fn assertion(&self, client: &Client) -> Result<SecretString, Asked> {
        match self {
            Self::File(path) => read(path).map_err(Asked::Never),
            Self::Github(issuer) => issuer.ask(client, "GET", "value"),
            Self::AzurePipelines(issuer) => issuer.ask(client, "POST", "oidcToken"),
        }
    }
}

fn read(path: &std::path::Path) -> Result<SecretString, TokenError> {
    use std::io::Read as _;
    let shown = Printable::of_path(path);
    let refused = |reason: String| TokenError::Credential {
        reason,
        next: "Check the path; on Kubernetes the token is projected into the pod as a file.".to_owned(),
    };
    let mut text = Zeroizing::new(String::with_capacity(LONGEST as usize));
    let read = std::fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    read.map_err(|error| refused(format!("cannot read the token in {shown}: {error}")))?;
    token(text.trim()).ok_or_else(|| refused(format!("{shown} holds no token")))
}

/// A JSON web token: three parts of letters.
fn token(text: &str) -> Option<SecretString> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let good = text.matches('.').count() == 2 && text.bytes().all(is_token);
    good.then(|| text.into())
}

impl Issuer {
    fn new(address: &str, query: &str, pass: String) -> Result<Self, TokenError> {
        let (url, own) = address.split_once('?').unwrap_or((address, ""));
        let refused = |reason: String| TokenError::Credential {
            reason,
            next: "The build server sets this address; check that nothing else does.".to_owned(),
        };
        let url = Url::parse(url).map_err(|error| refused(error.to_string()))?;
        let joined = if own.is_empty() { String::new() } else { format!("{own}&") };
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        if !plain(own) || !plain(&pass) {
            return Err(refused("the address or the pass of the build server's token service is malformed".to_owned()));
        }
        Ok(Self { url, query: format!("?{joined}{query}"), pass: pass.into() })
    }

    fn ask(&self, client: &Client, method: &'static str, key: &str) -> Result<SecretString, Asked> {
        let pass = Zeroizing::new(format!("Bearer {}", self.pass.expose_secret()));
        let accept = Zeroizing::new("application/json".to_owned());
        let answer = client.send(&Request {
            url: &self.url,
            method,
            query: &self.query,
            headers: vec![("Authorization", pass), ("Content-Type", accept)],
            body: (method == "POST").then_some(&[]),
            expect: false,
            progress: None,
        })?;
        let status = answer.status;
        if answer.is_passing() {
            let reason = format!("the build server's token service answers {status}");
            return Err(Asked::Later(reason, answer.retry_after(std::time::SystemTime::now())));
        }
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let text = body[key].as_str().filter(|_| (200..300).contains(&status)).and_then(token);
        text.ok_or_else(|| {
            Asked::Never(TokenError::Credential {
                reason: format!("the build server's token service gives no token (it answers {status})"),
                next: "Check that the job may ask for tokens (GitHub: `permissions: id-token: write`).".to_owned(),
            })
        })
    }
}
