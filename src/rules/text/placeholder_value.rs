//! A cell holds what stands for a value, and no value.
//!
//! # What it checks
//!
//! - A template that nobody filled in: a text that begins or ends with `{{...}}` or `${...}`.
//! - What programs write where they have nothing: `NULL`, `undefined`, `NaN`, `[object Object]`; in an address `undefined@...` or
//!   `null@...`.
//! - In cells that the scenario requires, such as an employee's postal code: a filler of one or a few marks (`-`, `?`, `.`), `x`,
//!   `n/a`, `none`, `unknown`, `tbd`. `n/a` may stand for a postal code: some countries have none.
//!
//! It is an error in cells that must be filled, apart from people's names, and a warning elsewhere. Templates and `[object Object]` are
//! always an error. Fillers in remarks, levels and ratings are nobody's fault. Dates are `date-null-token`.
//!
//! # Why it matters to the receiving service
//!
//! The service cannot know that the text is no value: it stores `-` as somebody's address. The cell counts as filled, so nothing
//! tells that the value is missing.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode
//! sara.davis@contoso.com,Sara,Davis,{{street}},-
//! ```
//!
//! Write the address and the postal code.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! None: only a person knows the value.

use crate::finding::Severity;
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "placeholder-value",
    severity: Severity::Error,
    contract: false,
    fix: None,
    milder: Some(Severity::Warning),
    options: &[],
    source: include_str!("placeholder_value.rs"),
    check: Check::Cell {
        needs: Bytes::ANY,
        place: CellPlace::Filled(&[FieldKind::Text, FieldKind::Upn]),
        fires,
        explain,
    },
};

/// What a cell holds in place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Template,
    /// What a program writes where it has nothing.
    Null,
    /// What a program writes of a thing that is no text.
    Object,
    /// What people type because something must stand there.
    Filler,
}

/// What programs write where they have nothing; a person's name may be one of these in other letters.
const NULLS: [&str; 11] =
    ["NULL", "null", "(null)", "<null>", "undefined", "NaN", "nan", "DBNull", "<NA>", "(blank)", "\\N"];

/// What people type, in small letters.
const FILLERS: [&str; 15] = [
    "n/a",
    "n.a.",
    "n.a",
    "none",
    "nil",
    "null",
    "unknown",
    "missing",
    "undefined",
    "tbd",
    "tba",
    "tbc",
    "x",
    "xx",
    "xxx",
];

/// Those of them that are no one's name.
const NAMELESS: [&str; 8] = ["n/a", "n.a.", "unknown", "missing", "tbd", "tbc", "xx", "xxx"];

fn stand(cell: &Cell<'_>) -> Option<Stand> {
    let field = cell.field?;
    if field.kind == FieldKind::Upn {
        let (local, _) = cell.address()?;
        let is = |null: &str| local.eq_ignore_ascii_case(null);
        return (is("undefined") || is("null")).then_some(Stand::Null);
    }
    let text = cell.text.trim();
    let filled_in = |open: &str, close: &str| {
        (text.starts_with(open) || text.ends_with(close))
            && text.find(open).is_some_and(|at| text[at..].contains(close))
    };
    if filled_in("{{", "}}") || filled_in("${", "}") {
        return Some(Stand::Template);
    }
    if text.starts_with("[object ") && text.ends_with(']') {
        return Some(Stand::Object);
    }
    if NULLS.contains(&text) {
        return Some(Stand::Null);
    }
    let marks = || !text.is_empty() && text.bytes().all(|byte| b"-?._/*~: ".contains(&byte));
    let words = if is_name(cell) { &NAMELESS[..] } else { &FILLERS[..] };
    // Some countries have no postal codes.
    let none = field.key == "employeeZipCode" && text.eq_ignore_ascii_case("n/a");
    let filler = field.required && !none && (marks() || words.iter().any(|word| word.eq_ignore_ascii_case(text)));
    filler.then_some(Stand::Filler)
}

/// Whether the cell holds a part of a person's name.
fn is_name(cell: &Cell<'_>) -> bool {
    cell.field.is_some_and(|field| matches!(field.key.as_str(), "employeeFirstName" | "employeeLastName"))
}

fn fires(cell: &Cell<'_>) -> bool {
    stand(cell).is_some()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let stand = stand(cell);
    let message = match stand {
        Some(Stand::Template) => "the cell holds a template that nobody filled in",
        Some(Stand::Object) => "a program wrote [object ...] in place of a value",
        Some(Stand::Null) => "a program wrote its word for nothing in place of a value",
        Some(Stand::Filler) | None => "a filler stands in place of a value that the scenario requires",
    };
    let required = cell.field.is_some_and(|field| field.required);
    let help = if required {
        "Write the value; if it is not known, leave the row out until it is."
    } else {
        "Write the value, or leave the cell empty."
    };
    let grave = matches!(stand, Some(Stand::Template | Stand::Object)) || required && !is_name(cell);
    Explanation { milder: !grave, ..Explanation::new(message, help) }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::mapping::Field;
    use crate::mapping::FieldKind::{Text, Upn};
    use crate::rules::testing::lone::{ask, field};

    fn judged(key: &str, required: bool, text: &str) -> Option<bool> {
        let kind = if key == "emailAddress" { Upn } else { Text };
        ask(&RULE, &Field { required, ..field(key, kind, None) }, text).map(|words| words.milder)
    }

    #[test]
    fn what_stands_for_a_value_is_an_error_where_one_is_required() {
        assert_eq!(judged("employeeAddressLine1", true, "n/a"), Some(false));
        for text in ["-", "none", "?", ".", "x", "XXX", "NULL", "undefined", "[object Object]", "{{zip}}", " - "] {
            assert_eq!(judged("employeeZipCode", true, text), Some(false), "{text}");
        }
        for text in ["28195", "N", "X1", "x y", "-1", "4", "Xu", "n/a"] {
            assert_eq!(judged("employeeZipCode", true, text), None, "{text}");
        }
    }

    #[test]
    fn optional_texts_hold_templates_and_what_programs_write() {
        for text in ["{{remarks}}", "Dear {{name}}", "${remarks}", "${a} and more", "[object Object]"] {
            assert_eq!(judged("remarks", false, text), Some(false), "{text}");
        }
        for text in ["NULL", "null", "undefined", "NaN"] {
            assert_eq!(judged("remarks", false, text), Some(true), "{text}");
        }
        for text in ["-", "n/a", "None", "none", "x", "a {b}", "$ {a", "}} a {{", "Undefined goals", "[object]"] {
            assert_eq!(judged("remarks", false, text), None, "{text}");
        }
    }

    #[test]
    fn people_may_be_called_like_this() {
        for text in ["Null", "Na", "X", "None", "Nil"] {
            assert_eq!(judged("employeeLastName", true, text), None, "{text}");
        }
        for text in ["-", ".", "NULL", "n/a", "xxx"] {
            assert_eq!(judged("employeeLastName", true, text), Some(true), "{text}");
        }
        assert_eq!(judged("emailAddress", true, "undefined@northwind-energy.de"), Some(false));
        assert_eq!(judged("emailAddress", true, "Null@northwind-energy.de"), Some(false));
        assert_eq!(judged("emailAddress", true, "nullmann@northwind-energy.de"), None);
    }
}
