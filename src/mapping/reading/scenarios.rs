//! Scenarios: a shipped one, perhaps tightened and with columns of the user's, or one with fields of its own.

use std::collections::{HashMap, HashSet};

use miette::SourceSpan;

use super::Reading;
use crate::mapping::json::{Entry, Json, Object};
use crate::mapping::mistake::{Mistake, meant, quoted};
use crate::mapping::{Field, FieldKind, Identifier, Scenario, folded, shipped};

/// A field while it is put together.
struct Draft {
    field: Field,
    /// The shipped field that it must not fall short of.
    shipped: Option<&'static Field>,
    /// Where its column is named.
    column_at: Option<SourceSpan>,
    /// Where it is defined, for a field of the user's own.
    at: Option<SourceSpan>,
}

impl Reading<'_> {
    /// All scenarios of a mapping.
    pub(super) fn scenarios(
        &mut self,
        json: Json<'_>,
        identifier: Option<&Identifier>,
        identifier_at: Option<SourceSpan>,
    ) -> Vec<Scenario> {
        let Some(object) = self.object(json, "`scenarios`") else { return Vec::new() };
        if object.0.is_empty() {
            self.complain(|| Mistake::NoScenarios { at: json.span() });
        }
        let mut seen: HashMap<String, SourceSpan> = HashMap::new();
        let mut scenarios = Vec::with_capacity(object.0.len());
        for entry in &object.0 {
            let Some((scenario, value_at)) = self.scenario(entry, identifier, identifier_at) else { continue };
            let (again, folded) = (value_at.unwrap_or(entry.at), folded(&scenario.identifier));
            if let Some(&first) = seen.get(&folded) {
                let identifier = quoted(&scenario.identifier);
                self.complain(|| Mistake::EqualIdentifiers { identifier, first, again });
            }
            seen.entry(folded).or_insert(again);
            scenarios.push(scenario);
        }
        scenarios
    }

    /// A scenario with fields of its own, as in `schemas/scenarios/`; `None` if anything is wrong with it.
    pub(in crate::mapping) fn definition(mut self, key: &str, json: Json<'_>) -> Option<Scenario> {
        let object = self.fixed(json, "the scenario", &["identifier", "eventDate", "fields"])?;
        let scenario = self.laid_out(key, json.span(), &object, None);
        self.mistakes.is_empty().then_some(scenario.0)
    }

    /// One scenario, and where its identifier is given.
    fn scenario(
        &mut self,
        entry: &Entry<'_>,
        identifier: Option<&Identifier>,
        identifier_at: Option<SourceSpan>,
    ) -> Option<(Scenario, Option<SourceSpan>)> {
        let base = shipped::scenario(&entry.key);
        let known = ["identifier", "eventDate", "columns", "fields"];
        let object = self.fixed(entry.value, "the scenario", &known)?;
        let like_shipped = shipped::scenarios().iter().any(|scenario| folded(&scenario.key) == folded(&entry.key));
        if base.is_none() && (like_shipped || object.entry("fields").is_none()) {
            self.complain(|| {
                let shipped = shipped::scenarios().iter().map(|scenario| scenario.key.as_str());
                let help = meant(&entry.key, "scenarios", shipped) + " Another one needs `fields` of its own.";
                Mistake::UnknownScenario { key: quoted(&entry.key), help, at: entry.at }
            });
            return None;
        }
        self.key(entry);
        let (scenario, drafts) = self.laid_out(&entry.key, entry.at, &object, base);
        let given = object.entry("identifier");
        if base.is_none() && given.is_none() && identifier.is_some() {
            self.complain(|| Mistake::MissingKey {
                key: "identifier",
                place: "the scenario",
                help: "Name the value that the identifier column holds in its rows.".to_owned(),
                at: entry.at,
            });
        }
        self.columns_apart(&scenario, &drafts, identifier.zip(Some(identifier_at)));
        Some((scenario, given.map(|given| given.value.span())))
    }

    /// The scenario with everything filled in, and where its columns are named.
    fn laid_out(
        &mut self,
        key: &str,
        at: SourceSpan,
        object: &Object<'_>,
        base: Option<&'static Scenario>,
    ) -> (Scenario, Vec<Option<SourceSpan>>) {
        let default = base.map_or(key, |base| &base.identifier);
        let identifier = object.value("identifier").and_then(|json| self.name(json, "the scenario's identifier"));
        let mut drafts: Vec<Draft> = base.map_or(&[][..], |base| &base.fields).iter().map(Draft::shipped).collect();
        self.fields(key, object, base, &mut drafts);
        self.columns(key, object, &mut drafts);
        for draft in drafts.iter().filter(|draft| draft.shipped.is_none() && draft.column_at.is_none()) {
            let help = "Name the column that carries it, such as `\"column\": \"EmailAddress\"`.".to_owned();
            let at = draft.at.unwrap_or(at);
            self.complain(|| Mistake::MissingKey { key: "column", place: "the field", help, at });
        }
        let places = drafts.iter().map(|draft| draft.column_at).collect();
        let fields: Vec<Field> = drafts.into_iter().map(|draft| draft.field).collect();
        let event_date = self.event_date(key, object, base, &fields);
        let identifier = identifier.unwrap_or_else(|| default.to_owned());
        (Scenario { key: key.to_owned(), identifier, fields, event_date }, places)
    }

    fn fields(
        &mut self,
        scenario: &str,
        object: &Object<'_>,
        base: Option<&'static Scenario>,
        drafts: &mut Vec<Draft>,
    ) {
        let Some(fields) = object.value("fields").and_then(|json| self.object(json, "`fields`")) else { return };
        if base.is_none() && fields.0.is_empty() {
            let json = object.value("fields").map_or((0, 0).into(), |json| json.span());
            let help = "Define at least one field, with `column` and `type`.".to_owned();
            self.complain(|| Mistake::BadValue { place: "`fields`", expected: "filled".into(), help, at: json });
        }
        for entry in &fields.0 {
            let place = base.and_then(|base| base.fields.iter().position(|field| field.key == entry.key));
            match (base, place) {
                (Some(_), None) => self.unknown_field(scenario, entry, drafts),
                (_, Some(place)) => self.field(scenario, entry, &mut drafts[place]),
                (None, None) => {
                    self.key(entry);
                    let mut draft = Draft::own(entry);
                    self.field(scenario, entry, &mut draft);
                    drafts.push(draft);
                }
            }
        }
    }

    /// What `fields` says about one field.
    fn field(&mut self, scenario: &str, entry: &Entry<'_>, draft: &mut Draft) {
        let known = ["column", "aliases", "type", "required", "maxLength"];
        let Some(object) = self.fixed(entry.value, "the field", &known) else { return };
        if let Some(column) = object.value("column") {
            self.column(column, draft);
        }
        if let Some(aliases) = object.value("aliases") {
            draft.field.aliases.extend(self.list(aliases, ("`aliases`", "an alias"), Self::name));
        }
        self.kind(scenario, entry, &object, draft);
        if let Some(json) = object.value("required") {
            match json.boolean() {
                None => self.wrong_type(json, "`required`", "`true` or `false`"),
                Some(false) if draft.shipped.is_some_and(|shipped| shipped.required) => {
                    self.loosened(scenario, json, || format!("its field {} is required", quoted(&entry.key)));
                }
                Some(required) => draft.field.required = required,
            }
        }
        if let Some(json) = object.value("maxLength")
            && let Some(length) = self.count(json, "`maxLength`", 1..=1_000_000)
        {
            if draft.field.kind != FieldKind::Text {
                self.bad(
                    json,
                    "`maxLength`",
                    "on a field of type `text`",
                    "Other types have lengths of their own: remove it.",
                );
            }
            match draft.shipped.and_then(|shipped| shipped.max_length) {
                Some(most) if length > most => {
                    self.loosened(scenario, json, || {
                        format!("its field {} holds {most} characters", quoted(&entry.key))
                    });
                }
                _ => draft.field.max_length = Some(length),
            }
        }
        draft.settle_aliases();
    }

    fn kind(&mut self, scenario: &str, entry: &Entry<'_>, object: &Object<'_>, draft: &mut Draft) {
        let Some(json) = object.value("type") else {
            if draft.shipped.is_none() {
                let help =
                    format!("Say what its cells hold: {}.", FieldKind::ALL.map(|kind| quoted(kind.name())).join(", "));
                self.complain(|| Mistake::MissingKey { key: "type", place: "the field", help, at: entry.at });
            }
            return;
        };
        let Some(name) = self.string(json, "the field's type") else { return };
        match FieldKind::from_name(&name) {
            None => {
                let help = meant(&name, "types", FieldKind::ALL.map(FieldKind::name));
                self.bad(json, "the field's type", "`upn`, `dateTime` or `text`", &help);
            }
            Some(kind) if draft.shipped.is_some_and(|shipped| shipped.kind != kind) => {
                let shipped = draft.field.kind.name();
                self.loosened(scenario, json, || format!("its field {} is of type `{shipped}`", quoted(&entry.key)));
            }
            Some(kind) => draft.field.kind = kind,
        }
    }

    fn columns(&mut self, scenario: &str, object: &Object<'_>, drafts: &mut [Draft]) {
        let Some(columns) = object.value("columns").and_then(|json| self.object(json, "`columns`")) else { return };
        let places: HashMap<String, usize> =
            drafts.iter().enumerate().map(|(place, draft)| (draft.field.key.clone(), place)).collect();
        for entry in &columns.0 {
            let Some(&place) = places.get(&entry.key) else {
                self.unknown_field(scenario, entry, drafts);
                continue;
            };
            let draft = &mut drafts[place];
            if let Some(first) = draft.column_at {
                let (field, again) = (quoted(&entry.key), entry.value.span());
                self.complain(|| Mistake::ColumnGivenTwice { field, first, again });
            } else {
                self.column(entry.value, draft);
                draft.settle_aliases();
            }
        }
    }

    fn column(&mut self, json: Json<'_>, draft: &mut Draft) {
        draft.column_at = Some(json.span());
        if let Some(column) = self.name(json, "the column's name") {
            draft.field.column = column;
        }
    }

    /// The date that identifies an event: for a shipped scenario the documented one.
    fn event_date(
        &mut self,
        key: &str,
        object: &Object<'_>,
        base: Option<&'static Scenario>,
        fields: &[Field],
    ) -> Option<usize> {
        let documented = base.and_then(|base| base.event_date);
        let Some(json) = object.value("eventDate") else { return documented };
        let name = self.string(json, "`eventDate`")?;
        let place = fields.iter().position(|field| field.key == name && field.kind == FieldKind::DateTime);
        if place.is_none() {
            let dates = fields.iter().filter(|field| field.kind == FieldKind::DateTime);
            let help = meant(&name, "fields of type `dateTime`", dates.map(|field| field.key.as_str()));
            self.bad(json, "`eventDate`", "the key of a field of type `dateTime`", &help);
        } else if base.is_some() && place != documented {
            self.loosened(key, json, || "its event date is another field".to_owned());
        }
        place
    }

    /// No column may carry two things.
    fn columns_apart(
        &mut self,
        scenario: &Scenario,
        places: &[Option<SourceSpan>],
        identifier: Option<(&Identifier, Option<SourceSpan>)>,
    ) {
        let mut seen: HashMap<String, (&str, Option<SourceSpan>)> = HashMap::new();
        if let Some((identifier, at)) = identifier {
            seen.insert(folded(&identifier.column), ("identifier", at));
        }
        for (field, &again) in scenario.fields.iter().zip(places).filter(|(field, _)| !field.column.is_empty()) {
            if let Some(&(first_field, first)) = seen.get(&folded(&field.column)) {
                self.complain(|| Mistake::ColumnTwice {
                    column: quoted(&field.column),
                    scenario: quoted(&scenario.key),
                    first_field: quoted(first_field),
                    again_field: quoted(&field.key),
                    first,
                    again,
                });
            }
            seen.entry(folded(&field.column)).or_insert((&field.key, again));
        }
    }

    /// Keys are written on command lines and stand in reports.
    fn key(&mut self, entry: &Entry<'_>) {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if !entry.key.starts_with(|c: char| c.is_ascii_alphabetic()) || !entry.key.bytes().all(plain) {
            let help = "Use letters, digits, `-` and `_`, beginning with a letter.".to_owned();
            self.complain(|| Mistake::BadValue {
                place: "the key",
                expected: "a plain word".into(),
                help,
                at: entry.at,
            });
        }
    }

    fn unknown_field(&mut self, scenario: &str, entry: &Entry<'_>, drafts: &[Draft]) {
        self.complain(|| {
            // Who writes a column's name, or an alias, means the field it belongs to.
            let named = |field: &&Field| {
                let mut names = field.aliases.iter().chain([&field.column]);
                names.any(|name| folded(name) == folded(&entry.key))
            };
            let keys = drafts.iter().map(|draft| draft.field.key.as_str());
            let help = match drafts.iter().map(|draft| &draft.field).find(named) {
                Some(field) => format!("Its key is {}.", quoted(&field.key)),
                None => meant(&entry.key, "fields", keys),
            };
            Mistake::UnknownField { key: quoted(&entry.key), scenario: quoted(scenario), help, at: entry.at }
        });
    }

    fn loosened(&mut self, scenario: &str, json: Json<'_>, what: impl FnOnce() -> String) {
        self.complain(|| Mistake::Loosened { scenario: quoted(scenario), what: what(), at: json.span() });
    }
}

impl Draft {
    fn shipped(shipped: &'static Field) -> Self {
        Self { field: shipped.clone(), shipped: Some(shipped), column_at: None, at: None }
    }

    fn own(entry: &Entry<'_>) -> Self {
        let field = Field {
            key: entry.key.clone(),
            column: String::new(),
            aliases: Vec::new(),
            kind: FieldKind::Text,
            required: false,
            max_length: None,
        };
        Self { field, shipped: None, column_at: None, at: Some(entry.at) }
    }

    /// Every name by which the field is known, but the one of its column: a user who renames the documented column has
    /// made the documented name an alias.
    fn settle_aliases(&mut self) {
        let given = std::mem::take(&mut self.field.aliases);
        let known = self.shipped.map(|shipped| [&shipped.column].into_iter().chain(&shipped.aliases));
        let mut seen = HashSet::from([folded(&self.field.column)]);
        let names = known.into_iter().flatten().cloned().chain(given);
        self.field.aliases = names.filter(|name| seen.insert(folded(name))).collect();
    }
}
