//! The walk over the JSON of waivers: what is good is kept, what is wrong is written down, and the walk goes on.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::mistake::{Mistake, WaiversError};
use super::{LARGEST, Waiver, Waivers};
use crate::finding::Link;
use crate::mapping::json::{self, Json, Object};
use crate::mapping::mistake::{meant, quoted};
use crate::rules;

/// Mistakes that are told; of more than these only the number.
const TOLD: usize = 100;

const TOP: &str = "the waivers";
const ONE: &str = "a waiver";

/// Reads the text of a file called `name`.
pub(super) fn read(name: &str, text: &str) -> Result<Waivers, WaiversError> {
    if text.len() as u64 > LARGEST {
        return Err(WaiversError::too_large(name));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // A file with people's data that was named by mistake must not be shown.
    let shown = text.contains("\"waivers\"").then_some(text);
    let root = match Json::parse(text) {
        Ok(root) => root,
        Err(error) => {
            let line = text[..error.at.offset()].matches('\n').count() + 1;
            let reason = if shown.is_some() { error.reason } else { format!("{} (line {line})", error.reason) };
            return Err(WaiversError::mistaken(name, shown, vec![Mistake::Syntax { reason, at: error.at }], 0));
        }
    };
    let waivers = Waivers {
        file: name.into(),
        bytes: text.len() as u64,
        lines: text.lines().count() as u64,
        list: Vec::new(),
        check: None,
        scopes: HashMap::new(),
    };
    let mut reading = Reading { lines: Lines::of(text), waivers, mistakes: Vec::new(), unshown: 0 };
    reading.top(root);
    let Reading { waivers, mistakes, unshown, .. } = reading;
    if mistakes.is_empty() { Ok(waivers) } else { Err(WaiversError::mistaken(name, shown, mistakes, unshown)) }
}

struct Reading<'t> {
    lines: Lines<'t>,
    waivers: Waivers,
    mistakes: Vec<Mistake>,
    unshown: usize,
}

