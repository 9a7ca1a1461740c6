//! Running text.

use super::build::{Builder, shows, trimmed};
use super::drawing::as_xml;
use super::hole::Hole;
use super::tree::{Element, NodeId, NodeKind};
use crate::account::Fate;
use crate::asset;
use crate::diagnostic::{Diagnostic, code};
use crate::markup::elements::STYLES;
use crate::math::{mathml, source, tex};
use crate::model::{Asset, Attr, Block, BlockKind, Formula, Image, Inline, InlineKind, Link, Span, Style};

impl<'t> Builder<'t, '_, '_> {
    /// The running text in an element.
    pub fn inlines(&mut self, id: NodeId) -> Vec<Inline> {
        let outer = std::mem::replace(&mut self.space, true);
        let mut out = self.within(|builder| {
            let mut out = Vec::new();
            builder.inlines_into(id, &mut out);
            out
        });
        self.space = outer;
        let breaks = out.iter().take_while(|inline| matches!(inline.kind, InlineKind::HardBreak)).count();
        out.drain(..breaks);
        let mut out = trimmed(out);
        out.shrink_to_fit();
        out
    }

    fn inlines_into(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        for child in self.tree.children(id) {
            self.inline(child, out);
        }
    }

    /// What is in an element that has a kind of its own.
    fn content(&mut self, id: NodeId) -> Vec<Inline> {
        let span = self.span(id);
        let flat = |text| vec![Inline::new(InlineKind::Text { text }, span)];
        self.deeper(id, flat, |builder| {
            let mut content = Vec::new();
            builder.inlines_into(id, &mut content);
            content.shrink_to_fit();
            content
        })
    }

    /// Adds a node to the running text.
    pub fn inline(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let tree = self.tree;
        let span = self.span(id);
        let element = match tree.kind(id) {
            NodeKind::Element(element) => element,
            NodeKind::Text(text) => return self.words(text, span, out),
            NodeKind::Hole(_, hole) => {
                return match self.hole(id, hole) {
                    Hole::Inlines(inlines) => self.splice(inlines, out),
                    Hole::Blocks(blocks) => self.flatten(blocks, out),
                };
            }
            NodeKind::Document => return,
        };
        #[cfg(feature = "wikitext")]
        if self.transcluded_inlines(id, out) {
            return;
        }
        if self.notes.is_note(id) || self.leaves_out(id) {
            return;
        }
        if let Some((math, element)) = self.formula_in(id) {
            return self.math(id, math, element, out);
        }
        let kind = match element.name() {
            "br" => {
                *out = trimmed(std::mem::take(out));
                self.space = true;
                return out.push(Inline::new(InlineKind::HardBreak, span));
            }
            "wbr" => return self.words("\u{200B}", span, out),
            "img" => {
                self.space = false;
                InlineKind::Image(Box::new(self.image(id, element)))
            }
            "a" => return self.anchor(id, element, out),
            "rp" => return self.pass_over(id),
            "rt" => {
                // Beside its base, as `rp` would have it.
                self.words("(", Span::new(span.start as usize, span.start as usize), out);
                self.inlines_into(id, out);
                return self.words(")", Span::new(span.end as usize, span.end as usize), out);
            }
            "span" if let Some(note) = self.notes.called(id) => {
                element.use_names(&["class", "id"]);
                self.space = false;
                return out.push(Inline::new(InlineKind::Note { note }, span));
            }
            // What a wiki has around a picture.
            "span" if self.is_media(element) => return self.inlines_into(id, out),
            "audio" | "video" | "span" if self.stands_for_file(element) => {
                self.take_whole(id);
                self.space = false;
                let source = self.file_of_wiki(element).unwrap_or_default();
                InlineKind::Image(Box::new(Image { source, ..Image::default() }))
            }
            "code" if tree.only_child(id).is_some_and(|only| tree.element(only).is_none()) => {
                let words: Vec<_> = tree.text(id).split_ascii_whitespace().map(str::to_owned).collect();
                self.space = false;
                let kind = InlineKind::Code { text: words.join(" ") };
                self.references(span);
                // The words alone, without the tags, which might say the same.
                let attr = self.attr(id);
                return out.push(Inline { kind, attr, span: self.inside(id) });
            }
            "code" => InlineKind::Styled { style: Style::Sample, content: self.content(id) },
            "" => return self.drawing(id, out),
            _ if element.has_class("mw-cite-backlink") => return self.pass_over(id),
            // A call stands raised by itself.
            "sup" if self.calls_only(id) => {
                element.attribute("id");
                return self.inlines_into(id, out);
            }
            name => match STYLES.iter().find(|(tag, _)| *tag == name) {
                Some(&(_, style)) => {
                    let attr = self.attr(id);
                    if style == Style::Span && attr.is_none() {
                        return self.inlines_into(id, out);
                    }
                    let content = self.content(id);
                    if content.is_empty() && attr.is_none() {
                        return;
                    }
                    return out.push(Inline { kind: InlineKind::Styled { style, content }, attr, span });
                }
                None if self.is_block(id) => {
                    let message = format!("<{name}> inside running text goes on with it");
                    self.cx.report(Diagnostic::new(&code::STRUCTURE_FLATTENED, span, message));
                    self.words(" ", Span::new(span.start as usize, span.start as usize), out);
                    self.inlines_into(id, out);
                    return self.words(" ", Span::new(span.end as usize, span.end as usize), out);
                }
                // It says nothing that the model could hold.
                None => return self.inlines_into(id, out),
            },
        };
        let attr = self.attr(id);
        out.push(Inline { kind, attr, span });
    }

