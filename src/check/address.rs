//! Addresses: hardly any is there twice, so nothing is remembered of the whole. Each is taken apart once, with the bits of
//! [`AddressMasks`], so that only rules are asked that may speak of it; what they say of domains is remembered.

use std::ops::Range;

use super::address_shape::{Domain, Shaped};
use super::careful::{Careful, Row};
use super::worker::{BlockResult, Worker};
use crate::accept;
use crate::plan::Question;
use crate::rules::address::{TOLD_BY_KINDS, split};
use crate::rules::{Bytes, Cell};
use crate::scan::{AddressMasks, Windows};

/// What rules ask of an address first.
struct Parts<'t> {
    /// The kinds of its bytes, and what kinds of address it may be.
    kinds: Bytes,
    /// What stands before and after its `@`.
    split: Option<(&'t str, &'t str)>,
    /// The place of its domain, where that is surely in the buffer.
    domain: Option<Range<usize>>,
}

impl<'b> Careful<'b, '_, '_> {
    /// An address in a field that the row's scenario uses. `any`: rules that any cell may break are asked, too.
    pub(super) fn address(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        cell: &Cell<'_>,
        any: bool,
        result: &mut BlockResult,
    ) {
        let (asked, accepting) = (&self.job.layout.asked, self.job.options.accepting);
        let counts = self.job.counts_domains()
            && row.scenario.is_some_and(|at| self.job.layout.tables[at].address == Some(cell.column));
        let range = self.content(row, cell.column);
        let parts = self.parts(cell.text, range.clone());
        let is_plain = parts.domain.is_some() && parts.kinds.is_within(PLAIN);
        let at = range.filter(|_| is_plain).and_then(|range| {
            let upn = accept::upn(self.job.scanner.instructions, self.bytes(), range.start, range.end)?;
            Some(upn.at + 1..range.end)
        });
        let known = at.as_ref().and_then(|domain| {
            worker.domains.known.find(self.job.scanner.instructions, self.bytes(), domain.start, domain.end)
        });
        if let (Some(place), true) = (known, accepting) {
            if counts {
                worker.domains.meet(place, row.number, row.cells.begin());
                worker.domain_counted = true;
            }
            return;
        }
        let kinds = if accepting { parts.kinds } else { Bytes::ALL };
        let cell = Cell { address: Some(parts.split), kinds, ..*cell };
        let domain = parts.split.map(|(_, domain)| domain.as_bytes());
        let is_silent = |domain: &[u8]| match &parts.domain {
            Some(place) => {
                worker.silent.find(self.job.scanner.instructions, self.bytes(), place.start, place.end).is_some()
            }
            None => worker.silent.holds(domain),
        };
        let seen = accepting && domain.is_none_or(is_silent);
        let kinds = parts.kinds.and(Bytes::DOMAIN.only_if(!seen));
        let (verdict, whole) = self.asked(worker, row, &cell, (kinds, any), Some(&asked.upn), result);
        // Of an address with such bytes some rules say nothing, whatever its domain is.
        let telling = whole && !seen && !parts.kinds.meets(Bytes::NOT_UPN.and(Bytes::STRANGE));
        if let (Some(domain), true) = (domain, telling) {
            let of_domain = |question: &&Question| question.needs != Bytes::ANY && question.needs.meets(Bytes::DOMAIN);
            let fired = |question: &Question| verdict.said.fired().iter().any(|group| group / 2 == question.id);
            if !asked.upn.all().iter().filter(of_domain).any(fired) {
                worker.silent.remember(domain);
            }
        }
        if let (Some(domain), []) = (at, verdict.said.fired()) {
            worker.domains.remember(&self.bytes()[domain]);
        }
        if counts {
            if let Some(domain) = domain {
                worker.domains.count(domain, row.number, row.cells.begin());
            }
            worker.domain_counted = true;
        }
    }

