//! One connection, served or mistreated.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::act::{Act, Reply, When};
use super::{Seen, State, lock};

/// How long a stall lasts: longer than any test waits.
const LONG: Duration = Duration::from_mins(2);

type Tls = StreamOwned<ServerConnection, TcpStream>;

/// The token that is good, by its number.
pub(crate) fn token(number: usize) -> String {
    format!("CanaryToken.{number}.9f8e7d6c5b4a")
}

pub(super) fn serve(tcp: TcpStream, config: Arc<ServerConfig>, state: &Mutex<State>) {
    attend(tcp, config, state);
    lock(state).ended += 1;
}

fn attend(tcp: TcpStream, config: Arc<ServerConfig>, state: &Mutex<State>) {
    let early = {
        let mut state = lock(state);
        state.connections += 1;
        // What a connection is for is only known once its head was read; until a token was issued, it is for one.
        let is_early = |act: &&Act| matches!(act.when, When::Accepted | When::Encrypted | When::InHead(_));
        let early = state.chunks.front().filter(|_| state.issued > 0).filter(is_early).cloned();
        if early.is_some() {
            state.chunks.pop_front();
        }
        early
    };
    if let Some(Act { when: When::Accepted, reply, .. }) = &early {
        return finish_tcp(&tcp, reply);
    }
    let connection = ServerConnection::new(config).expect("the configuration is complete");
    let mut stream = StreamOwned::new(connection, tcp);
    if let Some(act) = early {
        while stream.conn.is_handshaking() {
            if stream.conn.complete_io(&mut stream.sock).is_err() {
                return;
            }
        }
        if let When::InHead(bytes) = act.when {
            drop(stream.read_exact(&mut vec![0; bytes]));
        }
        return reply(&mut stream, &act.reply);
    }
    // Whoever goes away in the middle is of no interest.
    drop(request(&mut stream, state));
}

fn finish_tcp(mut tcp: &TcpStream, reply: &Reply) {
    match reply {
        Reply::Nothing => thread::sleep(LONG),
        Reply::Text(text) => drop(tcp.write_all(text)),
        _ => {}
    }
}

fn request(stream: &mut Tls, state: &Mutex<State>) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).expect("heads are ASCII");
    let mut seen = Seen { head, body: Vec::new(), whole: false };
    let (act, hook) = {
        let mut state = lock(state);
        if seen.is_token() { (state.tokens.pop_front(), None) } else { (state.chunks.pop_front(), state.hook.take()) }
    };
    let length: usize = seen.header("content-length").map_or(0, |length| length.parse().expect("a number"));
    // Written down before it is answered: whoever has the answer may look.
    exchange(stream, &mut seen, length, act, hook, state)
}

fn exchange(
    stream: &mut Tls,
    seen: &mut Seen,
    length: usize,
    act: Option<Act>,
    hook: Option<Box<dyn FnOnce() + Send>>,
    state: &Mutex<State>,
) -> std::io::Result<()> {
    let note = |seen: &Seen| lock(state).seen.push(seen.clone());
    if let Some(act) = act.as_ref().filter(|act| act.when == When::Head) {
        note(seen);
        reply(stream, &act.reply);
        return Ok(());
    }
    let leave = act.as_ref().is_none_or(|act| act.leave);
    if seen.header("expect").is_some() && leave {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        stream.flush()?;
    }
    let until = match act.as_ref().map(|act| act.when) {
        Some(When::Body(bytes)) => bytes.min(length),
        _ => length,
    };
    seen.body.resize(until, 0);
    stream.read_exact(&mut seen.body)?;
    seen.whole = until == length;
    note(seen);
    if let Some(hook) = hook {
        hook();
    }
    match act {
        Some(Act { when: When::InAnswer, .. }) => {
            stream.write_all(b"HTTP/1.1 200 O")?;
            stream.flush()?;
        }
        Some(act) => reply(stream, &act.reply),
        None => good(stream, seen, state)?,
    }
    Ok(())
}

/// What the true services answer.
fn good(stream: &mut Tls, seen: &Seen, state: &Mutex<State>) -> std::io::Result<()> {
    let body = if seen.is_token() {
        let mut state = lock(state);
        state.issued += 1;
        let token = token(state.issued);
        format!(r#"{{"token_type":"Bearer","expires_in":"3599","access_token":"{token}"}}"#)
    } else {
        String::new()
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}")?;
    stream.conn.send_close_notify();
    stream.flush()
}

fn reply(stream: &mut Tls, reply: &Reply) {
    let end = |stream: &mut Tls| {
        stream.conn.send_close_notify();
        drop(stream.flush());
    };
    match reply {
        Reply::Cut => {}
        Reply::Nothing => thread::sleep(LONG),
        Reply::Text(text) => {
            drop(stream.write_all(text));
            end(stream);
            // Whatever is still on its way is taken, so that the answer is not lost in a reset, until the other side hangs up.
            drop(stream.sock.set_read_timeout(Some(LONG)));
            drop(std::io::copy(&mut stream.sock, &mut std::io::sink()));
        }
        Reply::Drip(text) => {
            for byte in text {
                if stream.write_all(&[*byte]).and_then(|()| stream.flush()).is_err() {
                    return;
                }
                thread::sleep(Duration::from_millis(400));
            }
        }
        Reply::Endless(begin, more) => {
            let mut sent = stream.write_all(begin);
            while sent.is_ok() {
                sent = stream.write_all(more);
            }
        }
    }
}
