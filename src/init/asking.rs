//! Questions to whoever runs the command, if anybody is there.

use std::io;

/// Something that the samples do not tell for sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question, printable.
    pub text: String,
    /// The answers to choose from, printable.
    pub choices: Vec<String>,
    /// The best guess among them.
    pub best: usize,
}

/// Whoever answers questions.
pub trait Ask {
    /// The place of the chosen answer. `None`: nobody answers, and the best guess is taken with a note.
    ///
    /// # Errors
    ///
    /// Whatever keeps the question from being asked, or a person who gave up.
    fn choose(&mut self, question: &Question) -> io::Result<Option<usize>>;
}

/// Nobody is asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct BestGuess;

impl Ask for BestGuess {
    fn choose(&mut self, _: &Question) -> io::Result<Option<usize>> {
        Ok(None)
    }
}
