//! Each limit at its boundary, as a user meets it: what is at the limit passes, what is one over it
//! fails or is told, naming the option that raises it.
#![cfg(all(feature = "cli", feature = "markdown"))]

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("fanfold").expect("the binary is built");
    let output = command.current_dir(folder).args(args).output().expect("it runs");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

fn folder(file: &str, content: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join(file), content).expect("writable");
    folder
}

/// Converts a file with a limit that it just meets and one that it just passes; the message of the
/// second, which leaves no output.
fn refused(file: &str, content: &str, to: &str, flag: &str, enough: usize) -> String {
    let f = folder(file, content);
    let converted = |most: usize| {
        let most = most.to_string();
        run(f.path(), &["convert", file, "-t", to, "-o", "out", flag, &most, "--lang", "en"])
    };
    let (code, _, err) = converted(enough - 1);
    assert_eq!(code, 1, "{flag} {}: {err}", enough - 1);
    assert!(!f.path().join("out").exists(), "{flag}: an output is left");
    assert!(err.contains(flag), "{flag} is not named: {err}");
    let (code, _, said) = converted(enough);
    assert_eq!((code, said.as_str()), (0, ""), "{flag} {enough}");
    err
}

const ARTICLE: &str = "= Cat =\n\nA small animal.\n";

#[test]
fn bytes_of_the_input() {
    let err = refused("a.txt", ARTICLE, "text", "--max-input-bytes", ARTICLE.len());
    assert!(err.starts_with("a.txt: error: the input's size in bytes is over the limit of 24;"), "{err}");
}

#[test]
fn nodes() {
    // The title's text, a paragraph and its text.
    let err = refused("a.txt", ARTICLE, "text", "--max-nodes", 3);
    assert!(err.starts_with("a.txt:3:1: error: the number of its nodes is over the limit of 2;"), "{err}");
}

#[test]
fn cells_of_a_table() {
    let table = "# T\n\n| a | b |\n|---|---|\n| c | d |\n";
    let err = refused("a.md", table, "text", "--max-table-cells", 4);
    assert!(
        err.starts_with("a.md:3:1: error: the number of a table's cells is over the limit of 3;"),
        "{err}"
    );
}

#[cfg(feature = "pdf")]
#[test]
fn pages() {
    let long = format!("= Cat =\n\n{}", "A small animal.\n\n".repeat(100));
    // So many as it has.
    let f = folder("a.txt", &long);
    let (_, layout, _) = run(f.path(), &["convert", "a.txt", "-t", "layout"]);
    let pages = layout.lines().filter(|line| line.starts_with("page ")).count();
    assert!(pages > 1, "{layout}");
    for to in ["pdf", "layout"] {
        let err = refused("a.txt", &long, to, "--max-pages", pages);
        let place = format!("error: the number of pages is over the limit of {};", pages - 1);
        assert!(err.starts_with("a.txt:") && err.contains(&place), "{err}");
    }
}

/// Converts with a limit that is just met and one that is just passed; only the second says so.
fn told(f: &TempDir, args: &[&str], flag: &str, enough: usize) -> String {
    let converted = |most: usize| {
        let most = most.to_string();
        run(f.path(), &[args, &["-o", "out.x", flag, &most, "--lang", "en"]].concat())
    };
    let (code, _, err) = converted(enough);
    assert!(code == 0 && !err.contains(flag), "{flag} {enough}: {err}");
    let (code, _, err) = converted(enough - 1);
    assert!(code == 0 && err.contains(flag), "{flag} {}: {err}", enough - 1);
    err
}

#[test]
fn nesting() {
    let quotes = format!("# T\n\n{} a\n", ">".repeat(10));
    let f = folder("a.md", &quotes);
    // Ten quotes, a paragraph and its text.
    let err = told(&f, &["convert", "a.md", "-t", "text"], "--max-nesting", 12);
    assert!(err.starts_with("a.md:3:10: warning[nesting-flattened]"), "{err}");
    let (code, _, err) = run(f.path(), &["convert", "a.md", "-t", "text", "--max-nesting", "201"]);
    assert!(code == 2 && err.contains("from 1 to 200"), "{err}");

    // What a program wrote too deep is refused.
    assert_eq!(run(f.path(), &["convert", "a.md", "-o", "a.json"]).0, 0);
    let (code, _, err) = run(f.path(), &["convert", "a.json", "-t", "text", "--max-nesting", "1"]);
    assert!(code == 1 && err.contains("--max-nesting"), "{err}");
}

/// A picture of 20 by 10 dots.
fn picture(f: &TempDir, name: &str) -> usize {
    let mut png = Vec::new();
    png.extend(include_bytes!("../fixtures/dots.png"));
    fs::write(f.path().join(name), &png).expect("writable");
    png.len()
}

