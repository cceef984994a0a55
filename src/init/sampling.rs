//! Reading the beginning of a sample, however it is written: encoding, delimiter, lines above the header.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};

use super::InitError;
use crate::check::{Kind, kind};
use crate::finding::Printable;
use crate::mapping::folded;
use crate::rules::address::split;
use crate::rules::date;
use crate::scan::DELIMITERS;
use crate::source::Encoding;

/// Bytes of a sample that are read.
const MOST_BYTES: u64 = 4 << 20;

/// Rows of a sample that are looked at.
const MOST_ROWS: usize = 2_000;

/// Records among which the header is looked for.
const HEADER_WITHIN: usize = 20;

/// Columns of a sample that are looked at.
const MOST_COLUMNS: usize = 2_000;

/// The beginning of a file: its header and rows.
pub struct Sample {
    /// What messages call it.
    pub(super) name: Printable,
    /// The file's name without folder and ending, which often says what it holds.
    pub(super) stem: String,
    /// The byte between its cells.
    pub(super) delimiter: u8,
    /// Column names, without blanks around them. Empty: the column has none, or the name of an earlier one.
    pub(super) headers: Vec<String>,
    /// Its rows, each as long as the header.
    pub(super) rows: Vec<Vec<String>>,
    /// What a person should know about how it is written.
    pub(super) notes: Vec<String>,
}

impl Sample {
    /// Reads the beginning of a file (`None`: of standard input). `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// [`InitError`] when it cannot be read, is no CSV file, or has no header.
    pub fn read(name: &str, path: Option<&Path>) -> Result<Self, InitError> {
        let shown = Printable::new(name);
        let mut bytes = Vec::new();
        let read = match path {
            Some(path) => File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes)),
            None => io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes),
        };
        read.map_err(|reason| InitError::Unreadable { file: shown, reason })?;
        let stem = path.and_then(Path::file_stem).map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
        Self::parse(name, &stem, &bytes)
    }

    /// Takes the beginning of a file.
    ///
    /// # Errors
    ///
    /// [`InitError`] when it is no CSV file or has no header.
    pub fn parse(name: &str, stem: &str, bytes: &[u8]) -> Result<Self, InitError> {
        let file = Printable::new(name);
        let (text, mut notes) = decoded(bytes).map_err(|what| InitError::NotCsv { file: file.clone(), what })?;
        let (announced, text) = announced(&text);
        if announced.is_some() {
            notes.push("a `sep=` line stands above the header: leave it out of the export".to_owned());
        }
        let delimiter = announced.unwrap_or_else(|| delimiter(text));
        let mut records = records(text, delimiter, MOST_ROWS + HEADER_WITHIN);
        if bytes.len() as u64 >= MOST_BYTES && records.len() > 1 {
            // The last one was cut.
            records.pop();
        }
        let above = header_row(&records).ok_or_else(|| InitError::Empty { file: file.clone() })?;
        if above > 0 {
            let lines = if above == 1 { "a line stands".to_owned() } else { format!("{above} lines stand") };
            notes.push(format!("{lines} above the header: leave them out of the export"));
        }
        let headers: Vec<&str> = records[above].iter().map(trimmed).take(MOST_COLUMNS).collect();
        if headers.iter().any(|header| looks_like_data(header)) {
            return Err(InitError::NoHeader { file });
        }
        let headers = named_once(&headers, &mut notes);
        let row = |record: &StringRecord| {
            (0..headers.len()).map(|column| record.get(column).unwrap_or_default().to_owned()).collect()
        };
        let filled = |record: &&StringRecord| record.iter().any(|cell| !cell.trim().is_empty());
        let rows = records[above + 1..].iter().filter(filled).take(MOST_ROWS).map(row).collect();
        Ok(Self { name: file, stem: stem.to_owned(), delimiter, headers, rows, notes })
    }

    /// The column of that name, compared as the connector does.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.headers.iter().position(|header| !header.is_empty() && folded(header) == folded(name))
    }
}

/// The text, and what is to be said about how it is encoded; or what the file is, if it is no text.
fn decoded(bytes: &[u8]) -> Result<(String, Vec<String>), &'static str> {
    let (encoding, note) = match kind(&bytes[..bytes.len().min(8 * 1024)]) {
        Kind::Other(what) => return Err(what),
        Kind::Utf16 { encoding: Encoding::LittleEndian, .. } => (encoding_rs::UTF_16LE, "it is UTF-16"),
        Kind::Utf16 { .. } => (encoding_rs::UTF_16BE, "it is UTF-16"),
        Kind::Text { .. } => match str::from_utf8(bytes) {
            // A character may be cut where reading stopped.
            Err(error) if error.error_len().is_some() => {
                (encoding_rs::WINDOWS_1252, "it is not UTF-8, perhaps Windows-1252")
            }
            _ => (encoding_rs::UTF_8, ""),
        },
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    let notes = if note.is_empty() { Vec::new() } else { vec![format!("{note}: have it exported as UTF-8")] };
    Ok((text.into_owned(), notes))
}

