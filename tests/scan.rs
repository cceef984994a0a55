//! The scanner against its oracles: its own strict twin, and the `csv` crate.

use hrlint::scan::{Instructions, Outcome, Piece, Scanner, Tape, unquote};
use proptest::prelude::*;

const LIMIT: usize = 1 << 20;

fn scanner(delimiter: u8, instructions: Instructions) -> Scanner {
    Scanner { delimiter, limit: LIMIT, expected: None, instructions }
}

/// The text with the padding that a piece needs, filled with bytes that would do harm if they were read as text.
fn padded(text: &[u8]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    bytes.push(b'\n');
    bytes.extend_from_slice(&[b'"'; Piece::PADDING]);
    bytes
}

fn piece(bytes: &[u8], len: usize) -> Piece<'_> {
    Piece { bytes, len, ends_file: true }
}

/// A record: where it begins, its raw cells, and the number of line breaks inside quotes before it.
type Record = (usize, Vec<(usize, usize)>, usize);

/// Everything a tape says.
fn structure(tape: &Tape, bytes: &[u8], outcome: Outcome) -> (Vec<Record>, String, Outcome) {
    let records = (0..tape.len()).map(|i| {
        let cells = tape.record(i);
        let ranges = (0..cells.len()).map(|c| cells.cell(bytes, c)).map(|r| (r.start, r.end)).collect();
        (cells.begin(), ranges, tape.inner_breaks_before(cells.begin() as u32))
    });
    (records.collect(), format!("{:?}", tape.observations()), outcome)
}

/// CSV-like text, rich in what matters: quotes, doubled quotes, delimiters and line breaks in odd places.
fn nasty() -> impl Strategy<Value = Vec<u8>> {
    let atom = prop_oneof![
        6 => proptest::collection::vec(proptest::sample::select(b"abcz@. -".to_vec()), 0..12),
        6 => Just(b",".to_vec()),
        4 => Just(b"\n".to_vec()),
        2 => Just(b"\r\n".to_vec()),
        1 => Just(b"\r".to_vec()),
        3 => Just(b"\"".to_vec()),
        2 => Just(b"\"\"".to_vec()),
        3 => proptest::collection::vec(proptest::sample::select(b"abc, \n".to_vec()), 0..70)
            .prop_map(|text| [b"\"", &text[..], b"\""].concat()),
        1 => Just("é–\u{a0}".as_bytes().to_vec()),
        1 => Just(vec![0xff, 0]),
    ];
    proptest::collection::vec(atom, 0..40).prop_map(|atoms| atoms.concat())
}

/// Text that strict CSV allows: most of what the fast scanner meets.
fn strict_csv() -> impl Strategy<Value = Vec<u8>> {
    let bare = proptest::collection::vec(proptest::sample::select("abcXYZ019@. é-".chars().collect::<Vec<_>>()), 0..20);
    let inner =
        proptest::collection::vec(proptest::sample::select(vec!["a", "b", ",", " ", "\r", "\n", "\"\""]), 0..30);
    let cell = prop_oneof![
        4 => bare.prop_map(String::from_iter),
        2 => inner.prop_map(|parts| format!("\"{}\"", parts.concat())),
        1 => Just(String::new()),
    ];
    let record = proptest::collection::vec(cell, 1..8).prop_map(|cells| cells.join(","));
    let end = prop_oneof![3 => Just("\n"), 1 => Just("\r\n")];
    (proptest::collection::vec((record, end), 0..12), any::<bool>()).prop_map(|(records, ended)| {
        let mut text = records.iter().flat_map(|(record, end)| [record.as_str(), *end]).collect::<String>();
        if !ended {
            let last = records.last().map_or(0, |(_, end)| end.len());
            text.truncate(text.len() - last);
        }
        text.into_bytes()
    })
}

fn cases(n: u32) -> ProptestConfig {
    ProptestConfig { cases: n, failure_persistence: None, ..ProptestConfig::default() }
}

/// What the `csv` crate reads.
fn csv_crate(text: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text);
    let records = reader.byte_records().map(|record| record.expect("a slice cannot fail to be read"));
    records.map(|record| record.iter().map(<[u8]>::to_vec).collect()).collect()
}

/// What our scanner reads, without blank lines, which the `csv` crate passes over.
fn ours(tape: &Tape, bytes: &[u8]) -> Vec<Vec<Vec<u8>>> {
    (0..tape.len())
        .map(|i| tape.record(i))
        .filter(|cells| !cells.span(bytes).is_empty())
        .map(|cells| (0..cells.len()).map(|c| unquote(&bytes[cells.cell(bytes, c)]).into_owned()).collect())
        .collect()
}

