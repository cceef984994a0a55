//! Chunk after chunk: token, request, answer, verdict; every step written down before the next.

use std::time::{Duration, Instant, SystemTime};

use secrecy::ExposeSecret as _;
use secrecy::zeroize::Zeroizing;

use super::ledger::{self, Body, LedgerError, Resolution, Rows, Step, Upload};
use super::multipart::Multipart;
use super::target::Target;
use super::token::{TokenError, Tokens};
use super::verdict::{Verdict, verdict};
use super::waiting::{Attempts, Pace};
use super::wire::{Answer, Client, Request, percent_encoded};
use crate::check::{Chunk, Chunks, Passed, Unsendable};

/// What happens during an upload. Texts are printable and without secrets.
#[derive(Debug)]
pub enum Event<'e> {
    /// Bytes of the request have left.
    Sent(u64),
    /// A chunk was accepted earlier and is not sent again.
    Skipped(u32, &'e Chunk),
    /// A chunk was accepted: its answer's status, reason and body.
    Accepted(u32, &'e Chunk, u16, &'e str, &'e str),
    /// Nothing is sent for a while, and why.
    Waiting(Duration, &'e str),
}

/// Whoever wants to know.
pub trait Listener {
    /// Takes an event.
    fn take(&self, event: Event<'_>);
}

/// What an upload came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Rows accepted by earlier runs.
    pub earlier: u64,
    /// Chunks of which the service says that it took a part (207).
    pub partly: u64,
    /// Time taken.
    pub elapsed: Duration,
}

/// Why an upload stopped. Texts are printable and without secrets.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum Stopped {
    /// No token.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Token(#[from] TokenError),
    /// The file changed.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Unsendable(#[from] Unsendable),
    /// The service said no.
    #[error("rows {} to {} were not accepted: {why} ({answer})", rows.0, rows.1)]
    #[diagnostic(code(hrlint::refused), help("{next}"))]
    Refused {
        /// Spreadsheet rows of the chunk.
        rows: (u64, u64),
        /// What is probably wrong.
        why: String,
        /// What the service said.
        answer: String,
        /// What to do.
        next: String,
    },
    /// The service could not be reached, and has seen nothing of the chunk.
    #[error("rows {} to {} could not be sent: {why}", rows.0, rows.1)]
    #[diagnostic(
        code(hrlint::unreachable),
        help(
            "None of them has arrived. Check network, proxy and firewall, then run the same command again: it goes on here."
        )
    )]
    Unreachable {
        /// Spreadsheet rows of the chunk.
        rows: (u64, u64),
        /// What happened.
        why: String,
    },
    /// Nobody knows.
    #[error("nobody knows whether rows {} to {} have arrived: {why}", rows.0, rows.1)]
    #[diagnostic(
        code(hrlint::outcome_unknown),
        help(
            "Look into the connector's log in the portal (\"Download log\", RecordsSaved). Then run the same command with \
             --assume-sent if they are there, or with --resend-unknown if they are not."
        )
    )]
    Unknown {
        /// Spreadsheet rows of the chunk.
        rows: (u64, u64),
        /// What happened.
        why: String,
    },
    /// It cannot be written down, so nothing more is sent.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Ledger(#[from] LedgerError),
    /// The answer cannot be written down.
    #[error("rows {} to {} were answered ({answer}), but that cannot be written down: {why}", rows.0, rows.1)]
    #[diagnostic(
        code(hrlint::answer_unwritten),
        help(
            "Make room for the ledger. Then run the same command with --assume-sent if the answer above is a success."
        )
    )]
    Unwritten {
        /// Spreadsheet rows of the chunk.
        rows: (u64, u64),
        /// What the service said.
        answer: String,
        /// Why it cannot be written down.
        why: String,
    },
}

impl Stopped {
    /// Whether the outcome of a chunk is unknown.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown { .. } | Self::Unwritten { .. })
    }
}

/// Sends files to one connector.
pub struct Sender<'s> {
    /// The wire.
    pub client: &'s Client,
    /// Where to.
    pub target: &'s Target,
    /// The token.
    pub tokens: Tokens<'s>,
    /// How patient.
    pub pace: Pace,
}

