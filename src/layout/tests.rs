use super::page::{ItemKind, Page, Tag};
use super::structure::{Index, Role, StructId};
use super::style::PageStyle;
use super::*;
use crate::diagnostic::Diagnostic;
use crate::font::FontLibrary;
use crate::format::{Error, Limits, WriteContext};
use crate::model::*;
use crate::style::{Length, Paper};

mod notes;
mod tables;

#[derive(Default)]
struct Pages(Vec<Page>);

impl PageSink for Pages {
    fn page(&mut self, number: usize, page: Page) -> Result<(), Error> {
        self.0.resize(self.0.len().max(number + 1), Page::default());
        self.0[number] = page;
        Ok(())
    }
}

/// Pages on a paper.
fn on(paper: Paper) -> PageStyle {
    PageStyle::default().with(|style| style.look.page.size = paper)
}

/// Pages of two columns.
fn two_columns() -> PageStyle {
    PageStyle::default().with(|style| style.look.page.columns = 2)
}

fn set(article: Article, style: &PageStyle) -> (Vec<Page>, Index, Vec<Diagnostic>) {
    let document = Document { articles: vec![article], ..Document::default() };
    let (limits, mut sink, mut pages) = (Limits::default(), Vec::new(), Pages::default());
    let fonts = FontLibrary::embedded();
    let mut cx = WriteContext::new("-", &limits, &mut sink);
    let images = ImageSizes::measured(&document, &mut cx);
    let index = typeset(&document, &images, &fonts, style, &mut cx, &mut pages).unwrap();
    (pages.0, index, sink)
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::new(InlineKind::Text { text: text.into() }, Span::default())]
}

fn block(kind: BlockKind) -> Block {
    Block::new(kind, Span::default())
}

fn paragraph(words: &str) -> Block {
    block(BlockKind::Paragraph { content: text(words) })
}

fn table(rows: usize, columns: usize) -> Block {
    let cell =
        |row: usize, column: usize| Cell::new(vec![paragraph(&format!("r{row}c{column}"))], Span::default());
    let row = |r: usize| Row { cells: (0..columns).map(|c| cell(r, c)).collect(), span: Span::default() };
    let table = Table {
        columns: vec![Column::default(); columns],
        head: vec![row(0)],
        body: (1..rows).map(row).collect(),
        ..Table::default()
    };
    block(BlockKind::Table(Box::new(table)))
}

fn article(blocks: Vec<Block>) -> Article {
    Article { meta: Meta { title: text("Title"), ..Meta::default() }, blocks, ..Article::default() }
}

/// Every drawn thing lies on its sheet, and every leaf that is drawn is one.
fn assert_sound(pages: &[Page], index: &Index) {
    for page in pages {
        for item in &page.items {
            if let ItemKind::Glyphs(run) = &item.kind {
                let last = run.glyphs.last().map_or(Length::ZERO, |g| g.x);
                assert!(run.x >= Length::ZERO && run.x + last <= page.width, "{:?}", run.text);
                assert!(run.y >= Length::ZERO && run.y <= page.height, "{:?}", run.text);
            }
            if let Tag::Content(leaf) = item.tag {
                assert_eq!(index.structure.node(leaf).role, Role::Content);
            }
        }
    }
    for (number, node) in index.structure.nodes().iter().enumerate() {
        assert!(node.parent.is_none_or(|parent| (parent.0 as usize) < number));
    }
}

fn words_of(pages: &[Page]) -> usize {
    let items = pages.iter().flat_map(|p| &p.items);
    let content = items.filter(|i| matches!(i.tag, Tag::Content(_)));
    content
        .filter_map(|i| if let ItemKind::Glyphs(run) = &i.kind { Some(run) } else { None })
        .map(|run| run.text.split_whitespace().count())
        .sum()
}

#[test]
fn a_guessed_language_hyphenates_nothing() {
    let words = "Internationalisation notwithstanding, characteristically unpronounceable ".repeat(20);
    let hyphens = |origin| {
        let mut article = article(vec![paragraph(&words)]);
        article.meta.language = Some(Language::new(LanguageTag::new("en").unwrap(), origin));
        let (pages, _, _) = set(article, &two_columns());
        let items = pages.iter().flat_map(|page| &page.items);
        let said = |item: &super::page::Item| match &item.kind {
            ItemKind::Glyphs(run) => run.actual_text.clone(),
            _ => None,
        };
        items.filter_map(said).filter(|said| said == "\u{AD}").count()
    };
    assert!(hyphens(Origin::Given) > 0);
    assert_eq!(hyphens(Origin::Guessed), 0);
}

