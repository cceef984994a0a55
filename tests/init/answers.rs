//! Questions, and what answers change: asked of somebody made of a list.

use std::collections::VecDeque;
use std::io;

use hrlint::init::{Ask, InitError, Question, Sample, Sureness, propose};

/// Answers by what a choice begins with; keeps the questions.
struct Somebody {
    answers: VecDeque<&'static str>,
    asked: Vec<String>,
}

impl Somebody {
    fn of(answers: &[&'static str]) -> Self {
        Self { answers: answers.iter().copied().collect(), asked: Vec::new() }
    }
}

impl Ask for Somebody {
    fn choose(&mut self, question: &Question) -> io::Result<Option<usize>> {
        self.asked.push(question.text.clone());
        let answer = self.answers.pop_front().ok_or_else(|| io::Error::other("no more answers"))?;
        let place = question.choices.iter().position(|choice| choice.starts_with(answer));
        Ok(Some(place.unwrap_or_else(|| panic!("{answer} is not among {:?}", question.choices))))
    }
}

fn sample(text: &str) -> Sample {
    Sample::parse("sample.csv", "sample", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

const OPAQUE: &str = "E-Mail,D1,D2\n\
    mia.brandt@northwind-energy.de,2026-05-04,2026-06-30\n\
    jonas.keller@northwind-energy.de,2026-05-12,2026-06-15\n\
    aylin.demir@northwind-energy.de,2026-05-18,2026-07-31\n";

#[test]
fn an_answer_goes_before_the_best_guess() {
    let mut somebody = Somebody::of(&["Resignation", "D2", "D1"]);
    let proposal = propose(&[sample(OPAQUE)], &mut somebody).expect("a proposal");
    let columns: Vec<_> = proposal.scenarios[0].fields.iter().map(|field| field.column.as_deref()).collect();
    assert_eq!(columns, [Some("E-Mail"), Some("D2"), Some("D1")], "{:?}", somebody.asked);
    assert!(proposal.scenarios[0].fields[1..].iter().all(|field| field.sureness == Some(Sureness::Certain)));
    assert!(proposal.notes.is_empty(), "{:?}", proposal.notes);
}

#[test]
fn a_column_that_is_not_there_can_be_said_to_be_missing() {
    let mut somebody = Somebody::of(&["Resignation", "none", "D2"]);
    let proposal = propose(&[sample(OPAQUE)], &mut somebody).expect("a proposal");
    assert_eq!(proposal.scenarios[0].fields[1].column, None);
    let told = proposal.notes.iter().any(|note| note.field.as_deref() == Some("resignationDate"));
    assert!(told, "{:?}", proposal.notes);
    assert_eq!(proposal.mapping.scenarios[0].fields[1].column, "ResignationDate");
}

#[test]
fn who_gives_up_gets_nothing() {
    let given_up = propose(&[sample(OPAQUE)], &mut Somebody::of(&[])).err().expect("no proposal");
    assert!(matches!(given_up, InitError::Unanswered(_)));
}

#[test]
fn what_is_clear_is_not_asked() {
    let text = OPAQUE.replace("D1", "Resignation date").replace("D2", "Last working day");
    let mut somebody = Somebody::of(&[]);
    let proposal = propose(&[sample(&text)], &mut somebody).expect("a proposal");
    assert!(somebody.asked.is_empty() && proposal.notes.is_empty(), "{:?}", proposal.notes);
}
