//! Attributes that the source gives a node in braces.

use super::attributes::{Attributes, pixels};
use super::reader::Reader;
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::markup::tag;
use crate::model::{Attr, Image, Span};

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
                None => {
                    let message = format!("the attribute '{name}' is not kept");
                    self.cx.report(Diagnostic::new(&code::ATTRIBUTE_DROPPED, span, message));
                }
            }
        }
    }
}
