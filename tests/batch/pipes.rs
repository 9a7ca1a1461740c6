//! A line in, a line out.

use super::*;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

#[test]
fn each_line_is_answered_at_once_and_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = fanfold(folder.path())
        .args(["pipe", "-t", "text,epub"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut ask = |line: &str| -> serde_json::Value {
        // The next line is asked for only when this one is answered: nothing is held back.
        writeln!(input, "{line}").expect("it reads");
        serde_json::from_str(&output.next().expect("an answer").expect("text")).expect("JSON")
    };
    for n in 0..5 {
        let answer = ask(&serde_json::json!({"id": n, "text": article(n), "format": "article"}).to_string());
        assert_eq!((answer["id"].as_str(), answer["status"].as_str()), (Some(&*n.to_string()), Some("done")));
        assert!(answer["text"]["text"].as_str().expect("text").contains(&format!("Article {n}")));
        assert!(answer["base64"]["epub"].is_string());
    }
    for (line, error) in [
        ("{\"id\": \"x\"", "it is no document"),
        ("", "it is no document"),
        ("{\"id\": \"x\"}", "it has neither 'text' nor 'base64'"),
        ("{\"id\": \"x\", \"text\": \"a\", \"format\": \"none\"}", "no reader for the format 'none'"),
    ] {
        let answer = ask(line);
        assert_eq!(answer["status"], "failed");
        assert!(answer["error"].as_str().expect("told").contains(error), "{answer}");
    }
    drop(input);
    assert!(output.next().is_none(), "one line for each");
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn shards_of_a_pipe_are_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |n: usize| serde_json::json!({"id": n, "text": article(n)}).to_string() + "\n";
    fs::write(folder.path().join("in.ndjson"), (0..40).map(line).collect::<String>()).expect("writable");
    let answers = |args: &str| -> Vec<String> {
        let input = fs::File::open(folder.path().join("in.ndjson")).expect("there");
        let output = fanfold(folder.path()).args(args.split(' ')).stdin(input).output().expect("it runs");
        assert!(output.status.success());
        String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
    };
    let mut whole = answers("pipe -t text");
    let mut union: Vec<_> = (0..3).flat_map(|i| answers(&format!("pipe -t text --shard {i}/3"))).collect();
    assert_eq!(whole.len(), 40);
    whole.sort();
    union.sort();
    assert_eq!(union, whole);
}
