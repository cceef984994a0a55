//! What makes a finding the same one in the next run's report.
//!
//! Code scanning and code quality compare fingerprints to tell new faults from known ones. A fingerprint is a hash of the
//! file's name, the rule, the column's header, the row's scenario, and how many findings alike came before it in the file. So
//! it holds when rows are added, sorted or moved among others, as row, line and offset do not; when one of a hundred faults
//! alike is mended, one fingerprint (the last) goes, which is the right number if not always the right place.
//!
//! It deliberately says nothing of the cell: whoever has a list of a company's people can hash them all, so a plain hash of an
//! address or a remark is as good as the text itself, and a keyed one would change from run to run.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::finding::Finding;

/// Gives findings their fingerprints, in the order they are told.
#[derive(Default)]
pub(super) struct Fingerprints {
    /// How many of a kind there were in this file. The kinds are few: rules times columns times scenarios.
    before: HashMap<[u8; 16], u64>,
}

impl Fingerprints {
    /// Begins a file.
    pub(super) fn file_begins(&mut self) {
        self.before.clear();
    }

    /// The finding's fingerprint: 32 hexadecimal digits, different for each finding of a run.
    pub(super) fn next(&mut self, finding: &Finding) -> String {
        let column = finding.place.column.map_or(String::new(), |column| column.to_string());
        // A column without a name is known by its number.
        let header = finding.place.header.as_deref().unwrap_or(&column);
        let scenario = finding.scenario.as_deref().unwrap_or_default();
        let kind = hash(&[&finding.file, finding.rule, header, scenario]);
        let before = self.before.entry(kind).or_default();
        *before += 1;
        let print = hash(&[&hex(kind), &before.to_string()]);
        hex(print)
    }

    /// The fingerprint of something that is said once of a file.
    pub(super) fn of_file(file: &str, what: &str) -> String {
        hex(hash(&[file, what]))
    }
}

fn hash(parts: &[&str]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut hash = [0; 16];
    hash.copy_from_slice(&hasher.finalize()[..16]);
    hash
}

fn hex(bytes: [u8; 16]) -> String {
    format!("{:032x}", u128::from_be_bytes(bytes))
}
