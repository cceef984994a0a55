//! What the files hold for the policies that they are for: as a table for people, as lines, and as objects.

use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};
use schemars::JsonSchema;
use serde::Serialize;

use super::phrase;
use crate::check::{Coverage, Need};
use crate::finding::Printable;

/// One policy: which HR data triggers it, and how much of it the files hold.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PolicyCoverage")]
#[serde(rename_all = "camelCase")]
pub(super) struct CoverageObject<'a> {
    /// The name of the policy's template.
    policy: &'a str,
    /// The mapping's file; null for the built-in mapping.
    mapping: Option<&'a str>,
    /// The scenarios that trigger the policy, any one of which is enough; empty where HR data plays no part.
    needs: Vec<NeedObject<'a>>,
    /// Rows without an error that the policy can use.
    good_rows: u64,
}

/// What the files hold of one scenario.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PolicyNeed")]
#[serde(rename_all = "camelCase")]
struct NeedObject<'a> {
    /// The scenario's key.
    scenario: &'a str,
    /// Whether the mapping has the scenario.
    mapped: bool,
    /// Its rows.
    rows: u64,
    /// Its rows without an error.
    good_rows: u64,
}

impl<'a> From<&'a Coverage> for CoverageObject<'a> {
    fn from(coverage: &'a Coverage) -> Self {
        let need = |need: &'a Need| NeedObject {
            scenario: need.scenario,
            mapped: need.mapped,
            rows: need.rows,
            good_rows: need.good,
        };
        Self {
            policy: coverage.policy.name,
            mapping: coverage.mapping.as_deref(),
            needs: coverage.needs.iter().map(need).collect(),
            good_rows: coverage.good(),
        }
    }
}

/// A line of a table of policies.
pub(super) struct Line {
    /// The policy, on its first line.
    pub(super) policy: String,
    /// A scenario that it needs.
    pub(super) data: String,
    /// The scenario's rows, and those of them without an error.
    pub(super) rows: String,
    pub(super) good: String,
}

/// The headings of such a table.
pub(super) const HEADINGS: [&str; 4] = ["policy", "HR data", "rows", "good"];

/// The lines of all policies.
pub(super) fn lined(policies: &[Coverage]) -> Vec<Line> {
    let several = policies.iter().any(|coverage| coverage.mapping != policies[0].mapping);
    let mut lines = Vec::new();
    for coverage in policies {
        let none = String::new;
        if coverage.needs.is_empty() {
            let data = "none needed".to_owned();
            lines.push(Line { policy: named(coverage, several), data, rows: none(), good: none() });
        }
        for (place, need) in coverage.needs.iter().enumerate() {
            let policy = if place == 0 { named(coverage, several) } else { none() };
            let counted = (phrase::number(need.rows), phrase::number(need.good));
            let (rows, good) = if need.mapped { counted } else { ("not mapped".to_owned(), none()) };
            lines.push(Line { policy, data: need.scenario.to_owned(), rows, good });
        }
    }
    lines
}

/// The table at the end of a report for people; empty where no policy was named.
pub(super) fn table(policies: &[Coverage], width: usize) -> String {
    if policies.is_empty() {
        return String::new();
    }
    let mut table = Table::new();
    table
        .load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(HEADINGS);
    for Line { policy, data, rows, good } in lined(policies) {
        let number = |number: String| {
            let is_number = number.starts_with(|c: char| c.is_ascii_digit());
            Cell::new(number).set_alignment(if is_number { CellAlignment::Right } else { CellAlignment::Left })
        };
        table.add_row([Cell::new(policy), Cell::new(data), number(rows), number(good)]);
    }
    let last = table.column_count() - 1;
    for (place, column) in table.column_iter_mut().enumerate() {
        if place > 0 {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        column.set_padding((0, u16::from(place < last)));
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// One line for each policy: `policy Data leaks by risky users: 12 rows without errors (jobLevelChange 12, ...)`.
pub(super) fn lines(policies: &[Coverage]) -> String {
    let several = policies.iter().any(|coverage| coverage.mapping != policies[0].mapping);
    let line = |coverage: &Coverage| {
        let need = |Need { scenario, mapped, good, .. }: &Need| {
            if *mapped { format!("{scenario} {}", phrase::number(*good)) } else { format!("{scenario} is not mapped") }
        };
        let needs: Vec<String> = coverage.needs.iter().map(need).collect();
        let name = named(coverage, several);
        if needs.is_empty() {
            return format!("policy {name}: needs no HR data\n");
        }
        let rows = phrase::count(coverage.good(), "row");
        format!("policy {name}: {rows} without errors ({})\n", needs.join(", "))
    };
    policies.iter().map(line).collect()
}

/// The policy's name, with its mapping where there are several.
fn named(coverage: &Coverage, several: bool) -> String {
    match &coverage.mapping {
        Some(mapping) if several => format!("{} ({})", coverage.policy.name, Printable::new(mapping)),
        _ => coverage.policy.name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{lines, table};
    use crate::check::{Coverage, Need};
    use crate::mapping::Policy;

    fn policies() -> Vec<Coverage> {
        let need = |scenario, mapped, rows, good| Need { scenario, mapped, rows, good };
        let of = |name, needs| Coverage { policy: Policy::find(name).expect("a template"), mapping: None, needs };
        vec![
            of("Data theft by departing users", vec![need("resignation", true, 1204, 1200)]),
            of(
                "Data leaks by risky users",
                vec![
                    need("jobLevelChange", true, 0, 0),
                    need("performanceReview", false, 0, 0),
                    need("performanceImprovementPlan", true, 7, 7),
                ],
            ),
            of("Offensive language in email", Vec::new()),
        ]
    }

    #[test]
    fn policies_are_a_table() {
        let table = table(&policies(), 80);
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(rows[0], ["policy", "HR", "data", "rows", "good"]);
        assert!(rows[2].ends_with(&["resignation", "1,204", "1,200"]), "{table}");
        assert!(rows.iter().any(|row| row.ends_with(&["performanceReview", "not", "mapped"])), "{table}");
        assert!(rows.iter().any(|row| row.ends_with(&["none", "needed"])), "{table}");
        assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    }

    #[test]
    fn policies_are_lines() {
        insta::assert_snapshot!(lines(&policies()), @r"
        policy Data theft by departing users: 1,200 rows without errors (resignation 1,200)
        policy Data leaks by risky users: 7 rows without errors (jobLevelChange 0, performanceReview is not mapped, performanceImprovementPlan 7)
        policy Offensive language in email: needs no HR data
        ");
    }

    #[test]
    fn where_no_policy_was_named_nothing_is_said() {
        assert_eq!(table(&[], 80) + &lines(&[]), "");
    }
}
