//! Questions on a terminal. They are asked on standard error, so that results may go elsewhere.

use std::io;

use dialoguer::console::Term;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};
use dialoguer::{Error, Select};

use crate::init::{Ask, Question};

/// A person at a terminal.
pub(super) struct Terminal {
    theme: Box<dyn Theme>,
}

impl Terminal {
    pub(super) fn new(colour: bool) -> Self {
        Self { theme: if colour { Box::new(ColorfulTheme::default()) } else { Box::new(SimpleTheme) } }
    }
}

impl Ask for Terminal {
    fn choose(&mut self, question: &Question) -> io::Result<Option<usize>> {
        let select = Select::with_theme(&*self.theme)
            .with_prompt(&question.text)
            .items(&question.choices)
            .default(question.best)
            .max_length(20);
        // Escape leaves the question to the best guess, and a note.
        select.interact_on_opt(&Term::stderr()).map_err(|Error::IO(error)| error)
    }
}
