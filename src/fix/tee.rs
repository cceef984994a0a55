//! Receivers that pass a mended file on.

use std::io::{self, Write};

use crate::check::{Mended, Receiver};

/// Writes the bytes as they are to be.
pub struct Copy<W>(pub W);

impl<W: Write + Send> Receiver for Copy<W> {
    fn take(&mut self, mended: Mended<'_>) -> io::Result<()> {
        self.0.write_all(mended.new)
    }
}

/// Hands every stretch to two receivers.
pub struct Tee<'t>(pub &'t mut dyn Receiver, pub &'t mut dyn Receiver);

impl Receiver for Tee<'_> {
    fn take(&mut self, mended: Mended<'_>) -> io::Result<()> {
        self.0.take(mended)?;
        self.1.take(mended)
    }
}
