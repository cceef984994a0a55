//! The walk over a mapping's JSON: what is good is kept, what is wrong is written down, and the walk goes on.

mod rules;
mod scenarios;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::RangeInclusive;

use miette::SourceSpan;

use super::json::{self, Entry, Json, Object};
use super::mistake::{Mistake, meant, quoted};
use super::{Connector, Encoding, Mapping, Policy, RuleFacts, folded, shipped};

/// Mistakes that are told; of more than these only the number.
const TOLD: usize = 100;

/// Parts of key names that hint at hosts and credentials. Only asked of keys that are unknown anyway.
const FORBIDDEN: &[&str] = &[
    "host",
    "proxy",
    "url",
    "uri",
    "endpoint",
    "server",
    "webhook",
    "authority",
    "resource",
    "secret",
    "credential",
    "password",
    "token",
    "certificate",
    "apikey",
    "privatekey",
];

/// A walk under way: the rules it may speak of and the mistakes so far.
pub(super) struct Reading<'r> {
    rules: &'r [RuleFacts],
    mistakes: Vec<Mistake>,
    unshown: usize,
}

impl<'r> Reading<'r> {
    pub(super) fn new(rules: &'r [RuleFacts]) -> Self {
        Self { rules, mistakes: Vec::new(), unshown: 0 }
    }

    /// The mistakes told, and the number of those that are not.
    pub(super) fn into_mistakes(self) -> (Vec<Mistake>, usize) {
        (self.mistakes, self.unshown)
    }

    /// Reads the whole mapping. The result is worth something only if there was no mistake.
    pub(super) fn mapping(&mut self, root: Json<'_>) -> Mapping {
        let known =
            ["$schema", "version", "identifier", "scenarios", "csv", "rules", "domains", "policies", "connector"];
        let mut mapping = Mapping::empty();
        let mut identifier_at = None;
        let Some(object) = self.fixed(root, "the mapping", &known) else { return mapping };
        if let Some(schema) = object.value("$schema") {
            self.string(schema, "`$schema`");
        }
        if let Some(version) = object.value("version").filter(|version| version.natural() != Some(1)) {
            self.complain(|| Mistake::UnsupportedVersion { at: version.span() });
        }
        if let Some(json) = object.value("identifier")
            && let Some(identifier) = self.fixed(json, "`identifier`", &["column"])
        {
            let column = identifier.value("column");
            identifier_at = column.map(|column| column.span());
            let name = column.and_then(|column| self.name(column, "the column's name"));
            mapping.identifier = Some(shipped::identifier(name));
        }
        match object.value("scenarios") {
            Some(json) => mapping.scenarios = self.scenarios(json, mapping.identifier.as_ref(), identifier_at),
            None => self.complain(|| Mistake::MissingKey {
                key: "scenarios",
                place: "the mapping",
                help: "List the scenarios that the connector was created for, such as `\"resignation\": {}`."
                    .to_owned(),
                at: root.span(),
            }),
        }
        if let Some(csv) = object.value("csv").and_then(|csv| self.fixed(csv, "`csv`", &["delimiter", "encoding"])) {
            let delimiter = csv.value("delimiter").and_then(|delimiter| self.delimiter(delimiter));
            mapping.delimiter = delimiter.unwrap_or(mapping.delimiter);
            let encoding = csv.value("encoding").and_then(|encoding| self.encoding(encoding));
            mapping.encoding = encoding.unwrap_or_default();
        }
        mapping.rules = object.value("rules").map_or(Vec::new(), |json| self.rules(json));
        mapping.domains =
            object.value("domains").map_or(Vec::new(), |json| self.list(json, ("`domains`", "a domain"), Self::domain));
        let policies = object
            .value("policies")
            .map_or(Vec::new(), |json| self.list(json, ("`policies`", "a policy's name"), Self::policy));
        mapping.policies = policies.iter().filter_map(|name| Policy::find(name)).collect();
        mapping.connector = object.value("connector").map_or(Connector::default(), |json| self.connector(json));
        mapping
    }

    fn connector(&mut self, json: Json<'_>) -> Connector {
        let known = ["cloud", "tenantId", "appId", "jobId"];
        let Some(object) = self.fixed(json, "`connector`", &known) else { return Connector::default() };
        let mut text = |key| object.value(key).and_then(|value| self.name(value, "an id of the connector"));
        Connector { cloud: text("cloud"), tenant_id: text("tenantId"), app_id: text("appId"), job_id: text("jobId") }
    }

    fn delimiter(&mut self, json: Json<'_>) -> Option<u8> {
        let text = self.string(json, "the delimiter")?;
        match *text.as_bytes() {
            [byte] if is_delimiter(byte) => Some(byte),
            _ => {
                let help = "Use `,`, `;`, `|` or `\\t`. Letters, digits, quotes and what dates and addresses are made of \
                            would tear cells apart.";
                self.bad(json, "the delimiter", "one ASCII character that separates cells", help);
                None
            }
        }
    }

    fn encoding(&mut self, json: Json<'_>) -> Option<Encoding> {
        let encoding = Encoding::from_name(&self.string(json, "the encoding")?);
        if encoding.is_none() {
            let help = "Leave it out where the connector takes UTF-8, as far as is known.";
            self.bad(json, "the encoding", "`utf-8`, `utf-16` or `windows-1252`", help);
        }
        encoding
    }

