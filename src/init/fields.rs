//! What the column of each field is called: which meanings together name it, and which speak against it.

use super::header::Header;
use super::words::Meaning;
use Meaning as M;

/// Meanings that together name something, and how well.
type Way = (f64, &'static [Meaning]);

/// How a field's column is named: each way with its worth (1: nothing else is called so), and what others are called.
struct Names {
    field: &'static str,
    ways: &'static [Way],
    against: &'static [Meaning],
}

const OTHER_PEOPLE: [Meaning; 2] = [M::Manager, M::Private];
const NO_TEXT: [Meaning; 8] = [M::Date, M::Mail, M::Number, M::Money, M::Birth, M::Hire, M::Modified, M::Phone];

/// One row a field, by its key in the documented scenarios.
const NAMES: &[Names] = &[
    Names {
        field: "emailAddress",
        ways: &[
            (1.0, &[M::Mail]),
            (1.0, &[M::Mail, M::Work]),
            (1.0, &[M::Mail, M::Address]),
            (1.0, &[M::Principal]),
            (0.6, &[M::Login]),
        ],
        against: &OTHER_PEOPLE,
    },
    Names {
        field: "resignationDate",
        ways: &[
            (1.0, &[M::Resign, M::Date]),
            (1.0, &[M::Resign, M::Notice, M::Date]),
            (0.95, &[M::Notice, M::Date]),
            (0.85, &[M::Terminate, M::Date]),
            (0.9, &[M::Resign]),
            (0.8, &[M::Notice]),
            (0.55, &[M::Terminate]),
            (0.5, &[M::Exit, M::Date]),
            (0.38, &[M::Date]),
        ],
        against: &[M::Birth, M::Hire, M::Modified, M::Mail, M::Reason, M::Last, M::Type, M::Status, M::End],
    },
    Names {
        field: "lastWorkingDate",
        ways: &[
            (1.0, &[M::Last, M::Work, M::Date]),
            (1.0, &[M::Last, M::Work, M::Day]),
            (0.95, &[M::Last, M::Work]),
            (0.95, &[M::Last, M::Day]),
            (0.9, &[M::Exit, M::Date]),
            (0.85, &[M::Exit]),
            (0.7, &[M::Last, M::Date]),
            (0.7, &[M::End, M::Date]),
            (0.75, &[M::End, M::Work]),
            (0.6, &[M::Terminate, M::Date]),
            (0.5, &[M::Terminate]),
            (0.38, &[M::Date]),
        ],
        against: &[M::Birth, M::Hire, M::Modified, M::Mail, M::Reason, M::Notice, M::Type, M::Status],
    },
    Names {
        field: "effectiveDate",
        ways: &[
            (1.0, &[M::Effective, M::Date]),
            (1.0, &[M::Effective]),
            (0.95, &[M::Valid]),
            (0.9, &[M::Valid, M::Old]),
            (0.85, &[M::Change, M::Date]),
            (0.85, &[M::Review, M::Date]),
            (0.8, &[M::Rating, M::Date]),
            (0.8, &[M::Event, M::Date]),
            (0.75, &[M::Start, M::Date]),
            (0.7, &[M::Start]),
            (0.75, &[M::Plan, M::Date]),
            (0.7, &[M::Level, M::Date]),
            (0.6, &[M::Date]),
        ],
        against: &[
            M::Birth,
            M::Hire,
            M::Modified,
            M::Mail,
            M::Reason,
            M::End,
            M::Last,
            M::Resign,
            M::Exit,
            M::Notice,
            M::Terminate,
        ],
    },
    Names {
        field: "remarks",
        ways: &[(1.0, &[M::Remark]), (0.6, &[M::Reason])],
        against: &[M::Improve, M::Date, M::Mail, M::Number],
    },
    Names {
        field: "improvementRemarks",
        ways: &[
            (1.0, &[M::Improve, M::Remark]),
            (1.0, &[M::Improve, M::Plan, M::Remark]),
            (0.95, &[M::Plan, M::Remark]),
            (0.9, &[M::Remark]),
            (0.7, &[M::Improve]),
        ],
        against: &[M::Date, M::Mail, M::Number],
    },
    Names {
        field: "rating",
        ways: &[
            (1.0, &[M::Rating]),
            (1.0, &[M::Overall, M::Rating]),
            (0.95, &[M::Performance, M::Rating]),
            (0.95, &[M::Review, M::Rating]),
            (0.8, &[M::Performance, M::Level]),
            (0.6, &[M::Performance]),
            (0.6, &[M::Review]),
        ],
        against: &[M::Improve, M::Date, M::Mail, M::Number, M::Remark],
    },
    Names {
        field: "performanceRating",
        ways: &[
            (1.0, &[M::Performance, M::Rating]),
            (1.0, &[M::Improve, M::Rating]),
            (0.9, &[M::Rating]),
            (0.9, &[M::Overall, M::Rating]),
            (0.85, &[M::Performance, M::Level]),
            (0.65, &[M::Performance]),
        ],
        against: &[M::Date, M::Mail, M::Number, M::Remark],
    },
    Names {
        field: "oldLevel",
        ways: &[(1.0, &[M::Old, M::Level]), (0.95, &[M::Old, M::Role]), (0.6, &[M::Old])],
        against: &[M::Date, M::Mail, M::Number, M::Money, M::New, M::Remark, M::Effective, M::Valid],
    },
    Names {
        field: "newLevel",
        ways: &[(1.0, &[M::New, M::Level]), (0.95, &[M::New, M::Role]), (0.6, &[M::New]), (0.5, &[M::Level])],
        against: &[M::Date, M::Mail, M::Number, M::Money, M::Old, M::Remark, M::Effective, M::Valid],
    },
    Names {
        field: "employeeFirstName",
        ways: &[(1.0, &[M::GivenName]), (0.9, &[M::GivenName, M::Name]), (0.9, &[M::One, M::Name])],
        against: &[M::Manager, M::Date, M::Mail, M::Department, M::FamilyName],
    },
    Names {
        field: "employeeLastName",
        ways: &[(1.0, &[M::FamilyName]), (0.9, &[M::Last, M::Name])],
        against: &[M::Manager, M::Date, M::Mail, M::Department],
    },
    Names {
        field: "employeeAddressLine1",
        ways: &[
            (1.0, &[M::Address, M::One]),
            (1.0, &[M::Address, M::Street, M::One]),
            (1.0, &[M::Street]),
            (0.95, &[M::Street, M::One]),
            (0.95, &[M::Street, M::Address]),
            (0.85, &[M::Address]),
        ],
        against: &[M::Mail, M::Two, M::Supplement, M::Manager],
    },
    Names {
        field: "employeeAddressLine2",
        ways: &[
            (1.0, &[M::Address, M::Two]),
            (1.0, &[M::Address, M::Street, M::Two]),
            (1.0, &[M::Address, M::Supplement]),
            (1.0, &[M::Address, M::Supplement, M::Two]),
            (0.9, &[M::Street, M::Two]),
            (0.9, &[M::Supplement]),
        ],
        against: &[M::Mail, M::One, M::Manager],
    },
    Names { field: "employeeCity", ways: &[(1.0, &[M::City])], against: &NO_TEXT },
    Names { field: "employeeState", ways: &[(1.0, &[M::State])], against: &NO_TEXT },
    Names { field: "employeeZipCode", ways: &[(1.0, &[M::Zip])], against: &[M::Date, M::Mail, M::Money, M::Phone] },
    Names {
        field: "employeeCountry",
        ways: &[(1.0, &[M::Country]), (0.95, &[M::Country, M::State])],
        against: &NO_TEXT,
    },
    Names { field: "employeeDepartment", ways: &[(1.0, &[M::Department])], against: &NO_TEXT },
    Names {
        field: "employeeType",
        ways: &[(1.0, &[M::Person, M::Type]), (1.0, &[M::Status, M::Type]), (0.9, &[M::Status]), (0.4, &[M::Type])],
        against: &NO_TEXT,
    },
    Names {
        field: "employeeRole",
        ways: &[(1.0, &[M::Role])],
        against: &[M::Date, M::Mail, M::Money, M::Old, M::New, M::Manager],
    },
    Names {
        field: "identifier",
        ways: &[
            (1.0, &[M::Scenario]),
            (0.95, &[M::Event, M::Type]),
            (0.9, &[M::Event]),
            (0.6, &[M::Change, M::Type]),
            (0.5, &[M::Reason]),
            (0.4, &[M::Type]),
        ],
        against: &[M::Date, M::Mail, M::Number, M::Money, M::Status],
    },
];

/// How well a header names a field, from 0 to 1; 0 if it names somebody or something else. Fields that no documented scenario has are named by nothing.
pub(super) fn named(header: &Header, field: &str) -> f64 {
    let Some(names) = NAMES.iter().find(|names| names.field == field) else { return 0.0 };
    let best = names.ways.iter().map(|(worth, meanings)| worth * header.says(meanings)).fold(0.0, f64::max);
    let spoken = names.ways.iter().filter(|(_, way)| way.iter().all(|meaning| header.means(*meaning)));
    let needed: Vec<&Meaning> = spoken.flat_map(|(_, way)| way.iter()).collect();
    let against = names.against.iter().any(|meaning| header.means_only(*meaning, &needed));
    if against { 0.0 } else { best }
}

/// What rows of each scenario are called, in identifier columns and file names.
const SCENARIOS: &[(&str, &[Way])] = &[
    (
        "resignation",
        &[
            (1.0, &[M::Resign]),
            (0.95, &[M::Exit]),
            (0.9, &[M::Terminate]),
            (0.8, &[M::Notice]),
            (0.7, &[M::Last, M::Work]),
        ],
    ),
    (
        "jobLevelChange",
        &[
            (1.0, &[M::Level, M::Change]),
            (0.95, &[M::Role, M::Change]),
            (0.95, &[M::Promote]),
            (0.6, &[M::Change]),
            (0.5, &[M::Level]),
        ],
    ),
    (
        "performanceReview",
        &[
            (1.0, &[M::Performance, M::Review]),
            (0.95, &[M::Review]),
            (0.95, &[M::Performance, M::Rating]),
            (0.8, &[M::Rating]),
            (0.5, &[M::Performance]),
        ],
    ),
    (
        "performanceImprovementPlan",
        &[
            (1.05, &[M::Performance, M::Improve, M::Plan]),
            (1.0, &[M::Improve, M::Plan]),
            (0.95, &[M::Improve]),
            (0.6, &[M::Performance, M::Plan]),
        ],
    ),
    (
        "employeeProfile",
        &[(1.0, &[M::Profile]), (1.0, &[M::Person, M::Profile]), (0.4, &[M::Address]), (0.5, &[M::Person])],
    ),
];

/// How well a text names a scenario, from 0 to 1.
pub(super) fn names_scenario(text: &Header, scenario: &str) -> f64 {
    let Some((_, ways)) = SCENARIOS.iter().find(|(key, _)| *key == scenario) else { return 0.0 };
    ways.iter().map(|(worth, meanings)| worth * text.says(meanings)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::{Header, NAMES, SCENARIOS, named, names_scenario};

    fn best(header: &str) -> &'static str {
        let header = Header::read(header);
        let names = NAMES.iter().map(|names| (named(&header, names.field), names.field));
        names.max_by(|a, b| a.0.total_cmp(&b.0)).expect("there are fields").1
    }

    #[test]
    fn names_lead_to_their_fields() {
        for (header, field) in [
            ("Correo electrónico", "emailAddress"),
            ("Letzter Arbeitstag", "lastWorkingDate"),
            ("Date d'effet", "effectiveDate"),
            ("Functieniveau oud", "oldLevel"),
            ("Postleitzahl", "employeeZipCode"),
            ("Personalmaßnahme", "identifier"),
        ] {
            assert_eq!(best(header), field, "{header}");
        }
        assert!(named(&Header::read("Manager email"), "emailAddress") < 0.4);
        assert!(named(&Header::read("Geburtsdatum"), "effectiveDate") < 0.4);
    }

    #[test]
    fn scenarios_are_known_in_other_languages() {
        for (text, scenario) in [
            ("Kündigung", "resignation"),
            ("Changement d'échelon", "jobLevelChange"),
            ("Evaluación del desempeño", "performanceReview"),
            ("Plano de melhoria", "performanceImprovementPlan"),
            ("Stammdaten", "employeeProfile"),
        ] {
            let header = Header::read(text);
            let best = SCENARIOS.iter().map(|(key, _)| (names_scenario(&header, key), *key));
            assert_eq!(best.max_by(|a, b| a.0.total_cmp(&b.0)).expect("there are scenarios").1, scenario, "{text}");
        }
    }
}