/// What became of one request.
enum Tried {
    Accepted(Answer, bool),
    /// Try again at once, with another token.
    Renew,
    /// Try again: why, when the service wants it, and whether it has answered at all.
    Again(String, Option<Duration>, bool),
}

impl Sender<'_> {
    /// Sends the chunks of a file: those that are not accepted yet, as `steps` say, one step a chunk.
    ///
    /// # Errors
    ///
    /// [`Stopped`] at the first chunk that is not accepted.
    pub fn send(
        &mut self,
        passed: &Passed,
        chunks: &Chunks,
        steps: &[Step],
        mut upload: Upload<'_>,
        listener: &dyn Listener,
    ) -> Result<Sent, Stopped> {
        let begun = Instant::now();
        let mut sent = Sent::default();
        for ((number, chunk), step) in (1..).zip(&chunks.list).zip(steps) {
            match step {
                Step::Skip | Step::Assume => {
                    if *step == Step::Assume {
                        upload.resolved(number, Resolution::AssumeSent)?;
                    }
                    listener.take(Event::Skipped(number, chunk));
                    sent.earlier += chunk.rows();
                    continue;
                }
                Step::Resend => upload.resolved(number, Resolution::Resent)?,
                Step::Send => {}
            }
            let partly = self.chunk(passed, number, chunk, &mut upload, listener)?;
            sent.partly += u64::from(partly);
        }
        upload.finish()?;
        sent.elapsed = begun.elapsed();
        Ok(sent)
    }

    /// Sends a chunk until it is settled; whether only a part of it was taken.
    fn chunk(
        &mut self,
        passed: &Passed,
        number: u32,
        chunk: &Chunk,
        upload: &mut Upload<'_>,
        listener: &dyn Listener,
    ) -> Result<bool, Stopped> {
        let mut attempts = Attempts::new(self.pace);
        let mut renewed = false;
        loop {
            match self.attempt(passed, number, chunk, upload, listener, &mut renewed)? {
                Tried::Accepted(answer, partly) => {
                    let (reason, body) = self.shown(&answer);
                    listener.take(Event::Accepted(number, chunk, answer.status, &reason, &body));
                    return Ok(partly);
                }
                Tried::Renew => {}
                Tried::Again(why, asked, answered) => {
                    let Some(wait) = attempts.wait(asked) else {
                        return Err(given_up(chunk.row_range(), why, asked, answered, attempts.made));
                    };
                    listener.take(Event::Waiting(wait, &why));
                    std::thread::sleep(wait);
                }
            }
        }
    }

    /// One request, from its token to its verdict.
    fn attempt(
        &mut self,
        passed: &Passed,
        number: u32,
        chunk: &Chunk,
        upload: &mut Upload<'_>,
        listener: &dyn Listener,
        renewed: &mut bool,
    ) -> Result<Tried, Stopped> {
        let rows = chunk.row_range();
        let token = self.tokens.token(&mut |wait, why| listener.take(Event::Waiting(wait, why)))?;
        let bearer = Zeroizing::new(format!("Bearer {}", token.expose_secret()));
        // Read for every attempt: time has passed, and only what was checked may leave.
        let bytes = passed.read(chunk)?;
        let form = Multipart::new(&bytes, chunk.digest());
        let query = format!("?jobid={}", percent_encoded(&self.target.ids.job.to_string()));
        let progress = |bytes| listener.take(Event::Sent(bytes));
        let request = Request {
            url: &self.target.ingest,
            method: "POST",
            query: &query,
            headers: vec![("Authorization", bearer), ("Content-Type", Zeroizing::new(form.content_type()))],
            body: Some(&form.pieces()),
            expect: true,
            progress: Some(&progress),
        };
        upload.sending(number, recorded(chunk))?;
        let answer = match self.client.send(&request) {
            Ok(answer) => answer,
            Err(failure) if failure.may_have_arrived() => {
                upload.unknown(number, &failure.reason)?;
                return Err(Stopped::Unknown { rows, why: failure.reason });
            }
            Err(failure) => {
                upload.unsent(number, &failure.reason)?;
                if failure.passing {
                    return Ok(Tried::Again(failure.reason, None, false));
                }
                return Err(Stopped::Unreachable { rows, why: failure.reason });
            }
        };
        self.judge(answer, number, rows, upload, renewed)
    }

    fn judge(
        &mut self,
        answer: Answer,
        number: u32,
        rows: (u64, u64),
        upload: &mut Upload<'_>,
        renewed: &mut bool,
    ) -> Result<Tried, Stopped> {
        let (reason, body) = self.shown(&answer);
        let said = said(answer.status, &reason, &body);
        let verdict = verdict(&answer, SystemTime::now());
        let accepted = matches!(verdict, Verdict::Accepted | Verdict::Partly);
        if let Verdict::Unclear(why) = verdict {
            // What the service repeats may be rows: that is shown to whoever sends them, and not written down.
            upload.unknown(number, &format!("{why} ({})", self::said(answer.status, &reason, "")))?;
            return Err(Stopped::Unknown { rows, why: format!("{why} ({said})") });
        }
        let noted = ledger::Answer {
            accepted,
            status: answer.status,
            reason,
            body: kind(&answer),
            body_bytes: answer.body.len() as u64,
        };
        upload.answered(number, &noted).map_err(|error| Stopped::Unwritten {
            rows,
            answer: said.clone(),
            why: error.to_string(),
        })?;
        match verdict {
            Verdict::Accepted => Ok(Tried::Accepted(answer, false)),
            Verdict::Partly => Ok(Tried::Accepted(answer, true)),
            Verdict::Later(asked) => Ok(Tried::Again(said, asked, true)),
            Verdict::TokenRefused if !*renewed => {
                *renewed = true;
                self.tokens.forget();
                Ok(Tried::Renew)
            }
            Verdict::Refused(why, next) => {
                Err(Stopped::Refused { rows, why: why.to_owned(), answer: said, next: next.to_owned() })
            }
            _ => Err(Stopped::Refused {
                rows,
                why: "the service accepts no token of this app".to_owned(),
                answer: said,
                next: "Check that tenant, app and cloud belong together, and that --resource was left out.".to_owned(),
            }),
        }
    }

    /// Reason and body of an answer, for people and for the upload.
    fn shown(&self, answer: &Answer) -> (String, String) {
        let coded = answer.header("content-encoding").is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"));
        let body = if coded {
            format!("{} bytes, packed", answer.body.len())
        } else {
            let more = if answer.cut { " (cut)" } else { "" };
            self.tokens.mask.shown(&answer.body) + more
        };
        (self.tokens.mask.shown(answer.reason.as_bytes()), body)
    }
}

