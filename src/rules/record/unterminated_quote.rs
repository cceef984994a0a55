//! A quote opens a cell and is never closed.
//!
//! # What it checks
//!
//! A cell begins with `"`, and no closing `"` follows before the end of the file or before the cell has grown past the
//! limit for one cell. The place reported is the quote that opened.
//!
//! # Why it matters to the receiving service
//!
//! Everything after the quote, line breaks and delimiters too, belongs to that one cell. All following rows are lost,
//! and most programs do not say so.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-04-23T15:18:02Z,"Met expectations,3
//! ```
//!
//! # Options
//!
//! None. The rule guards what the service requires: it cannot be lowered.
//!
//! # Fix
//!
//! None: only a person knows where the cell was meant to end.

use crate::finding::Severity;
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "unterminated-quote",
    severity: Severity::Error,
    contract: true,
    fix: None,
    milder: None,
    options: &[],
    source: include_str!("unterminated_quote.rs"),
    check: Check::Engine { explain },
};

fn explain(fact: &Observed) -> Explanation {
    let Observed::UnterminatedQuote(limit) = *fact else {
        unreachable!("unterminated-quote is told of open quotes only");
    };
    let message = match limit {
        Some(bytes) => format!("the quote that opens here is not closed within {bytes} bytes"),
        None => "the quote that opens here is never closed".to_owned(),
    };
    Explanation::new(message, "Close the quote where the cell ends, or write a quote that belongs to the text twice.")
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};

    #[test]
    fn the_message_names_the_limit_where_one_was_reached() {
        assert!(explain(&Observed::UnterminatedQuote(Some(1024))).message.ends_with("within 1024 bytes"));
        assert!(explain(&Observed::UnterminatedQuote(None)).message.ends_with("is never closed"));
    }
}
