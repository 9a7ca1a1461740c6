//! Values of a metadata block.

/// A value, as far as metadata needs one.
pub(super) enum Value {
    Scalar(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The text, or the one in a list.
    pub(super) fn only(&self) -> Option<&str> {
        match self {
            Value::Scalar(text) => Some(text),
            Value::List(values) => match values.as_slice() {
                [Value::Scalar(text)] => Some(text),
                _ => None,
            },
            Value::Map(_) => None,
        }
    }

    pub(super) fn scalar(self) -> Option<String> {
        match self {
            Value::Scalar(text) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }
}

/// Collections inside each other; no field that is kept needs more.
pub(super) const DEPTH: usize = 4;

/// Turns the parser's character counts, which only grow, into bytes.
pub(super) struct Bytes<'a> {
    text: &'a str,
    chars: usize,
    bytes: usize,
}

impl<'a> Bytes<'a> {
    pub fn of(text: &'a str) -> Self {
        Bytes { text, chars: 0, bytes: 0 }
    }

    pub fn at(&mut self, chars: usize) -> usize {
        for c in self.text[self.bytes..].chars().take(chars.saturating_sub(self.chars)) {
            self.bytes += c.len_utf8();
            self.chars += 1;
        }
        self.bytes
    }
}
