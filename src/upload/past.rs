//! What the ledger tells the rules: files that were sent to their end, as counts and digests.

use super::ledger::{Key, UploadPast, Uploads};
use crate::mapping::Connector;
use crate::rules::past::{Past, Sent};

/// What was sent to the tenant of a connector before.
#[must_use]
pub fn of_key(uploads: &Uploads, key: &Key) -> Past {
    let complete = uploads.iter().filter(|upload| upload.is_complete() && upload.begin.key.same_tenant(key));
    let sent = |upload: &UploadPast| Sent {
        day: upload.last.date_naive(),
        same_connector: upload.begin.key.same_connector(key),
        digest: upload.begin.key.digest.0,
        bytes: upload.begin.bytes,
        scenarios: upload.begin.scenarios.iter().map(|of| (of.scenario.clone(), of.rows)).collect(),
    };
    Past { sent: complete.map(sent).collect() }
}

/// What was sent before to the connector that a mapping names, as far as it names it; where it names none, to the only connector
/// that the ledger knows. `None` if that could be several.
#[must_use]
pub fn of_connector(uploads: &Uploads, connector: &Connector) -> Option<Past> {
    let is =
        |stated: &Option<String>, known: &str| stated.as_ref().is_none_or(|stated| stated.eq_ignore_ascii_case(known));
    let named = |key: &Key| {
        let Connector { cloud, tenant_id, job_id, .. } = connector;
        is(cloud, &key.cloud) && is(tenant_id, &key.tenant) && is(job_id, &key.job)
    };
    let mut keys = uploads.iter().map(|upload| &upload.begin.key).filter(|key| named(key));
    let Some(first) = keys.next() else { return Some(Past::default()) };
    keys.all(|key| key.same_connector(first)).then(|| of_key(uploads, first))
}
