//! Which credential is used, given what was said.

use secrecy::{ExposeSecret as _, SecretString};

use super::Arguments;
use super::options::SignIn;
use super::secrets;
use crate::upload::{Certificate, CertificateError, Credential, Federation, Managed, TokenError};

/// What is missing to sign in as wanted.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
enum Missing {
    #[error("no certificate was named")]
    #[diagnostic(
        code(hrlint::no_certificate),
        help("Name a file that holds certificate and private key, PKCS #12 (.pfx, .p12) or PEM: --certificate FILE.")
    )]
    Certificate,
    #[error("no file with a federated token was named")]
    #[diagnostic(
        code(hrlint::no_federated_token),
        help("Name it with --federated-token-file or AZURE_FEDERATED_TOKEN_FILE.")
    )]
    Token,
    #[error("the certificate cannot be used: {reason}")]
    #[diagnostic(code(hrlint::bad_certificate), help("{}", reason.next()))]
    Unusable { reason: CertificateError },
    #[error("more than one way to sign in was named: {0}")]
    #[diagnostic(code(hrlint::several_credentials), help("Leave all but one of them out, or choose with --auth."))]
    Several(String),
}

impl Arguments {
    /// What we sign in with.
    pub(super) fn credential(&self) -> miette::Result<Credential> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let federated = |result: Result<Federation, TokenError>| result.map(Credential::Federation);
        Ok(match self.sign_in()? {
            SignIn::Auto | SignIn::Secret => {
                let secret = secrets::secret(self.secret_file.as_deref(), self.secret_command.as_deref())?;
                Credential::Secret(secret)
            }
            SignIn::Certificate => Credential::Certificate(Box::new(self.read_certificate()?)),
            SignIn::Federated => {
                let named = self.federated_token_file.clone();
                let file = named.or_else(|| variable("AZURE_FEDERATED_TOKEN_FILE").map(Into::into));
                Credential::Federation(Federation::File(file.ok_or(Missing::Token)?))
            }
            SignIn::Github => federated(Federation::github(variable))?,
            SignIn::AzurePipelines => federated(Federation::azure_pipelines(variable))?,
            SignIn::ManagedIdentity => Credential::Managed(Managed::of(variable, true)?),
            SignIn::SystemIdentity => Credential::Managed(Managed::of(variable, false)?),
        })
    }

    fn sign_in(&self) -> Result<SignIn, Missing> {
        if self.auth != SignIn::Auto {
            return Ok(self.auth);
        }
        let named = [
            (self.secret_file.is_some(), "--secret-file", SignIn::Secret),
            (self.secret_command.is_some(), "--secret-command", SignIn::Secret),
            (self.certificate.is_some(), "--certificate", SignIn::Certificate),
            (self.federated_token_file.is_some(), "--federated-token-file", SignIn::Federated),
        ];
        let named: Vec<_> = named.into_iter().filter(|(is, ..)| *is).collect();
        match &named[..] {
            [] => Ok(SignIn::Secret),
            [(_, _, only)] => Ok(*only),
            several => Err(Missing::Several(several.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", "))),
        }
    }

    fn read_certificate(&self) -> miette::Result<Certificate> {
        let path = self.certificate.as_deref().ok_or(Missing::Certificate)?;
        let file = secrets::private_bytes(path, "the certificate in")?;
        let unusable = |reason| Missing::Unusable { reason };
        let Some(container) = Certificate::container(&file) else {
            return Ok(Certificate::from_pem(&file).map_err(unusable)?);
        };
        let open = |password: &SecretString| Certificate::from_container(&container, password.expose_secret());
        let given = secrets::certificate_password(self.certificate_password_file.as_deref())?;
        let certificate = match given {
            Some(password) => open(&password),
            // Many have none; who sits at a terminal is asked for that of the others.
            None => match open(&SecretString::default()) {
                Err(CertificateError::Password) => open(&secrets::asked_for_password()?),
                opened => opened,
            },
        };
        Ok(certificate.map_err(unusable)?)
    }
}
