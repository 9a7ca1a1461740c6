//! Which reader an input is for: its extension, then its content.

use crate::decode::decode;
use crate::diagnostic::Ignore;
use crate::format::{Error, Limits, ReadContext, Reader, Registry};

/// How much of an input is looked at.
const HEAD: usize = 4096;

/// The reader for an input: the one whose extension `name` has, else the one that recognises the
/// content best.
///
/// # Errors
/// When no reader has the extension and none recognises the content.
pub fn reader<'r>(registry: &'r Registry, source: &[u8], name: &str) -> Result<&'r dyn Reader, Error> {
    if let Some(extension) = extension(name)
        && let Some(reader) = registry.readers().find(|r| r.format().has_extension(extension))
    {
        return Ok(reader);
    }
    let head = &source[..source.len().min(HEAD)];
    if head.contains(&0) && !matches!(head, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return Err(Error::Malformed {
            message: "it is no text; 'fanfold formats' lists what is read".into(),
            span: None,
        });
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
    best.map(|(_, reader)| reader).ok_or_else(|| Error::Malformed {
        message: "the format can't be told from the name or the content; name it with --from".into(),
        span: None,
    })
}

/// The part of a file name after its last dot, if it has one.
pub fn extension(name: &str) -> Option<&str> {
    let file = name.rsplit(['/', '\\']).next()?;
    file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension)
}
