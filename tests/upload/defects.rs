//! The defects of the vendor's script, one test each: every one of them is a promise that we keep. The numbers are those of our
//! list of them.

use std::fs;
use std::sync::mpsc;
use std::time::Duration;

use crate::service::{Act, Service, When};
use crate::{APP, Desk, HEADER, JOB, SECRET, TENANT, outcome, rows};

#[test]
fn defect_01_a_quoted_line_break_is_never_cut() {
    let header = "EmailAddress,EffectiveDate,Remarks\n";
    let row = |who: &str| format!("{who}@northwind-energy.de,2026-05-11T09:00:00Z,\"first line\nsecond line\"\n");
    let (service, desk) = (Service::good(), Desk::new(header.to_owned() + &row("mia") + &row("jonas")));
    desk.upload(&service, &["--rows-per-call", "1", "--scenario", "performanceReview"]).says(0, "add up to 2");
    let expected = ["mia", "jonas"].map(|who| (header.to_owned() + &row(who)).into_bytes());
    assert_eq!(service.files(), expected);
}

#[test]
fn defect_02_a_transport_error_is_no_success() {
    let service = Service::chunks([Act::cut(When::All)]);
    Desk::new(rows(3)).upload(&service, &[]).says(4, "nobody knows whether rows 2 to 4 have arrived");
}

#[test]
fn defect_03_a_file_error_is_no_success() {
    let (service, desk) = (Service::good(), Desk::new(rows(12)));
    let path = desk.path().join("hr.csv");
    service.once_a_chunk_came(move || fs::remove_file(path).expect("it was there"));
    desk.upload(&service, &["--rows-per-call", "6"]).says(3, "is not the file that was checked any more");
}

#[test]
fn defect_04_what_is_final_is_not_tried_again() {
    for status in ["400 Bad Request", "401 Unauthorized", "403 Forbidden"] {
        let service = Service::chunks([Act::status(status), Act::status(status)]);
        Desk::new(rows(2)).upload(&service, &[]).says(3, status);
        // A token that is refused may have run out, so another one is tried: once.
        assert_eq!(service.chunk_requests().len(), if status.starts_with("401") { 2 } else { 1 }, "{status}");
    }
}

#[test]
fn defect_05_no_argument_takes_a_secret() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    let help = outcome(&mut desk.command(&service, &["--help"]));
    for option in ["--secret ", "--app-secret", "--password", "--client-secret", "--token "] {
        assert!(!help.out.contains(option), "{option}");
    }
    desk.upload(&service, &["--app-secret", SECRET]).says(2, "unexpected argument");
}

#[test]
fn defect_06_a_file_is_known_by_its_content() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    let path = desk.path().join("hr.csv");
    desk.upload(&service, &[]).says(0, "Upload Successful");
    let modified = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("metadata");
    // Touched, or by another name: the same. Rewritten with its old time: another one.
    fs::write(&path, rows(2)).expect("room on the disk");
    desk.upload(&service, &[]).says(3, "was sent to this connector before");
    fs::write(&path, rows(2).replace("person1", "person7")).expect("room on the disk");
    fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(modified)).expect("a time");
    desk.upload(&service, &[]).says(0, "Upload Successful");
    assert_eq!(service.files().len(), 2);
}

#[test]
fn defect_07_another_connector_is_another_upload() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    desk.upload(&service, &[]).says(0, "Upload Successful");
    let mapping = r#"{ "version": 1, "scenarios": { "resignation": {} }, "connector": { "jobId": "JOB" } }"#;
    let other = "5e1f7a52-6e0f-4c7b-9b8e-2c0e1d6f4a31";
    fs::write(desk.path().join("hrlint.json"), mapping.replace("JOB", other)).expect("room on the disk");
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
    command.current_dir(desk.path()).env("HRLINT_APP_SECRET", SECRET);
    command.args(["upload", "hr.csv", "--yes", "--now", "2026-07-01", "--tenant-id", TENANT, "--app-id", APP]);
    command.args(["--ca-file", "ca.pem", "--ledger", "ledger.jsonl"]);
    command.args(["--authority", &service.url(), "--ingest-url", &service.url()]);
    outcome(&mut command).says(0, "Upload Successful");
    let jobs: Vec<_> = service.chunk_requests().iter().map(|seen| seen.line().contains(JOB)).collect();
    assert_eq!(jobs, [true, false]);
}

#[test]
fn defect_08_a_file_replaced_meanwhile_does_not_inherit() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    let path = desk.path().join("hr.csv");
    service.once_a_chunk_came(move || fs::write(path, rows(6)).expect("room on the disk"));
    desk.upload(&service, &[]).says(0, "Upload Successful");
    desk.upload(&service, &[]).says(0, "add up to 6");
    assert_eq!(service.files(), [rows(2).into_bytes(), rows(6).into_bytes()]);
}

