//! Values of a metadata block.

/// A value, as far as metadata needs one.
pub(super) enum Value {
    Scalar(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    pub(super) fn scalar(self) -> Option<String> {
        match self {
            Value::Scalar(text) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }
}
