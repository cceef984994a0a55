//! What an answer to a chunk means, and what to do about it, in plain words.

use std::time::{Duration, SystemTime};

use super::wire::Answer;

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The rows were taken.
    Accepted,
    /// Some of the rows were taken (207), and the body may say which.
    Partly,
    /// Something answered, but probably not the service, or before it had everything: nobody knows what became of the rows.
    Unclear(&'static str),
    /// The token is not accepted any more.
    TokenRefused,
    /// It may work later; the service may say when.
    Later(Option<Duration>),
    /// It will not work, and this is probably why, with the next step.
    Refused(&'static str, &'static str),
}

/// What the answer to a chunk means.
#[must_use]
pub fn verdict(answer: &Answer, now: SystemTime) -> Verdict {
    let reason = answer.reason.to_ascii_lowercase();
    match answer.status {
        200..=299 if !answer.after_all => Verdict::Unclear(
            "it said that all is well before it had all rows, so something else than the service answered",
        ),
        200..=299 if answer.is_page() => {
            Verdict::Unclear("a web page came back: a proxy or a login page answered in place of the service")
        }
        207 => Verdict::Partly,
        200..=299 => Verdict::Accepted,
        300..=399 => Verdict::Refused(
            "it sends us to another address, and rows are never sent after such a hint",
            "Check --ingest-url and the cloud; a proxy or a login page may stand in between.",
        ),
        401 => Verdict::TokenRefused,
        _ if answer.is_passing() => Verdict::Later(answer.retry_after(now)),
        400 => Verdict::Refused(
            "the service does not accept the file",
            "Compare the mapping with the column names and values that were entered when the connector was created, and \
             look into the connector's log in the portal (\"Download log\").",
        ),
        403 if reason.contains("do not match") => Verdict::Refused(
            "the job id and the app id do not belong together",
            "Use the job id of the connector that was created with this app id; both are shown on the connector's page.",
        ),
        403 => Verdict::Refused(
            "the service does not let this app send to this connector",
            "Check that job id, app id, tenant and cloud belong to the same connector, and that it was not deleted. Where they \
             do, it may be the service itself: look into the service health page, then ask Microsoft support with the time.",
        ),
        404 | 405 | 410 => {
            Verdict::Refused("there is no connector service at this address", "Check --cloud and --ingest-url.")
        }
        407 => Verdict::Refused("a proxy wants to know who we are", "Name user and password in HTTPS_PROXY."),
        411 | 413 => Verdict::Refused(
            "the chunk is too large for the service or for a proxy on the way",
            "Send fewer rows in one call, such as --rows-per-call 500.",
        ),
        417 => Verdict::Refused(
            "something on the way does not let large uploads be announced",
            "Ask whoever runs the proxy to let `Expect: 100-continue` through.",
        ),
        421 | 495 | 496 | 525 | 526 => Verdict::Refused("a proxy on the way fails", "Ask whoever runs the proxy."),
        451 | 511 => Verdict::Refused("the network wants a login first", "Log in to the network with a browser."),
        _ => Verdict::Refused(
            "the service refuses the chunk",
            "Look into the service health page; if all is well there, ask Microsoft support with the time and this answer.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::{Verdict, verdict};
    use crate::upload::wire::Answer;

    fn of(status: u16, reason: &str, headers: &[(&str, &str)], body: &str, after_all: bool) -> Verdict {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
        let answer = Answer { status, reason: reason.into(), headers, body: body.into(), cut: false, after_all };
        verdict(&answer, SystemTime::now())
    }

    #[test]
    fn only_what_can_succeed_is_tried_again() {
        for status in 0..=999 {
            let again = matches!(of(status, "", &[], "", true), Verdict::Later(_));
            assert_eq!(again, [408, 429, 500, 502, 503, 504].contains(&status), "{status}");
            let accepted = of(status, "", &[], "", true) == Verdict::Accepted;
            assert_eq!(accepted, (200..300).contains(&status) && status != 207, "{status}");
        }
        assert_eq!(of(503, "", &[("retry-after", "9")], "", true), Verdict::Later(Some(Duration::from_secs(9))));
    }

    #[test]
    fn success_that_cannot_be_is_unclear() {
        assert!(matches!(of(200, "OK", &[], "<!doctype html><title>Log in", true), Verdict::Unclear(_)));
        assert!(matches!(of(200, "OK", &[], "", false), Verdict::Unclear(_)));
        assert_eq!(of(207, "Multi-Status", &[], "{}", true), Verdict::Partly);
    }

    #[test]
    fn the_reason_phrase_tells_which_ids_are_wrong() {
        let phrase = "jobId and corresponding appId do not match.";
        assert!(matches!(of(403, phrase, &[], "", true), Verdict::Refused(why, _) if why.contains("belong together")));
    }
}
