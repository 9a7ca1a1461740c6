//! What blocks look like as text.

use super::{Links, Text};
use crate::diagnostic::Ignore;
use crate::format::{Limits, WriteContext, Writer};
use crate::model::*;

fn inline(text: &str) -> Inline {
    Inline::new(InlineKind::Text { text: text.into() }, Span::default())
}

fn block(kind: BlockKind) -> Block {
    Block::new(kind, Span::default())
}

fn paragraph(text: &str) -> Block {
    block(BlockKind::Paragraph { content: vec![inline(text)] })
}

fn cell(text: &str) -> Cell {
    Cell::new(vec![paragraph(text)], Span::default())
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells, span: Span::default() }
}

fn table(head: Vec<Row>, body: Vec<Row>) -> Block {
    block(BlockKind::Table(Box::new(Table { head, body, ..Table::default() })))
}

fn document(blocks: Vec<Block>, notes: Vec<Note>) -> Document {
    Document { articles: vec![Article { blocks, notes, ..Article::default() }], ..Document::default() }
}

fn written(document: &Document, writer: &Text) -> String {
    let (limits, mut sink, mut out) = (Limits::default(), Ignore, Vec::new());
    writer.write(document, &mut out, &mut WriteContext::new("-", &limits, &mut sink)).unwrap();
    String::from_utf8(out).unwrap()
}

fn blocks(blocks: Vec<Block>, writer: &Text) -> String {
    written(&document(blocks, Vec::new()), writer)
}

#[test]
fn cells_span_columns_and_rows() {
    let wide = Cell { col_span: 2, ..cell("both") };
    let tall = Cell { row_span: 2, ..cell("tall") };
    let drawn = table(
        vec![row(vec![cell("a"), wide])],
        vec![row(vec![tall, cell("1"), cell("2")]), row(vec![cell("3"), cell("日本")])],
    );
    assert_eq!(
        blocks(vec![drawn.clone()], &Text::default()),
        "\
┌──────┬──────────┐
│ a    │ both     │
┝━━━━━━┿━━━┯━━━━━━┥
│ tall │ 1 │ 2    │
│      ├───┼──────┤
│      │ 3 │ 日本 │
└──────┴───┴──────┘
"
    );
    assert_eq!(
        blocks(vec![drawn], &Text { ascii: true, ..Text::default() }),
        "\
+------+----------+
| a    | both     |
+======+===+======+
| tall | 1 | 2    |
|      +---+------+
|      | 3 | 日本 |
+------+---+------+
"
    );
}

#[test]
fn a_table_wider_than_the_page_is_records() {
    let words = ["Electroencephalography", "Magnetoencephalography"];
    let drawn = table(
        vec![row(vec![cell("Name"), cell("Other")])],
        vec![row(words.map(cell).to_vec()), row(vec![cell("x"), cell("y")])],
    );
    assert_eq!(
        blocks(vec![drawn], &Text { width: 40, ..Text::default() }),
        "\
Name:   Electroencephalography
Other:  Magnetoencephalography

Name:   x
Other:  y
"
    );
}

#[test]
fn tables_inside_tables_take_linear_time() {
    let mut inner = table(vec![], vec![row(vec![cell("x")])]);
    for _ in 0..60 {
        inner = table(vec![], vec![row(vec![Cell::new(vec![inner], Span::default())])]);
    }
    assert!(blocks(vec![inner], &Text::default()).contains('x'));
}

#[test]
fn spans_beyond_the_table_are_cut() {
    let huge = Cell { col_span: u16::MAX, row_span: u16::MAX, ..cell("a") };
    let drawn = "┌───┐\n│ a │\n└───┘\n";
    assert_eq!(blocks(vec![table(vec![], vec![row(vec![huge])])], &Text::default()), drawn);
}

#[test]
fn notes_and_addresses_are_gathered_in_one_series() {
    let link = |url: &str, words: &str| {
        let link = Link { target: Target::Url(url.into()), content: vec![inline(words)] };
        Inline::new(InlineKind::Link(Box::new(link)), Span::default())
    };
    let call = |id| Inline::new(InlineKind::Note { note: NoteId(id) }, Span::default());
    let note = |content| Note::new(vec![block(BlockKind::Paragraph { content })], Span::default());
    let content = vec![
        inline("A"),
        call(1),
        inline(" "),
        link("https://a.org/", "a.org"),
        inline(" "),
        link("https://b.org", "b"),
        call(1),
    ];
    let body = vec![block(BlockKind::Paragraph { content })];
    let notes = vec![note(vec![inline("uncalled")]), note(vec![link("https://c.org", "c"), call(1)])];
    let document = document(body, notes);
    let with = |links| written(&document, &Text { links, ..Text::default() });
    assert_eq!(
        with(Links::References),
        "\
A[1] a.org b[2][1]

------------------------
[1] c <https://c.org>[1]
[2] https://b.org
[3] uncalled
"
    );
    assert!(with(Links::Inline).starts_with("A[1] a.org b <https://b.org>[1]\n"));
    assert!(with(Links::Dropped).starts_with("A[1] a.org b[1]\n"));
}

#[test]
fn raised_digits_stay_apart() {
    let raised = |text: &str, ascii| {
        let style = InlineKind::Styled { style: Style::Superscript, content: vec![inline(text)] };
        let content = vec![inline("10"), Inline::new(style, Span::default())];
        blocks(vec![block(BlockKind::Paragraph { content })], &Text { ascii, ..Text::default() })
    };
    assert_eq!(raised("-6", false), "10⁻⁶\n");
    assert_eq!(raised("6", true), "10^6\n");
    assert_eq!(raised("2n", false), "10^(2n)\n");
    assert_eq!(raised("th", false), "10th\n");
}

#[test]
fn lists_nest_and_number() {
    let item = |blocks| ListItem { blocks, checked: None, span: Span::default() };
    let list = |marker, items| block(BlockKind::List { marker, tight: true, items });
    let inner = list(Marker::Bullet, vec![item(vec![paragraph("b")]), item(vec![])]);
    let roman = Marker::Ordered { start: 3, style: NumberStyle::LowerRoman };
    let outer = list(roman, vec![item(vec![inner]), item(vec![paragraph("c d e f g h")])]);
    assert_eq!(
        blocks(vec![outer], &Text { width: 20, ..Text::default() }),
        "\
iii. - b
     -
iv.  c d e f g h
"
    );
}

#[test]
fn deep_nesting_leaves_room_for_words() {
    let mut quote = paragraph("some words that are to be read");
    for _ in 0..40 {
        quote = block(BlockKind::Quote { body: vec![quote] });
    }
    let text = blocks(vec![quote], &Text { width: 40, ..Text::default() });
    assert!(text.lines().all(|line| line.ends_with(char::is_alphabetic)), "{text}");
    assert_eq!(text.lines().count(), 3, "{text}");
}
