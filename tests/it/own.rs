//! Options that a document gives for itself: `fanfold:` in its metadata, and what pandoc calls some of them.

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

const WORDS: &str = "The cat lives with people in their houses and hunts at night.";

/// A folder with a document of one long paragraph and one heading.
fn folder(metadata: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = format!(
        "---\ntitle: Cats\nlang: en\n{metadata}---\n\n## Where they live\n\n{}\n",
        [WORDS; 4].join(" ")
    );
    fs::write(folder.path().join("cat.md"), text).expect("writable");
    fs::write(folder.path().join("dots.png"), include_bytes!("../fixtures/dots.png")).expect("writable");
    folder
}

fn layout(folder: &Path, more: &[&str]) -> String {
    let (code, out, err) =
        run(folder, &[&["convert", "cat.md", "-t", "layout", "--no-system-fonts"], more].concat());
    assert_eq!(code, 0, "{err}");
    out
}

fn longest_line(text: &str) -> usize {
    text.lines().map(str::len).max().unwrap_or(0)
}

#[test]
fn a_document_says_its_style() {
    let f = folder("fanfold:\n  style:\n    base: report\n    headings:\n      numbered: true\n");
    let own = layout(f.path(), &[]);
    assert!(own.contains("\"1\\u{2002}Where they live\""), "{own}");
    fs::write(f.path().join("own.toml"), "base = \"report\"\n[headings]\nnumbered = true\n")
        .expect("writable");
    let plain = folder("");
    fs::copy(f.path().join("own.toml"), plain.path().join("own.toml")).expect("writable");
    assert_eq!(own, layout(plain.path(), &["--style", "own.toml"]), "as by the command line");
    let by_file = folder("fanfold:\n  style: own.toml\n");
    fs::copy(f.path().join("own.toml"), by_file.path().join("own.toml")).expect("writable");
    assert_eq!(own, layout(by_file.path(), &[]), "as by a file");
    let by_name = folder("fanfold:\n  style: plain\n");
    assert_eq!(layout(by_name.path(), &[]), layout(plain.path(), &["--style", "plain"]));
}

#[test]
fn the_command_line_goes_before_it_and_it_before_the_configuration() {
    let f =
        folder("fanfold:\n  style: report\n  text:\n    width: 40\n  pdf:\n    toc: false\n    paper: a5\n");
    let text = |more: &[&str]| run(f.path(), &[&["convert", "cat.md", "-t", "text"], more].concat()).1;
    assert!((30..=40).contains(&longest_line(&text(&[]))));
    fs::write(
        f.path().join("fanfold.toml"),
        "[text]\nwidth = 60\n[pdf]\ntoc = true\n[style]\nbase = 'plain'\n",
    )
    .expect("writable");
    assert!((30..=40).contains(&longest_line(&text(&[]))));
    assert!((50..=60).contains(&longest_line(&text(&["--width", "60"]))));
    let other = folder("");
    let style = ["--style", "report", "--paper", "a5"];
    assert_eq!(
        layout(f.path(), &[]),
        layout(other.path(), &style),
        "no contents, and not the style of the folder"
    );
    assert_eq!(
        layout(f.path(), &["--style", "plain"]),
        layout(other.path(), &["--style", "plain", "--paper", "a5"])
    );
    assert_eq!(layout(f.path(), &["--paper", "a4"]), layout(other.path(), &["--style", "report"]));
}

#[test]
fn what_is_no_option_or_not_its_to_give_is_told_with_its_place_and_the_rest_holds() {
    for (metadata, want) in [
        (
            "fanfold:\n  text:\n    widht: 30\n    width: 40\n",
            "cat.md:6:5: warning[option-dropped]: there is no option 'widht' in [text]",
        ),
        (
            "fanfold:\n  width: 40\n  text: {width: 40}\n",
            "cat.md:5:3: warning[option-dropped]: there is no option 'width' before the first table; it stands in [text]",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  pdf:\n    toc: 1\n",
            "cat.md:8:5: warning[option-dropped]: 'toc' is true or false",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  pdf:\n    paper: a9\n",
            "cat.md:8:5: warning[option-dropped]: invalid value 'a9' for '--paper",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  style:\n    colors:\n      links: blue\n",
            "cat.md:9:14: warning[option-dropped]: a colour is # and",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  style:\n    colours:\n      links: '#000'\n",
            "cat.md:8:5: warning[option-dropped]: unknown field `colours`",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  style: novel\n",
            "cat.md:7:10: warning[option-dropped]: 'novel' is neither a file nor a built-in style",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  style:\n    colors:\n      keywords: '#aaa'\n",
            "cat.md:9:7: warning[low-contrast]",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n    assets: /tmp/x\n",
            "cat.md:7:5: warning[option-dropped]: 'assets' is for the command line",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  output: x.pdf\n",
            "cat.md:7:3: warning[option-dropped]: 'output' is for the command line",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  root: /\n",
            "cat.md:7:3: warning[option-dropped]: 'root' is for the command line",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  allow: no-alt\n",
            "cat.md:7:3: warning[option-dropped]: 'allow' is for the command line",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  limits:\n    max-pages: 1000000\n",
            "cat.md:8:5: warning[option-dropped]: 'max-pages' is for the command line",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n    width: 60\n",
            "cat.md:7:5: warning[option-dropped]: the option is said before",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  epub:\n    series-position: 2\n",
            "cat.md:8:5: warning[option-dropped]: the following required arguments",
        ),
        (
            "fanfold: {text: {width: 40}, style: {header: {left: 3}}}\n",
            "cat.md:4:53: warning[option-dropped]: invalid type: integer",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  fonts:\n    font: No Such Face\n",
            "cat.md:8:5: warning[option-dropped]: --font No Such Face: neither",
        ),
        (
            "fanfold:\n  text:\n    width: 40\nmainfont: no.ttf\n",
            "cat.md:7:1: warning[option-dropped]: the font 'no.ttf' is not read: no such file",
        ),
        (
            "fanfold:\n  text:\n    width: 40\ncss: no.css\n",
            "cat.md:7:1: warning[option-dropped]: the style sheet 'no.css' is not read: no such file",
        ),
        (
            "fanfold:\n  text:\n    width: 40\ncover-image: cat.md\n",
            "cat.md:7:1: warning[option-dropped]: the cover 'cat.md' is no PNG",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  style: {logo: {file: /etc/passwd}}\n",
            "cat.md:7:18: warning[option-dropped]: the logo '/etc/passwd' is not read: it lies outside",
        ),
        (
            "fanfold:\n  text:\n    width: 40\n  style: {text: {font: /etc/passwd}}\n",
            "warning[option-dropped]: the font '/etc/passwd': neither",
        ),
        (
            "documentclass: book\nfanfold:\n  text:\n    width: 40\n",
            "cat.md:4:1: warning[metadata-dropped]: the metadata field 'documentclass'",
        ),
    ] {
        let f = folder(metadata);
        let (code, out, err) = run(f.path(), &["convert", "cat.md", "-t", "text"]);
        assert_eq!(code, 0, "{metadata}{err}");
        assert!(err.contains(want) && err.matches("warning[").count() == 1, "{metadata}{err}");
        assert!((30..=40).contains(&longest_line(&out)), "{metadata}{out}");
    }
    let f = folder("fanfold:\n  pdf:\n    paper: a9\n");
    assert_eq!(run(f.path(), &["convert", "cat.md", "-t", "text", "--deny", "warnings"]).0, 1);
}

