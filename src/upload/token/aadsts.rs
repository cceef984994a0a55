//! What Entra says when it gives no token, in plain words.

use std::time::SystemTime;

use serde_json::Value;

use super::{Asked, Mask, TokenError};
use crate::upload::wire::Answer;

/// A code of Entra: what it means, and what to do.
struct Meaning {
    code: u32,
    reason: &'static str,
    next: &'static str,
}

const IN_APP: &str = "In the Entra admin centre: App registrations, your app, Certificates & secrets.";

/// The codes that client credentials meet. A new one is a row here.
const MEANINGS: [Meaning; 15] = [
    Meaning {
        code: 7_000_215,
        reason: "the secret is wrong",
        next: "Often the secret's ID was copied in place of its value. The value is shown only once, when the secret is made: \
               make a new one and copy \"Value\".",
    },
    Meaning {
        code: 7_000_222,
        reason: "the secret has expired",
        next: "Make a new secret for the app, and note when it ends.",
    },
    Meaning {
        code: 7_000_216,
        reason: "neither a secret nor a certificate was sent",
        next: "Give the secret in HRLINT_APP_SECRET or with --secret-file.",
    },
    Meaning {
        code: 700_016,
        reason: "the app is not known in this tenant",
        next: "Check the app id and the tenant id, and that both are of the same cloud.",
    },
    Meaning { code: 90_002, reason: "there is no such tenant in this cloud", next: "Check the tenant id and --cloud." },
    Meaning { code: 900_023, reason: "the tenant id is none", next: "Check the tenant id." },
    Meaning { code: 900_384, reason: "the signed assertion is malformed", next: "Check the federated token's issuer." },
    Meaning {
        code: 700_027,
        reason: "the certificate's signature is not accepted",
        next: "Upload this very certificate to the app, and check that it has not expired and that this machine's clock is \
               right.",
    },
    Meaning {
        code: 700_024,
        reason: "the signed assertion is not valid at this time",
        next: "Check this machine's clock.",
    },
    Meaning {
        code: 500_011,
        reason: "the service that takes the rows is not known in this tenant",
        next: "Leave --resource out. If it still fails, an administrator must sign in to the connector's page once.",
    },
    Meaning {
        code: 7_000_112,
        reason: "the app was disabled",
        next: "Ask an administrator to enable it under Enterprise applications.",
    },
    Meaning {
        code: 7_000_229,
        reason: "the app has no service principal in this tenant",
        next: "Ask an administrator to create it under Enterprise applications.",
    },
    Meaning {
        code: 53_003,
        reason: "a conditional access policy forbids it",
        next: "Ask an administrator to let this workload in from this network.",
    },
    Meaning {
        code: 70_021,
        reason: "the app trusts no such federated identity",
        next: "Compare issuer, subject and audience of the federated credential with those of the token.",
    },
    Meaning {
        code: 700_213,
        reason: "the app trusts no federated identity of this subject",
        next: "Compare the subject of the federated credential with the repository, branch or environment of this job.",
    },
];

/// Why there is no token, of an answer that is no success.
pub(super) fn refusal(answer: &Answer, mask: &Mask, managed: bool) -> Asked {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let description = body["error_description"].as_str().unwrap_or("");
    let code = code(&body, description);
    let phrase = mask.shown(answer.reason.as_bytes());
    let status = format!("{} {phrase}", answer.status);
    // The identity service of a machine is gone while it is updated, for about a minute.
    let passing = answer.is_passing() || (managed && answer.status == 410);
    if passing && code.is_none_or(|code| MEANINGS.iter().all(|meaning| meaning.code != code)) {
        let reason = format!("the token service says {}", status.trim());
        return Asked::Later(reason, answer.retry_after(SystemTime::now()));
    }
    if (300..400).contains(&answer.status) {
        let reason =
            format!("the token service answers {} and sends us elsewhere, where no secret is sent", status.trim());
        return Asked::Never(TokenError::Unreachable { reason });
    }
    // The first line says it; the others are trace ids, which support wants.
    let said = match (body["error"].as_str(), description) {
        (_, description) if description.starts_with("AADSTS") => description.to_owned(),
        (Some(error), "") => error.to_owned(),
        (Some(error), description) => format!("{error}: {description}"),
        _ => String::from_utf8_lossy(&answer.body).into_owned(),
    };
    let said = mask.shown(said.as_bytes());
    let said = if said.is_empty() { status } else { said };
    let meaning = MEANINGS.iter().find(|meaning| Some(meaning.code) == code);
    let (reason, next) = match meaning {
        Some(meaning) => (format!("{} ({said})", meaning.reason), format!("{} {IN_APP}", meaning.next)),
        None if managed => (
            format!("the managed identity is refused ({said})"),
            "Check that this machine has a managed identity, and that it is the app of the connector.".to_owned(),
        ),
        None => (
            format!("the token service refuses us ({said})"),
            format!("Look the code up at https://login.microsoftonline.com/error. {IN_APP}"),
        ),
    };
    Asked::Never(TokenError::Refused { reason, next })
}

/// The number behind `AADSTS`.
fn code(body: &Value, description: &str) -> Option<u32> {
    let listed = body["error_codes"][0].as_u64().and_then(|code| u32::try_from(code).ok());
    listed.or_else(|| {
        let digits = description.split_once("AADSTS")?.1;
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        digits[..end].parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Asked, Mask, TokenError};
    use super::{MEANINGS, refusal};
    use crate::upload::wire::Answer;

    fn refused(status: u16, body: &str) -> Asked {
        refused_to(false, status, body)
    }

    fn refused_to(managed: bool, status: u16, body: &str) -> Asked {
        let (reason, headers) = ("Unauthorized".to_owned(), Vec::new());
        let answer = Answer { status, reason, headers, body: body.into(), cut: false, after_all: true };
        refusal(&answer, &Mask::default(), managed)
    }

    #[test]
    fn every_code_has_words_and_is_final() {
        for meaning in &MEANINGS {
            let body = format!(
                r#"{{"error":"invalid_client","error_description":"AADSTS{}: Nope. Trace ID: 1"}}"#,
                meaning.code
            );
            for status in [400, 401, 500] {
                let Asked::Never(TokenError::Refused { reason, next }) = refused(status, &body) else {
                    panic!("{} is not final", meaning.code)
                };
                assert!(reason.starts_with(meaning.reason) && reason.contains("Nope") && !next.is_empty());
            }
        }
    }

    #[test]
    fn outages_pass_and_others_do_not() {
        assert!(matches!(refused(503, ""), Asked::Later(..)));
        assert!(matches!(refused(429, "{}"), Asked::Later(..)));
        assert!(matches!(refused_to(true, 410, "{}"), Asked::Later(..)));
        assert!(matches!(refused(410, "{}"), Asked::Never(..)));
        assert!(matches!(refused(302, ""), Asked::Never(TokenError::Unreachable { .. })));
        let listed = r#"{"error":"invalid_client","error_codes":[7000222],"error_description":"x"}"#;
        assert!(
            matches!(refused(401, listed), Asked::Never(TokenError::Refused { reason, .. }) if reason.contains("expired"))
        );
        assert!(matches!(refused(400, "<html>"), Asked::Never(TokenError::Refused { .. })));
    }
}
