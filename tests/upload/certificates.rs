//! Signing in by a certificate: PEM, and PKCS #12 as OpenSSL, Windows, Key Vault and Java write it (`pfx/README.md`).

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents};

use crate::service::{Seen, Service};
use crate::{APP, Desk, Outcome, outcome, rows};

const PASSWORD: &str = "Canary~Pfx.42 ü";

fn file(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/upload")).join(name)
}

/// Lays the file on the desk so that only its owner can read it.
fn lay(desk: &Desk, bytes: impl AsRef<[u8]>, name: &str) {
    let path = desk.path().join(name);
    fs::write(&path, bytes).expect("room on the disk");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is ours");
    }
}

/// Uploads with this file as certificate, and this password in the environment.
fn upload(desk: &Desk, service: &Service, bytes: &[u8], password: Option<&str>, more: &[&str]) -> Outcome {
    lay(desk, bytes, "app.pfx");
    let mut command = desk.command(service, &[&["--certificate", "app.pfx"], more].concat());
    command.env_remove("HRLINT_APP_SECRET");
    if let Some(password) = password {
        command.env("HRLINT_CERTIFICATE_PASSWORD", password);
    }
    outcome(&mut command)
}

fn pfx(name: &str) -> Vec<u8> {
    fs::read(file("pfx").join(name)).expect("it is there")
}

#[test]
fn a_certificate_signs_in_both_versions() {
    for (version, algorithm, print) in [("v1", "RS256", "x5t"), ("v2", "PS256", "x5t#S256")] {
        for (name, password) in [("app.pem", None), ("pfx/modern.pfx", Some(PASSWORD))] {
            let (service, desk) = (Service::good(), Desk::new(rows(2)));
            let bytes = fs::read(file(name)).expect("it is there");
            upload(&desk, &service, &bytes, password, &["--token-version", version]).says(0, "Upload Successful");
            asserted(&service, &service.seen()[0], version, algorithm, print);
        }
    }
}

/// Asserts that the statement is signed by the key of `app.pem`, and says what it must.
fn asserted(service: &Service, seen: &Seen, version: &str, algorithm: &str, print: &str) {
    assert_eq!(seen.field("client_secret"), None);
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    assert_eq!(seen.field("client_assertion_type").as_deref(), Some(kind));
    let assertion = seen.field("client_assertion").expect("there is one");
    let (signed, signature) = assertion.rsplit_once('.').expect("three parts");
    let decoded = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).expect("base64");
    let json = |part: &str| serde_json::from_slice::<serde_json::Value>(&decoded(part)).expect("JSON");
    let (header, claims) = signed.split_once('.').expect("two parts");
    let (header, claims) = (json(header), json(claims));
    assert_eq!((header["alg"].as_str(), header[print].as_str()), (Some(algorithm), Some(&*own_print(version))));
    let audience = format!("{}{}", service.url(), seen.line().split([' ', '?']).nth(1).expect("a path"));
    assert_eq!((claims["aud"].as_str(), claims["iss"].as_str()), (Some(&*audience), Some(APP)));
    assert_eq!(claims["iss"], claims["sub"]);
    assert!(claims["exp"].as_u64() > claims["nbf"].as_u64());
    let how: &'static ring::signature::RsaParameters =
        if version == "v1" { &RSA_PKCS1_2048_8192_SHA256 } else { &RSA_PSS_2048_8192_SHA256 };
    public_key().verify(how, signed.as_bytes(), &decoded(signature)).expect("the signature is the key's");
}

/// All of them hold the same key and, among others, its certificate.
#[test]
fn every_make_of_container_signs_in() {
    for (name, password) in [
        ("legacy.pfx", Some(PASSWORD)),
        ("windows.pfx", Some(PASSWORD)),
        ("pbmac1.pfx", Some(PASSWORD)),
        ("java.pfx", Some("Canary~Pfx.42")),
        ("empty.pfx", None),
        ("empty.pfx", Some("")),
        ("null.pfx", None),
    ] {
        let (service, desk) = (Service::good(), Desk::new(rows(2)));
        let bytes = pfx(name);
        upload(&desk, &service, &bytes, password, &[]).says(0, "Upload Successful");
        asserted(&service, &service.seen()[0], "v1", "RS256", "x5t");
    }
}

