//! Texts, levels and postal codes at the edge of what is accepted.

use hrlint::mapping::Mapping;
use proptest::prelude::*;

use crate::{ADDRESS, LEFT, RESIGNED, agree, agree_by, resignation, review, slipped, spelled, words};

/// Employee profiles have a header of their own, and a file of their own.
const PROFILE: &str = "EmailAddress,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode,EmployeeState,EmployeeCountry";

#[test]
fn html_and_what_spreadsheets_leave() {
    let bases = words(&[
        "R&amp;D",
        "&#39;",
        "a &uuml; b; c",
        "R&D; sales",
        "one<br>two",
        "</p>",
        "5 < 6 > 4",
        "<none>",
        "#N/A",
        "#REF!",
        "####",
        "Err:502",
        "Error: 5",
        "'00123",
        "'t Hart",
        "=\"00123\"",
        "=A1",
        "=> see",
        "@SUM(1)",
        "+cmd|'/c'!A0",
        "- good",
        "1.5E+05",
        "2E-14",
        "1E+105",
        "NULL",
        "n/a",
        "undefined",
        "[object Object]",
        "{{a}}",
        "a ${b}",
        "2-Jan",
        "03. Mai",
        "28195.0",
        "-",
        "3 Meets expectations",
        "",
    ]);
    let texts = slipped(bases, "&<>;#=+-@'E0!/ \",ü|(").boxed();
    agree(spelled((texts.clone(), texts).prop_map(|(remarks, rating)| review(&remarks, &rating))));
}

#[test]
fn spreadsheet_errors_in_addresses_and_dates() {
    let bases = words(&["#N/A", "#NV", "=\"a@b.de\"", "'2026-05-18", "####", ADDRESS, RESIGNED, "m\u{fffd}@b.de"]);
    let texts = slipped(bases, "#/N'=\" \u{fffd}").boxed();
    agree(spelled((texts.clone(), texts).prop_map(|(address, date)| resignation(&address, &date, LEFT))));
}

#[test]
fn line_breaks_in_cells() {
    let texts = slipped(words(&["Met all targets", "5 Outstanding", "3", ""]), "\n\r \n\"a").boxed();
    let rows = (texts.clone(), texts).prop_map(|(remarks, rating)| review(&remarks, &rating));
    agree(rows.prop_map(|cells| (cells.clone(), vec![true; cells.len()])));
}

#[test]
fn levels() {
    let level = || {
        slipped(words(&["Level 61", "LEVEL 61", "Level  61", "Level 60", "2-Jan", "é", "É", "", " "]), "1lL \u{a0}ü")
    };
    agree(spelled((level(), level()).prop_map(|(old, new)| {
        ["Job level change", ADDRESS, "", "", RESIGNED, "", "", &old, &new].map(str::to_owned).to_vec()
    })));
}

#[test]
fn postal_codes() {
    let code = words(&[
        "02134", "2134", "501", "98052", "LS1 4AP", "18956", "600000", "1310100", "21341234", "8001", "28195.0", "n/a",
        "x", "?", "",
    ]);
    let code = slipped(code, "01239 -A");
    let country = words(&[
        "US",
        "United States",
        "usa",
        "Germany",
        "DEUTSCHLAND",
        "Singapore",
        "România",
        "中国",
        "Japan",
        "BRASIL",
        "Brazil",
        "Norway",
        "AT",
        "Spain",
        "España",
        "Ecuador",
        "Switzerland",
        "Atlantis",
        "",
    ]);
    let state = words(&["MA", "Vermont", "NSW", ""]);
    let country = prop_oneof![3 => country.boxed(), 1 => slipped(words(&["US", "Kazakhstan"]), "sS \u{a0}").boxed()];
    let rows = (code, state, country).prop_map(|(code, state, country)| {
        [ADDRESS, "Mia", "Brandt", "1 Mill Lane", &code, &state, &country].map(str::to_owned).to_vec()
    });
    agree_by(PROFILE, Mapping::built_in(), spelled(rows));
}
