//! The policy templates that HR data triggers: one table, after the documentation of the policies.
//!
//! A template needs rows of *any* of its scenarios. Names are compared without regard to case, and names of earlier years
//! are understood. To add a template: a row of [`TEMPLATES`].

use super::folded;

/// A policy template.
#[derive(Debug, PartialEq, Eq)]
pub struct Policy {
    /// What it is called today.
    pub name: &'static str,
    /// What it was called before.
    pub earlier: &'static [&'static str],
    /// Keys of the scenarios that trigger it, any one of which is enough; empty where HR data plays no part.
    pub needs: &'static [&'static str],
}

/// Somebody's standing or pay gets worse.
const DISCONTENT: &[&str] = &["jobLevelChange", "performanceReview", "performanceImprovementPlan"];

/// Every template, in documented order.
pub static TEMPLATES: [Policy; 10] = [
    Policy { name: "Data theft by departing users", earlier: &[], needs: &["resignation"] },
    Policy { name: "Security policy violations by departing users", earlier: &[], needs: &["resignation"] },
    Policy { name: "Data leaks by risky users", earlier: &["Data leaks by disgruntled users"], needs: DISCONTENT },
    Policy {
        name: "Security policy violations by risky users",
        earlier: &["Security policy violations by disgruntled users"],
        needs: DISCONTENT,
    },
    Policy { name: "Healthcare policy", earlier: &["General patient data misuse"], needs: &["employeeProfile"] },
    Policy { name: "Data leaks", earlier: &["General data leaks"], needs: &[] },
    Policy { name: "Data leaks by priority users", earlier: &[], needs: &[] },
    Policy { name: "Security policy violations", earlier: &[], needs: &[] },
    Policy { name: "Security policy violations by priority users", earlier: &[], needs: &[] },
    Policy { name: "Offensive language in email", earlier: &[], needs: &[] },
];

impl Policy {
    /// The template of that name, of today or before.
    ///
    /// ```
    /// use hrlint::mapping::Policy;
    /// let found = Policy::find("data leaks by disgruntled users").map(|policy| policy.name);
    /// assert_eq!(found, Some("Data leaks by risky users"));
    /// ```
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        TEMPLATES.iter().find(|policy| policy.names().any(|known| folded(known) == folded(name)))
    }

    /// The names of all templates: today's, then earlier ones.
    pub fn all_names() -> impl Iterator<Item = &'static str> {
        let earlier = TEMPLATES.iter().flat_map(|policy| policy.earlier.iter().copied());
        TEMPLATES.iter().map(|policy| policy.name).chain(earlier)
    }

    fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.name].into_iter().chain(self.earlier.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Policy, TEMPLATES};
    use crate::mapping::shipped;

    #[test]
    fn every_name_is_one_template_s_and_every_need_a_shipped_scenario() {
        let names: HashSet<String> = Policy::all_names().map(str::to_lowercase).collect();
        assert_eq!(names.len(), Policy::all_names().count());
        for policy in &TEMPLATES {
            assert!(policy.needs.iter().all(|key| shipped::scenario(key).is_some()), "{}", policy.name);
            assert_eq!(Policy::find(&policy.name.to_uppercase()), Some(policy));
        }
        assert_eq!(Policy::find("Data leak"), None);
    }
}
