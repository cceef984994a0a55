//! Other ways: through a proxy, by the identity of a build server or a machine, and with nobody answering at all.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use hrlint::upload::wire::{Client, Proxies, Stage, Times, Url};

use crate::service::{Act, Service};
use crate::{APP, Desk, outcome, rows};

/// A proxy that lets those through who say who they are, and notes what it was asked.
fn proxy() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound").to_string();
    let heads = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&heads);
    thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && client.read(&mut byte).is_ok_and(|read| read == 1) {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            shared.lock().expect("nobody panics").push(head.clone());
            if !head.contains("Proxy-Authorization: Basic bWlhOnBAc3M=") {
                drop(client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"));
                continue;
            }
            let target = head.split(' ').nth(1).expect("a target").replace("localhost", "127.0.0.1");
            let service = TcpStream::connect(target).expect("the service is there");
            client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").expect("somebody listens");
            let pipe = |mut from: TcpStream, mut to: TcpStream| {
                thread::spawn(move || {
                    drop(std::io::copy(&mut from, &mut to));
                    drop(to.shutdown(std::net::Shutdown::Write));
                })
            };
            pipe(client.try_clone().expect("a handle"), service.try_clone().expect("a handle"));
            pipe(service, client);
        }
    });
    (address, heads)
}

#[test]
fn a_proxy_is_used_for_all_and_told_no_more_than_the_host() {
    let (service, desk) = (Service::good(), Desk::new(rows(4)));
    let (address, heads) = proxy();
    let through = |user: &str| {
        let mut command = desk.command(&service, &["--retry-for", "0"]);
        outcome(command.env("HTTPS_PROXY", format!("http://{user}{address}")))
    };
    let refused = through("");
    refused.says(3, "407 Proxy Authentication Required").says(3, "only Basic is supported");
    through("mia:wrong-Canary@").says(3, "407");
    through("mia:p%40ss@").says(0, "Upload Successful");
    assert_eq!(service.files(), [rows(4).into_bytes()]);
    let heads = heads.lock().expect("nobody panics");
    let host = service.url().replace("https://", "");
    assert!(heads.iter().all(|head| head.starts_with(&format!("CONNECT {host} HTTP/1.1\r\n"))), "{heads:?}");
    let shown = format!("{refused:?}");
    assert!(!shown.contains("p%40ss") && !shown.contains("Canary"));
}

#[test]
fn a_proxy_is_passed_by_where_it_is_told_so() {
    let (service, desk) = (Service::good(), Desk::new(rows(4)));
    let mut command = desk.command(&service, &[]);
    command.env("HTTPS_PROXY", "http://127.0.0.1:1").env("NO_PROXY", "localhost");
    outcome(&mut command).says(0, "Upload Successful");
}

#[test]
fn github_speaks_for_the_job() {
    // The same double plays the issuer: any path without /oauth2/ is one of its chunks.
    let issued = Act::answer("200 OK", "Content-Type: application/json\r\n", r#"{"value":"aaa.bbb.ccc"}"#);
    let (service, desk) = (Service::chunks([issued]), Desk::new(rows(2)));
    let mut command = desk.command(&service, &["--auth", "github"]);
    outcome(&mut command).says(2, "permissions: id-token: write");
    command.env("ACTIONS_ID_TOKEN_REQUEST_URL", format!("{}/issue?api-version=2.0", service.url()));
    command.env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "pass-of-the-job");
    outcome(&mut command).says(0, "Upload Successful");
    let seen = service.seen();
    assert_eq!(seen[0].line(), "GET /issue?api-version=2.0&audience=api%3A%2F%2FAzureADTokenExchange HTTP/1.1");
    assert_eq!(seen[0].header("authorization"), Some("Bearer pass-of-the-job"));
    assert_eq!(seen[1].field("client_assertion").as_deref(), Some("aaa.bbb.ccc"));
}

