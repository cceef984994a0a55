//! Repairs chosen, made, shown and kept: what `hrlint fix` does with what the engine mends.
//!
//! [`check::mend`](crate::check::mend()) hands a mended file on in stretches. Here they become a file that takes the old
//! one's place whole or not at all ([`replace`]; until then it is [`unkept`]), or a unified diff ([`diff`]), and the result goes through the same check as
//! every file before anybody relies on it ([`claims`]).
//!
//! Nothing here knows rules or columns, and nothing of a file is held whole.

pub mod ask;
pub mod claims;
pub mod diff;
pub mod replace;
mod tee;
pub mod unkept;

pub use tee::{Copy, Tee};
