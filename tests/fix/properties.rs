//! Many faults at a time in small files, mended with every choice of repairs.
//!
//! `HRLINT_TEST_SEED` gives another seed, `HRLINT_TEST_FILES` another number of files.

use std::cell::Cell;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hrlint::check::{CheckError, Choice, Options, Repairs, Stopped};
use hrlint::finding::Safety;
use hrlint::fix::claims;
use hrlint::rules;
use hrlint::scan::{Instructions, Outcome, Piece, Scanner, Tape, unquote};

use crate::generate::random::Random;
use crate::generate::{self, Dialect, Kind};
use crate::memory::{Kept, counted, mended, plan};
use crate::mutate::{self, Document, Mutation};

const FILES: u64 = 20_000;
const ROWS: u64 = 24;

thread_local! {
    /// Whether a panic is the catalogue's way to say that a mutation does not fit.
    static TRYING: Cell<bool> = const { Cell::new(false) };
}

#[test]
fn repairs_take_their_faults_away_and_nothing_else() {
    let number = |name: &str, default| env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (seed, files) = (number("HRLINT_TEST_SEED", 20_260_701), number("HRLINT_TEST_FILES", FILES));
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !TRYING.get() {
            hook(panic);
        }
    }));
    let plan = plan();
    let mutations: Vec<&Mutation> = mutate::all().collect();
    let (mut changed, mut refused) = (0, 0);
    for file in 0..files {
        let mut random = Random::at(seed, file);
        let (bytes, faults) = dirty(&mutations, &mut random);
        let choice = choice(&mut random);
        let options = Options {
            block_size: 1 + random.below(4000) as u64,
            fixable: Some(choice.safety),
            max_findings: 0,
            ..Options::default()
        };
        let told = || format!("file {file} of seed {seed}: {faults:?}, {choice:?}, blocks of {}", options.block_size);
        match prove(&bytes, &plan, &choice, &options) {
            Ok(repairs) => changed += u64::from(repairs.is_some_and(|repairs| repairs.total() > 0)),
            Err(Fault::Refused) => refused += 1,
            Err(Fault::Wrong(wrong)) => panic!("{}: {wrong}\n{:?}", told(), String::from_utf8_lossy(&bytes)),
        }
    }
    assert!(changed > files / 3 && refused < files / 20, "{changed} of {files} files were mended, {refused} refused");
}

enum Fault {
    /// An unclosed quote and repairs that would add quotes: said to the user.
    Refused,
    Wrong(String),
}

fn wrong<T>(text: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Wrong(text.into()))
}

/// A small file with several faults, and their names.
fn dirty<'m>(mutations: &[&'m Mutation], random: &mut Random) -> (Vec<u8>, Vec<&'m str>) {
    let dialect = Dialect {
        quote_all: random.below(4) == 0,
        crlf: random.below(3) == 0,
        bom: random.below(12) == 0,
        ..Dialect::PLAIN
    };
    let seed = random.below(1000) as u64;
    let options = generate::Options { dialect, breaks: true, ..generate::Options::new(Kind::Clean, seed) };
    let mut document = Document::new(&options, ROWS);
    let mut faults = Vec::new();
    for _ in 0..=random.below(6) {
        let mutation = mutations[random.below(mutations.len())];
        let mut other = document.clone();
        TRYING.set(true);
        let fits = catch_unwind(AssertUnwindSafe(|| (mutation.apply)(&mut other, random))).is_ok();
        TRYING.set(false);
        if fits {
            document = other;
            faults.push(mutation.name);
        }
    }
    (document.bytes(), faults)
}

/// Any repairs that a user may choose.
fn choice(random: &mut Random) -> Choice {
    let fixing: Vec<_> = rules::all().filter(|rule| rule.fix.is_some()).map(|rule| rule.name).collect();
    let only = if random.below(3) == 0 { vec![fixing[random.below(fixing.len())]] } else { Vec::new() };
    Choice {
        safety: if random.below(2) == 0 { Safety::Safe } else { Safety::Unsafe },
        only,
        encoding: (random.below(2) == 0).then_some(encoding_rs::WINDOWS_1252),
        delimiter: None,
        decisions: None,
        wants_old: true,
    }
}

