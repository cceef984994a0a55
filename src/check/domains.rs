//! Which domains the people of a file have: one that few have and that is almost the usual one was mistyped.
//!
//! Every block makes [`Counts`] of its own; [`Rounds::count_domains`] adds them up and keeps, for each domain of the file, the
//! first row that has it. Capital letters make no difference. A file of very many domains is looked at no further; whatever
//! the cuts, a block that has too many is part of a file that has.

use std::io;

use super::address_shape::Domain;
use super::careful::{Careful, Row, Target};
use super::emit::Emitter;
use super::job::Job;
use super::rounds::{Rounds, Totals};
use super::worker::Worker;
use crate::accept;
use crate::finding::{Finding, Place};
use crate::rules::address::{is_well_formed, slip, split};
use crate::rules::{Explanation, Observed, Record};
use crate::scan::Windows;

/// The rule that speaks of them.
pub(super) const RULE: &str = "domain-near-miss";

/// Most domains of a file that are counted.
const MOST: usize = 1024;

/// The place of rows without an address.
pub(super) const NOWHERE: usize = accept::Domains::PLACES;

/// Known places and that one; a power of two.
const PLACES: usize = 2 * accept::Domains::PLACES;

/// A domain in small letters with zeros behind it.
type Name = [u8; accept::Domains::LONGEST];

/// Domains that need not be judged again, and how many rows of the block have each.
pub(super) struct Domains {
    pub(super) known: accept::Domains,
    met: Met,
    /// The last ones that are not among those.
    recent: accept::Domains,
    recent_met: Met,
    /// What else the block's rows have.
    others: Counts<First>,
}

/// How many rows of the block have the domain of each place.
struct Met {
    rows: Box<[u32; PLACES]>,
    /// Places that some row has, and the first of these rows.
    places: Vec<(usize, First)>,
}

/// The first row that has a domain: its number in the block, and where it begins there.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    pub(super) record: u32,
    pub(super) begin: u32,
}

/// Domains with the number of rows that have each, and the first of these rows.
pub(super) struct Counts<F> {
    /// In order of the names.
    list: Vec<Count<F>>,
    /// There are too many; then none is listed.
    over: bool,
}

struct Count<F> {
    name: Name,
    rows: u64,
    first: F,
}

impl Default for Domains {
    fn default() -> Self {
        let (known, recent) = (accept::Domains::default(), accept::Domains::default());
        Self { known, met: Met::default(), recent, recent_met: Met::default(), others: Counts::default() }
    }
}

impl Default for Met {
    fn default() -> Self {
        Self { rows: Box::new([0; PLACES]), places: Vec::new() }
    }
}

impl Met {
    fn reset(&mut self) {
        self.places.drain(..).for_each(|(place, _)| self.rows[place] = 0);
    }

    #[inline(always)]
    fn add(&mut self, place: usize, record: usize, begin: usize) {
        let rows = &mut self.rows[place % PLACES];
        *rows += 1;
        if *rows == 1 {
            self.add_first(place, record, begin);
        }
    }

    #[cold]
    fn add_first(&mut self, place: usize, record: usize, begin: usize) {
        self.places.push((place, First { record: record as u32, begin: begin as u32 }));
    }

    /// Counts the rows of a place, which was met, among these.
    fn move_out(&mut self, at: usize, domains: &accept::Domains, counts: &mut Counts<First>) {
        let (place, first) = self.places.swap_remove(at);
        let rows = std::mem::take(&mut self.rows[place]);
        if place != NOWHERE {
            counts.add(domains.at(place), rows.into(), first);
        }
    }

    /// The same with that of another domain that is to have its place.
    fn clear(&mut self, place: usize, domains: &accept::Domains, counts: &mut Counts<First>) {
        if let Some(at) = self.places.iter().position(|(met, _)| *met == place) {
            self.move_out(at, domains, counts);
        }
    }
}

impl Domains {
    /// Makes ready for a block.
    pub(super) fn reset(&mut self) {
        self.met.reset();
        self.recent_met.reset();
        self.others = Counts::default();
    }

    /// Counts a row that has the known domain of a place.
    #[inline(always)]
    pub(super) fn meet(&mut self, place: usize, record: usize, begin: usize) {
        self.met.add(place, record, begin);
    }

    /// Counts a row by its domain, which is in a buffer; `first`: the row's number, and where it begins.
    #[inline(always)]
    pub(super) fn count_at(
        &mut self,
        set: impl Windows,
        bytes: &[u8],
        Domain { span, place }: Domain,
        first: (usize, usize),
    ) {
        if self.known.is_at(set, place, bytes, span) {
            self.met.add(place, first.0, first.1);
        } else if self.recent.is_at(set, place, bytes, span) {
            self.recent_met.add(place, first.0, first.1);
        } else {
            self.count(&bytes[span.0..span.1], first.0, first.1);
        }
    }

    /// Counts a row by its domain.
    pub(super) fn count(&mut self, domain: &[u8], record: usize, begin: usize) {
        let Some(place) = accept::Domains::place_of(domain) else { return };
        if self.known.at(place) == domain {
            self.meet(place, record, begin);
            return;
        }
        if self.recent.at(place) != domain {
            self.recent_met.clear(place, &self.recent, &mut self.others);
            self.recent.remember(domain);
        }
        self.recent_met.add(place, record, begin);
    }

