use super::*;
use crate::format::Limits;
use crate::model::{Marker, Target, plain_text};

fn read(source: &str) -> (Document, Vec<Diagnostic>) {
    let (limits, mut sink) = (Limits::default(), Vec::new());
    let document =
        Article.read(source.as_bytes(), &mut ReadContext::new("dir/name.txt", &limits, &mut sink)).unwrap();
    (document, sink)
}

/// A document in a few characters: what each block is and says.
fn shape(blocks: &[Block]) -> String {
    let shapes: Vec<_> = blocks
        .iter()
        .map(|b| match &b.kind {
            BlockKind::Heading { level, content } => format!("h{}:{}", level.get(), plain_text(content)),
            BlockKind::Paragraph { content } => plain_text(content),
            BlockKind::List { marker, items, .. } => {
                let items: Vec<_> = items.iter().map(|i| shape(&i.blocks)).collect();
                let mark = match marker {
                    Marker::Bullet => "-".to_owned(),
                    Marker::Ordered { start, .. } => format!("{start}."),
                };
                format!("{mark}[{}]", items.join("; "))
            }
            BlockKind::Infobox(infobox) => {
                let rows: Vec<_> = infobox
                    .rows
                    .iter()
                    .map(|r| format!("{}={}", plain_text(&r.label), shape(&r.value)))
                    .collect();
                format!("infobox({}: {})", plain_text(&infobox.title), rows.join("; "))
            }
            other => panic!("the format has no {other:?}"),
        })
        .collect();
    shapes.join(" | ")
}

fn body(source: &str) -> String {
    shape(&read(&format!("= T =\n\n{source}")).0.articles[0].blocks)
}

#[test]
fn headings_of_every_level_with_and_without_spaces() {
    assert_eq!(
        body("==A==\n=== B ===\n====C====\n=====D=====\n======E======"),
        "h2:A | h3:B | h4:C | h5:D | h6:E"
    );
    assert_eq!(body("a == b\n== =="), "a == b | == ==", "these are no headings");
    assert_eq!(body("=======G======="), "=======G=======", "there is no seventh level");
}

#[test]
fn an_infobox_keeps_its_order_and_colons() {
    assert_eq!(
        body("Cap\n- Born: 1980\n- Time: 10:30: late\n- Note:\n- bare\n\nLead."),
        "infobox(Cap: Born=1980; Time=10:30: late; Note=; =bare) | Lead."
    );
}

#[test]
fn an_introduced_list_is_no_infobox() {
    assert_eq!(body("It has these parts:\n- a: b\n- c: d"), "It has these parts: | -[a: b; c: d]");
    assert_eq!(body("Rivers\n- Spree (east)\n- Havel: west"), "Rivers | -[Spree (east); Havel: west]");
    assert_eq!(body("Lead.\n\nCap\n- Born: 1980"), "Lead. | Cap | -[Born: 1980]", "only after the title");
}

#[test]
fn lists_nest_by_two_spaces() {
    assert_eq!(body("- a\n  - b\n    - c\n  - d\n- e"), "-[a | -[b | -[c]; d]; e]");
    assert_eq!(body("- a\n      - far\n- b"), "-[a | -[far]; b]", "one step deeper, however far");
    assert_eq!(body("- a\n  1. b\n  2. c\n  - d"), "-[a | 1.[b; c] | -[d]]");
}

#[test]
fn numbers_are_never_changed() {
    assert_eq!(body("1. a\n2. b\n4. c"), "1.[a; b] | 4.[c]");
    assert_eq!(body("7. a\n\n8. b"), "7.[a] | 8.[b]");
    assert_eq!(body("1999. A year"), "1999. A year");
    assert_eq!(body("-5 degrees\n1.5 litres"), "-5 degrees | 1.5 litres");
}

