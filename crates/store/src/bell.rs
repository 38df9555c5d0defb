//! Wakes workers of this process when a transaction that enqueued something has committed.

use parking_lot::{Condvar, Mutex};
use std::time::Duration;

/// Counts rings, so that one that comes between looking and waiting is not missed.
#[derive(Debug, Default)]
pub(crate) struct Bell {
    rung: Mutex<u64>,
    heard: Condvar,
}

impl Bell {
    pub(crate) fn ring(&self) {
        *self.rung.lock() += 1;
        self.heard.notify_all();
    }

    pub(crate) fn count(&self) -> u64 {
        *self.rung.lock()
    }

    /// Waits until it rings after `seen` was counted, at most `longest`.
    pub(crate) fn wait(&self, seen: u64, longest: Duration) {
        let mut rung = self.rung.lock();
        if *rung == seen {
            self.heard.wait_for(&mut rung, longest);
        }
    }
}
