//! The writer on pages made by hand, without typesetting.

mod structure;
mod text;

use super::*;
use crate::diagnostic::Diagnostic;
use crate::font::{FaceId, FontStyle};
use crate::format::Limits;
use crate::layout::PageSink;
use crate::layout::page::{Color, Glyph, GlyphRun, Item, ItemKind, Link, LinkArea, Page, Tag};
use crate::layout::structure::{ListNumbering, OutlineEntry, PageLabels, Place, Role, StructId, Structure};
use crate::model::{
    Article, Asset, Image, Inline, InlineKind, Language, LanguageTag, Meta, Node, Scope, Span, Target,
};
use crate::style::Length;
use lopdf::{Dictionary, Object};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::FontRef;
use skrifa::{GlyphId, MetadataProvider};

/// Pages being drawn, a line at a time.
pub(super) struct Draft {
    pub(super) pages: Vec<Page>,
    pub(super) index: Index,
    fonts: Arc<FontLibrary>,
    y: Length,
}

impl Draft {
    pub(super) fn new() -> Self {
        let mut draft = Draft {
            pages: Vec::new(),
            index: Index::default(),
            fonts: Arc::new(FontLibrary::embedded()),
            y: Length::pt(72),
        };
        draft.index.structure.add(None, Role::Document);
        draft.new_page();
        draft
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Page { width: Length::pt(595), height: Length::pt(842), ..Page::default() });
        self.y = Length::pt(72);
    }

    pub(super) fn structure(&mut self) -> &mut Structure {
        &mut self.index.structure
    }

    pub(super) fn page(&mut self) -> &mut Page {
        self.pages.last_mut().unwrap()
    }

    pub(super) fn face(&self) -> FaceId {
        self.fonts.styled(self.fonts.serif(), FontStyle { bold: false, italic: false })
    }

    /// A run with a glyph for each character.
    pub(super) fn run(&self, text: &str) -> GlyphRun {
        let face = self.fonts.face(self.face());
        let font = FontRef::from_index(face.data(), face.index()).unwrap();
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let (mut x, size) = (Length::ZERO, Length::pt(10));
        let glyphs = text.char_indices().map(|(at, c)| {
            let id = font.charmap().map(c).unwrap();
            let glyph = Glyph {
                id: id.to_u32() as u16,
                x,
                y: Length::ZERO,
                text_start: at as u32,
                text_end: (at + c.len_utf8()) as u32,
            };
            x += size.scale(metrics.advance_width(id).unwrap() as i64, 1000);
            glyph
        });
        let glyphs = glyphs.collect();
        GlyphRun {
            face: self.face(),
            size,
            x: Length::pt(72),
            y: self.y,
            expansion: 1000,
            letter_space: 0,
            color: Color::BLACK,
            glyphs,
            text: text.to_owned(),
            actual_text: None,
            rtl: false,
            parts: Vec::new(),
        }
    }

    pub(super) fn draw(&mut self, tag: Tag, run: GlyphRun) {
        self.page().items.push(Item { tag, kind: ItemKind::Glyphs(Box::new(run)) });
        self.y += Length::pt(14);
    }

    /// A line of text as the content of a new element.
    pub(super) fn text(&mut self, parent: StructId, role: Role, text: &str) -> StructId {
        let element = self.structure().add(Some(parent), role);
        let leaf = self.structure().add(Some(element), Role::Content);
        let run = self.run(text);
        self.draw(Tag::Content(leaf), run);
        element
    }

    pub(super) fn link(&mut self, parent: StructId, role: Role, text: &str, target: Target) {
        let y = self.y;
        let owner = self.text(parent, role, text);
        let area = LinkArea {
            x: Length::pt(72),
            y: y - Length::pt(10),
            width: Length::pt(50),
            height: Length::pt(12),
            link: Arc::new(Link { target, contents: text.to_owned(), owner }),
        };
        self.page().links.push(area);
    }

    pub(super) fn write(&self, pdf: &Pdf, document: &Document) -> (Vec<u8>, Vec<Diagnostic>) {
        let (limits, mut sink, mut out) = (Limits::default(), Vec::new(), Vec::new());
        let mut cx = WriteContext::new("folder/sample.txt", &limits, &mut sink);
        let typeset = |_: &ImageSizes, pages: &mut Pages<'_>, _: &mut WriteContext<'_>| {
            self.pages.iter().cloned().enumerate().try_for_each(|(n, p)| pages.page(n, p))?;
            Ok(self.index.clone())
        };
        pdf.write_pages(document, &mut out, &mut cx, typeset).unwrap();
        (out, sink)
    }

    pub(super) fn pdf(&self) -> Pdf {
        Pdf { fonts: self.fonts.clone(), ..Pdf::default() }
    }

    /// The bytes with everything at its default.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.write(&self.pdf(), &document()).0
    }
}