    /// Adds running text that is no HTML; where it meets white space, one space is enough.
    pub fn splice(&mut self, inlines: Vec<Inline>, out: &mut Vec<Inline>) {
        for mut inline in inlines {
            match &mut inline.kind {
                InlineKind::Text { text } => {
                    if self.space {
                        let spaces = text.len() - text.trim_start_matches(' ').len();
                        text.drain(..spaces);
                        inline.span.start += spaces as u32;
                    }
                    if text.is_empty() {
                        continue;
                    }
                    self.space = text.ends_with(' ');
                }
                InlineKind::SoftBreak if self.space => continue,
                InlineKind::SoftBreak | InlineKind::HardBreak => self.space = true,
                _ => self.space = false,
            }
            out.push(inline);
        }
    }

    /// Adds the running text of blocks that stand where only running text may.
    pub fn flatten(&mut self, blocks: Vec<Block>, out: &mut Vec<Inline>) {
        for block in blocks {
            if !self.space {
                let before = Span::new(block.span.start as usize, block.span.start as usize);
                self.words(" ", before, out);
            }
            match block.kind {
                BlockKind::Paragraph { content } | BlockKind::Heading { content, .. } => {
                    self.splice(content, out);
                }
                kind => {
                    let message = "blocks inside running text go on with it";
                    self.cx.report(Diagnostic::new(&code::STRUCTURE_FLATTENED, block.span, message));
                    let mut text = String::new();
                    let block = Block { kind, attr: block.attr, span: block.span };
                    let span = block.span;
                    Hole::Blocks(vec![block]).push_text(&mut text);
                    let words: Vec<_> = text.split_whitespace().collect();
                    self.space = false;
                    out.push(Inline::new(InlineKind::Text { text: words.join(" ") }, span));
                }
            }
        }
    }

    /// Adds words; any run of white space is one space.
    fn words(&mut self, words: &str, span: Span, out: &mut Vec<Inline>) {
        self.references(span);
        let mut text = String::with_capacity(words.len());
        for c in words.chars() {
            if !c.is_ascii_whitespace() {
                text.push(c);
                self.space = false;
            } else if !std::mem::replace(&mut self.space, true) {
                text.push(' ');
            }
        }
        if text.is_empty() {
            return;
        }
        match out.last_mut() {
            // Across what stands between them they are two, so that each is where its span says.
            Some(Inline { kind: InlineKind::Text { text: before }, attr: None, span: of })
                if (of.start..=of.end).contains(&span.start) =>
            {
                before.push_str(&text);
                *of = of.to(span);
            }
            _ => out.push(Inline::new(InlineKind::Text { text }, span)),
        }
    }

    /// Whether all that an element shows is calls of notes.
    fn calls_only(&self, id: NodeId) -> bool {
        let tree = self.tree;
        let mut calls = tree.children(id).filter(|child| match tree.kind(*child) {
            // Marks beside each other are parted by commas.
            NodeKind::Text(text) => !matches!(text.trim(), "" | ","),
            _ => true,
        });
        let mut any = false;
        calls.all(|child| {
            any = true;
            self.notes.called(child).is_some()
        }) && any
    }

