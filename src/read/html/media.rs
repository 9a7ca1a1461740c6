//! Pictures of a wiki: what it has around them, and what it calls them.

use super::block::Flow;
use super::build::{Builder, shows};
use super::tree::{Element, NodeId};
use crate::model::{Block, BlockKind, Inline};
use percent_encoding::percent_decode_str;

impl Builder<'_, '_, '_> {
    /// Whether an element is a wiki's frame of a picture, a sound or a film.
    pub(super) fn is_media(&self, element: &Element) -> bool {
        let kinds = element.peek("typeof").filter(|_| self.origin.parsoid).unwrap_or_default();
        kinds.split_ascii_whitespace().any(|kind| kind == "mw:File" || kind.starts_with("mw:File/"))
    }

    /// The name of a file of the wiki, as Parsoid writes it: `./File:Name.jpg`.
    pub(super) fn file_of_wiki(&self, element: &Element) -> Option<String> {
        let (_, name) = element.peek("resource")?.strip_prefix("./")?.split_once(':')?;
        element.use_names(&["resource", "src", "srcset"]);
        Some(percent_decode_str(name).decode_utf8_lossy().replace('_', " "))
    }

    /// Whether an element is not a picture and stands for a file of the wiki: a sound, a film, a file that it
    /// has not.
    pub(super) fn stands_for_file(&self, element: &Element) -> bool {
        let stands = matches!(element.name(), "audio" | "video") || element.has_class("mw-broken-media");
        stands && self.origin.parsoid && element.peek("resource").is_some_and(|file| file.starts_with("./"))
    }

    /// The picture that a link holds when it leads to what the wiki says about it.
    pub(super) fn only_picture(&self, link: NodeId, element: &Element) -> Option<NodeId> {
        let tree = self.tree;
        let describes = element.has_class("mw-file-description") || element.has_class("image");
        let framed =
            tree.nodes[link].parent.and_then(|id| tree.element(id)).is_some_and(|e| self.is_media(e));
        let mut children = tree.nodes[link].children.iter().copied().filter(|id| !tree.is_blank(*id));
        let (only, None) = (children.next()?, children.next()) else { return None };
        let is_picture = tree.name(only) == "img" || tree.element(only)?.has_class("mw-broken-media");
        (is_picture && (describes || framed)).then_some(only)
    }

    /// A gallery: a list of pictures with their captions is a figure of figures, as in wikitext.
    pub(super) fn gallery(&mut self, id: NodeId) -> Option<Block> {
        let tree = self.tree;
        let (mut figures, mut caption) = (Vec::new(), Vec::new());
        for &item in &tree.nodes[id].children {
            let Some(element) = tree.element(item) else { continue };
            if element.has_class("gallerycaption") {
                caption = self.inlines(item);
            } else if element.name() == "li" {
                figures.extend(self.gallery_box(item));
            }
        }
        if figures.len() == 1 && caption.is_empty() {
            return figures.pop();
        }
        if figures.is_empty() && caption.is_empty() {
            return None;
        }
        let kind = BlockKind::Figure { body: figures, caption };
        Some(Block { kind, attr: None, span: self.span(id) })
    }

    fn gallery_box(&mut self, item: NodeId) -> Option<Block> {
        let tree = self.tree;
        let (mut body, mut caption): (Flow, Vec<Inline>) = Default::default();
        // MediaWiki's own pages have another division around both.
        let mut parts = tree.nodes[item].children.clone();
        while let [only] = parts.iter().copied().filter(|id| !tree.is_blank(*id)).collect::<Vec<_>>()[..]
            && !tree.element(only)?.has_class("thumb")
            && tree.name(only) == "div"
        {
            parts.clone_from(&tree.nodes[only].children);
        }
        for part in parts {
            if tree
                .element(part)
                .is_some_and(|e| e.has_class("gallerytext") || e.has_class("gallerytextwrapper"))
            {
                caption = self.inlines(part);
            } else {
                self.within(|builder| builder.child(part, &mut body));
            }
        }
        body.end_paragraph();
        if body.blocks.is_empty() && !shows(&caption) {
            return None;
        }
        Some(Block {
            kind: BlockKind::Figure { body: body.blocks, caption },
            attr: None,
            span: self.span(item),
        })
    }
}
