//! Pictures: which of their addresses counts, and what a wiki has around them and calls them.

use super::block::Flow;
use super::build::{Builder, shows};
use super::name;
use super::tree::{Element, NodeId};
use crate::model::{Block, BlockKind, Inline};
use percent_encoding::percent_decode_str;

/// Where pages have the address of a picture that a script loads once it is seen.
const LATE: [&str; 5] = ["data-src", "data-original", "data-lazy-src", "data-full-src", "data-srcset"];

/// Elements and texts around a picture and its caption, at most.
const MOST_AROUND_PICTURE: usize = 64;

/// What is more than a picture and its caption.
const NOT_AROUND_PICTURE: [&str; 20] = [
    "figure",
    "table",
    "ul",
    "ol",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "iframe",
    "video",
    "audio",
    "object",
    "form",
    "math",
    "svg",
    "pre",
    "blockquote",
];

impl Builder<'_, '_, '_> {
    /// The address of a picture: the one that is loaded late, before what stands in its place; else its own;
    /// else the largest of a set, its own or that of the `<picture>` around it.
    pub(super) fn source_of_picture(&self, id: NodeId, element: &Element) -> String {
        let own = element.attribute("src").unwrap_or_default().trim();
        element.use_names(&["loading", "decoding", "sizes", "srcset", "fetchpriority"]);
        let late =
            LATE.iter().find_map(|name| element.attribute(name).filter(|value| !value.trim().is_empty()));
        if let Some(late) = late {
            return largest(late).unwrap_or(own).to_owned();
        }
        if !own.is_empty() {
            return own.to_owned();
        }
        let around = self.tree.parent(id).filter(|id| self.tree.name(*id) == "picture");
        let sources = around.into_iter().flat_map(|picture| self.tree.children(picture));
        let sets = sources.filter_map(|id| {
            let source = self.tree.element(id).filter(|e| e.name() == "source")?;
            source.attribute("media");
            let of_kind =
                source.attribute("type").is_none_or(|kind| !matches!(kind, "image/webp" | "image/avif"));
            source.attribute("srcset").or(source.attribute("data-srcset")).filter(|_| of_kind)
        });
        element.peek("srcset").into_iter().chain(sets).find_map(largest).unwrap_or_default().to_owned()
    }

    /// Whether what stands for who has no scripts only repeats the picture before it.
    pub(super) fn repeats_picture(&self, noscript: NodeId) -> bool {
        let tree = self.tree;
        let parent = tree.parent(noscript);
        let siblings = parent.into_iter().flat_map(|parent| tree.children(parent));
        let before = siblings.take_while(|id| *id != noscript).filter(|id| !tree.is_blank(*id)).last();
        let is_late = |id: NodeId| {
            tree.element(id)
                .is_some_and(|e| e.name() == "img" && LATE.iter().any(|name| e.peek(name).is_some()))
        };
        before.is_some_and(|before| tree.descendants(before).any(is_late))
            && tree.text(noscript).trim().is_empty()
    }

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
        let framed = tree.parent(link).and_then(|id| tree.element(id)).is_some_and(|e| self.is_media(e));
        let mut children = tree.children(link).filter(|id| !tree.is_blank(*id));
        let (only, None) = (children.next()?, children.next()) else { return None };
        let is_picture = tree.name(only) == "img" || tree.element(only)?.has_class("mw-broken-media");
        (is_picture && (describes || framed)).then_some(only)
    }

    /// The picture of an element that has nothing else but what is called its caption, and that.
    pub(super) fn captioned(&self, id: NodeId) -> Option<(NodeId, NodeId)> {
        let tree = self.tree;
        let (mut picture, mut caption) = (None, None);
        let mut stack: Vec<NodeId> = tree.children(id).take(MOST_AROUND_PICTURE).collect();
        stack.reverse();
        for _ in 0..MOST_AROUND_PICTURE {
            let Some(id) = stack.pop() else {
                let (picture, caption) = (picture?, caption?);
                let above = |id: &NodeId| tree.parent(*id);
                let holds_both = |id: NodeId| std::iter::successors(Some(caption), above).any(|of| of == id);
                let part =
                    std::iter::successors(Some(picture), above).take_while(|id| !holds_both(*id)).last()?;
                return Some((part, caption));
            };
            match tree.element(id) {
                None if tree.is_blank(id) => continue,
                None => return None,
                Some(element) if element.name() == "img" => {
                    if picture.replace(id).is_some() {
                        return None;
                    }
                }
                Some(element) if NOT_AROUND_PICTURE.contains(&element.name()) => return None,
                Some(element) if caption.is_none() && name::is_caption(element) => {
                    let within: Vec<NodeId> = tree.descendants(id).take(MOST_AROUND_PICTURE).collect();
                    if within.len() == MOST_AROUND_PICTURE {
                        return None;
                    }
                    if within.into_iter().any(|id| tree.name(id) == "img") {
                        stack.extend(tree.children(id).rev());
                    } else {
                        caption = Some(id);
                    }
                }
                Some(_) => stack.extend(tree.children(id).rev()),
            }
        }
        None
    }

    /// A picture with its caption.
    pub(super) fn captioned_picture(&mut self, id: NodeId, part: NodeId, caption: NodeId) -> Option<Block> {
        let mut body = Flow::default();
        self.within(|builder| builder.child(part, &mut body));
        body.end_paragraph();
        let caption = self.inlines(caption);
        let (attr, span) = (self.attr(id), self.span(id));
        let shown = !body.blocks.is_empty() || shows(&caption);
        shown.then_some(Block { kind: BlockKind::Figure { body: body.blocks, caption }, attr, span })
    }

    /// A gallery: a list of pictures with their captions is a figure of figures, as in wikitext.
    pub(super) fn gallery(&mut self, id: NodeId) -> Option<Block> {
        let tree = self.tree;
        let (mut figures, mut caption) = (Vec::new(), Vec::new());
        for item in tree.children(id) {
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
        let mut parts: Vec<NodeId> = tree.children(item).collect();
        while let [only] = parts.iter().copied().filter(|id| !tree.is_blank(*id)).collect::<Vec<_>>()[..]
            && !tree.element(only)?.has_class("thumb")
            && tree.name(only) == "div"
        {
            parts = tree.children(only).collect();
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

/// The address of the largest picture of a set: `a.jpg 400w, b.jpg 800w`, `a.jpg, b.jpg 2x`.
fn largest(set: &str) -> Option<&str> {
    // A comma may be in an address, a comma and a space may not.
    let candidates = set.split(", ").flat_map(|part| part.split(",\n")).filter_map(|candidate| {
        let mut words = candidate.trim().trim_end_matches(',').split_ascii_whitespace();
        let address = words.next()?;
        let size = words.next().unwrap_or("1x");
        let size =
            size.trim_end_matches(['w', 'x', 'h']).parse::<f64>().ok().filter(|size| size.is_finite())?;
        Some((address, (size * 1000.0) as u64))
    });
    candidates
        .fold(None, |best, (address, size)| match best {
            Some((_, most)) if most >= size => best,
            _ => Some((address, size)),
        })
        .map(|(address, _)| address)
}
