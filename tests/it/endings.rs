//! How it ends when it can't go on: full disks, closed pipes, interrupts, folders that can't be read
//! or written. The right message, the right exit code, and nothing half written.
#![cfg(target_os = "linux")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn fanfold(folder: &Path, args: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("fanfold"));
    command.current_dir(folder).args(args.split(' ')).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// The exit code, if no signal ended it, and what it said.
fn ended(mut child: Child) -> (Option<i32>, String) {
    // Both pipes are read while it works, for a full one would hold it up.
    let out = child.stdout.take().map(|pipe| thread::spawn(move || drop(drained(pipe))));
    let err = child.stderr.take().map(|pipe| thread::spawn(move || drained(pipe)));
    let code = code(&mut child, "it ends");
    drop(out.map(|thread| thread.join()));
    (code, err.map(|thread| thread.join().expect("it is read")).unwrap_or_default())
}

fn drained(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    pipe.read_to_end(&mut bytes).expect("it can be read");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Waits for the end, but not for ever; what is waited for is said when it does not come.
fn code(child: &mut Child, what: &str) -> Option<i32> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return status.code();
        }
        if start.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("waited {} s until {what}", PATIENCE.as_secs());
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn run(folder: &Path, args: &str) -> (Option<i32>, String) {
    ended(fanfold(folder, args).spawn().expect("it runs"))
}

/// A folder with `cat.md` in it, and `lines.ndjson` with a hundred such.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("cat.md"), "# Cat\n\nA small animal.\n").expect("writable");
    let lines: String = (0..100)
        .map(|n| format!("{{\"id\":\"{n}\",\"format\":\"markdown\",\"text\":\"# Cat {n}\\n\\nWords.\"}}\n"))
        .collect();
    fs::write(folder.path().join("lines.ndjson"), lines).expect("writable");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("readable").map(|e| e.expect("readable").file_name());
    let mut names: Vec<_> = names.map(|n| n.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_full_disk_under_standard_output() {
    let f = folder();
    for command in [
        "convert cat.md -t text",
        "convert cat.md -t pdf -o -",
        "convert cat.md -t text -o x.txt --report -",
        "explain cat.md",
        "formats",
        "schema",
        "config",
        "man convert",
        "completions bash",
        "batch lines.ndjson -t text --ndjson",
        "book cat.md -t text -o /dev/stdout",
    ] {
        let full = File::options().write(true).open("/dev/full").expect("there");
        let (code, err) = ended(fanfold(f.path(), command).stdout(full).spawn().expect("it runs"));
        assert_eq!(code, Some(1), "{command}: {err}");
        assert!(err.contains("no space is left on the device"), "{command}: {err}");
    }
    let full = File::options().write(true).open("/dev/full").expect("there");
    let lines = File::open(f.path().join("lines.ndjson")).expect("there");
    let mut pipe = fanfold(f.path(), "pipe -t text");
    let (code, err) = ended(pipe.stdin(lines).stdout(full).spawn().expect("it runs"));
    assert_eq!(code, Some(1), "{err}");
    assert!(err.contains("no space is left on the device"), "{err}");
}

#[test]
fn a_closed_pipe_ends_without_a_word() {
    let f = folder();
    for command in [
        "convert cat.md -t text --lang en",
        "convert cat.md -t pdf -o - --lang en",
        "explain cat.md",
        "formats",
        "schema",
        "man convert",
        "completions bash",
        "batch lines.ndjson -t text --ndjson -q",
    ] {
        let mut child = fanfold(f.path(), command).spawn().expect("it runs");
        drop(child.stdout.take());
        assert_eq!(ended(child), (Some(0), String::new()), "{command}");
    }
    let lines = File::open(f.path().join("lines.ndjson")).expect("there");
    let mut child = fanfold(f.path(), "pipe -t text").stdin(lines).spawn().expect("it runs");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut first).expect("a line");
    assert!(first.starts_with('{'));
    assert_eq!(ended(child), (Some(0), String::new()));
}

#[test]
fn outputs_that_can_not_be_written() {
    let f = folder();
    fs::create_dir(f.path().join("folder")).expect("made");
    let before = names(f.path());
    // /proc takes no files, not even from those who may do anything.
    for (command, says) in [
        ("convert cat.md -o /proc/fanfold/x.txt", "/proc/fanfold/x.txt: error: can't be written: "),
        ("convert cat.md -t text,json -o /proc/fanfold/", "/proc/fanfold/cat.txt: error: can't be written: "),
        ("convert cat.md -o cat.md/x.txt", "cat.md/x.txt: error: can't be written: "),
        (
            "convert cat.md -t text -o x.txt --report folder",
            "folder: error: can't be written: it is a folder",
        ),
        ("convert cat.md -t json -o cat.md/x.json --assets a", "cat.md/x.json: error: can't be written: "),
        ("book cat.md -t text -o folder", "folder: error: can't be written: it is a folder"),
        ("book cat.md -t text -o /proc/x.txt", "/proc/x.txt: error: can't be written: "),
        ("batch cat.md -t text -o /proc/x", "/proc/x"),
        ("batch cat.md -t text -o cat.md", "cat.md"),
    ] {
        let (code, err) = run(f.path(), command);
        assert!(
            code == Some(1) || (command.starts_with("batch") && code == Some(2)),
            "{command}: {code:?} {err}"
        );
        assert!(err.contains(says) && !err.contains(".fanfold-"), "{command}: {err}");
        let _ = fs::remove_file(f.path().join("x.txt"));
        assert_eq!(names(f.path()), before, "{command}");
    }
}