#[test]
fn an_item_can_lead_to_a_section_of_another_article() {
    let (document, _) =
        read("= T =\n- War (2022–present)#People and places\n- C# and F# languages\n- We're #1");
    let BlockKind::List { items, .. } = &document.articles[0].blocks[0].kind else { panic!("a list") };
    let inline = |i: usize| match &items[i].blocks[0].kind {
        BlockKind::Paragraph { content } => content[0].clone(),
        other => panic!("{other:?}"),
    };
    let InlineKind::Link(link) = inline(0).kind else { panic!("a link") };
    assert_eq!(plain_text(&link.content), "War (2022–present) § People and places");
    let target =
        Target::Article { title: "War (2022–present)".into(), section: Some("People and places".into()) };
    assert_eq!(link.target, target);
    assert!(matches!(inline(1).kind, InlineKind::Text { .. }));
    assert!(matches!(inline(2).kind, InlineKind::Text { .. }));
}

#[test]
fn bare_addresses_are_links_without_the_sentence_around_them() {
    let (document, _) = read("= T =\nSee (https://example.org/a_(b)), http://x.org. And http:// or httpd.");
    let BlockKind::Paragraph { content } = &document.articles[0].blocks[0].kind else { panic!() };
    let links: Vec<_> = content
        .iter()
        .filter_map(|i| match &i.kind {
            InlineKind::Link(link) => Some(plain_text(&link.content)),
            _ => None,
        })
        .collect();
    assert_eq!(links, ["https://example.org/a_(b)", "http://x.org"]);
}

#[test]
fn a_file_holds_many_articles() {
    let (document, sink) = read("= A =\n\nCap\n- K: v\n\nText\n= B =\n\nCap\n- K: w\n");
    assert_eq!(sink, []);
    let shapes: Vec<_> = document.articles.iter().map(|a| shape(&a.blocks)).collect();
    assert_eq!(shapes, ["infobox(Cap: K=v) | Text", "infobox(Cap: K=w)"]);
    assert_eq!(document.articles[1].span, Span::new(24, 41));
}

#[test]
fn text_without_a_title_is_read_under_its_files_name() {
    let (document, sink) = read("\n\nSome text.\n");
    assert_eq!(plain_text(&document.articles[0].meta.title), "name");
    assert_eq!(sink[0].code.name, "no-title");
    assert_eq!(shape(&document.articles[0].blocks), "Some text.");
    assert_eq!(read("").0.articles.len(), 1, "an empty file is an empty article");
}

#[test]
fn line_endings_and_marks_do_not_matter() {
    let lf = read("= T =\n\nC\n- K: v\n\nText\n- a\n  - b").0;
    for other in [
        "= T =\r\n\r\nC\r\n- K: v\r\n\r\nText\r\n- a\r\n  - b\r\n",
        "= T =\r\rC\r- K: v\r\rText\r- a\r  - b",
        "\u{FEFF}= T =\n\nC\n- K: v\n\nText\n- a\n  - b\n\n\n",
    ] {
        assert_eq!(shape(&read(other).0.articles[0].blocks), shape(&lf.articles[0].blocks));
    }
}

#[test]
fn texts_are_the_sources_own_bytes() {
    let source = "= T =\nSome  text\twith   gaps and é.\n- Page#Section\n";
    let (document, _) = read(source);
    struct Check<'a>(&'a str, usize);
    impl crate::model::visit::Visit<'_> for Check<'_> {
        fn inline(&mut self, inline: &model::Inline) {
            if let InlineKind::Text { text } = &inline.kind
                && text != " § "
            {
                assert_eq!(text.replace(' ', "\t"), self.0[inline.span.range()].replace(' ', "\t"));
                self.1 += 1;
            }
            crate::model::visit::walk_inline(self, inline);
        }
    }
    let mut check = Check(source, 0);
    crate::model::visit::walk_article(&mut check, &document.articles[0]);
    assert_eq!(check.1, 6);
}

#[test]
fn lists_deeper_than_the_limit_are_made_flat() {
    let source: String = (0..200).map(|i| format!("{}- x\n", "  ".repeat(i))).collect();
    let (document, sink) = read(&format!("= T =\n{source}"));
    assert_eq!(shape(&document.articles[0].blocks).matches('x').count(), 200, "no item is lost");
    assert_eq!(sink.len(), 200 - Limits::default().nesting);
    assert!(sink.iter().all(|d| d.code.name == "nesting-flattened"));
}