const ROOT: StructId = StructId(0);

pub(super) fn document() -> Document {
    let mut document = Document { articles: vec![Article::default()], ..Document::default() };
    let meta = &mut document.articles[0].meta;
    meta.title = vec![Node::new(InlineKind::Text { text: "Cats & dogs".into() }, Span::default())];
    meta.language = Some(Language::given(LanguageTag::new("en").unwrap()));
    meta.date = Some("2024-05-01".into());
    document
}

/// One of everything, on two pages.
fn everything() -> Draft {
    let mut draft = Draft::new();
    draft.text(ROOT, Role::Title, "Cats and dogs");
    let section = draft.structure().add(Some(ROOT), Role::Section);
    draft.text(section, Role::Heading(3), "Cats");
    let paragraph = draft.text(section, Role::Paragraph, "Cats are small (and soft), see");
    draft.link(paragraph, Role::Link, "the web", Target::Url("https://example.org/Katze/größe".into()));
    draft.link(paragraph, Role::Link, "below", Target::Anchor("dogs".into()));
    draft.link(paragraph, Role::Reference, "1", Target::Anchor("note".into()));
    let list = draft.structure().add(Some(section), Role::List(ListNumbering::Decimal));
    let item = draft.structure().add(Some(list), Role::ListItem);
    draft.text(item, Role::Label, "1.");
    draft.text(item, Role::ListBody, "A cat");
    let table = draft.structure().add(Some(section), Role::Table);
    draft.text(table, Role::Caption, "Sizes");
    let row = draft.structure().add(Some(table), Role::TableRow);
    let head = |scope| Role::TableHeader { scope, col_span: 1, row_span: 1 };
    let first = draft.text(row, head(Scope::Column), "Animal");
    draft.text(row, head(Scope::Column), "Size");
    let row = draft.structure().add(Some(table), Role::TableRow);
    let data = draft.text(row, Role::TableData { col_span: 1, row_span: 1 }, "Cat");
    draft.structure().set_headers(data, vec![first]);
    draft.structure().add(Some(row), Role::TableData { col_span: 1, row_span: 1 });
    let folio = draft.run("1");
    draft.draw(Tag::Footer, folio);

    draft.new_page();
    let head = draft.run("Cats and dogs");
    draft.draw(Tag::Header, head);
    draft.text(section, Role::Heading(6), "Dogs");
    let aside = draft.structure().add(Some(section), Role::Aside);
    let foreign = draft.text(aside, Role::Paragraph, "Hunde");
    draft.structure().set_language(foreign, LanguageTag::new("de").unwrap());
    let formula = draft.text(aside, Role::Formula, "x");
    draft.structure().set_alternative(formula, "x".into());
    draft.structure().set_mathml(formula, "<math><mi>x</mi></math>".into());
    let figure = draft.structure().add(Some(aside), Role::Figure);
    draft.structure().set_alternative(figure, "A dog".into());
    let leaf = draft.structure().add(Some(figure), Role::Content);
    let frame = ItemKind::Frame {
        x: Length::pt(72),
        y: Length::pt(300),
        width: Length::pt(10),
        height: Length::pt(10),
        stroke: Length::pt(1),
        color: Color(200, 0, 0),
        actual_text: Some("\u{1F436}".into()),
    };
    draft.page().items.push(Item { tag: Tag::Content(leaf), kind: frame });
    let image = ItemKind::Image {
        asset: "dog.png".into(),
        x: Length::pt(72),
        y: Length::pt(320),
        width: Length::pt(50),
        height: Length::pt(50),
    };
    draft.page().items.push(Item { tag: Tag::Content(leaf), kind: image });
    let note = draft.text(section, Role::Note, "A note");
    let _ = note;
    let place = |page| Place { page, x: Length::pt(72), y: Length::pt(72) };
    draft.index.anchors = [("dogs".to_owned(), place(1)), ("note".to_owned(), place(1))].into();
    draft.index.outline = vec![
        OutlineEntry { depth: 0, title: "Cats".into(), place: place(0), node: StructId(0) },
        OutlineEntry { depth: 1, title: "Dögs".into(), place: place(1), node: StructId(0) },
    ];
    draft.index.labels = vec![(0, PageLabels::LowerRoman(1)), (1, PageLabels::Decimal(1))];
    draft
}

