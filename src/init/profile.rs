//! What the values of a column look like, in shares and counts. No value is kept or told.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::header::{fold, letters};
use super::values::{COUNTRIES, DEPARTMENTS, EMPLOYMENT, LEVELS, PRIVATE_MAIL, RATINGS, TITLES};
use crate::rules::address::split;
use crate::rules::date::{Fault, Form, read};

/// A column's values in rows of one scenario. Shares are of the filled cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub(super) rows: usize,
    pub(super) filled: usize,
    pub(super) distinct: usize,
    pub(super) addresses: f64,
    pub(super) private_mail: f64,
    pub(super) dates: f64,
    /// Numbers that may be dates: serial numbers of spreadsheets, days without marks.
    pub(super) perhaps_dates: f64,
    pub(super) numbers: f64,
    pub(super) postal: f64,
    /// Letters, blanks and what joins names, no digit.
    pub(super) lettered: f64,
    /// Capital letters alone, three at most.
    pub(super) codes: f64,
    /// Letters and a number, as in a street with its house.
    pub(super) houses: f64,
    pub(super) countries: f64,
    pub(super) employment: f64,
    pub(super) titles: f64,
    pub(super) departments: f64,
    pub(super) ratings: f64,
    pub(super) levels: f64,
    pub(super) mean_words: f64,
    pub(super) mean_length: f64,
    pub(super) longest: usize,
    /// Begins the part before the @ of the row's address, or ends it.
    pub(super) begins_address: f64,
    pub(super) ends_address: f64,
    /// The day that each row's cell means, where it is clear.
    pub(super) days: Vec<Option<NaiveDate>>,
}

impl Profile {
    /// Looks at the values of a column, row by row; `people` are the addresses of the same rows.
    pub(super) fn of(values: &[&str], people: Option<&[&str]>) -> Self {
        let mut profile = Self { rows: values.len(), ..Self::default() };
        let mut distinct = HashSet::new();
        for (row, value) in values.iter().enumerate() {
            let value = value.trim();
            profile.days.push(None);
            if value.is_empty() {
                continue;
            }
            profile.filled += 1;
            distinct.insert(value);
            profile.look(value);
            if let Some((local, _)) = people.and_then(|people| split(people[row].trim())) {
                profile.compare(value, local);
            }
        }
        profile.distinct = distinct.len();
        profile.in_shares();
        profile
    }

