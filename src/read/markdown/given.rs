//! Attributes that the source gives a node in braces.

use super::attributes::{self, Attributes, pixels};
use super::marks::Marks;
use super::reader::Reader;
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::markup::elements::is_presentation;
use crate::markup::tag;
use crate::model::{Attr, Image, Inline, InlineKind, Span, Style};

impl Reader<'_, '_, '_> {
    /// Gives a node what stands in the braces at `span`; what no node can carry is told.
    pub fn give(
        &mut self,
        attr: &mut Option<Box<Attr>>,
        mut image: Option<&mut Image>,
        found: Attributes,
        span: Span,
    ) {
        self.cx.claim(span, Fate::Syntax);
        let attr = attr.get_or_insert_default();
        attr.id = found.id.or(attr.id.take());
        attr.classes.extend(found.classes);
        for (name, value) in found.values {
            let size = match image.as_mut() {
                Some(image) if name == "width" => Some(&mut image.width),
                Some(image) if name == "height" => Some(&mut image.height),
                _ => None,
            };
            match size.zip(pixels(&value)) {
                Some((size, pixels)) => *size = Some(pixels),
                None if tag::set_attribute(attr, &name, &value) => {}
                None if is_presentation(&name) => {
                    let what = format!("the attribute '{name}'");
                    self.gathered.leave_out(what, &code::PRESENTATION_DROPPED, span);
                }
                None => {
                    let message = format!("the attribute '{name}' is not kept");
                    self.cx.report(Diagnostic::new(&code::ATTRIBUTE_DROPPED, span, message));
                }
            }
        }
    }

    /// A span by its classes and attributes.
    pub fn span_of(
        &mut self,
        content: Vec<Inline>,
        mut found: Attributes,
        span: Span,
        braces: Span,
    ) -> Inline {
        let known = [
            ("smallcaps", Style::SmallCaps),
            ("small-caps", Style::SmallCaps),
            ("underline", Style::Underline),
            ("ul", Style::Underline),
            ("mark", Style::Mark),
            ("kbd", Style::Keyboard),
        ];
        let mut style = Style::Span;
        found.classes.retain(|class| match known.iter().find(|(name, _)| name == class) {
            Some((_, known)) if style == Style::Span => {
                style = *known;
                false
            }
            _ => true,
        });
        let mut node = Inline::new(InlineKind::Styled { style, content }, span);
        self.give(&mut node.attr, None, found, braces);
        node.attr = node.attr.filter(|attr| !attr.is_empty());
        node
    }

    /// Attributes right after a node.
    pub fn attributes_after(&mut self, at: usize, rest: &str, marks: &mut Marks) -> usize {
        let Some(found) = attributes::parse(rest) else { return 0 };
        let fits = marks.out.last().is_some_and(|node| {
            node.span.end as usize == at
                && matches!(
                    node.kind,
                    InlineKind::Link(_)
                        | InlineKind::Image(_)
                        | InlineKind::Code { .. }
                        | InlineKind::Math(_)
                )
        });
        let length = found.length;
        let span = Span::new(at, at + length);
        if !fits {
            return 0;
        }
        if !self.dialect.pandoc() {
            self.is_off(span, "attributes in braces", super::Dialect::Pandoc);
            return 0;
        }
        let Some(mut node) = marks.out.pop() else { return 0 };
        if let (Some(format), InlineKind::Code { text }) = (&found.raw, &node.kind) {
            let whole = node.span.to(span);
            let (format, raw) = (format.clone(), text.clone());
            marks.out.extend(self.raw_inline(&format, &raw, whole));
            return length;
        }
        let mut attr = node.attr.take();
        let image = match &mut node.kind {
            InlineKind::Image(image) => Some(&mut **image),
            _ => None,
        };
        self.give(&mut attr, image, found, span);
        node.attr = attr.filter(|attr| !attr.is_empty());
        node.span = node.span.to(span);
        marks.out.push(node);
        length
    }
}
