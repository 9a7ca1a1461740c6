//! JSON that is wrong: what is said of it and where, as a user sees it.
#![cfg(feature = "cli")]

use assert_cmd::Command;

/// What is said of an input, which must fail.
fn said(json: &str) -> String {
    let mut command = Command::cargo_bin("fanfold").expect("built");
    let run = command.args(["convert", "--no-config", "-f", "json", "-t", "json", "-", "-o", "-"]);
    let output = run.write_stdin(json).assert().code(1).get_output().clone();
    assert!(output.stdout.is_empty(), "nothing is written for {json:.60}");
    String::from_utf8(output.stderr).expect("UTF-8")
}

/// A fault at a line and column; `3:` is somewhere on the third line.
#[track_caller]
fn refused(json: &str, place: &str, message: &str) {
    let said = said(json);
    let (at, told) = said.lines().last().and_then(|line| line.split_once(": error: ")).unwrap_or_default();
    let at = at.strip_prefix("-:").unwrap_or_default();
    let right = if place.ends_with(':') { at.starts_with(place) } else { at == place };
    assert!(right && told.starts_with(message), "{place} {message:?} for {json:.200}: {said}");
    assert_eq!(said.matches("error").count(), 1, "{said}");
}

/// A document with this on its third line, in the body of its article.
fn with_block(version: &str, block: &str) -> String {
    format!(
        "{{\"schema\":\"fanfold\",\"version\":\"{version}\",\n\"articles\":[{{\"span\":[0,0],\"blocks\":[\n{block}\n]}}]}}\n"
    )
}

#[test]
fn what_is_no_json() {
    refused("", "1:1", "not readable as fanfold JSON: EOF while parsing a value");
    refused(
        "{\"schema\":\"fanfold\",\n \"version\" 1}",
        "2:12",
        "not readable as fanfold JSON: expected `:`",
    );
    refused(
        "{\"schema\":\"fanfold\",\"version\":\"0.1\",\n\"articles\":[]}\nx",
        "3:1",
        "not readable as fanfold JSON: trailing characters",
    );
    refused(
        "{\"schema\":\"fanfold\",\"version\":\"0.1\",\"articles\":[",
        "1:48",
        "not readable as fanfold JSON: EOF",
    );
}

#[test]
fn a_wrong_schema() {
    refused(
        "{\n  \"schema\": \"other\",\n  \"version\": \"0.1\"}",
        "2:3",
        "the schema is 'other', not 'fanfold'",
    );
    refused("{\"a\":1}", "1:7", "not readable as fanfold JSON: missing field `schema`");
    refused("[{\"schema\":\"fanfold\"}]", "1:", "not readable as fanfold JSON: ");
    refused(
        &with_block("0.1", "{\"type\":\"hedding\",\"span\":[0,0]}"),
        "3:",
        "not readable as fanfold JSON: unknown variant `hedding`",
    );
    refused(
        &with_block("0.1", "{\"type\":\"rule\",\"span\":[0,0],\"color\":1}"),
        "3:29",
        "unknown field `color`; version 0.2 of the schema has none here",
    );
    refused(
        &with_block("0.1", "{\"type\":\"rule\",\"span\":\"here\"}"),
        "3:",
        "not readable as fanfold JSON: invalid type: string \"here\", expected a span",
    );
    refused(
        &with_block("0.1", "{\"type\":\"rule\"}"),
        "3:",
        "not readable as fanfold JSON: missing field `span`",
    );
}

/// The place is that in the file, not in what the file was made into to be read.
#[test]
fn a_fault_behind_what_only_a_newer_minor_has() {
    let strange = "{\"type\":\"spoiler\",\"text\":\"a\",\"span\":[0,0]},\n{\"type\":\"rule\",\"span\":[1,0]}";
    refused(&with_block("0.99", strange), "4:", "not readable as fanfold JSON: a span ends before it starts");
}

#[test]
fn a_newer_major() {
    refused(
        "{\"schema\":\"fanfold\",\n\"version\":\"1.0\",\"articles\":[]}",
        "2:1",
        "the schema's version is 1.0; this fanfold reads 0.",
    );
    refused(
        "{\"schema\":\"fanfold\",\n\"version\":\"99999999999.0\"}",
        "2:1",
        "the schema's version is '99999999999.0'",
    );
}

#[test]
fn halves_of_surrogate_pairs() {
    for half in ["\\ud800", "\\udc00", "\\ud800\\ud800", "\\udc00\\ud800", "\\ud83dx"] {
        let said =
            said(&with_block("0.1", &format!("{{\"type\":\"code\",\"text\":\"{half}\",\"span\":[0,0]}}")));
        assert!(said.starts_with("-:3:"), "{said}");
        assert!(said.contains("is half of a pair"), "{half}: {said}");
    }
}

#[test]
fn ten_thousand_levels() {
    let message = "the nesting of arrays and objects is over the limit of 400; raise --max-nesting";
    refused(&"[".repeat(10_000), "1:401", message);
    refused(&"{\"a\":\n".repeat(10_000), "401:1", message);
    let quotes = "{\"type\":\"quote\",\"body\":[".repeat(10_000) + &"],\"span\":[0,0]}".repeat(10_000);
    refused(&with_block("0.1", &quotes), "3:", message);
    // In what only a newer minor has, too.
    refused(&with_block("0.99", &format!("{{\"type\":\"x\",\"y\":{}", "[".repeat(10_000))), "3:", message);
}

#[test]
fn keys_twice() {
    refused(
        "{\"schema\":\"fanfold\",\n\"schema\":\"fanfold\",\"version\":\"0.1\"}",
        "2:",
        "not readable as fanfold JSON: duplicate field `schema`",
    );
    refused(
        &with_block("0.1", "{\"type\":\"rule\",\"span\":[0,0],\"span\":[0,0]}"),
        "3:29",
        "duplicate field `span`",
    );
    refused(
        &with_block("0.1", "{\"type\":\"rule\",\"type\":\"rule\",\"span\":[0,0]}"),
        "3:16",
        "duplicate field `type`",
    );
    refused(
        &with_block("0.1", "{\"type\":\"rule\",\"span\":[0,0],\"attr\":{\"id\":\"a\",\"id\":\"b\"}}"),
        "3:46",
        "duplicate field `id`",
    );
    let assets = "{\"schema\":\"fanfold\",\"version\":\"0.1\",\"articles\":[],\n\"assets\":{\"a\":{\"media_type\":\"\",\"data\":\"\"},\n\"a\":{\"media_type\":\"\",\"data\":\"\"}}}";
    refused(assets, "3:1", "duplicate field `a`");
    // Two spellings of one key.
    refused(&with_block("0.1", "{\"type\":\"rule\",\"span\":[0,0],\"sp\\u0061n\":[0,0]}"), "3:29", "");
}

#[test]
fn numbers_without_end() {
    let numbers = "1,".repeat(100_000);
    refused(&format!("[{numbers}1]"), "1:2", "not readable as fanfold JSON: invalid type: integer `1`");
    refused(
        &with_block("0.1", &format!("{{\"type\":\"rule\",\"span\":[{numbers}1]}}")),
        "3:",
        "not readable as fanfold JSON: a span is [start, end] or",
    );
    refused(
        &with_block("0.1", &format!("{numbers}1")),
        "3:",
        "not readable as fanfold JSON: invalid type: integer `1`",
    );
}