fn illustrated() -> Document {
    let mut document = document();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 4, 4);
    encoder.set_color(png::ColorType::Rgba);
    let pixels: Vec<u8> = (0..16).flat_map(|at| [at % 4 * 60, 0, at / 4 * 60, 128]).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    document.assets.insert("dog.png".into(), Asset::new("image/png", png));
    let image = Image { source: "dog.png".into(), alt: Some("A dog".into()), ..Image::default() };
    let image: Inline = Node::new(InlineKind::Image(Box::new(image)), Span::new(5, 9));
    document.articles[0].blocks =
        vec![Node::new(crate::model::BlockKind::Paragraph { content: vec![image] }, Span::new(5, 9))];
    document
}

/// What an independent checker finds wrong.
fn faults(bytes: &[u8], profile: &str) -> Vec<String> {
    let profile: ValidationProfile = profile.parse().unwrap();
    let report = validate_pdf_bytes(bytes, &ValidationOptions::default().profile(profile)).unwrap();
    report.failures.iter().map(|f| format!("{f:?}")).collect()
}

#[test]
fn one_of_everything_meets_both_standards() {
    let (bytes, diagnostics) = everything().write(&everything().pdf(), &illustrated());
    assert_eq!(diagnostics, []);
    for profile in ["ua1", "2a"] {
        assert_eq!(faults(&bytes, profile), Vec::<String>::new(), "{profile}");
    }
}

#[test]
fn each_level_of_pdf_a_is_met() {
    for (standards, profile) in [("a-2b", "2b"), ("a-2u", "2u"), ("ua-1,a-3a", "3a")] {
        let mut pdf = Pdf { standards: standards.parse().unwrap(), ..everything().pdf() };
        pdf.attachments = vec![Attachment {
            name: "source.txt".into(),
            media_type: "text/plain".into(),
            data: b"= Cats and dogs =\n".as_slice().into(),
            relationship: Relationship::Source,
        }];
        let (bytes, _) = everything().write(&pdf, &illustrated());
        assert_eq!(faults(&bytes, profile), Vec::<String>::new(), "{profile}");
        let attached = load(&bytes).catalog().unwrap().has(b"AF");
        assert_eq!(attached, profile == "3a", "only PDF/A-3 may hold any file");
        let mathml = load(&bytes).objects.values().any(|object| {
            let element = object.as_dict().ok().filter(|dict| {
                dict.get(b"S").is_ok_and(|s| s.as_name().is_ok_and(|name| name == b"Formula"))
            });
            element.is_some_and(|dict| dict.has(b"AF"))
        });
        assert_eq!(mathml, attached, "a formula has its MathML");
    }
}

#[test]
fn the_same_pages_make_the_same_bytes() {
    assert!(everything().bytes() == everything().bytes());
}

#[test]
fn what_a_document_lacks_is_said_and_made_good() {
    let mut document = illustrated();
    document.articles[0].meta = Meta::default();
    if let crate::model::BlockKind::Paragraph { content } = &mut document.articles[0].blocks[0].kind
        && let InlineKind::Image(image) = &mut content[0].kind
    {
        image.alt = None;
    }
    let mut draft = everything();
    for n in 0..draft.index.structure.nodes().len() {
        draft.structure().set_alternative(StructId(n as u32), String::new());
    }
    let (bytes, diagnostics) = draft.write(&draft.pdf(), &document);
    let advised = |d: &Diagnostic| d.help.is_some() || d.remedy.is_some();
    let said: Vec<_> = diagnostics.iter().map(|d| (d.code.name, d.span, advised(d))).collect();
    assert_eq!(
        said,
        [("no-alt", Some(Span::new(5, 9)), true), ("no-title", None, true), ("language-guessed", None, true)]
    );
    assert!(String::from_utf8_lossy(&bytes).contains("<rdf:li xml:lang=\"x-default\">sample</rdf:li>"));
    for profile in ["ua1", "2a"] {
        assert_eq!(faults(&bytes, profile), Vec::<String>::new(), "{profile}");
    }
}

