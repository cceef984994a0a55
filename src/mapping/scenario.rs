//! Scenarios and their fields, after the grammar of `schemas/scenarios/*.json` has been read.

/// What a field's cells hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// The user's sign-in name (e-mail address).
    Upn,
    /// A date and time, `yyyy-mm-ddThh:mm:ss.nnnnnn+|-hh:mm`.
    DateTime,
    /// Free text.
    Text,
}

impl FieldKind {
    /// All kinds, in the order of the manual.
    pub const ALL: [Self; 3] = [Self::Upn, Self::DateTime, Self::Text];

    /// The word used as `type` in mappings: `upn`, `dateTime` or `text`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Upn => "upn",
            Self::DateTime => "dateTime",
            Self::Text => "text",
        }
    }

    /// The kind that is called `name` in mappings, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One field of a scenario: what its cells hold and which column carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Lower camel case key, such as `emailAddress`.
    pub key: String,
    /// The column that carries it: as mapped by the user, else the documented name.
    pub column: String,
    /// Other names by which the documentation or common exports call the column.
    pub aliases: Vec<String>,
    /// What its cells hold.
    pub kind: FieldKind,
    /// Whether every row of the scenario must fill it.
    pub required: bool,
    /// The most Unicode characters a cell may hold.
    pub max_length: Option<u32>,
}

/// One scenario: the rows it applies to and the fields they carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Key such as `resignation`.
    pub key: String,
    /// The value of the identifier column that marks its rows.
    pub identifier: String,
    /// Its fields, in documented order.
    pub fields: Vec<Field>,
    /// Index in `fields` of the date that, with address and scenario, identifies an event.
    pub event_date: Option<usize>,
}