#[test]
fn defect_09_nothing_is_sent_unchecked() {
    let service = Service::good();
    for wrong in ["", HEADER, "a,b\n1,2\n", &rows(2).replacen("2026-05-01", "01.05.2026", 1)] {
        let outcome = Desk::new(wrong).upload(&service, &[]);
        assert!(matches!(outcome.code, 1 | 2), "{outcome:?}");
    }
    assert_eq!(service.connections(), 0);
}

#[test]
fn defect_10_blank_lines_are_neither_sent_nor_counted() {
    let (service, desk) = (Service::good(), Desk::new(rows(3).replace("person1", "\nperson1") + "\n\n,,\n\n"));
    desk.upload(&service, &[]).says(0, "add up to 3");
    assert_eq!(service.files(), [rows(3).into_bytes()]);
}

#[test]
fn defect_11_bytes_stay_as_they_are_and_other_encodings_are_not_guessed() {
    let service = Service::good();
    let header = "EmailAddress,EffectiveDate,Remarks\r\n";
    let row = "mia@northwind-energy.de,2026-05-11T09:00:00Z,Größe\r\n";
    Desk::new(format!("\u{feff}{header}{row}"))
        .upload(&service, &["--scenario", "performanceReview"])
        .says(0, "Successful");
    // The mark would become part of the first column's name; all else is as it was, line ends included.
    assert_eq!(service.files(), [format!("{header}{row}").into_bytes()]);
    let latin: Vec<u8> = format!("{header}{row}").chars().map(|letter| letter as u8).collect();
    Desk::new(latin).upload(&service, &["--scenario", "performanceReview"]).says(1, "nothing was sent");
    assert_eq!(service.files().len(), 1);
}

#[test]
fn defects_12_and_13_no_rows_are_written_to_any_disk() {
    let (service, desk) = (Service::chunks([Act::status("400 Bad Request")]), Desk::new(rows(3)));
    let temporary = desk.path().join("temporary");
    fs::create_dir(&temporary).expect("room on the disk");
    let mut command = desk.command(&service, &[]);
    for variable in ["TMPDIR", "TEMP", "TMP", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME"] {
        command.env(variable, &temporary);
    }
    outcome(&mut command).says(3, "400 Bad Request");
    assert_eq!(fs::read_dir(&temporary).expect("a folder").count(), 0);
    for entry in fs::read_dir(desk.path()).expect("a folder").flatten().filter(|entry| entry.path().is_file()) {
        let text = String::from_utf8_lossy(&fs::read(entry.path()).expect("it is ours")).into_owned();
        assert!(entry.file_name() == "hr.csv" || !text.contains("person"), "{:?}", entry.file_name());
    }
}

#[test]
fn defect_14_the_file_is_free_when_the_upload_is_done() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    desk.upload(&service, &[]).says(0, "Upload Successful");
    fs::remove_file(desk.path().join("hr.csv")).expect("nobody holds it");
}

#[test]
fn defect_15_the_authorization_header_has_no_blank_behind_it() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    desk.upload(&service, &[]).says(0, "Upload Successful");
    let header = service.chunk_requests()[0].header("authorization").map(str::to_owned).expect("it is there");
    assert!(header.starts_with("Bearer C") && !header.ends_with(' '), "{header}");
}

#[test]
fn defect_16_every_connection_is_encrypted_the_token_s_first() {
    let clear = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("https://localhost:{}", clear.local_addr().expect("it is bound").port());
    let begun = std::thread::spawn(move || {
        use std::io::Read as _;
        let (mut stream, _) = clear.accept().expect("somebody comes");
        let mut first = [0; 3];
        stream.read_exact(&mut first).expect("something is sent");
        first
    });
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    let arguments = ["--retry-for", "0"];
    outcome(&mut desk.command_to(&service, &address, &service.url(), &arguments)).says(3, "cannot encrypt");
    assert_eq!(begun.join().expect("it ended")[..2], [22, 3], "a TLS handshake comes first");
}

#[test]
fn defect_17_a_path_means_one_file() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    fs::write(desk.path().join("[h]r*.csv"), rows(5)).expect("room on the disk");
    fs::write(desk.path().join("hr.csv"), rows(2).replace("person", "other")).expect("room on the disk");
    outcome(&mut desk.command(&service, &["[h]r*.csv"])).says(0, "add up to 7");
    assert_eq!(service.files()[1], rows(5).into_bytes());
}

