//! A connection on which every read and write has an end.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::{Failure, Stage};
use crate::finding::Printable;

/// Bytes that go to another place and come from there.
pub(super) trait Stream: Read + Write {
    /// Until when what follows must be done, and how long a single wait may last.
    fn until(&mut self, deadline: Instant, each: Duration);

    /// Whether reads return at once when nothing is there.
    fn hurry(&mut self, hurry: bool);

    /// Says that nothing more will be sent.
    fn close(&mut self);
}

/// A plain connection.
pub(super) struct Timed {
    tcp: TcpStream,
    deadline: Instant,
    each: Duration,
    hurry: bool,
}

impl Timed {
    /// Connects to a host within the time; its addresses are tried one after the other.
    pub(super) fn connect(host: &str, port: u16, deadline: Instant) -> Result<Self, Failure> {
        let addresses = lookup(host, port, deadline)?;
        let mut last = None;
        for address in &addresses {
            let left = left(deadline).map_err(|error| failed(Stage::Connect, host, &error))?;
            // A dead address must not use up the time of the others.
            let share = if addresses.len() > 1 { left.min(Duration::from_secs(10)) } else { left };
            match TcpStream::connect_timeout(address, share) {
                Ok(tcp) => {
                    // Without it the last piece of a body waits for the other side's acknowledgement.
                    drop(tcp.set_nodelay(true));
                    return Ok(Self { tcp, deadline, each: share, hurry: false });
                }
                Err(error) => last = Some(error),
            }
        }
        let error = last.unwrap_or_else(|| io::Error::other("the name has no address"));
        Err(failed(Stage::Connect, host, &error))
    }

    fn wait(&self) -> io::Result<Duration> {
        Ok(left(self.deadline)?.min(self.each))
    }
}

/// Looks a name up. The operating system may take any time for it, so another thread does it.
fn lookup(host: &str, port: u16, deadline: Instant) -> Result<Vec<SocketAddr>, Failure> {
    let (sender, receiver) = mpsc::channel();
    let name = (host.to_owned(), port);
    std::thread::spawn(move || {
        let found = (&*name.0, name.1).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
        // Whoever asked may have given up.
        drop(sender.send(found));
    });
    let wait = deadline.saturating_duration_since(Instant::now());
    let found = receiver.recv_timeout(wait).unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()));
    found.map_err(|error| failed(Stage::Lookup, host, &error))
}

fn left(deadline: Instant) -> io::Result<Duration> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
}

/// A failure before anything was sent.
fn failed(stage: Stage, host: &str, error: &io::Error) -> Failure {
    let host = Printable::new(host);
    let doing = if stage == Stage::Lookup { "cannot find" } else { "cannot connect to" };
    Failure { stage, reason: format!("{doing} {host}: {}", words(error)), passing: true }
}

/// What went wrong on a connection.
pub(super) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "it took too long".to_owned(),
        io::ErrorKind::ConnectionRefused => "the connection was refused".to_owned(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionAborted => {
            "the connection was cut".to_owned()
        }
        io::ErrorKind::UnexpectedEof => "the connection ended too early".to_owned(),
        _ => Printable::new(&error.to_string()).to_string(),
    }
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.hurry {
            self.tcp.set_nonblocking(true)?;
            let read = self.tcp.read(buffer);
            self.tcp.set_nonblocking(false)?;
            return read;
        }
        self.tcp.set_read_timeout(Some(self.wait()?))?;
        self.tcp.read(buffer)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tcp.set_write_timeout(Some(self.wait()?))?;
        self.tcp.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tcp.flush()
    }
}

impl Stream for Timed {
    fn until(&mut self, deadline: Instant, each: Duration) {
        (self.deadline, self.each) = (deadline, each);
    }

    fn hurry(&mut self, hurry: bool) {
        self.hurry = hurry;
    }

    fn close(&mut self) {}
}

/// A connection within which everything is encrypted.
pub(super) struct Encrypted {
    pub(super) tls: rustls::StreamOwned<rustls::ClientConnection, Box<dyn Stream>>,
}

impl Read for Encrypted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.tls.read(buffer)
    }
}

impl Write for Encrypted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tls.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tls.flush()
    }
}

impl Stream for Encrypted {
    fn until(&mut self, deadline: Instant, each: Duration) {
        self.tls.sock.until(deadline, each);
    }

    fn hurry(&mut self, hurry: bool) {
        self.tls.sock.hurry(hurry);
    }

    fn close(&mut self) {
        self.tls.conn.send_close_notify();
        // The answer is known; that the other side is gone changes nothing.
        drop(self.tls.flush());
        self.tls.sock.close();
    }
}
