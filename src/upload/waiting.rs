//! When to try again: later and later, never all at the same moment, and not for ever.

use std::time::{Duration, Instant};

use ring::rand::{SecureRandom as _, SystemRandom};

/// How patient an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The shortest wait.
    pub first: Duration,
    /// The longest wait that nobody asked for.
    pub longest: Duration,
    /// How long one chunk, or one token, is tried for in all.
    pub total: Duration,
}

impl Default for Pace {
    /// The vendor's script tries for a quarter of an hour.
    fn default() -> Self {
        Self { first: Duration::from_secs(1), longest: Duration::from_mins(1), total: Duration::from_mins(15) }
    }
}

/// Attempts at one thing.
#[derive(Debug)]
pub(super) struct Attempts {
    pace: Pace,
    end: Instant,
    last: Duration,
    pub(super) made: u32,
}

impl Attempts {
    pub(super) fn new(pace: Pace) -> Self {
        Self { pace, end: Instant::now() + pace.total, last: pace.first, made: 0 }
    }

    /// How long to wait before the next attempt; `None`: it is over. `asked` is what the service asks for, which is never
    /// undercut: where it asks for more time than there is, it is over at once.
    pub(super) fn wait(&mut self, asked: Option<Duration>) -> Option<Duration> {
        self.made += 1;
        // Decorrelated jitter: between the shortest wait and three times the last one.
        let most = self.last.saturating_mul(3).min(self.pace.longest).max(self.pace.first);
        let spread = most.saturating_sub(self.pace.first);
        let wait = self.pace.first + spread.mul_f64(random());
        self.last = wait;
        let wait = asked.map_or(wait, |asked| asked.saturating_add(wait.min(Duration::from_secs(1))));
        let left = self.end.saturating_duration_since(Instant::now());
        (wait < left).then_some(wait)
    }
}

/// A number from 0 up to 1.
fn random() -> f64 {
    let mut bytes = [0; 4];
    // Without randomness all waits are the longest, which is slow and never wrong.
    SystemRandom::new().fill(&mut bytes).map_or(1.0, |()| f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Attempts, Pace};

    #[test]
    fn waits_grow_and_have_an_end() {
        let pace = Pace::default();
        let mut attempts = Attempts::new(pace);
        for _ in 0..50 {
            let wait = attempts.wait(None).expect("a quarter of an hour has not passed");
            assert!(wait >= pace.first && wait <= pace.longest);
        }
        let mut impatient = Attempts::new(Pace { total: Duration::from_millis(10), ..pace });
        assert_eq!(impatient.wait(None), None);
    }

    #[test]
    fn a_service_that_asks_for_ten_years_is_not_waited_for() {
        let mut attempts = Attempts::new(Pace::default());
        assert_eq!(attempts.wait(Some(Duration::from_hours(87_600))), None);
        assert_eq!(attempts.wait(Some(Duration::from_secs(u64::MAX / 2))), None);
        let wait = attempts.wait(Some(Duration::from_secs(30))).expect("half a minute is fine");
        assert!(wait >= Duration::from_secs(30) && wait <= Duration::from_secs(31));
    }
}
