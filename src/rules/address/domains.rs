//! What is known of the part after the `@`, for the rules that speak of it.
//!
//! One domain has one finding: where the mapping lists `domains`, `domain-not-allowed` alone speaks of all others, and says
//! what it recognised; where it lists none, a sample's domain comes first, then one that cannot be reached, then a mail
//! provider's. A domain that is misspelt in itself (a dot at its edge, a letter with an accent) is left to those rules.

use super::parts::is_well_formed;
use super::{non_routable_domain, personal_mail_domain, sample_domain};
use crate::rules::Cell;

/// What the mapping says of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stated {
    /// It lists no domains.
    Nothing,
    /// The domain is among them.
    Listed,
    /// It is not.
    Unlisted,
}

/// What the mapping says of this cell's domain.
pub(super) fn stated(cell: &Cell<'_>, domain: &str) -> Stated {
    let listed = &cell.record.frame.domains;
    if listed.is_empty() {
        Stated::Nothing
    } else if listed.iter().any(|listed| listed.eq_ignore_ascii_case(domain)) {
        Stated::Listed
    } else {
        Stated::Unlisted
    }
}

/// What is odd about a domain, whatever the mapping says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It exists only in samples.
    Sample,
    /// It cannot be reached from outside.
    Unroutable(non_routable_domain::Reason),
    /// A public provider keeps mailboxes for everybody there.
    Personal,
}

/// What is odd about a well-formed domain.
pub(super) fn kind(domain: &str) -> Option<Kind> {
    if !is_well_formed(domain) {
        None
    } else if sample_domain::is_sample(domain) {
        Some(Kind::Sample)
    } else if let Some(reason) = non_routable_domain::reason(domain) {
        Some(Kind::Unroutable(reason))
    } else {
        personal_mail_domain::is_personal(domain).then_some(Kind::Personal)
    }
}

/// What is odd about the domain of a cell whose mapping says nothing of domains.
pub(super) fn kind_of(cell: &Cell<'_>) -> Option<Kind> {
    let (_, domain) = cell.address()?;
    if stated(cell, domain) == Stated::Nothing { kind(domain) } else { None }
}

/// Whether a domain is `parent` or below it.
pub(super) fn is_under(domain: &str, parent: &str) -> bool {
    let (domain, parent) = (domain.as_bytes(), parent.as_bytes());
    let Some(start) = domain.len().checked_sub(parent.len()) else { return false };
    domain[start..].eq_ignore_ascii_case(parent) && (start == 0 || domain[start - 1] == b'.')
}

#[cfg(test)]
mod tests {
    use super::{Kind, is_under, kind};

    #[test]
    fn the_most_telling_kind_comes_first() {
        assert_eq!(kind("mail.example"), Some(Kind::Sample));
        assert_eq!(kind("REPLACE_ME"), Some(Kind::Sample));
        assert!(matches!(kind("contoso.local"), Some(Kind::Unroutable(_))));
        assert_eq!(kind("gmail.com"), Some(Kind::Personal));
        assert_eq!(kind("northwind-energy.de"), None);
        assert_eq!(kind("gmail.com."), None);
    }

    #[test]
    fn a_domain_is_under_itself_and_its_parents() {
        assert!(is_under("hr.Contoso.com", "contoso.com") && is_under("contoso.com", "contoso.com"));
        assert!(!is_under("mycontoso.com", "contoso.com") && !is_under("com", "contoso.com"));
    }
}
