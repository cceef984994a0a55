//! Where each rule has a page that a terminal can open.
//!
//! A link is made only to what is public: to the repository that the program was built from, if its manifest names one, or to the
//! address in `HRLINT_RULES_URL`, for whoever publishes `hrlint rules --format markdown` in the house.

use std::io::{IsTerminal as _, stdout};
use std::sync::OnceLock;

use supports_hyperlinks::Stream;

/// The page of all rules, as an address that a rule's name is put behind: where there is one, and standard output is a terminal that
/// knows links.
pub(super) fn on_terminal() -> Option<&'static str> {
    (stdout().is_terminal() && supports_hyperlinks::on(Stream::Stdout)).then(address).flatten()
}

fn address() -> Option<&'static str> {
    static ADDRESS: OnceLock<Option<String>> = OnceLock::new();
    let found = || match std::env::var("HRLINT_RULES_URL") {
        Ok(own) => valid(&own).then_some(own),
        Err(_) => published(env!("CARGO_PKG_REPOSITORY")),
    };
    ADDRESS.get_or_init(found).as_deref()
}

/// The page in a repository, as it was when this version was made.
fn published(repository: &str) -> Option<String> {
    let page = format!("{repository}/blob/v{}/schemas/rules.md", env!("CARGO_PKG_VERSION"));
    valid(repository).then_some(page)
}

/// Whether it is an address of the web and nothing that a terminal could obey.
fn valid(address: &str) -> bool {
    let is_web =
        address.strip_prefix("https://").or(address.strip_prefix("http://")).is_some_and(|rest| !rest.is_empty());
    is_web && address.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::{published, valid};

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        assert!(valid("https://rules.example/hrlint") && valid("http://localhost/x"));
        for wrong in
            ["", "https://", "file:///etc/passwd", "javascript:x", "https://x/\u{1b}]8;;", "https://x y", "https://é"]
        {
            assert!(!valid(wrong), "{wrong:?}");
        }
        assert_eq!(published(""), None);
    }
}