impl Reading<'_> {
    fn top(&mut self, root: Json<'_>) {
        let Some(object) = self.object(root, TOP, &["$schema", "version", "key", "waivers"]) else { return };
        match object.value("version") {
            Some(version) if version.natural() == Some(1) => {}
            Some(version) => self.bad(version, "`version`", "1", "Only version 1 is known."),
            None => self.lacks(root, TOP, "version", "Write \"version\": 1."),
        }
        if let Some(key) = object.value("key") {
            self.waivers.check = self.link(key, "`key`");
        }
        let Some(list) = object.value("waivers") else {
            return self.lacks(root, TOP, "waivers", "List the waivers, such as \"waivers\": [].");
        };
        match list.items() {
            Some(items) => items.into_iter().for_each(|item| self.waiver(item)),
            None => self.bad(list, "`waivers`", "a list", "Write it in brackets."),
        }
    }

    fn waiver(&mut self, json: Json<'_>) {
        let known = ["rule", "column", "person", "reason", "expires"];
        let Some(object) = self.object(json, ONE, &known) else { return };
        let before = self.mistakes.len() + self.unshown;
        let rule = object.value("rule").and_then(|rule| self.rule(rule));
        if object.value("rule").is_none() {
            self.lacks(json, ONE, "rule", "Name the rule that is let pass, such as \"rule\": \"date-missing-offset\".");
        }
        let column = object.value("column").and_then(|column| {
            self.text(column, "`column`", "the header of a column", "Leave it out for faults that are in no column.")
        });
        let person = object.value("person").and_then(|person| self.link(person, "`person`"));
        // It is for people who read the file; nothing else is done with it.
        let why = "Say why, for whoever reads this next year.";
        match object.value("reason") {
            Some(reason) => drop(self.text(reason, "`reason`", "a text that says something", why)),
            None => self.lacks(json, ONE, "reason", why),
        }
        let expires = object.value("expires").and_then(|expires| self.date(expires));
        if object.value("expires").is_none() {
            self.lacks(
                json,
                ONE,
                "expires",
                "Name the last day on which it holds, such as \"expires\": \"2026-12-31\".",
            );
        }
        let good = before == self.mistakes.len() + self.unshown;
        if let (Some(rule), Some(expires), true) = (rule, expires, good) {
            let place = self.lines.place(json);
            if !self.waivers.add(Waiver { rule, column, person, expires, place }) {
                self.complain(|| Mistake::Twice { at: json.span() });
            }
        }
    }

    fn rule(&mut self, json: Json<'_>) -> Option<&'static str> {
        let help = "Write it in quotes, such as \"date-missing-offset\".";
        let name = self.text(json, "`rule`", "the name of a rule", help)?;
        let Some(rule) = rules::find(&name) else {
            let help = || meant(&name, "rules", rules::all().map(|rule| rule.name));
            self.complain(|| Mistake::UnknownRule { rule: quoted(&name), help: help(), at: json.span() });
            return None;
        };
        if !rule.can_be_waived() {
            self.complain(|| Mistake::Unwaivable { rule: rule.name, at: json.span() });
            return None;
        }
        Some(rule.name)
    }

    fn text(
        &mut self,
        json: Json<'_>,
        place: &'static str,
        expected: &'static str,
        help: &'static str,
    ) -> Option<String> {
        let text = json.string().filter(|text| !text.trim().is_empty());
        if text.is_none() {
            self.bad(json, place, expected, help);
        }
        text
    }

    fn link(&mut self, json: Json<'_>, place: &'static str) -> Option<Link> {
        let link = json.string().and_then(|text| Link::parse(&text));
        if link.is_none() {
            let help = "Copy it from a report that was made with --link-key-env; never write an address here.";
            self.bad(json, place, "16 hexadecimal digits in lower case", help);
        }
        link
    }

    fn date(&mut self, json: Json<'_>) -> Option<NaiveDate> {
        let date = json.string().and_then(|text| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok());
        if date.is_none() {
            self.bad(json, "`expires`", "a date such as 2026-12-31", "Write year, month and day in quotes.");
        }
        date
    }

    /// The entries of an object with these keys, each once.
    fn object<'a>(&mut self, json: Json<'a>, place: &'static str, known: &[&str]) -> Option<Object<'a>> {
        let Some(mut entries) = json.entries() else {
            self.bad(json, place, "an object", "Write it in braces.");
            return None;
        };
        json::keep_first(&mut entries, |entry, first| {
            self.complain(|| Mistake::DuplicateKey { key: quoted(&entry.key), place, first, again: entry.at });
        });
        for entry in entries.iter().filter(|entry| !known.contains(&&*entry.key)) {
            let help = || meant(&entry.key, "keys", known.iter().copied());
            self.complain(|| Mistake::UnknownKey { key: quoted(&entry.key), place, help: help(), at: entry.at });
        }
        Some(Object(entries))
    }

    fn bad(&mut self, json: Json<'_>, place: &'static str, expected: &'static str, help: &'static str) {
        self.complain(|| Mistake::BadValue { place, expected, help, at: json.span() });
    }

    fn lacks(&mut self, json: Json<'_>, place: &'static str, key: &'static str, help: &'static str) {
        self.complain(|| Mistake::MissingKey { key, place, help, at: json.span() });
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

/// Where the lines of a text begin.
struct Lines<'t> {
    text: &'t str,
    begins: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let begins = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        Self { text, begins: begins.collect() }
    }

    /// Line, character, offset and length of a value.
    fn place(&self, json: Json<'_>) -> (u64, u64, u64, u64) {
        let at = json.span().offset();
        let line = self.begins.partition_point(|begin| *begin <= at);
        let char = self.text[self.begins[line - 1]..at].chars().count();
        (line as u64, char as u64 + 1, at as u64, json.length() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    /// What is said of a text, without its frame.
    fn said(text: &str) -> String {
        let error = read("w.json", text).expect_err("there is a mistake");
        let said = format!("{:?}", miette::Report::new(error)).replace(['│', '\n'], " ");
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let said = said(
            r#"{ "version": 2, "waiver": [], "waivers": [
            { "rule": "date-not-isso", "reason": " ", "expires": "soon" },
            { "rule": "data-in-git", "person": "mia.brandt@northwind-energy.de" },
            { "rule": "utf8-bom", "reason": "x", "reason": "y", "expires": "2026-12-31" }, 7
            ] }"#,
        );
        for told in [
            "`version` must be 1",
            "unknown key `waiver` in the waivers",
            "Did you mean `waivers`?",
            "unknown rule `date-not-isso`",
            "Did you mean `date-not-iso`?",
            "`reason` must be a text that says something",
            "`expires` must be a date such as 2026-12-31",
            "the rule data-in-git cannot be waived",
            "`person` must be 16 hexadecimal digits",
            "never write an address here",
            "duplicate key `reason` in a waiver",
            "a waiver must be an object",
            "a waiver lacks the key `expires`",
        ] {
            assert!(said.contains(told), "{told}: {said}");
        }
    }

    #[test]
    fn the_same_is_waived_once() {
        let waiver = r#"{ "rule": "utf8-bom", "reason": "x", "expires": "2026-12-31" }"#;
        assert!(said(&format!(r#"{{ "version": 1, "waivers": [{waiver}, {waiver}] }}"#)).contains("waived twice"));
    }

    #[test]
    fn of_a_file_that_is_something_else_nothing_is_shown() {
        let said = said("EmailAddress\nmia.brandt@northwind-energy.de");
        assert!(said.contains("the JSON is broken") && !said.contains("mia"), "{said}");
    }
}
