//! `hrlint doctor`: the way to the service tested step by step, without sending any data.
//!
//! It takes what `upload` takes, so that a command line that fails can be examined by exchanging one word.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use clap::Args;

use crate::cli::{CLEAN, REFUSED, UNABLE, inputs, output};
use crate::finding::Printable;
use crate::mapping::Mapping;
use crate::upload::ledger::Ledger;
use crate::upload::wire::{Answer, Client, Failure, Request, Url};
use crate::upload::{Credential, Pace, Target, Tokens};

/// Clocks that differ by more are told: signed requests are refused from about five minutes on.
const MOST_SKEW: i64 = 120;

/// No second attempt: whoever asks is waiting.
const AT_ONCE: Pace = Pace { first: Duration::from_secs(1), longest: Duration::from_secs(1), total: Duration::ZERO };

/// How long another run's ledger is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Args, Debug)]
pub(in crate::cli) struct Doctor {
    #[command(flatten)]
    upload: super::Arguments,
}

/// What was found so far.
#[derive(Default)]
struct Findings {
    text: String,
    /// Something of ours is wrong: an id, a secret, the ledger.
    ours: bool,
    /// Something on the way is wrong.
    way: bool,
}

impl Findings {
    fn ok(&mut self, step: &str, what: &str) {
        self.line("ok", step, what);
    }

    fn line(&mut self, mark: &str, step: &str, what: &str) {
        writeln!(self.text, "{mark:<7} {step:<14} {what}").expect("memory takes it");
    }

    /// Something that keeps uploads from working, and what to do.
    fn wrong(&mut self, step: &str, what: &str, next: &str) {
        self.line("FAILED", step, what);
        writeln!(self.text, "{:<22} {next}", "").expect("memory takes it");
    }

    fn wrong_with_us(&mut self, step: &str, error: &miette::Report) {
        self.ours = true;
        let next = error.help().map_or_else(String::new, |help| help.to_string());
        self.wrong(step, &error.to_string(), &next);
    }

    fn wrong_on_the_way(&mut self, step: &str, what: &str, next: &str) {
        self.way = true;
        self.wrong(step, what, next);
    }
}

impl Doctor {
    pub(in crate::cli) fn run(self) -> miette::Result<u8> {
        super::secrets::guard();
        let upload = &self.upload;
        let here = [PathBuf::from(".")];
        let named = if upload.check.paths.is_empty() { &here[..] } else { &upload.check.paths[..] };
        let paths = named.iter().map(|path| Some(path.clone())).collect();
        let (_, mappings) = inputs::with_mappings(paths, upload.check.mapping.as_deref())?;
        let mut findings = Findings::default();
        // Once, however many mappings there are: a command may print the secret, or a person type it.
        let credential = upload.credential().inspect_err(|error| findings.wrong_with_us("sign-in", error)).ok();
        if let Some(credential) = &credential {
            findings.ok("sign-in", described(credential));
        }
        let client = upload.client().inspect_err(|error| findings.wrong_with_us("proxy and CA", error)).ok();
        for mapping in &mappings {
            if mappings.len() > 1 {
                let name = mapping.file.as_ref().map_or("the built-in mapping".into(), |file| file.to_string_lossy());
                writeln!(findings.text, "{}:", Printable::new(&name)).expect("memory takes it");
            }
            upload.examine(mapping, client.as_ref(), credential.as_ref(), &mut findings);
        }
        upload.examine_ledger(&mut findings);
        findings.text += "No data was sent.\n";
        output::print(&findings.text)?;
        Ok(match (findings.ours, findings.way) {
            (true, _) => UNABLE,
            (_, true) => REFUSED,
            _ => CLEAN,
        })
    }
}

impl super::Arguments {
    fn examine(
        &self,
        mapping: &Mapping,
        client: Option<&Client>,
        credential: Option<&Credential>,
        findings: &mut Findings,
    ) {
        let target =
            self.target(&mapping.connector).inspect_err(|error| findings.wrong_with_us("connector", error)).ok();
        if let Some(target) = &target {
            let ids = &target.ids;
            let of = format!("tenant {}, app {}, job {} ({})", ids.tenant, ids.app, ids.job, target.cloud.name);
            findings.ok("connector", &of);
        }
        let (Some(target), Some(client)) = (target, client) else { return };
        let way = |url: &Url| client.proxies().shown(url).map(|proxy| format!("by the proxy {proxy}"));
        findings.ok("proxy", &way(&target.ingest).unwrap_or_else(|| "none".to_owned()));
        self.examine_way(&target, client, credential, findings);
        let hosts = [&target.authority, &target.ingest].map(|url| (service(url), way(url)));
        let open = hosts.map(|(service, way)| way.map_or(service.clone(), |way| format!("{service} ({way})")));
        findings.line("", "firewall", &format!("must let this machine reach {} and {}", open[0], open[1]));
    }