#[test]
fn a_list_may_count_from_nought() {
    let item = ListItem { blocks: vec![paragraph("first")], checked: None, span: Span::default() };
    let marker = Marker::Ordered { start: 0, style: NumberStyle::Decimal };
    let list = block(BlockKind::List { marker, tight: true, items: vec![item] });
    let (pages, index, _) = set(article(vec![list]), &PageStyle::default());
    assert_sound(&pages, &index);
}

#[test]
fn a_block_of_another_language_says_so_and_its_section_does_not() {
    let fr = LanguageTag::new("fr");
    let mut heading = block(BlockKind::Heading { level: Level::clamped(2), content: text("Titre") });
    let mut foreign = paragraph("Oui mon ami.");
    for block in [&mut heading, &mut foreign] {
        block.attr = Some(Box::new(Attr { lang: fr.clone(), ..Attr::default() }));
    }
    let (_, index, _) = set(article(vec![heading, paragraph("Yes."), foreign]), &PageStyle::default());
    let structure = &index.structure;
    let speaks = |n: &usize| structure.language(StructId(*n as u32)).is_some();
    let said: Vec<_> =
        (0..structure.nodes().len()).filter(speaks).map(|n| structure.nodes()[n].role).collect();
    assert_eq!(said, [Role::Heading(2), Role::Paragraph]);
}

#[test]
fn an_empty_document_is_one_page() {
    let (pages, index, _) = set(Article::default(), &PageStyle::default());
    assert_eq!(pages.len(), 1);
    assert_sound(&pages, &index);
}

#[test]
fn a_heading_stays_with_what_comes_after_its_hatnote() {
    for lines in 20..60 {
        let mut blocks: Vec<Block> = (0..lines).map(|_| paragraph("A line.")).collect();
        blocks.push(block(BlockKind::Heading { level: Level::clamped(2), content: text("Heading") }));
        blocks.push(block(BlockKind::Aside { role: Aside::Hatnote, body: vec![paragraph("See also")] }));
        blocks.push(paragraph("Text"));
        let (pages, _, _) = set(article(blocks), &PageStyle::default());
        let page_of = |words: &str| {
            pages.iter().position(|page| {
                page.items.iter().any(|i| {
                    matches!((&i.kind, &i.tag), (ItemKind::Glyphs(run), Tag::Content(_)) if run.text.trim() == words)
                })
            })
        };
        assert_eq!(page_of("Heading"), page_of("Text"), "{lines}");
        assert!(page_of("Text").is_some());
    }
}

/// Every place of a table's grid has a cell, and only one.
fn assert_whole(table: Block, columns: usize) {
    let (_, index, _) = set(article(vec![table]), &PageStyle::default());
    let nodes = index.structure.nodes();
    let covers = |node: &structure::StructNode| match node.role {
        Role::TableHeader { col_span, row_span, .. } | Role::TableData { col_span, row_span, .. } => {
            Some(col_span * row_span)
        }
        _ => None,
    };
    let rows = nodes.iter().filter(|n| n.role == Role::TableRow).count();
    assert_eq!(usize::from(nodes.iter().filter_map(covers).sum::<u16>()), rows * columns);
}

#[test]
fn blocks_with_nothing_in_them_are_set_without_a_word() {
    let span = Span::default();
    let item = ListItem { blocks: vec![], checked: None, span };
    let ordered = |start| Marker::Ordered { start, style: NumberStyle::LowerRoman };
    let blocks = vec![
        block(BlockKind::Paragraph { content: vec![] }),
        block(BlockKind::Heading { level: Level::clamped(2), content: vec![] }),
        block(BlockKind::Quote { body: vec![] }),
        block(BlockKind::List { marker: Marker::Bullet, tight: true, items: vec![] }),
        block(BlockKind::List { marker: ordered(0), tight: true, items: vec![] }),
        block(BlockKind::List { marker: ordered(0), tight: false, items: vec![item.clone()] }),
        block(BlockKind::List { marker: ordered(u32::MAX), tight: true, items: vec![item.clone(), item] }),
        block(BlockKind::Definitions { items: vec![] }),
        block(BlockKind::Definitions {
            items: vec![Definition { terms: vec![vec![]], details: vec![vec![]], span }],
        }),
        block(BlockKind::Code { language: None, text: String::new(), numbers: None }),
        block(BlockKind::Math(Formula::tex(String::new()))),
        table(0, 0),
        block(BlockKind::Table(Box::default())),
        block(BlockKind::Infobox(Box::default())),
        block(BlockKind::Figure { body: vec![], caption: vec![] }),
        block(BlockKind::Aside { role: Aside::Box, body: vec![] }),
    ];
    for block in &blocks {
        let (pages, index, _) = set(article(vec![block.clone()]), &PageStyle::default());
        assert_eq!(pages.len(), 1, "{block:?}");
        assert_sound(&pages, &index);
    }
    let (pages, index, _) = set(article(blocks), &PageStyle::default());
    assert_eq!(pages.len(), 1);
    assert_sound(&pages, &index);
}

