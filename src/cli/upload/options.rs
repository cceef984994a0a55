//! What may be said to `hrlint upload`, and what it comes to.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum};

use crate::check::Cut;
use crate::cli::{check, options};
use crate::mapping::Connector;
use crate::upload::ledger::Wishes;
use crate::upload::wire::Times;
use crate::upload::{Choice, Dialect, Pace, Target};

#[derive(Args, Debug)]
#[group(skip)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the command line")]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    pub(super) check: check::Arguments,

    /// Show everything that would happen, and open no connection
    #[arg(long, env = "HRLINT_DRY_RUN", help_heading = "Upload", value_parser = BoolishValueParser::new())]
    pub(super) dry_run: bool,

    /// Send without a question
    #[arg(short, long, env = "HRLINT_YES", help_heading = "Upload", value_parser = BoolishValueParser::new())]
    pub(super) yes: bool,

    /// Send a file again that was sent before
    #[arg(long, env = "HRLINT_AGAIN", help_heading = "Upload", value_parser = BoolishValueParser::new())]
    again: bool,

    /// Send chunks again of which nobody knows whether they arrived
    #[arg(long, help_heading = "Upload", conflicts_with = "assume_sent")]
    resend_unknown: bool,

    /// Take chunks as sent of which nobody knows whether they arrived
    #[arg(long, help_heading = "Upload")]
    assume_sent: bool,

    /// Hours for which the receipt of a check is good
    #[arg(long, value_name = "HOURS", env = "HRLINT_RECEIPT_AGE", default_value_t = 24, help_heading = "Upload")]
    pub(super) receipt_age: u32,

    /// Most rows of one request
    #[arg(long, value_name = "N", env = "HRLINT_ROWS_PER_CALL", default_value_t = 5000, help_heading = "Upload",
          value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    rows_per_call: u64,

    /// Most bytes of one request
    #[arg(long, value_name = "BYTES", env = "HRLINT_BYTES_PER_CALL", default_value = "8m", help_heading = "Upload",
          value_parser = options::bytes)]
    bytes_per_call: u64,

    /// Seconds to wait for an answer
    #[arg(long, value_name = "SECONDS", env = "HRLINT_TIMEOUT", default_value_t = 400, help_heading = "Upload",
          value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,

    /// Seconds for which one request is tried again, where that can help
    #[arg(long, value_name = "SECONDS", env = "HRLINT_RETRY_FOR", default_value_t = 900, help_heading = "Upload",
          value_parser = clap::value_parser!(u64).range(0..=86_400))]
    retry_for: u64,

    /// Cloud: commercial, gcc, gccHigh or dod [default: the mapping's, else commercial]
    #[arg(long, value_name = "NAME", env = "HRLINT_CLOUD", help_heading = "Connector")]
    cloud: Option<String>,

    /// Directory (tenant) id [default: the mapping's]
    #[arg(long, value_name = "ID", env = "HRLINT_TENANT_ID", help_heading = "Connector")]
    tenant_id: Option<String>,

    /// Application (client) id [default: the mapping's]
    #[arg(long, value_name = "ID", env = "HRLINT_APP_ID", help_heading = "Connector")]
    app_id: Option<String>,

    /// The connector's job id [default: the mapping's]
    #[arg(long, value_name = "ID", env = "HRLINT_JOB_ID", help_heading = "Connector")]
    job_id: Option<String>,

    /// How to sign in [default: as the other options suggest]
    #[arg(long, value_name = "HOW", env = "HRLINT_AUTH", default_value = "auto", help_heading = "Sign-in")]
    pub(super) auth: SignIn,

    /// File that holds the app's secret and that only its owner can read
    #[arg(long, value_name = "FILE", env = "HRLINT_SECRET_FILE", help_heading = "Sign-in")]
    pub(super) secret_file: Option<PathBuf>,

    /// Command that prints the app's secret; run without a shell
    #[arg(long, value_name = "COMMAND", env = "HRLINT_SECRET_COMMAND", help_heading = "Sign-in")]
    pub(super) secret_command: Option<String>,

    /// PKCS #12 (.pfx, .p12) or PEM file with a certificate and its private key, in place of a secret
    #[arg(long, value_name = "FILE", env = "HRLINT_CERTIFICATE", help_heading = "Sign-in")]
    pub(super) certificate: Option<PathBuf>,

    /// File that holds the password of the PKCS #12 file and that only its owner can read
    /// [default: `HRLINT_CERTIFICATE_PASSWORD`, else none, else you are asked]
    #[arg(long, value_name = "FILE", env = "HRLINT_CERTIFICATE_PASSWORD_FILE", help_heading = "Sign-in")]
    pub(super) certificate_password_file: Option<PathBuf>,

    /// File with a token of somebody whom the app trusts, in place of a secret
    #[arg(long, value_name = "FILE", env = "HRLINT_FEDERATED_TOKEN_FILE", help_heading = "Sign-in")]
    pub(super) federated_token_file: Option<PathBuf>,

    /// Version of the token service
    #[arg(long, value_name = "VERSION", env = "HRLINT_TOKEN_VERSION", default_value = "v1", help_heading = "Sign-in")]
    token_version: Version,

    /// Token service, in place of the cloud's
    #[arg(long, value_name = "URL", env = "HRLINT_AUTHORITY", help_heading = "Private clouds and tests")]
    authority: Option<String>,

    /// Service that takes the rows, in place of the cloud's
    #[arg(long, value_name = "URL", env = "HRLINT_INGEST_URL", help_heading = "Private clouds and tests")]
    ingest_url: Option<String>,

    /// What tokens are asked for, in place of the service's id
    #[arg(long, value_name = "ID", env = "HRLINT_RESOURCE", help_heading = "Private clouds and tests")]
    resource: Option<String>,

    /// PEM file with certificates to trust besides those of this machine, such as that of a proxy
    #[arg(long, value_name = "FILE", env = "HRLINT_CA_FILE", help_heading = "Private clouds and tests")]
    pub(super) ca_file: Option<PathBuf>,
}

