//! What a password turns into: keys that prove a file whole, and keys that open what is encrypted in it.
//!
//! Two ways to make them: PKCS #12's own (RFC 7292, appendix B) and PBKDF2 (RFC 8018). Both repeat a digest as often as the file says,
//! so that guessing is dear; how often in all is limited, for the file may be hostile.

use std::num::NonZeroU32;

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockCipherDecrypt, BlockModeDecrypt as _, KeyInit, KeyIvInit as _};
use aes::{Aes128, Aes192, Aes256};
use des::TdesEde3;
use rc2::Rc2;
use ring::{digest, hmac, pbkdf2};
use secrecy::zeroize::Zeroizing;

use super::ber::Reader;
use super::names;
use crate::upload::token::CertificateError;

/// Most rounds that a file may ask for, in all: some seconds. The tools of today ask for 2,000 to 600,000.
const MOST_ROUNDS: u64 = 10_000_000;

/// How long a key may be that is used for a proof of wholeness.
const LONGEST_KEY: u64 = 256;

/// The rounds that are left.
pub(super) struct Budget(u64);

impl Default for Budget {
    fn default() -> Self {
        Self(MOST_ROUNDS)
    }
}

impl Budget {
    fn spend(&mut self, rounds: u64) -> Result<NonZeroU32, CertificateError> {
        self.0 = self.0.checked_sub(rounds).ok_or(CertificateError::Costly)?;
        u32::try_from(rounds).ok().and_then(NonZeroU32::new).ok_or(CertificateError::Damaged)
    }
}

/// A password in the two spellings that keys are made from.
pub(super) struct Password {
    /// UTF-8.
    narrow: Zeroizing<Vec<u8>>,
    /// UTF-16, most significant byte first, with two zeros at the end.
    wide: Zeroizing<Vec<u8>>,
}

impl Password {
    pub(super) fn new(text: &str) -> Self {
        let wide = text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes);
        Self { narrow: Zeroizing::new(text.into()), wide: Zeroizing::new(wide.collect()) }
    }

    /// No password at all, which some tools tell from an empty one: there are no zeros at the end.
    pub(super) fn none() -> Self {
        Self { narrow: Zeroizing::default(), wide: Zeroizing::default() }
    }
}

/// What a made key is for.
#[derive(Clone, Copy)]
enum Purpose {
    Key = 1,
    Start = 2,
    Proof = 3,
}

/// Whether a file is whole and the password its own.
pub(super) fn proves(
    proof: Reader<'_>,
    content: &[u8],
    password: &Password,
    budget: &mut Budget,
) -> Result<bool, CertificateError> {
    let mut proof = proof;
    let mut stated = proof.sequence()?;
    let mut how = stated.sequence()?;
    let (name, wanted) = (how.oid()?, stated.octets()?);
    let (by, key) = if name == names::PBMAC1 {
        let mut parameters = how.sequence()?;
        let mut derivation = parameters.sequence()?;
        let by = digest_of(parameters.sequence()?.oid()?)?;
        (by, by_pbkdf2(&mut derivation, None, password, budget)?)
    } else {
        let by = digest_of(name)?;
        let salt = proof.octets()?;
        let rounds = if proof.is_empty() { 1 } else { proof.integer()? };
        let rounds = budget.spend(rounds)?;
        (by, by_pkcs12(by.0, Purpose::Proof, password, &salt, rounds, by.0.output_len()))
    };
    Ok(hmac::verify(&hmac::Key::new(by.1, &key), content, &wanted).is_ok())
}

/// Opens what is encrypted as its algorithm says.
pub(super) fn decrypted(
    algorithm: Reader<'_>,
    text: &[u8],
    password: &Password,
    budget: &mut Budget,
) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
    let mut algorithm = algorithm;
    let name = algorithm.oid()?;
    let mut parameters = algorithm.sequence()?;
    if name == names::PBES2 {
        let mut derivation = parameters.sequence()?;
        let mut cipher = parameters.sequence()?;
        let (cipher, start) = (cipher.oid()?, cipher.octets()?);
        let (length, open): (_, Open) = match cipher {
            names::AES_128 => (16, open::<Aes128>),
            names::AES_192 => (24, open::<Aes192>),
            names::AES_256 => (32, open::<Aes256>),
            names::DES_3 => (24, open::<TdesEde3>),
            _ => return Err(CertificateError::Cipher),
        };
        let key = by_pbkdf2(&mut derivation, Some(length), password, budget)?;
        return open(&key, &start, text);
    }
    let (length, open): (_, Open) = match name {
        names::OLD_3DES => (24, open::<TdesEde3>),
        names::OLD_RC2_128 => (16, open::<Rc2>),
        names::OLD_RC2_40 => (5, open::<Rc2>),
        _ => return Err(CertificateError::Cipher),
    };
    let (salt, rounds) = (parameters.octets()?, budget.spend(parameters.integer()?)?);
    let made = |purpose, length| by_pkcs12(&digest::SHA1_FOR_LEGACY_USE_ONLY, purpose, password, &salt, rounds, length);
    open(&made(Purpose::Key, length), &made(Purpose::Start, 8), text)
}

