//! What every node carries.

use super::fields::{Fields, raw};
use super::{Attr, Span};
use serde::{Deserialize, Serialize, Serializer};

/// The kinds that a [`Node`] can be of.
#[doc(hidden)]
pub trait Kind {
    /// The node as JSON, where it is of a kind that this version does not know.
    fn unknown(&self) -> Option<&str>;
}

/// What every node carries, whatever its kind.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "{K}Node"))]
pub struct Node<K> {
    /// What the node is.
    #[serde(flatten)]
    pub kind: K,
    /// Identifier, classes, language, direction: absent on most nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attr: Option<Box<Attr>>,
    /// Where the node stands in its source.
    pub span: Span,
}

impl<K: Kind + Serialize> Serialize for Node<K> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Known<'n, K> {
            #[serde(flatten)]
            kind: &'n K,
            #[serde(skip_serializing_if = "Option::is_none")]
            attr: Option<&'n Attr>,
            span: Span,
            #[serde(flatten, skip_serializing_if = "Option::is_none")]
            unknown: Option<&'n Fields>,
        }
        if let Some(unknown) = self.kind.unknown() {
            return raw::<S>(unknown)?.serialize(s);
        }
        let attr = self.attr.as_deref();
        Known {
            kind: &self.kind,
            attr: attr.filter(|attr| !attr.is_empty()),
            span: self.span,
            unknown: attr.map(|attr| &attr.unknown).filter(|unknown| !unknown.is_empty()),
        }
        .serialize(s)
    }
}

impl<K> Node<K> {
    /// A node without attributes.
    pub fn new(kind: K, span: Span) -> Self {
        Node { kind, attr: None, span }
    }

    /// The node's attributes, made on first use.
    pub fn attr_mut(&mut self) -> &mut Attr {
        self.attr.get_or_insert_default()
    }

    /// The node's identifier, if it has one.
    pub fn id(&self) -> Option<&str> {
        self.attr.as_ref()?.id.as_deref()
    }
}
