//! A large upload: how long it takes beside plain writes of the same bytes to a socket, and how much memory.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::service::Service;
use crate::{Desk, rows};

/// Rows, from the environment where somebody wants another number.
fn count() -> usize {
    std::env::var("ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(20_000)
}

/// Seconds for plain writes of these bytes, and for one byte back for each piece.
fn plain(bytes: &[u8], pieces: usize) -> Duration {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let size = bytes.len().div_ceil(pieces);
    let total = bytes.len();
    let reader = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody comes");
        let mut left = total;
        let mut buffer = vec![0; size];
        while left > 0 {
            let wanted = left.min(size);
            stream.read_exact(&mut buffer[..wanted]).expect("it comes");
            stream.write_all(b".").expect("it goes");
            left -= wanted;
        }
    });
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).expect("it listens");
    for piece in bytes.chunks(size) {
        stream.write_all(piece).expect("it goes");
        stream.read_exact(&mut [0]).expect("it comes");
    }
    reader.join().expect("it ends");
    begun.elapsed()
}

#[expect(clippy::print_stdout, reason = "its numbers are for whoever asks")]
/// `ROWS=1000000 cargo test --release --test upload volume -- --nocapture` gives the numbers of the README.
#[test]
fn a_large_upload_is_whole_and_memory_stays_flat() {
    let count = count();
    let (service, text) = (Service::good(), rows(count));
    let desk = Desk::new(&text);
    let template = desk.command(&service, &["--rows-per-call", "5000", "--rule", "exact-duplicate-row=off"]);
    let mut command = Command::new(template.get_program());
    command.current_dir(desk.path()).args(template.get_args()).env("HRLINT_APP_SECRET", crate::SECRET);
    let begun = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut peak = 0;
    let code = loop {
        if let Some(status) = child.try_wait().expect("it runs") {
            break status.code();
        }
        peak = peak.max(memory(child.id()));
        thread::sleep(Duration::from_millis(10));
    };
    let took = begun.elapsed();
    assert_eq!(code, Some(0));
    let files = service.files();
    assert_eq!(files.len(), count.div_ceil(5000));
    let sent: usize = files.iter().map(|file| memchr::memchr_iter(b'\n', file).count() - 1).sum();
    assert_eq!(sent, count);
    let plain = plain(text.as_bytes(), files.len());
    let megabytes = text.len() / 1_000_000;
    println!(
        "{count} rows, {megabytes} MB in {} chunks: {:.2} s, check, digests and encryption included; plain writes {:.2} s; \
         peak {} MiB",
        files.len(),
        took.as_secs_f64(),
        plain.as_secs_f64(),
        peak / 1024
    );
    // A file of 90 bytes a row is never held: blocks, one chunk and the index of duplicates are.
    assert!(peak < 400 * 1024, "{peak} KiB");
}

/// The most memory that a process has held, in KiB; 0 where it cannot be told.
fn memory(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
