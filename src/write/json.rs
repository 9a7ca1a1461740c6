//! The model as JSON: an envelope with the schema's name and version, then the document, lossless.
//!
//! One block stands on one line, so that versions differ line by line and tools for lines find
//! blocks.

use super::fnv::fnv;
use crate::asset::media_type;
use crate::format::{Error, Format, WriteContext, Writer};
use crate::json::compact;
use crate::model::{Article, Asset, Document, Fields, Meta, Source};
use crate::schema;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// The JSON writer.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Json {
    /// The folder, from the document's own, where attached bytes lie in files named by
    /// [`asset_file_name`](super::asset_file_name): the document then names them. Without one they are in it. The writer writes no
    /// file; whoever gives the folder does.
    pub assets: Option<String>,
}

crate::format::options!(Json);

/// Whether an asset lies in a file beside the document. A drawing that runs something, leads out of itself
/// or grows without bound stays in the document: a file is opened by who does not know what it is.
pub fn lies_beside(asset: &Asset) -> bool {
    let drawn = asset.media_type.contains("svg") || media_type(&asset.data) == Some("image/svg+xml");
    #[cfg(feature = "html")]
    return !drawn || super::html::svg::is_safe(&asset.data);
    #[cfg(not(feature = "html"))]
    !drawn
}

/// The name of the file that an asset lies in: made from its bytes, so that the same are kept once.
pub fn file_name(asset: &Asset) -> String {
    let extension = match asset.media_type.as_str() {
        "image/jpeg" => "jpg",
        "image/svg+xml" => "svg",
        // What is no image gets no extension that opens it.
        other => other
            .strip_prefix("image/")
            .filter(|kind| kind.bytes().all(|b| b.is_ascii_alphanumeric()))
            .unwrap_or("bin"),
    };
    format!("{:016x}.{extension}", fnv(asset.data.iter().copied()))
}

#[derive(Serialize)]
struct Envelope<'d> {
    schema: &'static str,
    version: Cow<'static, str>,
    #[serde(skip_serializing_if = "is_empty")]
    meta: &'d Meta,
    sources: &'d [Source],
    articles: &'d [Article],
    #[serde(skip_serializing_if = "Assets::is_empty")]
    assets: Assets<'d>,
    #[serde(flatten)]
    unknown: &'d Fields,
}

/// The version under which everything in a document can be read: this one's, or the later one that
/// what is unknown is of.
fn version(document: &Document) -> Cow<'static, str> {
    match (document.newer_minor, schema::version(schema::VERSION)) {
        (Some(minor), Some((major, _))) => format!("{major}.{minor}").into(),
        _ => schema::VERSION.into(),
    }
}

fn is_empty(meta: &&Meta) -> bool {
    meta.is_empty()
}

/// The assets, and the folder they lie in.
struct Assets<'d>(&'d BTreeMap<String, Asset>, Option<&'d str>);

impl Assets<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Assets<'_> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Beside<'a> {
            media_type: &'a str,
            file: String,
            #[serde(flatten)]
            unknown: &'a Fields,
        }
        let Some(folder) = self.1 else { return self.0.serialize(s) };
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Placed<'a> {
            Here(&'a Asset),
            Beside(Beside<'a>),
        }
        s.collect_map(self.0.iter().map(|(name, asset)| {
            if !lies_beside(asset) {
                return (name, Placed::Here(asset));
            }
            let file = format!("{folder}/{}", file_name(asset));
            (name, Placed::Beside(Beside { media_type: &asset.media_type, file, unknown: &asset.unknown }))
        }))
    }
}

impl Writer for Json {
    fn format(&self) -> Format {
        schema::FORMAT
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        _: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let mut out = BufWriter::with_capacity(1 << 16, out);
        let envelope = Envelope {
            schema: schema::NAME,
            version: version(document),
            meta: &document.meta,
            sources: &document.sources,
            articles: &document.articles,
            assets: Assets(&document.assets, self.assets.as_deref()),
            unknown: &document.unknown,
        };
        envelope
            .serialize(&mut Serializer::with_formatter(&mut out, BlockLines::default()))
            .map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        out.flush()?;
        Ok(())
    }
}

/// Lays JSON out: down to the depth of an article's blocks, members of an object and objects in an
/// array have lines of their own; what is deeper stands on its block's line.
#[derive(Default)]
struct BlockLines {
    depth: usize,
    /// Whether the value that comes next is a member of an array.
    in_array: bool,
    /// Bit n: the array at depth n has objects on lines of their own.
    broken: u8,
}

/// Depth inside the array of an article's blocks: document, articles, article, blocks.
const BLOCKS: usize = 4;

impl BlockLines {
    fn line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for BlockLines {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, text: &str) -> io::Result<()> {
        compact::fragment(out, text)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.in_array = true;
        if first { Ok(()) } else { out.write_all(b",") }
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        let bit = 1u8.checked_shl(self.depth as u32).unwrap_or_default();
        self.depth -= 1;
        if self.broken & bit != 0 {
            self.broken &= !bit;
            self.line(out)?;
        }
        out.write_all(b"]")
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        if self.in_array && self.depth <= BLOCKS {
            self.broken |= 1 << self.depth;
            self.line(out)?;
        }
        self.depth += 1;
        out.write_all(b"{")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        if self.depth < BLOCKS { self.line(out) } else { Ok(()) }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.in_array = false;
        out.write_all(if self.depth < BLOCKS { b": " } else { b":" })
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.depth + 1 < BLOCKS {
            self.line(out)?;
        }
        out.write_all(b"}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Ignore;
    use crate::format::Limits;
    use crate::model::{Block, BlockKind, Inline, InlineKind, Span};

    #[test]
    fn a_block_has_a_line() {
        let span = Span::new(0, 3);
        let text = Inline::new(InlineKind::Text { text: "a\"b".into() }, span);
        let paragraph = Block::new(BlockKind::Paragraph { content: vec![text.clone()] }, span);
        let document = Document {
            articles: vec![Article {
                meta: Meta { title: vec![text], ..Meta::default() },
                blocks: vec![paragraph, Block::new(BlockKind::Rule, span)],
                span,
                ..Article::default()
            }],
            ..Document::default()
        };
        let (limits, mut out) = (Limits::default(), Vec::new());
        Json::default()
            .write(&document, &mut out, &mut WriteContext::new("-", &limits, &mut Ignore))
            .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            r#"{
  "schema": "fanfold",
  "version": "0.2",
  "sources": [],
  "articles": [
    {
      "meta": {"title":[{"type":"text","text":"a\"b","span":[0,3]}]},
      "blocks": [
        {"type":"paragraph","content":[{"type":"text","text":"a\"b","span":[0,3]}],"span":[0,3]},
        {"type":"rule","span":[0,3]}
      ],
      "span": [0,3]
    }
  ]
}
"#
        );
    }
}
