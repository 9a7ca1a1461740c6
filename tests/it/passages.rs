//! What holds of the passages of any document, cut in any way.
#![cfg(all(feature = "cli", feature = "markdown", feature = "pandoc", feature = "wikitext"))]
#![cfg(all(feature = "epub", feature = "html", feature = "pdf"))]

use crate::document::document;
use crate::properties::config;
use fanfold::Converter;
use fanfold::diagnostic::Ignore;
use fanfold::model::Document;
use fanfold::write::{Chunks, Flat, Passage, Tokenizer, Unit};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::sync::Arc;

/// A token for each letter of a word's start, as much as three, and one for the rest of the word: a word that
/// is cut has more.
struct Letters;

impl Tokenizer for Letters {
    fn tokens(&self, text: &str) -> Result<Vec<usize>, Box<dyn Error + Send + Sync>> {
        let (mut tokens, mut letters) = (Vec::new(), 0);
        for (at, c) in text.char_indices() {
            letters = if c.is_whitespace() { 0 } else { letters + 1 };
            if (1..=4).contains(&letters) {
                tokens.push(at);
            }
        }
        Ok(tokens)
    }
}

fn size(text: &str, unit: &Unit) -> usize {
    match unit {
        Unit::Words => text.split_whitespace().count(),
        Unit::Tokens(tokenizer) => tokenizer.tokens(text).expect("it never fails").len(),
        _ => text.chars().count(),
    }
}

/// Each article's passages, under a name.
fn passages(document: &Document, name: &str, chunks: &Chunks) -> BTreeMap<String, Vec<Passage>> {
    let (converter, mut sink) = (Converter::default(), Ignore);
    let all = chunks.passages(document, &mut converter.write_context(name, &mut sink));
    by_article(all.expect("nothing stops it"))
}

/// Each article's text, as its blocks say it.
fn texts(document: &Document, name: &str) -> BTreeMap<String, String> {
    let (converter, mut sink) = (Converter::default(), Ignore);
    let all = Flat::default().passages(document, &mut converter.write_context(name, &mut sink));
    let text = |blocks: Vec<Passage>| blocks.into_iter().map(|b| b.text).collect::<Vec<_>>().join("\n\n");
    by_article(all.expect("nothing stops it")).into_iter().map(|(id, blocks)| (id, text(blocks))).collect()
}

fn by_article(passages: Vec<Passage>) -> BTreeMap<String, Vec<Passage>> {
    let mut articles = BTreeMap::<_, Vec<Passage>>::new();
    for passage in passages {
        articles.entry(passage.document_id.clone()).or_default().push(passage);
    }
    articles
}

fn letters(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

/// The laws of an article's passages.
fn hold(text: &str, passages: &[Passage], chunks: &Chunks) {
    let least = chunks.min.unwrap_or(1);
    let mut end = 0;
    for (n, passage) in passages.iter().enumerate() {
        let own = &passage.text[passage.repeated_bytes..];
        assert_eq!(own, &text[passage.byte_start..passage.byte_end], "a span in bytes slices to the text");
        assert_eq!(own, letters(text, passage.char_start, passage.char_end), "and one in characters");
        assert_eq!(passage.text[..passage.repeated_bytes].chars().count(), passage.repeated_chars);
        assert_eq!(text[end..passage.byte_start].trim(), "", "the texts joined are the document's text");
        end = passage.byte_end;
        let size = size(&passage.text, &chunks.unit);
        // White space is not cut, and what is under the least size can't be parted from what is before it.
        let solid = |text: &str| text.split(|c: char| !c.is_whitespace()).all(|run| run.chars().count() <= 2);
        assert!(size <= chunks.size || !solid(own), "{size} of {}: {:?}", chunks.size, passage.text);
        // Words are counted otherwise than here where no spaces part them, and tokens within their blocks.
        let exact = matches!(chunks.unit, Unit::Characters);
        assert!(!exact || size >= least || passages.len() == 1, "{size}, least {least}: {:?}", passage.text);
        assert_eq!(passage.previous_id.as_ref(), n.checked_sub(1).map(|n| &passages[n].id));
        assert_eq!(passage.next_id.as_ref(), passages.get(n + 1).map(|next| &next.id));
    }
    assert_eq!(end, text.len(), "to its end");
}

fn cuts() -> impl Strategy<Value = Chunks> {
    (1_usize..300, 0_usize..=100, 0_usize..=50, 0..3).prop_map(|(size, min, overlap, unit)| {
        Chunks::default().with(|chunks| {
            chunks.size = size;
            chunks.overlap = size * overlap / 100;
            let most = ((size - chunks.overlap) / 2).saturating_sub(1);
            chunks.min = Some((most * min / 100).max(1));
            chunks.unit = match unit {
                0 => Unit::Words,
                1 => Unit::Tokens(Arc::new(Letters)),
                _ => Unit::Characters,
            };
        })
    })
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn passages_of_any_document_keep_their_laws(bytes in proptest::collection::vec(any::<u8>(), 0..1200), chunks in cuts()) {
        let document = document(&bytes);
        let chunks = chunks.checked().expect("sizes that go together");
        let mut ids = HashSet::new();
        let mut count = 0;
        for name in ["one.json", "two.json"] {
            let (texts, passages) = (texts(&document, name), passages(&document, name, &chunks));
            prop_assert_eq!(texts.keys().collect::<Vec<_>>(), passages.keys().collect::<Vec<_>>());
            for (id, passages) in &passages {
                hold(&texts[id], passages, &chunks);
                count += passages.len();
                ids.extend(passages.iter().map(|passage| passage.id.clone()));
            }
        }
        prop_assert_eq!(ids.len(), count, "an identifier is of one passage of one document");
    }
}
