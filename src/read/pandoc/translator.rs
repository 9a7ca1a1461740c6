//! The translation of one article's nodes: what all of it shares.

use super::node::Node;
use crate::account::Fate;
use crate::diagnostic::Diagnostic;
use crate::format::{Error, ReadContext};
use crate::model::{Asset, Note, Span};
use std::collections::BTreeMap;

/// Translates pandoc's nodes.
pub(super) struct Translator<'c, 'x, 'a> {
    pub cx: &'c mut ReadContext<'x>,
    /// The article's notes so far: pandoc's stand where they are called.
    pub notes: Vec<Note>,
    pub assets: &'a mut BTreeMap<String, Asset>,
}

impl Translator<'_, '_, '_> {
    /// A string that goes into the document as it is.
    pub fn rendered<'v>(&mut self, node: Node<'v, '_>) -> Result<&'v str, Error> {
        let text = node.text()?;
        self.cx.claim(node.text_span(), Fate::Rendered);
        Ok(text)
    }

    pub fn lost(&mut self, code: &'static crate::diagnostic::Code, span: Span, message: impl Into<String>) {
        self.cx.report(Diagnostic::new(code, span, message));
    }
}