/// The file with one of its objects changed.
fn spoil(change: impl Fn(&mut Dictionary) -> bool) -> Vec<u8> {
    let mut file = load(&everything().write(&everything().pdf(), &illustrated()).0);
    let changed = file.objects.values_mut().filter_map(|o| o.as_dict_mut().ok()).any(change);
    assert!(changed);
    let mut out = Vec::new();
    file.save_to(&mut out).unwrap();
    out
}

fn load(bytes: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(bytes).unwrap()
}

fn is_element(dict: &Dictionary, kind: &[u8]) -> bool {
    dict.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == kind)
}

#[test]
fn the_checker_sees_what_is_spoiled() {
    let clean = spoil(|_| true);
    assert_eq!(faults(&clean, "ua1"), Vec::<String>::new(), "reading and saving alone spoil nothing");
    let spoiled = [
        ("alternative text", spoil(|d| is_element(d, b"Figure") && d.remove(b"Alt").is_some())),
        ("language", spoil(|d| d.has_type(b"Catalog") && d.remove(b"Lang").is_some())),
        ("title", spoil(|d| d.has_type(b"Catalog") && d.remove(b"ViewerPreferences").is_some())),
        (
            "heading order",
            spoil(|d| {
                let second = is_element(d, b"H2");
                if second {
                    d.set("S", "H4");
                }
                second
            }),
        ),
    ];
    for (what, bytes) in spoiled {
        assert_ne!(faults(&bytes, "ua1"), Vec::<String>::new(), "{what}");
    }
}

/// The content of the first page.
fn content(bytes: &[u8]) -> String {
    let file = load(bytes);
    let (_, page) = file.get_pages().into_iter().next().unwrap();
    String::from_utf8_lossy(&file.get_page_content(page)).into_owned()
}

#[test]
fn a_line_is_one_operation_of_few_strings() {
    let mut draft = Draft::new();
    draft.text(ROOT, Role::Paragraph, "one line of words");
    let content = content(&draft.bytes());
    assert_eq!(content.matches("TJ").count(), 1, "{content}");
    assert_eq!(content.matches('(').count(), 1, "natural advances need no adjustment: {content}");
}

#[test]
fn adjustments_follow_the_layout_without_drift() {
    let mut draft = Draft::new();
    let mut run = draft.run(&"n".repeat(200));
    // A third of a unit more at each glyph.
    for (n, glyph) in run.glyphs.iter_mut().enumerate() {
        glyph.x += Length::pt(10).scale(n as i64, 3000);
    }
    let paragraph = draft.structure().add(Some(ROOT), Role::Paragraph);
    let leaf = draft.structure().add(Some(paragraph), Role::Content);
    draft.draw(Tag::Content(leaf), run);
    let content = content(&draft.bytes());
    let moved = content.matches(" -1(").count();
    assert!((66..=67).contains(&moved), "{moved}: {content}");
}

#[test]
fn letter_space_is_said_once_for_a_run() {
    let mut draft = Draft::new();
    let mut run = draft.run(&"n".repeat(200));
    // Two thousandths of the em after each letter, and all of it a hundredth wider.
    (run.letter_space, run.expansion) = (20, 1010);
    for (n, glyph) in run.glyphs.iter_mut().enumerate() {
        glyph.x = (glyph.x + Length::pt(10).scale(n as i64 * 20, 10_000)).scale(101, 100);
    }
    let paragraph = draft.structure().add(Some(ROOT), Role::Paragraph);
    let leaf = draft.structure().add(Some(paragraph), Role::Content);
    draft.draw(Tag::Content(leaf), run);
    let plain = draft.run("n");
    draft.draw(Tag::Content(leaf), plain);
    let content = content(&draft.bytes());
    assert_eq!(content.matches("0.02 Tc").count(), 1, "{content}");
    assert_eq!(content.matches("0 Tc").count(), 1, "{content}");
    assert_eq!(content.matches("TJ").count(), 2, "{content}");
    assert!(!content.contains(" 1(") && !content.contains(" -1("), "{content}");
}