#[test]
fn a_container_may_be_text_and_its_password_in_a_file() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    lay(&desk, format!("{PASSWORD}\r\n"), "password");
    let text = BASE64_STANDARD.encode(pfx("modern.pfx")) + "\n";
    let named = ["--certificate-password-file", "password"];
    upload(&desk, &service, text.as_bytes(), Some("overruled"), &named).says(0, "Upload Successful");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let open = fs::Permissions::from_mode(0o644);
        fs::set_permissions(desk.path().join("password"), open).expect("it is ours");
        upload(&desk, &service, text.as_bytes(), None, &[&named[..], &["--again"]].concat())
            .says(2, "others than its owner can read password");
    }
}

#[test]
fn a_container_that_does_not_open_says_why_and_opens_no_connection() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    let modern = pfx("modern.pfx");
    for (bytes, password, says) in [
        (&modern[..], None, "the certificate's file wants a password"),
        (&modern, None, "HRLINT_CERTIFICATE_PASSWORD"),
        (&modern, Some("Canary~wrong"), "the password does not open the file"),
        (&modern, Some("Canary\u{7}"), "holds characters that cannot be typed"),
        (&modern[..2000], Some(PASSWORD), "the file is damaged or incomplete"),
        (&pfx("endless.pfx"), Some(PASSWORD), "more than 10,000,000 rounds"),
        (&pfx("keyless.pfx"), Some(PASSWORD), "holds no private key"),
        (&pfx("stranger.pfx"), Some(PASSWORD), "no certificate in the file belongs to its private key"),
        (&pfx("unproved.pfx"), Some(PASSWORD), "does not prove by its password"),
        (b"\x30\x03\x02\x01\x01", None, "neither PEM nor PKCS #12"),
        (b"", None, "neither PEM nor PKCS #12"),
    ] {
        let told = upload(&desk, &service, bytes, password, &[]);
        told.says(2, says);
        assert!(!format!("{told:?}").contains("Canary"), "{told:?}");
    }
    assert_eq!(service.connections(), 0);
}

/// A chain in PEM may begin with anybody's certificate.
#[test]
fn the_key_s_own_certificate_is_found_in_a_chain() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    let chain = [service.ca().as_bytes().to_vec(), fs::read(file("app.pem")).expect("it is there")].concat();
    upload(&desk, &service, &chain, None, &[]).says(0, "Upload Successful");
    asserted(&service, &service.seen()[0], "v1", "RS256", "x5t");
    let text = String::from_utf8(chain).expect("PEM is text");
    let own = text.rfind("-----BEGIN CERTIFICATE").expect("it is there");
    let end = text[own..].find("-----END CERTIFICATE-----\n").expect("it ends") + own + 26;
    let without = [&text[..own], &text[end..]].concat();
    upload(&desk, &service, without.as_bytes(), None, &["--again"])
        .says(2, "no certificate in the file belongs to its private key");
}

/// The digest by which the token service finds the certificate.
fn own_print(version: &str) -> String {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;
    let der = CertificateDer::from_pem_file(file("app.pem")).expect("a certificate");
    let by = if version == "v1" { &ring::digest::SHA1_FOR_LEGACY_USE_ONLY } else { &ring::digest::SHA256 };
    BASE64_URL_SAFE_NO_PAD.encode(ring::digest::digest(by, &der))
}

/// The public half of the key in `app.pem`.
fn public_key() -> RsaPublicKeyComponents<Vec<u8>> {
    use rustls::pki_types::PrivateKeyDer;
    use rustls::pki_types::pem::PemObject as _;
    let PrivateKeyDer::Pkcs8(der) = PrivateKeyDer::from_pem_file(file("app.pem")).expect("a key") else {
        panic!("PKCS #8")
    };
    let pair = ring::signature::RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()).expect("a key");
    RsaPublicKeyComponents::from(pair.public())
}
