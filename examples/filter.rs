//! A filter: a document is changed between reading and writing. This one lifts every heading by a
//! level and leaves links to other articles as their words.
//!
//! `cargo run --example filter -- input/boris-bondarev.txt`

use fanfold::Converter;
use fanfold::model::visit::{VisitMut, walk_article_mut, walk_block_mut, walk_inline_mut};
use fanfold::model::{Block, BlockKind, Inline, InlineKind, Level, Style, Target};
use std::{env, fs, io};

struct Filter;

impl VisitMut<'_> for Filter {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            *level = Level::clamped(usize::from(level.get()) - 1);
        }
        walk_block_mut(self, block);
    }

    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Link(link) = &mut inline.kind
            && matches!(link.target, Target::Article { .. })
        {
            let content = std::mem::take(&mut link.content);
            inline.kind = InlineKind::Styled { style: Style::Span, content };
        }
        walk_inline_mut(self, inline);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let input = env::args().nth(1).unwrap_or("input/boris-bondarev.txt".into());
    let converter = Converter::default();
    let mut diagnostics = Vec::new();
    let mut cx = converter.read_context(&input, &mut diagnostics);
    let mut document = converter.read(&fs::read(&input)?, None, &mut cx)?;
    for article in &mut document.articles {
        walk_article_mut(&mut Filter, article);
    }
    let mut cx = converter.write_context(&input, &mut diagnostics);
    converter.write(&document, "json", &mut io::stdout().lock(), &mut cx)?;
    Ok(())
}
