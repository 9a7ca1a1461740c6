//! How long a document may take.

use super::failure::Failure;
use std::time::{Duration, Instant};

/// The end of the time for one document, which starts when this is made.
#[derive(Clone, Copy)]
pub(super) struct Deadline {
    time: Duration,
    /// None when it is too far away to be reached.
    end: Option<Instant>,
}

#[allow(clippy::disallowed_methods, reason = "the one clock: a job's time is bounded")]
impl Deadline {
    /// So much time from now.
    pub fn after(time: Duration) -> Self {
        Deadline { time, end: Instant::now().checked_add(time) }
    }

    /// Once it has passed, why the document fails; asked by what converts it.
    pub fn passed(&self) -> Option<Failure> {
        self.end.is_some_and(|end| Instant::now() > end).then_some(Failure::Late { limit: self.time })
    }
}

/// How much longer than its time a document is waited for. One that looks at its time ends by itself
/// before; only one that is held up where nothing looks is given up, and its thread left behind.
#[cfg(feature = "batch")]
const GRACE: Duration = Duration::from_secs(1);

/// When a document that has so much time is given up.
#[cfg(feature = "batch")]
pub(crate) fn patience(time: Duration) -> Duration {
    time.saturating_add(GRACE)
}
