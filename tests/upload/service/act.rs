//! What a double does to a request.

/// At which moment something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// As soon as somebody connects, before encryption.
    Accepted,
    /// Once the connection is encrypted.
    Encrypted,
    /// Within the head of the request, after so many bytes.
    InHead(usize),
    /// Once the head was read; nobody was told to go on.
    Head,
    /// Once leave was given and so many bytes of the body were read.
    Body(usize),
    /// Once all was read.
    All,
    /// Once all was read, and a piece of the answer was sent.
    InAnswer,
}

/// What comes back.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// These bytes, then the end.
    Text(Vec<u8>),
    /// These bytes, one by one and slowly.
    Drip(Vec<u8>),
    /// These bytes, then these ones as often as they are taken.
    Endless(Vec<u8>, Vec<u8>),
    /// Nothing, ever.
    Nothing,
    /// The connection is cut.
    Cut,
}

/// What is done to a request, and when.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    pub(crate) when: When,
    pub(crate) reply: Reply,
    /// Whether leave to send the body is given (`100 Continue`).
    pub(crate) leave: bool,
}

impl Act {
    pub(crate) fn new(when: When, reply: Reply) -> Self {
        Self { when, reply, leave: true }
    }

    /// An answer to everything that was sent.
    pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Self {
        Self::answer_at(When::All, status, headers, body)
    }

    pub(crate) fn answer_at(when: When, status: &str, headers: &str, body: &str) -> Self {
        let length = body.len();
        let text = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n{body}");
        Self::new(when, Reply::Text(text.into_bytes()))
    }

    pub(crate) fn status(status: &str) -> Self {
        Self::answer(status, "", "")
    }

    pub(crate) fn cut(when: When) -> Self {
        Self::new(when, Reply::Cut)
    }

    pub(crate) fn stall(when: When) -> Self {
        Self::new(when, Reply::Nothing)
    }
}
