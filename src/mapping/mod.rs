//! The user's JSON as written: which columns carry which scenario's data, with a span for every complaint.
//!
//! A [`Mapping`] is what the connector was told in the portal, written down: the identifier column, the scenarios and their
//! columns. [`Mapping::parse`] takes the text and either gives the whole mapping with everything filled in, or every mistake
//! in it at once. The five documented scenarios are files in `schemas/scenarios/`, written in the grammar in which users
//! write their own.
//!
//! This module must not know rules (it is handed their [`RuleFacts`]), files to be checked, or how a cell is judged.

mod encoding;
mod foreign;
mod grammar;
pub(crate) mod json;
pub(crate) mod mistake;
mod plain;
mod policy;
mod reading;
mod scenario;
mod shipped;
pub(crate) mod snippet;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

pub use encoding::Encoding;
pub use grammar::schema;
pub use mistake::MappingError;
pub use policy::{Policy, TEMPLATES};
pub use scenario::{Field, FieldKind, Scenario};

use crate::finding::{Printable, Severity};
use json::{Json, SyntaxError};
use mistake::Mistake;
use reading::Reading;

/// The name under which a mapping is found without being asked for.
pub const FILE_NAME: &str = "hrlint.json";

const LARGEST: u64 = Mapping::LARGEST;

/// What the connector was told, with everything filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The column that names each row's scenario; `None` where every file holds one scenario.
    pub identifier: Option<Identifier>,
    /// The only scenarios that files may hold, in the order written.
    pub scenarios: Vec<Scenario>,
    /// The byte between cells.
    pub delimiter: u8,
    /// The encoding that the connector was found to take.
    pub encoding: Encoding,
    /// What the mapping says about rules, in the order written.
    pub rules: Vec<RuleSetting>,
    /// The domains that addresses may have, in lower case; empty: not stated.
    pub domains: Vec<String>,
    /// The policies that the data is for, each once.
    pub policies: Vec<&'static Policy>,
    /// The connector's ids, as written.
    pub connector: Connector,
    /// Whether this is the built-in mapping, under which known aliases of column names are accepted.
    pub built_in: bool,
    /// The file that [`Mapping::read`] read.
    pub file: Option<PathBuf>,
    /// SHA-256 of the bytes that it was read from; `None` for the built-in mapping.
    pub sha256: Option<[u8; 32]>,
}

/// The identifier column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// Its name in the header.
    pub column: String,
    /// Other names by which the documentation calls it.
    pub aliases: Vec<String>,
}

/// What a mapping says about one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetting {
    /// The rule.
    pub rule: &'static str,
    /// Its level, where the mapping changes it.
    pub level: Option<Level>,
    /// Values of its options, such as `("days", 90)`.
    pub options: Vec<(&'static str, u32)>,
}

/// How loud a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It does not run.
    Off,
    /// It runs, and what it finds is this grave.
    At(Severity),
}

/// Where accepted files go. Carried as written; whoever uploads checks the shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connector {
    /// The cloud's name, such as `commercial`.
    pub cloud: Option<String>,
    /// The directory (tenant) id.
    pub tenant_id: Option<String>,
    /// The application (client) id.
    pub app_id: Option<String>,
    /// The connector's job id.
    pub job_id: Option<String>,
}

/// What a mapping must know of a rule to judge what it says about it.
#[derive(Clone, Copy, Debug)]
pub struct RuleFacts {
    /// The rule's name.
    pub name: &'static str,
    /// Its severity when nobody says anything.
    pub default_severity: Severity,
    /// Whether it can be raised but not lowered.
    pub contract: bool,
    /// Thresholds that a mapping may set.
    pub options: &'static [RuleOption],
}

/// A threshold of a rule: a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleOption {
    /// Its key in the rule's settings, such as `days`.
    pub name: &'static str,
    /// Its value when nobody says anything.
    pub default: u32,
    /// The least value that makes sense.
    pub least: u32,
    /// The greatest value that makes sense.
    pub most: u32,
}

impl Mapping {
    /// The largest mapping in bytes.
    pub const LARGEST: u64 = 4 << 20;

    /// The mapping that is used where there is none: the five documented scenarios under their documented column names.
    #[must_use]
    pub fn built_in() -> Self {
        Self {
            identifier: Some(shipped::identifier(None)),
            scenarios: shipped::scenarios().to_vec(),
            built_in: true,
            ..Self::empty()
        }
    }

