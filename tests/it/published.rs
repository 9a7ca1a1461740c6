//! JSON of every minor version that was published is read for ever; JSON of later ones is read as far
//! as it is known, and the rest is kept and written back.

use crate::common::{self, file_name, files};
use fanfold::Converter;
use fanfold::diagnostic::Diagnostic;
use fanfold::format::{Limits, ReadContext};
use fanfold::model::Document;
use serde_json::Value;
use std::path::Path;

fn read(json: &str) -> (Document, Vec<Diagnostic>) {
    let (limits, mut said) = (Limits::default(), Vec::new());
    let mut cx = ReadContext::new("a.json", &limits, &mut said);
    let reader = fanfold::registry();
    let document = reader.reader("json").expect("built in").read(json.as_bytes(), &mut cx).expect("readable");
    (document, said)
}

fn write(document: &Document, format: &str) -> String {
    String::from_utf8(common::write(&Converter::default(), document, format).0).expect("UTF-8")
}

/// JSON without the version that wrote it.
fn value(json: &str) -> Value {
    let mut value: Value = serde_json::from_str(json).expect("JSON");
    value.as_object_mut().expect("an object").remove("version");
    value
}

#[test]
fn every_published_minor_is_read_and_written_as_it_was() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/published");
    let mut read_files = 0;
    for minor in files(&root) {
        for path in files(&minor) {
            let json = std::fs::read_to_string(&path).expect("readable");
            assert!(json.contains(&format!("\"version\": \"{}\"", file_name(&minor))), "{}", path.display());
            let (document, said) = read(&json);
            assert_eq!(said, [], "{}", path.display());
            assert_eq!(value(&write(&document, "json")), value(&json), "{}", path.display());
            read_files += 1;
        }
    }
    assert!(read_files >= 5, "{read_files}");
}

/// A document of a minor version that is still to come.
const NEWER: &str = r#"{"schema":"fanfold","version":"0.99","mood":{"a":[1,2.50]},
"sources":[{"name":"a","format":"b","encoding":"UTF-8","length":99,"sum":"x"}],
"assets":{"a\"b.png":{"media_type":"image/png","data":"","crop":[1,2]}},
"articles":[{"meta":{"title":[{"type":"text","text":"T","span":[0,1]}],"series":"S",
"creators":[{"name":"A"},{"name":"B","chair":"0"}],"language":{"tag":"en","origin":"given","script":{}}},
"notes":[{"blocks":[],"span":[0,0]},{"blocks":[],"span":[0,0],"side":"left"}],
"citations":[{"template":"cite","arguments":[["a","b"]],"span":[0,0],"weight":1}],
"shelf":3,"span":[0,99],"blocks":[
{"type":"spoiler","body":[{"type":"paragraph","content":[{"type":"text","text":"hidden words","span":[1,9]}],"span":[1,9]}],"span":[1,9]},
{"type":"paragraph","weight":1e3,"content":[
  {"type":"text","text":"plain ","span":[9,15],"tone":"low"},
  {"type":"gloss","text":"glossed","note":{"alt":"x"},"span":[15,20]},
  {"type":"styled","style":"sparkling","content":[{"type":"text","text":"sparks","span":[20,26]}],"span":[20,26]},
  {"type":"link","target":{"url":"https://a.org","rel":"me"},"content":[{"type":"text","text":"linked","span":[26,30]}],"span":[26,30]}
],"attr":{"id":"p"},"span":[9,30]},
{"type":"table","columns":[{}],"body":[{"cells":[{"blocks":[{"type":"paragraph","content":[{"type":"text","text":"cell","span":[31,35]}],"span":[31,35]}],"shade":2,"span":[31,35]}],"span":[31,35]}],"span":[31,35]}
]}]}"#;

#[test]
fn what_a_newer_minor_has_is_kept_and_written_back() {
    let (document, said) = read(NEWER);
    assert_eq!(value(&write(&document, "json")), value(NEWER));
    assert_eq!(said.iter().map(|d| d.code.name).collect::<Vec<_>>(), ["unknown-kept"; 16]);
}

/// Under this version's own number, what it does not know would be refused.
#[test]
fn what_is_kept_is_written_under_the_version_it_is_of() {
    let (document, _) = read(NEWER);
    let json = write(&document, "json");
    assert!(json.contains("\"version\": \"0.99\""));
    assert_eq!(read(&json).0, document);
}

/// A language that is known in a way yet to come can't be read; the article can, and what it says of
/// its language is not lost.
#[test]
fn what_may_be_absent_is_kept_where_it_cannot_be_read() {
    let newer = NEWER.replace("\"origin\":\"given\"", "\"origin\":\"voted\"");
    let (document, said) = read(&newer);
    assert_eq!(document.articles[0].meta.language, None);
    assert_eq!(value(&write(&document, "json")), value(&newer));
    assert!(said.iter().all(|d| d.code.name == "unknown-kept"), "{said:?}");
}

#[test]
fn the_words_of_what_is_not_known_are_shown() {
    let (document, _) = read(NEWER);
    for format in ["text", "article", "html", "flat", "chunks", "layout", "pandoc"] {
        let text = write(&document, format);
        for word in ["hidden", "plain", "glossed", "sparks", "linked", "cell"] {
            assert!(text.contains(word), "{word} in {format}: {text}");
        }
    }
}

#[test]
fn this_version_has_no_fields_that_are_not_known() {
    let same = NEWER.replace("0.99", fanfold::schema::VERSION);
    let (limits, mut said) = (Limits::default(), Vec::new());
    let mut cx = ReadContext::new("a.json", &limits, &mut said);
    let registry = fanfold::registry();
    let error =
        registry.reader("json").expect("built in").read(same.as_bytes(), &mut cx).expect_err("strange");
    assert!(error.to_string().starts_with("unknown field `mood`"), "{error}");
}
