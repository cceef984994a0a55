//! The receipt of a check that passed: written by `check`, demanded by `upload`, so that one job may check and another send.
//!
//! It opens nothing by itself: an upload checks again, and a receipt only adds what must be the same.

use std::path::Path;

use chrono::{DateTime, SubsecRound as _, Utc};
use serde::{Deserialize, Serialize};

use super::output;
use crate::check::{Checked, Chunks, Cut, Passed};
use crate::finding::Printable;
use crate::plan::Plan;
use crate::source;
use crate::upload::fingerprint;
use crate::upload::ledger::Digest;

const VERSION: u32 = 1;

/// A check that passed.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Receipt {
    version: u32,
    kind: Kind,
    /// The version of hrlint.
    hrlint: String,
    checked: DateTime<Utc>,
    files: Vec<File>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Check,
}

/// A file that passed, and by what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    sha256: String,
    bytes: u64,
    rows: u64,
    /// The mapping's fingerprint; null for the built-in one.
    mapping: Option<String>,
    /// The rules' fingerprint.
    rules: String,
}

/// By what a file was checked: the digests of mapping and rules.
pub(super) type By = (Option<Digest>, Digest);

/// By what the files of a plan are checked.
pub(super) fn by(plan: &Plan) -> By {
    (fingerprint::of_mapping(&plan.mapping), fingerprint::of_rules(plan))
}

impl File {
    fn of(passed: &Passed, chunks: &Chunks, by: By) -> Self {
        Self {
            name: passed.name().to_owned(),
            sha256: chunks.digest.to_string(),
            bytes: chunks.bytes,
            rows: passed.rows(),
            mapping: by.0.map(|digest| digest.to_string()),
            rules: by.1.to_string(),
        }
    }
}

/// The receipt cannot be written.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("cannot write the receipt {file}: {reason}")]
#[diagnostic(code(hrlint::receipt_unwritable), help("Choose another place for it with --receipt FILE."))]
struct Unwritable {
    file: Printable,
    reason: std::io::Error,
}

/// Writes the receipt of a clean check. `by` has an entry for each file.
pub(super) fn write(path: &Path, checked: Checked, by: impl Iterator<Item = By>) -> miette::Result<()> {
    let passed = checked.into_passed().expect("a clean check that kept evidence passes");
    let mut files = Vec::new();
    for (passed, by) in passed.iter().zip(by) {
        files.push(File::of(passed, &passed.cut(Cut::default())?, by));
    }
    let checked = Utc::now().trunc_subsecs(0);
    let hrlint = env!("CARGO_PKG_VERSION").to_owned();
    let receipt = Receipt { version: VERSION, kind: Kind::Check, hrlint, checked, files };
    let text = serde_json::to_string_pretty(&receipt).expect("texts and numbers are JSON") + "\n";
    let file = Printable::of_path(path);
    std::fs::write(path, text).map_err(|reason| Unwritable { file: file.clone(), reason })?;
    output::note(&format!("the receipt of this check is {file}"));
    Ok(())
}

/// Why a receipt does not clear an upload.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub(super) enum NotCleared {
    #[error("cannot read the receipt {file}: {reason}")]
    #[diagnostic(
        code(hrlint::receipt_unreadable),
        help("Nothing was sent. Write it with `hrlint check --receipt FILE`.")
    )]
    Unreadable { file: Printable, reason: String },
    #[error("the receipt was written by hrlint {theirs}, and this is hrlint {ours}")]
    #[diagnostic(
        code(hrlint::receipt_of_other_version),
        help("Nothing was sent. Check and send with the same version.")
    )]
    Version { theirs: Printable, ours: &'static str },
    #[error("the receipt is of {when}, more than {hours} hours ago or in the future")]
    #[diagnostic(
        code(hrlint::receipt_too_old),
        help("Nothing was sent. Check again, allow more with --receipt-age HOURS, or set the clocks right.")
    )]
    Age { when: DateTime<Utc>, hours: u32 },
    #[error("the receipt is not for {file} as it is now: {what}")]
    #[diagnostic(
        code(hrlint::receipt_of_other_file),
        help("Nothing was sent. Check again with the same mapping and options, and send what was checked.")
    )]
    Other { file: Printable, what: &'static str },
}

/// Whether a receipt clears these files.
pub(super) fn demand<'p>(
    path: &Path,
    hours: u32,
    files: impl Iterator<Item = (&'p Passed, &'p Chunks, By)>,
) -> Result<(), NotCleared> {
    let unreadable = |reason| NotCleared::Unreadable { file: Printable::of_path(path), reason };
    let bytes = source::read_at_most(path, 16).map_err(|error| unreadable(error.to_string()))?;
    let receipt: Receipt =
        serde_json::from_slice(&bytes).map_err(|_| unreadable("it is no receipt of a check".to_owned()))?;
    let ours = env!("CARGO_PKG_VERSION");
    if receipt.version != VERSION || receipt.hrlint != ours {
        return Err(NotCleared::Version { theirs: Printable::new(&receipt.hrlint), ours });
    }
    let age = Utc::now() - receipt.checked;
    // Clocks of two machines differ a little.
    if age < chrono::Duration::minutes(-5) || age > chrono::Duration::hours(hours.into()) {
        return Err(NotCleared::Age { when: receipt.checked, hours });
    }
    for (passed, chunks, by) in files {
        let now = File::of(passed, chunks, by);
        let other = |what| Err(NotCleared::Other { file: Printable::new(passed.name()), what });
        let Some(then) = receipt.files.iter().find(|then| then.sha256 == now.sha256) else {
            return other("its content is another one");
        };
        if then.mapping != now.mapping {
            return other("it was checked by another mapping");
        }
        if then.rules != now.rules {
            return other("it was checked by other rules");
        }
    }
    Ok(())
}
