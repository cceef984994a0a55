//! The ids that name a connector, and what people get wrong about them.

use std::fmt;

use super::clouds::{RESOURCE, RETIRED};
use crate::finding::Printable;

/// The documentation's example of a tenant id, which is none: it holds a `g`.
const DOCUMENTED: &str = "d5723623-11cf-4e2e-b5a5-01d1506273g9";

/// An id in lower case, such as `3f2504e0-4f89-41d3-9a0c-0305e82c3301`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Id(String);

/// Which id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The directory.
    Tenant,
    /// The registered application.
    App,
    /// The connector.
    Job,
}

impl Which {
    fn title(self) -> &'static str {
        match self {
            Self::Tenant => "tenant id",
            Self::App => "app id",
            Self::Job => "job id",
        }
    }

    fn option(self) -> &'static str {
        match self {
            Self::Tenant => "--tenant-id",
            Self::App => "--app-id",
            Self::Job => "--job-id",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Tenant => "tenantId",
            Self::App => "appId",
            Self::Job => "jobId",
        }
    }

    fn place(self) -> &'static str {
        match self {
            Self::Tenant => "Copy \"Directory (tenant) ID\" from the app's overview in the Entra admin centre.",
            Self::App => "Copy \"Application (client) ID\" from the app's overview in the Entra admin centre.",
            Self::Job => "Copy the job id from the last page of the connector's wizard, or from the connector's page.",
        }
    }
}

/// What is wrong with the ids.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum IdError {
    /// Nobody named it.
    #[error("there is no {}", which.title())]
    #[diagnostic(
        code(hrlint::id_missing),
        help("Give it with {} or as `{}` under `connector` in the mapping. {}", which.option(), which.key(), which.place())
    )]
    Missing {
        /// Which.
        which: Which,
    },
    /// It is no GUID.
    #[error("the {} {shown} is no id of the form 8-4-4-4-12 hexadecimal digits", which.title())]
    #[diagnostic(code(hrlint::id_not_guid), help("{}", which.place()))]
    NotGuid {
        /// Which.
        which: Which,
        /// It, printable.
        shown: String,
    },
    /// It is an example or an id of the service.
    #[error("the {} {shown} is {what}", which.title())]
    #[diagnostic(code(hrlint::id_of_others), help("{}", which.place()))]
    Foreign {
        /// Which.
        which: Which,
        /// It, printable.
        shown: String,
        /// What it is.
        what: &'static str,
    },
    /// Two are the same.
    #[error("the {} and the {} are the same id", one.title(), other.title())]
    #[diagnostic(code(hrlint::ids_equal), help("{} {}", one.place(), other.place()))]
    Equal {
        /// One of them.
        one: Which,
        /// The other.
        other: Which,
    },
}

impl Id {
    /// Takes an id as people write it: any case, perhaps in braces.
    ///
    /// # Errors
    ///
    /// [`IdError`], if it is no GUID, an example, or an id of the service.
    pub fn parse(which: Which, text: &str) -> Result<Self, IdError> {
        let plain = text.trim().trim_start_matches('{').trim_end_matches('}').to_ascii_lowercase();
        let shown = || Printable::new(text).shortened(60).into_owned();
        let foreign = |what| Err(IdError::Foreign { which, shown: shown(), what });
        if plain == DOCUMENTED {
            return foreign("the example of the documentation");
        }
        if !is_guid(&plain) {
            return Err(IdError::NotGuid { which, shown: shown() });
        }
        if plain.bytes().all(|byte| byte == b'-' || byte == plain.as_bytes()[0]) {
            return foreign("a placeholder");
        }
        if RESOURCE.ends_with(&plain) || RETIRED.contains(&&*plain) {
            return foreign("the id of the service that takes the rows");
        }
        Ok(Self(plain))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The three ids of a connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// The directory.
    pub tenant: Id,
    /// The registered application.
    pub app: Id,
    /// The connector.
    pub job: Id,
}

impl Ids {
    /// Takes the ids as written.
    ///
    /// # Errors
    ///
    /// [`IdError`], if one is missing or wrong, or two are the same.
    pub fn parse(tenant: Option<&str>, app: Option<&str>, job: Option<&str>) -> Result<Self, IdError> {
        let id = |which, text: Option<&str>| Id::parse(which, text.ok_or(IdError::Missing { which })?);
        let ids = Self { tenant: id(Which::Tenant, tenant)?, app: id(Which::App, app)?, job: id(Which::Job, job)? };
        let named = [(Which::Tenant, &ids.tenant), (Which::App, &ids.app), (Which::Job, &ids.job)];
        for (at, (other, id)) in named.iter().enumerate() {
            if let Some((one, _)) = named[..at].iter().find(|(_, before)| before == id) {
                return Err(IdError::Equal { one: *one, other: *other });
            }
        }
        Ok(ids)
    }
}

/// Whether a text has the form of a GUID.
#[must_use]
pub fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let hexadecimal = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    hexadecimal && groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
}

#[cfg(test)]
mod tests {
    use super::{Id, IdError, Ids, Which};

    const A: &str = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    const B: &str = "7d44448a-0e1a-4f9d-8a12-1f30a1c0b7aa";
    const C: &str = "9b2f6a3c-5a01-4a70-b0a9-0c1c7a53d9e4";

    #[test]
    fn ids_are_guids_of_ones_own_and_three_of_them() {
        assert!(Ids::parse(Some(A), Some(&format!("{{{}}}", B.to_uppercase())), Some(C)).is_ok());
        assert_eq!(Ids::parse(Some(A), None, Some(C)), Err(IdError::Missing { which: Which::App }));
        for (one, other, ids) in [(Which::App, Which::Job, [A, B, B]), (Which::Tenant, Which::Job, [A, B, A])] {
            let equal = Ids::parse(Some(ids[0]), Some(ids[1]), Some(ids[2]));
            assert_eq!(equal, Err(IdError::Equal { one, other }));
        }
        let wrong = |text| Id::parse(Which::Tenant, text).expect_err("it is no id of anybody");
        assert!(matches!(wrong("contoso.onmicrosoft.com"), IdError::NotGuid { .. }));
        for foreign in [
            "d5723623-11cf-4e2e-b5a5-01d1506273g9",
            "00000000-0000-0000-0000-000000000000",
            "86dfdabb-5089-4a0c-880a-cfa5a790c5b1",
            "4e476d41-2395-42be-89ff-34cb9186a1ac",
        ] {
            assert!(matches!(wrong(foreign), IdError::Foreign { .. }), "{foreign}");
        }
    }
}