#[test]
fn a_cell_higher_than_a_page_is_cut_between_its_lines() {
    let long = "word ".repeat(3000);
    let mut tall = table(2, 2);
    if let BlockKind::Table(table) = &mut tall.kind {
        table.body[0].cells[1].blocks = vec![paragraph(&long)];
    }
    let (pages, index, _) = set(article(vec![tall]), &PageStyle::default());
    assert_sound(&pages, &index);
    assert_eq!(words_of(&pages), 1 + 3 + 3000);
}

#[test]
fn blocks_deeper_than_the_limit_are_made_flat_with_a_word() {
    let mut deep = paragraph("deep");
    for _ in 0..200 {
        deep = block(BlockKind::Quote { body: vec![deep] });
    }
    let (pages, index, said) = set(article(vec![deep]), &PageStyle::default());
    assert_sound(&pages, &index);
    assert_eq!(words_of(&pages), 2);
    assert_eq!(said[0].code.name, "nesting-flattened");
}

#[test]
fn a_small_infobox_stands_beside_the_lead_and_a_long_one_after_its_first_paragraph() {
    let row = |n: usize| InfoboxRow {
        label: text(&format!("Label {n}")),
        value: vec![paragraph("Value")],
        key: None,
        span: Span::default(),
    };
    let lead = paragraph(&"The lead runs round the box. ".repeat(30));
    let first_line = |rows: usize| {
        let infobox = Infobox { title: text("Box"), image: None, rows: (0..rows).map(row).collect() };
        let infobox = block(BlockKind::Infobox(Box::new(infobox)));
        let (pages, index, _) = set(article(vec![infobox, lead.clone()]), &PageStyle::default());
        assert_sound(&pages, &index);
        let drawn = pages[0].items.iter().filter_map(|i| match &i.kind {
            ItemKind::Glyphs(run) => Some(run.text.clone()),
            _ => None,
        });
        let drawn: Vec<String> = drawn.collect();
        // What stands first is read first.
        let (first, next) = index.structure.links();
        let leaves = index.structure.nodes().iter().enumerate().filter(|(_, n)| n.role == Role::Content);
        let outermost = |leaf: usize| {
            let mut node = leaf as u32;
            while let Some(StructId(parent)) = index.structure.node(StructId(node)).parent
                && parent != 0
            {
                node = parent;
            }
            node
        };
        let box_node = outermost(leaves.map(|(n, _)| n).nth(1).expect("the box after the title"));
        let read = std::iter::successors(Some(first[0]), |&n| Some(next[n as usize]).filter(|&n| n != 0));
        let place = read.clone().position(|n| n == box_node);
        assert_eq!(read.count(), 3);
        (drawn[1].clone(), drawn.iter().any(|t| t.starts_with("The lead")), pages.len(), place)
    };
    assert_eq!(first_line(3), ("Box".into(), true, 1, Some(1)));
    let long = first_line(300);
    assert!(long.0.starts_with("The lead") && long.2 > 2 && long.3 == Some(2), "{long:?}");
}

/// A square GIF of so many pixels a side; only its header is looked at.
fn gif(side: u16) -> Asset {
    let mut data = b"GIF89a".to_vec();
    data.extend([side.to_le_bytes(), side.to_le_bytes()].concat());
    data.extend([0; 9]);
    Asset::new("image/gif", data)
}

