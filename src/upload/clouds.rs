//! The clouds that Microsoft runs, one row each.

/// The resource (the service's application id URI) that tokens are asked for, in every cloud since 2025.
pub const RESOURCE: &str = "https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1";

/// A cloud, and where its token and ingest services are. As in the vendor's sample scripts.
#[derive(Debug, PartialEq, Eq)]
pub struct Cloud {
    /// Its name in mappings and options.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// Where tokens are issued; the tenant and the path follow.
    pub authority: &'static str,
    /// Where rows are sent; the path follows.
    pub ingest: &'static str,
}

/// All clouds. A new one is a row here.
pub const CLOUDS: [Cloud; 4] = [
    Cloud {
        name: "commercial",
        title: "Microsoft 365",
        authority: "https://login.windows.net",
        ingest: "https://webhook.ingestion.office.com",
    },
    Cloud {
        name: "gcc",
        title: "Government Community Cloud (GCC)",
        authority: "https://login.microsoftonline.com",
        ingest: "https://webhook-gcc.ingestion.office365.us",
    },
    Cloud {
        name: "gccHigh",
        title: "GCC High (ITAR L4)",
        authority: "https://login.microsoftonline.us",
        ingest: "https://webhook-itarl4.ingestion.office365.us",
    },
    Cloud {
        name: "dod",
        title: "Department of Defense (ITAR L5)",
        authority: "https://login.microsoftonline.us",
        ingest: "https://webhook-itarl5.ingestion.apps.mil",
    },
];

/// Application ids of the service that tokens were asked for before 2025.
pub(super) const RETIRED: [&str; 4] = [
    "4e476d41-2395-42be-89ff-34cb9186a1ac",
    "64342688-40f0-476d-8f18-ccf14147bae1",
    "66ace435-1e6f-4305-8abc-96f365388077",
    "f02f9b48-c294-47cf-9b1a-86c1ef71896d",
];

/// The host of Microsoft's own test ring, which stood in the first script and refuses everybody.
pub(super) const TEST_HOST: &str = "webhook-df.ingestion.office.com";

/// The path of connectors made before 2020.
pub(super) const OLD_PATH: &str = "hr/termination/csv";

impl Cloud {
    /// The cloud of that name, without regard to case, dashes and blanks.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        let plain = |name: &str| name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        CLOUDS.iter().find(|cloud| plain(cloud.name) == plain(name))
    }
}