    fn examine_way(&self, target: &Target, client: &Client, credential: Option<&Credential>, findings: &mut Findings) {
        let authority = service(&target.authority);
        match greet(client, &target.authority) {
            Err(failure) => findings.wrong_on_the_way("token service", &format!("{authority}: {failure}"), NEXT_OF_WAY),
            Ok(answer) => {
                findings.ok("token service", &format!("{authority} answers"));
                clock(&answer, findings);
                if let Some(credential) = credential {
                    let mut tokens = Tokens::new(client, target, credential, self.dialect(), AT_ONCE);
                    match tokens.token(&mut |_, _| {}) {
                        Ok(_) => findings.ok("token", "issued"),
                        Err(error) => {
                            let error = miette::Report::new(error);
                            let next = error.help().map_or_else(String::new, |help| help.to_string());
                            findings.wrong_on_the_way("token", &error.to_string(), &next);
                        }
                    }
                }
            }
        }
        let ingest = service(&target.ingest);
        match client.knock(&target.ingest) {
            Ok(()) => findings.ok("ingest", &format!("{ingest} can be reached, and its certificate is trusted")),
            Err(failure) => findings.wrong_on_the_way("ingest", &format!("{ingest}: {failure}"), NEXT_OF_WAY),
        }
    }

    fn examine_ledger(&self, findings: &mut Findings) {
        let opened = self.ledger().and_then(|path| Ledger::open(&path, PATIENCE));
        match opened {
            Err(error) => findings.wrong_with_us("ledger", &error.into()),
            Ok(ledger) => {
                let path = Printable::new(&ledger.path().to_string_lossy());
                let uploads = ledger.uploads().iter().count();
                findings.ok("ledger", &format!("{path}: whole, {} records, {uploads} uploads", ledger.head().0));
            }
        }
    }
}

const NEXT_OF_WAY: &str = "Ask whoever runs the network to open that host, port 443 unless it says otherwise. Behind a proxy \
                           set HTTPS_PROXY; if it inspects what is encrypted, name its certificate with --ca-file.";

/// Scheme, host and port.
fn service(url: &Url) -> String {
    let text = url.to_string();
    text.strip_suffix(url.path()).map_or(text.clone(), str::to_owned)
}

fn described(credential: &Credential) -> &'static str {
    match credential {
        Credential::Secret(_) => "by the app's secret",
        Credential::Certificate(_) => "by a certificate",
        Credential::Federation(_) => "by a federated token",
        Credential::Managed(_) => "by the machine's identity",
    }
}

/// Asks for the front page; whatever is answered, somebody is there.
fn greet(client: &Client, url: &Url) -> Result<Answer, Failure> {
    client.send(&Request {
        url,
        method: "GET",
        query: "",
        headers: Vec::new(),
        body: None,
        expect: false,
        progress: None,
    })
}

/// Compares this machine's clock with the one that the answer states.
fn clock(answer: &Answer, findings: &mut Findings) {
    let there = answer.header("date").and_then(|date| httpdate::parse_http_date(date).ok());
    let Some(there) = there else {
        return findings.ok("clock", "not compared: the token service does not say what time it is");
    };
    let here = SystemTime::now();
    let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
    let ahead = here.duration_since(there).map_or_else(|error| -seconds(error.duration()), seconds);
    let word = if ahead < 0 { "behind" } else { "ahead of" };
    let differs = format!("{} seconds {word} the token service", ahead.abs());
    if ahead.abs() <= MOST_SKEW {
        findings.ok("clock", &differs);
    } else {
        findings.ours = true;
        findings.wrong(
            "clock",
            &differs,
            "Set this machine's clock, and let it be kept by NTP: tokens are refused otherwise.",
        );
    }
}
