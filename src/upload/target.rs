//! Where rows go: cloud, services and connector, checked before anything else happens.

use crate::finding::Printable;

use super::clouds::{CLOUDS, Cloud, OLD_PATH, RESOURCE, RETIRED, TEST_HOST};
use super::ids::{IdError, Ids};
use super::wire::{Url, UrlError};

/// What somebody chose, as written; from the mapping's `connector`, options and environment.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The cloud's name.
    pub cloud: Option<String>,
    /// The directory (tenant) id.
    pub tenant: Option<String>,
    /// The application (client) id.
    pub app: Option<String>,
    /// The connector's job id.
    pub job: Option<String>,
    /// Where tokens are issued, in place of the cloud's. Never from a mapping.
    pub authority: Option<String>,
    /// Where rows are sent, in place of the cloud's. Never from a mapping.
    pub ingest: Option<String>,
    /// What tokens are asked for, in place of the service. Never from a mapping.
    pub resource: Option<String>,
}

/// A connector and the services on the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The cloud.
    pub cloud: &'static Cloud,
    /// Tenant, app and job.
    pub ids: Ids,
    /// Where tokens are issued.
    pub authority: Url,
    /// Where rows are sent, path included.
    pub ingest: Url,
    /// What tokens are asked for.
    pub resource: String,
}

/// Why nothing can be sent there.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum TargetError {
    /// There is no such cloud.
    #[error("there is no cloud {0}")]
    #[diagnostic(code(hrlint::unknown_cloud), help("The clouds are {}.", CLOUDS.each_ref().map(|cloud| cloud.name).join(", ")))]
    Cloud(String),
    /// Ids are missing or wrong.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Id(#[from] IdError),
    /// An address is wrong.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Url(#[from] UrlError),
    /// Microsoft's own test ring.
    #[error("{TEST_HOST} is Microsoft's own test ring and refuses everybody else")]
    #[diagnostic(code(hrlint::test_ring_host), help("Leave --ingest-url out: the cloud's own host is used then."))]
    TestRing,
    /// The service of another cloud.
    #[error("{host} belongs to the cloud {of}, but the cloud {chosen} was chosen")]
    #[diagnostic(
        code(hrlint::host_of_other_cloud),
        help("Choose --cloud {of}, or leave --ingest-url and --authority out.")
    )]
    OtherCloud {
        /// The host.
        host: String,
        /// Whose it is.
        of: &'static str,
        /// What was chosen.
        chosen: &'static str,
    },
    /// The path of connectors made before 2020.
    #[error("the path {OLD_PATH} is that of connectors made before 2020")]
    #[diagnostic(code(hrlint::legacy_endpoint), help("Create a new connector, and leave --ingest-url out."))]
    OldPath,
    /// An application id that the service does not use any more.
    #[error("the resource is one that the service used before 2025")]
    #[diagnostic(code(hrlint::retired_resource), help("Leave --resource out: {RESOURCE} is asked for then."))]
    Retired,
    /// A resource that is no text of an address.
    #[error("the resource {0} is no identifier of a service")]
    #[diagnostic(code(hrlint::bad_resource), help("Leave --resource out: {RESOURCE} is asked for then."))]
    Resource(String),
}

