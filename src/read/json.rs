//! Reads back what the JSON writer writes.

use crate::format::{Context, Error, Format, Reader};
use crate::model::{Document, Span};
use crate::schema;
use serde::Deserialize;

/// The JSON reader.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

/// What is read first, to say whether the rest can be read.
#[derive(Deserialize)]
struct Head {
    schema: String,
    version: String,
}

impl Reader for Json {
    fn format(&self) -> Format {
        schema::FORMAT
    }

    fn detect(&self, head: &str) -> u8 {
        let head = head.trim_start_matches('\u{FEFF}').trim_start();
        match head.strip_prefix('{') {
            Some(rest) if rest.contains("\"schema\"") && rest.contains("\"fanfold\"") => 100,
            Some(rest) if rest.trim_start().starts_with('"') => 60,
            _ => 0,
        }
    }

    fn read(&self, source: &[u8], cx: &mut Context<'_>) -> Result<Document, Error> {
        let decoded = crate::decode::decode(source, cx)?;
        let text = &decoded.text[decoded.start()..];
        // Six brackets are the most that a node needs around its children: a table's.
        check_depth(text, 6 * cx.limits.nesting + 16)?;
        let head: Head = parse(text)?;
        if head.schema != schema::NAME {
            return Err(malformed(format!("the schema is '{}', not '{}'", head.schema, schema::NAME)));
        }
        let major = |version: &str| version.split('.').next().and_then(|n| n.parse::<u32>().ok());
        if major(&head.version) != major(schema::VERSION) {
            return Err(malformed(format!(
                "the schema's version is {}; this fanfold reads {}",
                head.version,
                schema::VERSION
            )));
        }
        parse(text)
    }
}

fn malformed(message: String) -> Error {
    Error::Malformed { message, span: None }
}

fn parse<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.disable_recursion_limit();
    let value = T::deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| malformed(format!("not readable as fanfold JSON: {error}")))
}

/// Bounds the stack before anything is parsed.
fn check_depth(text: &str, most: usize) -> Result<(), Error> {
    let (mut depth, mut in_string, mut escaped) = (0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > most {
                    let message = format!("arrays and objects are nested more than {most} deep");
                    return Err(Error::Malformed { message, span: Some(Span::new(at, at + 1)) });
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}
