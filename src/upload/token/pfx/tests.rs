//! Files of other tools (`tests/upload/pfx`), whole and broken.

use std::time::{Duration, Instant};

use crate::upload::token::{Certificate, CertificateError};

const PASSWORD: &str = "Canary~Pfx.42 ü";

/// AES-256, PBKDF2 and HMAC with SHA-256, and the certificate of somebody else besides.
const MODERN: &[u8] = include_bytes!("../../../../tests/upload/pfx/modern.pfx");

fn opened(file: &[u8], password: &str) -> Result<(), CertificateError> {
    Certificate::from_container(file, password).map(drop)
}

#[test]
fn one_letter_of_the_password_decides() {
    assert_eq!(opened(MODERN, PASSWORD), Ok(()));
    for wrong in ["", "Canary~Pfx.42", "canary~Pfx.42 ü", "Canary~Pfx.42 ü\n"] {
        assert_eq!(opened(MODERN, wrong), Err(CertificateError::Password), "{wrong:?}");
    }
}

#[test]
fn a_file_that_was_cut_or_changed_is_refused() {
    for end in 0..MODERN.len() {
        assert!(opened(&MODERN[..end], PASSWORD).is_err(), "cut at {end}");
    }
    let mut changed = MODERN.to_vec();
    let proof = MODERN.len() - 67;
    assert_eq!(MODERN[proof..][..2], [0x30, 65]);
    for at in (0..proof).step_by(5) {
        changed[at] ^= 0x55;
        assert!(opened(&changed, PASSWORD).is_err(), "changed at {at}");
        changed[at] = MODERN[at];
    }
}

#[test]
fn a_file_cannot_make_us_compute_for_ever() {
    let endless = include_bytes!("../../../../tests/upload/pfx/endless.pfx");
    let begun = Instant::now();
    assert_eq!(opened(endless, PASSWORD), Err(CertificateError::Costly));
    // The rounds of its proof: 2,048 stand at the end of the file.
    let (proof, rounds) = MODERN.split_at(MODERN.len() - 2);
    assert_eq!(rounds, 2048_u16.to_be_bytes());
    for rounds in [[0x7f, 0xff], [0, 0], [0xff, 0xff]] {
        assert!(opened(&[proof, &rounds].concat(), PASSWORD).is_err());
    }
    assert!(begun.elapsed() < Duration::from_mins(1));
}

#[test]
fn it_says_what_is_missing() {
    for (file, error) in [
        (&include_bytes!("../../../../tests/upload/pfx/keyless.pfx")[..], CertificateError::NoKey),
        (include_bytes!("../../../../tests/upload/pfx/unproved.pfx"), CertificateError::Unproved),
        (include_bytes!("../../../../tests/upload/pfx/stranger.pfx"), CertificateError::Strangers),
        (include_bytes!("../../../../tests/upload/pfx/elliptic.pfx"), CertificateError::NotRsa),
    ] {
        assert_eq!(opened(file, PASSWORD), Err(error));
    }
}

/// NSS and Bouncy Castle leave lengths open and cut strings into parts.
#[test]
fn lengths_may_be_left_open() {
    let (version, mut rest) = MODERN[4..].split_at(3);
    let mut element = |head: usize| {
        let length = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
        let (all, after) = rest.split_at(if head == 4 { 4 + length } else { 2 + usize::from(rest[1]) });
        rest = after;
        all[head..].to_vec()
    };
    let (content, proof) = (element(4), element(2));
    let (kind, safe) = (&content[..11], &content[11 + 4 + 4..]);
    let parts: Vec<u8> = safe.chunks(100).flat_map(|part| [&[0x04, part.len() as u8], part].concat()).collect();
    let proof = [&[0x30, proof.len() as u8], &proof[..]].concat();
    let ends = [0; 6];
    let open = [&[0x30, 0x80], version, &[0x30, 0x80], kind, &[0xa0, 0x80, 0x24, 0x80], &parts, &ends, &proof, &[0, 0]];
    assert_eq!(opened(&open.concat(), PASSWORD), Ok(()));
}

#[test]
fn what_is_written_as_text_is_the_same_file() {
    use base64::Engine as _;
    let text = base64::prelude::BASE64_STANDARD.encode(MODERN);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| str::from_utf8(line).expect("letters")).collect();
    for file in [text.as_bytes(), lines.join("\r\n").as_bytes(), MODERN] {
        assert_eq!(Certificate::container(file).as_ref().map(|file| &file[..]), Some(MODERN));
    }
    assert!(Certificate::container(b"-----BEGIN CERTIFICATE-----").is_none());
    assert!(Certificate::container(&MODERN[..100]).is_some(), "a file that was cut is still no PEM");
}
