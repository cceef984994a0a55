//! Files cut at every place.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use hrlint::check::Options;
use hrlint::mapping::Mapping;
use hrlint::plan::Plan;
use hrlint::report::Format;
use hrlint::rules;
use hrlint::scan::Instructions;
use proptest::prelude::*;

use crate::{engine, nasty, pools, way};

/// Every CSV file below `fixtures`.
pub(crate) fn fixtures() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the fixtures are there") {
            let path = entry.expect("readable").path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "csv" => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    assert!(files.len() > 100, "the fixtures are found");
    files
}

/// The plan for a fixture: by the mapping beside it, if there is one.
pub(crate) fn plan_for(path: &Path) -> Plan {
    let own = path.with_file_name("hrlint.json");
    let mapping = if own.is_file() { Mapping::read(&own, &rules::facts()) } else { Ok(Mapping::built_in()) };
    engine::plan(mapping.expect("the mapping of a fixture is valid"))
}

/// The report of a file read in one block by one thread.
pub(crate) fn sequential(path: &Path, plan: &Plan, options: &Options<'_>) -> String {
    let size = fs::metadata(path).expect("the file is there").len();
    let options = Options { block_size: size + 1, ..*options };
    pools()[0].install(|| engine::report(&[("file.csv", path)], plan, &options, Format::Jsonl))
}

/// The same in blocks, in one of the ways to do it.
fn parallel(path: &Path, plan: &Plan, way: (Options<'_>, &rayon::ThreadPool)) -> String {
    way.1.install(|| engine::report(&[("file.csv", path)], plan, &way.0, Format::Jsonl))
}

#[test]
fn every_cut_of_every_fixture() {
    for path in fixtures() {
        let plan = plan_for(&path);
        let expected = sequential(&path, &plan, &Options::default());
        let size = fs::metadata(&path).expect("the file is there").len();
        let few = [1, 2, 3, 5, 7, 64, 100, 1000];
        let sizes: Vec<u64> = if size <= 4096 { (1..=size).collect() } else { few.into() };
        for block_size in sizes {
            let whole = if few.contains(&block_size) { 0..4 * Instructions::available().len() } else { 0..1 };
            for number in whole {
                let (options, pool) = way(number + block_size as usize, block_size);
                let found = parallel(&path, &plan, (options, pool));
                assert!(
                    found == expected,
                    "{path:?} in blocks of {block_size} by {} threads and {:?}:\n{found}\nat once:\n{expected}",
                    pool.current_num_threads(),
                    options.instructions
                );
            }
        }
    }
}

#[test]
fn the_same_findings_are_shown_when_only_some_are() {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    let header =
        "HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,Rating,OldLevel,NewLevel";
    let row = "Resignation, mia.brandt@northwind-energy.de,soon";
    write!(file, "{header}\n{}", format!("{row}\n").repeat(5)).expect("room on the disk");
    let plan = engine::plan(Mapping::built_in());
    let all = sequential(file.path(), &plan, &Options { max_findings: u64::MAX, ..Options::default() });
    let findings = all.lines().filter(|line| line.contains(r#""type":"finding""#)).count();
    assert!(findings > 15, "each row has several findings:\n{all}");
    for max_findings in 1..=findings as u64 {
        let options = Options { max_findings, ..Options::default() };
        let expected = sequential(file.path(), &plan, &options);
        let shown: Vec<_> = expected.lines().take(max_findings as usize).collect();
        assert!(shown.iter().zip(all.lines()).all(|(shown, line)| *shown == line), "the first of all:\n{expected}");
        for block_size in [1, 40, 50, 100, 130, 150, 200] {
            let found = parallel(file.path(), &plan, (Options { block_size, ..options }, &pools()[1]));
            assert!(found == expected, "{max_findings} in blocks of {block_size}:\n{found}\nat once:\n{expected}");
        }
    }
}

#[test]
fn a_wrong_guess_that_runs_to_the_end_does_not_end_the_file() {
    let plan = engine::plan(Mapping::built_in());
    for text in [
        "EmailAddress,EffectiveDate,Remarks,Rating\n\"unclosed, blank\n\"line\nbreak\"",
        "EmailAddress,EffectiveDate,Remarks,Rating\n\"a\n\"\"b\nc\"\nd\ne\nf\n",
    ] {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(text.as_bytes()).expect("room on the disk");
        let expected = sequential(file.path(), &plan, &Options::default());
        for block_size in 1..text.len() as u64 {
            for number in 0..4 {
                let found = parallel(file.path(), &plan, way(number, block_size));
                assert!(found == expected, "in blocks of {block_size}:\n{found}\nat once:\n{expected}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn random_files_in_random_blocks(
        text in nasty::file(),
        ways in proptest::collection::vec((0..64usize, prop_oneof![1..40u64, 1..600u64]), 4),
        limit in prop_oneof![3 => Just(1usize << 20), 1 => 40..400usize],
    ) {
        let plan = engine::plan(Mapping::built_in());
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(&text.0).expect("room on the disk");
        let expected = sequential(file.path(), &plan, &Options { max_record: limit, ..Options::default() });
        for (number, block_size) in ways {
            let (options, pool) = way(number, block_size);
            let found = parallel(file.path(), &plan, (Options { max_record: limit, ..options }, pool));
            prop_assert!(
                found == expected,
                "in blocks of {} by {} threads and {:?}, rows up to {}:\n{}\nat once:\n{}",
                block_size, pool.current_num_threads(), options.instructions, limit, found, expected
            );
        }
    }
}