#[test]
fn pdf_a_3_holds_the_source_and_the_json() {
    let pdf = Pdf { standards: "ua-1,a-3a".parse().unwrap(), ..Pdf::new(Arc::new(FontLibrary::embedded())) };
    let limits = Limits::default();
    for (name, held) in
        [("folder/cats.md", ["cats.json", "cats.md"]), ("cats.json", ["cats.fanfold.json", "cats.json"])]
    {
        let (mut sink, mut out) = (Vec::new(), Vec::new());
        let mut cx = WriteContext::new(name, &limits, &mut sink).with_source(b"# Cats & dogs");
        pdf.write(&document(), &mut out, &mut cx).unwrap();
        assert_eq!(faults(&out, "3a"), Vec::<String>::new());
        assert_eq!(faults(&out, "ua1"), Vec::<String>::new());
        let file = load(&out);
        let files = file.catalog().unwrap().get(b"AF").unwrap().as_array().unwrap();
        let mut names = Vec::new();
        for id in files {
            let file_specification = file.get_dictionary(id.as_reference().unwrap()).unwrap();
            let name = file_specification.get(b"UF").unwrap().as_str().unwrap();
            let relationship = file_specification.get(b"AFRelationship").unwrap().as_name().unwrap();
            let streams = file_specification.get(b"EF").unwrap().as_dict().unwrap();
            let id = streams.get(b"F").unwrap().as_reference().unwrap();
            let data = file.get_object(id).unwrap().as_stream().unwrap();
            let data = data.decompressed_content().unwrap_or_else(|_| data.content.clone());
            assert_eq!(relationship == b"Source", data == b"# Cats & dogs");
            assert_eq!(relationship == b"Data", data.starts_with(b"{"));
            names.push(String::from_utf8_lossy(name).into_owned());
        }
        assert_eq!(names, held);
    }
}

#[test]
fn pdf_2_has_its_namespace_and_leads_to_elements() {
    let standards: Standards = "ua-2,a-4f".parse().unwrap();
    let (bytes, _) = everything().write(&Pdf { standards, ..everything().pdf() }, &illustrated());
    let file = load(&bytes);
    assert_eq!(file.version, "2.0");
    assert!(!file.trailer.has(b"Info"), "the metadata say it");
    let dicts = || file.objects.values().filter_map(|object| object.as_dict().ok());
    let named = |name: &[u8]| {
        let mut found = dicts().filter(|d| d.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == name));
        found.next().unwrap_or_else(|| panic!("no {}", String::from_utf8_lossy(name)))
    };
    for (name, of_pdf_2) in
        [(&b"FENote"[..], true), (b"Document", true), (b"Title", true), (b"Reference", false)]
    {
        assert_eq!(named(name).has(b"NS"), of_pdf_2, "{}", String::from_utf8_lossy(name));
    }
    assert!(named(b"Formula").has(b"AF"), "a formula has its MathML");
    let outline: Vec<_> = dicts().filter(|d| d.has(b"Title") && d.has(b"Parent")).collect();
    assert!(!outline.is_empty());
    for entry in outline {
        assert!(entry.get(b"A").unwrap().as_dict().unwrap().has(b"SD"));
    }
    let xmp = String::from_utf8_lossy(&bytes);
    for said in ["<pdfuaid:part>2<", "<pdfuaid:rev>2024<", "<pdfaid:part>4<", "<pdfaid:conformance>F<"] {
        assert!(xmp.contains(said), "{said}");
    }
}

#[test]
fn headings_have_no_gaps_and_siblings_stay_siblings() {
    let mut draft = Draft::new();
    for level in [2, 4, 3, 2, 6] {
        draft.text(ROOT, Role::Heading(level), "Heading");
    }
    let file = load(&draft.bytes());
    let levels: Vec<_> = file
        .objects
        .values()
        .filter_map(|o| o.as_dict().ok()?.get(b"S").ok()?.as_name().ok())
        .filter(|s| s.starts_with(b"H"))
        .map(|s| char::from(s[1]))
        .collect();
    assert_eq!(levels, ['1', '2', '2', '1', '2']);
}

#[test]
fn a_harmful_link_is_words_only() {
    let mut draft = Draft::new();
    let paragraph = draft.text(ROOT, Role::Paragraph, "See");
    draft.link(paragraph, Role::Link, "here", Target::Url("javascript:alert(1)".into()));
    let bytes = draft.bytes();
    let file = load(&bytes);
    assert!(!file.objects.values().filter_map(|o| o.as_dict().ok()).any(|d| d.has_type(b"Annot")));
    assert_eq!(faults(&bytes, "ua1"), Vec::<String>::new());
}
