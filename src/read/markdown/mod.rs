//! Markdown as people write it: CommonMark, with what GitHub, pandoc and Obsidian add to it.
//!
//! HTML in it is read as the HTML reader reads it, with what stands between its tags.

mod anchors;
mod attributes;
mod bare_address;
mod begin;
mod blocks;
mod calls;
mod cell;
mod citation;
mod cjk_strong;
mod close;
mod code_block;
mod comment;
mod contents;
mod creator;
mod definition;
mod dialect;
mod drawn;
mod emoji;
mod example;
mod fence;
mod formula;
mod frame;
mod given;
mod grid;
mod heading_links;
mod loose_links;
mod marks;
mod mask;
mod masked;
mod metadata;
mod options;
mod place;
mod reader;
mod region;
mod ruled;
mod tables;
mod tag_lines;
#[cfg(test)]
mod tests;
mod tex;
mod value;
mod wiki;

use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::{Error, Format, ReadContext, Reader};
use crate::model::{Article, Block, BlockKind, Document, Level, Meta, Span, plain_text};
pub use dialect::Dialect;
use metadata::Asked;

/// Reads Markdown.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Markdown {
    /// Whose Markdown it is; by default everyone's.
    pub dialect: Dialect,
}

impl Markdown {
    /// Reads one dialect.
    pub fn of(dialect: Dialect) -> Self {
        Markdown { dialect }
    }
}

impl Reader for Markdown {
    fn format(&self) -> Format {
        let (aliases, extensions, description): (&[_], &[_], _) = match self.dialect {
            Dialect::Any => (
                &["md"],
                &["md", "markdown", "mkd", "mdown", "qmd", "rmd"],
                "Markdown with what GitHub, pandoc and Obsidian add to it",
            ),
            Dialect::CommonMark => (&[], &[], "CommonMark and nothing else"),
            Dialect::GitHub => (&["github"], &[], "GitHub's Markdown"),
            Dialect::Pandoc => (&[], &[], "pandoc's Markdown"),
            Dialect::Obsidian => (&[], &[], "Obsidian's Markdown"),
        };
        let (name, media_type) = (self.dialect.name(), "text/markdown");
        Format { name, aliases, extensions, media_type, text: true, description }
    }

    fn detect(&self, head: &str) -> u8 {
        if self.dialect != Dialect::Any {
            return 0;
        }
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
        let body = reader::read(text, decoded.start(), self.dialect, cx)?;
        cx.go_on()?;
        let (mut meta, mut blocks, mut notes) = (body.meta, body.blocks, body.notes);
        if self.dialect.github() {
            emoji::in_html(text, &mut blocks, &mut notes);
        }
        let title_is_heading = title(&mut meta, &mut blocks);
        let asked = body.asked;
        if asked.contents {
            let at = decoded.start();
            blocks.insert(0, contents::asked(Span::new(at, at)));
        }
        anchors::anchors(&mut meta, title_is_heading, &mut blocks);
        contents::contents(&mut blocks, asked.depth);
        if meta.title.is_empty() {
            let message = "the document has no title";
            cx.report(Diagnostic::new(&code::NO_TITLE, Span::default(), message).remedy(Remedy::Title));
        }
        let span = Span::new(decoded.start(), text.len());
        let source = decoded.source(cx.source_name(), self.format().name);
        let Asked { citing, own, .. } = asked;
        let article = Article { meta, blocks, notes, citing, own, span, ..Article::default() };
        let (sources, articles, assets) = (vec![source], vec![article], body.assets);
        let document = Document { sources, articles, assets, ..Document::default() };
        cx.settle(text, &document, MARKS);
        Ok(document)
    }
}

/// What Markdown and the HTML in it mark with.
const MARKS: &str = "\\`*_{}[]()<>#+-.!|~=:^&;\"'/$%?@";

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