/// A chunk as the ledger knows it.
#[must_use]
pub fn recorded(chunk: &Chunk) -> ledger::Chunk {
    let (first, last) = chunk.row_range();
    ledger::Chunk {
        rows: Rows { first, last },
        records: chunk.rows(),
        bytes: chunk.bytes(),
        digest: ledger::Digest(chunk.digest().0),
    }
}

/// What kind of text an answer holds.
fn kind(answer: &Answer) -> Body {
    match str::from_utf8(&answer.body) {
        Ok(text) if text.trim().is_empty() => Body::Empty,
        Ok(_) if answer.is_page() => Body::Html,
        Ok(text) if serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok() => Body::Json,
        Ok(_) => Body::Text,
        // Cut off in the middle of a letter, it is text all the same.
        Err(error) if error.error_len().is_none() => Body::Text,
        Err(_) => Body::Binary,
    }
}

/// Why a chunk is not tried any more.
fn given_up(rows: (u64, u64), why: String, asked: Option<Duration>, answered: bool, attempts: u32) -> Stopped {
    if !answered {
        return Stopped::Unreachable { rows, why: format!("{why}; given up after {attempts} attempts") };
    }
    let next = "Run the same command again later: it goes on here. If that does not help for hours, look into the service \
                health page of the admin centre.";
    let tries = match asked {
        Some(asked) if asked > Duration::from_mins(1) => {
            format!("the service asks to wait for {} seconds, longer than --retry-for allows", asked.as_secs())
        }
        _ => format!("the service is out of order; given up after {attempts} attempts"),
    };
    Stopped::Refused { rows, why: tries, answer: why, next: next.to_owned() }
}

/// An answer in one line.
fn said(status: u16, reason: &str, body: &str) -> String {
    let head = format!("{status} {reason}");
    let head = head.trim();
    if body.is_empty() { head.to_owned() } else { format!("{head}: {body}") }
}
