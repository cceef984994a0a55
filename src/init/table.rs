//! The rows of one scenario, from all samples, under the names of all their columns.

use super::header::Header;
use super::profile::Profile;
use super::sampling::Sample;
use crate::mapping::folded;
use crate::rules::address::split;

/// Some rows of a sample: its place among the samples, and the places of the rows.
pub(super) type Part = (usize, Vec<usize>);

/// Columns of several samples laid together by their names.
pub(super) struct Table<'s> {
    pub(super) headers: Vec<&'s str>,
    pub(super) understood: Vec<Header>,
    pub(super) profiles: Vec<Profile>,
}

impl<'s> Table<'s> {
    /// Lays parts of samples together. `without` is the identifier column.
    pub(super) fn new(samples: &'s [Sample], parts: &[Part], without: Option<&str>) -> Self {
        let mut headers: Vec<&'s str> = Vec::new();
        let mut keys: Vec<String> = Vec::new();
        for header in parts.iter().flat_map(|(sample, _)| &samples[*sample].headers) {
            let key = folded(header);
            if !header.is_empty() && !keys.contains(&key) && without.is_none_or(|name| folded(name) != key) {
                headers.push(header);
                keys.push(key);
            }
        }
        let values: Vec<Vec<&str>> = headers.iter().map(|header| column(samples, parts, header)).collect();
        let addresses = |values: &[&str]| values.iter().filter(|value| split(value.trim()).is_some()).count();
        let people = values.iter().max_by_key(|values| addresses(values)).filter(|values| addresses(values) > 0);
        let profiles = values.iter().map(|values| Profile::of(values, people.map(Vec::as_slice))).collect();
        let understood = headers.iter().map(|header| Header::read(header)).collect();
        Self { headers, understood, profiles }
    }

    /// Whether there is a row to judge by.
    pub(super) fn has_values(&self) -> bool {
        self.profiles.iter().any(|profile| profile.filled > 0)
    }
}

fn column<'s>(samples: &'s [Sample], parts: &[Part], header: &str) -> Vec<&'s str> {
    let mut values = Vec::new();
    for (sample, rows) in parts {
        let sample = &samples[*sample];
        let column = sample.column(header);
        values.extend(rows.iter().map(|row| column.map_or("", |column| sample.rows[*row][column].as_str())));
    }
    values
}
