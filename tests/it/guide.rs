//! The user's guide does what it says: every command in it is run, in a folder of its own for each chapter.
//!
//! A block of code after a line that ends in a name, as in "`cat.md`:", is a file of that name; a block of
//! `sh` is run, and the block of `output` after it is what it says. `UPDATE=1` writes what it says now into the guide, and
//! fails.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/guide")
}

fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin("fanfold")
}

/// A fenced block: its info string and the lines in it.
struct Block<'t> {
    info: &'t str,
    body: &'t str,
}

/// The text of a chapter as what stands before blocks, the blocks, and what comes after the last.
fn parts(text: &str) -> (Vec<(&str, Block<'_>)>, &str) {
    let (mut parts, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find("```") {
        let (info, after) = rest[at + 3..].split_once('\n').expect("a block goes on");
        let end = if after.starts_with("```") { 0 } else { after.find("\n```").expect("a block ends") + 1 };
        parts.push((&rest[..at], Block { info, body: &after[..end] }));
        rest = &after[end + 3..];
    }
    (parts, rest)
}

/// What a shell says to the commands of a block.
fn run(commands: &str, folder: &Path) -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    let bin = program().parent().expect("the folder of the program").display().to_string();
    let output = Command::new("sh")
        .args(["-e", "-c", &format!("exec 2>&1\n{commands}")])
        .current_dir(folder)
        .env("PATH", format!("{bin}:{path}"))
        .env("LC_ALL", "C")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("a shell");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{commands}{said}");
    said
}

#[test]
fn every_command_of_the_guide_says_what_stands_there() {
    let mut changed = Vec::new();
    let mut chapters: Vec<_> = fs::read_dir(guide()).expect("the guide").map(|e| e.unwrap().path()).collect();
    chapters.retain(|path| path.extension().is_some_and(|e| e == "md") && !path.ends_with("SUMMARY.md"));
    assert_eq!(chapters.len(), 9);
    for chapter in chapters {
        let text = fs::read_to_string(&chapter).expect("a chapter");
        let folder = tempfile::tempdir().expect("a folder");
        let (parts, rest) = parts(&text);
        let mut now = String::new();
        let mut said = String::new();
        for (at, (before, block)) in parts.iter().enumerate() {
            let mut body = block.body;
            let named = before.trim_end().strip_suffix("`:").and_then(|text| text.rsplit('`').next());
            match named {
                Some(file) => {
                    let file = folder.path().join(file);
                    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
                    fs::write(file, body).expect("written");
                }
                None if block.info == "sh" => {
                    said = run(body, folder.path());
                    let told = parts.get(at + 1).is_some_and(|(_, next)| next.info == "output");
                    assert!(told || said.is_empty(), "{}: {body}{said}", chapter.display());
                }
                None if block.info == "output" => body = &said,
                None => {}
            }
            now += &format!("{before}```{}\n{body}```", block.info);
        }
        now += rest;
        if now != text {
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&chapter, &now).expect("written");
            }
            let diff = similar::TextDiff::from_lines(&text, &now);
            changed.push(format!("{}\n{}", chapter.display(), diff.unified_diff()));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

#[test]
fn the_guide_is_a_book_without_a_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["guide.epub", "guide.html", "site/"] {
        let output = Command::new(program())
            .args(["book", "--no-config", "--deny", "warnings", "--lang", "en", "-o"])
            .args([folder.path().join(name), guide()])
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
    // The contents, nine chapters, the index of titles.
    assert_eq!(pages(&folder.path().join("site")), 11);
}

/// Holds the pages of a site against each other: every address leads to a file and a place that is there.
/// Tells how many pages there are.
fn pages(site: &Path) -> usize {
    let values = |text: &str, start: &str| -> Vec<String> {
        let tags = text.split('<').filter_map(|tag| tag.split_once('>').map(|(tag, _)| tag));
        let value = |tag: &str| Some(tag.split_once(start)?.1.split('"').next()?.to_owned());
        tags.filter_map(value).collect()
    };
    let files: Vec<_> = fs::read_dir(site).expect("a site").map(|e| e.expect("a file").path()).collect();
    let files: Vec<_> = files.into_iter().filter(|f| f.extension().is_some_and(|e| e == "html")).collect();
    for file in &files {
        let text = fs::read_to_string(file).expect("a page");
        for href in values(&text, " href=\"").into_iter().filter(|href| !href.contains("//")) {
            let (to, id) = href.split_once('#').unwrap_or((&href, ""));
            let to = if to.is_empty() { file.clone() } else { site.join(to) };
            let target = fs::read_to_string(&to).unwrap_or_else(|_| panic!("{}: {href}", file.display()));
            assert!(id.is_empty() || target.contains(&format!(" id=\"{id}\"")), "{}: {href}", file.display());
        }
        for src in values(&text, " src=\"") {
            assert!(site.join(&src).is_file(), "{}: {src}", file.display());
        }
    }
    files.len()
}