/// How to show who we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SignIn {
    /// By a certificate or a federated token if one is given, else by a secret.
    Auto,
    /// By the app's secret.
    Secret,
    /// By a certificate.
    Certificate,
    /// By the token in a file (`AZURE_FEDERATED_TOKEN_FILE`), as on Kubernetes.
    Federated,
    /// By a token of GitHub Actions.
    Github,
    /// By a service connection of Azure Pipelines.
    AzurePipelines,
    /// By a user-assigned managed identity, which is the connector's app.
    ManagedIdentity,
    /// By the identity of the machine itself, which is the connector's app.
    SystemIdentity,
}

/// The version of the token service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Version {
    /// With `resource`, as the vendor's script does.
    V1,
    /// With `scope`.
    V2,
}

impl Arguments {
    pub(super) fn target(&self, connector: &Connector) -> miette::Result<Target> {
        let or = |option: &Option<String>, mapped: &Option<String>| option.clone().or_else(|| mapped.clone());
        Ok(Target::new(&Choice {
            cloud: or(&self.cloud, &connector.cloud),
            tenant: or(&self.tenant_id, &connector.tenant_id),
            app: or(&self.app_id, &connector.app_id),
            job: or(&self.job_id, &connector.job_id),
            authority: self.authority.clone(),
            ingest: self.ingest_url.clone(),
            resource: self.resource.clone(),
        })?)
    }

    pub(super) fn cut(&self) -> Cut {
        Cut { rows: self.rows_per_call, bytes: self.bytes_per_call }
    }

    pub(super) fn wishes(&self) -> Wishes {
        Wishes { again: self.again, resend_unknown: self.resend_unknown, assume_sent: self.assume_sent }
    }

    pub(super) fn times(&self) -> Times {
        let times = Times { answer: Duration::from_secs(self.timeout), ..Times::default() };
        #[cfg(debug_assertions)]
        let times = Times { leave: leave_as_asked().unwrap_or(times.leave), ..times };
        times
    }

    pub(super) fn pace(&self) -> Pace {
        Pace { total: Duration::from_secs(self.retry_for), ..Pace::default() }
    }

    pub(super) fn dialect(&self) -> Dialect {
        match self.token_version {
            Version::V1 => Dialect::One,
            Version::V2 => Dialect::Two,
        }
    }
}

/// Waits longer for leave to send: a test's service may be slow on a busy machine. Not in released programs.
#[cfg(debug_assertions)]
fn leave_as_asked() -> Option<Duration> {
    std::env::var("HRLINT_TEST_LEAVE").ok()?.parse().ok().map(Duration::from_secs)
}
