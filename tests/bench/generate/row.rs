//! One record: who, when and what, decided by the seed and the record's number alone, so that any record can be made
//! without those before it and no two records are about the same event.

use super::calendar::{DAYS, Form};
use super::random::Random;
use super::scenario::{MIXED, Scenario};
use super::words::{
    CLOSINGS, DEPARTMENTS, DOMAINS, EMPLOYMENT, FAMILY, FOREIGN, GIVEN, LEVELS, OPENINGS, RATINGS, STREETS, TOWNS,
};

/// Days between notice and last working day, at most.
const NOTICE: usize = 30;

/// What one record is about.
pub struct Row {
    /// The scenario.
    pub scenario: Scenario,
    /// Numbers for what is left to decide.
    pub random: Random,
    person: Person,
    form: Form,
    day: usize,
    notice: usize,
    level: usize,
    breaks: bool,
}

impl Row {
    /// The `index`-th record of a file. `alone` names the scenario of a file that has only one; with `breaks`, some
    /// remarks hold line breaks and quotes.
    pub fn new(seed: u64, index: u64, alone: Option<Scenario>, breaks: bool) -> Self {
        let mut random = Random::at(seed, index);
        // In mixed files every eighth record is about somebody who was named shortly before, in another scenario.
        let again = alone.is_none() && index % 8 == 7;
        let about = if again { index - 3 } else { index };
        let scenario = alone.unwrap_or_else(|| {
            let first = Random::at(!seed, about).below(20);
            let kind = usize::from(first >= 6) + usize::from(first >= 11) + usize::from(first >= 16);
            MIXED[(kind + usize::from(again)) % MIXED.len()]
        });
        Self {
            scenario,
            person: Person::new(seed, about),
            form: Form::any(&mut random),
            day: random.below(DAYS - NOTICE),
            notice: 1 + random.below(NOTICE - 1),
            level: random.below(LEVELS.len() - 1),
            breaks,
            random,
        }
    }

    /// Whether the scenario uses the column of a mixed file.
    pub fn uses(&self, column: usize) -> bool {
        column == 0 || self.scenario.mixed_columns().contains(&column)
    }

    /// Writes the text of a column of a mixed file: nothing where the scenario does not use it.
    pub fn write(&mut self, column: usize, out: &mut Vec<u8>) {
        if !self.uses(column) {
            return;
        }
        match column {
            0 => out.extend_from_slice(self.scenario.identifier().as_bytes()),
            1 => self.person.write_address(out),
            3 => self.form.write(self.day + self.notice, out),
            2 | 4 => self.form.write(self.day, out),
            5 => self.write_remarks(out),
            6 => out.extend_from_slice(RATINGS[self.random.below(RATINGS.len())].as_bytes()),
            7 => out.extend_from_slice(LEVELS[self.level].as_bytes()),
            _ => out.extend_from_slice(LEVELS[self.level + 1].as_bytes()),
        }
    }

    /// Writes the text of a column of an employee profile.
    pub fn write_profile(&mut self, column: usize, out: &mut Vec<u8>) {
        let town = TOWNS[self.day % TOWNS.len()];
        let text = match column {
            0 => return self.person.write_address(out),
            1 => return capitalised(GIVEN[self.person.given], out),
            2 => return capitalised(FAMILY[self.person.family], out),
            3 => {
                out.extend_from_slice((1 + self.random.below(200)).to_string().as_bytes());
                out.push(b' ');
                self.random.pick(&STREETS)
            }
            4 => town[0],
            5 if self.day.is_multiple_of(4) => "2nd floor",
            5 => "",
            6 => town[1],
            7 => town[2],
            8 => town[3],
            9 => self.random.pick(&DEPARTMENTS),
            10 => self.random.pick(&EMPLOYMENT),
            _ => LEVELS[self.level],
        };
        out.extend_from_slice(text.as_bytes());
    }

    /// Of all remarks 12 % have a comma, 12 % letters outside ASCII, 5 % are blank: with the records that have no
    /// remarks, about 8 % of a mixed file for each of the first two.
    fn write_remarks(&mut self, out: &mut Vec<u8>) {
        let dice = self.random.below(100);
        if (12..24).contains(&dice) {
            return out.extend_from_slice(self.random.pick(&FOREIGN).as_bytes());
        }
        if (24..29).contains(&dice) {
            return;
        }
        let (opening, closing) = (self.random.pick(&OPENINGS), self.random.pick(&CLOSINGS));
        out.extend_from_slice(opening.as_bytes());
        match dice {
            0..4 if self.breaks => out.extend_from_slice(b",\r\n"),
            4..8 if self.breaks => out.extend_from_slice(b"\n"),
            8..12 if self.breaks => {
                out.extend_from_slice(b" \"as agreed\", ");
            }
            0..12 => out.extend_from_slice(b", "),
            _ => out.push(b' '),
        }
        out.extend_from_slice(closing.as_bytes());
    }
}

/// Somebody: no two numbers give the same address.
struct Person {
    given: usize,
    family: usize,
    domain: usize,
    namesake: u64,
}

impl Person {
    fn new(seed: u64, number: u64) -> Self {
        let (given, family, domains) = (GIVEN.len() as u64, FAMILY.len() as u64, DOMAINS.len() as u64);
        let people = given * family * domains;
        // 77,867 shares no factor with the number of people, so this walks through all of them before it repeats.
        let who = (number % people * 77_867 + seed % people) % people;
        Self {
            given: (who % given) as usize,
            family: (who / given % family) as usize,
            domain: (who / given / family) as usize,
            namesake: number / people,
        }
    }

    fn write_address(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(GIVEN[self.given].as_bytes());
        out.push(b'.');
        out.extend_from_slice(FAMILY[self.family].as_bytes());
        if self.namesake > 0 {
            out.extend_from_slice((self.namesake + 1).to_string().as_bytes());
        }
        out.push(b'@');
        out.extend_from_slice(DOMAINS[self.domain].as_bytes());
    }
}

fn capitalised(name: &str, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend_from_slice(name.as_bytes());
    out[start].make_ascii_uppercase();
}
