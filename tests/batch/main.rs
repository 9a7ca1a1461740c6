//! Many documents in one run: what is written does not depend on threads, shards or interruptions,
//! and one bad document spoils no other.

mod books;
mod engine;
mod faults;
mod interruption;
mod pipes;
mod sources;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The program, in a folder.
fn fanfold(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fanfold"));
    command.current_dir(folder);
    command
}

fn run(folder: &Path, args: &str) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        fanfold(folder).args(args.split_whitespace()).output().expect("it runs");
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (status.code().expect("no signal"), text(&stdout), text(&stderr))
}

/// An article that differs from every other.
fn article(n: usize) -> String {
    let word = ["river", "castle", "composer", "theorem", "locomotive", "orchid", "harbour"][n % 7];
    format!(
        "= Article {n} =\n\nArticle {n}\n- Kind: {word}\n\nThis is the {word} with the number {n}, which is known \
         for being unlike any other one of its kind.\n\n==History==\nIt was first described in {}.\n\n- one {word}\n\
         - and another\n\nSee also Article {}#History.\n",
        1800 + n % 200,
        n + 1
    )
}

/// A folder of articles, some of them in folders.
fn articles(folder: &Path, count: usize) {
    for n in 0..count {
        let path = folder.join(format!("in/{}/{n}.txt", ["a", "b", "c/d"][n % 3]));
        fs::create_dir_all(path.parent().expect("it has one")).expect("writable");
        fs::write(path, article(n)).expect("writable");
    }
}

/// Every file below a folder and its bytes, but for manifests.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
            if path.is_dir() {
                walk(root, &path, out);
            } else if !name.starts_with("manifest") {
                out.insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(folder, folder, &mut out);
    out
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().collect()
}

/// The rows of a manifest.
fn rows(manifest: &Path) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(manifest).expect("a manifest");
    text.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect()
}

/// The ids of rows of a status, sorted.
fn ids(manifest: &Path, status: &str) -> Vec<String> {
    let rows = rows(manifest);
    let of = rows.iter().filter(|row| row["status"] == status);
    let mut ids: Vec<_> = of.map(|row| row["id"].as_str().expect("an id").to_owned()).collect();
    ids.sort();
    ids
}
