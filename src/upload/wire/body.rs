//! The body of an answer, as far as it is kept.

use std::io::{self, Read};

use super::answer::{Head, MOST_BODY};

/// How the end of a body is told.
enum Length {
    Known(usize),
    Chunked,
    UntilClosed,
}

/// Reads the body behind a head; `begun` is what was already read of it. The second value says whether there was more.
pub(super) fn read(stream: &mut dyn Read, head: &Head, begun: &[u8]) -> (Vec<u8>, bool) {
    if matches!(head.status, 204 | 304) {
        return (Vec::new(), false);
    }
    let mut source = begun.chain(stream);
    match length(head) {
        Length::Known(length) => {
            let body = up_to(&mut source, length.min(MOST_BODY));
            let cut = body.len() < length;
            (body, cut)
        }
        Length::UntilClosed => {
            let mut body = up_to(&mut source, MOST_BODY + 1);
            let cut = body.len() > MOST_BODY;
            body.truncate(MOST_BODY);
            (body, cut)
        }
        Length::Chunked => {
            let mut body = Vec::new();
            let whole = chunks(&mut source, &mut body).is_ok();
            (body, !whole)
        }
    }
}

fn length(head: &Head) -> Length {
    if head.header("transfer-encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked")) {
        return Length::Chunked;
    }
    match head.header("content-length").map(|length| length.trim().parse()) {
        Some(Ok(length)) => Length::Known(length),
        _ => Length::UntilClosed,
    }
}

/// Reads so many bytes, or fewer where no more come. The status is known by now: how a body ends changes nothing.
fn up_to(source: &mut dyn Read, most: usize) -> Vec<u8> {
    let mut body = Vec::new();
    let mut part = [0; 4096];
    while body.len() < most {
        let wanted = part.len().min(most - body.len());
        match source.read(&mut part[..wanted]) {
            Ok(0) => break,
            Ok(read) => body.extend_from_slice(&part[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    body
}

/// Reads a body that comes in chunks. An error: it was cut, has more than is kept, or is garbage.
fn chunks(source: &mut dyn Read, body: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let size = line(source)?;
        let size = size.split(';').next().unwrap_or("").trim();
        let size = usize::from_str_radix(size, 16).map_err(io::Error::other)?;
        if size == 0 {
            return Ok(());
        }
        let room = MOST_BODY - body.len();
        let part = up_to(source, size.min(room));
        let whole = part.len() == size;
        body.extend_from_slice(&part);
        if !whole || !line(source)?.is_empty() {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}

fn line(source: &mut dyn Read) -> io::Result<String> {
    let mut line = Vec::new();
    let mut byte = [0];
    while line.len() < 256 {
        source.read_exact(&mut byte)?;
        if byte[0] == b'\n' {
            return String::from_utf8(line).map(|line| line.trim_end().to_owned()).map_err(io::Error::other);
        }
        line.push(byte[0]);
    }
    Err(io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::super::answer::{MOST_BODY, parse};
    use super::read;

    fn body(head: &str, rest: &[u8]) -> (Vec<u8>, bool) {
        let head = parse(format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes()).expect("HTTP").expect("complete");
        let (begun, mut later) = rest.split_at(rest.len() / 2);
        read(&mut later, &head, begun)
    }

    #[test]
    fn bodies_end_as_their_heads_say() {
        assert_eq!(body("Content-Length: 4\r\n", b"fourfive"), (b"four".to_vec(), false));
        assert_eq!(body("Content-Length: 9\r\n", b"four"), (b"four".to_vec(), true));
        assert_eq!(body("", b"four"), (b"four".to_vec(), false));
        let chunked = "Transfer-Encoding: chunked\r\n";
        assert_eq!(body(chunked, b"4;x=y\r\nfour\r\n2\r\n!!\r\n0\r\n\r\n"), (b"four!!".to_vec(), false));
        assert_eq!(body(chunked, b"4\r\nfour\r\nzz\r\n"), (b"four".to_vec(), true));
        assert_eq!(body(chunked, b"ffffffffffffffffff\r\nfour"), (Vec::new(), true));
    }

    #[test]
    fn no_more_is_kept_than_is_useful() {
        for head in ["Content-Length: 10000000\r\n", "", "Transfer-Encoding: chunked\r\n"] {
            let rest = [b"989680\r\n".to_vec(), vec![b'x'; 10_000_000]].concat();
            let (kept, cut) = body(head, &rest);
            assert!(kept.len() == MOST_BODY && cut, "{head}");
        }
    }
}