#[test]
fn what_pandoc_has_a_name_for_is_understood() {
    let f = folder("papersize: a5paper\nfontsize: 12pt\ngeometry: margin=2cm\nnumber-sections: true\n");
    let other = folder("");
    let same = ["--paper", "a5", "--base-size", "12pt", "--margins", "2cm", "--number-headings"];
    assert_eq!(layout(f.path(), &[]), layout(other.path(), &same));
    let f =
        folder("cover-image: dots.png\nbelongs-to-collection: Animals\ngroup-position: 2\ncss: own.css\n");
    fs::write(f.path().join("own.css"), "p { color: #123456 }").expect("writable");
    let (code, _, err) = run(f.path(), &["convert", "cat.md", "-o", "own.epub"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let other = folder("");
    fs::copy(f.path().join("own.css"), other.path().join("own.css")).expect("writable");
    let same = ["--cover", "dots.png", "--series", "Animals", "--series-position", "2", "--css", "own.css"];
    run(other.path(), &[&["convert", "cat.md", "-o", "own.epub"], &same[..]].concat());
    let bytes = |f: &TempDir| fs::read(f.path().join("own.epub")).expect("it is there");
    assert!(bytes(&f) == bytes(&other), "the same e-book");
    for css in [
        "@import 'https://a.example/';",
        "p { background: URL(x.png) }",
        "p { background: ur\\6c(x) }",
        "p { } </x>",
    ] {
        fs::write(f.path().join("own.css"), css).expect("writable");
        let (code, out, err) = run(f.path(), &["convert", "cat.md", "-t", "html"]);
        assert!(code == 0 && err.contains("the style sheet 'own.css' loads something"), "{css}: {err}");
        assert!(!out.contains(css), "{css}");
    }
}

#[test]
fn pandocs_json_has_them_too() {
    let f = folder("");
    let meta = r#"{"fanfold":{"t":"MetaMap","c":{"text":{"t":"MetaMap","c":{"width":{"t":"MetaInlines","c":[{"t":"Str","c":"40"}]}}}}},"title":{"t":"MetaString","c":"Cats"}}"#;
    let words: Vec<String> = WORDS.split(' ').map(|word| format!(r#"{{"t":"Str","c":"{word}"}}"#)).collect();
    let para = format!(r#"{{"t":"Para","c":[{}]}}"#, words.join(r#",{"t":"Space"},"#));
    let json = format!(r#"{{"pandoc-api-version":[1,23,1],"meta":{meta},"blocks":[{para}]}}"#);
    fs::write(f.path().join("cat.json"), json).expect("writable");
    let (code, out, err) =
        run(f.path(), &["convert", "-f", "pandoc", "cat.json", "-t", "text", "--lang", "en"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!((30..=40).contains(&longest_line(&out)), "{out}");
}

#[test]
fn those_of_a_chapter_are_not_those_of_its_book() {
    let f = folder("fanfold:\n  pdf:\n    paper: a5\n");
    fs::write(f.path().join("dog.md"), "# Dogs\n\nThe dog lives with people, too, and barks.\n")
        .expect("writable");
    let (code, _, err) = run(f.path(), &["book", "cat.md", "dog.md", "-o", "own.epub"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("cat.md:4:1: warning[option-dropped]: the options that the document gives for itself hold where it is converted by itself"), "{err}");
    let (code, _, err) = run(f.path(), &["batch", "cat.md", "dog.md", "-t", "layout", "-o", "out/"]);
    assert_eq!(code, 0, "{err}");
    let first = |name: &str| fs::read_to_string(f.path().join("out").join(name)).expect("it is there");
    assert!(first("cat.layout").lines().next() != first("dog.layout").lines().next(), "pages of two sizes");
}