fn agrees(text: &[u8]) -> Result<(), TestCaseError> {
    let bytes = padded(text);
    let mut tape = Tape::default();
    let strict = scanner(b',', Instructions::SCALAR);
    let outcome = strict.scan_strictly(piece(&bytes, text.len()), 0, usize::MAX, &mut tape);
    prop_assert_eq!(outcome, Outcome::Complete(text.len()));
    let expected = structure(&tape, &bytes, outcome);
    if tape.observations().is_empty() {
        prop_assert_eq!(ours(&tape, &bytes), csv_crate(text, b','));
    }
    for set in Instructions::available() {
        let outcome = scanner(b',', set).scan(piece(&bytes, text.len()), 0, usize::MAX, &mut tape);
        prop_assert_eq!(&structure(&tape, &bytes, outcome), &expected, "{:?}", set);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(120_000))]

    #[test]
    fn odd_files_are_read_alike_by_all_scanners_and_the_csv_crate(text in nasty()) {
        agrees(&text)?;
    }

    #[test]
    fn allowed_files_are_read_alike_by_all_scanners_and_the_csv_crate(text in strict_csv()) {
        agrees(&text)?;
        let bytes = padded(&text);
        let mut tape = Tape::default();
        scanner(b',', Instructions::SCALAR).scan_strictly(piece(&bytes, text.len()), 0, usize::MAX, &mut tape);
        prop_assert!(tape.observations().is_empty());
    }
}

proptest! {
    #![proptest_config(cases(20_000))]

    #[test]
    fn scanning_on_from_any_record_gives_the_same_records(text in nasty(), at in any::<prop::sample::Index>()) {
        let bytes = padded(&text);
        let (mut whole, mut part) = (Tape::default(), Tape::default());
        let scanner = scanner(b',', Instructions::detect());
        let outcome = scanner.scan(piece(&bytes, text.len()), 0, usize::MAX, &mut whole);
        let (all, _, _) = structure(&whole, &bytes, outcome);
        prop_assume!(!all.is_empty());
        let from = at.index(all.len());
        let stop = all.get(from + 1 + at.index(3)).map_or(usize::MAX, |record| record.0);
        scanner.scan(piece(&bytes, text.len()), all[from].0, stop, &mut part);
        let ranges = |records: &[Record]| records.iter().map(|r| r.1.clone()).collect::<Vec<_>>();
        let expected: Vec<_> = all[from..].iter().take_while(|record| record.0 < stop).cloned().collect();
        let (found, _, _) = structure(&part, &bytes, outcome);
        prop_assert_eq!(ranges(&found), ranges(&expected));
    }
}

fn observed(text: &str, expected: usize) -> (String, Vec<usize>) {
    let bytes = padded(text.as_bytes());
    let mut tape = Tape::default();
    let scanner = Scanner { expected: Some(expected), ..scanner(b',', Instructions::detect()) };
    let outcome = scanner.scan(piece(&bytes, text.len()), 0, usize::MAX, &mut tape);
    assert_eq!(outcome, Outcome::Complete(text.len()));
    let seen: Vec<_> = tape.observations().iter().map(|o| format!("{:?} {}:{}", o.seen, o.record, o.cell)).collect();
    (seen.join("; "), (0..tape.len()).map(|i| tape.record(i).len()).collect())
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let (seen, cells) = observed("a,b,c\n1,\"2,3\n4,5,6\n7,8,9\n", 3);
    assert_eq!(seen, "UnterminatedQuote { at_limit: false } 1:1");
    assert_eq!(cells, [3, 3, 3, 3]);
}

#[test]
fn a_slip_that_a_later_quote_closes_is_blamed_on_the_opening_quote() {
    let (seen, cells) = observed("a,b,c\n1,\"2,3\n4,5,6\n7,\"8, eight\",9\n", 3);
    assert_eq!(seen, "UnterminatedQuote { at_limit: false } 1:1");
    assert_eq!(cells, [3, 3, 3, 3]);
}

#[test]
fn a_quote_inside_a_text_of_two_lines_is_blamed_on_that_quote() {
    let (seen, cells) = observed("a,b,c\n1,\"He said\n\"no\" to me\",3\n", 3);
    assert_eq!(seen, "TextAfterQuote 1:1");
    assert_eq!(cells, [3, 3]);
}

#[test]
fn stray_quotes_are_seen_once_a_cell() {
    let (seen, cells) = observed("a,b\n5\" pipe \"x\",\"ok\"\n\"a\"b,c\n", 2);
    assert_eq!(seen, "StrayQuote 1:0; TextAfterQuote 2:0");
    assert_eq!(cells, [2, 2, 2]);
}

#[test]
fn a_bare_record_over_the_limit_is_too_long_and_a_quoted_cell_over_it_is_unclosed() {
    let text = format!("a,\"{}\nb,c\n", "x".repeat(50));
    let bytes = padded(text.as_bytes());
    let mut tape = Tape::default();
    let short = Scanner { limit: 53, ..scanner(b',', Instructions::detect()) };
    let outcome = short.scan(piece(&bytes, text.len()), 0, usize::MAX, &mut tape);
    assert_eq!(outcome, Outcome::Complete(text.len()));
    assert_eq!(format!("{:?}", tape.observations()[0].seen), "UnterminatedQuote { at_limit: true }");
    let shorter = Scanner { limit: 40, ..short };
    assert_eq!(shorter.scan(piece(&bytes, text.len()), 0, usize::MAX, &mut tape), Outcome::TooLong(0));
}

#[test]
fn a_file_of_unclosed_quotes_is_scanned_in_linear_time() {
    // Every even run after the slip must stay harmless; were it not, this would take hours.
    let text = format!("a,b\n1,\"\n{}", "\"\"x,\"\"\n".repeat(200_000));
    let (seen, cells) = observed(&text, 2);
    assert_eq!(cells.len(), 200_002);
    assert!(seen.starts_with("UnterminatedQuote { at_limit: true } 1:1"), "{}", &seen[..80]);
}
