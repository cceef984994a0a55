//! Waivers: findings that are known and let pass for a while, because CSV has no comments.
//!
//! They stand in a file of their own, `hrlint.waivers.json` beside the mapping. Each names a rule, a column, either one person (by a
//! [`Link`], so that the file names nobody) or everyone, why, and until when. [`Waivers::parse`] takes the text and gives all of them
//! or every mistake at once; [`Baseline`] starts such a file from what a run finds.
//!
//! This module knows nothing of files to be checked: the engine asks it about one finding after the other.

mod baseline;
mod mistake;
mod reading;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

pub use baseline::{Baseline, MOST};
pub use mistake::WaiversError;

use crate::finding::{Link, LinkKey};
use crate::mapping::folded;

/// The name under which waivers are found beside a mapping.
pub const FILE_NAME: &str = "hrlint.waivers.json";

/// The largest file of waivers in bytes.
pub const LARGEST: u64 = 16 << 20;

/// A file of waivers.
#[derive(Debug)]
pub struct Waivers {
    /// What reports call the file.
    pub file: Arc<str>,
    /// Its size.
    pub bytes: u64,
    /// Its lines.
    pub lines: u64,
    /// All waivers, in the order written.
    pub list: Vec<Waiver>,
    /// What tells the key of its links from others.
    check: Option<Link>,
    /// By rule and column, which of them speak.
    scopes: HashMap<(&'static str, Option<String>), Scope>,
}

/// One waiver.
#[derive(Debug)]
pub struct Waiver {
    /// The rule that is let pass.
    pub rule: &'static str,
    /// The header of the column; `None` for faults that are in no column.
    pub column: Option<String>,
    /// Whose rows; `None`: everyone's.
    pub person: Option<Link>,
    /// The last day on which it holds.
    pub expires: NaiveDate,
    /// Where it stands in its file: line, character, offset and length.
    pub place: (u64, u64, u64, u64),
}

/// The waivers of one rule in one column, as places in the list.
#[derive(Debug, Default)]
struct Scope {
    everyone: Option<usize>,
    people: HashMap<Link, usize>,
}

impl Waivers {
    /// Takes the text of a file of waivers. `name` is what messages and reports call it.
    ///
    /// # Errors
    ///
    /// Every mistake in it (the first hundred), or its one error of syntax.
    pub fn parse(name: &str, text: &str) -> Result<Self, WaiversError> {
        reading::read(name, text)
    }

    /// Takes the bytes of a file of waivers.
    ///
    /// # Errors
    ///
    /// As [`Waivers::parse`], and if they are not UTF-8.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, WaiversError> {
        let text = str::from_utf8(bytes).map_err(|_| WaiversError::not_utf8(name))?;
        Self::parse(name, text)
    }

    /// The bytes of a file, no more of them than waivers may have, and one.
    ///
    /// # Errors
    ///
    /// What the operating system reports.
    pub fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Whether some of them are about single people, so that a key is needed.
    #[must_use]
    pub fn needs_key(&self) -> bool {
        self.list.iter().any(|waiver| waiver.person.is_some())
    }

    /// Whether their links may have been made with that key.
    #[must_use]
    pub fn fits(&self, key: &LinkKey) -> bool {
        self.check.is_none_or(|check| check == key.check())
    }

    /// The waiver for a finding of that rule in that column about that person, by its place in the list; one for the person
    /// goes before one for everyone.
    #[must_use]
    pub fn find(
        &self,
        rule: &'static str,
        header: Option<&str>,
        person: Option<Link>,
        today: NaiveDate,
    ) -> Option<usize> {
        let scope = self.scopes.get(&(rule, header.map(|header| folded(header.trim()))))?;
        let of_person = person.and_then(|person| scope.people.get(&person)).copied();
        let holds = |at: &usize| self.list[*at].expires >= today;
        of_person.filter(holds).or(scope.everyone.filter(holds))
    }

    /// Adds a waiver; `false` if there is one already for the same.
    fn add(&mut self, waiver: Waiver) -> bool {
        let key = (waiver.rule, waiver.column.as_deref().map(|column| folded(column.trim())));
        let (scope, place) = (self.scopes.entry(key).or_default(), self.list.len());
        let new = match waiver.person {
            Some(person) => scope.people.insert(person, place).is_none(),
            None => scope.everyone.replace(place).is_none(),
        };
        self.list.push(waiver);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::Waivers;
    use crate::finding::LinkKey;

    const TEXT: &str = r#"{
      "version": 1,
      "waivers": [
        { "rule": "date-not-iso", "column": "ResignationDate", "person": "PERSON", "reason": "x", "expires": "2026-07-31" },
        { "rule": "date-not-iso", "column": "ResignationDate", "reason": "y", "expires": "2026-06-30" },
        { "rule": "utf8-bom", "reason": "z", "expires": "2026-07-31" }
      ]
    }"#;

    #[test]
    fn a_waiver_holds_for_its_person_or_everyone_until_its_day() {
        let key = LinkKey::new(&[7; 16]).expect("it is long enough");
        let (mia, jonas) = (key.link("mia@northwind-energy.de"), key.link("jonas@northwind-energy.de"));
        let waivers = Waivers::parse("w.json", &TEXT.replace("PERSON", &mia.to_string())).expect("they are valid");
        assert!(waivers.needs_key() && waivers.fits(&key));
        let date = |text: &str| text.parse().expect("a date");
        let find = |header, person, day: &str| waivers.find("date-not-iso", header, person, date(day));
        assert_eq!(find(Some(" resignationdate"), Some(mia), "2026-07-31"), Some(0));
        assert_eq!(find(Some("ResignationDate"), Some(jonas), "2026-06-30"), Some(1));
        assert_eq!(find(Some("ResignationDate"), Some(jonas), "2026-07-01"), None);
        assert_eq!(find(Some("ResignationDate"), Some(mia), "2026-08-01"), None);
        assert_eq!(find(Some("LastWorkingDate"), Some(mia), "2026-06-01"), None);
        assert_eq!(find(None, Some(mia), "2026-06-01"), None);
        assert_eq!(waivers.find("utf8-bom", None, None, date("2026-07-01")), Some(2));
        assert_eq!(waivers.list[2].place.0, 6);
    }
}
