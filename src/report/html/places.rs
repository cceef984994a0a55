//! Where in a file findings are: a histogram of fixed size that widens its bars as the file goes on.

use std::fmt::Write as _;

use crate::finding::Severity;
use crate::report::phrase;

/// Bars, at most.
const BARS: usize = 64;
/// Height of the tallest bar and width of the drawing, in the drawing's units.
const HEIGHT: u64 = 96;
const WIDTH: u64 = 640;

/// Findings by row: bar `i` counts rows `i * width + 1` to `(i + 1) * width`.
pub(super) struct Places {
    bars: [[u64; 3]; BARS],
    /// Rows of one bar.
    width: u64,
    counted: u64,
    /// The last row with a finding.
    last: u64,
}

/// A file's drawing.
pub(super) struct Chart {
    pub(super) file: String,
    pub(super) width: u64,
    pub(super) first: String,
    pub(super) last: String,
    /// What it shows, in words.
    pub(super) told: String,
    pub(super) columns: Vec<Column>,
}

/// A bar: its place, and its parts from the bottom up.
pub(super) struct Column {
    pub(super) x: u64,
    pub(super) width: u64,
    pub(super) told: String,
    pub(super) parts: Vec<Part>,
}

/// The findings of one severity in a bar.
pub(super) struct Part {
    pub(super) severity: &'static str,
    pub(super) y: u64,
    pub(super) height: u64,
}

impl Default for Places {
    fn default() -> Self {
        Self { bars: [[0; 3]; BARS], width: 1, counted: 0, last: 0 }
    }
}

impl Places {
    /// Counts a finding in a 1-based row.
    pub(super) fn add(&mut self, row: u64, severity: Severity) {
        let row = row.saturating_sub(1);
        while row / self.width >= BARS as u64 {
            for at in 0..BARS / 2 {
                let (left, right) = (self.bars[2 * at], self.bars[2 * at + 1]);
                self.bars[at] = std::array::from_fn(|i| left[i] + right[i]);
            }
            self.bars[BARS / 2..].fill([0; 3]);
            self.width *= 2;
        }
        self.bars[(row / self.width) as usize][severity as usize] += 1;
        self.counted += 1;
        self.last = self.last.max(row + 1);
    }

    /// The drawing for a file of so many rows (the header included) and findings; nothing where no finding is in a row.
    pub(super) fn chart(&self, file: String, rows: u64, findings: u64) -> Option<Chart> {
        let tallest = self.bars.iter().map(|bar| bar.iter().sum::<u64>()).max().filter(|tallest| *tallest > 0)?;
        let rows = rows.max(self.last);
        let bars = rows.div_ceil(self.width).min(BARS as u64);
        let width = (WIDTH / bars).max(2);
        let columns = (0..bars).filter_map(|at| self.column(at, width, rows, tallest)).collect();
        let told = self.told(rows, findings);
        Some(Chart { file, width: bars * width, first: "1".to_owned(), last: phrase::number(rows), told, columns })
    }

    fn column(&self, at: u64, width: u64, rows: u64, tallest: u64) -> Option<Column> {
        let counts = self.bars[at as usize];
        let all: u64 = counts.iter().sum();
        if all == 0 {
            return None;
        }
        let mut y = HEIGHT + 4;
        let mut parts = Vec::new();
        for severity in Severity::ALL.into_iter().rev() {
            let count = counts[severity as usize];
            if count > 0 {
                let height = (count * HEIGHT / tallest).max(2);
                y = y.saturating_sub(height);
                parts.push(Part { severity: severity.name(), y, height });
            }
        }
        let mut told = phrase::rows(self.rows_of(at, rows));
        write!(told, ": {}", phrase::tally(counts[2], counts[1], counts[0])).expect("writing to a String cannot fail");
        Some(Column { x: at * width, width: width - 1, told, parts })
    }

    /// In words, for those who do not see it.
    fn told(&self, rows: u64, findings: u64) -> String {
        let fullest =
            (0..BARS).max_by_key(|at| (self.bars[*at].iter().sum::<u64>(), std::cmp::Reverse(*at))).unwrap_or(0) as u64;
        let most = phrase::rows(self.rows_of(fullest, rows));
        let inside: u64 = self.bars[fullest as usize].iter().sum();
        let (counted, all) = (phrase::number(self.counted), phrase::count(findings, "finding"));
        format!("{counted} of {all} drawn by row; most of them, {}, in {most}.", phrase::number(inside))
    }

    /// First and last row of a bar.
    fn rows_of(&self, bar: u64, rows: u64) -> (u64, u64) {
        (bar * self.width + 1, ((bar + 1) * self.width).min(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Severity};

    #[test]
    fn bars_widen_and_lose_nothing() {
        let mut places = Places::default();
        for row in 1..=1000 {
            places.add(row, if row == 900 { Severity::Error } else { Severity::Warning });
        }
        assert_eq!(places.width, 16);
        assert_eq!(places.bars.iter().flatten().sum::<u64>(), 1000);
        assert_eq!(places.bars[899 / 16][Severity::Error as usize], 1);
        let chart = places.chart("a.csv".to_owned(), 1000, 1000).expect("there are findings");
        assert_eq!(chart.columns.len(), 63);
        assert_eq!(chart.last, "1,000");
        assert_eq!(chart.columns[56].told, "rows 897 to 912: 1 error, 15 warnings");
        assert!(chart.columns.iter().flat_map(|column| &column.parts).all(|part| part.y + part.height <= 100));
    }

    #[test]
    fn a_file_without_findings_in_rows_has_no_drawing() {
        assert!(Places::default().chart("a.csv".to_owned(), 10, 3).is_none());
    }
}
