//! One function a target: from any bytes to a panic, or none.

use crate::document::document;
use fanfold::Converter;
use fanfold::account::Ledger;
use fanfold::diagnostic::{Diagnostic, Ignore};
use fanfold::format::{Error, Limits, ReadContext, Reader, WriteContext};
use fanfold::internals::page::{Item, ItemKind, Page, Tag};
use fanfold::internals::structure::{Role, StructId};
use fanfold::internals::{ImageSizes, PageSink, typeset};
use fanfold::model::{Article, Asset, Block, BlockKind, Document, Image, Inline, InlineKind, Span};
use fanfold::pdf::{FontLibrary, PageStyle};
use fanfold::read::{Rules, Show, Wikitext};
use fanfold::style::{Justification, Length, Paper};
use fanfold::write::{Epub, Layout, Pdf};
use fanfold::write::{Links, Text, TextStyle};
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, LazyLock};

static CONVERTER: LazyLock<Converter> = LazyLock::new(Converter::default);
static FONTS: LazyLock<Arc<FontLibrary>> = LazyLock::new(|| Arc::new(FontLibrary::embedded()));

/// A target's name, and what it runs.
pub type Target = (&'static str, fn(&[u8]));

pub const ALL: &[Target] = &[
    ("article", article),
    ("epub", epub),
    ("html", html),
    ("image", image),
    ("json", json),
    ("layout", layout),
    ("markdown", markdown),
    ("pandoc", pandoc),
    ("pdf", pdf),
    ("structure", structure),
    ("templates", templates),
    ("wikitext", wikitext),
    ("writers", writers),
];

pub fn article(data: &[u8]) {
    read(data, "article");
}

pub fn wikitext(data: &[u8]) {
    read(data, "wikitext");
}

pub fn markdown(data: &[u8]) {
    read(data, "markdown");
}

pub fn html(data: &[u8]) {
    read(data, "html");
}

pub fn json(data: &[u8]) {
    read(data, "json");
}

pub fn pandoc(data: &[u8]) {
    read(data, "pandoc");
}

/// A file of rules, a page that they and a template's page are for, and the template: parts between
/// bytes of 0.
pub fn templates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(4, '\0');
    let mut next = || parts.next().unwrap_or_default();
    let (page, rules, template, export) = (next(), next(), next(), next());
    let mut known = Rules::built_in();
    // What is no file of rules is refused; the page is read all the same.
    let _ = known.add(rules);
    known.add_page("Template:X", template.to_owned());
    let _ = known.add_export(export.as_bytes());
    for unresolved in [Show::Nothing, Show::Arguments, Show::Source] {
        let reader = Wikitext::default().with(|reader| {
            reader.rules = Arc::new(known.clone());
            reader.unresolved = unresolved;
        });
        let (limits, mut ignore) = (Limits::default(), Ignore);
        let document = reader.read(page.as_bytes(), &mut ReadContext::new("X.wiki", &limits, &mut ignore));
        same_from_json(&document.expect("wikitext is never refused"));
    }
}

/// Bytes as an image: on a page, in a book, on a web page.
pub fn image(data: &[u8]) {
    let files = BTreeMap::from([("a".to_owned(), data.to_vec())]);
    let (limits, mut ignore) = (Limits::default(), Ignore);
    let mut cx = ReadContext::new("a.md", &limits, &mut ignore).with_loader(&files);
    let document =
        CONVERTER.read(b"![b](a)\n\nc ![d](a){width=9}", Some("markdown"), &mut cx).expect("readable");
    for format in ["pdf", "epub", "html"] {
        well_formed(format, &write(&CONVERTER, &document, format));
    }
    // Behind a type that says nothing, or something else.
    for media_type in ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml"] {
        let asset = Asset::new(media_type, data);
        let image = Image { source: "a".to_owned(), ..Image::default() };
        let image = Inline::new(InlineKind::Image(Box::new(image)), Span::default());
        let blocks = vec![Block::new(BlockKind::Paragraph { content: vec![image] }, Span::default())];
        let document = Document {
            articles: vec![Article { blocks, ..Article::default() }],
            assets: BTreeMap::from([("a".to_owned(), asset)]),
            ..Document::default()
        };
        for format in ["pdf", "epub", "html"] {
            well_formed(format, &write(&CONVERTER, &document, format));
        }
    }
}

pub fn layout(data: &[u8]) {
    let (style, data) = style(data);
    let writer = Layout::new(FONTS.clone()).with(|layout| layout.style = style);
    write(
        &Converter::builder().registry(Default::default()).writer(writer).build(),
        &document(data),
        "layout",
    );
}

