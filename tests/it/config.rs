//! `fanfold.toml`, completions and manual pages.

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

/// A folder with an article of one long paragraph and a configuration.
fn folder(config: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let article = format!(
        "= Cat =\n\n{}\n",
        "The cat lives with people in their houses and hunts at night. ".repeat(4)
    );
    fs::write(folder.path().join("cat.txt"), article).expect("writable");
    fs::write(folder.path().join("fanfold.toml"), config).expect("writable");
    fs::create_dir(folder.path().join("below")).expect("writable");
    folder
}

const CONVERT: [&str; 4] = ["convert", "cat.txt", "-t", "text"];

fn longest_line(text: &str) -> usize {
    text.lines().map(str::len).max().unwrap_or(0)
}

#[test]
fn options_hold_until_the_command_line_says_otherwise() {
    let f = folder("[text]\nwidth = 30\n");
    let (code, text, err) = run(f.path(), &CONVERT);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!((25..=30).contains(&longest_line(&text)), "{text}");
    let (_, text, _) = run(f.path(), &[&CONVERT[..], &["--width", "50"]].concat());
    assert!((45..=50).contains(&longest_line(&text)), "{text}");
    let (_, text, _) = run(f.path(), &[&CONVERT[..], &["--no-config"]].concat());
    assert!((60..=72).contains(&longest_line(&text)), "{text}");
}

#[test]
fn it_is_found_upward_and_can_be_named() {
    let f = folder("[text]\nwidth = 30\n");
    let below = f.path().join("below");
    let (_, text, _) = run(&below, &["convert", "../cat.txt", "-t", "text"]);
    assert!(longest_line(&text) <= 30, "{text}");
    fs::write(f.path().join("other.toml"), "[text]\nwidth = 40\n").expect("writable");
    let (_, text, _) = run(&below, &["convert", "../cat.txt", "-t", "text", "--config", "../other.toml"]);
    assert!((35..=40).contains(&longest_line(&text)), "{text}");
    let (code, _, err) = run(&below, &["convert", "../cat.txt", "-t", "text", "--config", "none.toml"]);
    assert_eq!(code, 2);
    assert!(err.contains("'none.toml' can't be read: no such file"), "{err}");
}

#[test]
fn what_is_not_understood_is_told_with_its_place() {
    for (config, want) in [
        ("[text]\nwidht = 30\n", "fanfold.toml:2:1: there is no option 'widht' in [text]"),
        (
            "width = 30\n",
            "fanfold.toml:1:1: there is no option 'width' before the first table; it stands in [text]",
        ),
        ("[pdf]\ntoc = 1\n", "fanfold.toml:2:1: 'toc' is true or false"),
        ("[text]\nwidth = [30]\n", "fanfold.toml:2:1: 'width' takes one value"),
        ("[pdf]\n\npaper = \"a9\"\n", "fanfold.toml:3:1: invalid value 'a9' for '--paper"),
        ("\ndeny = [\"nope\"]\n", "fanfold.toml:2:1: invalid value 'nope' for '--deny"),
        ("[text\n", "fanfold.toml:1:"),
        ("config = \"other.toml\"\n", "fanfold.toml:1:1: there is no option 'config'"),
    ] {
        let f = folder(config);
        let (code, out, err) = run(f.path(), &CONVERT);
        assert_eq!((code, out.as_str()), (2, ""), "{config}");
        assert!(err.contains(want), "{config}: {err}");
    }
}

#[test]
fn paths_are_relative_to_the_file() {
    let f = folder("[html]\ncss = \"own.css\"\n");
    fs::write(f.path().join("own.css"), "p { color: teal }").expect("writable");
    let (code, html, err) = run(&f.path().join("below"), &["convert", "../cat.txt", "-t", "html"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(html.contains("color: teal"), "{html}");
}

#[test]
fn keys_that_repeat_are_lists_and_switches_are_true_or_false() {
    let f = folder("quiet = true\ndeny = [\"no-title\", \"unsafe-link\"]\n[pdf]\ntoc = false\n");
    fs::write(f.path().join("untitled.md"), "words\n").expect("writable");
    let (code, _, err) = run(f.path(), &["convert", "untitled.md", "-t", "text"]);
    assert_eq!(code, 1);
    assert!(err.contains("error[no-title]"), "{err}");
}

#[test]
fn what_config_prints_gives_the_same_again() {
    let f = folder("deny = [\"no-title\"]\n[pdf]\npaper = \"a5\"\ntoc = true\n");
    let (code, printed, err) = run(f.path(), &["config", "--width", "50"]);
    assert_eq!((code, err.as_str()), (0, ""));
    for line in [
        "deny = [\"no-title\"] # set here",
        "paper = \"a5\" # set here",
        "toc = true # set here",
        "width = 50 # command line",
        "split-level = 1 # default",
    ] {
        assert!(printed.lines().any(|l| l == line), "{line} in\n{printed}");
    }
    fs::write(f.path().join("fanfold.toml"), &printed).expect("writable");
    let (code, again, err) = run(f.path(), &["config"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let values = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|l| !l.starts_with('#'));
        lines.map(|l| l.split(" # ").next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(values(&printed), values(&again));
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let here = Path::new(".");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = run(here, &["completions", shell]);
        assert_eq!(code, 0);
        assert!(script.contains("number-headings"), "{shell}");
    }
    let (code, page, _) = run(here, &["man"]);
    assert!(code == 0 && page.contains(".TH fanfold 1") && page.contains("convert"), "{page}");
    let (code, page, _) = run(here, &["man", "convert"]);
    assert!(code == 0 && page.contains(".TH fanfold-convert 1") && page.contains("paper"), "{page}");
    assert_eq!(run(here, &["man", "nothing"]).0, 2);
}
