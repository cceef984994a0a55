//! The service's doubles on loopback: token and ingest behind one HTTPS port, with a certificate of their own. They behave
//! unless they are told not to, and write down all they see.

mod act;
mod acting;
mod certificates;

use std::collections::VecDeque;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

pub(crate) use act::{Act, Reply, When};
pub(crate) use acting::token;
pub(crate) use certificates::Kind;

/// A request as it was seen.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    /// Whether all of the body came.
    pub(crate) whole: bool,
}

impl Seen {
    pub(crate) fn line(&self) -> &str {
        self.head.lines().next().unwrap_or("")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(crate) fn is_token(&self) -> bool {
        self.line().contains("/oauth2/")
    }

    /// Whether it is a form with a file in it.
    pub(crate) fn is_form(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("multipart/"))
    }

    /// The file within the form.
    pub(crate) fn file(&self) -> &[u8] {
        let begin = memchr::memmem::find(&self.body, b"\r\n\r\n").expect("a part has a head") + 4;
        let boundary = self.header("content-type").and_then(|kind| kind.split_once("boundary=")).expect("a form").1;
        let end = format!("\r\n--{boundary}--\r\n");
        self.body[begin..].strip_suffix(end.as_bytes()).expect("a form has an end")
    }

    /// A field of a form.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let text = String::from_utf8(self.body.clone()).expect("forms are ASCII");
        let fields = text.split('&').filter_map(|field| field.split_once('='));
        let value = fields.into_iter().find(|(known, _)| *known == name)?.1.replace('+', " ");
        let mut out = Vec::new();
        let mut bytes = value.bytes();
        while let Some(byte) = bytes.next() {
            let mut digit = || char::from(bytes.next().expect("two digits")).to_digit(16).expect("a digit") as u8;
            out.push(if byte == b'%' { digit() * 16 + digit() } else { byte });
        }
        Some(String::from_utf8(out).expect("fields are text"))
    }
}

#[derive(Default)]
struct State {
    /// What is done to the next requests for tokens, and to the next chunks; then all is well.
    tokens: VecDeque<Act>,
    chunks: VecDeque<Act>,
    seen: Vec<Seen>,
    connections: usize,
    /// The connections that were attended to, to their ends.
    ended: usize,
    issued: usize,
    /// Done once, when the first chunk has arrived and before it is answered.
    hook: Option<Box<dyn FnOnce() + Send>>,
}

/// A running double. It ends with the test's process.
pub(crate) struct Service {
    address: SocketAddr,
    ca: String,
    state: Arc<Mutex<State>>,
}

impl Service {
    /// One that behaves.
    pub(crate) fn good() -> Self {
        Self::new([], [])
    }

    /// One that does this to chunks, then behaves.
    pub(crate) fn chunks<const N: usize>(acts: [Act; N]) -> Self {
        Self::new([], acts)
    }

    /// One that does this to requests for tokens, then behaves.
    pub(crate) fn tokens<const N: usize>(acts: [Act; N]) -> Self {
        Self::new(acts, [])
    }

    pub(crate) fn new<const N: usize, const M: usize>(tokens: [Act; N], chunks: [Act; M]) -> Self {
        Self::with(Kind::Good, tokens, chunks)
    }

    /// One whose certificate is of that kind.
    pub(crate) fn with<const N: usize, const M: usize>(kind: Kind, tokens: [Act; N], chunks: [Act; M]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let (config, ca) = certificates::make(kind);
        let state = State { tokens: tokens.into(), chunks: chunks.into(), ..State::default() };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { break };
                let (config, shared) = (Arc::clone(&config), Arc::clone(&shared));
                thread::spawn(move || acting::serve(stream, config, &shared));
            }
        });
        Self { address, ca, state }
    }

    /// Does something once the first chunk has arrived.
    pub(crate) fn once_a_chunk_came(&self, hook: impl FnOnce() + Send + 'static) {
        lock(&self.state).hook = Some(Box::new(hook));
    }

    pub(crate) fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    pub(crate) fn ca(&self) -> &str {
        &self.ca
    }

    /// Everything that was asked, in order.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        lock(&self.state).seen.clone()
    }

    /// The chunks that arrived whole.
    pub(crate) fn files(&self) -> Vec<Vec<u8>> {
        self.seen().iter().filter(|seen| seen.is_form() && seen.whole).map(|seen| seen.file().to_vec()).collect()
    }

    /// The requests with chunks, whole or not.
    pub(crate) fn chunk_requests(&self) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| !seen.is_token()).collect()
    }

    pub(crate) fn token_requests(&self) -> usize {
        self.seen().iter().filter(|seen| seen.is_token()).count()
    }

    pub(crate) fn connections(&self) -> usize {
        lock(&self.state).connections
    }

    /// Waits until everything is noted that was on its way: connections are taken in order, so whatever came before ours is known
    /// when ours is.
    pub(crate) fn settle(&self) {
        let before = self.connections();
        drop(TcpStream::connect(self.address));
        loop {
            let (connections, ended) = (self.connections(), lock(&self.state).ended);
            if connections > before && connections == ended {
                break;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A port that counts who knocks, and answers nobody.
pub(crate) struct Bystander {
    address: SocketAddr,
    knocks: Arc<Mutex<usize>>,
}

impl Bystander {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let knocks = Arc::new(Mutex::new(0));
        let shared = Arc::clone(&knocks);
        thread::spawn(move || {
            let count = |_: TcpStream| *shared.lock().unwrap_or_else(PoisonError::into_inner) += 1;
            listener.incoming().flatten().for_each(count);
        });
        Self { address, knocks }
    }

    pub(crate) fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    pub(crate) fn knocks(&self) -> usize {
        *self.knocks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
