//! Answers, good and hostile: what is tried again, what stops at once, and what nobody can know.

use std::time::{Duration, Instant};

use crate::service::{Act, Bystander, Kind, Reply, Service, When};
use crate::{Desk, outcome, rows};

/// Longer than a busy machine needs, and shorter than what must not be waited for.
const LONG: Duration = Duration::from_secs(100);

/// Uploads a few rows to a service.
fn upload(service: &Service, arguments: &[&str]) -> (crate::Outcome, Desk) {
    let desk = Desk::new(rows(4));
    (desk.upload(service, arguments), desk)
}

/// The same by somebody who waits for leave to send until it is given or denied, so that a slow service is no other service.
fn upload_patiently(desk: &Desk, service: &Service, arguments: &[&str]) -> crate::Outcome {
    outcome(desk.command(service, arguments).env("HRLINT_TEST_LEAVE", "300"))
}

#[test]
fn what_can_succeed_is_tried_again() {
    for status in [
        "408 Request Timeout",
        "429 Too Many Requests",
        "500 Internal Server Error",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "504 Gateway Timeout",
    ] {
        let service = Service::chunks([Act::answer(status, "Retry-After: 0\r\n", "")]);
        let (outcome, _) = upload(&service, &[]);
        outcome.says(0, "Upload Successful").says(0, status);
        assert_eq!(service.chunk_requests().len(), 2, "{status}");
    }
}

#[test]
fn what_cannot_succeed_stops_at_once_and_says_why() {
    for (status, why) in [
        ("400 Bad Request", "does not accept the file"),
        ("403 Forbidden", "does not let this app send"),
        ("403 jobId and corresponding appId do not match.", "do not belong together"),
        ("404 Not Found", "no connector service at this address"),
        ("413 Payload Too Large", "--rows-per-call"),
        ("501 Not Implemented", "refuses the chunk"),
    ] {
        let service = Service::chunks([Act::answer(status, "", "trace 4711")]);
        let (outcome, desk) = upload(&service, &[]);
        outcome.says(3, why).says(3, status).says(3, "trace 4711");
        assert_eq!(service.chunk_requests().len(), 1, "{status}");
        assert!(desk.ledger().contains("\"answered\""));
    }
}

#[test]
fn a_token_that_ran_out_is_renewed_once() {
    let service = Service::chunks([Act::status("401 Unauthorized")]);
    upload(&service, &[]).0.says(0, "Upload Successful");
    let bearers: Vec<_> =
        service.chunk_requests().iter().map(|seen| seen.header("authorization").map(str::to_owned)).collect();
    assert_eq!(bearers.len(), 2);
    assert_ne!(bearers[0], bearers[1]);
    let service = Service::chunks([Act::status("401 Unauthorized"), Act::status("401 Unauthorized")]);
    upload(&service, &[]).0.says(3, "no token of this app");
    assert_eq!((service.chunk_requests().len(), service.token_requests()), (2, 2));
}

#[test]
fn a_connection_cut_before_any_row_left_is_made_again() {
    for when in [When::Accepted, When::Encrypted, When::InHead(1), When::InHead(100), When::Head] {
        let service = Service::chunks([Act::cut(when)]);
        upload_patiently(&Desk::new(rows(4)), &service, &[]).says(0, "Upload Successful");
        assert_eq!(service.files().len(), 1, "{when:?}");
    }
}

#[test]
fn a_connection_cut_after_rows_left_leaves_the_outcome_unknown() {
    for when in [When::Body(1), When::Body(300), When::All, When::InAnswer] {
        let service = Service::chunks([Act::cut(when)]);
        let (outcome, desk) = upload(&service, &[]);
        outcome.says(4, "nobody knows whether rows 2 to 5 have arrived");
        assert_eq!(service.chunk_requests().len(), 1, "{when:?}: nothing is sent twice");
        assert!(desk.ledger().contains("\"unknown\""), "{when:?}");
        // Nothing happens until somebody says what to do.
        desk.upload(&service, &[]).says(4, "--assume-sent");
        assert_eq!(service.chunk_requests().len(), 1, "{when:?}");
        desk.upload(&service, &["--resend-unknown"]).says(0, "Upload Successful");
        assert_eq!(service.chunk_requests().len(), 2, "{when:?}");
    }
}

#[test]
fn silence_has_an_end_and_leaves_the_outcome_unknown() {
    let endless = Reply::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-More: and more\r\n".repeat(100));
    let drip = Reply::Drip(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec());
    let mute = Act { leave: false, ..Act::stall(When::All) };
    for act in [
        Act::stall(When::Head),
        Act::stall(When::All),
        mute,
        Act::new(When::All, endless),
        Act::new(When::All, drip),
        Act::new(When::All, Reply::Text(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec())),
    ] {
        let begun = Instant::now();
        let service = Service::chunks([act.clone()]);
        upload(&service, &["--timeout", "2"]).0.says(4, "nobody knows");
        assert!(begun.elapsed() < LONG, "{act:?}");
    }
}

