//! How much may be under way at once: the back-pressure that keeps memory flat.

use std::sync::{Condvar, Mutex, PoisonError};

/// Bytes of documents under way; one that is longer goes alone.
const BYTES: u64 = 64 << 20;

/// Room for documents that are read and not yet recorded.
#[derive(Debug)]
pub(crate) struct Window {
    used: Mutex<Used>,
    freed: Condvar,
    most: usize,
}

#[derive(Debug, Default)]
struct Used {
    documents: usize,
    bytes: u64,
    closed: bool,
}

impl Window {
    /// Room for `most` documents.
    pub fn new(most: usize) -> Self {
        Window { used: Mutex::default(), freed: Condvar::new(), most }
    }

    /// Waits until there is room, and takes it; `false` once the window is closed.
    pub fn enter(&self, bytes: u64) -> bool {
        let full = |used: &mut Used| {
            let over = used.documents >= self.most || used.bytes.saturating_add(bytes) > BYTES;
            !used.closed && over && used.documents > 0
        };
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut used = self.freed.wait_while(used, full).unwrap_or_else(PoisonError::into_inner);
        used.documents += 1;
        used.bytes += bytes;
        !used.closed
    }

    /// Gives room back.
    pub fn leave(&self, bytes: u64) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.documents -= 1;
        used.bytes -= bytes;
        // To be woken for each document costs more than to read one, so half of the room is waited for.
        if used.documents * 2 <= self.most {
            self.freed.notify_one();
        }
    }

    /// Lets nobody wait any longer.
    pub fn close(&self) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.freed.notify_all();
    }
}