    fn anchor(&mut self, id: NodeId, element: &Element, out: &mut Vec<Inline>) {
        let span = self.span(id);
        if is_anchor_sign(&self.tree.text(id), element) {
            return self.pass_over(id);
        }
        if self.notes.leads_back(id) {
            return self.pass_over(id);
        }
        if let Some(note) = self.notes.called(id) {
            self.take_whole(id);
            self.space = false;
            return out.push(Inline::new(InlineKind::Note { note }, span));
        }
        if let Some(picture) = self.only_picture(id, element) {
            element.use_names(&["class", "href", "title"]);
            return self.inline(picture, out);
        }
        let Some(address) = element.attribute("href") else {
            let mut attr = self.attr(id).unwrap_or_default();
            attr.id = attr.id.or_else(|| element.attribute("name").map(str::to_owned));
            let content = self.content(id);
            if *attr == Attr::default() {
                return out.extend(content);
            }
            let kind = InlineKind::Styled { style: Style::Span, content };
            return out.push(Inline { kind, attr: Some(attr), span });
        };
        match self.origin.target(element, address) {
            Ok(target) => {
                let mut attr = self.attr(id);
                let mut content = self.content(id);
                if self.origin.parsoid {
                    // The title of the page it leads to.
                    attr = attr.filter(|attr| attr.id.is_some());
                    if content.is_empty() && element.has_class("autonumber") {
                        self.numbered += 1;
                        self.space = false;
                        let text = InlineKind::Text { text: format!("[{}]", self.numbered) };
                        content.push(Inline::new(text, span));
                    }
                }
                if shows(&content) || attr.is_some() {
                    out.push(Inline {
                        kind: InlineKind::Link(Box::new(Link { target, content })),
                        attr,
                        span,
                    });
                } else {
                    let message = "a link without words was left out";
                    self.cx.report(Diagnostic::new(&code::HTML_DROPPED, span, message));
                    out.extend(content);
                }
            }
            Err(message) => {
                self.cx.report(Diagnostic::new(&code::UNSAFE_LINK, element.tag(), message));
                self.inlines_into(id, out);
            }
        }
    }

    /// An image; the bytes of a `data:` address are kept.
    pub fn image(&mut self, id: NodeId, element: &Element) -> Image {
        let pixels = |name| {
            let value = element.peek(name)?.trim_end_matches("px").parse().ok()?;
            element.attribute(name);
            Some(value)
        };
        let of_wiki = self.file_of_wiki(element);
        let mut source = of_wiki.unwrap_or_else(|| self.origin.picture(&self.source_of_picture(id, element)));
        if let Some(data) = source.strip_prefix("data:") {
            source = asset::keep_data(data, &mut self.gathered.assets, self.cx.limits().image_bytes)
                .unwrap_or_else(|| {
                    let message = "the image in a data: address is of no known kind or too large";
                    self.cx.report(Diagnostic::new(&code::IMAGE_UNAVAILABLE, self.span(id), message));
                    String::new()
                });
        }
        if self.gathered.assets.contains_key(&source)
            && let Some(tag) = element.tag()
        {
            self.cx.claim(tag, Fate::Rendered);
        }
        let alt = element.attribute("alt").map(str::to_owned);
        Image { source, alt, width: pixels("width"), height: pixels("height") }
    }

    /// The formula that an element is: MathML, or what MediaWiki, KaTeX and MathJax have around it, who hide it
    /// beside what they draw.
    pub fn formula_in(&self, id: NodeId) -> Option<(NodeId, &'t Element)> {
        let element = self.tree.element(id)?;
        if element.math_name() == Some("math") {
            return Some((id, element));
        }
        let around =
            ["mwe-math-element", "katex", "katex-display"].iter().any(|class| element.has_class(class));
        if !around && element.name() != "mjx-container" {
            return None;
        }
        let math = |id| self.tree.element(id).filter(|e| e.math_name() == Some("math"));
        self.tree.descendants(id).find_map(|id| Some((id, math(id)?)))
    }

    /// The formula `math` in the element `id`.
    fn math(&mut self, id: NodeId, math: NodeId, element: &Element, out: &mut Vec<Inline>) {
        let span = self.span(id);
        match self.formula(math, element) {
            Ok(formula) => {
                self.take_whole(id);
                self.space = false;
                out.push(Inline::new(InlineKind::Math(formula), span));
            }
            Err(why) => {
                let message = format!("a formula is shown by its words alone: {why}");
                self.cx.report(Diagnostic::new(&code::STRUCTURE_FLATTENED, span, message));
                let text = self.tree.text(math);
                self.words(&text, span, out);
                self.take_whole(id);
            }
        }
    }

