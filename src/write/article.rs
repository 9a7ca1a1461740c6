//! The plain article format itself: what its reader reads back as the same document.

use super::controls::Plain;
use crate::diagnostic::{Diagnostic, code};
use crate::format::{Error, Format, WriteContext, Writer};
use crate::model::{Block, BlockKind, Document, Infobox, Inline, InlineKind, Marker, Target, plain_text};
use std::fmt::Write;
use std::io::{self, Write as _};

/// Writes the plain article format.
///
/// It has titles, an infobox before the text, headings, paragraphs and lists. Of anything else the
/// words stay, a paragraph a line, with a diagnostic.
#[derive(Clone, Copy, Debug, Default)]
pub struct Article;

impl Writer for Article {
    fn format(&self) -> Format {
        Format {
            name: "article",
            aliases: &[],
            extensions: &["article"],
            media_type: "text/plain",
            text: true,
            description: "Wikipedia-style plain text: = Title =, ==Section==, - items",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let mut out = Plain::new(out);
        for (i, article) in document.articles.iter().enumerate() {
            cx.go_on()?;
            let mut text = String::new();
            if i > 0 {
                text.push('\n');
            }
            line(&mut text, format_args!("= {} =", plain_text(&article.meta.title)));
            for (i, block) in article.blocks.iter().enumerate() {
                text.push('\n');
                match &block.kind {
                    BlockKind::Infobox(infobox) if i == 0 => push_infobox(infobox, &mut text),
                    _ => push_block(block, &mut text, cx),
                }
            }
            for note in &article.notes {
                flatten(&plain_text(&note.blocks), "a note", note.span, &mut text, cx);
            }
            out.write_all(text.as_bytes())?;
        }
        out.report(document, cx);
        Ok(())
    }
}

fn line(text: &mut String, content: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(content);
    text.push('\n');
}

fn push_block(block: &Block, text: &mut String, cx: &mut WriteContext<'_>) {
    match &block.kind {
        BlockKind::Heading { level, content } => {
            // A heading of level 1 would start another article.
            let marks = "=".repeat(usize::from(level.get().max(2)));
            line(text, format_args!("{marks}{}{marks}", plain_text(content)));
        }
        BlockKind::Paragraph { content } => line(text, format_args!("{}", plain_text(content))),
        BlockKind::List { .. } => push_list(block, 0, text, cx),
        BlockKind::Rule => flatten("", "a rule", block.span, text, cx),
        _ => flatten(&plain_text(&block), "a block of this kind", block.span, text, cx),
    }
}

/// Writes the words of what the format has no form for.
fn flatten(words: &str, what: &str, span: crate::model::Span, text: &mut String, cx: &mut WriteContext<'_>) {
    let message = format!("the article format has no form for {what}; its words stay");
    cx.report(Diagnostic::new(&code::STRUCTURE_FLATTENED, span, message));
    for (i, words) in words.lines().enumerate() {
        if i > 0 {
            text.push('\n');
        }
        line(text, format_args!("{words}"));
    }
}

fn push_infobox(infobox: &Infobox, text: &mut String) {
    line(text, format_args!("{}", plain_text(&infobox.title)));
    for row in &infobox.rows {
        let value = match row.value.as_slice() {
            [Block { kind: BlockKind::Paragraph { content }, .. }] => item(content),
            blocks => plain_text(blocks).replace('\n', ", "),
        };
        match (plain_text(&row.label), value) {
            (label, value) if label.is_empty() => line(text, format_args!("- {value}")),
            (label, value) if value.is_empty() => line(text, format_args!("- {label}:")),
            (label, value) => line(text, format_args!("- {label}: {value}")),
        }
    }
}

fn push_list(list: &Block, depth: usize, text: &mut String, cx: &mut WriteContext<'_>) {
    let BlockKind::List { marker, items, .. } = &list.kind else { return };
    for (i, list_item) in items.iter().enumerate() {
        let mark = match marker {
            Marker::Bullet => "-".to_owned(),
            Marker::Ordered { start, .. } => format!("{}.", u64::from(*start) + i as u64),
        };
        let (mut own, mut inner) = (String::new(), Vec::new());
        for block in &list_item.blocks {
            match &block.kind {
                BlockKind::List { .. } => inner.push(block),
                kind => {
                    if !own.is_empty() {
                        own.push(' ');
                    }
                    match kind {
                        BlockKind::Paragraph { content } => own.push_str(&item(content)),
                        _ => {
                            let message =
                                "the article format has running text alone in items; the words stay";
                            cx.report(Diagnostic::new(&code::STRUCTURE_FLATTENED, block.span, message));
                            own.push_str(&plain_text(&block).replace('\n', " "));
                        }
                    }
                }
            }
        }
        text.extend(std::iter::repeat_n("  ", depth));
        line(text, format_args!("{}", format!("{mark} {own}").trim_end()));
        for block in inner {
            push_list(block, depth + 1, text, cx);
        }
    }
}

/// The words of an item; one that is a link to a section is written as the link.
fn item(content: &[Inline]) -> String {
    if let [Inline { kind: InlineKind::Link(link), .. }] = content
        && let Target::Article { title, section: Some(section) } = &link.target
    {
        return format!("{title}#{section}");
    }
    plain_text(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Limits, ReadContext};

    fn there_and_back(text: &str) -> String {
        let (limits, mut sink, mut out) = (Limits::default(), Vec::new(), Vec::new());
        let mut cx = ReadContext::new("a.txt", &limits, &mut sink);
        let document = crate::registry().reader("article").unwrap().read(text.as_bytes(), &mut cx).unwrap();
        let mut cx = WriteContext::new("a.txt", &limits, &mut sink);
        Article.write(&document, &mut out, &mut cx).unwrap();
        assert_eq!(sink, []);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_article_comes_back_as_it_was() {
        let text = "= A =\n\nBox\n- Key: Value: more\n- Other: x\n\nA https://b.org c.\n\n==D==\n\n- one\n  - two\n    3. three\n- Page#Section\n\n======Deep======\n\nLast.\n\n= B =\n\nText.\n";
        assert_eq!(there_and_back(text), text);
        let seed = include_str!("../../input/boris-bondarev.txt");
        let once = there_and_back(seed);
        assert_eq!(there_and_back(&once), once);
        // But for blank lines, which say nothing, and spaces around headings.
        let solid = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(solid(&once), solid(seed));
    }
}