/// The delimiter that a first line `sep=;` names, and the text behind that line.
fn announced(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

/// The delimiter with which most records have the same number of cells, and many.
fn delimiter(text: &str) -> u8 {
    let worth = |delimiter: u8| {
        let widths: Vec<usize> = records(text, delimiter, 60).iter().map(StringRecord::len).collect();
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        let usual = widths.iter().copied().max_by_key(|width| (alike(*width), *width)).unwrap_or(1);
        (usual as f64).ln() * alike(usual) as f64 / widths.len().max(1) as f64
    };
    let better = |best: (f64, u8), (worth, delimiter)| if worth > best.0 { (worth, delimiter) } else { best };
    DELIMITERS.map(|delimiter| (worth(delimiter), delimiter)).into_iter().fold((0.0, b','), better).1
}

fn records(text: &str, delimiter: u8, most: usize) -> Vec<StringRecord> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    // The text is UTF-8, and rows may have any length: nothing is left that could be an error.
    reader.records().map_while(Result::ok).take(most).collect()
}

/// The first record that is as wide as a header must be.
fn header_row(records: &[StringRecord]) -> Option<usize> {
    let head = &records[..records.len().min(HEADER_WITHIN)];
    let filled = |record: &StringRecord| record.iter().filter(|cell| !cell.trim().is_empty()).count();
    let most = head.iter().map(filled).max().filter(|most| *most > 0)?;
    head.iter().position(|record| filled(record) * 10 >= most * 6)
}

/// A header without what stands around it unseen.
fn trimmed(header: &str) -> &str {
    header.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}'))
}

/// Whether a header is no name but somebody's address or a date: then the header is missing, and this is a row.
fn looks_like_data(header: &str) -> bool {
    split(header).is_some_and(|(_, domain)| domain.contains('.')) || date::read(header).day.is_some()
}

/// The headers, with those that no mapping can name made empty.
fn named_once(headers: &[&str], notes: &mut Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(headers.len());
    let last = headers.iter().rposition(|header| !header.is_empty()).map_or(0, |last| last + 1);
    for (column, header) in headers[..last].iter().enumerate() {
        let number = column + 1;
        if header.is_empty() {
            notes.push(format!("column {number} has no name: it cannot be mapped"));
        }
        let again = !header.is_empty() && names.iter().any(|name| folded(name) == folded(header));
        if again {
            let shown = Printable::new(header);
            notes.push(format!(
                "column {number} is called {} as an earlier one is: only that can be mapped",
                shown.shortened(40)
            ));
        }
        names.push(if again { String::new() } else { (*header).to_owned() });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{InitError, Sample};

    fn sample(bytes: &[u8]) -> Sample {
        Sample::parse("x.csv", "x", bytes).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn any_delimiter_and_encoding_is_read() {
        let text = "Straße;Ort\r\n\"Mühlweg 1; Hof\";Köln\r\nAm Ring 2, links;Bonn\r\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let windows = encoding_rs::WINDOWS_1252.encode(text).0;
        for bytes in [text.as_bytes(), &utf16, &windows] {
            let sample = sample(bytes);
            assert_eq!((sample.delimiter, &sample.headers[..]), (b';', &["Straße".to_owned(), "Ort".to_owned()][..]));
            assert_eq!(sample.rows[0][0], "Mühlweg 1; Hof");
            assert_eq!(sample.notes.is_empty(), bytes == text.as_bytes());
        }
        assert_eq!(sample(b"a\tb\n1,5\t2\n").delimiter, b'\t');
        assert_eq!(sample("\u{feff}sep=|\na|b\n1|2\n".as_bytes()).headers, ["a", "b"]);
    }

    #[test]
    fn lines_above_the_header_are_passed_over() {
        let sample = sample(b"Report of June,,\n,,\nMail,From,Until\nx,1,2\n");
        assert_eq!((sample.headers.len(), sample.rows.len(), sample.notes.len()), (3, 1, 1));
    }

    #[test]
    fn columns_without_a_name_of_their_own_are_told() {
        let sample = sample(b"Mail,,mail,Day,\nx,1,2,3,\n");
        assert_eq!(sample.headers, ["Mail", "", "", "Day"]);
        assert_eq!(sample.notes.len(), 2);
    }

    #[test]
    fn what_has_no_header_is_refused() {
        let refused = |bytes: &[u8]| Sample::parse("x.csv", "x", bytes).err().expect("it is no sample");
        assert!(matches!(refused(b"mia.brandt@northwind-energy.de,2026-05-04\n"), InitError::NoHeader { .. }));
        assert!(matches!(refused(b"\n\n"), InitError::Empty { .. }));
        assert!(matches!(refused(b"PK\x03\x04xl/"), InitError::NotCsv { .. }));
    }
}
