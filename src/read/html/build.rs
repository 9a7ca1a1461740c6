//! What building a document from a tree has in common: places, attributes, what is left out.

#[cfg(feature = "wikitext")]
use super::data_mw::Transclusions;
use super::fragment::Gathered;
use super::hole::Hole;
use super::notes::Notes;
use super::origin::Origin;
use super::tabs::Tabs;
use super::tree::{Element, NodeId, NodeKind, Tree};
use crate::account::Fate;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::format::ReadContext;
use crate::markup::elements::{BLOCKS, LEFT_OUT, is_presentation};
use crate::markup::tag::{attributes, set_attribute};
use crate::model::{Attr, Block, Inline, InlineKind, Meta, Span, Words};
use std::cell::RefCell;
use std::collections::BTreeMap;

pub(super) struct Builder<'t, 'c, 'd> {
    pub text: &'t str,
    pub tree: &'t Tree,
    pub cx: &'c mut ReadContext<'d>,
    pub notes: Notes,
    pub gathered: Gathered,
    pub origin: Origin,
    pub tabs: Tabs,
    /// The title in the head.
    #[cfg(feature = "wikitext")]
    pub title: String,
    /// What JSON-LD says of the article.
    pub said_of_article: Meta,
    #[cfg(feature = "wikitext")]
    pub transclusions: Transclusions,
    /// Links without words that a wiki numbers, so far.
    pub numbered: usize,
    /// Whether the running text so far ends in white space, or has not begun.
    pub space: bool,
    depth: usize,
    /// How many nodes are around a fragment.
    outside: usize,
    /// Whether it is a part of something else, which may lead to any of its anchors.
    pub is_fragment: bool,
    /// Elements that hold blocks.
    holds_blocks: Vec<bool>,
    /// Elements left out whole.
    left_out: Vec<bool>,
    /// Elements that are of the site and not of the article.
    pub boilerplate: Vec<bool>,
    flattened: bool,
}

impl<'t, 'c, 'd> Builder<'t, 'c, 'd> {
    pub fn new(text: &'t str, tree: &'t Tree, cx: &'c mut ReadContext<'d>) -> Self {
        let mut holds_blocks = vec![false; tree.len()];
        for id in tree.descendants(0) {
            if BLOCKS.contains(&tree.name(id)) || tree.is_hole_of_blocks(id) {
                let mut above = tree.parent(id);
                while let Some(id) = above.filter(|id| !std::mem::replace(&mut holds_blocks[*id], true)) {
                    above = tree.parent(id);
                }
            }
        }
        let left_out = vec![false; tree.len()];
        let notes = Notes::find(tree);
        Builder {
            text,
            tree,
            cx,
            notes,
            gathered: Gathered::default(),
            origin: Origin::of(tree),
            tabs: Tabs::find(tree),
            #[cfg(feature = "wikitext")]
            title: String::new(),
            said_of_article: Meta::default(),
            #[cfg(feature = "wikitext")]
            transclusions: Transclusions::default(),
            numbered: 0,
            space: true,
            depth: 0,
            outside: 0,
            is_fragment: false,
            holds_blocks,
            left_out,
            boilerplate: Vec::new(),
            flattened: tree.flattened.is_some(),
        }
    }

    /// For a fragment of something else, in which links call no notes.
    pub fn of_fragment(
        text: &'t str,
        tree: &'t Tree,
        depth: usize,
        gathered: Gathered,
        cx: &'c mut ReadContext<'d>,
    ) -> Self {
        let notes = Notes::default();
        Builder { notes, gathered, depth, outside: depth, is_fragment: true, ..Builder::new(text, tree, cx) }
    }

    /// What is no HTML, as far as there is room for it among the elements around it.
    pub fn hole(&mut self, id: NodeId, hole: &RefCell<Hole>) -> Hole {
        let hole = hole.take();
        if self.depth == self.outside || self.depth + hole.height() <= self.cx.limits().depth() {
            return hole;
        }
        self.say_flattened(id);
        let mut text = String::new();
        hole.push_text(&mut text);
        let words: Vec<_> = text.split_whitespace().collect();
        let flat = vec![Inline::new(InlineKind::Text { text: words.join(" ") }, hole.span())];
        match hole {
            Hole::Blocks(_) => Hole::Blocks(vec![paragraph(flat, self.span(id))]),
            Hole::Inlines(_) => Hole::Inlines(flat),
        }
    }

