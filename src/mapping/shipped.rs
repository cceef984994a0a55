//! The five documented scenarios, read from `schemas/scenarios/`, and the documented identifier column.

use std::sync::LazyLock;

use super::json::Json;
use super::reading::Reading;
use super::{Identifier, Scenario, folded};

/// The documented name of the identifier column and what else it is called.
const IDENTIFIER: [&str; 2] = ["HRScenario", "HRScenarios"];

/// The files by scenario key, in documented order. A new scenario is a row here and its file.
const FILES: &[(&str, &str)] = &[
    ("resignation", include_str!("../../schemas/scenarios/resignation.json")),
    ("jobLevelChange", include_str!("../../schemas/scenarios/jobLevelChange.json")),
    ("performanceReview", include_str!("../../schemas/scenarios/performanceReview.json")),
    ("performanceImprovementPlan", include_str!("../../schemas/scenarios/performanceImprovementPlan.json")),
    ("employeeProfile", include_str!("../../schemas/scenarios/employeeProfile.json")),
];

static SCENARIOS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    let read = |&(key, text): &(&str, &str)| {
        let json = Json::parse(text).ok().expect("a shipped scenario is JSON");
        Reading::new(&[]).definition(key, json).expect("a shipped scenario is free of mistakes")
    };
    FILES.iter().map(read).collect()
});

/// The shipped scenarios, in documented order.
pub(super) fn scenarios() -> &'static [Scenario] {
    &SCENARIOS
}

/// The shipped scenario of that key, if there is one.
pub(super) fn scenario(key: &str) -> Option<&'static Scenario> {
    scenarios().iter().find(|scenario| scenario.key == key)
}

/// The identifier column of that name, else of the documented one.
pub(super) fn identifier(column: Option<String>) -> Identifier {
    let column = column.unwrap_or_else(|| IDENTIFIER[0].to_owned());
    let others = IDENTIFIER.into_iter().filter(|name| folded(name) != folded(&column));
    Identifier { aliases: others.map(str::to_owned).collect(), column }
}
