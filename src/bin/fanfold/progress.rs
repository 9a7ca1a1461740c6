//! How a long run shows how it goes: a bar on a terminal, plain lines otherwise, a summary.

use super::loudness::Loudness;
use super::report::{print, printable};
use fanfold::batch::{Event, Row, Status, Summary};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often a line is printed where there is no bar.
const LINE: Duration = Duration::from_secs(10);
/// How many failures are told of one by one; all of them are in the manifest.
const TOLD: u64 = 20;

pub(super) struct Progress {
    start: Instant,
    last: Instant,
    total: Option<u64>,
    finished: u64,
    failed: u64,
    bar: Option<ProgressBar>,
    loudness: Loudness,
    dry_run: bool,
}

impl Progress {
    pub fn new(loudness: Loudness, dry_run: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = (terminal && !loudness.quiet && !dry_run).then(|| {
            let bar = ProgressBar::no_length();
            bar.set_message("counting");
            bar
        });
        let now = Instant::now();
        Progress { start: now, last: now, total: None, finished: 0, failed: 0, bar, loudness, dry_run }
    }

    pub fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Counted(total) => {
                self.total = Some(total);
                if let Some(bar) = &self.bar {
                    bar.set_length(total);
                    let style = "{bar:30} {pos}/{len} {per_sec} {eta} left {msg}";
                    bar.set_style(
                        ProgressStyle::with_template(style).unwrap_or(ProgressStyle::default_bar()),
                    );
                    bar.set_message("");
                }
            }
            Event::Planned(id, paths) => {
                for path in paths {
                    // A reader that closed the pipe has seen enough.
                    let _ = writeln!(std::io::stdout(), "{}\t{}", shown(id), shown(path));
                }
            }
            Event::Finished(row) => self.finished(row),
            Event::Tick(summary, current) => self.tick(summary, current),
            _ => {}
        }
    }

    fn finished(&mut self, row: &Row) {
        self.finished += 1;
        if self.loudness.verbose {
            for output in row.outputs.values() {
                self.line(&format!("{}: {} bytes are written", output.path, output.bytes));
            }
        }
        if row.status == Status::Failed {
            self.failed += 1;
            let error = row.error.as_deref().unwrap_or_default();
            match self.failed {
                ..=TOLD => self.line(&format!("{}: error: {error}", row.id)),
                n if n == TOLD + 1 => self.line("further failures are told in the manifest"),
                _ => {}
            }
        }
    }

    fn tick(&mut self, summary: &Summary, current: &[String]) {
        let name = current.first().map(|n| shown(n)).unwrap_or_default();
        let failed = summary.failed;
        if let Some(bar) = &self.bar {
            bar.set_position(self.finished);
            let failures = if failed > 0 { format!("{failed} failed ") } else { String::new() };
            let name: String = name.chars().take(40).collect();
            bar.set_message(format!("{failures}{name}"));
        } else if !self.loudness.quiet && self.last.elapsed() >= LINE {
            self.last = Instant::now();
            let seconds = self.start.elapsed().as_secs_f64();
            let of = self.total.map(|t| format!(" of {t}")).unwrap_or_default();
            let rate = self.finished as f64 / seconds;
            self.line(&format!("{}{of}, {rate:.0}/s, {failed} failed, at {name}", self.finished));
        }
    }

    fn line(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.println(shown(text)),
            None => print(&format!("{text}\n")),
        }
    }

    /// Takes the bar away. How long the run took.
    pub fn finish(self) -> Duration {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        debug_assert!(!self.dry_run || self.finished == 0);
        self.start.elapsed()
    }
}

/// Text without characters that would steer a terminal.
fn shown(text: &str) -> String {
    printable(text).replace('\n', "\u{FFFD}")
}

/// Says how a run went; of one without failures nothing when `quiet`.
pub(super) fn print_summary(summary: &Summary, elapsed: Duration, quiet: bool, dry_run: bool) {
    if quiet && summary.is_complete() {
        return;
    }
    let mut counts = Vec::new();
    for (count, what) in [
        (summary.done, if dry_run { "to do" } else { "done" }),
        (summary.unchanged, "unchanged"),
        (summary.failed, "failed"),
        (summary.skipped, "skipped"),
        (summary.redirects, "redirects"),
        (summary.gone, "gone"),
        (summary.warned, "with warnings"),
    ] {
        if count > 0 || what == "done" || what == "to do" {
            counts.push(format!("{count} {what}"));
        }
    }
    let seconds = elapsed.as_secs_f64();
    let rate =
        if dry_run { String::new() } else { format!(", {:.0}/s", summary.done as f64 / seconds.max(0.001)) };
    let mut text = format!("{} in {seconds:.1} s{rate}\n", counts.join(", "));
    if let Some((id, message)) = &summary.first_failure {
        text += &format!("first failure: {id}: {message}\n");
    }
    if let Some(fatal) = &summary.fatal {
        text += &format!("error: the run could not go on: {fatal}\n");
    }
    if summary.interrupted {
        text += "interrupted; --resume goes on from here\n";
    }
    if let Some(manifest) = &summary.manifest {
        text += &format!("manifest: {}\n", manifest.display());
    }
    print(&text);
}
