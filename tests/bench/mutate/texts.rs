//! Faults of free text.

use super::{Document, Mutation, Spot, change, found};
use crate::generate::random::Random;
use crate::generate::{Kind, Options, Scenario};

pub(super) const MUTATIONS: &[Mutation] = &[
    found("201 characters of remarks", "remarks-too-long", |document, random| {
        change(document, random, 5, |text| format!("{text:x<201}").chars().take(201).collect())
    }),
    found("201 letters of two bytes in remarks", "remarks-too-long", |document, random| {
        change(document, random, 5, |_| "ä".repeat(201))
    }),
    found("a rating of 26 characters", "rating-too-long", |document, random| {
        change(document, random, 6, |_| format!("{:é<26}", "4 Exceeds expectations "))
    }),
    found("a blank in front of a level", "value-whitespace", |document, random| {
        change(document, random, 7, |text| format!(" {text}"))
    }),
    found("blanks after remarks", "value-whitespace", |document, random| {
        change(document, random, 5, |text| format!("{text}  "))
    }),
    found("a blank after a rating", "value-whitespace", |document, random| {
        change(document, random, 6, |text| format!("{text} "))
    }),
    found("a zero-width space in remarks", "invisible-character", |document, random| {
        inside(document, random, "\u{200b}")
    }),
    found("a soft hyphen in remarks", "invisible-character", |document, random| inside(document, random, "\u{ad}")),
    found("a no-break space in remarks", "invisible-character", |document, random| inside(document, random, "\u{a0}")),
    found("a change of direction in remarks", "invisible-character", |document, random| {
        inside(document, random, "\u{202e}")
    }),
    found("a bell in remarks", "control-character", |document, random| inside(document, random, "\u{7}")),
    found("an escape in remarks", "control-character", |document, random| inside(document, random, "\u{1b}[31m")),
    found("a C1 control character in remarks", "control-character", |document, random| {
        inside(document, random, "\u{86}")
    }),
    found("curly quotes in remarks", "smart-punctuation", |document, random| {
        inside(document, random, "\u{201c}as agreed\u{201d}")
    }),
    found("an en dash in a level", "smart-punctuation", |document, random| {
        change(document, random, 7, |text| text.replacen(' ', " \u{2013} ", 1))
    }),
    found("200 letters of four bytes in remarks", "length-unit", |document, random| {
        change(document, random, 5, |_| "𐍈".repeat(200))
    }),
    found("a rating that emoji make longer", "length-unit", |document, random| {
        change(document, random, 6, |_| format!("{:😀<25}", "4 Exceeds expectations"))
    }),
    found("a lost letter in remarks", "replacement-character", |document, random| inside(document, random, "\u{fffd}")),
    found("a lost letter in an address", "replacement-character", |document, random| {
        change(document, random, 1, |text| format!("\u{fffd}{text}"))
    }),
    found("a lost letter, converted once more", "replacement-character", |document, random| {
        change(document, random, 5, |_| "Gespr\u{ef}\u{bf}\u{bd}ch mit der Leitung".into())
    }),
    found("remarks converted twice", "mojibake", |document, random| {
        change(document, random, 5, |_| "GrÃ¶ÃŸter Umsatz â€“ im SÃ¼den".into())
    }),
    found("a converted no-break space", "mojibake", |document, random| {
        change(document, random, 5, |_| "Target of 5\u{c2}\u{a0}% met".into())
    }),
    found("a level converted twice", "mojibake", |document, random| {
        change(document, random, 7, |text| format!("{text} Ã\u{a0} Paris"))
    }),
    found("a named reference of HTML", "html-entity", |document, random| inside(document, random, "&amp;")),
    found("a numbered reference of HTML", "html-entity", |document, random| inside(document, random, "&#8217;")),
    found("a tag in remarks", "html-entity", |document, random| inside(document, random, "<br/>")),
    found("paragraphs in remarks", "html-entity", |document, random| {
        change(document, random, 5, |text| format!("<p class='x'>{text}</p>"))
    }),
    found("a lookup that found no level", "excel-error-value", |document, random| {
        change(document, random, 8, |_| "#N/A".into())
    }),
    found("a lookup that found no address", "excel-error-value", |document, random| {
        change(document, random, 1, |_| "#NV".into())
    }),
    found("a formula that gave no date", "excel-error-value", |document, random| {
        change(document, random, 4, |_| "#VALUE!".into())
    }),
    found("a column that was too narrow", "excel-error-value", |document, random| {
        change(document, random, 6, |_| "#########".into())
    }),
    found("an error of LibreOffice", "excel-error-value", |document, random| {
        change(document, random, 7, |_| "Err:502".into())
    }),
    found("an apostrophe before a number", "excel-text-guard", |document, random| {
        change(document, random, 7, |_| "'0061".into())
    }),
    found("an apostrophe before a date", "excel-text-guard", |document, random| {
        change(document, random, 4, |text| format!("'{text}"))
    }),
    found("a link in remarks", "formula-injection", |document, random| {
        change(document, random, 5, |_| "=HYPERLINK(A1)".into())
    }),
    found("a call of a program", "formula-injection", |document, random| {
        change(document, random, 5, |_| "-2+3+cmd|'/C calc'!A0".into())
    }),
    found("a formula instead of a level", "formula-injection", |document, random| {
        change(document, random, 7, |_| "=B17".into())
    }),
    found("a level as a great number", "scientific-notation", |document, random| {
        change(document, random, 7, |_| "4.91701E+11".into())
    }),
    found("a rating as a great number", "scientific-notation", |document, random| {
        change(document, random, 6, |_| "1e+15".into())
    }),
    found("a template in remarks", "placeholder-value", |document, random| {
        change(document, random, 5, |text| format!("{text} {{{{remarks}}}}"))
    }),
    found("NULL in a level", "placeholder-value", |document, random| change(document, random, 7, |_| "NULL".into())),
    found("an address of nobody", "placeholder-value", |document, random| {
        change(document, random, 1, |text| text.replacen(&text[..text.find('@').unwrap_or(0)], "undefined", 1))
    }),
    found("a filler for a postal code", "placeholder-value", |document, random| {
        profile(document, random, 4, "-", "United States")
    }),
    found("a rating that became a date", "turned-into-date", |document, random| {
        change(document, random, 6, |_| "2-Jan".into())
    }),
    found("a postal code that became a number", "decimal-postal-code", |document, random| {
        profile(document, random, 4, "28195.0", "Germany")
    }),
    found("a tab in remarks", "control-character", |document, random| inside(document, random, "\t")),
    found("a level that stays but for a blank", "level-unchanged", |document, random| {
        let record = document.any_of(Scenario::JobLevelChange, random);
        document.write(record, 7, "Level 61 Manager");
        document.write(record, 8, "Level 61  Manager");
        Spot::Cell(record, 8)
    }),
    found("a level that stays as it is", "level-unchanged", |document, random| {
        let record = document.any_of(Scenario::JobLevelChange, random);
        let old = document.text(record, 7);
        document.write(record, 8, &old);
        Spot::Cell(record, 8)
    }),
    found("a level that stays but for its capitals", "level-unchanged", |document, random| {
        let record = document.any_of(Scenario::JobLevelChange, random);
        let old = document.text(record, 7);
        document.write(record, 8, &old.to_uppercase());
        Spot::Cell(record, 8)
    }),
    found("no new level", "level-pair-incomplete", |document, random| change(document, random, 8, |_| String::new())),
    found("no old level", "level-pair-incomplete", |document, random| change(document, random, 7, |_| String::new())),
    found("a postal code without its zero", "zip-leading-zero-lost", |document, random| {
        profile(document, random, 4, "2134", "United States")
    }),
    found("a postal code without its two zeros", "zip-leading-zero-lost", |document, random| {
        profile(document, random, 4, "501", "USA")
    }),
    found("a guarded postal code", "excel-text-guard", |document, random| {
        profile(document, random, 4, "=\"02134\"", "United States")
    }),
];

/// Makes a file of employee profiles of the document, and writes a postal code and a country into any of its rows.
fn profile(document: &mut Document, random: &mut Random, column: usize, code: &str, country: &str) -> Spot {
    let alone = Some(Scenario::EmployeeProfile);
    let options = Options { alone, dialect: document.dialect, ..Options::new(Kind::Clean, 3) };
    *document = Document::new(&options, document.records.len() as u64 - 1);
    let record = document.any(random);
    document.write(record, column, code);
    document.write(record, 8, country);
    Spot::Cell(record, column)
}

/// Puts something after the second character of remarks, and a letter behind it so that it stays inside.
fn inside(document: &mut Document, random: &mut Random, odd: &str) -> Spot {
    change(document, random, 5, |text| {
        let split = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
        format!("{}{odd}a{}", &text[..split], &text[split..])
    })
}
