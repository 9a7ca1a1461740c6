//! HTML that fanfold writes is read back with the same words in the same order and form.
#![cfg(feature = "html")]

use crate::common;
use fanfold::Converter;
use fanfold::diagnostic::Ignore;
use fanfold::format::{Limits, ReadContext};
use std::path::Path;

/// Plain text with the quotation marks that writers for print make left as sources type them.
fn straight(text: &str) -> String {
    let straighten = |c| match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c => c,
    };
    text.chars().map(straighten).collect()
}

#[test]
fn what_is_written_is_read_back() {
    let converter = Converter::default();
    let limits = Limits::default();
    for case in ["bondarev", "showcase", "book-arabic", "book-japanese"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(case);
        let html = std::fs::read(folder.join("expected.html")).expect("readable");
        let mut sink = Ignore;
        let mut cx = ReadContext::new("expected.html", &limits, &mut sink);
        let document = converter.read(&html, None, &mut cx).expect("readable");
        let read_back = String::from_utf8(common::write(&converter, &document, "text").0).expect("UTF-8");
        let (written, _) =
            common::cases().into_iter().find(|c| c.name == case).expect("a case").read(&converter);
        let written = String::from_utf8(common::write(&converter, &written, "text").0).expect("UTF-8");
        assert_eq!(straight(&read_back), straight(&written), "{case}");
    }
}