#[test]
fn leave_that_is_never_given_is_not_waited_for() {
    let service = Service::chunks([Act { leave: false, ..Act::status("200 OK") }]);
    upload(&service, &[]).0.says(0, "Upload Successful");
}

#[test]
fn a_refusal_is_heard_while_a_large_body_is_being_sent() {
    let desk = Desk::new(rows(60_000));
    for when in [When::Head, When::Body(1), When::Body(100_000), When::Body(3_000_000)] {
        let service = Service::chunks([Act::answer_at(when, "413 Payload Too Large", "", "no more than 1 MB")]);
        let outcome = upload_patiently(&desk, &service, &["--rows-per-call", "60000", "--again"]);
        outcome.says(3, "413 Payload Too Large: no more than 1 MB");
        let sent = service.chunk_requests()[0].body.len();
        assert!(when != When::Head || sent == 0, "{when:?}: {sent}");
    }
}

#[test]
fn no_redirect_is_followed() {
    for status in
        ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let elsewhere = Bystander::new();
        let location = format!("Location: {}/api/signals\r\n", elsewhere.url());
        let service = Service::chunks([Act::answer(status, &location, "")]);
        upload(&service, &[]).0.says(3, "rows are never sent after such a hint");
        let service = Service::tokens([Act::answer(status, &location, "")]);
        upload(&service, &[]).0.says(3, "no secret is sent");
        assert_eq!((elsewhere.knocks(), service.chunk_requests().len()), (0, 0), "{status}");
    }
}

#[test]
fn a_login_page_is_no_success() {
    let page = Act::answer("200 OK", "Content-Type: text/html\r\n", "<!DOCTYPE html><title>Guest network</title>");
    upload(&Service::chunks([page.clone()]), &[]).0.says(4, "a web page came back");
    upload(&Service::tokens([page]), &[]).0.says(3, "a web page came back");
}

#[test]
fn odd_bodies_change_nothing_and_are_shown_in_part() {
    let endless = Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), b"blah ".repeat(1000));
    let garbage = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffffffffff\r\nwhat";
    let twice = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";
    let short = "HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nonly this";
    let packed = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x1f\x08\0";
    let escapes = "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n\x1b[31m\r\n::error::owned##";
    let text = |text: &str| Reply::Text(text.as_bytes().to_vec());
    for reply in [endless, text(garbage), text(twice), text(short), text(packed), text(escapes)] {
        let (outcome, desk) = upload(&Service::chunks([Act::new(When::All, reply.clone())]), &[]);
        outcome.says(0, "Upload Successful");
        let odd = |text: &str| text.contains('\x1b') || text.contains("::error") || text.len() > 20_000;
        assert!(!odd(&outcome.err) && !odd(&outcome.out) && !odd(&desk.ledger()), "{reply:?}: {outcome:?}");
    }
}

#[test]
fn a_service_that_took_a_part_is_told() {
    let service = Service::chunks([Act::answer("207 Multi-Status", "", "{\"skipped\": 1}")]);
    upload(&service, &[]).0.says(4, "took only a part").says(4, "{\"skipped\": 1}");
}

#[test]
fn ten_years_are_not_waited_for() {
    for wait in ["315360000", "99999999999999999999", "Wed, 21 Oct 2099 07:28:00 GMT"] {
        let begun = Instant::now();
        let act = Act::answer("503 Service Unavailable", &format!("Retry-After: {wait}\r\n"), "");
        upload(&Service::chunks([act]), &[]).0.says(3, "asks to wait").says(3, "503 Service Unavailable");
        assert!(begun.elapsed() < LONG, "{wait}");
    }
}

#[test]
fn certificates_that_nobody_should_trust_are_not() {
    for (kind, why) in [
        (Kind::Expired, "has expired"),
        (Kind::OtherName, "for another name"),
        (Kind::OtherIssuer, "nobody whom this machine trusts"),
    ] {
        let service = Service::with(kind, [], []);
        upload(&service, &[]).0.says(3, why);
        assert!(service.seen().is_empty(), "{kind:?}");
    }
}

#[test]
fn nobody_is_asked_in_clear() {
    let service = Service::good();
    let clear = service.url().replace("https://localhost", "http://intranet.example");
    let desk = Desk::new(rows(4));
    let to = |authority: &str, ingest: &str| outcome(&mut desk.command_to(&service, authority, ingest, &[]));
    to(&clear, &service.url()).says(2, "is not https");
    to(&service.url(), &clear).says(2, "is not https");
    assert_eq!(service.connections(), 0);
}