    fn domain(&mut self, json: Json<'_>, place: &'static str) -> Option<String> {
        let domain = self.string(json, place)?.to_ascii_lowercase();
        if !is_domain(&domain) {
            let help = "Write what follows the @ in an address; letters outside ASCII in their `xn--` form.";
            self.bad(json, place, "a name such as `contoso.com`", help);
            return None;
        }
        Some(domain)
    }

    /// The name of a policy template, as it is called today.
    fn policy(&mut self, json: Json<'_>, place: &'static str) -> Option<String> {
        let name = self.string(json, place)?;
        let found = Policy::find(&name);
        if found.is_none() {
            let help = || meant(&name, "policies", Policy::all_names());
            self.complain(|| Mistake::UnknownPolicy { policy: quoted(&name), help: help(), at: json.span() });
        }
        found.map(|policy| policy.name.to_owned())
    }

    /// A list without repetition, compared without regard to case.
    fn list(
        &mut self,
        json: Json<'_>,
        (whole, place): (&'static str, &'static str),
        read: fn(&mut Self, Json<'_>, &'static str) -> Option<String>,
    ) -> Vec<String> {
        let Some(items) = json.items() else {
            self.wrong_type(json, whole, "a list");
            return Vec::new();
        };
        let mut seen: HashMap<String, SourceSpan> = HashMap::new();
        let mut list = Vec::new();
        for item in items {
            let Some(text) = read(self, item, place) else { continue };
            if let Some(&first) = seen.get(&folded(&text)) {
                self.complain(|| Mistake::ListedTwice { place, first, again: item.span() });
                continue;
            }
            seen.insert(folded(&text), item.span());
            list.push(text);
        }
        list
    }

    /// A name of the user's: filled, and without blanks around it, which nobody sees and the connector would count.
    fn name(&mut self, json: Json<'_>, place: &'static str) -> Option<String> {
        let text = self.string(json, place)?;
        if text.is_empty() || text.trim() != text {
            let help = "Write the name as it stands in the connector's settings, without blanks around it.";
            self.bad(json, place, "a filled text without blanks around it", help);
            return None;
        }
        Some(text)
    }

    fn string(&mut self, json: Json<'_>, place: &'static str) -> Option<String> {
        let text = json.string();
        if text.is_none() {
            self.wrong_type(json, place, "a string");
        }
        text
    }

    /// A whole number of this range.
    fn count(&mut self, json: Json<'_>, place: &'static str, range: RangeInclusive<u32>) -> Option<u32> {
        if json.kind() != "a number" {
            self.wrong_type(json, place, "a number");
            return None;
        }
        let number = json.natural().and_then(|number| u32::try_from(number).ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let help = "Write it without sign, fraction and quotes.";
            let wanted = format!("a whole number from {} to {}", range.start(), range.end());
            self.bad(json, place, wanted, help);
        }
        number
    }

    /// An object whose keys are the grammar's.
    fn fixed<'a>(&mut self, json: Json<'a>, place: &'static str, known: &[&str]) -> Option<Object<'a>> {
        let mut object = self.object(json, place)?;
        object.0.retain(|entry| {
            let fine = known.contains(&entry.key.as_str());
            if !fine {
                self.complain(|| unknown_key(entry, place, known));
            }
            fine
        });
        Some(object)
    }

    /// An object with any keys, each once.
    fn object<'a>(&mut self, json: Json<'a>, place: &'static str) -> Option<Object<'a>> {
        let Some(mut entries) = json.entries() else {
            self.wrong_type(json, place, "an object");
            return None;
        };
        json::keep_first(&mut entries, |entry, first| {
            self.complain(|| Mistake::DuplicateKey { key: quoted(&entry.key), place, first, again: entry.at });
        });
        Some(Object(entries))
    }

    fn wrong_type(&mut self, json: Json<'_>, place: &'static str, expected: &'static str) {
        self.complain(|| Mistake::WrongType { place, expected, found: json.kind(), at: json.span() });
    }

    fn bad(&mut self, json: Json<'_>, place: &'static str, expected: impl Into<Cow<'static, str>>, help: &str) {
        self.complain(|| Mistake::BadValue {
            place,
            expected: expected.into(),
            help: help.to_owned(),
            at: json.span(),
        });
    }

    /// Writes a mistake down; beyond those that are told the words are not even made.
    fn complain(&mut self, mistake: impl FnOnce() -> Mistake) {
        if self.mistakes.len() < TOLD {
            self.mistakes.push(mistake());
        } else {
            self.unshown += 1;
        }
    }
}

fn unknown_key(entry: &Entry<'_>, place: &'static str, known: &[&str]) -> Mistake {
    let (key, at) = (quoted(&entry.key), entry.at);
    let letters: String = entry.key.chars().filter(char::is_ascii_alphabetic).collect();
    if FORBIDDEN.iter().any(|part| letters.to_ascii_lowercase().contains(part)) {
        return Mistake::ForbiddenKey { key, at };
    }
    Mistake::UnknownKey { key, place, help: meant(&entry.key, "keys", known.iter().copied()), at }
}

/// Whether a byte can stand between cells: a tab or ASCII punctuation that is not part of dates, addresses or quoting.
fn is_delimiter(byte: u8) -> bool {
    byte == b'\t' || (byte.is_ascii_punctuation() && !b"\"'+-.:@_".contains(&byte))
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.len() <= 253 && domain.contains('.') && domain.split('.').all(is_label)
}
