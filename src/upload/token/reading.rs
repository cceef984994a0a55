//! The answer that holds a token, read strictly: it becomes a header of every request.

use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;

use crate::upload::wire::Answer;

/// Most bytes of a token; headers that are larger are refused everywhere.
const LONGEST: usize = 32 * 1024;

/// The token and how long it lasts.
pub(super) fn token(answer: &Answer) -> Result<(SecretString, Duration), String> {
    if answer.is_page() {
        return Err("a web page came back: a proxy or a login page answered in place of the token service".to_owned());
    }
    if answer.cut {
        return Err("the token service's answer was cut short".to_owned());
    }
    let answer: Value =
        serde_json::from_slice(&answer.body).map_err(|_| "the token service's answer is no JSON".to_owned())?;
    let kind = answer["token_type"].as_str().unwrap_or("");
    if !kind.eq_ignore_ascii_case("bearer") {
        return Err("the token service's answer holds no bearer token".to_owned());
    }
    let text = answer["access_token"].as_str().unwrap_or("");
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    if text.is_empty() || text.len() > LONGEST || !text.bytes().all(is_token) {
        return Err("the token service's answer holds no token that could be sent".to_owned());
    }
    // A string in the first version, a number in the second.
    let lasts = &answer["expires_in"];
    let lasts = lasts.as_i64().or_else(|| lasts.as_str()?.trim().parse().ok()).unwrap_or(3600);
    let lasts = Duration::from_secs(lasts.clamp(60, 24 * 3600).unsigned_abs());
    Ok((text.into(), lasts))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use secrecy::ExposeSecret as _;

    use super::token;
    use crate::upload::wire::Answer;

    fn read(body: &str) -> Result<(String, Duration), String> {
        let (reason, headers) = (String::new(), Vec::new());
        let answer = Answer { status: 200, reason, headers, body: body.into(), cut: false, after_all: true };
        token(&answer).map(|(text, lasts)| (text.expose_secret().to_owned(), lasts))
    }

    #[test]
    fn both_versions_are_read() {
        let hour = Duration::from_secs(3599);
        let one = r#"{"token_type":"Bearer","expires_in":"3599","access_token":"aA0.-_~+/="}"#;
        assert_eq!(read(one), Ok(("aA0.-_~+/=".into(), hour)));
        assert_eq!(read(r#"{"token_type":"bearer","expires_in":3599,"access_token":"x"}"#), Ok(("x".into(), hour)));
        let lasts = |text: &str| read(&format!(r#"{{"token_type":"Bearer","expires_in":{text},"access_token":"x"}}"#));
        assert_eq!(lasts("-1").map(|it| it.1), Ok(Duration::from_mins(1)));
        assert_eq!(lasts("99999999999").map(|it| it.1), Ok(Duration::from_hours(24)));
    }

    #[test]
    fn what_is_no_token_is_never_sent() {
        for wrong in [
            "",
            "<html>",
            "[]",
            r#"{"token_type":"Bearer"}"#,
            r#"{"token_type":"Bearer","access_token":null}"#,
            r#"{"token_type":"mac","access_token":"x"}"#,
            "{\"token_type\":\"Bearer\",\"access_token\":\"x\\r\\nHost: evil\"}",
            r#"{"token_type":"Bearer","access_token":"x y"}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