#[test]
fn azure_pipelines_speaks_for_the_job() {
    let issued = Act::answer("200 OK", "Content-Type: application/json\r\n", r#"{"oidcToken":"aaa.bbb.ccc"}"#);
    let (service, desk) = (Service::chunks([issued]), Desk::new(rows(2)));
    let mut command = desk.command(&service, &["--auth", "azure-pipelines"]);
    command.env("SYSTEM_OIDCREQUESTURI", format!("{}/oidc", service.url()));
    command.env("SYSTEM_ACCESSTOKEN", "pass-of-the-job").env("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "77");
    outcome(&mut command).says(0, "Upload Successful");
    assert_eq!(service.seen()[0].line(), "POST /oidc?api-version=7.1&serviceConnectionId=77 HTTP/1.1");
    assert_eq!(service.seen()[1].field("client_assertion").as_deref(), Some("aaa.bbb.ccc"));
}

#[test]
fn the_machine_speaks_for_itself() {
    let token = r#"{"token_type":"Bearer","expires_in":"3599","access_token":"machine.token"}"#;
    let issued = || Act::answer("200 OK", "Content-Type: application/json\r\n", token);
    for (auth, named) in [("managed-identity", true), ("system-identity", false)] {
        let (service, desk) = (Service::chunks([issued()]), Desk::new(rows(2)));
        let mut command = desk.command(&service, &["--auth", auth]);
        command.env("IDENTITY_ENDPOINT", format!("{}/msi", service.url())).env("IDENTITY_HEADER", "machine-pass");
        outcome(&mut command).says(0, "Upload Successful");
        let seen = service.seen();
        let resource = "https%3A%2F%2Fmicrosoft.onmicrosoft.com%2F86dfdabb-5089-4a0c-880a-cfa5a790c5b1";
        let app = if named { format!("&client_id={APP}") } else { String::new() };
        assert_eq!(seen[0].line(), format!("GET /msi?api-version=2019-08-01&resource={resource}{app} HTTP/1.1"));
        assert_eq!(seen[0].header("x-identity-header"), Some("machine-pass"));
        assert_eq!(seen[1].header("authorization"), Some("Bearer machine.token"));
    }
}

/// The pass to the identity service of App Service is a secret; whoever repeats it must not get it printed.
#[test]
fn the_machine_s_pass_is_hidden_from_what_others_say() {
    use base64::Engine as _;
    let pass = "Canary-853b9a84-5bfa-4b22";
    let encoded = base64::prelude::BASE64_STANDARD.encode(pass);
    let body = format!(r#"{{"error":"unknown","error_description":"X-IDENTITY-HEADER: {pass} ({encoded})"}}"#);
    let token = r#"{"token_type":"Bearer","expires_in":"3599","access_token":"machine.token"}"#;
    let refusal = || Act::answer(&format!("400 {pass}"), "Content-Type: application/json\r\n", &body);
    let issued = || Act::answer("200 OK", "Content-Type: application/json\r\n", token);
    for (service, shown) in
        [(Service::chunks([refusal()]), "managed identity is refused"), (Service::chunks([issued(), refusal()]), "400")]
    {
        let desk = Desk::new(rows(2));
        let mut command = desk.command(&service, &["--auth", "managed-identity", "--verbose"]);
        command.env("IDENTITY_ENDPOINT", format!("{}/msi", service.url())).env("IDENTITY_HEADER", pass);
        let told = outcome(&mut command);
        told.says(3, shown).says(3, "[hidden]");
        assert_eq!(service.seen()[0].header("x-identity-header"), Some(pass));
        let left = format!("{told:?} {}", desk.ledger());
        assert!(!left.contains("Canary") && !left.contains(&encoded[..16]), "{left}");
    }
}

#[test]
fn every_stage_has_its_end_and_its_name() {
    // Long enough to reach a port of this machine, however busy it is.
    let short = Duration::from_secs(3);
    let times = Times { connect: short, write: short, answer: short, leave: short };
    let client = Client::new(None, Proxies::default(), times).expect("this machine trusts somebody");
    // Connections are taken by the system, and nobody answers.
    let mute = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("it is bound")
    };
    let mute = mute.local_addr().map(|address| (mute, address)).expect("it is bound");
    for (url, stage) in [
        (format!("https://{closed}"), Stage::Connect),
        (format!("https://{}", mute.1), Stage::Handshake),
        // No resolver asks anybody for a name that is too long.
        (format!("https://{}.invalid", "long".repeat(20)), Stage::Lookup),
    ] {
        let begun = Instant::now();
        let failure = client.knock(&Url::parse(&url).expect("an address")).expect_err("nobody is there");
        assert_eq!(failure.stage, stage, "{url}: {failure}");
        assert!(begun.elapsed() < Duration::from_mins(1), "{url}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn no_core_file_can_be_written_while_a_secret_is_held() {
    use crate::service::When;
    let (service, desk) = (Service::chunks([Act::stall(When::All)]), Desk::new(rows(2)));
    let template = desk.command(&service, &["--timeout", "5"]);
    let mut command = std::process::Command::new(template.get_program());
    command.current_dir(desk.path()).args(template.get_args());
    for (name, value) in template.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let mut child =
        command.stderr(std::process::Stdio::null()).stdout(std::process::Stdio::null()).spawn().expect("it starts");
    while service.chunk_requests().is_empty() {
        assert!(child.try_wait().expect("it is ours").is_none(), "it ended before it sent anything");
        thread::sleep(Duration::from_millis(20));
    }
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id()));
    let line = std::fs::read_to_string(format!("/proc/{}/cmdline", child.id())).unwrap_or_default();
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert!(!line.contains("Canary"));
    // Where nobody but the owner of all may look, that is as good.
    if let Ok(limits) = limits {
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("it is listed");
        assert_eq!(core.split_whitespace().nth(4), Some("0"), "{core}");
    }
}