    fn look(&mut self, value: &str) {
        let counted = |holds: bool| f64::from(u8::from(holds));
        if let Some((_, domain)) = split(value).filter(|(_, domain)| domain.contains('.')) {
            self.addresses += 1.0;
            self.private_mail += counted(PRIVATE_MAIL.iter().any(|private| domain.starts_with(private)));
            return;
        }
        let reading = read(value);
        if !reading.has(Fault::Unparsable) {
            let number = matches!(reading.form(), Some(Form::Serial | Form::Compact | Form::Epoch));
            self.dates += counted(!number);
            self.perhaps_dates += counted(number);
            let written = reading.assumed_text().and_then(|text| text.get(..10)?.parse().ok());
            *self.days.last_mut().expect("a place was made for it") = reading.day.or(written);
        }
        let (mut digits, mut letter_count, mut others) = (0, 0, 0);
        for c in value.chars() {
            digits += usize::from(c.is_numeric());
            letter_count += usize::from(c.is_alphabetic());
            others += usize::from(!c.is_alphanumeric() && !matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',' | '/' | '&'));
        }
        let length = value.chars().count();
        let words = value.split_whitespace().count();
        self.mean_length += length as f64;
        self.mean_words += words as f64;
        self.longest = self.longest.max(length);
        self.numbers += counted(letter_count == 0 && digits > 0 && value.parse::<f64>().is_ok());
        self.postal += counted(is_postal(value, digits, letter_count));
        self.lettered += counted(digits == 0 && others == 0);
        self.codes += counted(digits == 0 && length <= 3 && value.chars().all(char::is_uppercase));
        self.houses += counted(digits > 0 && letter_count >= 4 && words > 1 && words < 8);
        let whole = letters(value);
        self.countries += counted(COUNTRIES.contains(whole.as_str()));
        self.employment += counted(EMPLOYMENT.contains(whole.as_str()));
        if words < 6 {
            let tokens: Vec<String> = fold(value).into_iter().map(|token| token.into_iter().collect()).collect();
            let any = |known: &HashSet<String>| counted(tokens.iter().any(|token| known.contains(token.as_str())));
            self.titles += any(&TITLES);
            self.departments += any(&DEPARTMENTS);
            self.ratings += any(&RATINGS);
            self.levels += any(&LEVELS);
        }
    }

    fn compare(&mut self, value: &str, local: &str) {
        let (value, local) = (letters(value), letters(local));
        if value.len() > 1 {
            self.begins_address += f64::from(u8::from(local.starts_with(&value)));
            self.ends_address += f64::from(u8::from(local.trim_end_matches(char::is_numeric).ends_with(&value)));
        }
    }

    fn in_shares(&mut self) {
        let filled = self.filled.max(1) as f64;
        for count in [
            &mut self.addresses,
            &mut self.private_mail,
            &mut self.dates,
            &mut self.perhaps_dates,
            &mut self.numbers,
            &mut self.postal,
            &mut self.lettered,
            &mut self.codes,
            &mut self.houses,
            &mut self.countries,
            &mut self.employment,
            &mut self.titles,
            &mut self.departments,
            &mut self.ratings,
            &mut self.levels,
            &mut self.mean_words,
            &mut self.mean_length,
            &mut self.begins_address,
            &mut self.ends_address,
        ] {
            *count /= filled;
        }
    }

    /// Share of the rows that are filled.
    pub(super) fn fill(&self) -> f64 {
        self.filled as f64 / self.rows.max(1) as f64
    }

    /// How many different values there are for each filled cell.
    pub(super) fn variety(&self) -> f64 {
        self.distinct as f64 / self.filled.max(1) as f64
    }

    /// The day in the middle of those that are clear.
    pub(super) fn median_day(&self) -> Option<NaiveDate> {
        let mut days: Vec<NaiveDate> = self.days.iter().flatten().copied().collect();
        days.sort_unstable();
        days.get(days.len() / 2).copied()
    }
}

/// Postal codes of most countries: three to eight digits, perhaps with letters, a blank or a hyphen.
fn is_postal(value: &str, digits: usize, letters: usize) -> bool {
    let length = value.chars().count();
    let plain = value.chars().all(|c| c.is_ascii_alphanumeric() && !c.is_ascii_lowercase() || matches!(c, ' ' | '-'));
    plain && (4..=10).contains(&length) && (2..=9).contains(&digits) && letters <= 4
        || plain && letters == 0 && digits == 3
        || plain && (5..=8).contains(&length) && digits >= 1 && (3..=6).contains(&letters)
}

#[cfg(test)]
mod tests {
    use super::Profile;

    #[test]
    fn a_profile_tells_kinds_of_values_apart() {
        let people = ["mia.brandt@northwind-energy.de", "jonas.keller2@northwind-energy.de"];
        let profile = Profile::of(&people, None);
        assert!(profile.addresses > 0.99 && profile.dates < 0.01 && profile.distinct == 2);
        let given = Profile::of(&["Mia", "Jonas"], Some(&people));
        let family = Profile::of(&["Brandt", "Keller"], Some(&people));
        assert!(given.begins_address > 0.99 && given.ends_address < 0.01 && family.ends_address > 0.99);
        let dates = Profile::of(&["2026-05-04", "31.12.2025", ""], None);
        assert!(dates.dates > 0.99 && dates.filled == 2 && dates.days.iter().flatten().count() == 2);
        for code in ["20457", "LS1 4AP", "600-8216", "80010-000", "1011 AB"] {
            assert!(Profile::of(&[code], None).postal > 0.99, "{code}");
        }
        assert!(Profile::of(&["12 Mill Lane"], None).houses > 0.99);
        assert!(Profile::of(&["Österreich"], None).countries > 0.99);
    }
}
