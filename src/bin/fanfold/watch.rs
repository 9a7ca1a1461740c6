//! `convert --watch`: converts again whenever an input has changed, until it is interrupted.

use super::interrupt::Interrupt;
use super::plan::{Input, Plan};
use super::report;
use super::run::convert;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

/// How often the inputs are looked at: seldom enough to cost nothing, and soon enough to wait for.
const PERIOD: Duration = Duration::from_millis(250);

/// When each input was changed, and its size; nothing of one that is not there.
type Seen = Vec<Option<(SystemTime, u64)>>;

/// Carries out a plan, once or whenever an input changes.
pub(super) fn run(plan: Plan) -> Result<ExitCode, String> {
    let interrupt = Interrupt::listen()?;
    loop {
        let before = seen(&plan);
        let code = convert(&plan, &interrupt)?;
        if !plan.watch || interrupt.reason().is_some() {
            return Ok(code);
        }
        interrupt.nothing_to_finish();
        if !plan.conversion.loudness.quiet {
            report::print("watching for changes; an interrupt ends it\n");
        }
        wait(&plan, before);
    }
}

/// Waits until an input is not as it was, and then until all are there and stay as they are: an editor
/// may take a file away before it puts the new one there, or write it piece by piece.
fn wait(plan: &Plan, before: Seen) {
    let mut last = before.clone();
    loop {
        std::thread::sleep(PERIOD);
        let now = seen(plan);
        if now != before && now == last && now.iter().all(Option::is_some) {
            return;
        }
        last = now;
    }
}

fn seen(plan: &Plan) -> Seen {
    let stamp = |input: &Input| match input {
        Input::File(path) => path.metadata().ok().and_then(|m| Some((m.modified().ok()?, m.len()))),
        Input::Stdin => None,
    };
    plan.jobs.iter().map(|job| stamp(&job.input)).collect()
}