type Open = fn(&[u8], &[u8], &[u8]) -> Result<Zeroizing<Vec<u8>>, CertificateError>;

fn open<C: BlockCipherDecrypt + KeyInit>(
    key: &[u8],
    start: &[u8],
    text: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
    // The file was proved whole, so a key or padding that does not fit was written so.
    let damaged = |_| CertificateError::Damaged;
    let mode = cbc::Decryptor::<C>::new_from_slices(key, start).map_err(damaged)?;
    let mut text = Zeroizing::new(text.to_vec());
    let length = mode.decrypt_padded::<Pkcs7>(&mut text).map_err(|_| CertificateError::Damaged)?.len();
    text.truncate(length);
    Ok(text)
}

/// A digest, and the keyed one made of it.
type Digest = (&'static digest::Algorithm, hmac::Algorithm, pbkdf2::Algorithm);

fn digest_of(name: &[u8]) -> Result<Digest, CertificateError> {
    Ok(match name {
        names::SHA_1 | names::HMAC_SHA_1 => {
            (&digest::SHA1_FOR_LEGACY_USE_ONLY, hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, pbkdf2::PBKDF2_HMAC_SHA1)
        }
        names::SHA_256 | names::HMAC_SHA_256 => (&digest::SHA256, hmac::HMAC_SHA256, pbkdf2::PBKDF2_HMAC_SHA256),
        names::SHA_384 | names::HMAC_SHA_384 => (&digest::SHA384, hmac::HMAC_SHA384, pbkdf2::PBKDF2_HMAC_SHA384),
        names::SHA_512 | names::HMAC_SHA_512 => (&digest::SHA512, hmac::HMAC_SHA512, pbkdf2::PBKDF2_HMAC_SHA512),
        _ => return Err(CertificateError::Cipher),
    })
}

/// A key by PBKDF2; its length is the cipher's, or else the one that the file states.
fn by_pbkdf2(
    derivation: &mut Reader<'_>,
    length: Option<usize>,
    password: &Password,
    budget: &mut Budget,
) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
    if derivation.oid()? != names::PBKDF2 {
        return Err(CertificateError::Cipher);
    }
    let mut parameters = derivation.sequence()?;
    let (salt, rounds) = (parameters.octets()?, budget.spend(parameters.integer()?)?);
    let stated = parameters.has_integer().then(|| parameters.integer()).transpose()?;
    let by = if parameters.is_empty() { names::HMAC_SHA_1 } else { parameters.sequence()?.oid()? };
    let stated = stated.filter(|stated| (1..=LONGEST_KEY).contains(stated)).map(|stated| stated as usize);
    let length = length.or(stated).ok_or(CertificateError::Damaged)?;
    let mut key = Zeroizing::new(vec![0; length]);
    pbkdf2::derive(digest_of(by)?.2, rounds, &salt, &password.narrow, &mut key);
    Ok(key)
}

/// A key as RFC 7292 makes it (appendix B.2, whose letters are used here).
fn by_pkcs12(
    by: &'static digest::Algorithm,
    purpose: Purpose,
    password: &Password,
    salt: &[u8],
    rounds: NonZeroU32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let v = by.block_len();
    let filled = |text: &[u8]| -> Zeroizing<Vec<u8>> {
        Zeroizing::new(text.iter().copied().cycle().take(text.len().next_multiple_of(v)).collect())
    };
    let mut i = Zeroizing::new([&filled(salt)[..], &filled(&password.wide)].concat());
    let mut key = Zeroizing::new(Vec::with_capacity(length + by.output_len()));
    while key.len() < length {
        let mut first = digest::Context::new(by);
        first.update(&vec![purpose as u8; v]);
        first.update(&i);
        let a = (1..rounds.get()).fold(first.finish(), |a, _| digest::digest(by, a.as_ref()));
        key.extend_from_slice(a.as_ref());
        let b: Vec<u8> = a.as_ref().iter().copied().cycle().take(v).collect();
        for block in i.chunks_exact_mut(v) {
            let mut carried = 1_u16;
            for (byte, more) in block.iter_mut().zip(&b).rev() {
                let sum = u16::from(*byte) + u16::from(*more) + carried;
                [_, *byte] = sum.to_be_bytes();
                carried = sum >> 8;
            }
        }
    }
    key.truncate(length);
    key
}
