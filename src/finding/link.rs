//! Which findings are about the same person, without saying who: a keyed hash of the address.
//!
//! A plain hash would be as good as the address, because whoever has a list of a company's people can hash them all. With a key that
//! nobody else has it tells nothing: equal links mean the same person, and no more. The key is drawn anew for each run, or is
//! the user's own where links must hold from run to run, as in waivers.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Bytes of a link: enough to tell all the world's employees apart.
const LENGTH: usize = 8;

/// What links are made with.
#[derive(Clone)]
pub struct LinkKey(Hmac<Sha256>);

/// A person, by a keyed hash. Printed as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link([u8; LENGTH]);

impl LinkKey {
    /// The fewest bytes of a key that cannot be tried out.
    pub const LEAST: usize = 16;

    /// The key that this secret makes; `None` where it is shorter than [`LinkKey::LEAST`].
    #[must_use]
    pub fn new(secret: &[u8]) -> Option<Self> {
        Hmac::new_from_slice(secret).ok().filter(|_| secret.len() >= Self::LEAST).map(Self)
    }

    /// A key that nobody knows, for one run.
    ///
    /// # Errors
    ///
    /// Where the operating system has no randomness.
    pub fn random() -> std::io::Result<Self> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        Self::new(&secret).ok_or_else(|| std::io::Error::other("the key is too short"))
    }

    /// The person of an address: upper and lower case and blanks around it make no difference.
    ///
    /// ```
    /// use hrlint::finding::LinkKey;
    /// let key = LinkKey::new(b"a secret of sixteen bytes or more").expect("it is long enough");
    /// assert_eq!(key.link("Mia.Brandt@northwind-energy.de "), key.link("mia.brandt@northwind-energy.de"));
    /// assert_ne!(key.link("mia.brandt@northwind-energy.de"), key.link("jonas.keller@northwind-energy.de"));
    /// assert_eq!(key.link("").to_string().len(), 16);
    /// ```
    #[must_use]
    pub fn link(&self, address: &str) -> Link {
        self.hash(b"person", address.trim().to_lowercase().as_bytes())
    }

    /// What tells this key from others without giving it away.
    #[must_use]
    pub fn check(&self) -> Link {
        self.hash(b"key", b"")
    }

    fn hash(&self, purpose: &[u8], text: &[u8]) -> Link {
        let mut mac = self.0.clone();
        mac.update(purpose);
        mac.update(&[0]);
        mac.update(text);
        let hash = mac.finalize().into_bytes();
        let mut link = [0; LENGTH];
        link.copy_from_slice(&hash[..LENGTH]);
        Link(link)
    }
}

/// A key is never printed.
impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey")
    }
}

impl Link {
    /// The link that is printed like this, if it is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 2 * LENGTH && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        u64::from_str_radix(text, 16).ok().filter(|_| digits).map(|number| Self(number.to_be_bytes()))
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", u64::from_be_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::{Link, LinkKey};

    #[test]
    fn a_link_is_read_as_it_is_printed() {
        let key = LinkKey::new(&[7; 16]).expect("it is long enough");
        let link = key.link("mia.brandt@northwind-energy.de");
        assert_eq!(Link::parse(&link.to_string()), Some(link));
        for wrong in ["", "0", "00000000000000000", "+000000000000000", "ABCDEF0123456789", "é0000000000000"] {
            assert_eq!(Link::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn another_key_makes_other_links_and_a_short_one_is_none() {
        let link = |secret: &[u8]| LinkKey::new(secret).map(|key| (key.link("a@b.de"), key.check()));
        let (one, other) = (link(&[1; 16]).expect("long enough"), link(&[2; 16]).expect("long enough"));
        assert!(one.0 != other.0 && one.1 != other.1 && one.0 != one.1);
        assert_eq!(link(&[1; 15]), None);
        let random = || LinkKey::random().expect("there is randomness").link("a@b.de");
        assert_ne!(random(), random());
    }
}
