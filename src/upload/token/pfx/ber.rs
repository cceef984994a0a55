//! Elements of ASN.1, as far as PKCS #12 files and certificates need them (ITU-T X.690).
//!
//! Most tools write the strict form, DER. NSS and Bouncy Castle do not: lengths are left open there (`80` ... `00 00`), and long
//! strings are cut into parts, which readers of DER refuse. So this one takes any of these forms, from a slice in memory, and knows
//! nothing of what the elements mean.

use secrecy::zeroize::Zeroizing;

/// Tags of the elements that are asked for.
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BITS: u8 = 0x03;
pub(crate) const OCTETS: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;
/// `[0]`, of a simple value and around other elements.
pub(crate) const ZERO: u8 = 0x80;
pub(crate) const ZERO_AROUND: u8 = 0xa0;

/// The bit of a tag that says: what is inside are elements.
const AROUND: u8 = 0x20;

/// How deep elements with open lengths may lie in one another, and parts of strings in parts.
const DEEPEST: usize = 32;

/// The bytes are no such elements.
#[derive(Debug)]
pub(crate) struct Malformed;

/// One element.
#[derive(Clone, Copy)]
pub(crate) struct Element<'b> {
    pub(crate) tag: u8,
    /// What is inside.
    pub(crate) content: &'b [u8],
    /// With tag and length.
    pub(crate) whole: &'b [u8],
}

impl<'b> Element<'b> {
    /// The elements inside.
    pub(crate) fn inside(self) -> Reader<'b> {
        Reader(self.content)
    }

    /// The bytes of a string, whether in one piece or in parts.
    pub(crate) fn bytes(self) -> Result<Zeroizing<Vec<u8>>, Malformed> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.content.len()));
        self.gather(&mut bytes, 0)?;
        Ok(bytes)
    }

    fn gather(self, bytes: &mut Vec<u8>, depth: usize) -> Result<(), Malformed> {
        if self.tag & AROUND == 0 {
            bytes.extend_from_slice(self.content);
            return Ok(());
        }
        let mut parts = self.inside();
        while !parts.is_empty() {
            let part = parts.next()?;
            if part.tag & !AROUND != OCTETS || depth > DEEPEST {
                return Err(Malformed);
            }
            part.gather(bytes, depth + 1)?;
        }
        Ok(())
    }
}

/// Reads elements one after the other.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next element, whatever it is.
    pub(crate) fn next(&mut self) -> Result<Element<'b>, Malformed> {
        let (tag, begin, length) = head(self.0)?;
        let rest = &self.0[begin..];
        let (content, end) = match length {
            Some(length) => (rest.get(..length).ok_or(Malformed)?, begin + length),
            None => {
                let length = open_length(rest)?;
                (&rest[..length], begin + length + 2)
            }
        };
        let (whole, after) = self.0.split_at(end);
        self.0 = after;
        Ok(Element { tag, content, whole })
    }

    /// The next element, which must be of this kind.
    pub(crate) fn take(&mut self, tag: u8) -> Result<Element<'b>, Malformed> {
        self.next().and_then(|element| if element.tag == tag { Ok(element) } else { Err(Malformed) })
    }

    /// The next element if it is of this kind.
    pub(crate) fn take_if(&mut self, tag: u8) -> Result<Option<Element<'b>>, Malformed> {
        if self.0.first() == Some(&tag) { self.next().map(Some) } else { Ok(None) }
    }

    /// The elements of the next one, which must be a sequence.
    pub(crate) fn sequence(&mut self) -> Result<Reader<'b>, Malformed> {
        self.take(SEQUENCE).map(Element::inside)
    }

    /// The name of a thing.
    pub(crate) fn oid(&mut self) -> Result<&'b [u8], Malformed> {
        self.take(OID).map(|element| element.content)
    }

    /// A string of bytes.
    pub(crate) fn octets(&mut self) -> Result<Zeroizing<Vec<u8>>, Malformed> {
        let element = self.next()?;
        if element.tag & !AROUND == OCTETS { element.bytes() } else { Err(Malformed) }
    }

    /// Whether a number comes next.
    pub(crate) fn has_integer(&self) -> bool {
        self.0.first() == Some(&INTEGER)
    }

    /// A number that is not negative; what does not fit is as large as can be.
    pub(crate) fn integer(&mut self) -> Result<u64, Malformed> {
        let bytes = self.take(INTEGER)?.content;
        if bytes.first().is_none_or(|first| first & 0x80 != 0) {
            return Err(Malformed);
        }
        Ok(bytes.iter().fold(
            0_u64,
            |number, &byte| {
                if number >> 56 == 0 { number << 8 | u64::from(byte) } else { u64::MAX }
            },
        ))
    }
}