#[test]
fn a_figure_after_a_short_lead_stays_clear_of_the_infobox() {
    let row = |n: usize| InfoboxRow {
        label: text(&format!("Label {n}")),
        value: vec![paragraph("Value")],
        key: None,
        span: Span::default(),
    };
    for (side, rows) in [(100, 20), (600, 20), (600, 30), (2000, 5)] {
        let infobox = Infobox { title: text("Box"), image: None, rows: (0..rows).map(row).collect() };
        let image = Image { source: "a.gif".into(), alt: Some("a".into()), ..Image::default() };
        let image = Inline::new(InlineKind::Image(Box::new(image)), Span::default());
        let blocks = vec![
            block(BlockKind::Infobox(Box::new(infobox))),
            paragraph("A short lead."),
            block(BlockKind::Paragraph { content: vec![image] }),
            paragraph(&"Text after the figure. ".repeat(300)),
        ];
        let mut document = Document { articles: vec![article(blocks)], ..Document::default() };
        document.assets.insert("a.gif".into(), gif(side));
        let (limits, mut sink, mut pages) = (Limits::default(), Vec::new(), Pages::default());
        let mut cx = WriteContext::new("-", &limits, &mut sink);
        let fonts = FontLibrary::embedded();
        let images = ImageSizes::measured(&document, &mut cx);
        let index = typeset(&document, &images, &fonts, &PageStyle::default(), &mut cx, &mut pages).unwrap();
        assert_sound(&pages.0, &index);
        let ground = pages.0[0].items.iter().filter_map(|item| match item.kind {
            ItemKind::Rectangle { x, y, height, .. } if height > Length::pt(9) => Some((x, y, y + height)),
            _ => None,
        });
        let boxes: Vec<_> = ground.collect();
        let (left, top) = (boxes[0].0, boxes[0].1);
        let bottom = boxes.iter().map(|b| b.2).max().unwrap();
        for item in &pages.0[0].items {
            let (y, right) = match &item.kind {
                ItemKind::Glyphs(run) if run.text.contains("Text after") || run.text.contains("lead") => {
                    (run.y, run.x + run.glyphs.last().map_or(Length::ZERO, |g| g.x))
                }
                ItemKind::Image { x, y, width, .. } => (*y, *x + *width),
                _ => continue,
            };
            assert!(y <= top || y > bottom || right <= left, "{side} {rows}: {:?}", item.kind);
        }
    }
}

#[test]
fn a_table_of_contents_and_a_cover_are_numbered_apart() {
    let mut heading = block(BlockKind::Heading { level: Level::clamped(2), content: text("Section") });
    heading.attr_mut().id = Some("section".into());
    let style =
        PageStyle::default().with(|style| (style.look.page.contents, style.look.title.page) = (true, true));
    let (pages, index, _) = set(article(vec![heading, paragraph("Text.")]), &style);
    assert_eq!(pages.len(), 3);
    assert_eq!(
        index.labels,
        [(0, structure::PageLabels::LowerRoman(1)), (2, structure::PageLabels::Decimal(1))]
    );
    let link = pages[1].links.first().expect("the entry leads to its section");
    assert_eq!(link.link.target, Target::Anchor("section".into()));
    assert_eq!(index.anchors["section"].page, 2);
    // Dots lead from the words to the number.
    let dots = pages[1].items.iter().find_map(|item| match &item.kind {
        ItemKind::Path(path) => Some(path.segments.clone()),
        _ => None,
    });
    let dots = dots.expect("a leader");
    let page::Segment::Move(first, _) = dots[0] else { panic!("{dots:?}") };
    let left = style.look.geometry().left;
    assert!(first < left + Length::pt(70), "the leader starts at {}", (first - left).to_pt());
    assert!(dots.len() > 5 * 30, "{} dots", dots.len() / 5);
    assert_sound(&pages, &index);
}

#[test]
fn a_right_to_left_list_has_its_markers_at_the_right() {
    let items = ["بند أول", "بند ثان"].map(|words| ListItem {
        blocks: vec![paragraph(words)],
        checked: None,
        span: Span::default(),
    });
    let list = BlockKind::List { marker: Marker::Bullet, tight: true, items: items.into() };
    let mut article = article(vec![block(list)]);
    let tag = LanguageTag::new("ar").unwrap();
    article.meta.language = Some(Language::given(tag));
    let (pages, index, _) = set(article, &PageStyle::default());
    assert_sound(&pages, &index);
    let x_of = |words: &str| {
        let run = pages[0].items.iter().find_map(|item| match &item.kind {
            ItemKind::Glyphs(run) if run.text.contains(words) => Some(run.x),
            _ => None,
        });
        run.unwrap_or_else(|| panic!("'{words}' is not drawn"))
    };
    assert!(x_of("•") > x_of("بند"));
}

