//! How reports look to people.

use std::io::{self, Write};

use hrlint::check::{Event, Summary};
use hrlint::report::{Fan, Format, Options, Values, sink};

use crate::samples::{PLAIN, Shared, everything, few_a_file, kinds, run, summary};

#[test]
fn pretty_draws_every_kind_of_finding() {
    insta::assert_snapshot!(few_a_file().written(Format::Pretty, &PLAIN));
}

#[test]
fn pretty_draws_the_first_of_many_findings() {
    insta::assert_snapshot!(everything().written(Format::Pretty, &PLAIN));
}

#[test]
fn pretty_shows_values_when_asked() {
    let options = Options { values: Values::Shown, ..PLAIN };
    insta::assert_snapshot!(few_a_file().written(Format::Pretty, &options));
}

#[test]
fn pretty_paints_by_severity() {
    let written =
        run(kinds().into_iter().take(4).collect()).written(Format::Pretty, &Options { colour: true, ..PLAIN });
    insta::assert_snapshot!(written.replace('\u{1b}', "ESC"));
}

#[test]
fn concise_is_one_line_a_finding() {
    insta::assert_snapshot!(everything().written(Format::Concise, &PLAIN));
}

#[test]
fn json_is_one_document() {
    insta::assert_snapshot!(everything().written(Format::Json, &PLAIN));
}

#[test]
fn jsonl_is_one_object_a_line() {
    let options = Options { values: Values::Shown, ..PLAIN };
    insta::assert_snapshot!(everything().written(Format::Jsonl, &options));
}

#[test]
fn a_clean_run_is_one_line_for_people() {
    let clean = run(Vec::new());
    insta::assert_snapshot!(clean.written(Format::Pretty, &PLAIN), @"Passed: nothing found. 1 file, 99,002 rows, 14.2 MB in 51 ms (278 MB/s).");
    insta::assert_snapshot!(clean.written(Format::Concise, &PLAIN), @"nothing found in 1 file");
}

#[test]
fn a_file_that_was_not_read_to_its_end_is_no_pass() {
    let mut clean = run(Vec::new());
    clean.summary = Summary { unchecked: 1, files: 2, ..summary(&[]) };
    insta::assert_snapshot!(clean.written(Format::Pretty, &PLAIN), @r"
    Incomplete: nothing found; 1 file could not be checked to the end.
    2 files, 99,002 rows, 14.2 MB in 51 ms (278 MB/s).
    ");
    insta::assert_snapshot!(clean.written(Format::Concise, &PLAIN), @"nothing found in 2 files; 1 file could not be checked to the end");
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in 40..=200 {
        for values in [Values::Masked, Values::Shown] {
            let options = Options { values, width, ..PLAIN };
            let written = [everything(), few_a_file()].map(|run| run.written(Format::Pretty, &options)).concat();
            for line in written.lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn colour_changes_no_character() {
    let plain = everything().written(Format::Pretty, &PLAIN);
    let painted = everything().written(Format::Pretty, &Options { colour: true, ..PLAIN });
    assert_ne!(plain, painted);
    // A painted margin keeps the blank that ends its line.
    let plain: Vec<&str> = plain.lines().map(str::trim_end).collect();
    let painted = crate::hostile::without_colour(&painted);
    assert_eq!(painted.lines().map(str::trim_end).collect::<Vec<_>>(), plain);
}

#[test]
fn a_fan_tells_every_listener_the_same() {
    let run = everything();
    let outs: Vec<Shared> = Format::ALL.iter().map(|_| Shared::default()).collect();
    let sinks =
        Format::ALL.iter().zip(&outs).map(|(&format, out)| sink(format, Box::new(out.clone()), &PLAIN)).collect();
    run.tell(&mut Fan::new(sinks));
    for (format, out) in Format::ALL.into_iter().zip(outs) {
        assert_eq!(
            String::from_utf8_lossy(&std::mem::take(&mut *out.0.lock().expect("no test panics while writing"))),
            run.written(format, &PLAIN),
            "{}",
            format.name()
        );
    }
}

#[test]
fn a_closed_pipe_is_handed_back_as_it_is() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    for format in Format::ALL {
        let mut sink = sink(format, Box::new(Closed), &PLAIN);
        // Some write at once, others at the end.
        let begun = sink.take(Event::Finding(&kinds()[3]));
        let error = begun.and_then(|()| sink.take(Event::Summary(&summary(&[])))).expect_err("the pipe is closed");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{}", format.name());
    }
}
