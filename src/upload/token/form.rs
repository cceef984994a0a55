//! A form as browsers send it. It may hold a secret.

use secrecy::zeroize::Zeroizing;

use crate::upload::wire::percent_encoded;

/// Fields of a form, in the order in which they were added.
pub(super) struct Form(Zeroizing<String>);

impl Form {
    pub(super) fn new() -> Self {
        // Room for a certificate's assertion, so that no copy of a secret is left behind by growing.
        Self(Zeroizing::new(String::with_capacity(32 * 1024)))
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(&Zeroizing::new(percent_encoded(value)));
    }

    pub(super) fn into_text(self) -> Zeroizing<String> {
        self.0
    }
}