    /// Remembers a domain that the rules found nothing wrong with, in place of another if need be.
    pub(super) fn remember(&mut self, domain: &[u8]) {
        let Some(place) = accept::Domains::place_of(domain).filter(|place| self.known.at(*place) != domain) else {
            return;
        };
        self.met.clear(place, &self.known, &mut self.others);
        self.known.remember(domain);
    }

    /// The domains of the block's rows. Rows begin `shift` bytes before where they were said to.
    pub(super) fn finish(&mut self, shift: u32) -> Counts<First> {
        for (met, domains) in [(&mut self.met, &self.known), (&mut self.recent_met, &self.recent)] {
            while let Some(last) = met.places.len().checked_sub(1) {
                met.move_out(last, domains, &mut self.others);
            }
        }
        let mut counts = std::mem::take(&mut self.others);
        counts.list.iter_mut().for_each(|count| count.first.begin -= shift);
        counts
    }
}

impl<F> Default for Counts<F> {
    fn default() -> Self {
        Self { list: Vec::new(), over: false }
    }
}

impl<F> Counts<F> {
    fn find(&self, name: &Name) -> Result<usize, usize> {
        self.list.binary_search_by(|count| count.name.cmp(name))
    }

    fn insert(&mut self, at: usize, count: Count<F>) {
        if self.list.len() < MOST {
            self.list.insert(at, count);
        } else {
            *self = Self { list: Vec::new(), over: true };
        }
    }
}

impl Counts<First> {
    /// Adds rows of a domain, if it is written as one.
    fn add(&mut self, domain: &[u8], rows: u64, first: First) {
        if self.over {
            return;
        }
        let mut name = [0; accept::Domains::LONGEST];
        name[..domain.len()].copy_from_slice(domain);
        name.make_ascii_lowercase();
        match self.find(&name) {
            Ok(at) => {
                let count = &mut self.list[at];
                count.rows += rows;
                if first.record < count.first.record {
                    count.first = first;
                }
            }
            Err(at) if str::from_utf8(domain).is_ok_and(is_well_formed) => self.insert(at, Count { name, rows, first }),
            Err(_) => {}
        }
    }
}

impl<'b> Careful<'b, '_, '_> {
    /// Counts the domain of a row that is not known to be good.
    pub(super) fn count_domain(&self, worker: &mut Worker, row: Row<'b>, record: &Record<'_>) {
        let column = row.scenario.and_then(|at| self.job.layout.tables[at].address);
        let column = column.filter(|_| !worker.domain_counted && self.job.counts_domains());
        if let Some((_, domain)) = column.and_then(|column| split(record.text(column))) {
            worker.domains.count(domain.as_bytes(), row.number, row.cells.begin());
        }
    }
}

impl Rounds<'_, '_, '_, '_> {
    /// Adds the domains of the next block, whose first record begins at `begin`.
    pub(super) fn count_domains(&mut self, block: Counts<First>, begin: u64, inner_breaks: &[u32]) -> io::Result<()> {
        if block.over {
            self.totals.domains = Counts { list: Vec::new(), over: true };
        }
        for Count { name, rows, first } in block.list {
            if self.totals.domains.over {
                break;
            }
            match self.totals.domains.find(&name) {
                Ok(at) => self.totals.domains.list[at].rows += rows,
                Err(at) => {
                    let first = self.first_of_domain(first, begin, inner_breaks)?;
                    self.totals.domains.insert(at, Count { name, rows, first });
                }
            }
        }
        Ok(())
    }

    /// What there is to show of the first row that has a domain.
    fn first_of_domain(&mut self, first: First, begin: u64, inner_breaks: &[u32]) -> io::Result<Option<Box<Finding>>> {
        let rule = self.job.layout.plan.rule(self.job.engine.domain_near_miss);
        let address = self.address(begin + u64::from(first.begin))?;
        let Some((column, _)) = address else { return Ok(None) };
        let nothing = Explanation::new("", "");
        let place = (first.record, first.begin);
        let finding = self.read_again(place, begin, inner_breaks, (rule, rule.severity), Target::Cell(column), nothing);
        Ok(finding?.map(Box::new))
    }
}

/// The findings about domains that are almost the usual one, in order of the rows.
pub(super) fn findings(job: &Job<'_, '_>, emitter: &Emitter<'_, '_>, totals: &Totals) -> Vec<Option<Finding>> {
    let list = &totals.domains.list;
    let option = |name| u64::from(job.layout.plan.option(RULE, name));
    let of: u64 = list.iter().map(|count| count.rows).sum();
    let Some(usual) = list.iter().max_by_key(|count| count.rows) else { return Vec::new() };
    if usual.rows < option("rows") || usual.rows * 2 < of {
        return Vec::new();
    }
    let few = |count: &&Count<_>| count.rows * 100 <= of * option("share");
    let near = |count: &Count<Option<Box<Finding>>>| {
        let slip = slip(text(&count.name), text(&usual.name))?;
        let fact = Observed::NearDomain { rows: count.rows, usual: usual.rows, of, slip };
        let Some(first) = count.first.as_deref() else { return emitter.observed(RULE, &fact, Place::default()) };
        let finding = emitter.observed(RULE, &fact, first.place.clone())?;
        let Finding { scenario, value, excerpt, .. } = first.clone();
        Some(Finding { scenario, value, excerpt, ..finding })
    };
    let mut findings: Vec<_> = list.iter().filter(few).filter_map(near).collect();
    findings.sort_by_key(|finding| finding.place.row);
    findings.into_iter().map(Some).collect()
}

fn text(name: &Name) -> &str {
    let length = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
    str::from_utf8(&name[..length]).unwrap_or_default()
}
