//! The direction of dependencies: data flows one way, and only one place knows each library.

use std::fs;
use std::path::{Path, PathBuf};

/// What the files under a folder of `src` must not name.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "model",
        &["crate::read", "crate::write", "crate::transform", "crate::layout", "crate::font", "crate::cli"],
    ),
    (
        "account",
        &["crate::read", "crate::write", "crate::transform", "crate::layout", "crate::font", "crate::cli"],
    ),
    (
        "mediawiki",
        &["crate::read", "crate::write", "crate::transform", "crate::layout", "crate::font", "crate::cli"],
    ),
    ("read", &["crate::write", "crate::layout", "crate::font", "crate::cli"]),
    ("transform", &["crate::read", "crate::write", "crate::layout", "crate::font", "crate::cli"]),
    ("write", &["crate::read", "crate::cli"]),
    ("write/text", &["crate::layout", "crate::font"]),
    ("write/json", &["crate::layout", "crate::font"]),
    ("write/html", &["crate::layout", "crate::font"]),
    ("job", &["crate::cli", "crate::batch", "crate::read", "crate::write", "crate::layout", "crate::font"]),
    ("batch", &["crate::cli", "crate::read", "crate::write", "crate::layout", "crate::font"]),
    ("layout", &["crate::read", "crate::write", "crate::cli", "printpdf", "lopdf"]),
    ("font", &["crate::read", "crate::write", "crate::layout", "crate::cli", "printpdf", "lopdf"]),
];

/// Libraries and the only folders that may name them.
const OWNED: &[(&str, &[&str])] = &[
    ("printpdf::", &["write/pdf"]),
    ("lopdf::", &["write/pdf"]),
    ("epub_builder::", &["write/epub"]),
    ("rawzip::", &["write/epub", "batch"]),
    ("skera::", &["font"]),
    ("pulldown_cmark::", &["read/markdown"]),
    ("clap::", &["cli"]),
    ("harfrust::", &["layout/inline"]),
    ("ignore::", &["batch"]),
    ("indicatif::", &["cli"]),
];

/// The world outside, which only the command line touches, and in part the batch engine.
const WORLD: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "SystemTime",
    "Instant::now",
    "println!",
    "eprintln!",
    "dbg!",
    "stdout()",
    "stderr()",
    "thread_rng",
    "RandomState",
    // What fontdb has that reads files.
    "load_system_fonts",
    "load_fonts_dir",
    "load_font_file",
    "Source::File",
];

/// The one file of a job that has a clock, for how long its document takes.
const CLOCK: &str = "job/deadline.rs";

/// What the batch engine needs of the world: files, and how long a document takes.
const FOR_BATCH: &[&str] = &["std::fs", "Instant::now"];

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() { walk(&path, out) } else { out.push(path) }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.retain(|p| p.extension().is_some_and(|e| e == "rs"));
    let relative = |p: &Path| p.strip_prefix(&root).expect("under src").to_string_lossy().replace('\\', "/");
    paths.iter().map(|p| (relative(p), code(&fs::read_to_string(p).expect("readable")))).collect()
}

/// A file without its comments and its unit tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn under(file: &str, folder: &str) -> bool {
    file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest.starts_with('.'))
}

fn is_test(file: &str) -> bool {
    file.ends_with("/tests.rs") || file.contains("/tests/")
}

#[test]
fn no_part_names_what_it_must_not_know() {
    let sources = sources();
    let mut faults = Vec::new();
    for (folder, names) in FORBIDDEN {
        for (file, code) in sources.iter().filter(|(f, _)| under(f, folder) && !is_test(f)) {
            faults.extend(names.iter().filter(|n| code.contains(**n)).map(|n| format!("{file} names {n}")));
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn each_library_is_known_in_one_place() {
    let mut faults = Vec::new();
    for (file, code) in sources().iter().filter(|(f, _)| !is_test(f)) {
        for (library, folders) in OWNED {
            if code.contains(library) && !folders.iter().any(|folder| under(file, folder)) {
                faults.push(format!("{file} names {library}, which belongs to {folders:?}"));
            }
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn the_library_touches_nothing_but_its_arguments() {
    let mut faults = Vec::new();
    for (file, code) in sources() {
        if under(&file, "cli") || file == "main.rs" || is_test(&file) {
            continue;
        }
        let batch = under(&file, "batch");
        let clock = |w: &str| file == CLOCK && w == "Instant::now";
        let allowed = |w: &&str| (batch && FOR_BATCH.contains(w)) || clock(w);
        let touched = WORLD.iter().filter(|w| code.contains(**w) && !allowed(w));
        faults.extend(touched.map(|w| format!("{file} names {w}")));
        if !batch && code.contains("crate::batch") {
            faults.push(format!("{file} knows the batch engine, which knows the world"));
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn files_stay_readable_in_one_sitting() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(file, code)| (code.lines().count(), file))
        .filter(|(lines, _)| *lines > 600)
        .collect();
    assert_eq!(long, []);
}
