//! Secrets: from where they come, and that they go nowhere but to the token service.

use std::fs;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::service::{Act, Service, When, token};
use crate::{APP, Desk, Outcome, SECRET, outcome, rows};

/// Everything that an upload leaves behind.
fn left(desk: &Desk, outcome: &Outcome) -> Vec<(String, String)> {
    let mut left = vec![("out".to_owned(), outcome.out.clone()), ("err".to_owned(), outcome.err.clone())];
    for entry in fs::read_dir(desk.path()).expect("a folder").flatten() {
        let text = fs::read(entry.path()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        left.push((entry.file_name().to_string_lossy().into_owned(), text.unwrap_or_default()));
    }
    left
}

#[test]
fn secret_and_token_are_nowhere_to_be_found_even_if_the_service_repeats_them() {
    let bearer = token(1);
    let echo =
        format!("{SECRET} {} Bearer {bearer} {}", BASE64_STANDARD.encode(SECRET), BASE64_STANDARD.encode(&bearer));
    let reason = format!("400 {SECRET} {bearer}");
    // The token service cannot repeat a token that it has not issued.
    let echo_of_secret = format!("{SECRET} {}", BASE64_STANDARD.encode(SECRET));
    let refused = format!(r#"{{"error":"invalid_client","error_description":"AADSTS7000215: {echo_of_secret}"}}"#);
    // Made anew for every run: the first token of each is the one that is repeated.
    let services = || {
        [
            Service::good(),
            Service::chunks([Act::answer(&reason, "", &echo)]),
            Service::chunks([Act::answer("200 OK", "", &echo)]),
            Service::chunks([Act::answer("200 OK", "Content-Type: text/html\r\n", &format!("<html>{echo}"))]),
            Service::chunks([Act::answer(&reason.replace("400", "503"), "Retry-After: 0\r\n", &echo)]),
            Service::tokens([Act::answer("401 Unauthorized", "", &refused)]),
            Service::tokens([Act::answer("200 OK", "", &echo_of_secret)]),
        ]
    };
    for arguments in [&["--verbose"][..], &["--format", "json", "--show-values", "always"]] {
        for service in services() {
            let desk = Desk::new(rows(2));
            let outcome = desk.upload(&service, arguments);
            let parts = [&SECRET[..12], &bearer[..14], &BASE64_STANDARD.encode(SECRET)[..16]];
            for (place, text) in left(&desk, &outcome) {
                for part in parts {
                    assert!(!text.contains(part), "{part} in {place}: {text}");
                }
            }
        }
    }
}

/// What the service says to rows that it may have taken can hold these rows. It is shown, and kept nowhere.
#[test]
fn an_unclear_answer_s_text_is_not_kept() {
    let canary = "Canary-of-the-body mia.brandt@northwind-energy.de";
    for (status, code) in
        [("207 Multi-Status", 4), ("200 OK", 0), ("202 Accepted", 0), ("400 Bad Request", 3), ("500 Oops", 3)]
    {
        for kind in ["text/html", "application/json", "text/plain"] {
            let body = if kind.ends_with("json") { format!(r#"{{"failed":["{canary}"]}}"#) } else { canary.to_owned() };
            let answer = Act::answer(status, &format!("Content-Type: {kind}\r\nRetry-After: 0\r\n"), &body);
            let (service, desk) = (Service::chunks([answer]), Desk::new(rows(2)));
            let told = desk.upload(&service, &["--verbose", "--retry-for", "0"]);
            assert!(told.code == code || kind == "text/html", "{status}, {kind}: {told:#?}");
            let ledger = desk.ledger();
            assert!(ledger.lines().count() >= 3 && !ledger.contains("Canary"), "{status}, {kind}: {ledger}");
            assert!(!ledger.contains("northwind"), "{status}, {kind}: {ledger}");
        }
    }
}

/// Neither what is printed, nor the ledger, nor what is made of it tells of a person.
#[test]
fn nobody_is_told_by_an_upload_or_by_what_is_left_of_it() {
    let services = [
        Service::good(),
        Service::chunks([Act::answer("400 Bad Request", "", "no")]),
        Service::chunks([Act::answer("207 Multi-Status", "", "some")]),
        Service::chunks([Act::cut(When::All)]),
        Service::tokens([Act::answer("401 Unauthorized", "", "{}")]),
    ];
    for service in services {
        for text in [rows(3), rows(3) + "person9,person9,person9\n"] {
            let desk = Desk::new(text);
            for arguments in [&["--dry-run"][..], &["--verbose"], &["--verbose", "--format", "json"], &[]] {
                let told = desk.upload(&service, arguments);
                silent(&desk, &told, &format!("upload {arguments:?}"));
            }
            for arguments in [
                &["history"][..],
                &["receipt"],
                &["receipt", "--format", "json"],
                &["receipt", "--format", "html"],
                &["reconcile", "--records-saved", "1"],
                &["schedule", "--for", "cron", "hrlint.json", "hr.csv"],
            ] {
                let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
                command.current_dir(desk.path()).env("HRLINT_LEDGER", "ledger.jsonl").args(arguments);
                silent(&desk, &outcome(&mut command), &format!("{arguments:?}"));
            }
        }
    }
}

fn silent(desk: &Desk, told: &Outcome, what: &str) {
    for (place, text) in left(desk, told).iter().filter(|(place, _)| place != "hr.csv") {
        assert!(!["northwind", "person9"].iter().any(|part| text.contains(part)), "{what}: {place}: {text}");
    }
}

#[test]
fn a_secret_comes_from_a_file_that_only_its_owner_reads_or_from_a_command() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    let file = desk.path().join("secret");
    fs::write(&file, format!("{SECRET}\n")).expect("room on the disk");
    let without = |arguments: &[&str]| {
        let mut command = desk.command(&service, &[arguments, &["--again"]].concat());
        outcome(command.env_remove("HRLINT_APP_SECRET"))
    };
    without(&[]).says(2, "there is no secret to sign in with");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("it is ours");
        without(&["--secret-file", "secret"]).says(2, "others than its owner can read secret");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).expect("it is ours");
        without(&["--secret-command", "cat secret"]).says(0, "Upload Successful");
        without(&["--secret-command", "cat nothing"]).says(2, "the command that prints the secret failed");
    }
    without(&["--secret-file", "secret"]).says(0, "Upload Successful");
    let sent = service.seen();
    let secrets: Vec<_> = sent.iter().filter(|seen| seen.is_token()).map(|seen| seen.field("client_secret")).collect();
    assert!(secrets.iter().all(|secret| secret.as_deref() == Some(SECRET)) && !secrets.is_empty());
}

#[test]
fn a_secret_that_is_an_id_is_not_sent() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    for (secret, says) in
        [(APP, "looks like an id"), ("two words", "characters that no secret has"), ("\n", "is empty")]
    {
        let mut command = desk.command(&service, &[]);
        outcome(command.env("HRLINT_APP_SECRET", secret)).says(2, says);
    }
    assert_eq!(service.connections(), 0);
}

