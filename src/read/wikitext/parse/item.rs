//! What markers stand for: extension tags, infoboxes, templates that stay as they are.

use super::marker::{Body, Dropped, Item, Why};
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::model::*;
use crate::read::wikitext::build::builder::Builder;
use crate::read::wikitext::build::running::Running;
use crate::read::wikitext::expand::flat::Flat;

impl Builder<'_, '_, '_> {
    pub fn is_block_item(&self, index: u32) -> bool {
        self.x.items.get(index as usize).is_some_and(|i| i.is_block() || i.may_be_block())
    }

    pub fn block_item(&mut self, index: usize, span: Span, out: &mut Vec<Block>) {
        match self.x.items.get(index).cloned() {
            Some(Item::Extension { name, attributes, body, .. }) => {
                self.block_extension(name, &attributes, body, span, out);
            }
            Some(Item::Infobox { name, arguments, .. }) => {
                if let Some(block) = self.infobox(&name, arguments, span) {
                    out.push(block);
                }
            }
            Some(Item::Pictures { name, arguments }) => out.extend(self.pictures(&name, arguments, span)),
            Some(item) => {
                let words = self.words_of(&item, span, true);
                if let Some(unresolved) = self.unresolved(item, span) {
                    out.push(Node::new(BlockKind::Unresolved(Box::new(unresolved)), span));
                }
                if !words.is_empty() {
                    out.push(Node::new(BlockKind::Paragraph { content: words }, span));
                }
            }
            None => {}
        }
    }

    /// What is shown of a template that is kept as it is. `alone`: it stands on lines of its own.
    fn words_of(&self, item: &Item, span: Span, alone: bool) -> Vec<Inline> {
        let text = item.shown(self.x.show, alone, self.x.source);
        if text.is_empty() { Vec::new() } else { vec![Node::new(InlineKind::Text { text }, span)] }
    }

    /// The node for a template that is kept as it is; what is dropped only leaves a diagnostic.
    fn unresolved(&mut self, item: Item, span: Span) -> Option<Unresolved> {
        match item {
            Item::Unresolved { name, arguments, source, why, .. } => {
                let reason = match why {
                    Why::Unknown => "no rule knows it",
                    Why::Misread => "its arguments are not understood",
                    Why::Figure => "it reckons with what a template was to give that no rule knows",
                    Why::Lua => "it runs Lua",
                    Why::Nesting => "it is nested too deeply",
                    Why::Calls => "too many templates are expanded before it",
                    Why::Length => "templates make more text than 32 times the page",
                    Why::Loop => "its page calls itself",
                    Why::Clock => "it asks for today's date",
                };
                let remedy = match why {
                    Why::Nesting => Remedy::Nesting,
                    Why::Calls => Remedy::TemplateExpansions,
                    _ => Remedy::Template,
                };
                let message = format!("the template '{name}' was kept but not expanded: {reason}");
                self.cx.report(Diagnostic::new(&code::UNRESOLVED, span, message).remedy(remedy));
                let source = self.x.source.get(source).unwrap_or_default().to_owned();
                Some(Unresolved { name, arguments, source })
            }
            Item::Dropped { name, what, .. } => {
                let message = match what {
                    Dropped::Navigation => format!("the navigation box '{name}' was left out"),
                    Dropped::Message => format!("the message to editors '{name}' was left out"),
                    Dropped::Rule => format!("the template '{name}' was left out"),
                };
                self.report(&code::TEMPLATE_DROPPED, span, message);
                None
            }
            _ => None,
        }
    }

    pub fn inline_item(&mut self, index: usize, span: Span, out: &mut Running) {
        match self.x.items.get(index).cloned() {
            Some(Item::Extension { name, attributes, body, .. }) => {
                self.inline_extension(name, &attributes, body, span, out);
            }
            Some(Item::Infobox { name, arguments, .. }) => {
                // In running text there is no place for a box; it goes before the paragraph.
                if let Some(block) = self.infobox(&name, arguments, span) {
                    out.figures.push(block);
                }
            }
            Some(Item::Pictures { name, arguments }) => {
                let figures = self.pictures(&name, arguments, span);
                out.figures.extend(figures);
            }
            Some(item) => {
                let words = self.words_of(&item, span, false);
                if let Some(unresolved) = self.unresolved(item, span) {
                    out.inlines.push(Node::new(InlineKind::Unresolved(Box::new(unresolved)), span));
                }
                out.push_made(words);
            }
            None => {}
        }
    }

    /// The expanded content of an extension tag.
    pub fn expanded(&mut self, body: Option<Body>) -> Flat {
        match body {
            None => Flat::default(),
            Some(Body::Made(flat)) => flat,
            Some(Body::Source(range)) if self.depth < self.x.nesting => self.x.expand_source(range),
            Some(Body::Source(range)) => self.verbatim(Some(Body::Source(range))),
        }
    }

    /// The content of an extension tag as it is written.
    pub fn verbatim(&mut self, body: Option<Body>) -> Flat {
        match body {
            None => Flat::default(),
            Some(Body::Made(flat)) => self.unmarked(flat),
            Some(Body::Source(range)) => {
                let mut flat = Flat::default();
                flat.push_source(self.x.source, range);
                flat
            }
        }
    }

    /// Text with what stands in `<nowiki>` in the place of its marker; what other markers stand for is no text.
    fn unmarked(&self, flat: Flat) -> Flat {
        if !flat.text.contains('\0') {
            return flat;
        }
        let (mut out, mut at) = (Flat::default(), 0);
        for (index, part) in flat.text.split('\0').enumerate() {
            let range = at..at + part.len();
            at = range.end + 1;
            if index % 2 == 0 {
                out.push_slice(&flat, range);
                continue;
            }
            let item = part.parse::<usize>().ok().and_then(|number| self.x.items.get(number));
            match item {
                Some(Item::Extension { name: "nowiki", body: Some(Body::Source(range)), .. }) => {
                    out.push_source(self.x.source, range.clone());
                }
                Some(Item::Extension { name: "nowiki", body: Some(Body::Made(made)), .. }) => {
                    out.push_flat(made);
                }
                _ => {}
            }
        }
        out
    }

    /// Whether nothing more can be read inside of what is being read.
    pub fn too_deep(&self) -> bool {
        self.depth + 2 >= self.x.nesting
    }
}
