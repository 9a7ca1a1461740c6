//! Blocks.

use super::build::{Builder, paragraph, shows, trimmed};
use super::hole::Hole;
use super::tree::{NodeId, NodeKind};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::markup::elements::STYLES;
use crate::markup::numbered;
use crate::model::{Aside, Attr, Block, BlockKind, Inline, InlineKind, Level, Link, Style};

/// Blocks, and the running text between them.
#[derive(Default)]
pub(super) struct Flow {
    pub blocks: Vec<Block>,
    pub run: Vec<Inline>,
}

impl Flow {
    /// Ends the running text.
    pub fn end_paragraph(&mut self) {
        let content = trimmed(std::mem::take(&mut self.run));
        if let (Some(first), Some(last)) = (content.first(), content.last())
            && shows(&content)
        {
            let span = first.span.to(last.span);
            self.blocks.push(paragraph(content, span));
        }
    }
}

/// Classes of asides, and what they are.
const ASIDES: [(&str, Aside); 7] = [
    ("hatnote", Aside::Hatnote),
    ("note", Aside::Note),
    ("tip", Aside::Tip),
    ("important", Aside::Important),
    ("caution", Aside::Caution),
    ("warning", Aside::Warning),
    ("box", Aside::Box),
];

impl Builder<'_, '_, '_> {
    /// The blocks in an element.
    pub fn blocks(&mut self, id: NodeId) -> Vec<Block> {
        let span = self.span(id);
        let flat = |text| {
            let mut flow = Flow::default();
            flow.run.push(Inline::new(InlineKind::Text { text }, span));
            flow.end_paragraph();
            flow.blocks
        };
        self.deeper(id, flat, |builder| {
            let outer = std::mem::replace(&mut builder.space, true);
            let mut flow = Flow::default();
            builder.flow(id, &mut flow);
            flow.end_paragraph();
            builder.space = outer;
            flow.blocks.shrink_to_fit();
            flow.blocks
        })
    }

    pub fn flow(&mut self, id: NodeId, flow: &mut Flow) {
        for child in self.tree.children(id) {
            self.child(child, flow);
        }
    }

    pub fn child(&mut self, id: NodeId, flow: &mut Flow) {
        let tree = self.tree;
        let element = match tree.kind(id) {
            NodeKind::Element(element) => element,
            NodeKind::Hole(_, hole) if tree.is_hole_of_blocks(id) => {
                flow.end_paragraph();
                self.space = true;
                if let Hole::Blocks(blocks) = self.hole(id, hole) {
                    flow.blocks.extend(blocks);
                }
                return;
            }
            _ => return self.inline(id, &mut flow.run),
        };
        #[cfg(feature = "wikitext")]
        if self.transcluded_blocks(id, flow) {
            return;
        }
        if let Some(content) = self.redirect(id) {
            flow.end_paragraph();
            return flow.blocks.push(paragraph(content, self.span(id)));
        }
        if self.notes.is_note(id) || self.leaves_out(id) {
            return;
        }
        let name = element.name();
        let holds_formula = self.formula_in(id);
        let formula = holds_formula.filter(|(_, math)| math.peek("display") == Some("block"));
        if !self.is_block(id) && !self.holds_blocks(id) && formula.is_none() {
            return self.inline(id, &mut flow.run);
        }
        flow.end_paragraph();
        self.space = true;
        if !self.has_room() {
            return flow.blocks.append(&mut self.blocks(id));
        }
        self.tab(id, flow);
        let span = self.span(id);
        let block = |kind, attr| Block { kind, attr, span };
        if let Some((math, element)) = formula {
            return match self.formula(math, element) {
                Ok(formula) => {
                    self.take_whole(id);
                    flow.blocks.push(Block::new(BlockKind::Math(formula), span));
                }
                Err(_) => self.inline(id, &mut flow.run),
            };
        }
        match name {
            "p" | "div" | "section" if let Some((picture, caption)) = self.captioned(id) => {
                flow.blocks.extend(self.captioned_picture(id, picture, caption));
            }
            "p" if !self.holds_blocks(id) => {
                let content = self.inlines(id);
                if shows(&content) {
                    flow.blocks.push(block(BlockKind::Paragraph { content }, self.attr(id)));
                } else {
                    flow.blocks.extend(self.place(id));
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let content = self.inlines(id);
                let level = Level::clamped(usize::from(name.as_bytes()[1] - b'0'));
                if shows(&content) {
                    flow.blocks.push(block(BlockKind::Heading { level, content }, self.attr(id)));
                }
            }
            "hr" => {
                // Right above notes it says that there are notes.
                let above_notes = tree.after_void(id).is_some_and(|next| self.notes.begin(tree, next));
                if !above_notes {
                    flow.blocks.push(block(BlockKind::Rule, self.attr(id)));
                }
            }
            "pre" | "listing" | "xmp" | "plaintext" => {
                let mut attr = self.attr(id);
                if let Some(attr) = &mut attr {
                    attr.classes.retain(|class| !numbered::asks(class));
                }
                let attr = attr.filter(|attr| !attr.is_empty());
                flow.blocks.extend(self.code(id).map(|kind| block(kind, attr)));
            }
            "blockquote" => {
                let body = self.blocks(id);
                if !body.is_empty() {
                    flow.blocks.push(block(BlockKind::Quote { body }, self.attr(id)));
                }
            }
            "ul" if element.has_class("gallery") => flow.blocks.extend(self.gallery(id)),
            "ul" | "ol" | "menu" | "dir" => flow.blocks.extend(self.list(id, element)),
            "dl" => flow.blocks.extend(self.definitions(id)),
            // Details without terms are no `dl`; fanfold's own writer has them so.
            "div" if element.has_class("definitions") => {
                element.use_names(&["class"]);
                flow.blocks.extend(self.definitions(id));
            }
            "figure" => self.figure(id, flow),
            "table" if element.has_class("infobox") && self.infobox(id, id, flow) => {}
            "table" => self.table(id, flow),
            "aside" | "div" if element.has_class("infobox") && self.boxed(id, flow) => {}
            "aside" | "div" | "section" | "p" if self.aside(id, flow) => {}
            _ => self.container(id, flow),
        }
        self.space = true;
    }

    /// What shows nothing and is a place that links lead to.
    fn place(&self, id: NodeId) -> Option<Block> {
        let name = self.tree.element(id).filter(|_| self.is_fragment)?.attribute("id")?;
        let attr = Attr { id: Some(name.to_owned()), ..Attr::default() };
        let kind = BlockKind::Paragraph { content: Vec::new() };
        Some(Block { kind, attr: Some(Box::new(attr)), span: self.span(id) })
    }

    /// What only holds blocks: they go on by themselves, with what the container says of all of them.
    fn container(&mut self, id: NodeId, flow: &mut Flow) {
        let Some(element) = self.tree.element(id) else { return };
        let name = element.name();
        let start = flow.blocks.len();
        if self.is_block(id) {
            self.flow(id, flow);
            flow.end_paragraph();
        } else {
            flow.blocks.append(&mut self.wrapped(id, name));
        }
        let blocks = &mut flow.blocks[start..];
        if blocks.is_empty() {
            return flow.blocks.extend(self.place(id));
        }
        let Some(mut attr) = self.container_attr(id) else { return };
        if let Some(name) = attr.id.take()
            && let first = blocks[0].attr_mut()
            && first.id.is_none()
        {
            element.attribute("id");
            first.id = Some(name);
        }
        if attr.lang.is_some() || attr.dir.is_some() {
            element.attribute("lang");
            element.attribute("dir");
            for block in blocks {
                let own = block.attr_mut();
                own.lang = own.lang.take().or_else(|| attr.lang.clone());
                own.dir = own.dir.or(attr.dir);
            }
        }
    }

    /// What a container hands on to what it holds.
    fn container_attr(&self, id: NodeId) -> Option<Attr> {
        let element = self.tree.element(id)?;
        let mut attr = Attr::default();
        for (_, name, value) in element.attributes() {
            if matches!(name, "id" | "lang" | "dir") {
                crate::markup::tag::set_attribute(&mut attr, name, value);
            }
        }
        (attr != Attr::default()).then_some(attr)
    }

    /// Blocks inside an element of running text: what it says is said of the text of each.
    fn wrapped(&mut self, id: NodeId, name: &str) -> Vec<Block> {
        let mut blocks = self.blocks(id);
        let Some(element) = self.tree.element(id) else { return blocks };
        let address = element.attribute("href").filter(|_| name == "a");
        let address = address.map(|address| self.origin.target(element, address));
        let style = STYLES.iter().find(|(tag, _)| *tag == name).map(|&(_, style)| style);
        let wrap = |content: Vec<Inline>| match (&address, style) {
            (Some(Ok(target)), _) => InlineKind::Link(Box::new(Link { target: target.clone(), content })),
            (_, Some(style)) => InlineKind::Styled { style, content },
            _ => InlineKind::Styled { style: Style::Span, content },
        };
        if let Some(Err(message)) = &address {
            self.cx.report(Diagnostic::new(&code::UNSAFE_LINK, element.tag(), message));
        }
        if matches!(address, None | Some(Err(_))) && style.is_none_or(|style| style == Style::Span) {
            return blocks;
        }
        for block in &mut blocks {
            match &mut block.kind {
                BlockKind::Paragraph { content } | BlockKind::Heading { content, .. } => {
                    let inner = std::mem::take(content);
                    content.push(Inline::new(wrap(inner), block.span));
                }
                _ => {
                    let message = format!("what <{name}> says of this block was left out");
                    self.cx.report(Diagnostic::new(&code::STRUCTURE_FLATTENED, block.span, message));
                }
            }
        }
        blocks
    }

    /// A text set as it stands.
    fn code(&mut self, id: NodeId) -> Option<BlockKind> {
        let tree = self.tree;
        let inner = tree.children(id).filter(|child| tree.name(*child) == "code");
        let language = std::iter::once(id).chain(inner).find_map(|id| {
            let element = tree.element(id)?;
            let classes = element.peek("class")?.split_ascii_whitespace();
            let language = classes.filter_map(|c| c.strip_prefix("language-")).next()?;
            element.attribute("class");
            Some(language.to_owned())
        });
        let numbers = tree.element(id).and_then(|element| {
            let asked = element.peek("class")?.split_ascii_whitespace().any(numbered::asks);
            let first = ["data-startfrom", "data-start"].iter().find_map(|name| element.attribute(name));
            asked.then(|| first.and_then(|first| first.parse().ok()).unwrap_or(1))
        });
        let mut text = String::new();
        self.verbatim(id, &mut text);
        if text.ends_with('\n') {
            text.pop();
        }
        (!text.is_empty()).then_some(BlockKind::Code { language, text, numbers })
    }

    /// The text of an element as it stands.
    fn verbatim(&mut self, id: NodeId, out: &mut String) {
        match self.tree.kind(id) {
            NodeKind::Text(text) => {
                out.push_str(text);
                self.cx.claim(self.span(id), Fate::Rendered);
            }
            NodeKind::Hole(_, hole) => hole.borrow().push_text(out),
            _ if self.tree.name(id) == "br" => out.push('\n'),
            _ if self.leaves_out(id) => {}
            _ => self.tree.children(id).for_each(|child| self.verbatim(child, out)),
        }
    }

    /// Sets the words of its tab above a panel.
    fn tab(&mut self, panel: NodeId, flow: &mut Flow) {
        let Some(tab) = self.tabs.take(panel) else { return };
        if let Some(element) = self.tree.element(panel) {
            element.use_names(&["role", "aria-labelledby", "hidden", "tabindex"]);
        }
        let words = self.tree.text(tab).split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            let span = self.inside(tab);
            let content = vec![Inline::new(InlineKind::Text { text: words }, span)];
            let strong = Inline::new(InlineKind::Styled { style: Style::Strong, content }, span);
            flow.blocks.push(paragraph(vec![strong], span));
        }
    }

    fn figure(&mut self, id: NodeId, flow: &mut Flow) {
        let (mut body, mut caption) = (Flow::default(), Vec::new());
        let span = self.span(id);
        for child in self.tree.children(id) {
            if self.tree.name(child) == "figcaption" && caption.is_empty() {
                caption = self.inlines(child);
            } else {
                self.within(|builder| builder.child(child, &mut body));
            }
        }
        body.end_paragraph();
        let attr = self.attr(id);
        if body.blocks.is_empty() && caption.is_empty() {
            return;
        }
        let kind = BlockKind::Figure { body: body.blocks, caption };
        flow.blocks.push(Block { kind, attr, span });
    }

    /// What is set apart from the running text.
    fn aside(&mut self, id: NodeId, flow: &mut Flow) -> bool {
        let Some(element) = self.tree.element(id) else { return false };
        let by_class = ASIDES.iter().find(|(class, _)| element.has_class(class));
        let Some(role) = by_class
            .map(|&(_, role)| role)
            .or((element.has_role("note")).then_some(Aside::Note))
            .or((element.name() == "aside").then_some(Aside::Box))
        else {
            return false;
        };
        let body = self.blocks(id);
        if role.word().is_some_and(|word| element.peek("aria-label") == Some(word)) {
            element.use_names(&["aria-label"]);
        }
        let mut attr = self.attr(id);
        if let (Some(attr), Some((class, _))) = (&mut attr, by_class) {
            attr.classes.retain(|c| c != class);
        }
        let attr = attr.filter(|attr| !attr.is_empty());
        if !body.is_empty() {
            flow.blocks.push(Block { kind: BlockKind::Aside { role, body }, attr, span: self.span(id) });
        }
        true
    }
}
