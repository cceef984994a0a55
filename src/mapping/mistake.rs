//! What can be wrong with a mapping, in words, with a place in its JSON and the next step.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use miette::{Diagnostic, SourceSpan};
use thiserror::Error;

use super::snippet::Snippet;
use crate::finding::Printable;

/// Why a mapping cannot be used: every mistake in it, each pointing at the bytes of the JSON.
#[derive(Debug, Error, Diagnostic)]
#[error(transparent)]
#[diagnostic(transparent)]
pub struct MappingError(Failure);

#[derive(Debug, Error, Diagnostic)]
enum Failure {
    #[error("cannot read the mapping {file}")]
    #[diagnostic(
        code(hrlint::mapping::unreadable),
        help("Check the path and its permissions, or name another file with `--mapping`.")
    )]
    Unreadable {
        file: Printable,
        #[source]
        reason: io::Error,
    },
    #[error("the mapping {file} is larger than 4 MiB")]
    #[diagnostic(
        code(hrlint::mapping::too_large),
        help("A mapping names a few columns; was a file with data named by mistake?")
    )]
    TooLarge { file: Printable },
    #[error("{file} is not a JSON mapping; it {looks}")]
    #[diagnostic(
        code(hrlint::mapping::not_a_mapping),
        help(
            "The mapping goes behind `--mapping` (or behind `hrlint mapping`), files to be checked stand alone: \
             `hrlint check export.csv --mapping hrlint.json`."
        )
    )]
    Foreign { file: Printable, looks: &'static str },
    #[error("the mapping {file} has {}{}", counted(mistakes.len()), more(*unshown))]
    #[diagnostic(code(hrlint::mapping))]
    Mistaken {
        file: Printable,
        unshown: usize,
        #[source_code]
        text: Option<Arc<Snippet>>,
        #[related]
        mistakes: Vec<Mistake>,
    },
}

/// `a mistake`, `3 mistakes`.
pub(crate) fn counted(mistakes: usize) -> String {
    if mistakes == 1 { "a mistake".to_owned() } else { format!("{mistakes} mistakes") }
}

/// What is said of mistakes that are not shown.
pub(crate) fn more(unshown: usize) -> String {
    if unshown == 0 { String::new() } else { format!(" and {unshown} more that are not shown") }
}

impl MappingError {
    pub(crate) fn unreadable(file: &Printable, reason: io::Error) -> Self {
        Self(Failure::Unreadable { file: file.clone(), reason })
    }

    pub(super) fn too_large(file: &Printable) -> Self {
        Self(Failure::TooLarge { file: file.clone() })
    }

    /// A file that is something else than a mapping. What it holds is never shown: it may be people's data.
    pub(super) fn foreign(file: &Printable, looks: &'static str) -> Self {
        Self(Failure::Foreign { file: file.clone(), looks })
    }

    /// Mistakes in a mapping, shown in its `text` where that may be shown.
    pub(super) fn mistaken(file: &Printable, text: Option<&str>, mistakes: Vec<Mistake>, unshown: usize) -> Self {
        let text = text.map(|text| Arc::new(Snippet::new(file, text)));
        Self(Failure::Mistaken { file: file.clone(), unshown, text, mistakes })
    }
}

