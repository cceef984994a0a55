//! The vendor script's requests, re-enacted from its source, beside ours. We differ only where we mean to.

use crate::service::{Service, token};
use crate::{APP, Desk, JOB, SECRET, TENANT, rows};

/// A request of the vendor's script: request line, headers, fields or parts. From `sample_script.ps1` (lines 67 to 94 and
/// 143 to 207 of the copy of February 2026) and what `HttpClient` of .NET makes of it.
struct Trace {
    line: String,
    headers: &'static [(&'static str, &'static str)],
}

#[test]
fn the_request_for_a_token_is_the_script_s_but_for_what_is_explained() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    desk.upload(&service, &[]).says(0, "Upload Successful");
    let seen = service.seen().into_iter().find(crate::service::Seen::is_token).expect("there was one");
    let script = Trace {
        line: format!("POST /{TENANT}/oauth2/token?api-version=1.0 HTTP/1.1"),
        headers: &[("Content-Type", "application/x-www-form-urlencoded")],
    };
    assert_eq!(seen.line(), script.line);
    for (name, value) in script.headers {
        assert_eq!(seen.header(name), Some(*value));
    }
    let fields = [
        ("client_id", Some(APP)),
        ("client_secret", Some(SECRET)),
        ("grant_type", Some("client_credentials")),
        ("resource", Some("https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1")),
        // The script sends `tenant_id`, the vendor's flow `tenantId`, others nothing: the tenant stands in the path, and the
        // field is ignored.
        ("tenant_id", None),
    ];
    for (name, value) in fields {
        assert_eq!(seen.field(name).as_deref(), value, "{name}");
    }
    assert_eq!(seen.body.split(|byte| *byte == b'&').count(), 4, "there are no other fields");
    // No reason to announce a body this small, and nobody is asked to keep the connection.
    assert_eq!((seen.header("expect"), seen.header("connection")), (None, Some("close")));
}

#[test]
fn the_upload_is_the_script_s_but_for_what_is_explained() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    desk.upload(&service, &[]).says(0, "Upload Successful");
    let seen = &service.chunk_requests()[0];
    let script = Trace { line: format!("POST /api/signals?jobid={JOB} HTTP/1.1"), headers: &[] };
    assert_eq!(seen.line(), script.line);
    for (name, value) in script.headers {
        assert_eq!(seen.header(name), Some(*value));
    }
    // The script passes an array where a text is wanted, so that its header ends in a blank. Ours does not.
    assert_eq!(seen.header("authorization").map(str::to_owned), Some(format!("Bearer {}", token(1))));
    // .NET quotes the boundary and makes it of random digits; ours is a token that needs no quotes, made of the digest.
    let boundary = seen.header("content-type").and_then(|kind| kind.strip_prefix("multipart/form-data; boundary="));
    let boundary = boundary.expect("it is a form");
    assert!(boundary.starts_with("hrlint-") && boundary.len() <= 70, "{boundary}");
    // .NET writes `form-data; name=file; filename=tmp0001.txt; filename*=utf-8''tmp0001.txt`, the vendor's flow
    // `name = "file"`. The name is the field's; quotes are what the standard has; the file's name is nobody's business. The part
    // has no type of its own in any of them.
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"hr.csv\"";
    let expected = format!("--{boundary}\r\n{head}\r\n\r\n{}\r\n--{boundary}--\r\n", rows(2));
    assert_eq!(String::from_utf8_lossy(&seen.body), expected);
    assert_eq!(seen.header("content-length").map(str::to_owned), Some(expected.len().to_string()));
    // The script's client sends the body at once; we ask first, so that a refusal is heard before rows have left.
    assert_eq!(seen.header("expect"), Some("100-continue"));
    assert_eq!(seen.header("transfer-encoding"), None);
}

#[test]
fn the_second_version_asks_for_a_scope() {
    let (service, desk) = (Service::good(), Desk::new(rows(2)));
    desk.upload(&service, &["--token-version", "v2"]).says(0, "Upload Successful");
    let seen = &service.seen()[0];
    assert_eq!(seen.line(), format!("POST /{TENANT}/oauth2/v2.0/token HTTP/1.1"));
    let scope = "https://microsoft.onmicrosoft.com/86dfdabb-5089-4a0c-880a-cfa5a790c5b1/.default";
    assert_eq!((seen.field("scope").as_deref(), seen.field("resource")), (Some(scope), None));
}
