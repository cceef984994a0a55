//! Answers: heads parsed, and everything capped, because whoever answers may be anybody.

use std::time::{Duration, SystemTime};

/// Most bytes of an answer's head.
pub(super) const MOST_HEAD: usize = 64 * 1024;

/// Most headers of an answer.
const MOST_HEADERS: usize = 100;

/// Most bytes of an answer's body that are kept.
pub(super) const MOST_BODY: usize = 64 * 1024;

/// What a service answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Such as 200.
    pub status: u16,
    /// What follows the number, as it came: where the service says what is wrong. Not printable.
    pub reason: String,
    /// Names in lower case, and values as they came.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The first bytes of the body, at most 64 KiB. Not printable.
    pub body: Vec<u8>,
    /// Whether the body had more, or was cut.
    pub cut: bool,
    /// Whether all of the request had left when the answer came.
    pub after_all: bool,
}

/// The head of an answer.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) reason: String,
    pub(super) headers: Vec<(String, Vec<u8>)>,
    /// Bytes that it took.
    pub(super) length: usize,
}

/// Reads a head; `None`: it is not complete.
pub(super) fn parse(bytes: &[u8]) -> Result<Option<Head>, String> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Response::new(&mut headers);
    match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => Ok(Some(Head {
            status: parsed.code.unwrap_or(0),
            reason: parsed.reason.unwrap_or("").to_owned(),
            headers: parsed
                .headers
                .iter()
                .map(|header| (header.name.to_ascii_lowercase(), header.value.to_vec()))
                .collect(),
            length,
        })),
        Ok(httparse::Status::Partial) if bytes.len() >= MOST_HEAD => Err("its answer has no end".to_owned()),
        Ok(httparse::Status::Partial) => Ok(None),
        Err(httparse::Error::TooManyHeaders) => Err("its answer has too many headers".to_owned()),
        Err(_) => Err("its answer is no HTTP".to_owned()),
    }
}

impl Head {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

impl Answer {
    /// Whether it says that the same request may succeed later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self.status, 408 | 429 | 500 | 502..=504)
    }

    /// The value of a header, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Whether the body is a web page: then a person was meant to see it, and not the service has answered.
    #[must_use]
    pub fn is_page(&self) -> bool {
        let html = self.header("content-type").is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
        let begin = self.body.trim_ascii_start();
        let begins = |with: &str| begin.get(..with.len()).is_some_and(|it| it.eq_ignore_ascii_case(with.as_bytes()));
        (html && !begin.is_empty()) || begins("<!doctype html") || begins("<html")
    }

    /// How long the service asks to wait, in seconds or until a date.
    #[must_use]
    pub fn retry_after(&self, now: SystemTime) -> Option<Duration> {
        let text = self.header("retry-after")?.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // More digits than fit are a very long time.
            return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX / 2)));
        }
        let until = httpdate::parse_http_date(text).ok()?;
        Some(until.duration_since(now).unwrap_or(Duration::ZERO))
    }
}

fn header<'h>(headers: &'h [(String, Vec<u8>)], name: &str) -> Option<&'h str> {
    let found = headers.iter().find(|(known, _)| known == name)?;
    str::from_utf8(&found.1).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Answer, parse};

    fn answer(headers: &[(&str, &str)], body: &str) -> Answer {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
        let reason = String::new();
        Answer { status: 200, reason, headers, body: body.into(), cut: false, after_all: true }
    }

    #[test]
    fn the_reason_phrase_survives() {
        let head = parse(b"HTTP/1.1 403 jobId and corresponding appId do not match.\r\nX-A: b\r\n\r\nrest");
        let head = head.expect("it is HTTP").expect("it is complete");
        assert_eq!(head.reason, "jobId and corresponding appId do not match.");
        assert_eq!((head.status, head.header("x-a")), (403, Some("b")));
        assert!(parse(b"HTTP/1.1 200 OK\r\nA: b").expect("so far it is HTTP").is_none());
        assert!(parse(b"SSH-2.0-OpenSSH\r\n\r\n").is_err());
        assert!(parse(&[b"HTTP/1.1 200 OK\r\n".to_vec(), b"A: b\r\n".repeat(200), b"\r\n".to_vec()].concat()).is_err());
    }

    #[test]
    fn waiting_is_asked_for_in_both_forms() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777 - 30);
        let wait = |text: &str| answer(&[("retry-after", text)], "").retry_after(now);
        assert_eq!(wait("7"), Some(Duration::from_secs(7)));
        assert_eq!(wait("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(wait("Tue, 06 Nov 1984 08:49:37 GMT"), Some(Duration::ZERO));
        assert!(wait("99999999999999999999999999") > Some(Duration::from_secs(1 << 40)));
        for wrong in ["", "-1", "soon", "1.5"] {
            assert_eq!(wait(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn pages_are_for_people() {
        assert!(answer(&[("content-type", "text/HTML; charset=utf-8")], "Log in").is_page());
        assert!(answer(&[], "\n<!DOCTYPE html>").is_page());
        assert!(!answer(&[("content-type", "text/html")], "").is_page());
        assert!(!answer(&[("content-type", "application/json")], "{}").is_page());
    }
}
