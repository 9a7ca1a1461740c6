//! Where the pieces of lines stand, for tests/conformance to hold against a browser.
#![cfg(all(feature = "pdf", feature = "markdown"))]

use fanfold::Converter;
use fanfold::format::{Error, Limits, ReadContext, WriteContext};
use fanfold::internals::page::{ItemKind, Page};
use fanfold::internals::{ImageSizes, PageSink, typeset};
use fanfold::pdf::{FontLibrary, PageStyle};
use fanfold::style::Justification;

/// A line of JSON for each piece: left edge, baseline, face, size, text; `null` for what is no text.
struct Pieces<'f> {
    fonts: &'f FontLibrary,
    out: String,
}

impl PageSink for Pieces<'_> {
    fn page(&mut self, _: usize, page: Page) -> Result<(), Error> {
        for item in page.items {
            let piece = match &item.kind {
                ItemKind::Glyphs(run) => serde_json::json!([
                    run.x.to_pt(),
                    run.y.to_pt(),
                    self.fonts.face(run.face).name(),
                    run.size.to_pt(),
                    run.text
                ]),
                _ => serde_json::Value::Null,
            };
            self.out += &format!("{piece}\n");
        }
        Ok(())
    }
}

#[test]
#[ignore = "wants a folder in FANFOLD_LINES_FOLDER"]
fn the_pieces_of_each_file_of_a_folder() {
    let folder = std::env::var("FANFOLD_LINES_FOLDER").expect("FANFOLD_LINES_FOLDER names a folder");
    let (converter, fonts, limits) = (Converter::default(), FontLibrary::embedded(), Limits::default());
    let style = PageStyle::default().with(|pages| pages.look.text.align = Justification::Ragged);
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder is readable").path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let mut diagnostics = Vec::new();
        let source = std::fs::read(&path).expect("readable");
        let mut cx = ReadContext::new("lines.md", &limits, &mut diagnostics);
        let document = converter.read(&source, Some("markdown"), &mut cx).expect("Markdown");
        let mut pieces = Pieces { fonts: &fonts, out: String::new() };
        let mut cx = WriteContext::new("lines.md", &limits, &mut diagnostics);
        typeset(&document, &ImageSizes::default(), &fonts, &style, &mut cx, &mut pieces).expect("set");
        std::fs::write(path.with_extension("pieces"), pieces.out).expect("written");
    }
}
