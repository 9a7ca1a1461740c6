//! The model in short, for tests of readers.

use crate::model::visit::{Visit, walk_block, walk_inline};
use crate::model::{Block, BlockKind, Document, Inline, InlineKind};

/// The blocks of the first article in short: kinds with their words.
pub(super) fn sketch(document: &Document) -> String {
    struct Sketch(String);
    impl Visit<'_> for Sketch {
        fn block(&mut self, block: &Block) {
            let name = match &block.kind {
                BlockKind::Heading { level, .. } => format!("h{}", level.get()),
                BlockKind::Paragraph { .. } => "p".into(),
                BlockKind::Quote { .. } => "quote".into(),
                BlockKind::List { tight, .. } => if *tight { "list" } else { "loose" }.into(),
                BlockKind::Definitions { .. } => "dl".into(),
                BlockKind::Code { text, .. } => format!("code {text:?}"),
                BlockKind::Math(formula) => format!("math {:?}", formula.tex),
                BlockKind::Table(_) => "table".into(),
                BlockKind::Aside { role, .. } => format!("{role:?}"),
                BlockKind::Rule => "rule".into(),
                BlockKind::Figure { .. } => "figure".into(),
                BlockKind::Infobox(_) => "infobox".into(),
                other => format!("{other:?}"),
            };
            self.0 += &name;
            self.0.push('(');
            walk_block(self, block);
            self.0.push(')');
        }
        fn inline(&mut self, inline: &Inline) {
            match &inline.kind {
                InlineKind::Text { text } => self.0 += text,
                InlineKind::Code { text } => self.0 += &format!("`{text}`"),
                InlineKind::Math(formula) => self.0 += &format!("${}$", formula.tex),
                InlineKind::SoftBreak => self.0.push('␣'),
                InlineKind::HardBreak => self.0.push('↵'),
                InlineKind::Note { note } => self.0 += &format!("[^{}]", note.0),
                InlineKind::Image(image) => self.0 += &format!("![{}]", image.alt.as_deref().unwrap_or("?")),
                InlineKind::Styled { style, .. } => {
                    self.0 += &format!("{style:?}<");
                    walk_inline(self, inline);
                    self.0.push('>');
                }
                InlineKind::Link(link) => {
                    self.0 += &format!("{:?}<", link.target);
                    walk_inline(self, inline);
                    self.0.push('>');
                }
                InlineKind::Unresolved(_) | InlineKind::Unknown(_) => unreachable!(),
            }
        }
    }
    let mut sketch = Sketch(String::new());
    document.articles[0].blocks.iter().for_each(|block| sketch.block(block));
    sketch.0
}
