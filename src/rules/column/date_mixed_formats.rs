//! The dates of a column are written in several forms.
//!
//! # What it checks
//!
//! Date columns in which the second and further forms together have at least a share (5 % unless the mapping says otherwise) of
//! the dates, and at least two dates each. It speaks once for a column, with the number of dates of each form, and only where
//! there are at least 20 dates. All dates with time and offset count as one form, whatever the fraction and the offset. Single
//! cells in another form are told by the rules about dates alone.
//!
//! # Why it matters to the receiving service
//!
//! Several forms mean several sources: files that were put together by hand, a spreadsheet that turned some cells into dates of
//! its own, two systems behind one export. Each of them has to be mended at its source, and a mixture of day first and month first
//! cannot be told apart afterwards.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,ResignationDate,LastWorkingDate
//! sara.davis@contoso.com,2026-06-23T15:18:02Z,2026-06-29T17:00:00Z
//! alex.wilber@contoso.com,23.06.2026,2026-07-31T17:00:00Z
//! ```
//!
//! ... and so on. Have every source write dates like `2026-06-23T15:18:02Z`.
//!
//! # Options
//!
//! `rows` (20; 2 to 1000000): how many dates there must be. `share` (5; 1 to 50): the share, in per cent, of dates that are not
//! in the most frequent form. In the mapping: `"rules": { "date-mixed-formats": { "share": 10 } }`.
//!
//! # Fix
//!
//! None for the column; the rules about single dates offer theirs.

use crate::finding::Severity;
use crate::mapping::RuleOption;
use crate::rules::amount::{grouped, share};
use crate::rules::{Check, Explanation, Observed, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "date-mixed-formats",
    severity: Severity::Warning,
    contract: false,
    fix: None,
    milder: None,
    options: &[
        RuleOption { name: "rows", default: 20, least: 2, most: 1_000_000 },
        RuleOption { name: "share", default: 5, least: 1, most: 50 },
    ],
    source: include_str!("date_mixed_formats.rs"),
    check: Check::Engine { explain },
};

/// Forms that are told one by one.
const TOLD: usize = 4;

fn explain(observed: &Observed) -> Explanation {
    let Observed::MixedForms(forms) = observed else {
        unreachable!("date-mixed-formats is told of several forms only")
    };
    let all: u64 = forms.iter().map(|(_, count)| count).sum();
    let mut told: Vec<String> = forms
        .iter()
        .take(TOLD)
        .map(|(style, count)| format!("{} ({}) {}", grouped(*count), share(*count, all), style.example()))
        .collect();
    if forms.len() > TOLD {
        told.push("some in other forms".to_owned());
    }
    Explanation::new(
        format!("the column's {} dates are written in {} forms: {}", grouped(all), forms.len(), told.join("; ")),
        "Have every source of the column write dates like 2026-12-31T17:00:00Z.",
    )
}

#[cfg(test)]
mod tests {
    use super::{Observed, explain};
    use crate::rules::date::Style;

    #[test]
    fn every_form_is_told_with_its_share() {
        let forms = vec![(Style::Iso, 1204), (Style::DayDots, 96)];
        assert_eq!(
            explain(&Observed::MixedForms(forms)).message,
            "the column's 1,300 dates are written in 2 forms: 1,204 (92 %) like 2026-12-31T17:00:00Z; 96 (7 %) like 31.12.2026"
        );
    }
}