#[test]
fn refusals_of_the_token_service_become_plain_words_and_are_final() {
    for (code, words) in [
        (7_000_215, "the secret is wrong"),
        (7_000_222, "the secret has expired"),
        (700_016, "the app is not known in this tenant"),
        (90_002, "there is no such tenant"),
        (500_011, "the service that takes the rows is not known"),
        (123_456, "the token service refuses us"),
    ] {
        let body =
            format!(r#"{{"error":"invalid_client","error_description":"AADSTS{code}: Text.","error_codes":[{code}]}}"#);
        let service = Service::tokens([Act::answer("401 Unauthorized", "", &body)]);
        Desk::new(rows(2)).upload(&service, &[]).says(3, words).says(3, &format!("AADSTS{code}"));
        assert_eq!((service.token_requests(), service.chunk_requests().len()), (1, 0));
    }
}

#[test]
fn a_federated_token_is_read_anew_and_signs_in() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    fs::write(desk.path().join("token"), "aaa.bbb.ccc\n").expect("room on the disk");
    let mut command = desk.command(&service, &["--federated-token-file", "token"]);
    outcome(command.env_remove("HRLINT_APP_SECRET")).says(0, "Upload Successful");
    assert_eq!(service.seen()[0].field("client_assertion").as_deref(), Some("aaa.bbb.ccc"));
    fs::write(desk.path().join("token"), "no token at all").expect("room on the disk");
    outcome(&mut desk.command(&service, &["--federated-token-file", "token", "--again"])).says(3, "holds no token");
}
