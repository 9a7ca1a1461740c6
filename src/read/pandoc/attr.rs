//! Identifier, classes and other attributes.

use super::node::Node;
use super::translator::Translator;
use crate::account::Fate;
use crate::diagnostic::code;
use crate::format::Error;
use crate::markup::numbered;
use crate::model::{Attr, Direction, LanguageTag, Span};

/// Attributes as they were given.
pub(super) struct Given<'v> {
    pub id: &'v str,
    pub classes: Vec<&'v str>,
    /// Keys and values, and where each pair stands.
    pub others: Vec<(&'v str, &'v str, Span)>,
    span: Span,
}

impl<'v> Given<'v> {
    pub fn read(node: Node<'v, '_>) -> Result<Self, Error> {
        let [id, classes, others] = node.tuple()?;
        let classes = classes.list()?.map(Node::text).collect::<Result<_, _>>()?;
        let pair = |node: Node<'v, '_>| {
            let [key, value] = node.tuple()?;
            Ok((key.text()?, value.text()?, node.span()))
        };
        let others = others.list()?.map(pair).collect::<Result<_, Error>>()?;
        Ok(Given { id: id.text()?, classes, others, span: node.span() })
    }

    pub fn lang(&self) -> Option<LanguageTag> {
        LanguageTag::new(self.others.iter().find(|(key, ..)| *key == "lang")?.1)
    }

    /// Takes the first class, when it is one of those asked for.
    pub fn take_class<T>(&mut self, known: impl Fn(&str) -> Option<T>) -> Option<T> {
        let found = known(self.classes.first()?)?;
        self.classes.remove(0);
        Some(found)
    }

    /// Takes what asks for numbers before the lines of code: the number of the first.
    pub fn take_numbers(&mut self) -> Option<u32> {
        let before = self.classes.len();
        self.classes.retain(|class| !numbered::asks(class));
        let start = (self.classes.len() < before)
            .then(|| self.others.iter().position(|(key, ..)| numbered::starts(key)))?;
        let first = start.and_then(|at| self.others.remove(at).1.parse().ok());
        Some(first.unwrap_or(1))
    }

    /// Takes another attribute.
    pub fn take(&mut self, key: &str) -> Option<&'v str> {
        let at = self.others.iter().position(|(k, ..)| *k == key)?;
        Some(self.others.remove(at).1)
    }
}

impl Translator<'_, '_, '_> {
    /// What the model has a place for; the rest is reported.
    pub(super) fn attr(&mut self, given: Given<'_>) -> Option<Box<Attr>> {
        let mut attr = Attr {
            id: (!given.id.is_empty()).then(|| given.id.to_owned()),
            classes: given.classes.iter().map(|&c| c.to_owned()).collect(),
            ..Attr::default()
        };
        self.cx.claim(given.span, Fate::Syntax);
        for (key, value, span) in given.others {
            match (key, value) {
                ("lang", tag) if LanguageTag::new(tag).is_some() => attr.lang = LanguageTag::new(tag),
                ("dir", "ltr") => attr.dir = Some(Direction::Ltr),
                ("dir", "rtl") => attr.dir = Some(Direction::Rtl),
                ("title", title) => attr.title = Some(title.to_owned()),
                _ => {
                    let message = format!("the attribute {key}=\"{value}\" has no place in the model");
                    self.lost(&code::ATTRIBUTE_DROPPED, span, message);
                }
            }
        }
        (attr != Attr::default()).then(|| Box::new(attr))
    }

    /// Attributes of what the model gives none.
    pub(super) fn no_attr(&mut self, node: Node<'_, '_>) -> Result<(), Error> {
        let given = Given::read(node)?;
        if !given.id.is_empty() || !given.classes.is_empty() || !given.others.is_empty() {
            let message = "attributes of a part of a table have no place in the model";
            self.lost(&code::ATTRIBUTE_DROPPED, given.span, message);
        }
        Ok(())
    }
}
