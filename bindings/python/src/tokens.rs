//! Tokens as a function of Python's cuts them.

use fanfold::write::Tokenizer;
use pyo3::prelude::*;
use std::error::Error;

/// A function of a text that returns at which characters its tokens start, in order.
pub struct Function(Py<PyAny>);

impl Function {
    pub fn new(function: &Bound<'_, PyAny>) -> Self {
        Function(function.clone().unbind())
    }
}

impl Tokenizer for Function {
    fn tokens(&self, text: &str) -> Result<Vec<usize>, Box<dyn Error + Send + Sync>> {
        let starts = Python::attach(|py| -> PyResult<Vec<usize>> {
            let starts = self.0.call1(py, (text,))?;
            starts.extract(py)
        })?;
        let mut places = text.char_indices().map(|(byte, _)| byte).enumerate().peekable();
        let byte = |start: usize| {
            while places.next_if(|(char, _)| *char < start).is_some() {}
            places.peek().filter(|(char, _)| *char == start).map(|(_, byte)| *byte)
        };
        let bytes: Option<Vec<usize>> = starts.into_iter().map(byte).collect();
        bytes.ok_or_else(|| "chunk_tokenizer returns at which characters tokens start, in order".into())
    }
}
