//! The workbench: makes HR files of any size, and does with them what hrlint is compared with.
//!
//! `cargo bench --bench bench -- generate --kind clean --rows 7000000 --seed 1 --out FILE`. The comparison itself is
//! `tests/bench/run`.

#![allow(clippy::print_stdout, reason = "what a subcommand prints is its result")]

mod csv_loop;
mod dump;
mod generate;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use generate::{Dialect, Kind, Options, Scenario};

#[derive(Parser)]
struct Bench {
    #[command(subcommand)]
    task: Task,
    /// Given by `cargo bench`; without meaning here.
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Task {
    /// Writes an HR file.
    Generate(Generate),
    /// Walks over all cells with the csv crate, and prints how many there are.
    CsvLoop {
        /// The file.
        file: PathBuf,
    },
    /// Prints every record as one JSON object: `{"row":..,"line":..,"offset":..,"cells":[..]}`.
    Dump(dump::Dump),
}

#[derive(Args)]
struct Generate {
    /// What is in it.
    #[arg(long, value_enum)]
    kind: Kind,
    /// Records after the header.
    #[arg(long)]
    rows: u64,
    /// Decides everything that chance decides.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Key of the only scenario in the file, such as `resignation`.
    #[arg(long, value_parser = scenario)]
    scenario: Option<Scenario>,
    /// Between cells: one ASCII character.
    #[arg(long, default_value_t = ',')]
    delimiter: char,
    /// Lines end in CR LF.
    #[arg(long)]
    crlf: bool,
    /// Begins with a byte order mark.
    #[arg(long)]
    bom: bool,
    /// Some remarks hold line breaks and doubled quotes.
    #[arg(long)]
    breaks: bool,
    /// Where to write; standard output if not given.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let done = match Bench::parse().task {
        Task::Generate(generate) => generate.run(),
        Task::CsvLoop { file } => csv_loop::run(&file),
        Task::Dump(dump) => dump.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "bench: {error}");
            ExitCode::FAILURE
        }
    }
}

impl Generate {
    fn run(self) -> io::Result<()> {
        let mut options = Options::new(self.kind, self.seed);
        options.alone = self.scenario;
        options.breaks |= self.breaks;
        let delimiter = u8::try_from(self.delimiter).map_err(io::Error::other)?;
        options.dialect = Dialect { delimiter, crlf: self.crlf, bom: self.bom, ..options.dialect };
        match self.out {
            Some(path) => options.write(self.rows, &mut BufWriter::new(File::create(path)?)),
            None => options.write(self.rows, &mut io::stdout().lock()),
        }
    }
}

fn scenario(key: &str) -> Result<Scenario, String> {
    let keys: Vec<_> = Scenario::ALL.iter().map(|scenario| scenario.key()).collect();
    let found = Scenario::ALL.into_iter().find(|scenario| scenario.key() == key);
    found.ok_or_else(|| format!("none of {}", keys.join(", ")))
}
