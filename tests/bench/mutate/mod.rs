//! The catalogue of mutations: each puts one fault into a clean file and says where it is.
//!
//! A mutation is data: its name, the rule that must find it, the rules that may speak as well (a lost cell is a short
//! record *and* a missing value), and the function that changes the document and returns the spot. A mutation without a
//! rule is harmless: the file stays as good as it was, and nothing may be found.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "several test targets share these modules, each uses a part"
)]

mod addresses;
mod columns;
mod connectors;
mod dates;
mod document;
mod files;
mod harmless;
mod headers;
mod layout;
mod own_mapping;
mod pasts;
mod records;
mod scenarios;
mod texts;

pub use document::Document;
#[allow(unused_imports, reason = "not all tests that use mutations have a past")]
pub use document::Sent;

use crate::generate::random::Random;

/// One fault that can be put into a clean file of several scenarios.
pub struct Mutation {
    /// What is done.
    pub name: &'static str,
    /// The rule that must find it; `None`: nothing may be found.
    pub rule: Option<&'static str>,
    /// Rules that may also speak.
    pub companions: &'static [&'static str],
    /// The mapping that the file is checked with, as JSON; `None`: the built-in one.
    pub mapping: Option<&'static str>,
    /// Puts the fault in.
    pub apply: fn(&mut Document, &mut Random) -> Spot,
}

/// Where the fault then is. Records are counted from the header's 0, columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In a cell: row, column, line, character, offset and length are known.
    Cell(usize, usize),
    /// A cell in which a quote opens that nothing closes: as `Cell`, but how far it reaches is open.
    Opening(usize, usize),
    /// A cell that the record is too short for: row and column are known, the span lies in the record.
    Lost(usize, usize),
    /// A record as a whole: the row is known, the span (if any) lies in the record.
    Record(usize),
    /// A column as a whole.
    Column(usize),
    /// The file as a whole, or a column that it lacks.
    File,
}

/// Every mutation.
pub fn all() -> impl Iterator<Item = &'static Mutation> {
    let families = [
        files::MUTATIONS,
        headers::MUTATIONS,
        records::MUTATIONS,
        layout::MUTATIONS,
        own_mapping::MUTATIONS,
        scenarios::MUTATIONS,
        addresses::MUTATIONS,
        dates::MUTATIONS,
        texts::MUTATIONS,
        columns::MUTATIONS,
        connectors::MUTATIONS,
        // Without uploads there is no past.
        #[cfg(feature = "upload")]
        pasts::MUTATIONS,
        harmless::MUTATIONS,
    ];
    families.into_iter().flatten()
}

/// A mutation with no rule beside its own.
const fn found(name: &'static str, rule: &'static str, apply: fn(&mut Document, &mut Random) -> Spot) -> Mutation {
    Mutation { name, rule: Some(rule), companions: &[], mapping: None, apply }
}

/// A mutation of which other rules may speak as well.
#[expect(clippy::needless_pass_by_value, reason = "the catalogue is made of values")]
const fn also(companions: &'static [&'static str], mutation: Mutation) -> Mutation {
    Mutation { companions, ..mutation }
}

/// A mutation of a file that is checked with a mapping of its own.
#[expect(clippy::needless_pass_by_value, reason = "the catalogue is made of values")]
const fn mapped(mapping: &'static str, mutation: Mutation) -> Mutation {
    Mutation { mapping: Some(mapping), ..mutation }
}

/// Changes the text of a filled cell in the column of any record.
fn change(document: &mut Document, random: &mut Random, column: usize, to: impl FnOnce(&str) -> String) -> Spot {
    let record = document.any_filled(column, random);
    let text = to(&document.text(record, column));
    document.write(record, column, &text);
    Spot::Cell(record, column)
}
