//! Work on a thread of its own, while Python goes on.

use crate::fault;
use pyo3::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::Duration;

/// As much as a main thread usually has, and as a document of the deepest nesting needs: threads that
/// Python starts have less on some systems.
const STACK: usize = 8 << 20;

/// How often signals are looked at.
const TICK: Duration = Duration::from_millis(50);

/// Does something without the interpreter's lock. When a signal comes meanwhile, such as Ctrl-C, `stop`
/// is set, and what the signal raises is raised once the work has ended.
pub fn work<T: Send + 'static>(
    py: Python<'_>,
    stop: &Arc<AtomicBool>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let (sender, done) = sync_channel(1);
    let run = move || {
        // Who waits has gone only when the interpreter ends.
        let _ = sender.send(work());
    };
    Builder::new().name("fanfold-worker".into()).stack_size(STACK).spawn(run).map_err(fault::own)?;
    let (done, mut raised) = (Mutex::new(done), None);
    loop {
        match wait(py, &done) {
            Ok(done) => return raised.map_or(Ok(done), Err),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(fault::own("the thread that converts has ended"));
            }
            Err(RecvTimeoutError::Timeout) if raised.is_none() => {
                if let Err(error) = py.check_signals() {
                    stop.store(true, Ordering::Relaxed);
                    raised = Some(error);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Waits without the interpreter's lock, until it is time to look at signals.
pub fn wait<T: Send>(py: Python<'_>, receiver: &Mutex<Receiver<T>>) -> Result<T, RecvTimeoutError> {
    py.detach(|| lock(receiver).recv_timeout(TICK))
}

/// What is behind a lock, whatever became of others who held it.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
