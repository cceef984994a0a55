//! The way to a service: name, connection, proxy, encryption.

use std::io::{self, Read as _, Write as _};
use std::sync::Arc;
use std::time::Instant;

use rustls::pki_types::ServerName;
use secrecy::zeroize::Zeroizing;

use super::answer;
use super::proxy::Proxy;
use super::stream::{Encrypted, Stream, Timed, words};
use super::{Client, Failure, Stage, Url};
use crate::finding::Printable;

impl Client {
    /// Connects to a service, ready for a request.
    pub(super) fn route(&self, url: &Url) -> Result<Box<dyn Stream>, Failure> {
        let deadline = Instant::now() + self.times.connect;
        let mut stream: Box<dyn Stream> = match self.proxies.to(url) {
            None => Box::new(Timed::connect(&url.host, url.port, deadline)?),
            Some(proxy) => self.tunnel(proxy, url, deadline)?,
        };
        stream.until(deadline, self.times.connect);
        if url.tls { self.encrypted(stream, url) } else { Ok(stream) }
    }

    /// A connection through a proxy.
    fn tunnel(&self, proxy: &Proxy, url: &Url, deadline: Instant) -> Result<Box<dyn Stream>, Failure> {
        let at_proxy = |mut failure: Failure| {
            failure.reason = format!("the proxy: {}", failure.reason);
            failure
        };
        let mut stream: Box<dyn Stream> =
            Box::new(Timed::connect(&proxy.url.host, proxy.url.port, deadline).map_err(at_proxy)?);
        stream.until(deadline, self.times.connect);
        if proxy.url.tls {
            stream = self.encrypted(stream, &proxy.url).map_err(at_proxy)?;
        }
        let (host, port) = (&url.host, url.port);
        let target = if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
        let user = Zeroizing::new(proxy.authorization().unwrap_or_default());
        let head = Zeroizing::new(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{}\r\n", *user));
        let failed = |error: &io::Error| Failure {
            stage: Stage::Proxy,
            reason: format!("the proxy {} does not answer: {}", proxy.url, words(error)),
            passing: true,
        };
        stream.write_all(head.as_bytes()).and_then(|()| stream.flush()).map_err(|error| failed(&error))?;
        // What follows the head already belongs to the service, so it is read byte by byte.
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            match stream.read(&mut byte) {
                Ok(0) => return Err(failed(&io::ErrorKind::UnexpectedEof.into())),
                Ok(_) if head.len() >= answer::MOST_HEAD => {
                    return Err(failed(&io::Error::other("its answer has no end")));
                }
                Ok(_) => head.push(byte[0]),
                Err(error) => return Err(failed(&error)),
            }
        }
        let head = answer::parse(&head).ok().flatten().ok_or_else(|| failed(&io::Error::other("it speaks no HTTP")))?;
        match head.status {
            200..=299 => Ok(stream),
            status => {
                let phrase = Printable::new(&head.reason);
                let wants = if status == 407 {
                    "; it wants a user and a password, in HTTPS_PROXY=http://user:password@host:port (only Basic is supported)"
                } else {
                    ""
                };
                let reason = format!("the proxy {} refuses the way to {target}: {status} {phrase}{wants}", proxy.url);
                Err(Failure { stage: Stage::Proxy, reason, passing: matches!(status, 429 | 500..=504) })
            }
        }
    }

    fn encrypted(&self, mut stream: Box<dyn Stream>, url: &Url) -> Result<Box<dyn Stream>, Failure> {
        let refused = |reason: String, passing| Failure {
            stage: Stage::Handshake,
            reason: format!("cannot encrypt the connection to {}: {reason}", url.host),
            passing,
        };
        let name = ServerName::try_from(url.host.clone());
        let name = name.map_err(|_| refused("the name cannot stand in a certificate".to_owned(), false))?;
        let connection = rustls::ClientConnection::new(Arc::clone(&self.tls), name);
        let mut connection = connection.map_err(|error| refused(error.to_string(), false))?;
        while connection.is_handshaking() {
            if let Err(error) = connection.complete_io(&mut stream) {
                let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
                // What a certificate is worth does not change within minutes; a broken connection does.
                return Err(tls.map_or_else(|| refused(words(&error), true), |tls| refused(explained(tls), false)));
            }
        }
        Ok(Box::new(Encrypted { tls: rustls::StreamOwned::new(connection, stream) }))
    }
}

/// Why there is no encryption, for people.
fn explained(error: &rustls::Error) -> String {
    use rustls::CertificateError as Wrong;
    let said = match error {
        rustls::Error::InvalidCertificate(wrong) => match wrong {
            Wrong::Expired | Wrong::ExpiredContext { .. } => {
                "its certificate has expired (or this machine's clock is wrong)"
            }
            Wrong::NotValidYet | Wrong::NotValidYetContext { .. } => {
                "its certificate is not valid yet (or this machine's clock is wrong)"
            }
            Wrong::NotValidForName | Wrong::NotValidForNameContext { .. } => "its certificate is for another name",
            Wrong::UnknownIssuer | Wrong::BadSignature => {
                "nobody whom this machine trusts has issued its certificate; if a proxy of yours looks into connections, name \
                 its root certificate with --ca-file"
            }
            Wrong::Revoked => "its certificate was revoked",
            _ => return Printable::new(&error.to_string()).to_string(),
        },
        rustls::Error::PeerIncompatible(_) => "it offers no TLS 1.2 or 1.3",
        rustls::Error::InvalidMessage(_) => "it does not speak TLS",
        rustls::Error::AlertReceived(_) => "it refused the handshake",
        _ => return Printable::new(&error.to_string()).to_string(),
    };
    said.to_owned()
}
