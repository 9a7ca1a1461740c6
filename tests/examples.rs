//! The examples do what they say. `cargo test` builds them before it runs this.

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
fn a_writer_of_ones_own_is_registered_and_used() {
    let output = example("custom_writer", &["input/boris-bondarev.txt"]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("# Boris Bondarev\n\n* Birthplace: Russian SFSR, Soviet Union\n"), "{text}");
    assert!(text.contains("\n## Career\n"), "{text}");
}
