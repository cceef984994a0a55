//! Policies: their list, what a run says of them, and names that are wrong.

use crate::{BAD, GOOD, check, check_text, folder, run};

const THEFT: &str = "Data theft by departing users";

#[test]
fn every_template_is_listed() {
    let nowhere = folder(&[]);
    let text = run(&nowhere, &["policies"]);
    assert!(text.code == 0 && text.out.contains(THEFT) && text.out.contains("disgruntled"), "{}", text.out);
    let json = run(&nowhere, &["policies", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&json.out).expect("it is JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(hrlint::mapping::TEMPLATES.len()));
    assert_eq!(list[0]["needsAnyOf"][0], "resignation");
}

#[test]
fn a_run_tells_what_the_files_hold_for_a_policy() {
    let policies = |text: &str, policy: &str| {
        let outcome = check_text(text, &["--policy", policy, "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&outcome.out).expect("it is JSON");
        (outcome.code, report["summary"]["policies"].clone(), outcome.out.contains("policy-without-rows"))
    };
    let (code, good, told) = policies(GOOD, &THEFT.to_lowercase());
    assert_eq!((code, &good[0]["policy"], &good[0]["goodRows"], told), (0, &THEFT.into(), &2.into(), false));
    let (_, bad, told) = policies(BAD, THEFT);
    assert_eq!((&bad[0]["needs"][0]["rows"], &bad[0]["goodRows"], told), (&1.into(), &0.into(), true));
    let (_, other, told) = policies(GOOD, "Data leaks by disgruntled users");
    assert_eq!((&other[0]["policy"], told), (&"Data leaks by risky users".into(), true));
    let pretty = check_text(GOOD, &["--policy", THEFT]);
    assert!(pretty.out.contains("HR data"), "{}", pretty.out);
    assert!(check_text(GOOD, &["--policy", THEFT, "--format", "concise"]).out.contains("2 rows without errors"));
}

#[test]
fn pages_and_comments_have_the_table_of_policies() {
    let report = |format| {
        check_text(GOOD, &["--policy", THEFT, "--policy", "Data leaks by risky users", "--format", format]).out
    };
    let markdown = report("markdown");
    assert!(markdown.contains("\n| policy | HR data | rows | good |\n|---|---|---:|---:|\n"), "{markdown}");
    assert!(markdown.contains(&format!("| {THEFT} | resignation | 2 | 2 |\n")), "{markdown}");
    let html = report("html");
    assert!(
        html.contains("What there is for each policy") && html.contains(&format!("<th scope=\"row\">{THEFT}</th>"))
    );
    assert!(!check_text(GOOD, &["--format", "html"]).out.contains("What there is for each policy"));
}

#[test]
fn the_mapping_names_policies_too() {
    let mapping = r#"{ "scenarios": { "performanceReview": {} }, "policies": ["Data theft by departing users"] }"#;
    let review = "EmailAddress,EffectiveDate\nmia.brandt@northwind-energy.de,2026-05-04T09:00:00Z\n";
    let folder = folder(&[("hrlint.json", mapping), ("hr.csv", review)]);
    let outcome = check(&folder, &["hr.csv", "--format", "concise", "--fail-on", "warning"]);
    assert!(outcome.code == 1 && outcome.out.contains("the mapping has none of the HR data"), "{}", outcome.out);
}

#[test]
fn a_policy_that_there_is_not_gets_a_suggestion() {
    check_text(GOOD, &["--policy", "Data theft by departed users"]).says(2, &format!("did you mean {THEFT}?"));
    check_text(GOOD, &["--policy", "xyz"]).says(2, "`hrlint policies` lists all");
}
