//! Facts that only the engine can see, for the rules that have the words for them.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::address::Slip;
use super::date::Style;
use crate::finding::Printable;

/// A fact that only the engine can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Observed {
    /// The file has no byte, or nothing but blank lines.
    EmptyFile,
    /// There is a header and no record after it.
    NoDataRows,
    /// The first record is a row.
    NoHeader,
    /// The file begins with a UTF-8 byte order mark.
    ByteOrderMark,
    /// The file is UTF-16; it was decoded and checked nevertheless.
    Utf16 {
        /// The low byte comes first.
        little_endian: bool,
        /// It begins with a byte order mark.
        marked: bool,
    },
    /// The content is something else: `"an Excel workbook"`, `"a zip archive"`, `"an HTML page"`, ...
    NotCsv(&'static str),
    /// The file's bytes are not in the encoding that the mapping declares: the names of that one and of the one found.
    OtherEncoding {
        /// As the mapping declares.
        declared: &'static str,
        /// As the bytes are.
        found: &'static str,
    },
    /// The file is larger than is known to be taken.
    TooLarge {
        /// Its size, in rows or bytes.
        size: u64,
        /// The most that is known to be taken.
        most: u64,
        /// Whether rows are counted, not bytes.
        in_rows: bool,
    },
    /// A line `sep=` stands above the header: the offset and the length of the line, its ending included.
    SepLine(u64, u64),
    /// Rows stand above the header that are none.
    Preamble {
        /// Spreadsheet rows of the first and the last one.
        rows: (u64, u64),
        /// Offset and length of their bytes, line endings included.
        bytes: (u64, u64),
    },
    /// Cells stand in single quotes.
    SingleQuotes {
        /// The header's cells, else those of the first row.
        header: bool,
    },
    /// A record right below the header has labels instead of values: its offset and length, its line ending included.
    SecondHeader(u64, u64),
    /// Lines end in a carriage return alone: all of them, or one where the header ends in something else (its name).
    LoneReturn {
        /// How the header ends, where it ends otherwise.
        header: Option<&'static str>,
    },
    /// Cells of a column hold line breaks.
    LineBreaks {
        /// Number of rows.
        rows: u64,
        /// Spreadsheet rows of the first and the last one.
        between: (u64, u64),
    },
    /// Rows of employee profiles stand among rows of other scenarios.
    ProfilesAmong {
        /// Rows that are profiles.
        profiles: u64,
        /// Rows that are not.
        others: u64,
    },
    /// The first line whose ending differs from the header's: the names of the header's ending and of this one (`LF`, `CRLF`, `CR`).
    MixedLineEndings(&'static str, &'static str),
    /// The header was written with another delimiter: the expected one and the one found, with which the file was checked.
    WrongDelimiter(u8, u8),
    /// Records (the header included when `header`) end in surplus empty cells.
    TrailingDelimiter {
        /// Records with surplus empty cells.
        rows: u64,
        /// All records after the header, blank ones left out.
        of: u64,
        /// Spreadsheet rows of the first and the last one.
        between: (u64, u64),
        /// Whether the header, too, ends in empty names.
        header: bool,
    },
    /// A cell begins with a quote that is never closed: the limit in bytes that was reached, or `None` at the end of the file.
    UnterminatedQuote(Option<u64>),
    /// A quote stands inside a cell that is not quoted.
    StrayQuote,
    /// Text follows a closing quote.
    TextAfterQuote,
    /// The record equals an earlier one, cell by cell.
    ExactDuplicate(First),
    /// An earlier record has the same person, scenario and event date, and other values.
    DuplicateEvent(First),
    /// Dates of a column lie before the window in which they trigger anything.
    TooOld {
        /// Number of rows.
        rows: u64,
        /// Spreadsheet rows of the first and the last one.
        between: (u64, u64),
        /// The window in days.
        days: u32,
    },
    /// Few addresses have a domain that is almost the one that most have.
    NearDomain {
        /// Rows that have it.
        rows: u64,
        /// Rows that have the usual one.
        usual: u64,
        /// Rows that have any domain.
        of: u64,
        /// What the two differ in.
        slip: Slip,
    },
    /// No row fills a column that so many rows could fill.
    EmptyColumn {
        /// Rows whose scenario uses the column.
        rows: u64,
    },
    /// All dates of a column are the same text.
    ConstantDates {
        /// Filled cells.
        rows: u64,
        /// Whether it is a time stamp to the second or finer, not a full minute.
        to_the_second: bool,
    },
    /// Dates of a column by how they are written, most first.
    MixedForms(Vec<(Style, u64)>),
    /// An earlier row has the same person resign on another date.
    ConflictingResignation(First),
    /// An earlier row is another profile of the same person.
    ProfileDuplicate(First),
    /// A profile and a resignation of one person.
    ProfileOfLeaver {
        /// The one that comes first.
        first: First,
        /// Whether that is the resignation.
        resigned_first: bool,
        /// Whether the last working day lies before the day of the check.
        gone: bool,
    },
    /// An earlier row has the same address in other letters.
    CaseVariant(First),
    /// An earlier file calls a column by another name.
    ColumnNameDiffers {
        /// That name.
        name: Arc<str>,
        /// That file's header.
        first: First,
    },
    /// An earlier file names the scenarios in another column.
    IdentifierDiffers {
        /// Whether this file has such a column.
        here: bool,
        /// The name of the other one.
        there: Arc<str>,
        /// That file's header.
        first: First,
    },
    /// No row of any file belongs to a scenario of the mapping.
    ScenarioWithoutRows {
        /// The scenario's key.
        scenario: Arc<str>,
        /// Rows of all files.
        rows: u64,
    },
    /// A field is filled in no row of any file.
    FieldNeverFilled {
        /// The column's name.
        column: Arc<str>,
        /// The scenario's key.
        scenario: Arc<str>,
        /// The scenario's rows in files that have the column.
        rows: u64,
        /// How many files that are.
        files: u64,
    },
    /// The file is about to be kept in git.
    InGit {
        /// Its rows.
        rows: u64,
    },
    /// A waiver has expired.
    WaiverExpired {
        /// The rule that it let pass.
        rule: &'static str,
        /// The column's header, where it names one.
        column: Option<Arc<str>>,
        /// Its last day.
        on: NaiveDate,
    },
    /// A waiver let nothing pass.
    WaiverUnused {
        /// The rule that it would let pass.
        rule: &'static str,
        /// The column's header, where it names one.
        column: Option<Arc<str>>,
    },
    /// A policy has no row that it can use.
    PolicyWithoutRows {
        /// The policy's template.
        policy: &'static str,
        /// Keys of the scenarios that trigger it.
        needs: &'static [&'static str],
        /// Whether the mapping has one of them.
        mapped: bool,
        /// Their rows, each of which has an error.
        rows: u64,
    },
    /// Nothing was sent to the connector for so many days.
    UploadOverdue(i64),
    /// Profiles were last sent so many days ago.
    ProfileStale {
        /// Days since then.
        days: i64,
        /// Whether the service has deleted them meanwhile.
        expired: bool,
        /// Whether the files at hand hold profiles.
        renewed: bool,
    },
    /// The file is the one that was last sent to the connector, so many days ago.
    UnchangedFile(i64),
    /// A scenario's key, its rows, and those of the last upload.
    RowCount(Arc<str>, u64, u64),
    /// Resignations of a large part of all people.
    MassTrigger {
        /// Rows of resignations.
        rows: u64,
        /// People in all.
        people: u64,
        /// Whether that number was stated, not taken from profiles.
        stated: bool,
    },
}

/// The first of several equal records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// Spreadsheet row.
    pub row: u64,
    /// The file, where it is another one.
    pub file: Option<Arc<str>>,
}

/// In words: `row 12`, with the file where it is another one.
impl fmt::Display for First {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "row {} of {}", self.row, Printable::new(file)),
            None => write!(f, "row {}", self.row),
        }
    }
}