    /// The same of one whose shape is told, and whose domain, if there is one, was judged: what is said of it is remembered.
    #[cold]
    pub(super) fn shaped_address(
        &self,
        worker: &mut Worker,
        row: Row<'b>,
        (cell, any): (&Cell<'_>, bool),
        Shaped { shape, domain }: Shaped,
        result: &mut BlockResult,
    ) {
        let asked = &self.job.layout.asked;
        let parts = self.parts(cell.text, self.content(row, cell.column));
        let cell = Cell { address: Some(parts.split), kinds: parts.kinds, ..*cell };
        let failed = std::mem::take(&mut result.failed.now);
        let (mut verdict, whole) = self.asked(worker, row, &cell, (parts.kinds, any), Some(&asked.upn), result);
        verdict.said.grave = result.failed.now;
        result.failed.now |= failed;
        let is_told = |question: Question| TOLD_BY_KINDS.contains(&self.job.layout.plan.rule(question.id).name);
        if whole && asked.upn.about(parts.kinds).all(is_told) && asked.any.about(parts.kinds).all(is_told) {
            let kind = worker.verdicts.kinds.number(cell.column as u32, verdict.said);
            worker.verdicts.addresses.remember(shape, kind);
        }
        self.count_domain_at(self.job.scanner.instructions, worker, row, cell.column, domain);
    }

    /// Counts the domain of a row, if it is that of the address that counts.
    #[inline(always)]
    pub(super) fn count_domain_at(
        &self,
        set: impl Windows,
        worker: &mut Worker,
        row: Row<'b>,
        column: usize,
        domain: Option<Domain>,
    ) {
        let at = row.scenario.and_then(|at| self.job.layout.tables[at].address);
        if at == Some(column) && self.job.counts_domains() {
            if let Some(domain) = domain {
                worker.domains.count_at(set, self.bytes(), domain, (row.number, row.cells.begin()));
            }
            worker.domain_counted = true;
        }
    }

    /// The place of a cell's text in the buffer, quotes left out; `None` where the text is no longer that of the buffer.
    fn content(&self, row: Row<'b>, column: usize) -> Option<Range<usize>> {
        let stored = column < row.cells.len() && self.changed.get(column) != Some(&true);
        let raw = stored.then(|| row.cells.cell(self.bytes(), column))?;
        let quotes = usize::from(self.bytes()[raw.start] == b'"' && raw.len() > 1);
        Some(raw.start + quotes..raw.end - quotes)
    }

    /// Takes an address apart. What is not surely there counts as a kind that it may be.
    fn parts<'t>(&self, text: &'t str, range: Option<Range<usize>>) -> Parts<'t> {
        range.and_then(|range| self.usual_parts(text, range)).unwrap_or_else(|| {
            let split = split(text);
            let unknown = Bytes::EDGE | Bytes::GUEST | Bytes::PLACEHOLDER | Bytes::LONG;
            let kinds = Bytes::of(text) | unknown | Bytes::NO_ADDRESS.only_if(split.is_none());
            Parts { kinds, split, domain: None }
        })
    }

    /// The same for a text of less than 64 bytes that stands in the buffer as it is, begins and ends with a plain byte and
    /// holds nothing strange.
    fn usual_parts<'t>(&self, text: &'t str, range: Range<usize>) -> Option<Parts<'t>> {
        let length = text.len();
        if !(1..64).contains(&length) || range.len() != length {
            return None;
        }
        let window: &[u8; 64] = self.bytes().get(range.start..)?.first_chunk()?;
        let AddressMasks { at, dot, hyphen, not_upn, .. } = self.job.scanner.instructions.address(window, length);
        let (last, mut odd) = (1 << (length - 1), not_upn);
        if odd & (1 | last) != 0 {
            return None;
        }
        let mut kinds = Bytes::PLAIN;
        while odd != 0 {
            kinds = kinds | Bytes::of_byte(window[odd.trailing_zeros() as usize % 64]);
            odd &= odd - 1;
        }
        if kinds.meets(Bytes::STRANGE) {
            return None;
        }
        let place = at.trailing_zeros() as usize;
        let single = at.is_power_of_two() && at & (1 | last) == 0;
        let split = if single { Some((text.get(..place)?, text.get(place + 1..)?)) } else { None };
        let edge = (dot & (1 | last | (dot | at) << 1)) | (at & dot << 1) | (hyphen & (last | at << 1));
        let local = split.map_or(&[][..], |(local, _)| local.as_bytes());
        let placeholder = matches!(local, [b'R' | b'r', b'E' | b'e', b'P' | b'p', ..]);
        let kinds = kinds
            | Bytes::EDGE.only_if(edge != 0)
            | Bytes::NO_ADDRESS.only_if(split.is_none())
            | Bytes::GUEST.only_if(local.last() == Some(&b'#'))
            | Bytes::PLACEHOLDER.only_if(placeholder)
            | Bytes::LONG.only_if(length > 48);
        Some(Parts { kinds, split, domain: single.then(|| range.start + place + 1..range.end) })
    }
}

/// What a sign-in name that may be good is.
const PLAIN: Bytes = Bytes::PLAIN.and(Bytes::PLACEHOLDER).and(Bytes::LONG);
