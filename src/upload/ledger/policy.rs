//! What to do with each chunk, given what the ledger knows and what the user wants. Pure: nothing is read or written here.

use super::fact::{Chunk, Rows};
use super::uploads::{Past, State, UploadPast};

/// What the user asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// `--again`: send everything, whatever was sent before.
    pub again: bool,
    /// `--resend-unknown`: send chunks again whose answer was never seen.
    pub resend_unknown: bool,
    /// `--assume-sent`: count chunks as sent whose answer was never seen.
    pub assume_sent: bool,
}

/// What to do with one chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send it.
    Send,
    /// Record the user's word ([`Resolution::Resent`](super::Resolution)), then send it.
    Resend,
    /// Record the user's word ([`Resolution::AssumeSent`](super::Resolution)); do not send it.
    Assume,
    /// It is accepted, or counts as such.
    Skip,
}

/// What to do with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Begin a new upload and send every chunk.
    Begin,
    /// Go on with that upload; one step for every chunk.
    Resume(u64, Vec<Step>),
    /// Send nothing.
    Refuse(Refusal),
}

/// Why nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// All of it was sent by that upload. `--again` sends it nevertheless.
    SentAlready(u64),
    /// Of these chunks of that upload nobody knows whether they arrived (exit code 4). `--resend-unknown` or `--assume-sent`
    /// decides it.
    Unknown(u64, Vec<(u32, Rows)>),
    /// Some of it was, or may have been, sent by that upload in chunks of another size, so that no chunk of now is known.
    /// The same size as then goes on; `--again` sends everything.
    CutOtherwise(u64),
}

/// Decides.
///
/// `chunks` are the chunks as they would be sent now.
#[must_use]
pub fn decide(past: &Past, chunks: &[Chunk], wishes: Wishes) -> Decision {
    if wishes.again {
        return Decision::Begin;
    }
    let traced = [&past.same, &past.cut_otherwise].into_iter().flatten().filter(|upload| upload.left_traces());
    let Some(newest) = traced.max_by_key(|upload| upload.number) else {
        // An upload of which nothing arrived goes on as the same one: a history of attempts helps nobody.
        let same = past.same.as_ref().filter(|upload| fits(upload, chunks));
        return same.map_or(Decision::Begin, |upload| Decision::Resume(upload.number, vec![Step::Send; chunks.len()]));
    };
    if newest.is_complete() {
        return complete(newest);
    }
    if past.same.as_ref() != Some(newest) || !fits(newest, chunks) {
        return Decision::Refuse(Refusal::CutOtherwise(newest.number));
    }
    resume(newest, wishes)
}

/// All was sent. A run that was killed before it could say so is finished, not refused.
fn complete(upload: &UploadPast) -> Decision {
    match upload.finished {
        Some(_) => Decision::Refuse(Refusal::SentAlready(upload.number)),
        None => Decision::Resume(upload.number, vec![Step::Skip; upload.begin.chunks as usize]),
    }
}

/// Whether what was sent then is what would be sent now, chunk by chunk.
fn fits(upload: &UploadPast, chunks: &[Chunk]) -> bool {
    let same = |(known, now): (&Option<Chunk>, &Chunk)| known.as_ref().is_none_or(|known| known == now);
    upload.begin.chunks as usize == chunks.len() && upload.chunks.iter().map(|chunk| &chunk.what).zip(chunks).all(same)
}

fn resume(upload: &UploadPast, wishes: Wishes) -> Decision {
    let (mut steps, mut unknown) = (Vec::new(), Vec::new());
    for (number, chunk) in upload.all_chunks() {
        let step = match (&chunk.state, wishes) {
            (State::Accepted(_) | State::Assumed, _) => Step::Skip,
            (State::NotSent | State::Refused(_), _) => Step::Send,
            (State::Unknown(_), Wishes { resend_unknown: true, assume_sent: false, .. }) => Step::Resend,
            (State::Unknown(_), Wishes { assume_sent: true, resend_unknown: false, .. }) => Step::Assume,
            // Both words at once are none.
            (State::Unknown(_), _) => {
                unknown.extend(chunk.what.as_ref().map(|what| (number, what.rows)));
                continue;
            }
        };
        steps.push(step);
    }
    if unknown.is_empty() {
        Decision::Resume(upload.number, steps)
    } else {
        Decision::Refuse(Refusal::Unknown(upload.number, unknown))
    }
}
