//! Fonts that are kept for all conversions.
#![cfg(all(feature = "cli", feature = "markdown", feature = "pdf"))]

use assert_cmd::Command;
use std::fs;
use std::path::Path;

const FACE: &[u8] = include_bytes!("../fonts/NotoSerifCJKjp-Regular.otf");

/// Runs with files of a user in `data`; the exit code, standard output and standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let mut program = Command::cargo_bin("fanfold").expect("the binary is built");
    let data = folder.join("data");
    let program =
        program.current_dir(folder).env("XDG_DATA_HOME", &data).env("HOME", &data).env("APPDATA", &data);
    let output = program.args(args).output().expect("it runs");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

#[test]
fn what_a_folder_has_is_kept_and_told() {
    let f = tempfile::tempdir().expect("a temporary folder");
    let below = f.path().join("fonts/below");
    fs::create_dir_all(&below).expect("writable");
    fs::write(below.join("neko.otf"), FACE).expect("writable");
    fs::write(f.path().join("neko.md"), "# 猫\n\n「吾輩は猫である。」\n").expect("writable");
    let batch = ["batch", "neko.md", "-t", "layout", "-o", "out", "--lang", "ja", "--resume"];
    run(f.path(), &batch);

    let (code, told, err) = run(f.path(), &["fonts", "add", "fonts"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(told.contains("Noto Serif CJK JP: Hiragana, Han"), "{told}");
    assert!(told.contains("\ngained: Han ") && told.contains("\n1 new, 0 there before, in "), "{told}");
    let (code, told, _) = run(f.path(), &["fonts", "add", "fonts"]);
    assert!(code == 0 && told.contains("gained: no characters\n0 new, 1 there before"), "{told}");
    let (_, told, _) = run(f.path(), &["fonts", "list"]);
    assert!(told.contains("built in:") && told.contains("  Noto Serif CJK JP: Hiragana"), "{told}");

    // They come before the system's, and what was made without them is made again.
    let (code, _, err) = run(f.path(), &batch);
    assert!(code == 0 && !err.contains("missing-glyph") && !err.contains("unchanged"), "{err}");
    let pages = fs::read_to_string(f.path().join("out/neko.layout")).expect("written");
    assert!(pages.contains("NotoSerifCJKjp-Regular"), "{pages}");
    let (code, _, err) = run(f.path(), &["convert", "neko.md", "-o", "a.pdf", "--no-system-fonts"]);
    assert!(code == 1 && err.contains("error[missing-glyphs]"), "{err}");
}

#[test]
fn what_is_no_font_is_told_and_the_rest_kept() {
    let f = tempfile::tempdir().expect("a temporary folder");
    let fonts = f.path().join("fonts");
    fs::create_dir_all(fonts.join("below")).expect("writable");
    let (code, _, err) = run(f.path(), &["fonts", "add", "fonts"]);
    assert!(code == 2 && err.contains("fonts has no font (.ttf, .otf, .ttc, .otc)"), "{err}");
    let (code, _, err) = run(f.path(), &["fonts", "add", "none"]);
    assert!(code == 2 && err.contains("none: no such file or folder"), "{err}");

    fs::write(fonts.join("neko.otf"), FACE).expect("writable");
    fs::write(fonts.join("broken.ttf"), &FACE[..5000]).expect("writable");
    fs::write(fonts.join("below/neko.otf"), FACE).expect("writable");
    fs::write(fonts.join("below/other.otf"), FACE).expect("writable");
    fs::write(fonts.join("other.otf"), include_bytes!("../fonts/NotoSerifCJKkr-Regular.otf"))
        .expect("writable");
    let (code, told, err) = run(f.path(), &["fonts", "add", "fonts"]);
    assert!(code == 1 && told.contains("2 new, 0 there before"), "{told}{err}");
    assert!(err.contains("broken.ttf: error: the font has no outlines"), "{err}");
    assert!(err.contains("other.otf: error: it is called as ") && !err.contains("neko.otf"), "{err}");
}
