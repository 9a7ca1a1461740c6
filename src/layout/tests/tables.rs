//! How tables are set.

use super::*;
use std::collections::BTreeSet;

#[test]
fn a_table_of_many_rows_goes_on_over_pages_under_its_head() {
    let (pages, index, said) = set(article(vec![table(300, 3)]), &PageStyle::default());
    assert!(pages.len() > 3 && said.is_empty());
    assert_sound(&pages, &index);
    assert_eq!(words_of(&pages), 1 + 300 * 3, "every cell once; repeated heads are no content");
}

#[test]
fn a_table_of_many_columns_is_set_in_parts_and_says_so() {
    let (pages, index, said) = set(article(vec![table(3, 200)]), &PageStyle::default());
    assert_sound(&pages, &index);
    assert_eq!(words_of(&pages), 1 + 3 * 200);
    assert_eq!(said.iter().map(|d| d.code.name).collect::<Vec<_>>(), ["table-split"]);
}

#[test]
fn a_table_too_wide_for_the_page_is_turned_and_says_so() {
    let mut blocks = vec![paragraph("Before."), table(60, 20), paragraph("After.")];
    blocks[1].attr_mut().id = Some("wide".into());
    let (pages, index, said) = set(article(blocks), &PageStyle::default());
    assert_sound(&pages, &index);
    assert_eq!(words_of(&pages), 1 + 2 + 60 * 20);
    assert_eq!(said.iter().map(|d| d.code.name).collect::<Vec<_>>(), ["table-turned"]);
    assert!(pages[0].width < pages[0].height, "the text goes on upright, round the table");
    assert!(pages.len() > 2 && pages[1..].iter().all(|page| page.width > page.height));
    assert_eq!(index.anchors["wide"].page, 1);
    // In a quotation there is no turning.
    let quote = block(BlockKind::Quote { body: vec![table(3, 20)] });
    let (_, _, said) = set(article(vec![quote]), &PageStyle::default());
    assert_eq!(said.iter().map(|d| d.code.name).collect::<Vec<_>>(), ["table-split"]);
}

/// The sizes of the text on pages.
fn sizes(pages: &[Page]) -> BTreeSet<Length> {
    let items = pages.iter().flat_map(|page| &page.items);
    items
        .filter_map(|item| if let ItemKind::Glyphs(run) = &item.kind { Some(run.size) } else { None })
        .collect()
}

#[test]
fn a_table_in_smaller_type_cuts_no_word() {
    let (mut usual, mut smaller) = (None, 0);
    for columns in 2..30 {
        for nested in [false, true] {
            let cell = |blocks| Cell::new(blocks, Span::default());
            let row = |cells| Row { cells, span: Span::default() };
            let whole = |body| Table { body, ..Table::default() };
            let words = ["Diamondbacks", "1", "Attendance", "Win", "6"].into_iter().cycle();
            let words = || words.clone().take(columns).map(|word| cell(vec![paragraph(word)])).collect();
            let mut table = whole(vec![row(words()), row(words())]);
            if nested {
                table = whole(vec![row(vec![cell(vec![block(BlockKind::Table(Box::new(table)))])])]);
            }
            let (pages, _, said) = set(
                article(vec![paragraph("A"), block(BlockKind::Table(Box::new(table)))]),
                &PageStyle::default(),
            );
            if said.is_empty() {
                assert_eq!(words_of(&pages), 1 + 1 + 2 * columns, "{columns} {nested}");
                let sizes = sizes(&pages);
                smaller += usize::from(!sizes.is_subset(usual.get_or_insert_with(|| sizes.clone())));
            }
        }
    }
    assert!(smaller > 2, "{smaller}");
}

#[test]
fn a_short_cell_is_whole_beside_prose() {
    let cell = |words: &str| Cell::new(vec![paragraph(words)], Span::default());
    let prose = "The first of the events was a long one that needs more than one line to be told. ".repeat(4);
    let row = |cells: [Cell; 3]| Row { cells: cells.into(), span: Span::default() };
    let rows =
        ["12 Sept. 2001", "Jan. to Feb. 2010"].map(|date| row([cell(date), cell("row 1"), cell(&prose)]));
    let table = Table { body: rows.into(), ..Table::default() };
    let (pages, _, _) = set(article(vec![block(BlockKind::Table(Box::new(table)))]), &PageStyle::default());
    let items = pages.iter().flat_map(|page| &page.items);
    let lines: Vec<String> = items
        .filter_map(|i| if let ItemKind::Glyphs(run) = &i.kind { Some(run.text.clone()) } else { None })
        .collect();
    for whole in ["12 Sept. 2001", "Jan. to Feb. 2010", "row 1"] {
        assert!(lines.iter().any(|line| line.trim_end() == whole), "{whole}: {lines:?}");
    }
}

