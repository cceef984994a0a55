//! A text holds HTML: `&amp;` instead of `&`, or a tag such as `<br>`.
//!
//! # What it checks
//!
//! Filled cells of text columns with a character reference (`&amp;`, `&uuml;`, `&#39;`, `&#x2019;`) or with a tag that editors of web
//! pages write (`<br>`, `</p>`, `<b>`, `<a href=...>`). `R&D; sales`, `5 < 6 > 4` and `<none>` are no HTML. Tags alone
//! are worth a note: whoever writes about pages writes of `<div>`, too.
//!
//! # Why it matters to the receiving service
//!
//! The text was copied out of a web page or a form. The service takes it letter by letter and shows `Müller &amp; Co` as it stands; tags
//! use up the characters that a remark may have.
//!
//! # Example
//!
//! ```csv
//! EmailAddress,EffectiveDate,Remarks,Rating
//! sara.davis@contoso.com,2026-05-18T09:00:00Z,Moved to R&amp;D<br>from Sales,2-Below expectation
//! ```
//!
//! Write `Moved to R&D from Sales` instead.
//!
//! # Options
//!
//! None.
//!
//! # Fix
//!
//! Unsafe: references become the characters that they stand for, `<br>` and the ends of paragraphs a blank; other tags are taken away.

use super::{characters, markup};
use crate::finding::{Safety, Severity};
use crate::mapping::FieldKind;
use crate::rules::{Bytes, Cell, CellPlace, Check, Explanation, Mend, Rule};

/// See the manual above.
pub(super) const RULE: Rule = Rule {
    name: "html-entity",
    severity: Severity::Warning,
    contract: false,
    fix: Some(Safety::Unsafe),
    milder: Some(Severity::Info),
    options: &[],
    source: include_str!("html_entity.rs"),
    check: Check::Cell { needs: Bytes::NOT_UPN, place: CellPlace::Filled(&[FieldKind::Text]), fires, explain },
};

fn fires(cell: &Cell<'_>) -> bool {
    markup::first(cell.text).is_some()
}

fn explain(cell: &Cell<'_>) -> Explanation {
    let message = match markup::first(cell.text) {
        Some(markup::Kind::Tag) => "the text holds a tag of HTML",
        _ => "the text holds a character as HTML writes it (such as &amp; for &)",
    };
    let help = "Type the text anew without HTML, or have the field exported as plain text.";
    let milder = !markup::has_reference(cell.text);
    let words = Explanation::new(message, help);
    let words = Explanation { milder, ..words };
    words.with(Mend::Cell(Safety::Unsafe, characters::cleaned(&markup::plain(cell.text))))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Safety;
    use crate::mapping::FieldKind::Text;
    use crate::rules::testing::lone::{ask_kind, mended};

    #[test]
    fn html_becomes_the_text_that_it_shows() {
        for (text, plain) in [
            ("R&amp;D", "R&D"),
            ("M&uuml;ller &#8211; ok", "Müller – ok"),
            ("It&#39;s &#x201c;ok&#x201D;", "It's “ok”"),
            ("first<br>second<BR/>third", "first second third"),
            ("<p>one</p><p class=\"x\">two</p>", "one two"),
            ("<b>bold</b> text", "bold text"),
            ("a&nbsp;b", "a b"),
            ("&amp;amp;lt;br&amp;amp;gt;", ""),
            ("x&#0;y", "xy"),
        ] {
            assert_eq!(mended(ask_kind(&RULE, Text, text)), Some((Safety::Unsafe, plain.into())), "{text}");
        }
    }

    #[test]
    fn ampersands_and_angle_brackets_of_people_stay() {
        for text in [
            "R&D; sales",
            "AT&T",
            "5 < 6 > 4",
            "<none>",
            "<3",
            "-> see <Anna>",
            "a & b;",
            "&;",
            "&#;",
            "x<y",
            "<br",
            "& amp;",
            "Q&A;",
        ] {
            assert!(ask_kind(&RULE, Text, text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_message_names_what_was_seen() {
        let message = |text| ask_kind(&RULE, Text, text).map(|words| words.message).unwrap_or_default();
        assert_eq!(message("a<br>b"), "the text holds a tag of HTML");
        assert_eq!(message("R&amp;D"), "the text holds a character as HTML writes it (such as &amp; for &)");
    }
}
