//! A quote stands where none may stand.
//!
//! # What it checks
//!
//! A `"` inside a cell that does not begin with one, or text between a closing `"` and the next delimiter. A cell that
//! holds quotes must begin and end with one, and each quote inside is written twice.
//!
//! # Why it matters to the receiving service
//!
//! Programs disagree about such cells: some keep the quote, some drop it, and some read on until the next quote and
//! swallow the delimiters between. Which of these the service does is not documented.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,Called the goals "vague",3
//! ```
//!
//! Write `"Called the goals ""vague"""` instead.
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None from hrlint: only a person sees where the cell was meant to end. Put the whole cell in quotes and write each
//! quote inside it twice.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "stray-quote",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("stray_quote.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let message = match fact {
        Observed::StrayQuote => "a quote stands inside a cell that does not begin with one",
        Observed::TextAfterQuote => "text follows the quote that closes the cell",
        _ => unreachable!("stray-quote is told of misplaced quotes only"),
    };
    Explanation::new(message, "Put the whole cell in quotes and write each quote inside it twice.")
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_two_forms_have_words_of_their_own() {
        assert_ne!(explain(&Observed::StrayQuote).message, explain(&Observed::TextAfterQuote).message);
    }
}