#[test]
fn what_stood_there_stays_when_the_new_one_fails() {
    let f = folder();
    fs::write(f.path().join("out.txt"), "old").expect("writable");
    for command in [
        "convert cat.md -o out.txt --deny no-title,language-guessed",
        "convert none.md cat.md/x -t text -o out.txt/",
    ] {
        assert_ne!(run(f.path(), command).0, Some(0), "{command}");
        assert_eq!(fs::read_to_string(f.path().join("out.txt")).expect("there"), "old");
    }
    assert_eq!(names(f.path()), ["cat.md", "lines.ndjson", "out.txt"]);
}

#[cfg(feature = "pdf")]
#[test]
fn folders_of_fonts_that_can_not_be_read() {
    let f = folder();
    for (folder, says) in
        [("none", "no such file or folder"), ("cat.md", "is not a folder"), ("cat.md/x", "is not a folder")]
    {
        let (code, err) = run(f.path(), &format!("convert cat.md -o x.pdf --font-dir {folder}"));
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(&format!("--font-dir {folder}: ")) && err.contains(says), "{folder}: {err}");
    }
    assert_eq!(names(f.path()), ["cat.md", "lines.ndjson"]);
}

fn interrupt(child: &Child) {
    let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(status.success());
}

#[test]
fn an_interrupt_while_input_is_awaited() {
    let f = folder();
    for command in [
        "convert - -f markdown -t text -o x.txt",
        "convert - -f markdown -t text",
        "explain - --from markdown",
    ] {
        let mut child = fanfold(f.path(), command).stdin(Stdio::piped()).spawn().expect("it runs");
        let mut input = child.stdin.take().expect("piped");
        // More than a pipe holds is taken only by who has begun to read.
        input.write_all(&b"# Cat\n\nWords and words.\n\n".repeat(1 << 13)).expect("taken");
        interrupt(&child);
        let (code, err) = ended(child);
        assert_eq!(code, Some(130), "{command}: {err}");
        assert_eq!(names(f.path()), ["cat.md", "lines.ndjson"], "{command}");
    }
}

#[test]
fn what_is_watched_is_converted_again_until_an_interrupt() {
    let f = folder();
    let (input, output) = (f.path().join("cat.md"), f.path().join("cat.txt"));
    let mut child = fanfold(f.path(), "convert --watch cat.md -o cat.txt").spawn().expect("it runs");
    let mut wait = |words: &str| {
        for _ in 0..600 {
            if fs::read_to_string(&output).is_ok_and(|text| text.contains(words)) {
                return;
            }
            assert_eq!(child.try_wait().expect("a child"), None, "it goes on until '{words}' is there");
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("a minute was waited for '{words}'");
    };
    wait("Cat");
    fs::write(&input, "# Dog\n\nA larger animal.\n").expect("writable");
    wait("Dog");
    // Taken away and put back, as editors do.
    fs::remove_file(&input).expect("there");
    fs::write(&input, "# A third animal\n").expect("writable");
    wait("third");
    interrupt(&child);
    let (code, err) = ended(child);
    assert_eq!(code, Some(130), "{err}");
    let (code, err) = run(f.path(), "convert --watch - -t text");
    assert!(code == Some(2) && err.contains("--watch"), "{err}");
}

#[cfg(feature = "pdf")]
#[test]
fn an_interrupt_while_it_converts() {
    let f = folder();
    // What is told of the first line comes while the rest, which takes long, is still to be done.
    let long = format!(
        "# Cat\n\nA <video>small</video> animal.\n\n{}",
        "Words and *words* and words.\n\n".repeat(60_000)
    );
    fs::write(f.path().join("long.md"), long).expect("writable");
    fs::write(f.path().join("out.pdf"), "old").expect("writable");
    let mut child =
        fanfold(f.path(), "convert long.md cat.md -t pdf,text -o . --lang en").spawn().expect("it runs");
    fs::remove_file(f.path().join("out.pdf")).expect("there");
    let mut said = BufReader::new(child.stderr.take().expect("piped"));
    let mut line = String::new();
    said.read_line(&mut line).expect("a line");
    assert!(line.contains("html-dropped"), "{line}");
    interrupt(&child);
    let mut rest = String::new();
    said.read_to_string(&mut rest).expect("text");
    assert_eq!(code(&mut child, "the interrupt ends it"), Some(130), "{rest}");
    assert!(rest.contains("long.md: error: interrupted"), "{rest}");
    assert_eq!(names(f.path()), ["cat.md", "lines.ndjson", "long.md"], "{rest}");
}