    fn say_flattened(&mut self, id: NodeId) {
        if !std::mem::replace(&mut self.flattened, true) {
            let message = "blocks are too deep inside each other; deeper ones are made flat";
            self.cx.report(Diagnostic::new(&code::NESTING_FLATTENED, self.span(id), message));
        }
    }

    pub fn span(&self, id: NodeId) -> Span {
        self.tree.span(id)
    }

    /// What stands between the tags of an element.
    pub fn inside(&self, id: NodeId) -> Span {
        let spans = self.tree.children(id).map(|child| self.span(child));
        spans.reduce(Span::to).unwrap_or(self.span(id))
    }

    pub fn is_block(&self, id: NodeId) -> bool {
        BLOCKS.contains(&self.tree.name(id))
    }

    pub fn holds_blocks(&self, id: NodeId) -> bool {
        self.holds_blocks[id]
    }

    /// Whether the limit has room for what holds blocks, a block, something in its text, and words.
    pub fn has_room(&self) -> bool {
        self.depth + 5 <= self.cx.limits().depth()
    }

    /// Runs `build` a level deeper, as far as levels are counted by it: what has no words yet.
    pub fn within<T>(&mut self, build: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let built = build(self);
        self.depth -= 1;
        built
    }

    /// Runs `build` a level deeper; where that is too deep, the words of the element are all there is.
    pub fn deeper<T>(
        &mut self,
        id: NodeId,
        flat: impl Fn(String) -> T,
        build: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if !self.has_room() {
            self.say_flattened(id);
            let words: Vec<_> = self.tree.text(id).split_ascii_whitespace().map(str::to_owned).collect();
            return flat(words.join(" "));
        }
        self.within(build)
    }

    /// What every node can carry.
    pub fn attr(&self, id: NodeId) -> Option<Box<Attr>> {
        let element = self.tree.element(id)?;
        let mut attr = Attr::default();
        for (index, name, value) in element.attributes() {
            // Parsoid numbers elements for editors.
            if name == "id" && self.origin.parsoid && is_of_parsoid(value) {
                element.use_attribute(index);
                continue;
            }
            // The algorithm may open an element again; its identifier stays with the first.
            if (name != "id" || element.tag().is_some()) && set_attribute(&mut attr, name, value) {
                element.use_attribute(index);
            }
        }
        if self.origin.parsoid {
            attr.classes.retain(|class| !class.starts_with("mw-"));
        }
        if let Some(class) = super::place::aligned(element)
            && !attr.classes.iter().any(|own| own == class)
        {
            attr.classes.push(class.to_owned());
        }
        (attr != Attr::default()).then(|| Box::new(attr))
    }

