//! Wrong addresses of which a few bits tell what the rules say: hardly any address is there twice, but most are wrong in one of a
//! few ways. What was said of one is counted again for all others of its shape, and no text is read.

use super::careful::Careful;
use super::worker::Worker;
use crate::rules::Bytes;
use crate::scan::{AddressMasks, Windows as Set};

/// Shapes that are remembered; a power of two.
const PLACES: usize = 256;

/// What was said of addresses, by shape.
pub(super) struct Addresses {
    /// A shape, and the number of what was said; no shape is 0.
    list: [(u64, u16); PLACES],
}

/// An address of which its shape tells what the rules say.
#[derive(Clone, Copy)]
pub(super) struct Shaped {
    /// The shape.
    pub(super) shape: u64,
    /// Its domain, if it has one.
    pub(super) domain: Option<Domain>,
}

/// The domain of an address.
#[derive(Clone, Copy)]
pub(super) struct Domain {
    /// Where it begins and ends.
    pub(super) span: (usize, usize),
    /// The place at which any [`crate::accept::Domains`] would remember it.
    pub(super) place: usize,
}

impl Default for Addresses {
    fn default() -> Self {
        Self { list: [(0, 0); PLACES] }
    }
}

impl Addresses {
    /// The number of what was said of such addresses.
    #[inline(always)]
    pub(super) fn find(&self, shape: u64) -> Option<u16> {
        let place = place(shape);
        for (known, kind) in [self.list[place], self.list[place ^ 1]] {
            if known == shape {
                return Some(kind);
            }
        }
        None
    }

    /// Remembers what was said, in place of another if need be.
    pub(super) fn remember(&mut self, shape: u64, kind: u16) {
        let place = place(shape);
        // What was first there is rather what many have.
        let second = ![0, shape].contains(&self.list[place].0);
        self.list[place ^ usize::from(second)] = (shape, kind);
    }
}

#[inline(always)]
fn place(shape: u64) -> usize {
    (shape.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - PLACES.ilog2())) as usize % PLACES
}

impl Careful<'_, '_, '_> {
    /// The shape of the address at `begin..end` of the buffer, if [`crate::rules::address::TOLD_BY_KINDS`] holds for it and something is
    /// wrong with it; its first 64 bytes, and what those of it are; `any`: rules that any cell may break are asked, too.
    #[inline(always)]
    pub(super) fn address_shape(
        &self,
        set: impl Set,
        worker: &Worker,
        (column, any): (usize, bool),
        (window, masks): (&[u8; 64], AddressMasks),
        (begin, end): (usize, usize),
    ) -> Option<Shaped> {
        let (bytes, length) = (self.bytes(), end - begin);
        if !(1..=48).contains(&length) {
            return None;
        }
        let AddressMasks { at, dot, hyphen, not_upn: odd, .. } = masks;
        let last = 1 << (length - 1);
        let (first, small) = (window[0], u32::from_le_bytes([window[0], window[1], window[2], 0]) | 0x0020_2020);
        let place = at.trailing_zeros() as usize % 64;
        let (several, single) = (at & at.wrapping_sub(1) != 0, at.is_power_of_two() && at & (1 | last) == 0);
        // An error value, a placeholder or a guest.
        let error = matches!(first, b'#' | b'E');
        let placeholder = [*b"rep\0", *b"und\0", *b"nul\0"].contains(&small.to_le_bytes());
        let guest = window[place.wrapping_sub(1) % 64] == b'#';
        if odd & (1 | last) != 0 || error || placeholder || guest {
            return None;
        }
        let (mut kinds, mut letter) = (Bytes::PLAIN, 0);
        if odd != 0 {
            let at = odd.trailing_zeros() as usize % 63;
            let (one, other) = (window[at], window[at + 1]);
            match one {
                b' ' if odd.is_power_of_two() && !several => kinds = kinds | Bytes::BLANK,
                0xc3..=0xc8 | 0xcf..=0xd3 if odd == 3 << at && other & 0xc0 == 0x80 => {
                    kinds = kinds | Bytes::LETTER;
                    letter = u64::from(u16::from_le_bytes([one, other]));
                }
                _ => return None,
            }
        }
        let edge = (dot & (1 | last | (dot | at) << 1)) | (at & dot << 1) | (hyphen & (last | at << 1));
        let kinds = kinds | Bytes::EDGE.only_if(edge != 0) | Bytes::NO_ADDRESS.only_if(!single);
        if kinds == Bytes::PLAIN {
            return None;
        }
        let mut domain = None;
        if single {
            let span = (begin + place + 1, end);
            domain = Some(Domain { span, place: worker.silent.find(set, bytes, span.0, span.1)? });
        }
        let ats = u64::from(at != 0) + u64::from(several);
        let shape = u64::from(kinds.bits()) | letter << 16 | ats << 32 | u64::from(any) << 34 | (column as u64) << 35;
        Some(Shaped { shape, domain })
    }
}
