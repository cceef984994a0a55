//! A certificate in place of a secret: a short signed statement of who we are (RFC 7523).

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use serde_json::json;

use super::pfx::ber::{BITS, Malformed, Reader, ZERO_AROUND};
use super::{Dialect, pfx};

/// Seconds for which a statement is good.
const LASTS: u64 = 600;

/// A certificate and its private key.
pub struct Certificate {
    key: RsaKeyPair,
    /// The digests by which the other side finds the certificate: SHA-256 and SHA-1.
    prints: (String, String),
}

/// Why a certificate cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// There is no certificate in the file.
    #[error("the file holds no certificate")]
    NoCertificate,
    /// There is no key in the file.
    #[error("the file holds no private key that can be used")]
    NoKey,
    /// There are both, and they have nothing to do with each other.
    #[error("no certificate in the file belongs to its private key")]
    Strangers,
    /// It is neither PEM nor PKCS #12.
    #[error("the file is neither PEM nor PKCS #12 (.pfx, .p12)")]
    Alien,
    /// The PKCS #12 file cannot be read to its end.
    #[error("the file is damaged or incomplete")]
    Damaged,
    /// The PKCS #12 file does not open with this password.
    #[error("the password does not open the file")]
    Password,
    /// The PKCS #12 file carries no proof that it is whole.
    #[error("the file does not prove by its password that nobody changed it")]
    Unproved,
    /// The PKCS #12 file is encrypted or proved in an unusual way.
    #[error("the file is encrypted in a way that hrlint does not know")]
    Cipher,
    /// The PKCS #12 file would keep us busy for very long.
    #[error("the file asks for more than 10,000,000 rounds of computing to be opened")]
    Costly,
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
            Self::NoCertificate | Self::NoKey | Self::Strangers | Self::Alien => {
                "Put certificate and private key into one file that only you can read: PKCS #12 (.pfx, .p12), or PEM with a key \
                 that is not encrypted (PKCS #8 or PKCS #1). On Windows export it with its private key."
            }
            Self::Damaged => "Copy it again as a binary file, or export it again.",
            Self::Password => {
                "Check the password in HRLINT_CERTIFICATE_PASSWORD or in the file named by --certificate-password-file."
            }
            Self::Unproved | Self::Cipher => {
                "Export it again with a password: on Windows with the encryption AES256-SHA256, elsewhere by openssl pkcs12 -export."
            }
            Self::Costly => {
                "No tool writes such files, so it is damaged or was made to keep this machine busy: export it again."
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
        if !pem.windows(10).any(|text| text == b"-----BEGIN") {
            return Err(CertificateError::Alien);
        }
        let certificates = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
        let certificates = certificates.map_err(|_| CertificateError::NoCertificate)?;
        let key = match PrivateKeyDer::from_pem_slice(pem).map_err(|_| CertificateError::NoKey)? {
            PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
            _ => return Err(CertificateError::NotRsa),
        };
        Self::of(key.map_err(|_| CertificateError::NotRsa)?, certificates.iter().map(|der| &**der))
    }

    /// The bytes of a PKCS #12 file, if it is one, also where it is written as text (base64), as Key Vault and build servers hand it
    /// over.
    #[must_use]
    pub fn container(file: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        if pfx::is_one(file) {
            return Some(Zeroizing::new(file.to_vec()));
        }
        let text: Zeroizing<Vec<u8>> =
            Zeroizing::new(file.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect());
        let decoded = BASE64_STANDARD.decode(&text).map(Zeroizing::new).ok()?;
        pfx::is_one(&decoded).then_some(decoded)
    }

    /// Reads certificate and key from a PKCS #12 file.
    ///
    /// # Errors
    ///
    /// [`CertificateError`], if the password does not open it, or one is missing or cannot be used.
    pub fn from_container(file: &[u8], password: &str) -> Result<Self, CertificateError> {
        let mut found = pfx::open(file, password)?;
        let keys = found.keys.iter().map(|key| (RsaKeyPair::from_pkcs8(&key.der).ok(), &key.id));
        let (key, id) =
            keys.reduce(|found, next| if found.0.is_some() { found } else { next }).ok_or(CertificateError::NoKey)?;
        // Of several that belong to the key (renewed ones), the one that says so comes first.
        found.certificates.sort_by_key(|certificate| certificate.id.is_none() || certificate.id != *id);
        Self::of(key.ok_or(CertificateError::NotRsa)?, found.certificates.iter().map(|item| &item.der[..]))
    }

    /// The first of these certificates that belongs to the key: files often hold those of its issuers, too.
    fn of<'c>(key: RsaKeyPair, certificates: impl Iterator<Item = &'c [u8]>) -> Result<Self, CertificateError> {
        let mut certificates = certificates.peekable();
        certificates.peek().ok_or(CertificateError::NoCertificate)?;
        let is_own = |der: &&[u8]| public_key(der).is_ok_and(|public| public == key.public().as_ref());
        let certificate = certificates.find(is_own).ok_or(CertificateError::Strangers)?;
        let print = |by| BASE64_URL_SAFE_NO_PAD.encode(ring::digest::digest(by, certificate));
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

/// The public key of a certificate, as RSA keys are written (RFC 5280, section 4.1; RFC 8017, appendix A.1.1).
fn public_key(certificate: &[u8]) -> Result<&[u8], Malformed> {
    let mut certificate = Reader::new(certificate).sequence()?;
    let mut of = certificate.sequence()?;
    of.take_if(ZERO_AROUND)?;
    for _serial_algorithm_issuer_validity_subject in 0..5 {
        of.next()?;
    }
    let mut key = of.sequence()?;
    key.next()?;
    // The first byte says how many bits at the end do not count.
    key.take(BITS)?.content.split_first().map(|(_, key)| key).ok_or(Malformed)
}
