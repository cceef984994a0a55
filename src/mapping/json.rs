//! JSON that remembers where it stands: values are read one level at a time, each with its place in the text.
//!
//! `serde_json` does the reading. A `RawValue` is a slice of the text it was read from, so the difference of two addresses is
//! the place of a value, and a map visitor that keeps every entry sees duplicate keys. Knows nothing of mappings.

use std::collections::HashMap;
use std::fmt;

use miette::SourceSpan;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// The longest text that a label underlines, in bytes: the beginning of a long value says enough.
const LABEL: usize = 80;

/// A JSON value and the place where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Json<'a> {
    text: &'a str,
    at: usize,
}

/// A key and its value.
pub(crate) struct Entry<'a> {
    pub(crate) key: String,
    pub(crate) at: SourceSpan,
    pub(crate) value: Json<'a>,
}

/// What is wrong with the syntax, and at which byte.
pub(crate) struct SyntaxError {
    pub(crate) reason: String,
    pub(crate) at: SourceSpan,
    /// Values are nested deeper than the parser's 127 levels.
    pub(crate) too_deep: bool,
}

impl<'a> Json<'a> {
    /// Takes a whole text.
    pub(crate) fn parse(text: &'a str) -> Result<Self, SyntaxError> {
        // Reading into a `Value` checks everything at once (numbers, surrogates, depth); what is read later cannot fail.
        serde_json::from_str::<Value>(text).map_err(|error| SyntaxError::new(text, &error))?;
        let inner = text.trim_matches([' ', '\t', '\n', '\r']);
        Ok(Self { text: inner, at: inner.as_ptr().addr() - text.as_ptr().addr() })
    }

    /// What to underline when the value is wrong: its beginning where it is long, its bracket where it is a collection.
    pub(crate) fn span(&self) -> SourceSpan {
        let opening = self.text.starts_with(['{', '[']);
        span(self.at, &self.text[..if opening { 1 } else { self.text.len() }])
    }

    /// Bytes of the value as written.
    pub(crate) fn length(&self) -> usize {
        self.text.len()
    }

    /// The value's type, for people.
    pub(crate) fn kind(&self) -> &'static str {
        match self.text.as_bytes().first() {
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "a string",
            Some(b't' | b'f') => "a truth value",
            Some(b'n') => "null",
            _ => "a number",
        }
    }

    /// The text of a string.
    pub(crate) fn string(&self) -> Option<String> {
        serde_json::from_str(self.text).ok()
    }

    /// A number without sign and fraction.
    pub(crate) fn natural(&self) -> Option<u64> {
        serde_json::from_str(self.text).ok()
    }

    /// `true` or `false`.
    pub(crate) fn boolean(&self) -> Option<bool> {
        serde_json::from_str(self.text).ok()
    }

    /// The values of a list.
    pub(crate) fn items(&self) -> Option<Vec<Self>> {
        let items: Vec<&'a RawValue> = serde_json::from_str(self.text).ok()?;
        Some(items.into_iter().map(|item| self.inside(item)).collect())
    }

    /// The entries of an object, in order, duplicates and all.
    pub(crate) fn entries(&self) -> Option<Vec<Entry<'a>>> {
        let pairs: Pairs<'a> = serde_json::from_str(self.text).ok()?;
        let entry = |(key, value)| {
            let key = self.inside(key);
            Some(Entry { key: key.string()?, at: key.span(), value: self.inside(value) })
        };
        pairs.0.into_iter().map(entry).collect()
    }

    fn inside(&self, raw: &'a RawValue) -> Self {
        let text = raw.get();
        Self { text, at: self.at + (text.as_ptr().addr() - self.text.as_ptr().addr()) }
    }
}

/// The entries of an object, each key once.
pub(crate) struct Object<'a>(pub(crate) Vec<Entry<'a>>);

impl<'a> Object<'a> {
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.0.iter().find(|entry| entry.key == key)
    }

    pub(crate) fn value(&self, key: &str) -> Option<Json<'a>> {
        self.entry(key).map(|entry| entry.value)
    }
}

/// Keeps the first entry of each key, and tells of every other with the place of the first.
pub(crate) fn keep_first(entries: &mut Vec<Entry<'_>>, mut again: impl FnMut(&Entry<'_>, SourceSpan)) {
    let mut seen: HashMap<String, SourceSpan> = HashMap::new();
    entries.retain(|entry| {
        let first = *seen.entry(entry.key.clone()).or_insert(entry.at);
        if first != entry.at {
            again(entry, first);
        }
        first == entry.at
    });
}

/// A span over `text`, which stands at byte `at`; no longer than a label should be, and never through a character.
pub(crate) fn span(at: usize, text: &str) -> SourceSpan {
    (at, text.floor_char_boundary(LABEL.min(text.len()))).into()
}

impl SyntaxError {
    fn new(text: &str, error: &serde_json::Error) -> Self {
        let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = text.floor_char_boundary((line + error.column().saturating_sub(1)).min(text.len()));
        let length = text[at..].chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
        // The position is shown by the label; what serde_json says before it is a fixed text without foreign parts.
        let said = error.to_string();
        let reason = said.split(" at line ").next().unwrap_or_default().to_owned();
        Self { too_deep: reason.contains("recursion limit"), reason, at: (at, length).into() }
    }
}

struct Pairs<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn every_value_knows_its_place_and_duplicates_are_kept() {
        let text = " {\"é\" : [1, \"x\"],\n\"é\":{}}";
        let entries = Json::parse(text).ok().and_then(|json| json.entries()).expect("the text is an object");
        let shown = |span: miette::SourceSpan| &text[span.offset()..span.offset() + span.len()];
        assert_eq!(entries.iter().map(|e| shown(e.at)).collect::<Vec<_>>(), ["\"é\"", "\"é\""]);
        let items = entries[0].value.items().expect("the value is a list");
        assert_eq!(items.iter().map(|item| shown(item.span())).collect::<Vec<_>>(), ["1", "\"x\""]);
    }
}
