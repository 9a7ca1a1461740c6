//! The examples do what they say. `cargo test` builds them before it runs this.

/// The reader in a crate of its own, whose tests are run with these too.
#[path = "../../examples/gemtext/src/lib.rs"]
mod gemtext;

use std::path::PathBuf;
use std::process::{Command, Output};

fn example(name: &str, args: &[&str]) -> Output {
    let this = std::env::current_exe().expect("the path of this test");
    let profile: PathBuf = this.ancestors().nth(2).expect("target/<profile>").into();
    Command::new(profile.join("examples").join(name))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|e| panic!("{name}: {e}"))
}

#[test]
fn convert_writes_four_formats() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = example("convert", &["input/boris-bondarev.txt", folder.path().to_str().expect("UTF-8")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (extension, magic) in [("pdf", "%PDF-1.7"), ("epub", "PK"), ("txt", "Boris Bondarev"), ("json", "{")]
    {
        let bytes = std::fs::read(folder.path().join("article").with_extension(extension)).expect("written");
        assert!(bytes.starts_with(magic.as_bytes()), "{extension}");
    }
}

#[test]
fn a_batch_makes_a_book_of_each_article() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().to_str().expect("UTF-8");
    for says in ["1 done, 0 unchanged, 0 failed\n", "0 done, 1 unchanged, 0 failed\n"] {
        let output = example("batch", &["input", path]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), says);
    }
    assert!(folder.path().join("boris-bondarev.epub").exists());
}

#[test]
fn a_writer_of_ones_own_is_registered_and_used() {
    let output = example("custom_writer", &["input/boris-bondarev.txt"]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("# Boris Bondarev\n\n* Birthplace: Russian SFSR, Soviet Union\n"), "{text}");
    assert!(text.contains("\n## Career\n"), "{text}");
}

#[test]
fn a_filter_changes_the_document() {
    let output = example("filter", &["input/boris-bondarev.txt"]);
    let json = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(json.contains("\"type\":\"heading\",\"level\":1"), "{json}");
    assert!(!json.contains("\"target\":{\"article\""), "{json}");
}

#[test]
fn a_document_built_by_hand_is_written() {
    let output = example("by_hand", &[]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    for words in ["Kingdom", "A small animal that eats mice.[1]", "Its houses", "[1] And much else."] {
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn threads_share_a_converter() {
    let article = "input/boris-bondarev.txt";
    let output = example("threads", &[article, article, article]);
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let mut lines: Vec<_> = lines.lines().collect();
    lines.dedup();
    assert!(lines.len() == 1 && lines[0].ends_with(" bytes of PDF"), "{lines:?}");
}

/// Lines of code before a place in a file: without empty ones and comments.
fn lines_of_code(file: &str, until: &str) -> usize {
    let text = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file));
    let text = text.expect("the example");
    let code = text.split(until).next().unwrap_or_default().lines().map(str::trim);
    code.filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

#[test]
fn a_format_of_ones_own_takes_a_page_of_code() {
    let writer = lines_of_code("examples/custom_writer.rs", "fn main");
    assert!(writer <= 40, "the writer has {writer} lines");
    let reader = lines_of_code("examples/gemtext/src/lib.rs", "#[cfg(test)]");
    assert!(reader <= 60, "the reader has {reader} lines");
}