/// Tag, where the content begins, and how long it is; `None` where that is left open.
fn head(bytes: &[u8]) -> Result<(u8, usize, Option<usize>), Malformed> {
    let &[tag, length, ref more @ ..] = bytes else { return Err(Malformed) };
    // Tags of several bytes are used by nothing that we read.
    if tag & 0x1f == 0x1f {
        return Err(Malformed);
    }
    match length {
        0x00..=0x7f => Ok((tag, 2, Some(length.into()))),
        0x80 if tag & AROUND != 0 => Ok((tag, 2, None)),
        0x81..=0x84 => {
            let count = usize::from(length & 0x7f);
            let digits = more.get(..count).ok_or(Malformed)?;
            let length = digits.iter().fold(0_u64, |length, &digit| length << 8 | u64::from(digit));
            Ok((tag, 2 + count, Some(usize::try_from(length).map_err(|_| Malformed)?)))
        }
        _ => Err(Malformed),
    }
}

/// Where an open length ends: before the `00 00` that belongs to it.
fn open_length(bytes: &[u8]) -> Result<usize, Malformed> {
    let (mut at, mut depth) = (0_usize, 1);
    loop {
        let rest = bytes.get(at..).ok_or(Malformed)?;
        if rest.starts_with(&[0, 0]) {
            depth -= 1;
            if depth == 0 {
                return Ok(at);
            }
            at += 2;
            continue;
        }
        let (_, begin, length) = head(rest)?;
        depth += usize::from(length.is_none());
        if depth > DEEPEST {
            return Err(Malformed);
        }
        at = at.checked_add(begin).and_then(|at| at.checked_add(length.unwrap_or(0))).ok_or(Malformed)?;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Reader;

    fn string(bytes: &[u8]) -> Option<Vec<u8>> {
        Reader::new(bytes).octets().ok().map(|bytes| bytes.to_vec())
    }

    #[test]
    fn a_string_is_the_same_in_one_piece_and_in_parts() {
        for bytes in [
            &[0x04, 2, 7, 8][..],
            &[0x04, 0x81, 2, 7, 8],
            &[0x24, 6, 0x04, 1, 7, 0x04, 1, 8],
            &[0x24, 0x80, 0x04, 1, 7, 0x24, 0x80, 0x04, 1, 8, 0, 0, 0, 0],
        ] {
            assert_eq!(string(bytes), Some(vec![7, 8]), "{bytes:?}");
        }
        for bytes in
            [&[][..], &[0x04], &[0x04, 3, 7, 8], &[0x04, 0x80, 0, 0], &[0x24, 0x80, 0x04, 1, 7], &[0x24, 2, 0x02, 0]]
        {
            assert_eq!(string(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn numbers_are_whole_and_not_negative() {
        let number = |bytes: &[u8]| Reader::new(bytes).integer().ok();
        assert_eq!(number(&[2, 2, 8, 0]), Some(2048));
        assert_eq!(number(&[2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0]), Some(u64::MAX));
        assert_eq!((number(&[2, 1, 0x80]), number(&[2, 0])), (None, None));
    }

    #[test]
    fn depth_has_an_end() {
        assert!(Reader::new(&[0x30, 0x80].repeat(100_000)).next().is_err());
        let nested = (0..100).fold(vec![0x04, 0], |inner: Vec<u8>, _| {
            let length = u16::try_from(inner.len()).expect("short").to_be_bytes();
            [&[0x24, 0x82][..], &length, &inner].concat()
        });
        assert_eq!(string(&nested), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut reader = Reader::new(&bytes);
            while !reader.is_empty() {
                let Ok(element) = reader.next() else { break };
                prop_assert!(element.whole.len() > element.content.len());
                drop(element.bytes());
            }
        }
    }
}
