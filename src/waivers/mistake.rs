//! What can be wrong with waivers, in words, with a place in their JSON and the next step.

use std::io;
use std::sync::Arc;

use miette::{Diagnostic, SourceSpan};
use thiserror::Error;

use crate::finding::Printable;
use crate::mapping::mistake::{counted, more};
use crate::mapping::snippet::Snippet;

/// Why waivers cannot be used: every mistake in them, each pointing at the bytes of the JSON.
#[derive(Debug, Error, Diagnostic)]
#[error(transparent)]
#[diagnostic(transparent)]
pub struct WaiversError(Failure);

#[derive(Debug, Error, Diagnostic)]
enum Failure {
    #[error("cannot read the waivers {file}: {reason}")]
    #[diagnostic(
        code(hrlint::waivers::unreadable),
        help("Check the path and its permissions; `hrlint check --write-waivers` starts a file of waivers.")
    )]
    Unreadable { file: Printable, reason: io::Error },
    #[error("the waivers {file} are larger than 16 MiB")]
    #[diagnostic(code(hrlint::waivers::too_large), help("Waive a whole column in place of each person in it."))]
    TooLarge { file: Printable },
    #[error("the waivers {file} are not UTF-8 text")]
    #[diagnostic(code(hrlint::waivers::not_utf8), help("Save the file as UTF-8."))]
    NotUtf8 { file: Printable },
    #[error("the waivers {file} name single people, and there is no key to know them by")]
    #[diagnostic(
        code(hrlint::waivers::no_key),
        help(
            "Name the environment variable that holds the secret they were made with: --link-key-env NAME. A random key knows nobody \
             again."
        )
    )]
    NoKey { file: Printable },
    #[error("the people in the waivers {file} were named with another key")]
    #[diagnostic(
        code(hrlint::waivers::other_key),
        help("Give --link-key-env the secret that they were made with, or start them anew with --write-waivers.")
    )]
    OtherKey { file: Printable },
    #[error("the waivers {file} have {}{}", counted(mistakes.len()), more(*unshown))]
    #[diagnostic(code(hrlint::waivers))]
    Mistaken {
        file: Printable,
        unshown: usize,
        #[source_code]
        text: Option<Arc<Snippet>>,
        #[related]
        mistakes: Vec<Mistake>,
    },
}

impl WaiversError {
    /// The file cannot be read.
    #[must_use]
    pub fn unreadable(file: &str, reason: io::Error) -> Self {
        Self(Failure::Unreadable { file: Printable::new(file), reason })
    }

    /// The file names people, and no key was given.
    #[must_use]
    pub fn no_key(file: &str) -> Self {
        Self(Failure::NoKey { file: Printable::new(file) })
    }

    /// The file was made with another key.
    #[must_use]
    pub fn other_key(file: &str) -> Self {
        Self(Failure::OtherKey { file: Printable::new(file) })
    }

    pub(super) fn too_large(file: &str) -> Self {
        Self(Failure::TooLarge { file: Printable::new(file) })
    }

    pub(super) fn not_utf8(file: &str) -> Self {
        Self(Failure::NotUtf8 { file: Printable::new(file) })
    }

    /// Mistakes in the waivers, shown in their text where that may be shown.
    pub(super) fn mistaken(file: &str, text: Option<&str>, mistakes: Vec<Mistake>, unshown: usize) -> Self {
        let file = Printable::new(file);
        let text = text.map(|text| Arc::new(Snippet::new(&file, text)));
        Self(Failure::Mistaken { file, unshown, text, mistakes })
    }
}

/// One mistake. Foreign texts come here made harmless.
#[derive(Debug, Error, Diagnostic)]
pub(super) enum Mistake {
    #[error("the JSON is broken: {reason}")]
    #[diagnostic(
        code(hrlint::waivers::syntax),
        help("Mend the JSON here. Comments, trailing commas and single quotes are not allowed.")
    )]
    Syntax {
        reason: String,
        #[label("here")]
        at: SourceSpan,
    },
    #[error("unknown key {key} in {place}")]
    #[diagnostic(code(hrlint::waivers::unknown_key), help("{help}"))]
    UnknownKey {
        key: String,
        place: &'static str,
        help: String,
        #[label("not a key of {place}")]
        at: SourceSpan,
    },
    #[error("duplicate key {key} in {place}")]
    #[diagnostic(code(hrlint::waivers::duplicate_key), help("Remove one of the two."))]
    DuplicateKey {
        key: String,
        place: &'static str,
        #[label("first here")]
        first: SourceSpan,
        #[label("again here")]
        again: SourceSpan,
    },
    #[error("{place} lacks the key `{key}`")]
    #[diagnostic(code(hrlint::waivers::missing_key), help("{help}"))]
    MissingKey {
        key: &'static str,
        place: &'static str,
        help: &'static str,
        #[label("in here")]
        at: SourceSpan,
    },
    #[error("{place} must be {expected}")]
    #[diagnostic(code(hrlint::waivers::bad_value), help("{help}"))]
    BadValue {
        place: &'static str,
        expected: &'static str,
        help: &'static str,
        #[label("not {expected}")]
        at: SourceSpan,
    },
    #[error("unknown rule {rule}")]
    #[diagnostic(code(hrlint::waivers::unknown_rule), help("{help}"))]
    UnknownRule {
        rule: String,
        help: String,
        #[label("no such rule")]
        at: SourceSpan,
    },
    #[error("the rule {rule} cannot be waived")]
    #[diagnostic(code(hrlint::waivers::unwaivable), help("Switch it off in the mapping instead: \"{rule}\": \"off\"."))]
    Unwaivable {
        rule: &'static str,
        #[label("not for waivers")]
        at: SourceSpan,
    },
    #[error("the same is waived twice")]
    #[diagnostic(code(hrlint::waivers::waived_twice), help("Remove one of the two."))]
    Twice {
        #[label("again here")]
        at: SourceSpan,
    },
}
