//! Newline-delimited JSON: a block a line ([`Flat`]), or passages of a bounded size ([`Chunks`]).
//!
//! Both name blocks by identifiers made from the block's words and its place in the outline, so
//! that an edit elsewhere in the article changes none of them, and both keep the span of each
//! block, so that a passage leads back to its source.

mod chunk;
mod entry;

pub use entry::Budget;

use super::fnv::fnv;
use crate::format::{Error, Format, WriteContext, Writer};
use crate::json::compact;
use crate::model::{Article, Block, BlockKind, Document, plain_text};
use entry::Entry;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

/// Writes one block a line, with the headings above it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flat;

/// Writes passages of bounded size, for an index or a language model.
///
/// A passage stays in one section. It ends between blocks where that keeps it in its size, else
/// between sentences, and inside a sentence only when that alone is over the size.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Chunks {
    /// The most that a passage's text holds.
    pub size: Budget,
}

crate::format::options!(Chunks);

impl Writer for Flat {
    fn format(&self) -> Format {
        Format {
            name: "flat",
            aliases: &[],
            extensions: &["ndjson"],
            media_type: "application/x-ndjson",
            text: true,
            description: "a JSON object a line for each block, with its heading path",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        _: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let mut out = BufWriter::new(out);
        let mut ids = Ids::default();
        for article in &document.articles {
            for entry in entries(article, &mut ids) {
                line(&mut out, &entry)?;
            }
        }
        Ok(out.flush()?)
    }
}

impl Writer for Chunks {
    fn format(&self) -> Format {
        Format {
            name: "chunks",
            aliases: &[],
            extensions: &["jsonl"],
            media_type: "application/x-ndjson",
            text: true,
            description: "a JSON object a line for each passage of bounded size",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        _: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let mut out = BufWriter::new(out);
        let mut ids = Ids::default();
        for article in &document.articles {
            for chunk in chunk::chunks(&entries(article, &mut ids), self.size) {
                line(&mut out, &chunk)?;
            }
        }
        Ok(out.flush()?)
    }
}

fn line(out: &mut impl Write, value: &impl Serialize) -> Result<(), Error> {
    compact::to_writer(&mut *out, value).map_err(io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// An article's blocks in order, its notes after them. Blocks without words are left out.
fn entries<'d>(article: &'d Article, ids: &mut Ids) -> Vec<Entry<'d>> {
    let title = plain_text(&article.meta.title);
    let mut entries = Vec::with_capacity(article.blocks.len());
    // The headings that are open, with their levels.
    let mut open: Vec<(u8, String)> = Vec::new();
    let mut add = |kind, text: String, span, content, path: &[(u8, String)]| {
        if !text.trim().is_empty() {
            let path: Vec<String> = path.iter().map(|(_, heading)| heading.clone()).collect();
            let id = ids.next(&title, &path, kind, &text);
            entries.push(Entry { id, article: title.clone(), path, kind, text, span, content });
        }
    };
    for block in &article.blocks {
        let text = plain_text(&block);
        match &block.kind {
            BlockKind::Heading { level, content } => {
                open.retain(|(above, _)| *above < level.get());
                add("heading", text.clone(), block.span, Some(content.as_slice()), &open);
                open.push((level.get(), text));
            }
            BlockKind::Paragraph { content } => {
                add("paragraph", text, block.span, Some(content.as_slice()), &open);
            }
            _ => add(kind_name(block), text, block.span, None, &open),
        }
    }
    for note in &article.notes {
        add("note", plain_text(&note.blocks), note.span, None, &[]);
    }
    entries
}

fn kind_name(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Heading { .. } => "heading",
        BlockKind::Paragraph { .. } => "paragraph",
        BlockKind::Quote { .. } => "quote",
        BlockKind::List { .. } => "list",
        BlockKind::Definitions { .. } => "definitions",
        BlockKind::Code { .. } => "code",
        BlockKind::Math { .. } => "math",
        BlockKind::Table(_) => "table",
        BlockKind::Infobox(_) => "infobox",
        BlockKind::Figure { .. } => "figure",
        BlockKind::Aside { .. } => "aside",
        BlockKind::Notes { .. } => "notes",
        BlockKind::Rule => "rule",
        BlockKind::Unresolved(_) => "unresolved",
        BlockKind::Unknown(_) => "unknown",
    }
}

/// Identifiers given so far, and how often.
#[derive(Default)]
struct Ids(BTreeMap<u64, u32>);

impl Ids {
    /// The identifier of a block: a hash of its words and its place, and a number only where the
    /// same words stand in the same place again.
    fn next(&mut self, title: &str, path: &[String], kind: &str, text: &str) -> String {
        let parts = [title].into_iter().chain(path.iter().map(String::as_str)).chain([kind, text]);
        // 0xFF is in no UTF-8, so that parts can't run into each other.
        let hash = fnv(parts.flat_map(|part| part.bytes().chain([0xFF])));
        let times = self.0.entry(hash).and_modify(|n| *n += 1).or_insert(1);
        if *times == 1 { format!("{hash:016x}") } else { format!("{hash:016x}-{times}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Ignore;
    use crate::format::{Limits, ReadContext};
    use serde_json::Value;

    const ARTICLE: &str = "= Cat =\n\nBox\n- Legs: 4\n\nA cat sleeps. It wakes up! Then it eats. \n\n==Food==\nMice are food.\n\n- one\n- two\n\n===Milk===\nNo milk.\n\n==Play==\nString.\n";

    fn written(text: &str, writer: &dyn Writer) -> Vec<Value> {
        let (limits, mut sink, mut out) = (Limits::default(), Ignore, Vec::new());
        let mut cx = ReadContext::new("cat.txt", &limits, &mut sink);
        let document = crate::registry().reader("article").unwrap().read(text.as_bytes(), &mut cx).unwrap();
        let mut cx = WriteContext::new("cat.txt", &limits, &mut sink);
        writer.write(&document, &mut out, &mut cx).unwrap();
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_block_has_its_headings_and_its_source() {
        let lines = written(ARTICLE, &Flat);
        let milk = lines.iter().find(|line| line["text"] == "No milk.").unwrap();
        assert_eq!(milk["path"], serde_json::json!(["Food", "Milk"]));
        for line in &lines {
            let at = |i: usize| line["span"][i].as_u64().unwrap() as usize;
            let source = &ARTICLE[at(0)..at(1)];
            for word in line["text"].as_str().unwrap().split_whitespace() {
                assert!(source.contains(word.trim_end_matches(':')), "{word:?} is not in {source:?}");
            }
        }
    }

    #[test]
    fn an_edit_elsewhere_changes_no_identifier() {
        let ids = |text: &str| -> Vec<String> {
            written(text, &Flat).iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
        };
        let before = ids(ARTICLE);
        let after = ids(&ARTICLE.replace("Mice are food.", "Mice are food.\n\nFish too."));
        assert_eq!(after.len(), before.len() + 1);
        assert!(before.iter().all(|id| after.contains(id)));
        let twice = ids("= A =\n\nb\n\nb\n");
        assert_eq!(twice[1], format!("{}-2", twice[0]));
    }

    #[test]
    fn passages_keep_their_size_and_their_sentences() {
        for size in [5, 16, 30, 2000] {
            let lines = written(ARTICLE, &Chunks { size: Budget::Characters(size) });
            let blocks: BTreeMap<String, String> = written(ARTICLE, &Flat)
                .iter()
                .map(|b| (b["id"].as_str().unwrap().to_owned(), b["text"].as_str().unwrap().to_owned()))
                .collect();
            let mut covered: BTreeMap<&str, String> = BTreeMap::new();
            for line in &lines {
                let text = line["text"].as_str().unwrap();
                assert!(text.chars().count() <= size, "{text:?} is over {size}");
                for part in line["blocks"].as_array().unwrap() {
                    let at = |i: usize| part["text"][i].as_u64().unwrap() as usize;
                    covered.entry(part["id"].as_str().unwrap()).or_default().push_str(&text[at(0)..at(1)]);
                }
            }
            // The parts of each block, put together, are the block but for white space between them.
            let solid = |text: &str| text.split_whitespace().collect::<String>();
            for (id, text) in &blocks {
                assert_eq!(solid(&covered[id.as_str()]), solid(text));
            }
        }
        let cut: Vec<_> = written(ARTICLE, &Chunks { size: Budget::Characters(16) })
            .iter()
            .map(|line| line["text"].clone())
            .collect();
        assert!(cut.contains(&"A cat sleeps.".into()) && cut.contains(&"It wakes up!".into()), "{cut:?}");
    }

    #[test]
    fn words_bound_a_passage_too() {
        for size in [1, 3, 5, 400] {
            for line in written(ARTICLE, &Chunks { size: Budget::Words(size) }) {
                let text = line["text"].as_str().unwrap();
                assert!(text.split_whitespace().count() <= size, "{text:?} is over {size}");
            }
        }
        let cut = written("= A =\n\n日本語の文章。長い文章です。\n", &Chunks { size: Budget::Words(7) });
        let texts: Vec<_> = cut.iter().map(|line| line["text"].as_str().unwrap()).collect();
        assert_eq!(texts, ["日本語の文章。", "長い文章です。"]);
    }

    /// From the source to a block, to its text, to a passage, and back, by slicing alone.
    #[test]
    fn a_passage_leads_back_to_its_source() {
        let slice = |text: &str, range: &Value| {
            let at = |i: usize| range[i].as_u64().unwrap() as usize;
            text[at(0)..at(1)].to_owned()
        };
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let seed = include_str!("../../../input/boris-bondarev.txt");
        for (source, size) in [(ARTICLE, 16), (ARTICLE, 40), (seed, 80), (seed, 700)] {
            let blocks: BTreeMap<String, Value> = written(source, &Flat)
                .into_iter()
                .map(|block| (block["id"].as_str().unwrap().to_owned(), block))
                .collect();
            let mut exact = 0;
            for chunk in written(source, &Chunks { size: Budget::Characters(size) }) {
                for part in chunk["blocks"].as_array().unwrap() {
                    let block = &blocks[part["id"].as_str().unwrap()];
                    let text = slice(chunk["text"].as_str().unwrap(), &part["text"]);
                    assert_eq!(slice(block["text"].as_str().unwrap(), &part["block"]), text);
                    let place = slice(source, &part["span"]);
                    if matches!(block["type"].as_str(), Some("paragraph" | "heading")) {
                        assert_eq!(words(place.trim_matches('=')), words(&text), "{part}");
                        exact += 1;
                    }
                    assert!(slice(source, &block["span"]).contains(place.trim()));
                }
            }
            assert!(exact > 4);
        }
    }
}
