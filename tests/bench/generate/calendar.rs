//! Dates and times in the forms that the service takes, from 1 April to 30 June 2026.

use super::random::Random;

/// Days in the window.
pub const DAYS: usize = 91;

const OFFSETS: [&str; 6] = ["+05:30", "+02:00", "-04:00", "+09:00", "+01:00", "-03:00"];

/// How one file row writes its times: seconds and a `Z`, an offset, or seven digits of a second with either.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    seconds: u32,
    fraction: Option<u32>,
    offset: Option<&'static str>,
}

impl Form {
    /// Any of the forms.
    pub fn any(random: &mut Random) -> Self {
        let dice = random.below(8);
        Self {
            seconds: random.below(86_400) as u32,
            fraction: (dice & 1 == 1).then(|| random.below(10_000_000) as u32),
            offset: (dice & 6 != 0).then(|| OFFSETS[random.below(OFFSETS.len())]),
        }
    }

    /// Writes the time on the `day`-th day of the window.
    pub fn write(self, day: usize, out: &mut Vec<u8>) {
        let (month, day) = month_and_day(day);
        out.extend_from_slice(b"2026-0");
        out.push(b'0' + month);
        out.push(b'-');
        pair(u32::from(day), out);
        for (mark, value) in [(b'T', self.seconds / 3600), (b':', self.seconds / 60 % 60), (b':', self.seconds % 60)] {
            out.push(mark);
            pair(value, out);
        }
        if let Some(fraction) = self.fraction {
            out.push(b'.');
            let start = out.len();
            out.resize(start + 7, b'0');
            let mut rest = fraction;
            for digit in out[start..].iter_mut().rev() {
                *digit = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
        }
        out.extend_from_slice(self.offset.map_or(b"Z", str::as_bytes));
    }
}

/// Month and day of the month of the `day`-th day of the window.
pub fn month_and_day(day: usize) -> (u8, u8) {
    match day {
        0..30 => (4, day as u8 + 1),
        30..61 => (5, (day - 30) as u8 + 1),
        _ => (6, ((day - 61) % 30) as u8 + 1),
    }
}

/// Writes a number below 100 with two digits.
pub fn pair(value: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'0' + (value / 10) as u8, b'0' + (value % 10) as u8]);
}
