//! Files like HR exports, with everything in them that makes cutting and reading hard.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const HEADERS: [&str; 6] = [
    "HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,Rating,OldLevel,NewLevel",
    "EmailAddress,ResignationDate,LastWorkingDate",
    "\"EmailAddress\",\"EffectiveDate\",\"Remarks\",\"Rating\"",
    "EmailAddress;EffectiveDate;OldLevel;NewLevel",
    "EmailAddress,ResignationDate,LastWorkingDate,\"two\nlines\"",
    "EmailAddress,EffectiveDate,Remarks,Rating,",
];

const CELLS: [&[u8]; 32] = [
    b"",
    b"\"\"",
    b"Resignation",
    b"Performance review",
    b"mia.brandt@northwind-energy.de",
    b"Mia.Brandt@northwind-energy.de",
    b"\"mia.brandt@northwind-energy.de\"",
    b"2026-05-18T09:00:00+02:00",
    b"\"2026-06-30T17:00:00+02:00\"",
    b"2026-05-18",
    b"2019-05-18T09:00:00Z",
    b"plain",
    b"\"quoted\"",
    b"\"with, comma\"",
    b"\"with \"\"quotes\"\"\"",
    b"\"\"\"\"",
    b"\"line\nbreak\"",
    b"\"line\r\nbreak\"",
    b"\"line\rbreak\"",
    b"\"a,b\nc,d\ne,f\"",
    b"\"unclosed",
    b"\"",
    b"stray\"quote",
    b"\"after\"text",
    b" blank",
    b"M\xc3\xbcller",
    b"M\xfcller",
    b"\xe2\x80\x93",
    b"nul\0",
    b"tab\there",
    b"semi;colon",
    b"EmailAddress",
];

const ENDS: [&str; 12] = ["\n", "\n", "\n", "\n", "\n", "\n", "\r\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n\r"];

const BEGINS: [&str; 12] = [
    "",
    "",
    "",
    "",
    "",
    "\u{feff}",
    "\n",
    "\r\n\r\n",
    "sep=,\n",
    "\nsep=;\r\n\n",
    "Leavers in June\n\nCreated by,\"mia\"\r\n",
    "'quoted','so'\r",
];

/// Rows that are mostly good, so that blocks also meet them.
const ROWS: [&str; 11] = [
    ",,,,,,,,",
    "Total,,3",
    "Scenario,Mail,Resigned,Last day,Effective,Remarks,Rating,Old,New",
    "'a','b','c'",
    "Performance review,mia@northwind-energy.de,,,2026-05-19T11:00:00Z,Met, mostly,3,,",
    "Resignation,mia.brandt@northwind-energy.de,2026-05-18T09:00:00+02:00,2026-06-30T17:00:00+02:00,,,,,",
    "Performance review,jonas.keller@northwind-energy.de,,,2026-05-19T11:00:00+02:00,\"Goals, met\nin part\",2 of 5,,",
    "mia.brandt@northwind-energy.de,2026-05-18T09:00:00+02:00,2026-06-30T17:00:00+02:00",
    "mia.brandt@northwind-energy.de,2026-05-18T09:00:00+02:00,\"Met \"\"all\"\"\",3 of 5",
    "HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,Rating,OldLevel,NewLevel",
    "Resignation,MIA.brandt@northwind-energy.de,2026-05-18T09:00:00+02:00,2026-06-30T17:00:00Z,,,,,",
];

fn row() -> impl Strategy<Value = Vec<u8>> {
    let cells = vec(select(&CELLS[..]), 0..11).prop_map(|cells| cells.join(&b','));
    prop_oneof![
        cells,
        select(&ROWS[..]).prop_map(|row| row.as_bytes().to_vec()),
        select(&ROWS[..]).prop_map(|row| row.as_bytes().to_vec()),
    ]
}

/// The bytes of a file, shown as text when a test fails.
#[derive(Clone)]
pub(crate) struct File(pub(crate) Vec<u8>);

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// A file of up to some thirty rows.
pub(crate) fn file() -> impl Strategy<Value = File> {
    let begins = select(&BEGINS[..]);
    // Most files have one kind of line ending, and few of its rows are odd.
    let ends = (select(&["\n", "\r\n", "\r"][..]), prop::bool::weighted(0.3));
    let rows = vec((row(), select(&ENDS[..])), 0..30);
    (begins, select(&HEADERS[..]), ends, rows, any::<bool>()).prop_map(
        |(begin, header, (usual, mixed), rows, ended)| {
            let mut text = [begin, header, usual].concat().into_bytes();
            let last = rows.len();
            for (number, (row, end)) in rows.into_iter().enumerate() {
                text.extend(row);
                if ended || number + 1 < last {
                    text.extend((if mixed { end } else { usual }).as_bytes());
                }
            }
            File(text)
        },
    )
}