    /// Takes a mapping's text. `name` is what messages call the file.
    ///
    /// # Errors
    ///
    /// Every mistake in the text at once (the first hundred), or its one error of syntax.
    ///
    /// ```
    /// use hrlint::mapping::Mapping;
    /// let text = r#"{ "version": 1, "scenarios": { "resignation": { "columns": { "emailAddress": "Mail" } } } }"#;
    /// let mapping = Mapping::parse("hrlint.json", text, &[])?;
    /// assert_eq!(mapping.scenarios[0].fields[0].column, "Mail");
    /// assert_eq!(mapping.scenarios[0].fields[1].column, "ResignationDate");
    /// # Ok::<(), hrlint::mapping::MappingError>(())
    /// ```
    pub fn parse(name: &str, text: &str, rules: &[RuleFacts]) -> Result<Self, MappingError> {
        let file = Printable::new(name);
        if text.len() as u64 > LARGEST {
            return Err(MappingError::too_large(&file));
        }
        // Editors on Windows begin UTF-8 with a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if let Some(looks) = foreign::looks(text.as_bytes()) {
            return Err(MappingError::foreign(&file, looks));
        }
        let shown = foreign::may_be_shown(text).then_some(text);
        let refused = |mistakes, unshown| Err(MappingError::mistaken(&file, shown, mistakes, unshown));
        let root = match Json::parse(text) {
            Ok(root) => root,
            Err(SyntaxError { at, too_deep: true, .. }) => return refused(vec![Mistake::TooDeep { at }], 0),
            Err(SyntaxError { reason, at, .. }) => {
                let line = text[..at.offset()].matches('\n').count() + 1;
                let reason = if shown.is_some() { reason } else { format!("{reason} (line {line})") };
                return refused(vec![Mistake::Syntax { reason, at }], 0);
            }
        };
        let mut reading = Reading::new(rules);
        let mapping = reading.mapping(root);
        let (mistakes, unshown) = reading.into_mistakes();
        if mistakes.is_empty() { Ok(mapping) } else { refused(mistakes, unshown) }
    }

    /// Reads a mapping from a file.
    ///
    /// # Errors
    ///
    /// As [`Mapping::parse`], and if the file cannot be read, is too large, or is not UTF-8.
    pub fn read(path: &Path, rules: &[RuleFacts]) -> Result<Self, MappingError> {
        let name = path.to_string_lossy();
        let file = Printable::new(&name);
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|opened| opened.take(LARGEST + 1).read_to_end(&mut bytes));
        read.map_err(|reason| MappingError::unreadable(&file, reason))?;
        Ok(Self { file: Some(path.to_owned()), ..Self::from_bytes(&name, &bytes, rules)? })
    }

    /// Takes the bytes of a mapping. `name` is what messages call the file.
    ///
    /// # Errors
    ///
    /// As [`Mapping::parse`], and if it is not UTF-8.
    pub fn from_bytes(name: &str, bytes: &[u8], rules: &[RuleFacts]) -> Result<Self, MappingError> {
        use sha2::Digest as _;
        let file = Printable::new(name);
        if bytes.len() as u64 > LARGEST {
            return Err(MappingError::too_large(&file));
        }
        if let Some(looks) = foreign::looks(bytes) {
            return Err(MappingError::foreign(&file, looks));
        }
        let text = str::from_utf8(bytes).map_err(|error| not_utf8(&file, bytes, error.valid_up_to()))?;
        Ok(Self { sha256: Some(sha2::Sha256::digest(bytes).into()), ..Self::parse(name, text, rules)? })
    }

    /// The documented scenarios, in documented order.
    #[must_use]
    pub fn documented() -> &'static [Scenario] {
        shipped::scenarios()
    }

    /// The nearest `hrlint.json`, from the folder of `start` (a file or a folder) upwards.
    #[must_use]
    pub fn locate(start: &Path) -> Option<PathBuf> {
        let folder = if start.is_dir() { start } else { start.parent()? };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // A relative path says nothing about the folders above it, and `..` would be taken for a folder.
        let folder = folder.canonicalize().ok()?;
        folder.ancestors().map(|above| above.join(FILE_NAME)).find(|candidate| candidate.is_file())
    }

    /// The mapping as JSON with everything filled in. Parsed again, it gives the same mapping.
    #[must_use]
    pub fn effective_json(&self) -> String {
        grammar::effective_json(self)
    }

    /// The mapping as people write it: identifier, the columns of those fields that are `listed`, and the delimiter if it is no
    /// comma. Parsed again, it gives the same columns. `schema` is where editors find the schema.
    #[must_use]
    pub fn plain_json(&self, schema: &str, listed: &dyn Fn(&Scenario, &Field) -> bool) -> String {
        plain::plain_json(self, schema, listed)
    }

    fn empty() -> Self {
        Self {
            identifier: None,
            scenarios: Vec::new(),
            delimiter: b',',
            encoding: Encoding::Utf8,
            rules: Vec::new(),
            domains: Vec::new(),
            policies: Vec::new(),
            connector: Connector::default(),
            built_in: false,
            file: None,
            sha256: None,
        }
    }
}

impl Level {
    /// All levels, loudest last.
    pub const ALL: [Self; 4] =
        [Self::Off, Self::At(Severity::Info), Self::At(Severity::Warning), Self::At(Severity::Error)];

    /// The word used in options and mappings: `off`, `info`, `warning` or `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::At(severity) => severity.name(),
        }
    }

    /// The level that is called `name` in options and mappings, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// A column name or identifier as it is compared: without regard to case.
#[must_use]
pub fn folded(name: &str) -> String {
    name.to_lowercase()
}

fn not_utf8(file: &Printable, bytes: &[u8], valid: usize) -> MappingError {
    let line = bytes[..valid].split(|byte| *byte == b'\n').count();
    let found = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is UTF-16".to_owned(),
        _ => format!("line {line} holds bytes of another encoding"),
    };
    MappingError::mistaken(file, None, vec![Mistake::NotUtf8 { found }], 0)
}
