//! Books and pages whose shape no golden case shows: split ones, enormous ones, hostile ones.
#![cfg(all(feature = "epub", feature = "html"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use fanfold::Converter;
use fanfold::diagnostic::Diagnostic;
use fanfold::format::{Limits, ReadContext, WriteContext, Writer};
use fanfold::model::{
    Article, Asset, Attr, Block, BlockKind, Creator, Document, Image, Inline, InlineKind, Level, Link, Meta,
    Node, Note, NoteId, Span, Target,
};
use fanfold::write::{Cover, Epub, Html, PageBreak, Pages, Series};
use std::collections::{BTreeMap, HashSet};
use std::io::Read;

fn inline(kind: InlineKind) -> Inline {
    Node::new(kind, Span::default())
}

fn text(text: &str) -> Vec<Inline> {
    vec![inline(InlineKind::Text { text: text.into() })]
}

fn heading(level: usize, words: &str) -> Block {
    Node::new(BlockKind::Heading { level: Level::clamped(level), content: text(words) }, Span::default())
}

fn paragraph(content: Vec<Inline>) -> Block {
    Node::new(BlockKind::Paragraph { content }, Span::default())
}

fn call(note: u32) -> Inline {
    inline(InlineKind::Note { note: NoteId(note) })
}

fn link(target: Target, words: Vec<Inline>) -> Inline {
    inline(InlineKind::Link(Box::new(Link { target, content: words })))
}

fn note(words: Vec<Inline>) -> Note {
    Note::new(vec![paragraph(words)], Span::default())
}

fn article(title: &str, blocks: Vec<Block>, notes: Vec<Note>) -> Article {
    Article {
        meta: Meta { title: text(title), ..Meta::default() },
        blocks,
        notes,
        span: Span::default(),
        ..Article::default()
    }
}

fn document(articles: Vec<Article>) -> Document {
    Document { articles, ..Document::default() }
}

fn written(writer: &dyn Writer, document: &Document) -> (Vec<u8>, Vec<Diagnostic>) {
    let (limits, mut sink, mut bytes) = (Limits::default(), Vec::new(), Vec::new());
    writer.write(document, &mut bytes, &mut WriteContext::new("book.txt", &limits, &mut sink)).unwrap();
    (bytes, sink)
}

/// The text members of a book, by path.
fn members(epub: &Epub, document: &Document) -> BTreeMap<String, String> {
    let (bytes, _) = written(epub, document);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut members = BTreeMap::new();
    for i in 0..archive.len() {
        let mut member = archive.by_index(i).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        if let Ok(text) = String::from_utf8(bytes) {
            members.insert(member.name().to_owned(), text);
        }
    }
    members
}

fn page(document: &Document) -> (String, Vec<Diagnostic>) {
    let (bytes, said) = written(&Html::default(), document);
    (String::from_utf8(bytes).unwrap(), said)
}

fn codes(said: &[Diagnostic]) -> Vec<&str> {
    said.iter().map(|d| d.code.name).collect()
}