/// Paragraphs of many lengths, a third of which call a note.
fn running_text() -> Article {
    let words = "In olden times when wishing still helped one, there lived a king whose daughters were all \
        beautiful; and the youngest was so beautiful that the sun itself, which has seen so much, was \
        astonished whenever it shone in her face. Close by the castle lay a great dark forest, and under an \
        old lime-tree in the forest was a well, and when the day was very warm, the child went out into it.";
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut blocks = Vec::new();
    let mut notes = Vec::new();
    for number in 0..80 {
        let some = words.iter().cycle().skip(number * 11).take(25 + number * 37 % 90).copied();
        let mut content = text(&some.collect::<Vec<_>>().join(" "));
        if number % 3 == 0 {
            let note = Inline::new(InlineKind::Note { note: NoteId(notes.len() as u32) }, Span::default());
            content.extend([note, text(" So it is told.").remove(0)]);
            let blocks = vec![paragraph("In other places it is told otherwise.")];
            notes.push(Note::new(blocks, Span::default()));
        }
        blocks.push(block(BlockKind::Paragraph { content }));
    }
    let mut article = article(blocks);
    let tag = LanguageTag::new("en").unwrap();
    article.meta.language = Some(Language::given(tag));
    article.notes = notes;
    article
}

/// The last line of each page's text, notes left out: its baseline and its words.
fn last_lines(pages: &[Page], size: Length) -> Vec<(Length, String)> {
    let of = |page: &Page| {
        let runs = page.items.iter().filter_map(|item| match (&item.kind, item.tag) {
            (ItemKind::Glyphs(run), Tag::Content(_)) if run.size == size => Some((run.y, run.text.clone())),
            _ => None,
        });
        runs.max_by_key(|run| run.0).unwrap_or_default()
    };
    pages.iter().map(of).collect()
}

#[test]
fn pages_of_running_text_end_on_the_same_line_and_never_within_a_word() {
    let (mut ends, mut short) = (0, 0);
    for millimetres in 170..190 {
        let paper = Paper::new(Length::micro_m(148_000), Length::micro_m(millimetres * 1000)).unwrap();
        let style = on(paper);
        let mut article = running_text();
        article.notes.clear();
        let (pages, index, _) = set(article, &style);
        assert_sound(&pages, &index);
        let lines = last_lines(&pages, style.look.text.size);
        let foot = lines[..lines.len() - 1].iter().map(|line| line.0).max().unwrap();
        for (y, words) in &lines[..lines.len() - 1] {
            ends += 1;
            short += i32::from(foot - *y > Length::pt(1));
            assert!(!words.ends_with('\u{2010}'), "{words}");
        }
    }
    // Where every paragraph stays in its lines two pages of five are short of one.
    assert!(short * 8 <= ends, "{short} of {ends} pages are short");
}

#[test]
fn lines_that_are_set_again_keep_their_notes() {
    for millimetres in 170..190 {
        let paper = Paper::new(Length::micro_m(148_000), Length::micro_m(millimetres * 1000)).unwrap();
        let (pages, index, _) = set(running_text(), &on(paper));
        let notes = index.structure.nodes().iter().filter(|n| n.role == Role::Note).count();
        assert_eq!(notes, 27);
        // A note and its call are on one page, and lead to each other.
        let links = pages.iter().enumerate().flat_map(|(page, p)| p.links.iter().map(move |l| (page, l)));
        let mut count = 0;
        for (page, link) in links {
            let Target::Anchor(anchor) = &link.link.target else { panic!("{:?}", link.link.target) };
            assert_eq!(index.anchors[anchor].page, page, "{anchor}");
            count += 1;
        }
        assert_eq!(count, 54);
    }
}

#[test]
fn a_title_over_two_columns_keeps_its_white() {
    let style = two_columns();
    let (pages, _, _) = set(running_text(), &style);
    let mut baselines: Vec<Length> = pages[0]
        .items
        .iter()
        .filter_map(|item| match &item.kind {
            ItemKind::Glyphs(run)
                if matches!(item.tag, Tag::Content(_)) && run.size >= style.look.text.size =>
            {
                Some(run.y)
            }
            _ => None,
        })
        .collect();
    baselines.sort_unstable();
    baselines.dedup();
    let leading = style.look.scale().leading;
    assert!(baselines[1] - baselines[0] > leading * 2, "{:?}", &baselines[..2]);
    // Both columns stand on the same lines.
    assert!(baselines[1..].windows(2).all(|pair| pair[1] - pair[0] >= leading / 2), "{baselines:?}");
}
