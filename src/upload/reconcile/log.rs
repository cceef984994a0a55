//! Reading the connector's downloaded log, whose form nobody documents: JSON, CSV or text with `RecordsSaved`.

use encoding_rs::UTF_8;

const SAVED: &str = "recordssaved";
const SKIPPED: &str = "recordsskipped";

/// Characters between a count's name and the count.
const MOST_BETWEEN: usize = 8;

/// The counts of a log, entry by entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// What was saved.
    pub saved: Vec<u64>,
    /// What was skipped.
    pub skipped: Vec<u64>,
}

/// The file holds no such count.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no RecordsSaved with a number in it")]
pub struct NoCounts;

impl Log {
    /// Reads a log, in any encoding with a byte order mark, else UTF-8.
    ///
    /// # Errors
    ///
    /// It has no `RecordsSaved`.
    pub fn read(bytes: &[u8]) -> Result<Self, NoCounts> {
        let (text, ..) = UTF_8.decode(bytes);
        let named = Self { saved: named(&text, SAVED), skipped: named(&text, SKIPPED) };
        let log = if named.saved.is_empty() { table(&text) } else { named };
        if log.saved.is_empty() { Err(NoCounts) } else { Ok(log) }
    }
}

/// Counts that follow their name: `"RecordsSaved": 4`, `RecordsSaved=4`, `Records saved: 4`.
fn named(text: &str, name: &str) -> Vec<u64> {
    let mut counts = Vec::new();
    // Blanks in the name do not count, so the text is walked letter by letter.
    let letters: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| !matches!(c, ' ' | '_' | '\0'))
        .map(|(at, c)| (at, c.to_ascii_lowercase()))
        .collect();
    let name: Vec<char> = name.chars().collect();
    for begin in 0..letters.len().saturating_sub(name.len()) {
        if !letters[begin..].iter().map(|(_, c)| c).zip(&name).all(|(a, b)| a == b) {
            continue;
        }
        let behind = letters[begin + name.len()].0;
        let rest = text[behind..].trim_start_matches([' ', '\t', '"', '\'', ':', '=', '>', '|']);
        if text[behind..].len() - rest.len() <= MOST_BETWEEN {
            counts.extend(number(rest));
        }
    }
    counts
}

/// The number that a text begins with; it may have thousands separators (`12,345`).
fn number(text: &str) -> Option<u64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(text.len());
    let digits: String = text[..end]
        .split(',')
        .enumerate()
        .take_while(|(at, part)| *at == 0 || part.len() == 3)
        .map(|(_, part)| part)
        .collect();
    digits.parse().ok()
}

/// Counts in columns under their names.
fn table(text: &str) -> Log {
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|byte| text.lines().next().map_or(0, |line| line.matches(char::from(*byte)).count()));
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes());
    let Ok(header) = reader.headers().cloned() else { return Log::default() };
    let column = |name: &str| header.iter().position(|cell| cell.replace([' ', '_'], "").eq_ignore_ascii_case(name));
    let (saved, skipped) = (column(SAVED), column(SKIPPED));
    let mut log = Log::default();
    for record in reader.records().flatten() {
        let count = |column: Option<usize>| record.get(column?)?.trim().parse::<u64>().ok();
        log.saved.extend(count(saved));
        log.skipped.extend(count(skipped));
    }
    log
}

#[cfg(test)]
mod tests {
    use super::{Log, NoCounts};

    fn read(text: &str) -> Result<(Vec<u64>, Vec<u64>), NoCounts> {
        Log::read(text.as_bytes()).map(|log| (log.saved, log.skipped))
    }

    #[test]
    fn counts_are_found_in_every_form() {
        for text in [
            r#"{"RecordsSaved": 4, "RecordsSkipped":1}"#,
            r#"[{"recordsSaved":"4"},{"x":1,"RecordsSkipped":"1"}]"#,
            "Time: 10:00\nRecordsSaved: 4\r\nRecordsSkipped: 1\r\n",
            "RecordsSaved=4;RecordsSkipped=1",
            "Records saved\t4\nRecords skipped\t1",
            "JobId,RecordsSaved,RecordsSkipped\nx,4,1\n",
            "JobId;Records_Saved;Records_Skipped\nx;4;1\n",
            "<RecordsSaved>4</RecordsSaved><RecordsSkipped>1</RecordsSkipped>",
        ] {
            assert_eq!(read(text), Ok((vec![4], vec![1])), "{text}");
        }
        assert_eq!(read("RecordsSaved: 12,345 rows"), Ok((vec![12_345], vec![])));
        assert_eq!(read("RecordsSaved,JobId\n5000,a\n31,b\n"), Ok((vec![5000, 31], vec![])));
        let utf16: Vec<u8> = "\u{feff}RecordsSaved: 7".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Log::read(&utf16).map(|log| log.saved), Ok(vec![7]));
    }

    #[test]
    fn what_is_no_log_is_told() {
        for text in
            ["", "RecordsSaved", "RecordsSaved: none", "RecordsSaved is what the log calls it, 4 times", "a,b\n1,2\n"]
        {
            assert_eq!(read(text), Err(NoCounts), "{text}");
        }
    }
}