impl Target {
    /// Checks a choice and fills it in.
    ///
    /// # Errors
    ///
    /// [`TargetError`], with the first thing that is wrong.
    pub fn new(choice: &Choice) -> Result<Self, TargetError> {
        let name = choice.cloud.as_deref().unwrap_or(CLOUDS[0].name);
        let unknown = || TargetError::Cloud(Printable::new(name).shortened(60).into_owned());
        let cloud = Cloud::find(name).ok_or_else(unknown)?;
        let ids = Ids::parse(choice.tenant.as_deref(), choice.app.as_deref(), choice.job.as_deref())?;
        let authority = Url::parse(choice.authority.as_deref().unwrap_or(cloud.authority))?;
        let ingest = Url::parse(choice.ingest.as_deref().unwrap_or(cloud.ingest))?;
        if ingest.host() == TEST_HOST {
            return Err(TargetError::TestRing);
        }
        if ingest.path().to_ascii_lowercase().contains(OLD_PATH) {
            return Err(TargetError::OldPath);
        }
        let host_of = |url: &str| Url::parse(url).map_or(String::new(), |url| url.host().to_owned());
        // Clouds share authorities, so only the ingest host tells them apart.
        let other = CLOUDS.iter().find(|other| *other != cloud && host_of(other.ingest) == ingest.host());
        if let Some(other) = other {
            let (host, of, chosen) = (ingest.host().to_owned(), other.name, cloud.name);
            return Err(TargetError::OtherCloud { host, of, chosen });
        }
        let resource = choice.resource.as_deref().unwrap_or(RESOURCE).trim();
        if RETIRED.iter().any(|retired| resource.to_ascii_lowercase().contains(retired)) {
            return Err(TargetError::Retired);
        }
        if resource.is_empty() || !resource.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TargetError::Resource(Printable::new(resource).shortened(80).into_owned()));
        }
        let ingest = if ingest.path().ends_with("/api/signals") { ingest } else { ingest.join("/api/signals") };
        Ok(Self { cloud, ids, authority, ingest, resource: resource.to_owned() })
    }

    /// Whether all services are the cloud's own.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.authority.to_string() == self.cloud.authority && self.ingest.to_string().starts_with(self.cloud.ingest)
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Target, TargetError};

    fn choice() -> Choice {
        Choice {
            tenant: Some("3f2504e0-4f89-41d3-9a0c-0305e82c3301".into()),
            app: Some("7d44448a-0e1a-4f9d-8a12-1f30a1c0b7aa".into()),
            job: Some("9b2f6a3c-5a01-4a70-b0a9-0c1c7a53d9e4".into()),
            ..Choice::default()
        }
    }

    fn wrong(change: impl FnOnce(&mut Choice)) -> TargetError {
        let mut choice = choice();
        change(&mut choice);
        Target::new(&choice).expect_err("it is wrong")
    }

    #[test]
    fn every_cloud_has_its_services() {
        let addresses = ["", "gcc", "GCC High", "gcc-high", "dod"].map(|cloud| {
            let cloud = (!cloud.is_empty()).then(|| cloud.to_owned());
            let target = Target::new(&Choice { cloud, ..choice() }).expect("it is fine");
            assert!(target.is_public());
            (target.authority.to_string(), target.ingest.to_string())
        });
        assert_eq!(addresses[0].0, "https://login.windows.net");
        // The vendor's script for this cloud sends two slashes.
        assert_eq!(addresses[1].1, "https://webhook-gcc.ingestion.office365.us/api/signals");
        assert_eq!(addresses[2], addresses[3]);
        assert_eq!(addresses[4].1, "https://webhook-itarl5.ingestion.apps.mil/api/signals");
    }

    #[test]
    fn what_cannot_work_is_refused_at_once() {
        assert!(matches!(wrong(|it| it.cloud = Some("china".into())), TargetError::Cloud(_)));
        let df = "https://webhook-df.ingestion.office.com".to_owned();
        assert!(matches!(wrong(|it| it.ingest = Some(df)), TargetError::TestRing));
        let gcc = "https://webhook-gcc.ingestion.office365.us/".to_owned();
        assert!(matches!(wrong(|it| it.ingest = Some(gcc)), TargetError::OtherCloud { of: "gcc", .. }));
        let old = "https://webhook.ingestion.office.com/api/signals/hr/termination/csv".to_owned();
        assert!(matches!(wrong(|it| it.ingest = Some(old)), TargetError::OldPath));
        let retired = "https://microsoft.onmicrosoft.com/4e476d41-2395-42be-89ff-34cb9186a1ac".to_owned();
        assert!(matches!(wrong(|it| it.resource = Some(retired)), TargetError::Retired));
        assert!(matches!(wrong(|it| it.authority = Some("http://login.example".into())), TargetError::Url(_)));
    }
}