#[test]
fn cells_under_spanning_headers_name_them() {
    let mut wide = table(4, 3);
    if let BlockKind::Table(table) = &mut wide.kind {
        table.head[0].cells.pop();
        table.head[0].cells[1].col_span = 2;
        table.body[0].cells[0].scope = Some(Scope::Row);
        table.body[0].cells[0].row_span = 2;
        table.body[1].cells.remove(0);
    }
    let (_, index, _) = set(article(vec![wide]), &PageStyle::default());
    let named: Vec<usize> = index.structure.headers().values().map(Vec::len).collect();
    // Two rows beside the header that spans them, and one that only has those above.
    assert_eq!(named, [2, 2, 2, 2, 1, 1, 1]);
    let (_, index, _) = set(article(vec![table(4, 3)]), &PageStyle::default());
    assert!(index.structure.headers().values().all(Vec::is_empty), "scopes say it");
}

#[test]
fn rows_that_lack_cells_are_whole_in_the_structure() {
    let mut ragged = table(4, 3);
    if let BlockKind::Table(table) = &mut ragged.kind {
        table.body[0].cells.truncate(1);
        table.body[1].cells[1].row_span = 2;
        table.body[1].cells.truncate(2);
        table.body[2].cells.clear();
    }
    assert_whole(ragged, 3);
    // A span that leaves its row no place for another cell; columns in which none starts are none.
    let mut wide = table(2, 2);
    if let BlockKind::Table(table) = &mut wide.kind {
        table.body[0].cells[0].col_span = u16::MAX;
        table.body[0].cells[1].row_span = u16::MAX;
    }
    assert_whole(wide, 3);
}

#[test]
fn a_table_in_a_table_in_a_list_stays_in_its_column() {
    let mut outer = table(3, 3);
    if let BlockKind::Table(table) = &mut outer.kind {
        table.body[0].cells[1].blocks = vec![self::table(2, 2)];
    }
    let items = vec![ListItem { blocks: vec![outer], checked: None, span: Span::default() }];
    let list = block(BlockKind::List { marker: Marker::Bullet, tight: true, items });
    let (pages, index, said) = set(article(vec![list]), &PageStyle::default());
    assert_sound(&pages, &index);
    assert!(said.is_empty());
    assert_eq!(words_of(&pages), 1 + 1 + 8 + 4);
}

#[test]
fn an_image_in_a_table_has_a_column_to_be_seen_in() {
    let image = |source: &str| {
        let image = Image { source: source.into(), ..Image::default() };
        let image = Inline::new(InlineKind::Image(Box::new(image)), Span::default());
        block(BlockKind::Paragraph { content: vec![image] })
    };
    let cell = |block| Cell::new(vec![block], Span::default());
    let row = |source| {
        let words = (0..3).map(|_| cell(paragraph("Many words that would like to stand on a single line.")));
        Row { cells: words.chain([cell(image(source))]).collect(), span: Span::default() }
    };
    let table = Table { body: vec![row("a.gif"), row("No such picture.gif")], ..Table::default() };
    let mut document = Document {
        articles: vec![article(vec![block(BlockKind::Table(Box::new(table)))])],
        ..Document::default()
    };
    document.assets.insert("a.gif".into(), gif(100));
    let (limits, mut sink, mut pages) = (Limits::default(), Vec::new(), Pages::default());
    let mut cx = WriteContext::new("-", &limits, &mut sink);
    let images = ImageSizes::measured(&document, &mut cx);
    typeset(&document, &images, &FontLibrary::embedded(), &PageStyle::default(), &mut cx, &mut pages)
        .unwrap();
    let items = || pages.0.iter().flat_map(|page| &page.items).map(|item| &item.kind);
    let width =
        items().find_map(|kind| if let ItemKind::Image { width, .. } = kind { Some(*width) } else { None });
    assert!(width > Some(Length::pt(40)), "{width:?}");
    let words: Vec<&str> = items()
        .filter_map(|kind| if let ItemKind::Glyphs(run) = kind { Some(&*run.text) } else { None })
        .collect();
    assert!(words.iter().any(|text| text.trim_end().ends_with("picture.gif")), "{words:?}");
}
