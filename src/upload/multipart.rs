//! The body of an upload: one part of a form, named `file`, as the vendor's script and flow send it.

use memchr::memmem;

use crate::check::{ChunkBytes, Digest};

/// What every recipient calls the file. The name on disk may say whom it is about, and is nobody's business.
const FILE_NAME: &str = "hr.csv";

/// A chunk in its envelope. The chunk is not copied.
pub struct Multipart<'c> {
    boundary: String,
    head: String,
    chunk: &'c ChunkBytes,
    tail: String,
}

impl<'c> Multipart<'c> {
    /// Wraps a chunk. The boundary is made of its digest, so that the same chunk makes the same bytes, and is not in it.
    ///
    /// # Panics
    ///
    /// Never: a chunk is too short to hold all boundaries.
    #[must_use]
    pub fn new(chunk: &'c ChunkBytes, digest: Digest) -> Self {
        let name = |attempt: u32| format!("hrlint-{:.32}-{attempt}", digest.to_string());
        let absent = |boundary: &String| memmem::find(chunk.as_bytes(), boundary.as_bytes()).is_none();
        let boundary =
            (0..=u32::MAX).map(name).find(absent).expect("a chunk is too short to hold four billion boundaries");
        let head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{FILE_NAME}\"\r\n\r\n");
        let tail = format!("\r\n--{boundary}--\r\n");
        Self { boundary, head, chunk, tail }
    }

    /// The value of the `Content-Type` header.
    #[must_use]
    pub fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// The body, piece by piece.
    #[must_use]
    pub fn pieces(&self) -> [&[u8]; 3] {
        [self.head.as_bytes(), self.chunk.as_bytes(), self.tail.as_bytes()]
    }
}
