//! SIGINT and SIGTERM: the first ends the work in order, so that nothing is left half written; the
//! second, or one that comes when there is nothing to put in order, ends the program at once.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The exit code of a program that was interrupted, as shells have it for SIGINT.
pub(super) const CODE: u8 = 130;

/// Whether the user wants an end.
#[derive(Clone, Default)]
pub(super) struct Interrupt {
    /// No further work is to be begun, and what is under way is to end.
    pub asked: Arc<AtomicBool>,
    /// The next signal ends the program.
    at_once: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on.
    pub fn listen() -> Result<Self, String> {
        let interrupt = Interrupt::default();
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first signal is what makes the second one final.
            flag::register_conditional_shutdown(signal, CODE.into(), interrupt.at_once.clone())
                .and_then(|_| flag::register(signal, interrupt.at_once.clone()))
                .and_then(|_| flag::register(signal, interrupt.asked.clone()))
                .map_err(|e| e.to_string())?;
        }
        Ok(interrupt)
    }

    /// From here on there is nothing to put in order.
    pub fn nothing_to_finish(&self) {
        self.at_once.store(true, Ordering::SeqCst);
    }

    /// From here on what is under way is finished or taken back first.
    pub fn something_to_finish(&self) {
        self.at_once.store(false, Ordering::SeqCst);
    }

    fn is_asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }

    /// Why what is under way ends, once the user wants it to.
    pub fn reason(&self) -> Option<String> {
        self.is_asked().then(|| "interrupted".to_owned())
    }

    /// The exit code of a program that would end with `otherwise`.
    pub fn code(&self, otherwise: ExitCode) -> ExitCode {
        if self.is_asked() { ExitCode::from(CODE) } else { otherwise }
    }
}