    /// Whether an element is no part of the article; it is left out, and that is told.
    pub fn leaves_out(&mut self, id: NodeId) -> bool {
        let Some(element) = self.tree.element(id) else { return false };
        if self.left_out[id] {
            return true;
        }
        if self.stands_for_file(element) {
            return false;
        }
        let name = element.name();
        // What a wiki keeps for itself, and what refers to a style sheet that stands before.
        let says = |attribute| element.peek(attribute).unwrap_or_default();
        let is_of_wiki =
            |attribute| says(attribute).starts_with("mw:") || says(attribute).starts_with("mw-dedup");
        if (matches!(name, "link" | "meta") && ["rel", "property", "typeof"].into_iter().any(is_of_wiki))
            || says("typeof").split_ascii_whitespace().any(|kind| UNSEEN.contains(&kind))
        {
            self.pass_over(id);
            return true;
        }
        // The word that fanfold's own pages say of an aside what it is.
        if element.has_class("aside-word") {
            self.pass_over(id);
            return true;
        }
        let hides = element.is_hidden() || UNREAD.iter().any(|class| element.has_class(class));
        let (code, message) = match name {
            "style" => (&code::PRESENTATION_DROPPED, "a style sheet was left out".to_owned()),
            "link" => {
                (&code::PRESENTATION_DROPPED, "a link to what belongs to the page was left out".to_owned())
            }
            "noscript" if self.repeats_picture(id) => {
                self.pass_over(id);
                return true;
            }
            "meta" | "base" => (&code::METADATA_DROPPED, format!("<{name}> outside the head was left out")),
            // In Markdown the words between its tags are text, and stay.
            _ if LEFT_OUT.contains(&name) && self.tree.children(id).next().is_none() => {
                (&code::HTML_DROPPED, format!("<{name}> was left out"))
            }
            _ if LEFT_OUT.contains(&name) => {
                (&code::HTML_DROPPED, format!("<{name}> and what is in it was left out"))
            }
            _ if element.has_role("navigation") || element.has_class("navbox") => {
                (&code::HTML_DROPPED, "navigation was left out".to_owned())
            }
            _ if element.has_class("mw-editsection") => {
                (&code::HTML_DROPPED, "a link to edit the section was left out".to_owned())
            }
            "svg" | "" if element.peek("aria-hidden") == Some("true") && element.is_svg() => {
                (&code::PRESENTATION_DROPPED, "a drawing that is decoration was left out".to_owned())
            }
            _ if NOT_PRINTED.iter().any(|class| element.has_class(class)) => {
                (&code::BOILERPLATE, "what is not for print was left out".to_owned())
            }
            _ if self.origin.wiki && element.has_class("metadata") => {
                (&code::BOILERPLATE, "a message to editors was left out".to_owned())
            }
            _ if self.boilerplate.get(id) == Some(&true) => {
                (&code::BOILERPLATE, "a part of the site was left out".to_owned())
            }
            _ if self.tabs.is_list(id) => {
                self.pass_over(id);
                return true;
            }
            _ if hides => (&code::HIDDEN_TEXT, "text that the page hides was left out".to_owned()),
            _ => return false,
        };
        // Nothing is lost of what says nothing.
        if hides && code.name == code::HIDDEN_TEXT.name && self.shows_nothing(id) {
            self.pass_over(id);
            return true;
        }
        self.leave_out(id, code, message);
        true
    }

    fn shows_nothing(&self, id: NodeId) -> bool {
        let shows = |id: NodeId| match self.tree.kind(id) {
            NodeKind::Text(text) => !text.trim().is_empty(),
            _ => matches!(self.tree.name(id), "img" | "video" | "audio"),
        };
        !self.tree.descendants(id).any(shows)
    }

    /// Character references became characters: also those without the semicolon that they ought to
    /// end in, which are not found by their form, with what of the word comes after them.
    pub fn references(&mut self, span: Span) {
        let source = self.text.get(span.range()).unwrap_or_default();
        for (at, _) in source.match_indices('&') {
            let ends = |c: char| c.is_whitespace() || matches!(c, ';' | '&' | '<' | '>');
            let length = source[at + 1..].find(ends).unwrap_or(source.len() - at - 1);
            let start = span.start as usize + at;
            self.cx.claim(Span::new(start, start + 1 + length), Fate::Rendered);
        }
    }

    pub fn leave_out(&mut self, id: NodeId, code: &'static Code, message: String) {
        self.left_out[id] = true;
        self.cx.report(Diagnostic::new(code, self.span(id), message));
    }

    /// An element that says nothing by itself, such as a link back from a note.
    pub fn pass_over(&mut self, id: NodeId) {
        self.left_out[id] = true;
        self.cx.claim(self.span(id), Fate::Syntax);
    }

    /// What is made of an element as a whole, so that nothing in it is looked at by itself.
    pub fn take_whole(&mut self, id: NodeId) {
        self.left_out[id] = true;
        self.cx.claim(self.span(id), Fate::Rendered);
    }