#[test]
fn defect_18_a_service_that_asks_to_wait_is_heard() {
    let service = Service::chunks([Act::answer("429 Too Many Requests", "Retry-After: 2\r\n", "")]);
    let begun = std::time::Instant::now();
    Desk::new(rows(2)).upload(&service, &[]).says(0, "Upload Successful");
    assert!(begun.elapsed() >= std::time::Duration::from_secs(2));
    let service = Service::chunks([Act::status("501 Not Implemented")]);
    Desk::new(rows(2)).upload(&service, &[]).says(3, "501 Not Implemented");
}

#[test]
fn defect_19_what_was_sent_is_told_by_scenario_and_chunk() {
    let (service, desk) = (Service::good(), Desk::new(rows(7)));
    let told = desk.upload(&service, &["--rows-per-call", "5"]);
    told.says(0, "7 rows in 2 chunks")
        .says(0, "resignation 7 rows")
        .says(0, "chunk 2: rows 7 to 8, 2 rows (resignation 2)");
    told.says(0, "RecordsSaved").says(0, "add up to 7");
}

#[test]
fn defect_20_every_outcome_has_its_exit_code() {
    let code = |service: &Service, text: &str| Desk::new(text).upload(service, &["--retry-for", "0"]).code;
    assert_eq!(code(&Service::good(), &rows(2)), 0);
    assert_eq!(code(&Service::good(), &rows(2).replace('@', " ")), 1);
    assert_eq!(code(&Service::good(), "a,b\n1,2\n"), 2);
    assert_eq!(code(&Service::chunks([Act::status("503 Service Unavailable")]), &rows(2)), 3);
    assert_eq!(code(&Service::chunks([Act::cut(When::All)]), &rows(2)), 4);
}

#[test]
fn defect_21_ids_are_looked_at_and_a_missing_token_is_no_token() {
    let service = Service::tokens([Act::answer("200 OK", "", r#"{"token_type":"Bearer","access_token":null}"#)]);
    Desk::new(rows(2)).upload(&service, &[]).says(3, "no token");
    assert_eq!(service.chunk_requests().len(), 0);
    let desk = Desk::new(rows(2));
    let with = |tenant: &str, app: &str, job: &str| {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("hrlint");
        command.current_dir(desk.path()).args(["upload", "hr.csv", "--dry-run", "--ledger", "ledger.jsonl"]);
        outcome(command.args(["--tenant-id", tenant, "--app-id", app, "--job-id", job, "--now", "2026-07-01"]))
    };
    with(TENANT, APP, JOB).says(0, "No connection was opened");
    with(TENANT, JOB, JOB).says(2, "are the same id");
    with("contoso.onmicrosoft.com", APP, JOB).says(2, "is no id of the form");
    with("d5723623-11cf-4e2e-b5a5-01d1506273g9", APP, JOB).says(2, "is the example of the documentation");
}

#[test]
fn defect_22_two_runs_at_once_send_once() {
    let (service, desk) = (Service::good(), Desk::new(rows(9)));
    let outcomes = std::thread::scope(|scope| {
        let run = || scope.spawn(|| desk.upload(&service, &["--rows-per-call", "3"]).code);
        [run(), run()].map(|run| run.join().expect("it ends"))
    });
    let mut codes = outcomes;
    codes.sort_unstable();
    assert_eq!(codes, [0, 3], "one sends, the other says that all was sent");
    assert_eq!(service.files().len(), 3);
}

/// The second run looks at the ledger while a chunk of the first one is on its way: it waits for its end before it judges.
#[test]
fn defect_22_a_run_that_begins_in_the_midst_of_another_waits_for_its_end() {
    let (service, desk) = (Service::good(), Desk::new(rows(9)));
    let mut second = desk.command(&service, &[]);
    let (told, done) = mpsc::channel();
    service.once_a_chunk_came(move || {
        std::thread::spawn(move || told.send(outcome(&mut second)));
        std::thread::sleep(Duration::from_millis(500));
    });
    desk.upload(&service, &[]).says(0, "Upload Successful");
    done.recv().expect("it ends").says(3, "all of it was sent to this connector before");
    assert_eq!(service.files().len(), 1);
}

#[test]
fn defect_23_what_was_sent_is_remembered_for_good() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    desk.upload(&service, &[]).says(0, "Upload Successful");
    let ledger = desk.path().join("ledger.jsonl");
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(400 * 24);
    let file = fs::File::options().append(true).open(&ledger).expect("it is there");
    file.set_modified(long_ago).expect("a time");
    desk.upload(&service, &[]).says(3, "was sent to this connector before");
    desk.upload(&service, &["--again"]).says(0, "Upload Successful");
    assert_eq!(service.files().len(), 2);
}
