//! PKCS #12 files (`.pfx`, `.p12`; RFC 7292): certificates and their private keys behind a password.
//!
//! ```text
//! bytes --elements--> whole? (proved by the password) --> safes --decrypted--> bags --> keys, certificates
//! ```
//!
//! Nothing that is in a file is believed before the password has proved it whole, and a file that cannot be proved is refused. Read is
//! what OpenSSL, Windows, Key Vault, Java and NSS write, today (AES, PBKDF2) and formerly (3DES, RC2). The parts (digests, HMAC,
//! PBKDF2, ciphers) are those of ring and `RustCrypto`; here is only how a file puts them together, in a tenth of the packages that
//! the libraries for the whole format bring along.

pub(super) mod ber;
mod keys;
mod names;

use secrecy::zeroize::Zeroizing;

use self::ber::{OCTETS, Reader, SET, ZERO, ZERO_AROUND};
use self::keys::{Budget, Password, decrypted, proves};
use super::CertificateError;

/// How deep bags may lie in bags.
const DEEPEST: usize = 8;

/// A key or a certificate, in DER.
pub(super) struct Item {
    pub(super) der: Zeroizing<Vec<u8>>,
    /// What a key and its certificate have in common.
    pub(super) id: Option<Vec<u8>>,
}

/// What is in a file.
#[derive(Default)]
pub(super) struct Contents {
    /// In the form of PKCS #8.
    pub(super) keys: Vec<Item>,
    /// Of X.509.
    pub(super) certificates: Vec<Item>,
}

/// Whether the bytes begin as such a file does: a sequence with the version, 3, as its first element.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let &[ber::SEQUENCE, length, ref rest @ ..] = bytes else { return false };
    let digits = if length > 0x80 { usize::from(length & 0x7f) } else { 0 };
    rest.get(digits..).is_some_and(|rest| rest.starts_with(&[ber::INTEGER, 1, 3]))
}

/// Opens a file.
///
/// # Errors
///
/// [`CertificateError`], if it is damaged, hostile, of an unknown make, or closed to this password.
pub(super) fn open(bytes: &[u8], password: &str) -> Result<Contents, CertificateError> {
    let mut file = Reader::new(bytes).sequence()?;
    if file.integer()? != 3 {
        return Err(CertificateError::Damaged);
    }
    let mut content = file.sequence()?;
    if content.oid()? != names::DATA || file.is_empty() {
        return Err(CertificateError::Unproved);
    }
    let content = content.take(ZERO_AROUND)?.inside().octets()?;
    let mut budget = Budget::default();
    let proof = file.sequence()?;
    let mut passwords = vec![Password::new(password)];
    passwords.extend(password.is_empty().then(Password::none));
    let mut fitting = None;
    for password in passwords {
        if proves(proof, &content, &password, &mut budget)? {
            fitting = Some(password);
            break;
        }
    }
    let mut opening =
        Opening { password: fitting.ok_or(CertificateError::Password)?, budget, found: Contents::default() };
    opening.safes(Reader::new(&content).sequence()?)?;
    Ok(opening.found)
}

/// A file that was proved whole, being taken apart.
struct Opening {
    password: Password,
    budget: Budget,
    found: Contents,
}

impl Opening {
    fn safes(&mut self, mut safes: Reader<'_>) -> Result<(), CertificateError> {
        while !safes.is_empty() {
            let mut safe = safes.sequence()?;
            let kind = safe.oid()?;
            let mut content = safe.take(ZERO_AROUND)?.inside();
            let bags = match kind {
                names::DATA => content.octets()?,
                names::ENCRYPTED => {
                    let mut encrypted = content.sequence()?;
                    encrypted.integer()?;
                    let mut encrypted = encrypted.sequence()?;
                    encrypted.oid()?;
                    let (algorithm, text) = (encrypted.sequence()?, encrypted.next()?);
                    if ![ZERO, ZERO_AROUND].contains(&text.tag) {
                        return Err(CertificateError::Damaged);
                    }
                    decrypted(algorithm, &text.bytes()?, &self.password, &mut self.budget)?
                }
                // Encrypted for somebody's certificate, not by a password.
                _ => return Err(CertificateError::Cipher),
            };
            self.bags(Reader::new(&bags).sequence()?, 0)?;
        }
        Ok(())
    }

    fn bags(&mut self, mut bags: Reader<'_>, depth: usize) -> Result<(), CertificateError> {
        while !bags.is_empty() {
            let mut bag = bags.sequence()?;
            let (kind, mut value) = (bag.oid()?, bag.take(ZERO_AROUND)?.inside());
            let id = bag.take_if(SET)?.map(|attributes| key_id(attributes.inside())).transpose()?.flatten();
            match kind {
                names::KEY => {
                    let der = Zeroizing::new(value.next()?.whole.to_vec());
                    self.found.keys.push(Item { der, id });
                }
                names::SHROUDED_KEY => {
                    let mut key = value.sequence()?;
                    let (algorithm, text) = (key.sequence()?, key.octets()?);
                    let der = decrypted(algorithm, &text, &self.password, &mut self.budget)?;
                    self.found.keys.push(Item { der, id });
                }
                names::CERTIFICATE => {
                    let mut certificate = value.sequence()?;
                    if certificate.oid()? == names::X509 {
                        let der = certificate.take(ZERO_AROUND)?.inside().octets()?;
                        self.found.certificates.push(Item { der, id });
                    }
                }
                names::BAGS if depth < DEEPEST => self.bags(value.sequence()?, depth + 1)?,
                names::BAGS => return Err(CertificateError::Damaged),
                // Revocation lists and other people's secrets.
                _ => {}
            }
        }
        Ok(())
    }
}

fn key_id(mut attributes: Reader<'_>) -> Result<Option<Vec<u8>>, CertificateError> {
    while !attributes.is_empty() {
        let mut attribute = attributes.sequence()?;
        if attribute.oid()? == names::LOCAL_KEY_ID {
            let id = attribute.take(SET)?.inside().take(OCTETS)?;
            return Ok(Some(id.content.to_vec()));
        }
    }
    Ok(None)
}

impl From<ber::Malformed> for CertificateError {
    fn from(_: ber::Malformed) -> Self {
        Self::Damaged
    }
}

#[cfg(test)]
mod tests;