    /// What is left beside the blocks: images, and the attributes that nothing was made of.
    pub fn finish(mut self) -> Gathered {
        let mut gathered = std::mem::take(&mut self.gathered);
        let mut stack = vec![0];
        while let Some(id) = stack.pop() {
            if self.left_out[id] {
                continue;
            }
            stack.extend(self.tree.children(id).rev());
            let NodeKind::Element(element) = self.tree.kind(id) else { continue };
            let Some(opening) = element.tag() else { continue };
            // What it is, and how it is reached, the model says by the kinds of its nodes.
            element.use_names(&["role", "epub:type", "tabindex"]);
            if self.origin.parsoid {
                element.use_names(&OF_PARSOID);
            }
            for (name, span) in self.unused(element, opening) {
                self.cx.claim(span, Fate::Dropped(attribute_code(name)));
                gathered.leave_out(format!("the attribute '{name}'"), attribute_code(name), span);
            }
        }
        gathered
    }

    /// The attributes of a tag that nothing was made of, and where they stand.
    fn unused<'e>(&self, element: &'e Element, opening: Span) -> Vec<(&'e str, Span)> {
        let mut unused = element.unused().peekable();
        if unused.peek().is_none() {
            return Vec::new();
        }
        let source = self.text.get(opening.range()).unwrap_or_default();
        let start = opening.start as usize + source.find('<').unwrap_or_default();
        let attributes = attributes(&self.text[start..opening.end as usize]).unwrap_or_default().0;
        let places: BTreeMap<_, _> = attributes.iter().rev().map(|a| (a.name.as_str(), &a.range)).collect();
        let place = |name: &str| {
            places.get(name).map_or(opening, |range| Span::new(start + range.start, start + range.end))
        };
        unused.map(|name| (name, place(name))).collect()
    }
}

/// What Parsoid says of an element to who edits it.
const OF_PARSOID: [&str; 13] = [
    "about",
    "data-mw",
    "data-mw-group",
    "data-mw-section-id",
    "data-parsoid",
    "data-file-height",
    "data-file-type",
    "data-file-width",
    "decoding",
    "prefix",
    "property",
    "rel",
    "typeof",
];

/// Classes of what only programs read aloud.
const UNREAD: [&str; 6] =
    ["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "off-screen", "offscreen"];

/// Classes of what stands on the page and not on paper.
const NOT_PRINTED: [&str; 3] = ["noprint", "printfooter", "catlinks"];

/// Kinds of elements that stand for something that is not shown.
const UNSEEN: [&str; 4] = [
    "mw:Extension/indicator",
    "mw:Extension/templatestyles",
    "mw:Extension/templatedata",
    "mw:Placeholder/StrippedTag",
];

/// Whether an identifier is one of those that Parsoid gives to all elements: `mw`, and a number in letters.
pub(super) fn is_of_parsoid(id: &str) -> bool {
    id.strip_prefix("mw").is_some_and(|rest| {
        (2..=4).contains(&rest.len())
            && rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

pub(super) fn attribute_code(name: &str) -> &'static Code {
    if is_presentation(name) { &code::PRESENTATION_DROPPED } else { &code::ATTRIBUTE_DROPPED }
}

/// Running text without white space at its end.
pub(super) fn trimmed(mut content: Vec<Inline>) -> Vec<Inline> {
    trim_end(&mut content);
    content
}

fn trim_end(content: &mut Vec<Inline>) {
    while let Some(last) = content.last_mut() {
        match &mut last.kind {
            InlineKind::Text { text } => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    return;
                }
                content.pop();
            }
            InlineKind::HardBreak | InlineKind::SoftBreak => drop(content.pop()),
            InlineKind::Styled { content: inner, .. } => return trim_end(inner),
            InlineKind::Link(link) => return trim_end(&mut link.content),
            _ => return,
        }
    }
}

/// Whether running text shows anything.
pub(super) fn shows(content: &[Inline]) -> bool {
    let mut words = String::new();
    content.push_words(&mut words);
    let shows = |inline: &Inline| match &inline.kind {
        InlineKind::Text { .. } | InlineKind::HardBreak | InlineKind::SoftBreak => inline.id().is_some(),
        InlineKind::Styled { content, .. } => inline.id().is_some() || self::shows(content),
        _ => true,
    };
    !words.trim().is_empty() || content.iter().any(shows)
}

/// A paragraph.
pub(super) fn paragraph(content: Vec<Inline>, span: Span) -> Block {
    Block::paragraph(content, span)
}