    /// A formula by its TeX, which stands beside the MathML of those that began as TeX, or else by
    /// its MathML.
    pub fn formula(&self, id: NodeId, element: &Element) -> Result<Box<Formula>, String> {
        let annotation = self.tree.descendants(id).find(|id| {
            let element = self.tree.element(*id).filter(|e| e.math_name() == Some("annotation"));
            element.is_some_and(|e| e.peek("encoding") == Some("application/x-tex"))
        });
        let display = element.peek("display") == Some("block");
        let mut tex = annotation.map(|id| self.tree.text(id)).unwrap_or_default();
        // Where there is no source, an alternative text in TeX is one.
        if tex.is_empty() {
            let said = element.peek("alttext").unwrap_or_default();
            if said.contains(['\\', '^', '_']) && tex::read(said, display).is_ok() {
                tex = said.to_owned();
            }
        }
        // MediaWiki puts it into a group with its style.
        let tex = tex.trim();
        let inner = tex.strip_prefix("{\\displaystyle ").and_then(|t| t.strip_suffix('}')).unwrap_or(tex);
        let mut formula = Formula::tex(inner.trim());
        if !formula.tex.is_empty() {
            formula.tree = tex::read(&formula.tex, display).ok();
        }
        if formula.tree.is_none() {
            formula.tree = match mathml::read(&self.mathml(id)) {
                Ok(tree) => Some(tree),
                Err(_) if !formula.tex.is_empty() => None,
                Err(why) => return Err(why),
            };
        }
        if let (true, Some(tree)) = (formula.tex.is_empty(), &formula.tree) {
            formula.tex = source::source(tree);
        }
        Ok(formula)
    }

    /// An element of MathML by itself. Elements are not nested deeper than the tree lets them be.
    fn mathml(&self, id: NodeId) -> mathml::Element {
        let mut out = mathml::Element::default();
        match self.tree.kind(id) {
            NodeKind::Text(text) => text.clone_into(&mut out.text),
            NodeKind::Element(element) => {
                out.name = element.math_name().unwrap_or(element.name()).to_owned();
                out.attributes =
                    element.attributes().map(|(_, name, value)| (name.into(), value.into())).collect();
                let children = self.tree.children(id);
                out.children = children.map(|child| self.mathml(child)).collect();
            }
            NodeKind::Document | NodeKind::Hole(..) => {}
        }
        out
    }

    /// A drawing in SVG, when its source can stand by itself.
    fn drawing(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let span = self.span(id);
        let source = as_xml(self.tree, id);
        if asset::media_type(source.as_bytes()) != Some("image/svg+xml") {
            return self.leave_out(
                id,
                &code::HTML_DROPPED,
                "a drawing in HTML that is none was left out".to_owned(),
            );
        }
        if let Err(fault) = roxmltree::Document::parse(&source) {
            let message = format!("a drawing that is no XML was left out: {fault}");
            return self.leave_out(id, &code::HTML_DROPPED, message);
        }
        let name = format!("image-{}.svg", self.gathered.assets.len() + 1);
        self.gathered.assets.insert(name.clone(), Asset::new("image/svg+xml", source.as_bytes()));
        let title =
            |id: &NodeId| self.tree.element(*id).is_some_and(|e| e.is_svg() && &**e.local() == "title");
        let title = self.tree.children(id).find(title).map(|id| self.tree.text(id));
        let label = self.tree.element(id).and_then(|e| e.peek("aria-label")).map(str::to_owned).or(title);
        self.take_whole(id);
        self.space = false;
        let image = Image { source: name, alt: label, ..Image::default() };
        out.push(Inline::new(InlineKind::Image(Box::new(image)), span));
    }
}

/// Whether a link is the sign beside a heading that shows its address.
fn is_anchor_sign(words: &str, link: &Element) -> bool {
    let known = ["anchor", "anchorjs-link", "header-anchor", "headerlink", "heading-anchor"];
    link.peek("href").is_some_and(|href| href.starts_with('#'))
        && link.peek("id").is_none()
        && known.iter().any(|class| link.has_class(class))
        && !words.chars().any(char::is_alphanumeric)
}
