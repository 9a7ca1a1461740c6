//! SVG images that run something, lead out of themselves or grow without bound, through the whole program: never
//! are they in an output that shows them.

use assert_cmd::Command;
use std::fs;
use std::io::Read;
use std::path::Path;
use tempfile::TempDir;

const HEAD: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\">";

/// Names of drawings with what is in them.
fn hostile() -> Vec<(&'static str, String)> {
    let grown = |one: &dyn Fn(usize) -> String| {
        let steps: String =
            (1..12).map(|n| format!("<g id=\"a{n}\">{}</g>", one(n - 1).repeat(10))).collect();
        format!("<defs><g id=\"a0\"><rect width=\"1\" height=\"1\"/></g>{steps}</defs><use href=\"#a11\"/>")
    };
    vec![
        ("uses", grown(&|n| format!("<use xlink:href=\"#a{n}\"/>"))),
        ("fills", grown(&|n| format!("<rect fill=\"url(#a{n})\"/>"))),
        ("circle", "<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>".into()),
        ("script", "<script>pwned()</script>".into()),
        ("event", "<rect onclick=\"pwned()\"/>".into()),
        ("link", "<a href=\"javascript:pwned()\"><rect/></a>".into()),
        (
            "foreign",
            "<foreignObject><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"pwned\"/></foreignObject>"
                .into(),
        ),
        ("outside", "<image href=\"http://example.org/pwned.png\"/>".into()),
        ("animated", "<rect><set attributeName=\"href\" to=\"javascript:pwned()\"/></rect>".into()),
    ]
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut text = String::from("# Cat\n\n![Sound](sound.svg)\n\n");
    for (name, body) in hostile() {
        fs::write(folder.path().join(format!("{name}.svg")), format!("{HEAD}{body}</svg>"))
            .expect("writable");
        text += &format!("![The words of {name}]({name}.svg)\n\n");
    }
    let sound = format!("{HEAD}<rect width=\"9\" height=\"9\"/></svg>");
    fs::write(folder.path().join("sound.svg"), sound).expect("writable");
    fs::write(folder.path().join("cat.md"), text).expect("writable");
    folder
}

fn convert(folder: &Path, arguments: &str) {
    let mut command = Command::cargo_bin("fanfold").expect("the binary is built");
    command
        .current_dir(folder)
        .args(["convert", "-q", "--no-config", "--lang", "en"])
        .args(arguments.split(' '));
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn no_page_and_no_book_has_them() {
    let f = folder();
    convert(f.path(), "cat.md -t html,epub -o out/");
    let page = fs::read_to_string(f.path().join("out/cat.html")).expect("written");
    assert_eq!(page.matches("data:image/svg+xml").count(), 1, "{page}");
    let book = fs::File::open(f.path().join("out/cat.epub")).expect("written");
    let mut book = zip::ZipArchive::new(book).expect("an archive");
    let drawn: Vec<_> = book.file_names().filter(|name| name.ends_with(".svg")).map(str::to_owned).collect();
    assert_eq!(drawn.len(), 1, "{drawn:?}");
    let mut text = String::new();
    let names: Vec<_> = book.file_names().filter(|name| name.ends_with("html")).map(str::to_owned).collect();
    for name in names {
        book.by_name(&name).expect("there").read_to_string(&mut text).expect("UTF-8");
    }
    for (name, _) in hostile() {
        let words = format!("The words of {name}");
        assert!(page.contains(&words) && text.contains(&words), "{name}");
    }
}

#[test]
fn no_file_beside_json_has_them() {
    let f = folder();
    convert(f.path(), "cat.md -o cat.json --assets images");
    let files: Vec<_> = fs::read_dir(f.path().join("images")).expect("made").collect();
    assert_eq!(files.len(), 1, "the sound one alone");
    // They are in the document as data, so that nothing is lost.
    let document: serde_json::Value =
        serde_json::from_slice(&fs::read(f.path().join("cat.json")).expect("written")).expect("JSON");
    let assets = document["assets"].as_object().expect("assets");
    assert!(assets["sound.svg"]["file"].is_string() && assets["script.svg"]["data"].is_string());
    convert(f.path(), "cat.json -t html -o again.html");
}

#[test]
fn what_is_no_image_is_no_file_that_opens_as_something_else() {
    let f = tempfile::tempdir().expect("a temporary folder");
    let document = "{\"schema\":\"fanfold\",\"version\":\"0.1\",\"sources\":[],\"articles\":[{\"span\":[0,0],\"blocks\":[]}],\
         \"assets\":{\"a\":{\"media_type\":\"text/html\",\"data\":\"PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+\"}}}";
    fs::write(f.path().join("a.json"), document).expect("writable");
    convert(f.path(), "a.json -o b.json --assets images");
    for file in fs::read_dir(f.path().join("images")).expect("made") {
        let name = file.expect("readable").file_name();
        assert!(name.to_string_lossy().ends_with(".bin"), "{name:?}");
    }
}
