//! Markdown: CommonMark and GFM with tables, footnotes, strikethrough, task lists, alerts, heading
//! attributes, definition lists, math and a metadata block.
//!
//! HTML in it is read as the HTML reader reads it, with what stands between its tags.

mod anchors;
mod bare_address;
mod close;
mod definition;
mod formula;
mod frame;
mod metadata;
mod reader;
#[cfg(test)]
mod tests;

use crate::decode::decode;
use crate::diagnostic::{Diagnostic, code};
use crate::format::{Error, Format, ReadContext, Reader};
use crate::model::{Article, Block, BlockKind, Document, Level, Meta, Span, plain_text};
use pulldown_cmark::Options;

/// Reads Markdown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Markdown;

impl Reader for Markdown {
    fn format(&self) -> Format {
        Format {
            name: "markdown",
            aliases: &["md", "commonmark", "gfm"],
            extensions: &["md", "markdown", "mkd", "mdown"],
            media_type: "text/markdown",
            text: true,
            description: "CommonMark and GitHub Flavored Markdown",
        }
    }

    fn detect(&self, head: &str) -> u8 {
        let signs = head
            .lines()
            .filter(|line| {
                let hashes = line.bytes().take_while(|&b| b == b'#').count();
                ((1..=6).contains(&hashes) && line[hashes..].starts_with(' '))
                    || line.starts_with("```")
                    || line.contains("](http")
            })
            .count();
        let metadata = head.starts_with("---\n") || head.starts_with("---\r\n");
        match signs {
            0 => 0,
            1 if !metadata => 40,
            _ => 70,
        }
    }

    fn read(&self, source: &[u8], cx: &mut ReadContext<'_>) -> Result<Document, Error> {
        let decoded = decode(source, cx)?;
        let text = &*decoded.text;
        let body = reader::read(text, decoded.start(), options(text), cx)?;
        cx.go_on()?;
        let (mut meta, mut blocks) = (body.meta, body.blocks);
        let title_is_heading = title(&mut meta, &mut blocks);
        anchors::anchors(&mut meta, title_is_heading, &mut blocks);
        if meta.title.is_empty() {
            cx.report(Diagnostic::new(&code::NO_TITLE, Span::default(), "the document has no title"));
        }
        let span = Span::new(decoded.start(), text.len());
        let source = decoded.source(cx.source_name(), self.format().name);
        let article = Article { meta, blocks, notes: body.notes, span, ..Article::default() };
        let (sources, articles, assets) = (vec![source], vec![article], body.assets);
        let document = Document { sources, articles, assets, ..Document::default() };
        cx.settle(text, &document, MARKS);
        Ok(document)
    }
}

/// What Markdown and the HTML in it mark with.
const MARKS: &str = "\\`*_{}[]()<>#+-.!|~=:^&;\"'/$";

/// The extensions that are read. Named one by one: all of them would bring an older footnote
/// syntax and turn `~x~` from struck into lowered text.
fn options(text: &str) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    // With definition lists on, the fence of a div (`::: warning`) would be read as a definition.
    if !text.lines().any(|line| line.trim_start().starts_with(":::")) {
        options |= Options::ENABLE_DEFINITION_LIST;
    }
    options
}

/// The title is what the metadata says, or else the first heading, where it opens the text and no
/// other heading is of level 1. A heading that is the title is not repeated in the body; whether there
/// was one is returned.
fn title(meta: &mut Meta, blocks: &mut Vec<Block>) -> bool {
    let is_top = |block: &Block| matches!(block.kind, BlockKind::Heading { level: Level::ONE, .. });
    if !blocks.first().is_some_and(is_top) || blocks.iter().skip(1).any(is_top) {
        return false;
    }
    let Some(BlockKind::Heading { content, .. }) = blocks.first().map(|block| &block.kind) else {
        return false;
    };
    if content.is_empty() || !(meta.title.is_empty() || plain_text(&meta.title) == plain_text(content)) {
        return false;
    }
    if let BlockKind::Heading { content, .. } = blocks.remove(0).kind {
        meta.title = content;
    }
    true
}
