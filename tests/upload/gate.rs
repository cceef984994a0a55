//! What was checked is what is sent.

use crate::service::Service;
use crate::{Desk, HEADER, rows};

#[test]
fn a_good_file_is_sent_whole() {
    let (service, desk) = (Service::good(), Desk::new(rows(12)));
    desk.upload(&service, &["--rows-per-call", "5"]).says(0, "Upload Successful").says(0, "add up to 12");
    let files = service.files();
    assert_eq!(files.len(), 3);
    let text = rows(12);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (file, part) in files.iter().zip(lines[1..].chunks(5)) {
        assert_eq!(String::from_utf8_lossy(file), HEADER.to_owned() + &part.concat());
    }
    assert_eq!(service.token_requests(), 1, "one token for all chunks");
}

#[test]
fn a_file_that_fails_opens_no_connection() {
    let service = Service::good();
    let desk = Desk::new(rows(3) + "nobody,2026-05-04T09:00:00+02:00,2026-06-30T17:00:00+02:00\n");
    desk.upload(&service, &[]).says(1, "nothing was sent");
    assert_eq!(service.connections(), 0);
}

#[test]
fn a_dry_run_opens_no_connection() {
    let (service, desk) = (Service::good(), Desk::new(rows(12)));
    let shown = desk.upload(&service, &["--dry-run", "--rows-per-call", "5"]);
    shown.says(0, "No connection was opened").says(0, "chunk 3: rows 12 to 13");
    assert_eq!((service.connections(), desk.ledger()), (0, String::new()));
}
