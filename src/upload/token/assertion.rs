//! A certificate in place of a secret: a short signed statement of who we are (RFC 7523).

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use secrecy::SecretString;
use serde_json::json;

use super::Dialect;

/// Seconds for which a statement is good.
const LASTS: u64 = 600;

/// A certificate and its private key.
pub struct Certificate {
    key: RsaKeyPair,
    /// The digests by which the other side finds the certificate: SHA-256 and SHA-1.
    prints: (String, String),
}

/// Why a certificate cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// There is no certificate in the file.
    #[error("the file holds no certificate")]
    NoCertificate,
    /// There is no key in the file.
    #[error("the file holds no private key that can be used without a password")]
    NoKey,
    /// It is a PKCS #12 container.
    #[error("the file is a PKCS #12 container (.pfx, .p12), not PEM")]
    Container,
    /// The key is not RSA, or too weak.
    #[error("the private key is no RSA key of 2048 to 4096 bits")]
    NotRsa,
    /// No randomness, or the key is broken.
    #[error("the private key does not sign")]
    Unsigned,
}

impl CertificateError {
    /// What to do about it.
    #[must_use]
    pub fn next(&self) -> &'static str {
        match self {
            Self::Container => {
                "Convert it: openssl pkcs12 -in FILE.pfx -nodes -out FILE.pem (and protect the new file)."
            }
            Self::NoCertificate | Self::NoKey => {
                "Put certificate and private key (PKCS #8 or PKCS #1, not encrypted) into one PEM file that only you can read."
            }
            Self::NotRsa => "Entra takes RSA keys only: make a certificate with one of 2048 bits or more.",
            Self::Unsigned => "Make a new certificate and upload it to the app.",
        }
    }
}

impl Certificate {
    /// Reads certificate and key in PEM form.
    ///
    /// # Errors
    ///
    /// [`CertificateError`], if one is missing or cannot be used.
    pub fn from_pem(pem: &[u8]) -> Result<Self, CertificateError> {
        if pem.starts_with(&[0x30, 0x82]) || pem.starts_with(&[0x30, 0x80]) {
            return Err(CertificateError::Container);
        }
        let certificate = CertificateDer::from_pem_slice(pem).map_err(|_| CertificateError::NoCertificate)?;
        let key = match PrivateKeyDer::from_pem_slice(pem).map_err(|_| CertificateError::NoKey)? {
            PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
            _ => return Err(CertificateError::NotRsa),
        };
        let key = key.map_err(|_| CertificateError::NotRsa)?;
        let print = |by| BASE64_URL_SAFE_NO_PAD.encode(ring::digest::digest(by, &certificate));
        let prints = (print(&ring::digest::SHA256), print(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY));
        Ok(Self { key, prints })
    }

    /// The statement that we are this app, for the token service at this address.
    pub(super) fn assertion(
        &self,
        app: &str,
        audience: &str,
        dialect: Dialect,
    ) -> Result<SecretString, CertificateError> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let random = SystemRandom::new();
        let mut id = [0; 16];
        random.fill(&mut id).map_err(|_| CertificateError::Unsigned)?;
        let id = BASE64_URL_SAFE_NO_PAD.encode(id);
        // The first version as it was published as working for this connector; the second as Entra documents it today.
        let (header, how): (_, &dyn RsaEncoding) = match dialect {
            Dialect::One => (json!({ "alg": "RS256", "typ": "JWT", "x5t": self.prints.1 }), &RSA_PKCS1_SHA256),
            Dialect::Two => (json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": self.prints.0 }), &RSA_PSS_SHA256),
        };
        // Clocks differ by some seconds.
        let (from, until) = (now.saturating_sub(60), now + LASTS);
        let claims = json!({
            "aud": audience, "iss": app, "sub": app, "jti": id, "nbf": from, "iat": from, "exp": until,
        });
        let part = |json: &serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
        let text = format!("{}.{}", part(&header), part(&claims));
        let mut signature = vec![0; self.key.public().modulus_len()];
        let signed = self.key.sign(how, &random, text.as_bytes(), &mut signature);
        signed.map_err(|_| CertificateError::Unsigned)?;
        Ok(format!("{text}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)).into())
    }
}
