//! How well a column's values fit a field, from -1 (they cannot be it) to 1 (what else could they be).

use std::cmp::Ordering;

use super::profile::Profile;
use crate::mapping::{Field, FieldKind};

/// A column among the others of its table.
pub(super) struct Neighbourhood<'p> {
    /// Profiles of all columns.
    pub(super) profiles: &'p [Profile],
}

impl Neighbourhood<'_> {
    /// How well the values of a column fit a field. 0 where there are no values to judge by.
    pub(super) fn fit(&self, column: usize, field: &Field) -> f64 {
        let profile = &self.profiles[column];
        if profile.filled == 0 {
            // An empty column says little in three rows and much in fifty.
            return if field.required { -0.5 } else { -0.3 } * (profile.rows as f64 / 20.0).min(1.0);
        }
        let fit = match field.kind {
            FieldKind::Upn => address(profile),
            FieldKind::DateTime => self.date(column, &field.key),
            FieldKind::Text => text(profile, field),
        };
        let blanks = if field.required { (1.0 - profile.fill()) * 0.6 } else { 0.0 };
        let few = if profile.filled < 3 && fit > 0.0 { 0.7 } else { 1.0 };
        (fit * few - blanks).clamp(-1.0, 1.0)
    }

    fn date(&self, column: usize, field: &str) -> f64 {
        let profile = &self.profiles[column];
        let fit = match profile.dates {
            0.7.. => 0.8,
            0.3.. => 0.3,
            _ if profile.perhaps_dates > 0.7 => 0.2,
            _ => return -1.0,
        };
        let latest = self.profiles.iter().filter_map(Profile::median_day).max();
        let age = latest.zip(profile.median_day()).map_or(0, |(latest, own)| (latest - own).num_days());
        // Days of birth and of hire lie years before.
        let old = if age > 400 { 0.6 } else { 0.0 };
        let order = match field {
            "resignationDate" => 0.3 * (1.0 - 2.0 * self.lateness(column)),
            "lastWorkingDate" => 0.3 * (2.0 * self.lateness(column) - 1.0),
            _ => 0.0,
        };
        fit + order - old
    }

    /// How often the days of a column are later than those of the other columns of the same time: 1 always, 0 never.
    fn lateness(&self, column: usize) -> f64 {
        let own = &self.profiles[column];
        let (mut later, mut compared) = (0.0, 0.0);
        for other in self.profiles.iter().enumerate().filter(|(at, _)| *at != column).map(|(_, other)| other) {
            let near = |(a, b): (chrono::NaiveDate, chrono::NaiveDate)| (a - b).num_days().abs() < 400;
            if !own.median_day().zip(other.median_day()).is_some_and(near) {
                continue;
            }
            for (own, other) in own.days.iter().zip(&other.days).filter_map(|(own, other)| own.zip(*other)) {
                compared += 1.0;
                later += match own.cmp(&other) {
                    Ordering::Greater => 1.0,
                    Ordering::Equal => 0.5,
                    Ordering::Less => 0.0,
                };
            }
        }
        if compared > 0.0 { later / compared } else { 0.5 }
    }
}

fn address(profile: &Profile) -> f64 {
    let fit: f64 = match profile.addresses {
        0.8.. => 1.0,
        0.3.. => 0.4,
        _ => return -1.0,
    };
    // One manager has many people, and nobody is known to the directory by private mail.
    let shared = if profile.filled >= 10 && profile.variety() < 0.3 { 0.4 } else { 0.0 };
    fit - shared - 0.5 * profile.private_mail
}

fn text(profile: &Profile, field: &Field) -> f64 {
    if profile.addresses > 0.5 || profile.dates > 0.5 {
        return -1.0;
    }
    let few = profile.filled >= 8 && (profile.distinct <= 12 || profile.variety() < 0.3);
    let short = profile.longest <= 40 && profile.mean_words < 5.0;
    let wordy = profile.mean_words >= 3.0 && profile.mean_length >= 15.0;
    let digits = profile.numbers > 0.5;
    let too_long = field.max_length.is_some_and(|most| profile.longest > 2 * most as usize);
    let fit: f64 = match field.key.as_str() {
        "remarks" | "improvementRemarks" => {
            let told = profile.ratings > 0.8 || profile.levels > 0.8 || profile.houses > 0.8;
            if digits {
                -0.7
            } else if wordy && !told {
                0.8
            } else if profile.mean_words >= 2.0 && !told {
                0.3
            } else {
                -0.3
            }
        }
        "rating" | "performanceRating" => {
            let scale = digits && profile.distinct <= 12 && profile.longest <= 4;
            if profile.ratings > 0.6 {
                0.9
            } else if scale {
                0.6
            } else if profile.mean_words >= 6.0 || profile.levels > 0.5 || digits {
                -0.5
            } else if few && short {
                0.2
            } else {
                0.0
            }
        }
        "oldLevel" | "newLevel" => {
            if profile.levels > 0.6 {
                0.9
            } else if profile.ratings > 0.5 || profile.mean_words >= 6.0 || digits && profile.longest > 4 {
                -0.5
            } else if few && short {
                0.3
            } else {
                0.0
            }
        }
        "employeeFirstName" => name(profile, profile.begins_address, profile.ends_address),
        "employeeLastName" => name(profile, profile.ends_address, profile.begins_address),
        "employeeAddressLine1" => lines(profile, digits),
        "employeeAddressLine2" => {
            if digits {
                -0.4
            } else if profile.fill() < 0.6 && profile.houses > 0.3 {
                0.4
            } else {
                0.0
            }
        }
        "employeeZipCode" => match profile.postal {
            0.8.. => 0.8,
            0.4.. => 0.2,
            _ => -0.5,
        },
        "employeeCountry" => {
            if profile.countries > 0.6 {
                0.9
            } else if profile.codes > 0.8 {
                0.3
            } else {
                -0.2
            }
        }
        "employeeState" => labelled(profile, profile.codes * 0.5 + 0.1),
        "employeeCity" => {
            labelled(profile, if profile.codes > 0.5 || few && profile.distinct <= 3 { -0.2 } else { 0.25 })
        }
        "employeeDepartment" => labelled(profile, profile.departments * 0.7 + if few { 0.15 } else { 0.0 }),
        "employeeType" => {
            labelled(profile, profile.employment * 0.9 + if few && profile.distinct <= 6 { 0.1 } else { 0.0 })
        }
        "employeeRole" => {
            let titled = profile.titles * 0.7 + profile.levels * 0.1;
            if digits { -0.6 } else { titled - profile.countries * 0.5 - profile.employment * 0.5 }
        }
        _ => 0.0,
    };
    if too_long { fit.min(-0.5) } else { fit }
}

fn name(profile: &Profile, own: f64, other: f64) -> f64 {
    if profile.lettered < 0.7 || profile.mean_words > 2.5 {
        -0.6
    } else if own > 0.4 && own > other {
        0.95
    } else if other > 0.4 {
        -0.5
    } else {
        0.1
    }
}

fn lines(profile: &Profile, digits: bool) -> f64 {
    if digits || profile.codes > 0.5 {
        -0.7
    } else if profile.houses > 0.5 && profile.levels < 0.5 && profile.ratings < 0.5 {
        0.8
    } else if profile.lettered > 0.9 && profile.mean_words < 1.5 {
        -0.2
    } else {
        0.1
    }
}

/// Values that are words, and not those that other fields are known by.
fn labelled(profile: &Profile, fit: f64) -> f64 {
    if profile.lettered < 0.6 || profile.mean_words > 5.0 { -0.6 } else { fit }
}
