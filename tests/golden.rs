//! Golden cases, and the small ones of `tests/suite` after them: `tests/golden/<case>/input.EXT` beside `expected.X` for each output to compare, and
//! the images that the input shows.
//!
//! The presence of an `expected.X` selects the output. `UPDATE=1 cargo test --test golden` writes
//! what came out, prints the difference, and fails, so that an update is never green by itself.

#[path = "it/common/mod.rs"]
mod common;
#[path = "suite/mod.rs"]
mod suite;

use common::{Case, cases, file_name, files};
use fanfold::Converter;
use fanfold::diagnostic::Diagnostic;
use libtest_mimic::{Arguments, Failed, Trial};
use similar::TextDiff;
use std::fmt::Write;
use std::io::Read;
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    let update = env::var_os("UPDATE").is_some();
    assert!(!(update && env::var_os("CI").is_some()), "UPDATE is refused under CI");
    let golden = cases().into_iter().map(|c| Trial::test(c.name.clone(), move || check(&c, update)));
    let trials = golden.chain(suite::trials(update)).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(case: &Case, update: bool) -> Result<(), Failed> {
    let converter = Converter::default();
    let (document, mut diagnostics) = case.read(&converter);
    let mut differences = String::new();
    let mut compared = 0;
    let shown = |path: &PathBuf| document.assets.contains_key(&file_name(path));
    let expected = files(&case.folder).into_iter().filter(|path| *path != case.input && !shown(path));
    // Diagnostics come last: the other outputs add to them.
    let (last, outputs): (Vec<_>, Vec<_>) = expected.partition(|p| file_name(p) == "expected.diagnostics");
    for path in outputs.into_iter().chain(last) {
        let name = file_name(&path);
        let Some(output) = name.strip_prefix("expected.") else {
            return Err(format!("{name} is neither the input, nor expected.X, nor an image it shows").into());
        };
        let mut write = |format| {
            let (bytes, said) = common::write(&converter, &document, format);
            diagnostics.extend(said);
            bytes
        };
        let got = match output {
            "json" => write("json"),
            "txt" => write("text"),
            "html" => write("html"),
            "pandoc" => write("pandoc"),
            "layout" => write("layout"),
            "pdf" => write("pdf"),
            "epub" => write("epub"),
            "epub.txt" => listing(&write("epub")).into_bytes(),
            "diagnostics" => told(&diagnostics).into_bytes(),
            _ => return Err(format!("no output is called '{output}'").into()),
        };
        compared += 1;
        let want = fs::read(&path)?;
        if got != want {
            describe(&mut differences, &name, &want, &got);
            if update {
                fs::write(&path, got)?;
            }
        }
    }
    if compared == 0 {
        return Err("no expected.X: the case checks nothing".into());
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.into()) }
}

/// Diagnostics, a line each.
fn told(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for d in diagnostics {
        let place = d.span.map_or("-".into(), |s| format!("{}..{}", s.start, s.end));
        writeln!(out, "{place} {}: {}", d.code.name, d.message).expect("writing to a string");
    }
    out
}

/// An EPUB as text: the members in order, the text ones whole.
fn listing(epub: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(epub)).expect("a zip archive");
    let mut out = String::new();
    for i in 0..archive.len() {
        let mut member = archive.by_index(i).expect("a readable member");
        writeln!(out, "==== {} ({}, {} bytes)", member.name(), member.compression(), member.size())
            .expect("writing to a string");
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("a readable member");
        if let Ok(text) = String::from_utf8(bytes) {
            out += &text;
            if !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
    out
}

fn describe(out: &mut String, name: &str, want: &[u8], got: &[u8]) {
    let difference = match (str::from_utf8(want), str::from_utf8(got)) {
        (Ok(want), Ok(got)) => {
            TextDiff::from_lines(want, got).unified_diff().context_radius(2).header(name, "got").to_string()
        }
        _ => {
            let first = want.iter().zip(got).position(|(a, b)| a != b).unwrap_or(want.len().min(got.len()));
            format!("{name}: {} bytes, got {}; they differ from byte {first} on", want.len(), got.len())
        }
    };
    writeln!(out, "{difference}").expect("writing to a string");
}
