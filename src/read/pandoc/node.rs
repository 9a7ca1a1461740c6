//! A node of pandoc's JSON with its place: an object with its kind as `t` and its content as `c`.

use crate::account::Fate;
use crate::format::{Error, ReadContext};
use crate::model::Span;
use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, parse_to_ast};

/// Parses JSON by RFC 8259, nothing looser.
pub(super) fn parse(text: &str, start: usize) -> Result<Value<'_>, Error> {
    let options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let parsed = parse_to_ast(&text[start..], &collect, &options).map_err(|error| {
        let range = error.range();
        malformed(format!("not readable as JSON: {}", error.kind()), range.start + start, range.end + start)
    })?;
    parsed.value.ok_or_else(|| malformed("not readable as JSON: it is empty".into(), 0, 0))
}

pub(super) fn malformed(message: String, start: usize, end: usize) -> Error {
    Error::Malformed { message, span: Some(Span::new(start, end)) }
}

/// A value and where the text it was parsed from starts in the source.
#[derive(Clone, Copy)]
pub(super) struct Node<'v, 's> {
    value: &'v Value<'s>,
    start: usize,
}

impl<'v, 's> Node<'v, 's> {
    pub fn new(value: &'v Value<'s>, start: usize) -> Self {
        Node { value, start }
    }

    fn at(self, value: &'v Value<'s>) -> Self {
        Node { value, ..self }
    }

    pub fn span(self) -> Span {
        let range = self.value.range();
        Span::new(range.start + self.start, range.end + self.start)
    }

    /// Claims what says what the nodes are: the names of members, kinds, numbers.
    pub fn claim_envelope(self, cx: &mut ReadContext<'_>) {
        match self.value {
            Value::Object(object) => {
                for property in &object.properties {
                    let range = property.name.range();
                    cx.claim(Span::new(range.start + self.start, range.end + self.start), Fate::Syntax);
                    let value = self.at(&property.value);
                    if property.name.as_str() == "t" {
                        cx.claim(value.span(), Fate::Syntax);
                    } else {
                        value.claim_envelope(cx);
                    }
                }
            }
            Value::Array(array) => array.elements.iter().for_each(|v| self.at(v).claim_envelope(cx)),
            Value::StringLit(_) => {}
            Value::NumberLit(_) | Value::BooleanLit(_) | Value::NullKeyword(_) => {
                cx.claim(self.span(), Fate::Syntax);
            }
        }
    }

    /// An error that says what should stand here.
    pub fn wanted<T>(self, what: &str) -> Result<T, Error> {
        let message = format!("not pandoc's JSON: {what} should stand here");
        Err(Error::Malformed { message, span: Some(self.span()) })
    }

    pub fn is_null(self) -> bool {
        matches!(self.value, Value::NullKeyword(_))
    }

    pub fn text(self) -> Result<&'v str, Error> {
        match self.value {
            Value::StringLit(text) => Ok(&text.value),
            _ => self.wanted("a string"),
        }
    }

    /// Where a string stands, without its quotation marks.
    pub fn text_span(self) -> Span {
        let span = self.span();
        Span { start: span.start + 1, end: span.end.saturating_sub(1).max(span.start + 1), ..span }
    }

    pub fn truth(self) -> Result<bool, Error> {
        match self.value {
            Value::BooleanLit(truth) => Ok(truth.value),
            _ => self.wanted("a truth value"),
        }
    }

    /// A whole number; pandoc's are small.
    pub fn number(self) -> Result<i64, Error> {
        match self.value {
            Value::NumberLit(number) => number.value.parse().or_else(|_| self.wanted("a whole number")),
            _ => self.wanted("a whole number"),
        }
    }

    pub fn list(self) -> Result<impl ExactSizeIterator<Item = Node<'v, 's>>, Error> {
        match self.value {
            Value::Array(array) => Ok(array.elements.iter().map(move |v| self.at(v))),
            _ => self.wanted("an array"),
        }
    }

    /// The elements of an array of a fixed length.
    pub fn tuple<const N: usize>(self) -> Result<[Node<'v, 's>; N], Error> {
        let all: Vec<_> = self.list()?.collect();
        all.try_into().or_else(|_| self.wanted(&format!("an array of {N}")))
    }

    /// The members of an object, in order.
    pub fn members(self) -> Result<impl Iterator<Item = (&'v str, Node<'v, 's>)>, Error> {
        match self.value {
            Value::Object(object) => {
                Ok(object.properties.iter().map(move |p| (p.name.as_str(), self.at(&p.value))))
            }
            _ => self.wanted("an object"),
        }
    }

    pub fn member(self, name: &str) -> Result<Option<Node<'v, 's>>, Error> {
        Ok(self.members()?.find(|(n, _)| *n == name).map(|(_, node)| node))
    }

    /// A node's kind.
    pub fn kind(self) -> Result<&'v str, Error> {
        match self.member("t")? {
            Some(kind) => kind.text(),
            None => self.wanted("a node with a kind 't'"),
        }
    }

    /// A node's content.
    pub fn content(self) -> Result<Node<'v, 's>, Error> {
        match self.member("c")? {
            Some(content) => Ok(content),
            None => self.wanted("a node with content 'c'"),
        }
    }
}
