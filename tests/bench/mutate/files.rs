//! Faults of the file as a whole, and of its bytes.

use super::document::{Encoding, Record};
use super::{Mutation, Spot, also, found};

pub(super) const MUTATIONS: &[Mutation] = &[
    found("no byte at all", "empty-file", |document, _| {
        document.records.clear();
        Spot::File
    }),
    also(
        &["blank-line"],
        found("nothing but blank lines", "empty-file", |document, _| {
            let ending = document.dialect.ending().to_vec();
            document.records = vec![Record { cells: vec![Vec::new()], ending }; 3];
            Spot::File
        }),
    ),
    found("a header and nothing after it", "no-data-rows", |document, _| {
        document.records.truncate(1);
        Spot::File
    }),
    found("no header", "missing-header", |document, _| {
        document.records.remove(0);
        Spot::File
    }),
    found("a byte order mark", "utf8-bom", |document, _| {
        document.dialect.bom = true;
        Spot::File
    }),
    found("UTF-16 with a byte order mark", "utf16-encoding", |document, _| {
        document.encoding = Encoding::Utf16LittleMarked;
        Spot::File
    }),
    found("UTF-16 without a byte order mark", "utf16-encoding", |document, _| {
        document.encoding = Encoding::Utf16Big;
        Spot::File
    }),
    found("a workbook", "not-a-csv", |document, random| {
        let mut bytes = b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00".to_vec();
        bytes.extend(b"\x1b[Content_Types].xml");
        bytes.extend((0..4000).map(|_| random.next() as u8));
        document.replaced = Some(bytes);
        Spot::File
    }),
    found("a page", "not-a-csv", |document, _| {
        let page =
            "<!DOCTYPE html>\n<html>\n<body>\n<table>\n<tr><td>EmailAddress</td></tr>\n</table>\n</body>\n</html>\n";
        document.replaced = Some(page.into());
        Spot::File
    }),
    found("a JSON document", "not-a-csv", |document, _| {
        let json =
            "[\n  { \"EmailAddress\": \"anna@northwind-energy.de\", \"EffectiveDate\": \"2026-05-04T09:00:00Z\" }\n]\n";
        document.replaced = Some(json.into());
        Spot::File
    }),
    found("one record ends otherwise", "mixed-line-endings", |document, random| {
        let record = document.any(random);
        document.records[record].ending = if document.dialect.crlf { b"\n".to_vec() } else { b"\r\n".to_vec() };
        Spot::Record(record)
    }),
    found("semicolons", "wrong-delimiter", |document, _| {
        document.delimit(b';');
        Spot::File
    }),
    found("tabs", "wrong-delimiter", |document, _| {
        document.delimit(b'\t');
        Spot::File
    }),
    found("a NUL in remarks", "nul-byte", |document, random| {
        super::change(document, random, 5, |text| format!("{text}\0."))
    }),
    found("a NUL in a level", "nul-byte", |document, random| {
        super::change(document, random, 7, |text| text.replacen('e', "\0", 1))
    }),
    found("Windows-1252 in remarks", "invalid-utf8", |document, random| {
        let record = document.any_filled(5, random);
        document.write_bytes(record, 5, b"Erf\xfcllt die Erwartungen");
        Spot::Cell(record, 5)
    }),
    found("Windows-1252 in a level of a record with a cut letter", "invalid-utf8", |document, random| {
        let record = document.any_filled(8, random);
        document.write_bytes(record, 8, b"Level 60 \xe2\x82");
        Spot::Cell(record, 8)
    }),
];
