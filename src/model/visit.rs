//! Walking a document: read it with [`Visit`], change it in place with [`VisitMut`].
//!
//! Each method's default walks on into the children, so that an implementation overrides only what
//! it looks for and calls the `walk_…` function where it wants the children too. What it finds it may keep
//! by reference: the nodes live as long as the document does.

use super::*;

macro_rules! visitor {
    ($(#[$doc:meta])* $name:ident, $walk_block:ident, $walk_inline:ident, $walk_article:ident, [$($mutability:tt)?]) => {
        $(#[$doc])*
        pub trait $name<'d> {
            /// A block, of whatever kind.
            fn block(&mut self, block: &'d $($mutability)? Block) {
                $walk_block(self, block);
            }
            /// An inline, of whatever kind.
            fn inline(&mut self, inline: &'d $($mutability)? Inline) {
                $walk_inline(self, inline);
            }
        }

        /// Visits an article's title, body and notes, in that order.
        pub fn $walk_article<'d, V: $name<'d> + ?Sized>(v: &mut V, article: &'d $($mutability)? Article) {
            for i in & $($mutability)? article.meta.title { v.inline(i) }
            for b in & $($mutability)? article.blocks { v.block(b) }
            for n in & $($mutability)? article.notes { for b in & $($mutability)? n.blocks { v.block(b) } }
        }

        /// Visits a block's children in reading order.
        pub fn $walk_block<'d, V: $name<'d> + ?Sized>(v: &mut V, block: &'d $($mutability)? Block) {
            match & $($mutability)? block.kind {
                BlockKind::Heading { content, .. } | BlockKind::Paragraph { content } => {
                    for i in content { v.inline(i) }
                }
                BlockKind::Quote { body } | BlockKind::Aside { body, .. } => for b in body { v.block(b) },
                BlockKind::List { items, .. } => {
                    for item in items { for b in & $($mutability)? item.blocks { v.block(b) } }
                }
                BlockKind::Definitions { items } => for item in items {
                    for term in & $($mutability)? item.terms { for i in term { v.inline(i) } }
                    for detail in & $($mutability)? item.details { for b in detail { v.block(b) } }
                },
                BlockKind::Table(table) => {
                    let table = & $($mutability)? **table;
                    for i in & $($mutability)? table.caption { v.inline(i) }
                    for rows in [& $($mutability)? table.head, & $($mutability)? table.body, & $($mutability)? table.foot] {
                        for row in rows { for cell in & $($mutability)? row.cells {
                            for b in & $($mutability)? cell.blocks { v.block(b) }
                        } }
                    }
                }
                BlockKind::Infobox(infobox) => {
                    let infobox = & $($mutability)? **infobox;
                    for i in & $($mutability)? infobox.title { v.inline(i) }
                    if let Some(image) = & $($mutability)? infobox.image {
                        for i in & $($mutability)? image.caption { v.inline(i) }
                    }
                    for row in & $($mutability)? infobox.rows {
                        for i in & $($mutability)? row.label { v.inline(i) }
                        for b in & $($mutability)? row.value { v.block(b) }
                    }
                }
                BlockKind::Figure { body, caption } => {
                    for b in body { v.block(b) }
                    for i in caption { v.inline(i) }
                }
                BlockKind::Unknown(unknown) => for i in & $($mutability)? unknown.content { v.inline(i) },
                BlockKind::Code { .. } | BlockKind::Math(_) | BlockKind::Notes { .. } | BlockKind::Rule | BlockKind::Unresolved(_) => {}
            }
        }

        /// Visits an inline's children in reading order.
        pub fn $walk_inline<'d, V: $name<'d> + ?Sized>(v: &mut V, inline: &'d $($mutability)? Inline) {
            match & $($mutability)? inline.kind {
                InlineKind::Styled { content, .. } => for i in content { v.inline(i) },
                InlineKind::Link(link) => for i in & $($mutability)? link.content { v.inline(i) },
                InlineKind::Unknown(unknown) => for i in & $($mutability)? unknown.content { v.inline(i) },
                InlineKind::Text { .. } | InlineKind::Code { .. } | InlineKind::Math(_) | InlineKind::Image(_)
                | InlineKind::Note { .. } | InlineKind::SoftBreak | InlineKind::HardBreak
                | InlineKind::Unresolved(_) => {}
            }
        }
    };
}

visitor!(
    /// Reads a document.
    Visit, walk_block, walk_inline, walk_article, []
);
visitor!(
    /// Changes a document in place.
    VisitMut, walk_block_mut, walk_inline_mut, walk_article_mut, [mut]
);

/// The links of a block, in reading order.
///
/// ```
/// use fanfold::Converter;
/// use fanfold::model::{Target, visit};
///
/// let (converter, mut diagnostics) = (Converter::default(), Vec::new());
/// let mut cx = converter.read_context("cat.md", &mut diagnostics);
/// let document = converter.read(b"See [its house](https://example.org/).", None, &mut cx)?;
/// let links = visit::links(&document.articles[0].blocks[0]);
/// assert_eq!(links[0].target, Target::Url("https://example.org/".into()));
/// # Ok::<(), fanfold::format::Error>(())
/// ```
pub fn links(block: &Block) -> Vec<&Link> {
    struct Links<'d>(Vec<&'d Link>);
    impl<'d> Visit<'d> for Links<'d> {
        fn inline(&mut self, inline: &'d Inline) {
            if let InlineKind::Link(link) = &inline.kind {
                self.0.push(link);
            }
            walk_inline(self, inline);
        }
    }
    let mut links = Links(Vec::new());
    links.block(block);
    links.0
}

/// Hands over every text that a document shows, with its place, in reading order.
pub(crate) fn each_text(document: &Document, take: &mut dyn FnMut(&str, Span)) {
    struct Texts<'t>(&'t mut dyn FnMut(&str, Span));
    impl Visit<'_> for Texts<'_> {
        fn block(&mut self, block: &Block) {
            match &block.kind {
                BlockKind::Code { text, .. } => (self.0)(text, block.span),
                BlockKind::Math(formula) => (self.0)(&formula.tex, block.span),
                _ => {}
            }
            walk_block(self, block);
        }

        fn inline(&mut self, inline: &Inline) {
            match &inline.kind {
                InlineKind::Text { text } | InlineKind::Code { text } => (self.0)(text, inline.span),
                InlineKind::Math(formula) => (self.0)(&formula.tex, inline.span),
                _ => {}
            }
            walk_inline(self, inline);
        }
    }
    let mut texts = Texts(take);
    for article in &document.articles {
        walk_article(&mut texts, article);
    }
}
