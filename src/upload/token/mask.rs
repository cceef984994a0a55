//! Secrets in what others say: hidden before anybody reads it.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretString};

use crate::finding::Printable;
use crate::upload::wire::percent_encoded;

/// What stands in the place of a secret.
const HIDDEN: &str = "[hidden]";

/// Most characters that are shown of what a service says.
const SHOWN: usize = 4096;

/// Secrets shorter than this are no secrets, and hiding them would garble every text.
const SHORTEST: usize = 6;

/// The secrets that must not be shown, in every spelling in which a service may repeat them.
#[derive(Default)]
pub struct Mask(Vec<SecretString>);

impl Mask {
    /// Adds a secret.
    pub fn add(&mut self, secret: &str) {
        if secret.len() < SHORTEST || self.0.iter().any(|known| known.expose_secret() == secret) {
            return;
        }
        self.0.push(secret.into());
        for spelt in [percent_encoded(secret), percent_encoded(secret).replace("%20", "+"), json(secret)] {
            if spelt != secret {
                self.0.push(spelt.into());
            }
        }
        // In base64 a text looks in three ways, by where it begins. The first and last letters may hold bits of others.
        for shift in 0..3 {
            let shifted = [&b"\0\0\0"[..shift], secret.as_bytes()].concat();
            for encoded in [BASE64_STANDARD_NO_PAD.encode(&shifted), BASE64_URL_SAFE_NO_PAD.encode(&shifted)] {
                let inner = encoded.get([0, 2, 3][shift]..encoded.len() - 1).unwrap_or("");
                if inner.len() >= SHORTEST {
                    self.0.push(inner.into());
                }
            }
        }
        self.0.sort_by_key(|known| std::cmp::Reverse(known.expose_secret().len()));
    }

    /// What somebody else said: without secrets, printable, and not too long.
    #[must_use]
    pub fn shown(&self, said: &[u8]) -> String {
        let text = self.hidden(&String::from_utf8_lossy(said));
        let shown = Printable::new(text.trim());
        self.hidden(&shown.shortened(SHOWN))
    }

    fn hidden(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| text.replace(secret.expose_secret(), HIDDEN))
    }
}

/// A text as it stands in JSON, without the quotes.
fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};

    use super::Mask;

    #[test]
    fn a_secret_is_hidden_in_every_spelling() {
        let secret = "Canary~8Q/+\"x secret ü";
        let mut mask = Mask::default();
        mask.add(secret);
        for before in ["", "a", "ab", "abc"] {
            let said = format!("{before}{secret}!");
            for text in [said.clone(), BASE64_STANDARD.encode(&said), BASE64_URL_SAFE.encode(&said)] {
                let shown = mask.shown(text.as_bytes());
                assert!(shown.contains("[hidden]") && !shown.contains("Canary"), "{text}: {shown}");
            }
        }
        for text in ["x=Canary~8Q%2F%2B%22x%20secret%20%C3%BC", "x=Canary~8Q%2F%2B%22x+secret+%C3%BC"] {
            assert_eq!(mask.shown(text.as_bytes()), "x=[hidden]");
        }
        assert_eq!(mask.shown(serde_json::json!([secret]).to_string().as_bytes()), "[\"[hidden]\"]");
    }

    #[test]
    fn what_is_said_is_printable_and_has_an_end() {
        let shown = Mask::default().shown(&[b"\x1b[31m::error::".to_vec(), vec![b'x'; 100_000]].concat());
        assert!(shown.starts_with("\\u{1b}[31m:\\:error") && shown.chars().count() <= 4096);
    }
}
