//! What becomes of an input's bytes, for people.

use super::args::Explain;
use super::batch::silence_workers;
use super::interrupt::Interrupt;
use super::lines::Lines;
use super::report::{Report, printable};
use super::{output, plan, run};
use fanfold::Converter;
use fanfold::account::{Account, Fate, Portion};
use fanfold::diagnostic::Ignore;
use fanfold::job::{Job, Settings};
use fanfold::model::Source;
use std::fmt::Write;
use std::process::ExitCode;

/// Characters of what was dropped that are shown.
const EXCERPT: usize = 60;
/// Places that are listed for each code.
const PLACES: usize = 20;

/// Prints the account of an input.
pub(super) fn explain(args: Explain) -> Result<ExitCode, String> {
    // Nothing is written, so an interrupt ends it at once.
    Interrupt::listen()?.nothing_to_finish();
    let input = args.input.map_or_else(plan::piped, |path| Ok(plan::input(path)))?;
    let converter = Converter::builder().limits(args.limits.limits()).build();
    if let Some(from) = &args.from {
        converter.registry().reader(from).map_err(|e| format!("--from: {e}"))?;
    }
    let mut settings = Settings::new(converter, &[]).map_err(|e| e.to_string())?;
    (settings.from, settings.time, settings.account) = (args.from, Some(args.limits.time()), true);
    settings.encoding = args.encoding;
    let name = input.name();
    let source = match run::source(&input, settings.converter.limits().input_bytes) {
        Ok(source) => source,
        Err(error) => {
            Report::new(&name, &[]).error(&error);
            return Ok(ExitCode::FAILURE);
        }
    };
    silence_workers();
    let done = Job::new(&name, &source).run(&settings, &mut Ignore);
    let mut report = Report::new(&name, &source);
    match (&done.failure, done.account()) {
        (Some(failure), _) => report.failure(failure),
        (None, None) => report.error("its reader keeps no account of what it reads"),
        (None, Some(account)) => return Ok(output::print(told(account, &Lines::new(&source)).as_bytes())),
    }
    Ok(ExitCode::FAILURE)
}

fn told(account: &Account, lines: &Lines) -> String {
    let totals = account.totals();
    let Source { name, format, encoding, .. } = account.source();
    let mut out = format!("{}: {format}, {encoding}, {} bytes\n\n", printable(name), totals.all());
    let all = totals.all().max(1);
    let mut row = |fate: &str, bytes: usize| {
        let share = (bytes * 1000 + all / 2) / all;
        let _ = writeln!(out, "{fate:<12}{bytes:>12}{:>7}.{} %", share / 10, share % 10);
    };
    row("rendered", totals.rendered);
    row("metadata", totals.metadata);
    row("syntax", totals.syntax);
    row("dropped", totals.dropped);
    if totals.unaccounted > 0 {
        row("unaccounted", totals.unaccounted);
    }
    let mut codes: Vec<&str> = account.portions().iter().filter_map(|p| lost(p)).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let portions: Vec<&Portion> =
            account.portions().iter().filter(|portion| lost(portion) == Some(code)).collect();
        let bytes: usize = portions.iter().map(|p| p.range.len()).sum();
        let places = if portions.len() == 1 { "place" } else { "places" };
        let _ = writeln!(out, "\n{code}: {bytes} bytes in {} {places}", portions.len());
        for portion in portions.iter().take(PLACES) {
            let (line, column) = lines.place(portion.range.start);
            let place = format!("{line}:{column}");
            let text = lines.text.get(portion.range.clone()).unwrap_or_default();
            let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some((cut, _)) = words.char_indices().nth(EXCERPT) {
                words.truncate(cut);
                words.push('…');
            }
            let _ = writeln!(out, "  {place:<9} {}", printable(&words));
        }
        if portions.len() > PLACES {
            let _ = writeln!(out, "  … and {} more", portions.len() - PLACES);
        }
    }
    out
}

/// Under what name a portion is lost, if it is.
fn lost(portion: &Portion) -> Option<&'static str> {
    match portion.fate {
        None => Some("unaccounted"),
        Some(Fate::Dropped(code)) => Some(code.name),
        Some(_) => None,
    }
}