/// One mistake. Texts of the mapping come here as [`quoted`] already.
#[derive(Debug, Error, Diagnostic)]
pub(super) enum Mistake {
    #[error("the mapping is not UTF-8 text: {found}")]
    #[diagnostic(code(hrlint::mapping::not_utf8), help("Save the file as UTF-8."))]
    NotUtf8 { found: String },
    #[error("the JSON is broken: {reason}")]
    #[diagnostic(
        code(hrlint::mapping::syntax),
        help("Mend the JSON here. Comments, trailing commas and single quotes are not allowed.")
    )]
    Syntax {
        reason: String,
        #[label("here")]
        at: SourceSpan,
    },
    #[error("values are nested too deep")]
    #[diagnostic(
        code(hrlint::mapping::nested_too_deep),
        help("No mapping needs more than five levels: remove what stands here.")
    )]
    TooDeep {
        #[label("level 128")]
        at: SourceSpan,
    },
    #[error("unknown key {key} in {place}")]
    #[diagnostic(code(hrlint::mapping::unknown_key), help("{help}"))]
    UnknownKey {
        key: String,
        place: &'static str,
        help: String,
        #[label("not a key of {place}")]
        at: SourceSpan,
    },
    #[error("{key} is not for a mapping to say")]
    #[diagnostic(
        code(hrlint::mapping::forbidden_key),
        help(
            "Remove it. A mapping can never name a host, a proxy, a URL or a source of credentials, so that whoever may change a \
             mapping cannot send data elsewhere. These come from options and the environment."
        )
    )]
    ForbiddenKey {
        key: String,
        #[label("not allowed in any mapping")]
        at: SourceSpan,
    },
    #[error("duplicate key {key} in {place}")]
    #[diagnostic(
        code(hrlint::mapping::duplicate_key),
        help("Remove one of the two: programs differ in which one they obey.")
    )]
    DuplicateKey {
        key: String,
        place: &'static str,
        #[label("first here")]
        first: SourceSpan,
        #[label("again here")]
        again: SourceSpan,
    },
    #[error("{place} lacks the key `{key}`")]
    #[diagnostic(code(hrlint::mapping::missing_key), help("{help}"))]
    MissingKey {
        key: &'static str,
        place: &'static str,
        help: String,
        #[label("in here")]
        at: SourceSpan,
    },
    #[error("{place} must be {expected}, not {found}")]
    #[diagnostic(code(hrlint::mapping::wrong_type), help("Write {expected} here, or remove the key."))]
    WrongType {
        place: &'static str,
        expected: &'static str,
        found: &'static str,
        #[label("{found}")]
        at: SourceSpan,
    },
    #[error("{place} must be {expected}")]
    #[diagnostic(code(hrlint::mapping::bad_value), help("{help}"))]
    BadValue {
        place: &'static str,
        expected: Cow<'static, str>,
        help: String,
        #[label("not {expected}")]
        at: SourceSpan,
    },
    #[error("{place} is listed twice")]
    #[diagnostic(code(hrlint::mapping::listed_twice), help("Remove one of the two."))]
    ListedTwice {
        place: &'static str,
        #[label("first here")]
        first: SourceSpan,
        #[label("again here")]
        again: SourceSpan,
    },
    #[error("this version of the mapping's grammar is not supported")]
    #[diagnostic(
        code(hrlint::mapping::unsupported_version),
        help("Write `\"version\": 1`, or use an hrlint that knows the newer version.")
    )]
    UnsupportedVersion {
        #[label("only 1 is known")]
        at: SourceSpan,
    },
    #[error("the mapping has no scenario")]
    #[diagnostic(
        code(hrlint::mapping::no_scenarios),
        help("List the scenarios that the connector was created for, such as `\"resignation\": {{}}`.")
    )]
    NoScenarios {
        #[label("empty")]
        at: SourceSpan,
    },
    #[error("unknown scenario {key}")]
    #[diagnostic(code(hrlint::mapping::unknown_scenario), help("{help}"))]
    UnknownScenario {
        key: String,
        help: String,
        #[label("neither shipped nor defined by `fields`")]
        at: SourceSpan,
    },
    #[error("unknown field {key} of the scenario {scenario}")]
    #[diagnostic(code(hrlint::mapping::unknown_field), help("{help}"))]
    UnknownField {
        key: String,
        scenario: String,
        help: String,
        #[label("no such field")]
        at: SourceSpan,
    },
    #[error("the column {column} is mapped twice in the scenario {scenario}")]
    #[diagnostic(
        code(hrlint::mapping::column_mapped_twice),
        help("Name another column for one of the two; upper and lower case do not make a difference.")
    )]
    ColumnTwice {
        column: String,
        scenario: String,
        first_field: String,
        again_field: String,
        #[label("as {first_field}")]
        first: Option<SourceSpan>,
        #[label("as {again_field}")]
        again: Option<SourceSpan>,
    },
    #[error("the field {field} is given its column twice")]
    #[diagnostic(
        code(hrlint::mapping::column_given_twice),
        help("Name its column in `columns` or in `fields`, not in both.")
    )]
    ColumnGivenTwice {
        field: String,
        #[label("first here")]
        first: SourceSpan,
        #[label("again here")]
        again: SourceSpan,
    },
    #[error("two scenarios have the identifier {identifier}")]
    #[diagnostic(
        code(hrlint::mapping::equal_identifiers),
        help(
            "Give each scenario its own value, as in the connector's settings; upper and lower case do not make a difference."
        )
    )]
    EqualIdentifiers {
        identifier: String,
        #[label("first here")]
        first: SourceSpan,
        #[label("again here")]
        again: SourceSpan,
    },
    #[error("the shipped scenario {scenario} is loosened: {what}")]
    #[diagnostic(
        code(hrlint::mapping::loosened),
        help(
            "The service insists on it, whatever a mapping says: a mapping may tighten a shipped scenario, never loosen it."
        )
    )]
    Loosened {
        scenario: String,
        what: String,
        #[label("remove this")]
        at: SourceSpan,
    },
    #[error("unknown rule {rule}")]
    #[diagnostic(code(hrlint::mapping::unknown_rule), help("{help}"))]
    UnknownRule {
        rule: String,
        help: String,
        #[label("no such rule")]
        at: SourceSpan,
    },
    #[error("unknown policy {policy}")]
    #[diagnostic(code(hrlint::mapping::unknown_policy), help("{help}"))]
    UnknownPolicy {
        policy: String,
        help: String,
        #[label("no policy template of that name")]
        at: SourceSpan,
    },
    #[error("unknown level {level} of the rule {rule}")]
    #[diagnostic(code(hrlint::mapping::unknown_level), help("{help}"))]
    UnknownLevel {
        level: String,
        rule: &'static str,
        help: String,
        #[label("not a level")]
        at: SourceSpan,
    },
    #[error("the contract rule {rule} cannot be lowered to `{level}`")]
    #[diagnostic(
        code(hrlint::mapping::contract_rule_lowered),
        help("It guards what the service requires: it stays at `{least}` or above.")
    )]
    ContractRuleLowered {
        rule: &'static str,
        level: &'static str,
        least: &'static str,
        #[label("below `{least}`")]
        at: SourceSpan,
    },
}

/// A text of the mapping, harmless and of a length fit for a sentence.
pub(crate) fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(61).collect();
    format!("`{}`", Printable::new(&shown).shortened(60))
}

/// What may have been meant by `word`, and what there is.
pub(crate) fn meant<'k>(word: &str, noun: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let near = nearest(word, &known).map_or(String::new(), |near| format!("Did you mean {}? ", quoted(near)));
    let list: Vec<String> = known.iter().take(24).map(|name| quoted(name)).collect();
    let rest = if known.len() > list.len() { ", …" } else { "" };
    format!("{near}Known {noun}: {}{rest}.", list.join(", "))
}

/// The known name that differs from `word` in case only or in at most a third of its letters.
fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    if letters > 64 {
        return None;
    }
    let distance = |name: &&str| strsim::osa_distance(&word, &name.to_lowercase());
    let near = known.iter().copied().filter(|name| name.len() <= 256).take(1000).min_by_key(distance)?;
    (distance(&near) <= (letters / 3).max(1)).then_some(near)
}