fn prove(
    bytes: &[u8],
    plan: &hrlint::plan::Plan,
    choice: &Choice,
    options: &Options<'_>,
) -> Result<Option<Repairs>, Fault> {
    let (kept, repairs) = match mended(bytes, plan, choice, options) {
        Ok(mended) => mended,
        Err(Stopped::File(CheckError::Unclosed { .. })) => return Err(Fault::Refused),
        Err(Stopped::File(_)) if counted(bytes, plan, options).is_none() => return Ok(None),
        Err(stopped) => return wrong(format!("{stopped:?}")),
    };
    others_are_equal(bytes, &kept, &repairs)?;
    let (again, more) = mended(&kept.new, plan, choice, options).map_err(|e| Fault::Wrong(format!("again: {e:?}")))?;
    if more.total() > 0 || again.new != kept.new {
        return wrong(format!("mending again mends {:?} in\n{}", more.counts, String::from_utf8_lossy(&kept.new)));
    }
    let Some(after) = counted(&kept.new, plan, options) else {
        let before = counted(bytes, plan, options);
        return if before.is_none() { Ok(None) } else { wrong("the result cannot be checked, and the file could") };
    };
    let chosen = |rule: &str| choice.only.is_empty() || choice.only.contains(&rule);
    if !repairs.untouched {
        claims::all_gone("hr.csv", &after, chosen).map_err(|claim| Fault::Wrong(claim.to_string()))?;
        let claim = claims::nothing_new("hr.csv", &after, &repairs);
        claim.map_err(|claim| Fault::Wrong(format!("{claim} in\n{}", String::from_utf8_lossy(&kept.new))))?;
    }
    Ok(Some(repairs))
}

/// Outside of changed records nothing differs, and in them only cells whose text differs.
fn others_are_equal(bytes: &[u8], kept: &Kept, repairs: &Repairs) -> Result<(), Fault> {
    if !repairs.decoded && kept.old != bytes {
        return wrong("the old bytes are not those of the file");
    }
    let (mut old, mut new) = (0, 0);
    for change in &kept.changes {
        if kept.old[old..change.old.start] != kept.new[new..change.new.start] {
            return wrong(format!("bytes differ outside of changes, before {change:?}"));
        }
        (old, new) = (change.old.end, change.new.end);
        let (before, after) = (&kept.old[change.old.clone()], &kept.new[change.new.clone()]);
        let restructured =
            ["wrong-delimiter", "utf8-bom"].iter().any(|rule| repairs.counts.iter().any(|(r, _)| r == rule));
        let (before, after) = (cells(before), cells(after));
        if restructured || before.len() != after.len() {
            continue;
        }
        for (before, after) in before.iter().zip(&after) {
            if unquote(before) == unquote(after) && before != after {
                return wrong("a cell of the same text is written otherwise");
            }
        }
    }
    if kept.old[old..] != kept.new[new..] {
        return wrong("bytes differ behind the last change");
    }
    if repairs.total() == 0 && !kept.changes.is_empty() {
        return wrong("something changed, and no repair was made");
    }
    Ok(())
}

/// The cells of the records in a stretch, as stored.
fn cells(stretch: &[u8]) -> Vec<Vec<u8>> {
    let mut bytes = stretch.to_vec();
    bytes.push(b'\n');
    bytes.resize(stretch.len() + Piece::PADDING, 0);
    let piece = Piece { bytes: &bytes, len: stretch.len(), ends_file: true };
    let instructions = Instructions::detect();
    let scanner = Scanner { delimiter: b',', limit: 1 << 20, expected: None, instructions };
    let mut tape = Tape::default();
    assert!(matches!(scanner.scan_strictly(piece, 0, stretch.len(), &mut tape), Outcome::Complete(_)));
    let records = (0..tape.len()).map(|record| tape.record(record));
    records
        .flat_map(|cells| (0..cells.len()).map(|at| cells.cell(&bytes, at)).collect::<Vec<_>>())
        .map(|range| stretch[range].to_vec())
        .collect()
}