#[cfg(feature = "pdf")]
#[test]
fn bytes_and_pixels_of_images() {
    let f = folder("a.md", "# T\n\n![One](a.png)\n\n![Two](b.png)\n");
    let bytes = picture(&f, "a.png");
    picture(&f, "b.png");
    let pdf = ["convert", "a.md", "-t", "pdf"];
    let err = told(&f, &pdf, "--max-image-bytes", bytes);
    assert!(err.starts_with("a.md:3:1: warning[image-unavailable]: image 'a.png'"), "{err}");
    let err = told(&f, &pdf, "--max-total-image-bytes", 2 * bytes);
    assert!(err.starts_with("a.md:5:1: warning[image-unavailable]: image 'b.png'"), "{err}");
    let err = told(&f, &pdf, "--max-image-pixels", 200);
    assert!(err.starts_with("a.md:3:1: warning[image-unavailable]: image 'a.png'"), "{err}");
}

#[cfg(feature = "wikitext")]
#[test]
fn expansions_of_templates() {
    let f = folder("a.wiki", "A {{nowrap|b}} {{nowrap|c}} {{nowrap|d}}.\n");
    let err = told(&f, &["convert", "a.wiki", "-t", "text"], "--max-template-expansions", 3);
    assert!(err.starts_with("a.wiki:1:29: warning[unresolved]: the template 'nowrap'"), "{err}");
}

#[test]
fn time() {
    let f = folder("a.txt", ARTICLE);
    let commands = [
        "convert a.txt -t text -o out --max-time 0.000000001",
        "explain a.txt --max-time 0.000000001",
        "book a.txt -t text -o out --max-time 0.000000001",
    ];
    for command in commands {
        let (code, _, err) = run(f.path(), &command.split(' ').collect::<Vec<_>>());
        assert_eq!(code, 1, "{command}: {err}");
        assert!(err.starts_with("a.txt: error: it took longer than the limit of"), "{command}: {err}");
        assert!(err.contains("raise --max-time"), "{command}: {err}");
        assert!(!f.path().join("out").exists());
    }
}

/// Whoever stops a conversion, at whatever moment, is told so, and never given half a document.
#[cfg(all(feature = "epub", feature = "pandoc", feature = "pdf", feature = "wikitext"))]
#[test]
fn a_conversion_that_is_stopped_says_so() {
    use fanfold::{Converter, format::Error};
    use std::cell::Cell;
    let converter = Converter::default();
    let asked = Cell::new(0);
    let last = Cell::new(usize::MAX);
    let stop = || {
        asked.set(asked.get() + 1);
        (asked.get() > last.get()).then(|| "enough".to_owned())
    };
    let json =
        br#"{"pandoc-api-version":[1,23],"meta":{},"blocks":[{"t":"Para","c":[]},{"t":"Para","c":[]}]}"#;
    let inputs: [(&str, &[u8]); 4] = [
        ("article", b"= A =\n\nb\n\n= C =\n\nd\n"),
        ("markdown", b"# A\n\nb *c*\n\n- d\n- e\n"),
        ("wikitext", b"A {{nowrap|b}}\n\n{{nowrap|c}}\n* d\n"),
        ("pandoc", json),
    ];
    for (from, source) in inputs {
        for to in ["text", "article", "html", "epub", "pdf", "pandoc", "layout"] {
            let convert = |most: usize| {
                asked.set(0);
                last.set(most);
                let mut said = Vec::new();
                let mut cx = converter.read_context("a", &mut said).with_stop(&stop);
                let document = converter.read(source, Some(from), &mut cx)?;
                let mut cx = converter.write_context("a", &mut said).with_stop(&stop);
                converter.write(&document, to, &mut Vec::new(), &mut cx)
            };
            convert(usize::MAX).expect("nobody stops it");
            let all = asked.get();
            assert!(all > 6, "{from} to {to} asks only {all} times");
            for most in 0..all {
                let stopped = convert(most);
                assert!(
                    matches!(&stopped, Err(Error::Stopped { reason }) if reason == "enough"),
                    "{from} to {to}, stopped after {most} of {all}: {stopped:?}"
                );
            }
        }
    }
}

#[test]
fn a_configuration_sets_them_and_many_documents_have_them_each() {
    let f = folder("a.txt", ARTICLE);
    fs::write(f.path().join("fanfold.toml"), "[limits]\nmax-nodes = 2\n").expect("writable");
    for command in ["convert a.txt -t text", "book a.txt -t text -o out", "batch a.txt -t text --ndjson"] {
        let (code, out, err) = run(f.path(), &command.split(' ').collect::<Vec<_>>());
        assert_eq!(code, 1, "{command}");
        assert!(format!("{out}{err}").contains("--max-nodes"), "{command}: {out}{err}");
    }
}