/// Every identifier once, every reference to one that is there.
fn assert_links_hold(members: &BTreeMap<String, String>) {
    let values = |text: &str, start: &str| -> Vec<String> {
        text.split(start).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let mut ids: HashSet<(String, String)> = HashSet::new();
    for (path, text) in members.iter().filter(|(path, _)| path.ends_with(".xhtml")) {
        for id in values(text, " id=\"") {
            assert!(ids.insert((path.clone(), id.clone())), "{path}: two of {id}");
        }
    }
    for (path, text) in members.iter().filter(|(path, _)| path.ends_with(".xhtml")) {
        for href in values(text, " href=\"").into_iter().filter(|h| !h.contains(':')) {
            let (file, id) = href.split_once('#').unwrap_or((&href, ""));
            let file = if file.is_empty() { path.clone() } else { format!("OEBPS/{file}") };
            assert!(members.contains_key(&file), "{path}: {href}");
            assert!(id.is_empty() || ids.contains(&(file, id.to_owned())), "{path}: {href}");
        }
    }
}

#[test]
fn links_and_notes_hold_across_files() {
    let target = |id: &str| Target::Anchor(id.into());
    let mut second = heading(2, "Second");
    second.attr = Some(Box::new(Attr { id: Some("second".into()), ..Attr::default() }));
    let blocks = vec![
        heading(2, "First"),
        paragraph(vec![link(target("second"), text("on")), call(0)]),
        second,
        paragraph(vec![call(0), call(1), link(target("nowhere"), text("off"))]),
    ];
    let book = document(vec![
        article("One", blocks, vec![note(text("early")), note(vec![call(2)]), note(text("deep"))]),
        article(
            "Two",
            vec![paragraph(vec![link(
                Target::Article { title: "One".into(), section: Some("Second".into()) },
                text("back"),
            )])],
            vec![],
        ),
    ]);
    let members = members(&Epub::default().with(|epub| epub.split_level = 2), &book);
    assert_links_hold(&members);
    let text = |n: usize| &members[&format!("OEBPS/text{n}.xhtml")];
    assert!(text(1).contains("<a href=\"text2.xhtml#second\">on</a>"), "{}", text(1));
    // The note stands where it is called first, and leads back to both calls.
    assert!(text(1).contains("early <a role=\"doc-backlink\" href=\"text2.xhtml#ref-1-2\">"), "{}", text(1));
    assert!(text(2).contains("href=\"text1.xhtml#note-1\""), "{}", text(2));
    assert!(text(2).contains("deep"), "a note called by a note: {}", text(2));
    assert!(text(2).contains("</sup></a>off</p>"), "a link to nowhere is its words: {}", text(2));
    assert!(text(3).contains("<a href=\"text2.xhtml#second\">back</a>"), "{}", text(3));
}

#[test]
fn ten_thousand_equal_titles_are_told_apart() {
    let blocks = (0..10_000).map(|_| heading(2, "Same \u{1}<title> & \"more\"")).collect();
    let members = members(&Epub::default(), &document(vec![article("Same", blocks, vec![])]));
    assert_links_hold(&members);
    assert!(members["OEBPS/nav.xhtml"].contains("Same &lt;title&gt; &amp; \"more\""));
}

#[test]
fn a_hundred_thousand_sections_make_files_of_bounded_size() {
    let blocks = (0..100_000).map(|n| heading(2 + n % 5, &format!("Section {n}"))).collect();
    let members = members(&Epub::default(), &document(vec![article("Long", blocks, vec![])]));
    let pages: Vec<_> = members.iter().filter(|(path, _)| path.starts_with("OEBPS/text")).collect();
    assert!(pages.len() > 10 && pages.iter().all(|(_, text)| text.len() < 300_000), "{}", pages.len());
    assert_links_hold(&members);
}

#[test]
fn what_markup_cannot_hold_is_left_out_and_told() {
    let book = document(vec![article("A\u{1}", vec![paragraph(text("b\u{8}c\u{FFFF}"))], vec![])]);
    let (html, said) = page(&book);
    assert!(html.contains(">A</h1>") && html.contains("<p>bc</p>"), "{html}");
    assert_eq!(codes(&said), ["control-removed"]);
    assert!(said[0].message.starts_with("3 control characters"), "{}", said[0].message);
}

#[test]
fn no_link_runs_code_or_reads_files() {
    let hostile = ["javascript:alert(1)", "JAVA\tSCRIPT:alert(1)", "file:///etc/passwd", "data:text/html,x"];
    let links = hostile.iter().map(|url| paragraph(vec![link(Target::Url((*url).into()), text("words"))]));
    let (html, said) = page(&document(vec![article("A", links.collect(), vec![])]));
    assert!(!html.contains("<a ") && html.matches("<p>words</p>").count() == 4, "{html}");
    assert_eq!(codes(&said), ["unsafe-link"; 4]);
}

#[test]
fn links_do_not_nest_and_notes_in_them_follow_them() {
    let url = |u: &str| Target::Url(u.into());
    let inner = link(url("https://b.example"), text("b"));
    let outer = link(url("https://a.example"), vec![inner, call(0)]);
    let (html, _) = page(&document(vec![article("A", vec![paragraph(vec![outer])], vec![note(text("n"))])]));
    assert!(html.contains("<a href=\"https://a.example\">b</a><a role"), "{html}");
}

#[test]
fn images_are_what_their_bytes_say() {
    let image = |source: &str, alt: Option<&str>| {
        let alt = alt.map(str::to_owned);
        paragraph(vec![inline(InlineKind::Image(Box::new(Image {
            source: source.into(),
            alt,
            ..Image::default()
        })))])
    };
    let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01 rest";
    let asset = |data: &[u8]| Asset::new("image/jpeg", data);
    let blocks = vec![
        image("../../lie.jpg", Some("A cat")),
        image("bad.svg", Some("Bad")),
        image("../../lie.jpg", None),
    ];
    let mut book = document(vec![article("A", blocks, vec![])]);
    book.assets.insert("../../lie.jpg".into(), asset(png));
    book.assets.insert("bad.svg".into(), asset(b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>"));
    let (_, said) = written(&Epub::default(), &book);
    assert_eq!(codes(&said), ["image-unavailable", "no-alt"]);
    let members = members(&Epub::default(), &book);
    let package = &members["OEBPS/content.opf"];
    assert!(package.contains("href=\"images/1.png\" media-type=\"image/png\""), "{package}");
    assert!(!package.contains("alternativeText") && !package.contains("conformsTo"), "{package}");
    assert!(members["OEBPS/text1.xhtml"].contains("<img src=\"images/1.png\" alt=\"A cat\"/>"));
    assert!(members.keys().all(|path| !path.contains("..")));
}

#[test]
fn the_package_says_what_is_known() {
    let mut book = document(vec![article("A", vec![paragraph(text("b"))], vec![])]);
    let creator =
        |name: &str, role: Option<&str>| Creator { role: role.map(str::to_owned), ..Creator::new(name) };
    book.meta = Meta {
        creators: vec![creator("Ada & Co", None), creator("Bo", Some("trl"))],
        date: Some("2024-02-29".into()),
        identifier: Some("urn:isbn:9780000000000".into()),
        subjects: vec!["Cats".into(), "Cats".into()],
        ..Meta::default()
    };
    let epub = Epub::default().with(|epub| {
        epub.cover = Some(Cover::Typeset);
        epub.series = Some(Series { name: "Animals".into(), position: Some("2".into()) });
        epub.pages = Pages::Given {
            source: "urn:isbn:9780000000001".into(),
            breaks: vec![PageBreak { label: "1".into(), at: Span::default(), letters: 0 }],
        };
    });
    let members = members(&epub, &book);
    let package = &members["OEBPS/content.opf"];
    for part in [
        "<dc:identifier id=\"id\">urn:isbn:9780000000000<",
        "<dc:creator id=\"creator-1\">Ada &amp; Co<",
        "<dc:contributor id=\"creator-2\">Bo<",
        "<meta refines=\"#creator-2\" property=\"role\" scheme=\"marc:relators\">trl<",
        "<meta property=\"dcterms:modified\">2024-02-29T00:00:00Z<",
        "<meta refines=\"#series\" property=\"group-position\">2<",
        "href=\"images/cover.svg\" media-type=\"image/svg+xml\" properties=\"cover-image\"",
        ">pageNavigation<",
        "<meta property=\"pageBreakSource\">urn:isbn:9780000000001<",
    ] {
        assert!(package.contains(part), "{part} in {package}");
    }
    assert_eq!(package.matches("<dc:subject>").count(), 1);
    assert!(members["OEBPS/nav.xhtml"].contains("<nav epub:type=\"page-list\""));
    assert_links_hold(&members);
}

#[test]
fn the_identifier_is_the_contents() {
    let id = |words: &str| {
        let members =
            members(&Epub::default(), &document(vec![article("A", vec![paragraph(text(words))], vec![])]));
        members["OEBPS/content.opf"].split("urn:uuid:").nth(1).unwrap()[..36].to_owned()
    };
    assert_eq!(id("b"), id("b"));
    assert_ne!(id("b"), id("c"));
}

#[test]
fn quotes_are_kept_on_request() {
    let converter = Converter::default();
    let (limits, mut sink) = (Limits::default(), Vec::new());
    let source = b"= Cat =\n\nThe cat said \"miaow\" and left the house in the evening.\n";
    let book = converter.read(source, None, &mut ReadContext::new("cat.txt", &limits, &mut sink)).unwrap();
    assert!(page(&book).0.contains("said “miaow” and"));
    let (kept, _) = written(&Html::default().with(|html| html.typographic_quotes = false), &book);
    assert!(String::from_utf8(kept).unwrap().contains("said \"miaow\" and"));
}

/// The words of a page's markup with each page break as `|label|`.
#[cfg(feature = "pdf")]
fn words_and_breaks(markup: &str) -> String {
    let mut out = String::new();
    let mut rest = markup;
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        let (tag, after) = tag.split_once('>').unwrap();
        if tag.contains("doc-pagebreak") {
            let label = tag.split("aria-label=\"").nth(1).unwrap().split('"').next().unwrap();
            out.push_str(&format!("|{label}|"));
        }
        rest = after;
    }
    out
}

#[cfg(feature = "pdf")]
#[test]
fn the_page_list_has_the_pages_of_the_pdf() {
    use fanfold::pdf::{FontLibrary, PageStyle};
    use std::sync::Arc;
    // Notes stand at the end of the source and, in a book of many files, before the text that follows.
    let mut source = String::from("---\nlang: en\n---\n\n# Pages\n\n");
    for n in 0..60 {
        let words: Vec<_> = (0..90).map(|w| format!("\"w{n}x{w}\"")).collect();
        source += &format!("## Part {n}\n\n{}[^{n}]\n\n", words.join(" "));
    }
    for n in 0..60 {
        source += &format!("[^{n}]: Note {n}.\n");
    }
    let fonts = Arc::new(FontLibrary::embedded());
    let epub = Epub::default().with(|epub| {
        epub.split_level = 2;
        epub.pages = Pages::Typeset { fonts: fonts.clone(), style: Box::new(PageStyle::default()) };
    });
    let (limits, mut sink) = (Limits::default(), Vec::new());
    let mut cx = ReadContext::new("pages.md", &limits, &mut sink);
    let document = Converter::default().read(source.as_bytes(), None, &mut cx).unwrap();
    let members = members(&epub, &document);
    assert_links_hold(&members);
    let mut text = String::new();
    for n in 1..=60 {
        text += &words_and_breaks(&members[&format!("OEBPS/text{n}.xhtml")]);
    }
    let (layout, _) = written(&fanfold::write::Layout::new(fonts), &document);
    let layout = String::from_utf8(layout).unwrap();
    // The first words of each page, in the pages as they were set.
    let pages: Vec<&str> = layout.split("page ").filter(|page| page.contains(" x 842")).collect();
    assert!(pages.len() > 5, "{layout:.300}");
    let list = &members["OEBPS/nav.xhtml"];
    for (number, page) in pages.iter().enumerate() {
        let number = number + 1;
        assert!(list.contains(&format!("#page-{number}\">{number}</a>")), "page {number} in {list}");
        let first = page.split(['"', '“']).find(|w| w.starts_with('w') && w.contains('x'));
        let first = first.unwrap_or_else(|| panic!("no word on page {number}: {page:.300}"));
        let first = first.split('”').next().unwrap();
        let after = text.split(&format!("|{number}|")).nth(1).unwrap();
        let starts = after.split('“').nth(1).unwrap().split('”').next().unwrap();
        assert_eq!(starts, first, "page {number}");
    }
}

#[test]
fn landmarks_are_told_apart() {
    use fanfold::model::{Aside, Infobox, InfoboxRow};
    let infobox = |title: &str| {
        let row = InfoboxRow {
            label: text("Kind"),
            value: vec![paragraph(text("box"))],
            key: None,
            span: Span::default(),
        };
        let infobox = Infobox { title: text(title), image: None, rows: vec![row] };
        Node::new(BlockKind::Infobox(Box::new(infobox)), Span::default())
    };
    let aside = || {
        let body = vec![paragraph(text("mind"))];
        Node::new(BlockKind::Aside { role: Aside::Warning, body }, Span::default())
    };
    let blocks = vec![infobox("A & \"B\""), infobox("A & \"B\""), infobox(""), aside(), aside()];
    let (html, _) = page(&document(vec![article("Boxes", blocks, vec![])]));
    for label in ["A &amp; &quot;B&quot;", "A &amp; &quot;B&quot; (2)", "Boxes"] {
        assert!(html.contains(&format!("<aside class=\"infobox\" aria-label=\"{label}\">")), "{html}");
    }
    assert_eq!(html.matches("<aside class=\"warning\" role=\"note\" aria-label=\"Warning\">").count(), 2);
}
