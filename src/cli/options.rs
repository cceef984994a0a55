//! Option values that several commands share.

use chrono::{DateTime, NaiveDate};
use clap::ValueEnum;
use encoding_rs::Encoding;

use crate::finding::{Printable, Severity};
use crate::mapping::{Level, Policy};
use crate::plan::Override;
use crate::rules;
use crate::rules::date::DateOrder;

/// When to do something that depends on who is looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// When a person is looking at a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl When {
    /// Whether to do it, given whether a person is looking.
    pub(super) fn applies(self, interactive: bool) -> bool {
        match self {
            Self::Auto => interactive,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// `--fail-on`.
pub(super) fn severity(text: &str) -> Result<Severity, String> {
    Severity::from_name(text).ok_or_else(|| "expected error, warning or info".to_owned())
}

/// `--rule NAME=LEVEL`.
pub(super) fn rule(text: &str) -> Result<Override, String> {
    let (name, level) = text.split_once('=').ok_or("expected NAME=off|info|warning|error")?;
    let rule = rules::find(name).ok_or_else(|| unknown_rule(name))?;
    let level = Level::from_name(level).ok_or("the level must be off, info, warning or error")?;
    Ok(Override { rule: rule.name, level })
}

/// The name of a rule.
pub(super) fn rule_name(text: &str) -> Result<&'static str, String> {
    rules::find(text).map(|rule| rule.name).ok_or_else(|| unknown_rule(text))
}

/// `--encoding`: a code page of one byte a character, which leaves ASCII as it is.
pub(super) fn encoding(text: &str) -> Result<&'static Encoding, String> {
    let known = Encoding::for_label(text.as_bytes()).filter(|encoding| encoding.is_single_byte());
    known.ok_or_else(|| "expected a code page such as windows-1252, windows-1250 or iso-8859-15".to_owned())
}

/// `--date-order`.
pub(super) fn date_order(text: &str) -> Result<DateOrder, String> {
    match text {
        "dmy" => Ok(DateOrder::Dmy),
        "mdy" => Ok(DateOrder::Mdy),
        "ymd" => Ok(DateOrder::Ymd),
        _ => Err("expected dmy, mdy or ymd".to_owned()),
    }
}

/// `--delimiter`: one ASCII character, or a word for it.
pub(super) fn delimiter(text: &str) -> Result<u8, String> {
    match (text, text.as_bytes()) {
        ("tab" | "\\t", _) => Ok(b'\t'),
        (_, [byte @ (b'\t' | b' '..=b'~')]) if *byte != b'"' && !byte.is_ascii_alphanumeric() => Ok(*byte),
        _ => Err("expected one character such as ; or |, or the word tab".to_owned()),
    }
}

/// `--policy`.
pub(super) fn policy(text: &str) -> Result<&'static Policy, String> {
    Policy::find(text).ok_or_else(|| {
        let name = Printable::new(text);
        match nearest(text, Policy::all_names()) {
            Some(near) => format!("there is no policy {name}; did you mean {near}?"),
            None => format!("there is no policy {name}; `hrlint policies` lists all"),
        }
    })
}

/// The name that was probably meant: one that differs in few letters, else one that has the text among its words.
fn nearest<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let text = text.to_lowercase();
    let likeness = |name: &str| {
        let name = name.to_lowercase();
        let part = text.len() > 2 && name.split(['-', ' ']).any(|word| word == text);
        strsim::normalized_damerau_levenshtein(&text, &name).max(if part { NEAR } else { 0.0 })
    };
    let near = names.map(|name| (likeness(name), name));
    near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness >= NEAR).map(|(_, name)| name)
}

/// Names at least as alike as this are suggested: two letters of five may differ.
const NEAR: f64 = 0.6;

/// What to say of a rule name that there is not.
pub(super) fn unknown_rule(name: &str) -> String {
    let best = nearest(name, rules::all().map(|rule| rule.name));
    let name = Printable::new(name);
    match best {
        Some(best) => format!("there is no rule {name}; did you mean {best}?"),
        None => format!("there is no rule {name}; `hrlint rules` lists all"),
    }
}

/// `--now`: the day of a date, or of a date and time as written.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let date_time = DateTime::parse_from_rfc3339(text).map(|date_time| date_time.date_naive());
    let date = || NaiveDate::parse_from_str(text, "%Y-%m-%d");
    date_time.or_else(|_| date()).map_err(|_| "expected a date such as 2026-07-01 or 2026-07-01T08:00:00Z".to_owned())
}

/// The most threads that may be asked for: more only cost memory.
const MOST_THREADS: usize = 1024;

/// `--threads`.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    let threads = text.parse().ok().filter(|threads| *threads <= MOST_THREADS);
    threads.ok_or_else(|| format!("expected a number of threads, at most {MOST_THREADS}"))
}

/// The largest block: every thread holds two of them.
const LARGEST_BLOCK: u64 = 64 << 20;

/// `--block-size`.
pub(super) fn block_size(text: &str) -> Result<u64, String> {
    bytes(text)
        .and_then(|size| (size <= LARGEST_BLOCK).then_some(size).ok_or_else(|| "at most 64m is useful".to_owned()))
}

/// A number of bytes, which may end in `k`, `m` or `g` (powers of 1024).
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    let lower = text.to_ascii_lowercase();
    let number = lower.trim_end_matches("ib").trim_end_matches('b');
    let (number, unit) = match number.char_indices().next_back() {
        Some((at, 'k')) => (&number[..at], 1 << 10),
        Some((at, 'm')) => (&number[..at], 1 << 20),
        Some((at, 'g')) => (&number[..at], 1 << 30),
        _ => (number, 1),
    };
    let bytes = number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)).filter(|bytes| *bytes > 0);
    bytes.ok_or_else(|| "expected a number of bytes such as 4096, 512k or 1m".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{block_size, bytes, day, rule, threads};

    #[test]
    fn sizes_may_have_units() {
        assert_eq!(bytes("1"), Ok(1));
        assert_eq!(bytes("512k"), Ok(512 * 1024));
        assert_eq!(bytes("2MiB"), Ok(2 << 20));
        for wrong in ["", "0", "-1", "k", "1t", "99999999999g"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_near_names_are_suggested() {
        let best = |text: &str| super::unknown_rule(text).rsplit_once("did you mean ").map(|(_, name)| name.to_owned());
        assert_eq!(best("date-not-iso8601").as_deref(), Some("date-not-iso?"));
        assert_eq!(best("stray-qoute").as_deref(), Some("stray-quote?"));
        assert_eq!(best("bom").as_deref(), Some("utf8-bom?"));
        assert_eq!((best("foo"), best("x"), best("")), (None, None, None));
    }

    #[test]
    fn blocks_and_threads_have_a_limit() {
        assert_eq!(block_size("64m"), Ok(64 << 20));
        assert!(block_size("67108865").is_err() && block_size("1g").is_err() && block_size("0").is_err());
        assert_eq!(threads("1024"), Ok(1024));
        assert!(threads("1025").is_err() && threads("-1").is_err() && threads("99999999999999999999").is_err());
    }

    #[test]
    fn a_misspelt_rule_gets_a_suggestion() {
        let message = rule("upn-dot-edges=off").expect_err("there is none");
        assert_eq!(message, "there is no rule upn-dot-edges; did you mean upn-dot-edge?");
        assert!(rule("upn-dot-edge=loud").is_err());
    }

    #[test]
    fn now_is_a_day() {
        assert_eq!(day("2026-07-01T23:00:00-05:00"), day("2026-07-01"));
        assert!(day("yesterday").is_err());
    }
}