/// The structure of the set pages is the structure of the document, however they are set: the same
/// elements, each with the same words. Only a box at the side is read where it stands.
pub fn structure(data: &[u8]) {
    let (style, data) = style(data);
    // The numbers of its pages are words too.
    let style = style.with(|style| style.look.page.contents = false);
    let document = document(data);
    let set = |style: &PageStyle| {
        let (limits, mut said, mut words) = (Limits::default(), Vec::new(), Words::default());
        let mut cx = WriteContext::new("input", &limits, &mut said);
        let images = ImageSizes::measured(&document, &mut cx);
        let index =
            typeset(&document, &images, &FONTS, style, &mut cx, &mut words).expect("no limit is passed");
        (index.structure, words)
    };
    let other = style.clone().with(|other| {
        let look = &mut other.look;
        (look.page.size, look.page.columns, look.text.size) = (Paper::A4, 1, Length::pt(9));
    });
    let (structure, words) = set(&style);
    assert_eq!(words.links.iter().find(|owner| structure.nodes().len() <= owner.0 as usize), None);
    for leaf in words.leaves.keys() {
        assert_eq!(structure.node(*leaf).role, Role::Content);
    }
    let (structure_of_other, words_of_other) = set(&other);
    assert!(structure.nodes() == structure_of_other.nodes(), "the elements differ");
    assert!(structure.formulas() == structure_of_other.formulas(), "the formulas differ");
    for (leaf, letters) in &words.leaves {
        assert_eq!(words_of_other.leaves.get(leaf), Some(letters), "{leaf:?}");
    }
    assert_eq!(words.leaves.len(), words_of_other.leaves.len());
}

/// The letters of each leaf, and what leads somewhere.
#[derive(Default)]
struct Words {
    leaves: BTreeMap<StructId, String>,
    links: Vec<StructId>,
}

impl PageSink for Words {
    fn page(&mut self, _: usize, page: Page) -> Result<(), Error> {
        for Item { tag, kind } in page.items {
            let (Tag::Content(leaf), ItemKind::Glyphs(run)) = (tag, kind) else { continue };
            // Line breaks put hyphens in and take spaces out; code that is cut has a mark.
            let letters = run.text.chars().filter(|c| run.actual_text.is_none() && c.is_alphanumeric());
            self.leaves.entry(leaf).or_default().extend(letters);
        }
        self.leaves.retain(|_, letters| !letters.is_empty());
        self.links.extend(page.links.iter().map(|link| link.link.owner));
        Ok(())
    }
}

pub fn pdf(data: &[u8]) {
    let (style, data) = style(data);
    let writer = Pdf::new(FONTS.clone()).with(|pdf| pdf.style = style);
    let converter = Converter::builder().registry(Default::default()).writer(writer).build();
    well_formed("pdf", &write(&converter, &document(data), "pdf"));
}

pub fn epub(data: &[u8]) {
    let (first, data) = data.split_first().unwrap_or((&0, &[]));
    let writer = Epub::default().with(|epub| {
        epub.split_level = first & 3;
        epub.file_bytes = if first & 4 == 0 { 200 } else { 1 << 20 };
        epub.typographic_quotes = first & 8 == 0;
    });
    let writer = if first & 0x70 == 0x70 { writer.with_fonts(FONTS.clone()) } else { writer };
    let converter = Converter::builder().registry(Default::default()).writer(writer).build();
    well_formed("epub", &write(&converter, &document(data), "epub"));
}

/// Every writer that is quick, and back through the readers of what they write.
pub fn writers(data: &[u8]) {
    let (first, data) = data.split_first().unwrap_or((&0, &[]));
    let document = document(data);
    same_from_json(&document);
    for format in ["html", "flat", "chunks", "article"] {
        well_formed(format, &write(&CONVERTER, &document, format));
    }
    let text = Text::default().with(|text| {
        text.width = [20, 72, 1, 0, 400][usize::from(first & 0xF) % 5];
        text.ascii = first & 0x10 != 0;
        text.links = [Links::Inline, Links::References, Links::Dropped][usize::from(first >> 5) % 3];
        text.justify = first & 0x20 != 0;
        text.hyphenate = first & 0x40 != 0;
        text.style = TextStyle::Plain;
    });
    write(&Converter::builder().writer(text).build(), &document, "text");
    for format in ["pandoc", "article"] {
        let written = write(&CONVERTER, &document, format);
        read(&written, format);
    }
}

/// How pages may look, from a first byte.
fn style(data: &[u8]) -> (PageStyle, &[u8]) {
    let (first, data) = data.split_first().unwrap_or((&0, &[]));
    let bit = |n: u8| first >> n & 1 == 1;
    let narrow = Paper::new(Length::micro_m(60_000), Length::micro_m(60_000)).expect("the smallest");
    let style = PageStyle::default().with(|style| {
        let look = &mut style.look;
        look.page.size = if bit(0) { narrow } else { Paper::A5 };
        look.page.columns = if bit(1) { 2 } else { 1 };
        look.text.size = if bit(2) { Length::pt(24) } else { Length::pt(10) };
        look.page.contents = bit(3);
        look.headings.numbered = bit(4);
        look.text.align = if bit(5) { Justification::Ragged } else { Justification::Justified };
        look.title.page = bit(6);
        style.typographic_quotes = bit(7);
    });
    (style, data)
}

