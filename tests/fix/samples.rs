//! The documentation's own samples, mended: what is left is what no tool may invent.

use std::fs;
use std::path::Path;

use hrlint::check::{Choice, Options};
use hrlint::finding::{Safety, Severity};

use crate::memory::{counted, mended, plan};

/// Findings above `info` that no repair can take away, by rule and column: the samples' addresses are of a domain that stands
/// for one's own, which only its owner can name.
const LEFT: [(&str, Option<&str>); 1] = [("sample-domain", Some("EmailAddress"))];

#[test]
fn every_sample_passes_when_it_is_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scenarios/documentation");
    let plan = plan();
    let choice = Choice { safety: Safety::Unsafe, ..Choice::safe() };
    let options = Options { fixable: Some(Safety::Unsafe), ..Options::default() };
    for name in ["combined.csv", "resignation.csv", "job-level.csv", "review.csv", "pip.csv"] {
        let bytes = fs::read(folder.join(name)).expect("the sample is in the repository");
        let (kept, repairs) = mended(&bytes, &plan, &choice, &options).expect("every sample can be read");
        assert!(repairs.total() > 0, "{name}");
        let counts = counted(&kept.new, &plan, &options).expect("it can still be read");
        let grave: Vec<_> = counts
            .iter()
            .filter(|count| count.severity > Severity::Info)
            .map(|count| (count.rule, count.header.as_deref()))
            .collect();
        assert_eq!(grave, LEFT, "{name}");
        assert!(counts.iter().all(|count| count.fixable == 0), "{name}: {counts:?}");
    }
}
