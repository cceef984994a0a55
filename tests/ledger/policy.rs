//! What is done with each chunk: every state, every wish.

use chrono::{DateTime, Utc};
use hrlint::upload::ledger::{
    Answer, ChunkPast, Decision, Digest, Past, Refusal, State, Step, UploadPast, Wishes, decide,
};
use proptest::prelude::*;

use crate::example::{answer, begin, chunk};

fn past(number: u64, states: &[State]) -> UploadPast {
    let at = DateTime::<Utc>::UNIX_EPOCH;
    let of = |(place, state): (usize, &State)| ChunkPast {
        // Chunks that were never begun are known by nothing.
        what: (*state != State::NotSent).then(|| chunk(place as u32 + 1)),
        state: state.clone(),
        ..ChunkPast::default()
    };
    UploadPast {
        number,
        begin: begin("leavers.csv", states.len() as u32),
        begun: at,
        resumed: Vec::new(),
        finished: None,
        last: at,
        last_record: number,
        last_hash: Digest([0; 32]),
        chunks: states.iter().enumerate().map(of).collect(),
    }
}

fn accepted() -> State {
    State::Accepted(answer(202))
}

fn refused() -> State {
    State::Refused(Answer { accepted: false, ..answer(503) })
}

fn same(upload: UploadPast) -> Past {
    Past { same: Some(upload), cut_otherwise: None }
}

const NOTHING: Wishes = Wishes { again: false, resend_unknown: false, assume_sent: false };
const AGAIN: Wishes = Wishes { again: true, ..NOTHING };
const RESEND: Wishes = Wishes { resend_unknown: true, ..NOTHING };
const ASSUME: Wishes = Wishes { assume_sent: true, ..NOTHING };

fn chunks(count: u32) -> Vec<hrlint::upload::ledger::Chunk> {
    (1..=count).map(chunk).collect()
}

#[test]
fn a_file_that_nobody_sent_is_sent() {
    for wishes in [NOTHING, AGAIN, RESEND, ASSUME] {
        assert_eq!(decide(&Past::default(), &chunks(3), wishes), Decision::Begin);
    }
}

#[test]
fn every_state_has_its_step() {
    let unknown = State::Unknown(None);
    let states = [accepted(), refused(), State::NotSent, State::Assumed, unknown.clone()];
    let past = same(past(7, &states));
    let known = [Step::Skip, Step::Send, Step::Send, Step::Skip];
    let with = |last| Decision::Resume(7, [known.as_slice(), &[last]].concat());
    let stopped = Decision::Refuse(Refusal::Unknown(7, vec![(5, chunk(5).rows)]));
    assert_eq!(decide(&past, &chunks(5), NOTHING), stopped);
    assert_eq!(decide(&past, &chunks(5), RESEND), with(Step::Resend));
    assert_eq!(decide(&past, &chunks(5), ASSUME), with(Step::Assume));
    assert_eq!(decide(&past, &chunks(5), AGAIN), Decision::Begin);
    let both = Wishes { resend_unknown: true, ..ASSUME };
    assert_eq!(decide(&past, &chunks(5), both), stopped, "two words that contradict each other are none");
}

#[test]
fn a_file_sent_entirely_needs_again() {
    let mut upload = past(2, &[accepted(), State::Assumed]);
    let killed = decide(&same(upload.clone()), &chunks(2), NOTHING);
    assert_eq!(killed, Decision::Resume(2, vec![Step::Skip; 2]), "a run killed before its last word is finished");
    upload.finished = Some(DateTime::UNIX_EPOCH);
    for wishes in [NOTHING, RESEND, ASSUME] {
        let refusal = Decision::Refuse(Refusal::SentAlready(2));
        assert_eq!(decide(&same(upload.clone()), &chunks(2), wishes), refusal);
        // However it is cut now.
        let otherwise = Past { same: None, cut_otherwise: Some(upload.clone()) };
        assert_eq!(decide(&otherwise, &chunks(4), wishes), refusal);
    }
    assert_eq!(decide(&same(upload), &chunks(2), AGAIN), Decision::Begin);
}

#[test]
fn chunks_of_another_size_are_not_guessed_at() {
    for states in [[accepted(), State::NotSent], [State::NotSent, State::Unknown(None)]] {
        let started = past(3, &states);
        let refusal = Decision::Refuse(Refusal::CutOtherwise(3));
        let otherwise = Past { same: None, cut_otherwise: Some(started.clone()) };
        let traceless =
            Past { same: Some(past(4, &[State::NotSent, State::NotSent])), cut_otherwise: Some(started.clone()) };
        for wishes in [NOTHING, RESEND, ASSUME] {
            assert_eq!(decide(&otherwise, &chunks(2), wishes), refusal);
            assert_eq!(decide(&traceless, &chunks(2), wishes), refusal);
            // The same name for the cut, but other chunks: another version cut them.
            assert_eq!(decide(&same(started.clone()), &chunks(3), wishes), refusal);
            let mut moved = chunks(2);
            for chunk in &mut moved {
                chunk.bytes += 1;
            }
            assert_eq!(decide(&same(started.clone()), &moved, wishes), refusal);
        }
    }
}

#[test]
fn an_upload_of_which_nothing_arrived_does_not_count() {
    let nothing = past(5, &[refused(), State::NotSent]);
    assert_eq!(decide(&same(nothing.clone()), &chunks(2), NOTHING), Decision::Resume(5, vec![Step::Send; 2]));
    assert_eq!(decide(&same(nothing.clone()), &chunks(3), NOTHING), Decision::Begin);
    let otherwise = Past { same: None, cut_otherwise: Some(nothing) };
    assert_eq!(decide(&otherwise, &chunks(2), NOTHING), Decision::Begin);
}

fn state() -> impl Strategy<Value = State> {
    prop_oneof![
        Just(State::NotSent),
        Just(State::Unknown(None)),
        Just(State::Unknown(Some("stalled".to_owned()))),
        Just(accepted()),
        Just(refused()),
        Just(State::Assumed),
    ]
}

proptest! {
    #[test]
    fn nothing_accepted_is_sent_and_nothing_missing_is_skipped(
        states in proptest::collection::vec(state(), 1..12),
        again: bool, resend_unknown: bool, assume_sent: bool,
    ) {
        let wishes = Wishes { again, resend_unknown, assume_sent };
        let upload = past(1, &states);
        match decide(&same(upload), &chunks(states.len() as u32), wishes) {
            Decision::Begin => prop_assert!(again),
            Decision::Resume(_, steps) => {
                prop_assert_eq!(steps.len(), states.len());
                for (state, step) in states.iter().zip(steps) {
                    let right = match state {
                        State::Accepted(_) | State::Assumed => step == Step::Skip,
                        State::NotSent | State::Refused(_) => step == Step::Send,
                        State::Unknown(_) => (step == Step::Resend && resend_unknown) || (step == Step::Assume && assume_sent),
                    };
                    prop_assert!(right, "{state:?} {step:?}");
                }
            }
            Decision::Refuse(Refusal::Unknown(_, unknown)) => {
                prop_assert!(!again && resend_unknown == assume_sent);
                let is_unknown = |state: &&State| matches!(state, State::Unknown(_));
                prop_assert_eq!(unknown.len(), states.iter().filter(is_unknown).count());
            }
            Decision::Refuse(other) => prop_assert!(false, "{other:?}"),
        }
    }
}