/// Reads a source: a document whose bytes are accounted for and that JSON gives back, or an error
/// whose place is in the source.
pub fn read(source: &[u8], format: &str) {
    let (limits, mut said, mut ledger) = (Limits::default(), Vec::new(), Ledger::default());
    let mut cx = ReadContext::new("input", &limits, &mut said).with_ledger(&mut ledger);
    let length = match fanfold::decode::decode(source, &mut ReadContext::new("-", &limits, &mut Ignore)) {
        Ok(decoded) => decoded.text.len(),
        Err(_) => return,
    };
    match CONVERTER.read(source, Some(format), &mut cx) {
        Ok(document) => {
            let account = ledger.account().expect("every reader keeps account");
            assert_eq!(account.totals().all(), length, "bytes are lost from the account");
            same_from_json(&document);
            for format in ["text", "flat"] {
                write(&CONVERTER, &document, format);
            }
        }
        Err(Error::Malformed { message, span }) => {
            assert!(!message.is_empty());
            if let Some(span) = span {
                assert!(span.range().end <= length, "{message} at {span:?} of {length}");
            }
        }
        Err(_) => {}
    }
    // What passes after reading say of JSON is about the source that its document came from.
    if format != "json" {
        for Diagnostic { span, message, .. } in &said {
            assert!(span.is_none_or(|span| span.range().end <= length), "{message} at {span:?} of {length}");
        }
    }
}

/// Writes a document in a format; nothing, when a limit is in the way.
fn write(converter: &Converter, document: &Document, format: &str) -> Vec<u8> {
    let (limits, mut ignore, mut out) =
        (Limits::default().with(|limits| limits.pages = 1000), Ignore, Vec::new());
    let written =
        converter.write(document, format, &mut out, &mut WriteContext::new("input", &limits, &mut ignore));
    match written {
        Ok(()) => out,
        Err(Error::Limit { .. }) => Vec::new(),
        Err(error) => panic!("{format}: {error}"),
    }
}

/// A document is the same when it was written as JSON and read back.
pub fn same_from_json(document: &Document) {
    let json = write(&CONVERTER, document, "json");
    let (limits, mut said) = (Limits::default(), Vec::new());
    let read = fanfold::read::Json.read(&json, &mut ReadContext::new("input", &limits, &mut said));
    let read = read.unwrap_or_else(|error| panic!("{error:?}: {}", String::from_utf8_lossy(&json)));
    if read != *document {
        let again = write(&CONVERTER, &read, "json");
        assert_eq!(String::from_utf8_lossy(&json), String::from_utf8_lossy(&again), "JSON changes it");
        panic!("not the same from JSON: {document:?}\n{read:?}");
    }
}

/// What every file of a format is, as far as a look without a validator tells.
pub fn well_formed(format: &str, bytes: &[u8]) {
    if bytes.is_empty() {
        return;
    }
    match format {
        "pdf" => {
            assert!(bytes.starts_with(b"%PDF-1.7"));
            assert!(bytes.trim_ascii_end().ends_with(b"%%EOF"));
        }
        "html" => characters("a page", std::str::from_utf8(bytes).expect("HTML is UTF-8")),
        "epub" => {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
            for at in 0..zip.len() {
                let mut file = zip.by_index(at).expect("a file");
                let name = file.name().to_owned();
                assert!(!name.split('/').any(|part| part == ".."), "{name} leads out");
                if name.ends_with("xhtml")
                    || name.ends_with("opf")
                    || name.ends_with("xml")
                    || name.ends_with("svg")
                {
                    let mut text = String::new();
                    file.read_to_string(&mut text).expect("XML in UTF-8");
                    xml(&name, &text);
                }
            }
        }
        _ => {
            std::str::from_utf8(bytes).expect("text in UTF-8");
        }
    }
}

/// Whether a text has only characters that markup may have.
fn characters(name: &str, text: &str) {
    let strange =
        |c: char| matches!(c, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}');
    if let Some(c) = text.chars().find(|&c| strange(c)) {
        panic!("{name} has {c:?}");
    }
}

/// Whether a text is well-formed XML.
fn xml(name: &str, text: &str) {
    characters(name, text);
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().enable_all_checks(true);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag)) => {
                for attribute in tag.attributes() {
                    attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                }
            }
            Ok(_) => {}
            Err(error) => panic!("{name}: {error}: {text}"),
        }
    }
}
