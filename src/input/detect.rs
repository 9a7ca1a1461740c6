//! Which reader an input is for: its extension, then its content.

pub(crate) use super::foreign::foreign;
pub use super::foreign::{Foreign, Way};
pub(crate) use super::name::extension;

use super::decode::decode;
use crate::diagnostic::Ignore;
use crate::format::{Error, Limits, ReadContext, Reader, Registry};

/// How much of an input is looked at.
const HEAD: usize = 4096;

/// How sure of its content a reader must be when the extension is one that nobody knows.
const SURE: u8 = 60;

/// The reader for an input: the one whose extension `name` has, else the one that recognises the
/// content best. Content under an extension that nobody knows must be recognised for sure.
///
/// # Errors
/// When the input is of a [foreign] kind, and when no reader has the extension and none recognises the
/// content.
pub(crate) fn reader<'r>(registry: &'r Registry, source: &[u8], name: &str) -> Result<&'r dyn Reader, Error> {
    let extension = extension(name);
    if let Some(kind) = foreign(name, source) {
        return Err(Error::Foreign { kind });
    }
    if let Some(extension) = extension
        && let Some(reader) = registry.readers().find(|r| r.format().has_extension(extension))
    {
        return Ok(reader);
    }
    let head = &source[..source.len().min(HEAD)];
    if head.contains(&0) && !matches!(head, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return Err(Error::Malformed { message: "it is no text".into(), span: None });
    }
    let limits = Limits::default();
    let mut ignore = Ignore;
    let head = decode(head, &mut ReadContext::new(name, &limits, &mut ignore))?;
    let head = &head.text[head.start()..];
    let mut best: Option<(u8, &dyn Reader)> = None;
    for reader in registry.readers() {
        let score = reader.detect(head);
        // A tie is the earlier reader's.
        if score > best.map_or(0, |(score, _)| score) {
            best = Some((score, reader));
        }
    }
    let sure = |score: u8| extension.is_none() || score >= SURE;
    best.filter(|(score, _)| sure(*score)).map(|(_, reader)| reader).ok_or(Error::UnknownInput)
}
