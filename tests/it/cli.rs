//! The program as a user meets it: paths, exit codes, messages, pipes.

use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ARTICLE: &str =
    "= Cat =\n\nCat\n- Kind: animal\n\nA small animal that lives with people in their houses.\n";

fn fanfold() -> Command {
    Command::cargo_bin("fanfold").expect("the binary is built")
}

/// A folder with `cat.txt` in it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("cat.txt"), ARTICLE).expect("writable");
    folder
}

/// Runs in a folder; the exit code, standard output and standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = fanfold().current_dir(folder).args(args).output().expect("it runs");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("readable")
        .map(|e| e.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn an_option_without_a_use_is_told() {
    let f = folder();
    fs::write(f.path().join("a.css"), "body {}").expect("writable");
    let to_pdf = ["convert", "cat.txt", "-o", "cat.pdf", "--css", "a.css", "--paper", "a5"];
    let (code, _, said) = run(f.path(), &to_pdf);
    let told = "--css: warning[unused-option]: nothing that is written has a use for it; it is for html, site and epub\n";
    assert_eq!((code, said.as_str()), (0, told));
    let (code, _, said) = run(f.path(), &[&to_pdf[..], &["--deny", "warnings"]].concat());
    assert!(code == 2 && said.contains("--deny unused-option"), "{said}");
    // Pages of the PDF are what a page list is of, and a folder's options are for all formats.
    let (code, _, said) =
        run(f.path(), &["convert", "cat.txt", "-o", "a.epub", "--page-list", "--paper", "a5"]);
    assert_eq!((code, said.as_str()), (0, ""));
    fs::write(f.path().join("fanfold.toml"), "[html]\ncss = \"a.css\"\n").expect("writable");
    let (code, _, said) = run(f.path(), &["convert", "cat.txt", "-o", "b.pdf"]);
    assert_eq!((code, said.as_str()), (0, ""));
}

#[test]
fn the_extension_of_the_output_chooses_the_format() {
    let f = folder();
    assert_eq!(run(f.path(), &["convert", "cat.txt", "-o", "new/cat.json"]).0, 0);
    let json = fs::read_to_string(f.path().join("new/cat.json")).expect("written");
    assert!(json.starts_with('{') && json.contains("A small animal"), "{json}");
}

#[test]
fn several_formats_go_to_a_folder() {
    let f = folder();
    let (code, _, err) =
        run(f.path(), &["convert", "cat.txt", "-t", "json,txt", "-t", "epub,pdf", "-o", "out/"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(names(&f.path().join("out")), ["cat.epub", "cat.json", "cat.pdf", "cat.txt"]);
}

#[test]
fn text_goes_through_pipes() {
    let out = fanfold()
        .args(["convert", "-f", "article", "-t", "text", "-"])
        .write_stdin(ARTICLE)
        .output()
        .expect("runs");
    assert!(out.status.success());
    assert!(String::from_utf8_lossy(&out.stdout).contains("A small animal"));
}

#[test]
fn usage_errors_exit_with_2_and_name_the_remedy() {
    let f = folder();
    for (args, says) in [
        (&["convert"][..], "--to FORMAT"),
        (&["convert", "cat.txt"], "--to FORMAT"),
        (&["convert", "cat.txt", "-o", "cat.xyz"], "no format is known by the extension"),
        (&["convert", "cat.txt", "-t", "nope"], "no writer for the format 'nope'; known: "),
        (&["convert", "cat.txt", "-f", "nope", "-t", "text"], "no reader for the format 'nope'"),
        (&["convert", "cat.txt", "-t", "text,json", "-o", "cat.out"], "--output DIR/"),
        (&["convert", "-", "-", "-t", "text", "-o", "out/"], "read only once"),
        (&["convert", "cat.txt", "./cat.txt", "-t", "text", "-o", "out/"], "would both be written"),
        (&["convert", "cat.txt", "-t", "text", "--deny", "nope"], "no diagnostic has the code 'nope'"),
        (&["convert", "cat.txt", "-t", "text", "--lang", "!"], "not a well-formed language tag"),
    ] {
        let (code, out, err) = run(f.path(), args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
        assert!(err.contains(says), "{args:?}: {err}");
    }
    assert_eq!(names(f.path()), ["cat.txt"], "nothing was written");
}

#[test]
fn failures_exit_with_1_name_the_file_and_leave_nothing() {
    let f = folder();
    fs::create_dir(f.path().join("dir")).expect("made");
    fs::write(f.path().join("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").expect("writable");
    fs::write(f.path().join("p.json"), r#"{"pandoc-api-version":[1,23],"meta":{},"blocks":[]}"#)
        .expect("writable");
    for (input, says) in [
        ("p.json", "p.json: error: it is pandoc's JSON; name it with --from pandoc"),
        ("missing.txt", "missing.txt: error: no such file"),
        (
            "dir",
            "dir: error: is a folder: 'fanfold batch dir' converts each document in it, 'fanfold book dir'",
        ),
        ("picture.png", "picture.png: error: it is a picture, which is not read"),
    ] {
        let (code, out, err) = run(f.path(), &["convert", input, "-t", "text", "-o", "x.txt"]);
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        assert!(err.contains(says), "{err}");
    }
    assert_eq!(names(f.path()), ["cat.txt", "dir", "p.json", "picture.png"]);
}

#[test]
fn what_is_not_read_is_named_with_the_way_that_works() {
    let f = folder();
    let zip = |name: &str| [b"PK\x03\x04", name.as_bytes(), &[0; 40]].concat();
    for (name, bytes, says) in [
        (
            "a.pdf",
            b"%PDF-1.7\n".to_vec(),
            "it is a PDF, which is not read\n  help: pdftotext -layout a.pdf - | fanfold",
        ),
        ("pdf.txt", b"%PDF-1.7\n".to_vec(), "it is a PDF"),
        (
            "a.rtf",
            b"{\\rtf1 a}".to_vec(),
            "help: pandoc -f rtf -t json a.rtf | fanfold convert -f pandoc -o OUTPUT",
        ),
        (
            "a.tex",
            b"\\documentclass{article}".to_vec(),
            "it is LaTeX, which is not read\n  help: pandoc -f latex",
        ),
        ("latex without an extension", b"\\documentclass{article}\n".to_vec(), "it is LaTeX"),
        ("a.png", b"words".to_vec(), "it is a picture"),
        ("drawing", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>\n".to_vec(), "it is a picture"),
        ("plot", b"%!PS-Adobe-3.0\n".to_vec(), "it is PostScript"),
        ("a.xlsx", b"words".to_vec(), "it is a document of an office program"),
        ("a.rst", b"Title\n=====\n".to_vec(), "it is reStructuredText"),
        ("a.docx", zip("word/document.xml"), "it is a Word document (DOCX)"),
        (
            "odd name",
            zip("mimetypeapplication/vnd.oasis.opendocument.text"),
            "help: pandoc -f odt -t json FILE |",
        ),
        ("a.epub", zip("mimetypeapplication/epub+zip"), "it is an e-book (EPUB)"),
        ("a.zip", zip("a.md"), "help: fanfold batch a.zip -t FORMAT -o FOLDER"),
        ("a.gz", vec![0x1F, 0x8B, 8, 0], "it is a compressed file"),
        (
            "a.log",
            b"Words, and nothing that says what they are.\n".to_vec(),
            "can't be told from the name or the content; name it",
        ),
    ] {
        fs::write(f.path().join(name), bytes).expect("writable");
        let (code, _, err) = run(f.path(), &["convert", name, "-t", "text"]);
        assert_eq!(code, 1, "{name}: {err}");
        assert!(err.contains(says), "{name}: {err}");
    }
    assert_eq!(run(f.path(), &["convert", "a.log", "-f", "article", "-t", "text"]).0, 0);
    let (code, _, err) = run(f.path(), &["convert", "cat.txt", "-o", "cat.docx"]);
    assert!(
        code == 2 && err.contains("fanfold convert INPUT -t pandoc | pandoc -f json -o cat.docx"),
        "{err}"
    );
    let (code, _, err) = run(f.path(), &["convert", "cat.txt", "-t", "latex"]);
    assert!(code == 2 && err.contains("-t pandoc"), "{err}");
}

#[test]
fn the_verb_and_the_dash_may_be_left_out() {
    let f = folder();
    for args in
        [&["cat.txt", "-o", "a.json"][..], &["-o", "b.json", "cat.txt"], &["-q", "cat.txt", "-o", "c.json"]]
    {
        let (code, _, err) = run(f.path(), args);
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    }
    assert_eq!(names(f.path()), ["a.json", "b.json", "c.json", "cat.txt"]);
    let (code, _, err) = run(f.path(), &["none.txt", "-o", "a.json"]);
    assert!(code == 2 && err.contains("none.txt"), "{err}");
    let out = fanfold()
        .args(["convert", "-f", "article", "-t", "text"])
        .write_stdin(ARTICLE)
        .output()
        .expect("runs");
    assert!(out.status.success() && String::from_utf8_lossy(&out.stdout).contains("A small animal"));
    let out = fanfold().args(["explain", "-f", "article"]).write_stdin(ARTICLE).output().expect("runs");
    assert!(out.status.success() && String::from_utf8_lossy(&out.stdout).contains("article, UTF-8"));
}

#[test]
fn quiet_and_verbose_hold_for_every_command() {
    let f = folder();
    fs::write(f.path().join("bad.md"), "# Cat\n\nSome <video>words</video>.\n").expect("writable");
    for args in [["-q", "convert", "bad.md", "-o", "x.json"], ["convert", "-q", "bad.md", "-o", "x.json"]] {
        assert_eq!(run(f.path(), &args), (0, String::new(), String::new()));
    }
    let (code, _, err) = run(f.path(), &["-v", "convert", "cat.txt", "-o", "x.txt"]);
    assert!(code == 0 && err.contains("x.txt: ") && err.contains(" bytes are written"), "{err}");
    let (code, _, err) = run(f.path(), &["batch", "cat.txt", "-t", "text", "-o", "out", "-v"]);
    assert!(code == 0 && err.contains("cat.txt: ") && err.contains(" bytes are written"), "{err}");
    assert_eq!(run(f.path(), &["-q", "-v", "formats"]).0, 2);
    // A configuration's options go behind the command, wherever that stands.
    fs::write(f.path().join("fanfold.toml"), "quiet = true\n[text]\nwidth = 30\n").expect("writable");
    assert_eq!(run(f.path(), &["convert", "bad.md", "-t", "text", "-o", "x.txt"]).2, "");
    assert_eq!(run(f.path(), &["-q", "convert", "bad.md", "-t", "text", "-o", "x.txt"]).2, "");
}

#[test]
fn codes_are_listed_and_can_be_allowed() {
    let f = folder();
    let (code, out, _) = run(f.path(), &["codes"]);
    assert_eq!(code, 0);
    let row = out.lines().find(|line| line.starts_with("html-dropped ")).expect("a row");
    assert!(row.contains("warning") && row.contains("left out"), "{row}");
    fs::write(f.path().join("bad.md"), "# Cat\n\nSome <video>words</video>.\n").expect("writable");
    let convert = ["convert", "bad.md", "-o", "x.json", "--lang", "en", "--deny", "warnings"];
    assert_eq!(run(f.path(), &convert).0, 1);
    let allowed = [&convert[..], &["--allow", "html-dropped"]].concat();
    assert_eq!(run(f.path(), &allowed).0, 0);
    let (code, _, err) = run(f.path(), &["convert", "bad.md", "-o", "x.json", "--allow", "nope"]);
    assert!(code == 2 && err.contains("'fanfold codes' lists them"), "{err}");
}

#[test]
fn colours_are_for_terminals_and_for_who_asks() {
    let f = folder();
    let said = |variables: &[(&str, &str)]| {
        let mut command = fanfold();
        command.current_dir(f.path()).args(["convert", "none.txt", "-t", "text"]);
        let output = command.envs(variables.iter().copied()).output().expect("it runs");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert_eq!(said(&[]), "none.txt: error: no such file\n");
    assert_eq!(said(&[("CLICOLOR_FORCE", "1")]), "none.txt: \x1B[1;31merror\x1B[0m: no such file\n");
    assert_eq!(said(&[("NO_COLOR", "1")]), "none.txt: error: no such file\n");
}

#[test]
fn help_is_short_or_full_and_has_examples() {
    let f = folder();
    for command in ["convert", "batch", "book", "pipe", "explain"] {
        let (short, full) = (run(f.path(), &[command, "-h"]).1, run(f.path(), &[command, "--help"]).1);
        assert!(short.contains("Examples:") && full.contains("Examples:"), "{command}");
        assert!(short.lines().count() < full.lines().count(), "{command}");
        assert!(!short.contains("--max-nodes") && full.contains("--max-nodes"), "{command}");
    }
    for command in ["config", "style", "completions", "man", "formats", "codes", "schema"] {
        assert!(run(f.path(), &[command, "-h"]).1.contains("Examples:"), "{command}");
    }
    for shell in ["bash", "elvish", "fish", "nushell", "powershell", "zsh"] {
        let (code, script, _) = run(f.path(), &["completions", shell]);
        assert!(code == 0 && script.contains("fanfold") && script.contains("max-pages"), "{shell}");
    }
}

#[test]
fn values_that_make_no_sense_are_refused() {
    let f = folder();
    for (option, value) in [
        ("--lang", "english"),
        ("--lang", "xx-nonsense"),
        ("--lang", "en-ZZZ"),
        ("--lang", "../x"),
        ("--default-lang", "zzqq"),
        ("--date", "yesterday"),
        ("--source-url", "example.org"),
        ("--source-url", "the web page"),
        ("--date", "2024-13-45"),
        ("--date", "2023-02-29"),
        ("--encoding", "nonsense"),
        ("--max-loss", "much"),
        ("--max-pages", "many"),
    ] {
        let (code, out, err) = run(f.path(), &["convert", "cat.txt", "-o", "x.pdf", option, value]);
        assert_eq!((code, out.as_str()), (2, ""), "{option} {value}: {err}");
        assert!(err.contains(option) && err.contains(value), "{option} {value}: {err}");
    }
    assert!(!names(f.path()).contains(&"x.pdf".to_owned()));
}

#[test]
fn a_short_text_is_of_no_language_at_random() {
    let f = folder();
    fs::write(f.path().join("short.md"), "# Hi\n\nhello there\n").expect("writable");
    for (options, says) in
        [(&[][..], "und"), (&["--default-lang", "pt-BR"], "pt-BR"), (&["--lang", "fr"], "fr")]
    {
        let arguments = [&["convert", "short.md", "-t", "html"][..], options].concat();
        let (code, out, err) = run(f.path(), &arguments);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains(&format!("lang=\"{says}\"")), "{says}: {out}");
        assert_eq!(err.contains("language-guessed"), says != "fr", "{err}");
    }
}

#[test]
fn text_that_is_no_utf_8_is_read_in_the_encoding_that_it_is_in() {
    let f = folder();
    fs::write(
        f.path().join("cafe.md"),
        b"# Le caf\xE9\n\nLe caf\xE9 co\xFBte deux euros \x96 voil\xE0 tout.\n",
    )
    .expect("writable");
    fs::write(f.path().join("mir.md"), b"# \xCC\xE8\xF0\n\n\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0.\n")
        .expect("writable");
    let (code, out, err) = run(f.path(), &["convert", "cafe.md", "-t", "text", "--lang", "fr"]);
    assert!(code == 0 && out.contains("Le café coûte deux euros – voilà tout."), "{out}");
    assert!(
        err.starts_with(
            "cafe.md:1:9: warning[encoding-guessed]: the text is no UTF-8; it is read as windows-1252"
        ),
        "{err}"
    );
    let named = ["convert", "mir.md", "-t", "text", "--lang", "ru", "--encoding"];
    assert_eq!(
        run(f.path(), &[&named[..], &["windows-1251"]].concat()),
        (0, "Мир\n===\n\nПривет, мир.\n".into(), String::new())
    );
    assert_eq!(run(f.path(), &[&named[..], &["windows-9"]].concat()).0, 2);
    for (option, value) in
        [("--lang", "english"), ("--lang", "xx"), ("--date", "yesterday"), ("--date", "2026-02-30")]
    {
        let (code, _, err) = run(f.path(), &["convert", "cat.txt", "-t", "text", option, value]);
        assert!(code == 2 && err.contains(value), "{value}: {err}");
    }
}

#[test]
fn no_input_is_written_over() {
    let f = folder();
    fs::write(f.path().join("page.html"), "<p>A page.</p>").expect("writable");
    for args in [
        &["convert", "page.html", "-t", "html", "-o", "."][..],
        &["convert", "cat.txt", "page.html", "-t", "text", "-o", "./"],
        &["convert", "page.html", "-t", "json", "-o", "./page.html"],
        &["convert", "page.html", "-o", "page.pdf", "--report", "page.html"],
        &["convert", "page.html", "-o", "page.json", "--report", "page.json"],
    ] {
        let (code, _, err) = run(f.path(), args);
        assert_eq!(code, 2, "{args:?}: {err}");
        assert!(err.contains("is an input: write to another") || err.contains("both the report"), "{err}");
    }
    let (code, _, err) = run(f.path(), &["book", "page.html", "cat.txt", "-o", "cat.txt"]);
    assert!(code == 2 && err.contains("is both a source and the output"), "{code} {err}");
    assert_eq!(names(f.path()), ["cat.txt", "page.html"]);
    assert_eq!(fs::read_to_string(f.path().join("cat.txt")).expect("there"), ARTICLE);
}

#[cfg(unix)]
#[test]
fn a_file_name_makes_no_lines_of_messages() {
    let f = folder();
    let (code, _, err) = run(f.path(), &["convert", "a\nb: error: forged", "-t", "text"]);
    assert_eq!((code, err.lines().count()), (1, 1), "{err}");
}

#[test]
fn one_bad_input_does_not_stop_the_others() {
    let f = folder();
    let (code, _, err) = run(f.path(), &["convert", "missing.txt", "cat.txt", "-t", "text", "-o", "out/"]);
    assert_eq!(code, 1);
    assert!(err.contains("missing.txt: error"), "{err}");
    assert_eq!(names(&f.path().join("out")), ["cat.txt"]);
}

#[test]
fn no_clobber_keeps_what_is_there() {
    let f = folder();
    fs::write(f.path().join("out.json"), "mine").expect("writable");
    let (code, _, err) = run(f.path(), &["convert", "cat.txt", "-o", "out.json", "--no-clobber"]);
    assert_eq!(code, 1);
    assert!(err.contains("out.json: error") && err.contains("--no-clobber"), "{err}");
    assert_eq!(fs::read_to_string(f.path().join("out.json")).expect("there"), "mine");
    assert_eq!(run(f.path(), &["convert", "cat.txt", "-o", "out.json"]).0, 0, "it is replaced otherwise");
}

#[test]
fn diagnostics_name_the_place_and_can_be_denied() {
    let f = folder();
    fs::write(f.path().join("bad.txt"), b"= Cat =\n\nab\xFFcd and more\n").expect("writable");
    let (code, _, err) = run(f.path(), &["convert", "bad.txt", "--lang", "en", "-o", "bad.json"]);
    assert_eq!(code, 0);
    assert_eq!(err, "bad.txt:3:3: warning[invalid-encoding]: invalid UTF-8 at byte 11, shown as U+FFFD\n");
    assert_eq!(run(f.path(), &["convert", "bad.txt", "--lang", "en", "-q", "-o", "bad.json"]).2, "");
    for deny in ["warnings", "invalid-encoding"] {
        let (code, _, err) =
            run(f.path(), &["convert", "bad.txt", "--lang", "en", "-o", "denied.json", "--deny", deny]);
        assert_eq!(code, 1);
        assert!(err.contains("error[invalid-encoding]") && err.contains("nothing was written"), "{err}");
        assert!(!f.path().join("denied.json").exists());
    }
}

#[test]
fn metadata_can_be_given() {
    let f = folder();
    let args = ["convert", "cat.txt", "-t", "json", "--title", "Dog", "--author", "A", "--author", "B"];
    let (code, json, _) = run(f.path(), &[&args[..], &["--lang", "de_AT", "--date", "2026-01-02"]].concat());
    assert_eq!(code, 0);
    for said in ["\"Dog\"", "\"A\"", "\"B\"", "\"de-AT\"", "\"2026-01-02\""] {
        assert!(json.contains(said), "{said} in {json}");
    }
}

#[test]
fn formats_are_listed() {
    let (code, out, _) = run(Path::new("."), &["formats"]);
    assert_eq!(code, 0);
    for name in ["article", "json", "markdown", "html", "text", "epub", "pdf"] {
        assert!(out.lines().any(|l| l.starts_with(name)), "{name} in\n{out}");
    }
}

#[test]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};
    let f = folder();
    fs::write(f.path().join("long.txt"), format!("= Long =\n\n{}", "word ".repeat(200_000)))
        .expect("writable");
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("fanfold"))
        .args(["convert", "long.txt", "-t", "text", "--lang", "en"])
        .current_dir(f.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let out = child.wait_with_output().expect("it ends");
    assert_eq!((out.status.code(), String::from_utf8_lossy(&out.stderr).as_ref()), (Some(0), ""));
}

#[cfg(unix)]
#[test]
fn targets_that_cannot_be_written_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let f = folder();
    let out = f.path().join("ro.json");
    fs::write(&out, "mine").expect("writable");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o444)).expect("permissions");
    let (code, _, err) = run(f.path(), &["convert", "cat.txt", "-o", "ro.json"]);
    assert_eq!(code, 1);
    assert!(err.contains("ro.json: error: can't be written: it is read-only"), "{err}");
    let (code, _, err) = run(f.path(), &["convert", "cat.txt", "-o", "cat.txt/x.json"]);
    assert_eq!(code, 1);
    assert!(err.contains("cat.txt/x.json: error: can't be written"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named() {
    let f = folder();
    let (code, _, err) = run(f.path(), &["convert", "cat.txt", "-t", "json", "-o", "/dev/full"]);
    assert_eq!(code, 1);
    assert!(err.contains("no space is left on the device"), "{err}");
}

/// A folder with a Japanese text, and below it `fonts` with a face for it, a broken one, and a file
/// that is no font.
fn folder_with_fonts() -> TempDir {
    let f = folder();
    fs::write(f.path().join("neko.md"), "# 猫\n\n「吾輩は猫である。」\n").expect("writable");
    fs::write(f.path().join("pdf.md"), "# PDF\n").expect("writable");
    let fonts = f.path().join("fonts/below");
    fs::create_dir_all(&fonts).expect("writable");
    let face = include_bytes!("../fonts/NotoSerifCJKjp-Regular.otf");
    fs::write(fonts.join("neko.otf"), face).expect("writable");
    fs::write(f.path().join("fonts/broken.ttf"), &face[..5000]).expect("writable");
    fs::write(f.path().join("fonts/readme.txt"), "no font").expect("writable");
    f
}

#[test]
fn fonts_of_a_folder_are_taken_and_broken_ones_told() {
    let f = folder_with_fonts();
    let convert = ["convert", "neko.md", "--lang", "ja", "-t", "layout", "--no-system-fonts"];
    let (code, dump, err) = run(f.path(), &[&convert[..], &["--font-dir", "fonts"]].concat());
    assert_eq!(code, 0, "{err}");
    assert!(dump.contains("NotoSerifCJKjp-Regular 11: \"「吾輩は猫である。」\""), "{dump}");
    assert_eq!(
        err,
        "fonts/broken.ttf: warning[font-unusable]: not a readable OpenType or TrueType font\n  \
         help: the conversion goes on without it\n"
    );
    let (code, dump, err) = run(f.path(), &[&convert[..], &["--allow", "missing-glyphs"]].concat());
    assert_eq!(code, 0);
    assert!(!dump.contains("CJK") && err.contains("warning[missing-glyph]"), "{err}");
    assert_eq!(err.matches("install a font").count(), 2, "one for kana, one for ideographs: {err}");
}

#[test]
fn pages_of_boxes_are_not_written() {
    let f = folder_with_fonts();
    let (code, _, err) = run(f.path(), &["convert", "neko.md", "--no-system-fonts", "-o", "neko.pdf"]);
    assert_eq!(code, 1);
    assert!(
        err.contains(
            "neko.md: error[missing-glyphs]: 8 of the 13 characters are boxes: 4 of the script Han, 4 of the script \
             Hiragana\n  help: install Noto Serif CJK JP, or"
        ),
        "{err}"
    );
    assert!(!f.path().join("neko.pdf").exists());
    let (code, _, err) = run(f.path(), &["batch", "neko.md", "--no-system-fonts", "-t", "pdf", "-o", "out"]);
    assert_eq!(code, 1);
    assert!(err.contains("neko.md: error: 8 of the 13 characters are boxes"), "{err}");
    // One in fifty is borne.
    fs::write(f.path().join("one.md"), format!("{}猫\n", "cat ".repeat(17))).expect("writable");
    let (code, _, err) = run(f.path(), &["convert", "one.md", "--no-system-fonts", "-o", "one.pdf"]);
    assert!(code == 0 && err.contains("warning[missing-glyph]"), "{err}");
}

#[test]
fn broken_fonts_can_be_denied() {
    let f = folder_with_fonts();
    let options = ["--no-system-fonts", "--font-dir", "fonts", "--deny", "font-unusable"];
    let (code, _, err) = run(f.path(), &[&["convert", "neko.md", "-o", "neko.pdf"], &options[..]].concat());
    assert_eq!(code, 2);
    assert!(err.contains("broken.ttf") && !f.path().join("neko.pdf").exists(), "{err}");
}

#[test]
fn another_main_font_comes_by_file_or_name() {
    let f = folder_with_fonts();
    let set = |options: &[&str]| {
        run(
            f.path(),
            &[&["convert", "pdf.md", "--lang", "en", "-t", "layout", "--no-system-fonts"], options].concat(),
        )
    };
    for options in [
        &["--font", "fonts/below/neko.otf"][..],
        &["--font", "noto serif cjk jp", "--font-dir", "fonts/below"],
        &["--font", "Noto Serif"],
    ] {
        let (code, dump, err) = set(options);
        assert_eq!((code, err.as_str()), (0, ""), "{options:?}");
        assert!(dump.contains(" NotoSerif"), "{options:?}: {dump}");
    }
    let (code, _, err) = set(&["--font", "No Such Font"]);
    assert_eq!(code, 2);
    assert!(err.contains("--font No Such Font: neither a file nor the name of a font family"), "{err}");
    let (code, _, err) = set(&["--font-dir", "nowhere"]);
    assert_eq!(code, 2);
    assert!(err.contains("--font-dir nowhere: no such file or folder"), "{err}");
}

#[test]
fn what_keeps_a_pdf_from_its_standard_is_said_before_it_is_written() {
    let f = folder();
    fs::write(f.path().join("dog.md"), "A dog barks at the cat that lives next door.\n").expect("writable");
    let denied = ["convert", "dog.md", "-o", "dog.pdf", "--lang", "en", "--deny", "no-title"];
    let (code, _, err) = run(f.path(), &denied);
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("[no-title]: the document has no title"), "{err}");
    assert!(err.contains("help: name it with --title"), "the remedy: {err}");
    assert!(!f.path().join("dog.pdf").exists());
    assert_eq!(run(f.path(), &denied[..6]).0, 0, "it is made good");
    assert!(f.path().join("dog.pdf").exists());
}

#[test]
fn standards_that_exclude_each_other_are_told() {
    let f = folder();
    for (standards, says) in [
        ("a-2a,a-3a", "a file can claim only one level of PDF/A, not a-2a and a-3a"),
        ("ua-1,none", "'none' stands alone"),
        ("ua-1,a-4", "a-4 is not for the version of PDF that the others are for"),
        ("a-1b", "no PDF standard 'a-1b'; known: ua-1, a-2a, a-2b, a-2u, a-3a, ua-2, a-4, a-4f, none"),
    ] {
        let (code, _, err) =
            run(f.path(), &["convert", "cat.txt", "-o", "cat.pdf", "--pdf-standard", standards]);
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(says), "{err}");
    }
    let (code, _, err) = run(
        f.path(),
        &["convert", "cat.txt", "-o", "cat.pdf", "--lang", "en", "--pdf-standard", "ua-1,a-3a"],
    );
    assert_eq!((code, err.as_str()), (0, ""));
    let pdf = fs::read(f.path().join("cat.pdf")).expect("written");
    assert!(pdf.windows(17).any(|w| w == b"<pdfaid:part>3</p"), "it claims PDF/A-3");
}

#[cfg(all(feature = "epub", feature = "pdf"))]
#[test]
fn an_epub_has_fonts_and_pages_when_asked_and_the_moment_of_its_build() {
    let f = folder();
    let convert = |epoch: &str| {
        let arguments = ["convert", "cat.txt", "-o", "cat.epub", "--page-list", "--embed-fonts"];
        fanfold()
            .current_dir(f.path())
            .env("SOURCE_DATE_EPOCH", epoch)
            .args(arguments)
            .output()
            .expect("it runs")
    };
    assert_eq!(convert("1700000000").status.code(), Some(0));
    let file = fs::File::open(f.path().join("cat.epub")).expect("written");
    let mut archive = zip::ZipArchive::new(file).expect("an archive");
    let mut member = |name: &str| {
        let member = archive.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        std::io::read_to_string(member).expect("text")
    };
    assert!(member("OEBPS/content.opf").contains(">2023-11-14T22:13:20Z</meta>"));
    assert!(member("OEBPS/content.opf").contains("-LibertinusSerif-Bold.otf\" media-type=\"font/otf\""));
    assert!(member("OEBPS/nav.xhtml").contains("#page-1\">1</a>"));
    assert!(member("OEBPS/stylesheet.css").contains("@font-face"));
    assert!(member("META-INF/com.apple.ibooks.display-options.xml").contains("specified-fonts"));
    let wrong = convert("yesterday");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("SOURCE_DATE_EPOCH"));
}

#[test]
fn formats_of_the_same_kind_have_extensions_of_their_own() {
    let f = folder();
    let (code, _, err) =
        run(f.path(), &["convert", "cat.txt", "-t", "article,text,json,pandoc", "-o", "out/"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(names(&f.path().join("out")), ["cat.article", "cat.json", "cat.pandoc", "cat.txt"]);
}

#[test]
fn images_can_lie_beside_their_json() {
    let f = folder();
    let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";
    fs::write(f.path().join("dot.png"), png).expect("writable");
    fs::write(f.path().join("a.md"), "# A\n\n![a dot](dot.png)\n").expect("writable");
    let args = ["convert", "a.md", "-o", "out/a.json", "--assets", "img"];
    let (code, _, err) = run(f.path(), &args);
    assert_eq!(code, 0, "{err}");
    let files = names(&f.path().join("out/img"));
    assert_eq!(files.len(), 1);
    assert_eq!(fs::read(f.path().join("out/img").join(&files[0])).expect("there"), png);
    let json = fs::read_to_string(f.path().join("out/a.json")).expect("there");
    assert!(
        json.contains(&format!("\"file\": \"img/{}\"", files[0])) && !json.contains("\"data\""),
        "{json}"
    );
    // Read back, the images are where they were; what leads out of the folder is refused.
    let inside = |input: &str| run(f.path(), &["convert", input, "-t", "json", "-o", "-"]).1;
    assert_eq!(inside("out/a.json").split("\"assets\"").nth(1), inside("a.md").split("\"assets\"").nth(1));
    assert_eq!(run(f.path(), &["convert", "a.md", "-t", "json", "--assets", "../x"]).0, 2);
}

#[test]
fn the_loss_report_adds_up_and_is_a_gate() {
    let f = folder();
    fs::write(f.path().join("a.md"), "# A\n\nSome <video>words</video> <!-- no -->.\n").expect("writable");
    let args = ["convert", "a.md", "-t", "text", "--report", "report.json", "-q"];
    assert_eq!(run(f.path(), &args).0, 0);
    let report = fs::read_to_string(f.path().join("report.json")).expect("written");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let input = &report["inputs"][0];
    let sum: u64 = input["totals"].as_object().expect("totals").values().filter_map(|n| n.as_u64()).sum();
    assert_eq!((sum, input["input"]["length"].as_u64()), (44, Some(44)));
    assert_eq!(input["losses"]["html-dropped"], serde_json::json!({"bytes": 20, "places": 1}));
    assert_eq!(input["losses"]["comment-dropped"]["bytes"], 11);
    assert_eq!(input["portions"][1], serde_json::json!([2, 3, "rendered"]));
    assert!(input["diagnostics"].as_array().is_some_and(|said| said.len() >= 3));
    let gated = |most: &str| run(f.path(), &["convert", "a.md", "-t", "text", "-q", "--max-loss", most]);
    assert_eq!((gated("31").0, gated("71%").0), (0, 0));
    let (code, out, err) = gated("30");
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("because of --max-loss: 31 of 44 bytes are lost"), "{err}");
    assert_eq!(gated("x").0, 2);
    let (code, out, _) = run(f.path(), &["explain", "a.md"]);
    assert_eq!(code, 0);
    assert!(out.contains("a.md: markdown, UTF-8, 44 bytes"), "{out}");
    assert!(out.contains("html-dropped: 20 bytes in 1 place\n  3:6       <video>words</video>\n"), "{out}");
}

#[test]
fn the_schema_is_printed() {
    let f = folder();
    let (code, out, _) = run(f.path(), &["schema"]);
    assert_eq!((code, out.as_str()), (0, fanfold::schema::JSON_SCHEMA));
}

#[test]
fn text_in_the_style_of_an_article_is_read_back() {
    let f = folder();
    let args = ["convert", "cat.txt", "-t", "text", "--text-style", "article", "-o", "-"];
    assert_eq!(run(f.path(), &args), (0, ARTICLE.to_owned(), String::new()));
}

#[test]
fn passages_have_the_size_that_is_asked_for() {
    let f = folder();
    let lines = |size: &str| run(f.path(), &["convert", "cat.txt", "-t", "chunks", "--chunk-size", size]).1;
    assert!(lines("16").lines().count() > lines("400").lines().count());
    assert_eq!(run(f.path(), &["convert", "cat.txt", "-t", "chunks", "--chunk-size", "0"]).0, 2);
}

#[test]
fn tokens_are_those_of_a_file() {
    let f = folder();
    let convert = |more: &[&str]| {
        run(f.path(), &[&["convert", "cat.txt", "-t", "chunks", "--chunk-min", "1"], more].concat())
    };
    let (code, _, said) = convert(&["--chunk-unit", "tokens"]);
    assert!(code == 2 && said.contains("--chunk-tokenizer names"), "{said}");
    let (code, _, said) = convert(&["--chunk-tokenizer", "cat.txt"]);
    assert!(code == 2 && said.contains("it is for --chunk-unit tokens"), "{said}");
    let json = r#"{
        "version": "1.0", "added_tokens": [], "pre_tokenizer": {"type": "WhitespaceSplit"},
        "model": {"type": "WordLevel", "vocab": {"?": 0}, "unk_token": "?"}
    }"#;
    std::fs::write(f.path().join("tokenizer.json"), json).expect("writable");
    let tokens = ["--chunk-unit", "tokens", "--chunk-size", "3", "--chunk-tokenizer"];
    let (code, by_tokens, said) = convert(&[&tokens[..], &["tokenizer.json"]].concat());
    if cfg!(feature = "tokens") {
        let (_, by_words, _) = convert(&["--chunk-unit", "words", "--chunk-size", "3"]);
        assert_eq!((code, by_tokens), (0, by_words));
        let (code, _, said) = convert(&[&tokens[..], &["cat.txt"]].concat());
        assert!(code == 2 && said.contains("cat.txt: no tokenizer: "), "{said}");
        let (code, _, said) = convert(&[&tokens[..], &["none.json"]].concat());
        assert!(code == 2 && said.contains("none.json: no such file"), "{said}");
    } else {
        assert!(code == 2 && said.contains("cargo's feature 'tokens'"), "{said}");
    }
}
