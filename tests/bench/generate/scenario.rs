//! The documented scenarios: what they are called, and which columns their files have.

/// A documented scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// Employee resignation.
    Resignation,
    /// Job level change.
    JobLevelChange,
    /// Performance review.
    PerformanceReview,
    /// Performance improvement plan.
    PerformanceImprovementPlan,
    /// Employee profile: only in files of its own.
    EmployeeProfile,
}

/// The scenarios that share a file.
pub const MIXED: [Scenario; 4] = [
    Scenario::Resignation,
    Scenario::JobLevelChange,
    Scenario::PerformanceReview,
    Scenario::PerformanceImprovementPlan,
];

/// The header of files with several scenarios.
pub const MIXED_HEADER: [&str; 9] = [
    "HRScenario",
    "EmailAddress",
    "ResignationDate",
    "LastWorkingDate",
    "EffectiveDate",
    "Remarks",
    "Rating",
    "OldLevel",
    "NewLevel",
];

impl Scenario {
    /// Every scenario.
    pub const ALL: [Self; 5] = [MIXED[0], MIXED[1], MIXED[2], MIXED[3], Self::EmployeeProfile];

    /// Its key in a mapping.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Resignation => "resignation",
            Self::JobLevelChange => "jobLevelChange",
            Self::PerformanceReview => "performanceReview",
            Self::PerformanceImprovementPlan => "performanceImprovementPlan",
            Self::EmployeeProfile => "employeeProfile",
        }
    }

    /// The identifier column's value.
    #[must_use]
    pub fn identifier(self) -> &'static str {
        match self {
            Self::Resignation => "Resignation",
            Self::JobLevelChange => "Job level change",
            Self::PerformanceReview => "Performance review",
            Self::PerformanceImprovementPlan => "Performance improvement plan",
            Self::EmployeeProfile => "Employee profile",
        }
    }

    /// The header of a file of this scenario alone.
    #[must_use]
    pub fn header(self) -> &'static [&'static str] {
        match self {
            Self::Resignation => &["EmailAddress", "ResignationDate", "LastWorkingDate"],
            Self::JobLevelChange => &["EmailAddress", "EffectiveDate", "Remarks", "OldLevel", "NewLevel"],
            Self::PerformanceReview => &["EmailAddress", "EffectiveDate", "Remarks", "Rating"],
            Self::PerformanceImprovementPlan => {
                &["EmailAddress", "EffectiveDate", "ImprovementRemarks", "PerformanceRating"]
            }
            Self::EmployeeProfile => &[
                "EmailAddress",
                "EmployeeFirstName",
                "EmployeeLastName",
                "EmployeeAddressLine1",
                "EmployeeZipCode",
                "EmployeeAddressLine2",
                "EmployeeCity",
                "EmployeeState",
                "EmployeeCountry",
                "EmployeeDepartment",
                "EmployeeType",
                "EmployeeRole",
            ],
        }
    }

    /// For each column of its own file: the column of a mixed file that holds the same.
    #[must_use]
    pub fn mixed_columns(self) -> &'static [usize] {
        match self {
            Self::Resignation => &[1, 2, 3],
            Self::JobLevelChange => &[1, 4, 5, 7, 8],
            Self::PerformanceReview | Self::PerformanceImprovementPlan => &[1, 4, 5, 6],
            Self::EmployeeProfile => &[1],
        }
    }
}
