//! One request and its answer on a connection.

use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use secrecy::zeroize::Zeroizing;

use super::answer::{self, Answer, Head};
use super::body;
use super::stream::{Stream, words};
use super::{Failure, Request, Stage, Times};

/// Bytes that are handed over at a time; between them a look whether an answer has come already.
const PIECE: usize = 64 * 1024;

/// Answers before the true one (`100 Continue`, `103 Early Hints`) that are waited out.
const MOST_INTERIM: usize = 20;

/// How long the body of an answer may take, once its head is there.
const BODY_TIME: Duration = Duration::from_secs(30);

/// Sends the request and waits for its answer.
pub(super) fn exchange(stream: Box<dyn Stream>, request: &Request<'_>, times: Times) -> Result<Answer, Failure> {
    let mut exchange = Exchange { stream, inbox: Vec::new(), interim: 0, leave: false, stage: Stage::Head, times };
    let answer = exchange.run(request);
    exchange.stream.close();
    answer
}

struct Exchange {
    stream: Box<dyn Stream>,
    /// What has come and is not yet understood.
    inbox: Vec<u8>,
    interim: usize,
    /// Whether we were told to go on.
    leave: bool,
    stage: Stage,
    times: Times,
}

impl Exchange {
    fn run(&mut self, request: &Request<'_>) -> Result<Answer, Failure> {
        let length: usize = request.body.map_or(0, |body| body.iter().map(|piece| piece.len()).sum());
        let expect = request.expect && length > 0;
        let head = head(request, expect, length);
        self.stream.until(Instant::now() + self.times.connect, self.times.connect);
        let sent = self.stream.write_all(head.as_bytes()).and_then(|()| self.stream.flush());
        if let Err(error) = sent {
            return self.refused_early(&error);
        }
        if expect && let Some(head) = self.await_leave()? {
            return Ok(self.answer(head, false));
        }
        for piece in request.body.unwrap_or(&[]).iter().flat_map(|piece| piece.chunks(PIECE)) {
            if let Some(head) = self.look()? {
                return Ok(self.answer(head, false));
            }
            self.stage = Stage::Body;
            self.stream.until(Instant::now() + self.times.write, self.times.write);
            if let Err(error) = self.stream.write_all(piece).and_then(|()| self.stream.flush()) {
                return self.refused_early(&error);
            }
            if let Some(progress) = request.progress {
                progress(piece.len() as u64);
            }
        }
        self.stage = Stage::Answer;
        self.stream.until(Instant::now() + self.times.answer, self.times.answer);
        loop {
            if let Some(head) = self.head()? {
                return Ok(self.answer(head, true));
            }
            self.more().map_err(|error| self.failure(&words(&error)))?;
        }
    }

    /// Waits a little for leave to go on; another answer is the answer.
    fn await_leave(&mut self) -> Result<Option<Head>, Failure> {
        self.stream.until(Instant::now() + self.times.leave, self.times.leave);
        loop {
            if let Some(head) = self.head()? {
                return Ok(Some(head));
            }
            if self.leave {
                break;
            }
            match self.more() {
                Ok(()) => {}
                Err(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => break,
                Err(error) => return Err(self.failure(&words(&error))),
            }
        }
        Ok(None)
    }

    /// Whether an answer has come while we are still sending.
    fn look(&mut self) -> Result<Option<Head>, Failure> {
        self.stream.hurry(true);
        let more = self.more();
        self.stream.hurry(false);
        match more {
            Ok(()) => self.head(),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(None),
            // Whether that matters is seen when more is sent.
            Err(_) => Ok(None),
        }
    }

    /// The other side takes no more: perhaps it has said why.
    fn refused_early(&mut self, error: &io::Error) -> Result<Answer, Failure> {
        self.stream.until(Instant::now() + self.times.leave, self.times.leave);
        loop {
            match self.head() {
                Ok(Some(head)) => return Ok(self.answer(head, false)),
                Ok(None) if self.more().is_ok() => {}
                _ => return Err(self.failure(&words(error))),
            }
        }
    }

    /// The next head that is an answer, if all of it is there.
    fn head(&mut self) -> Result<Option<Head>, Failure> {
        loop {
            let Some(head) = answer::parse(&self.inbox).map_err(|reason| self.failure(&reason))? else {
                return Ok(None);
            };
            self.inbox.drain(..head.length);
            if !(100..200).contains(&head.status) || head.status == 101 {
                return Ok(Some(head));
            }
            self.leave |= head.status == 100;
            self.interim += 1;
            if self.interim > MOST_INTERIM {
                return Err(self.failure("it goes on saying that an answer will come"));
            }
        }
    }

    fn more(&mut self) -> io::Result<()> {
        let mut part = [0; 4096];
        loop {
            match self.stream.read(&mut part) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(read) => {
                    self.inbox.extend_from_slice(&part[..read]);
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The rest of an answer. Its status is known: what happens from here on does not change it.
    fn answer(&mut self, head: Head, after_all: bool) -> Answer {
        self.stream.until(Instant::now() + BODY_TIME.min(self.times.answer), self.times.write);
        let begun = std::mem::take(&mut self.inbox);
        let (body, cut) = body::read(&mut *self.stream, &head, &begun);
        let Head { status, reason, headers, .. } = head;
        Answer { status, reason, headers, body, cut, after_all }
    }

    fn failure(&self, reason: &str) -> Failure {
        let reason = match self.stage {
            Stage::Answer => format!("everything was sent, but no answer came: {reason}"),
            Stage::Body => format!("it was cut short while rows were being sent: {reason}"),
            _ => format!("no answer: {reason}"),
        };
        Failure { stage: self.stage, reason, passing: true }
    }
}

/// The head of a request. It may hold a secret.
fn head(request: &Request<'_>, expect: bool, length: usize) -> Zeroizing<String> {
    let url = request.url;
    let slash = if url.path().is_empty() { "/" } else { "" };
    let mut head = Zeroizing::new(String::with_capacity(8 * 1024));
    let mut add = |parts: &[&str]| parts.iter().for_each(|part| head.push_str(part));
    add(&[request.method, " ", url.path(), slash, request.query, " HTTP/1.1\r\nHost: ", &url.host_and_port(), "\r\n"]);
    add(&["User-Agent: hrlint/", env!("CARGO_PKG_VERSION"), "\r\nAccept: */*\r\nAccept-Encoding: identity\r\n"]);
    add(&["Connection: close\r\n"]);
    for (name, value) in &request.headers {
        add(&[name, ": ", value, "\r\n"]);
    }
    if request.body.is_some() {
        add(&["Content-Length: ", &length.to_string(), "\r\n"]);
    }
    if expect {
        add(&["Expect: 100-continue\r\n"]);
    }
    add(&["\r\n"]);
    head
}
