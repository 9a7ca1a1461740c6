//! The direction of dependencies: data flows one way, and only one place knows each library. What the
//! library must not touch (clocks, files, the environment, standard output) and the floats that layout
//! must not reckon with are lints: `clippy.toml`, and `[lints]` in `Cargo.toml`.

mod imports;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What the files under a folder of `src` must not use.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "model",
        &["batch", "convert", "font", "format", "layout", "read", "report/account", "transform", "write"],
    ),
    ("report", &["batch", "font", "layout", "read", "transform", "write"]),
    ("mediawiki", &["batch", "font", "layout", "read", "transform", "write"]),
    ("read", &["batch", "font", "layout", "write"]),
    ("transform", &["batch", "font", "layout", "read", "write"]),
    ("citation", &["batch", "convert", "font", "format", "layout", "read", "transform", "write"]),
    // What a style says flows from it to all that look: it knows none of them.
    ("style", &["batch", "convert", "font", "job", "layout", "picture", "read", "transform", "write"]),
    ("font", &["batch", "layout", "read", "transform", "write"]),
    ("layout", &["batch", "read", "write"]),
    ("write", &["batch", "read"]),
    ("write/text", &["font", "layout"]),
    ("write/json", &["font", "layout"]),
    ("write/html", &["font", "layout"]),
    ("job", &["batch", "font", "layout", "read", "write"]),
    ("batch", &["font", "layout", "read", "write"]),
];

/// Libraries and the only places that may name them.
const OWNED: &[(&str, &[&str])] = &[
    ("printpdf", &["write/pdf/ops"]),
    ("lopdf", &["write/pdf"]),
    ("epub_builder", &["write/epub"]),
    ("rawzip", &["write/zip", "write/epub", "batch", "bin/fanfold/folder"]),
    ("skera", &["font"]),
    ("pulldown_cmark", &["read/markdown"]),
    ("clap", &["bin"]),
    ("harfrust", &["layout"]),
    ("hayagriva", &["citation"]),
    ("ignore", &["batch"]),
    ("indicatif", &["bin"]),
];

/// Files that use each other, and why they may.
const CIRCLES: &[(&[&str], &str)] =
    &[(&["model/block.rs", "model/table.rs"], "a block may be a table, whose cells hold blocks")];

/// The package for Python holds the program's own modules, so what these use it must depend on too.
#[test]
fn the_package_for_python_has_what_the_program_uses() {
    let manifest = |path: &str| {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("readable");
        let dependencies = text.split("\n[dependencies]\n").nth(1).expect("it has dependencies");
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        let names = dependencies.lines().filter_map(|line| line.split_once(" = ").map(|(name, _)| name));
        names.map(|name| name.replace('-', "_")).collect::<BTreeSet<_>>()
    };
    let (own, package) = (manifest("Cargo.toml"), manifest("bindings/python/Cargo.toml"));
    let program: String =
        sources().into_iter().filter(|(file, _)| under(file, "bin")).map(|(_, c)| c).collect();
    let used = own.into_iter().filter(|name| {
        let path = format!("{name}::");
        program
            .match_indices(&path)
            .any(|(at, _)| !program[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
    });
    let missing: Vec<_> = used.filter(|name| !package.contains(name)).collect();
    assert!(missing.is_empty(), "bindings/python/Cargo.toml lacks {missing:?}, which src/bin uses");
}

/// The files of `src`, without comments and unit tests.
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
    paths.sort();
    let relative = |p: &Path| p.strip_prefix(&root).expect("under src").to_string_lossy().replace('\\', "/");
    let files = paths.iter().filter(|p| p.extension().is_some_and(|e| e == "rs"));
    let files = files.map(|p| (relative(p), code(&fs::read_to_string(p).expect("readable"))));
    files.filter(|(file, _)| !file.ends_with("/tests.rs") && !file.contains("/tests/")).collect()
}

/// A file without its comments and its unit tests.
fn code(text: &str) -> String {
    let text = text.split("mod tests {").next().unwrap_or_default();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn under(file: &str, folder: &str) -> bool {
    file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest.starts_with('.'))
}

#[test]
fn no_part_uses_what_it_must_not_know() {
    let graph = imports::graph(&sources());
    let mut faults = Vec::new();
    for (folder, others) in FORBIDDEN {
        for (file, used) in graph.iter().filter(|(f, _)| under(f, folder)) {
            let forbidden = used.iter().filter(|u| others.iter().any(|other| under(u, other)));
            faults.extend(forbidden.map(|u| format!("{file} uses {u}")));
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn files_use_each_other_in_no_circle_without_a_reason() {
    let graph = imports::graph(&sources());
    let found: BTreeSet<Vec<&str>> = imports::circles(&graph).into_iter().collect();
    let known: BTreeSet<Vec<&str>> = CIRCLES.iter().map(|(files, _)| files.to_vec()).collect();
    assert_eq!(found, known);
}

#[test]
fn each_library_is_known_in_one_place() {
    let mut faults = Vec::new();
    for (file, code) in &sources() {
        let outside = imports::outside(code);
        for (library, folders) in OWNED {
            if outside.contains(library) && !folders.iter().any(|folder| under(file, folder)) {
                faults.push(format!("{file} names {library}, which belongs to {folders:?}"));
            }
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn files_stay_readable_in_one_sitting() {
    let sources = sources();
    let long: Vec<_> = sources.iter().map(|(file, code)| (code.lines().count(), file)).collect();
    let long: Vec<_> = long.into_iter().filter(|(lines, _)| *lines > 600).collect();
    assert_eq!(long, []);
}

#[test]
fn the_library_names_no_option_and_no_command_of_the_program() {
    let mut faults = Vec::new();
    for (file, code) in sources().iter().filter(|(file, _)| !under(file, "bin")) {
        for (at, line) in code.lines().enumerate() {
            // Every second piece between quotation marks is a text, but for escaped ones.
            let texts = line.split('"').skip(1).step_by(2);
            let option = |text: &str| {
                text.match_indices("--").any(|(at, _)| {
                    let before = text[..at].chars().next_back();
                    let after = text[at + 2..].chars().next();
                    before.is_none_or(|c| c == ' ' || c == '\'' || c == '(')
                        && after.is_some_and(|c| c.is_ascii_lowercase())
                })
            };
            let command = |text: &str| {
                let verbs = ["batch", "book", "codes", "config", "convert", "explain", "formats", "pipe"];
                verbs.iter().any(|verb| text.contains(&format!("fanfold {verb}")))
            };
            faults
                .extend(texts.filter(|t| option(t) || command(t)).map(|t| format!("{file}:{}: {t}", at + 1)));
        }
    }
    assert_eq!(faults, [""; 0]);
}
