//! Tokens as a language model's own file cuts them.

use super::options::Tokenizer;
use crate::format::OptionError;
use std::error::Error;

/// A tokenizer in the form of Hugging Face's `tokenizer.json`.
///
/// ```
/// use fanfold::write::{Chunks, TokenizerJson, Unit};
/// use std::sync::Arc;
///
/// let json = br#"{
///     "version": "1.0",
///     "added_tokens": [],
///     "pre_tokenizer": {"type": "Whitespace"},
///     "model": {"type": "WordLevel", "vocab": {"?": 0, "cat": 1}, "unk_token": "?"}
/// }"#;
/// let tokenizer = TokenizerJson::new(json)?;
/// let chunks = Chunks::default().with(|chunks| {
///     (chunks.size, chunks.unit) = (512, Unit::Tokens(Arc::new(tokenizer)));
/// });
/// # Ok::<(), fanfold::format::OptionError>(())
/// ```
pub struct TokenizerJson(tokenizers::Tokenizer);

impl TokenizerJson {
    /// A tokenizer by what its file holds. What the file says of cutting texts off and of filling them up is not
    /// done, and no tokens are added at their ends.
    ///
    /// # Errors
    /// For bytes that are no such file.
    pub fn new(json: &[u8]) -> Result<Self, OptionError> {
        let fault =
            |error: Box<dyn Error + Send + Sync>| OptionError(format!("no tokenizer: {error}").into());
        let mut tokenizer = tokenizers::Tokenizer::from_bytes(json).map_err(fault)?;
        tokenizer.with_truncation(None).map_err(fault)?;
        tokenizer.with_padding(None);
        Ok(TokenizerJson(tokenizer))
    }
}

impl Tokenizer for TokenizerJson {
    fn tokens(&self, text: &str) -> Result<Vec<usize>, Box<dyn Error + Send + Sync>> {
        let encoding = self.0.encode(text, false)?;
        let mut starts: Vec<usize> = encoding.get_offsets().iter().map(|(start, _)| *start).collect();
        // Where a normalizer moves characters.
        starts.sort_unstable();
        Ok(starts)
    }
}
