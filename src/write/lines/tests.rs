use super::sentence;
use super::*;
use crate::Converter;
use crate::diagnostic::Ignore;
use std::collections::HashSet;
use std::sync::Arc;

const ARTICLE: &str = "= Cat =\n\nBox\n- Legs: 4\n\nA cat sleeps. It wakes up! Then it eats. \n\n==Food==\nMice are food.\n\n- one\n- two\n\n===Milk===\nNo milk.\n\n==Play==\nString.\n";

const SEED: &str = include_str!("../../../input/boris-bondarev.txt");

fn document(text: &str, format: &str) -> Document {
    let (converter, mut sink) = (Converter::default(), Ignore);
    let mut cx = converter.read_context("cat.txt", &mut sink);
    converter.read(text.as_bytes(), Some(format), &mut cx).unwrap()
}

fn flat(document: &Document, source: &str) -> Vec<Passage> {
    let (converter, mut sink) = (Converter::default(), Ignore);
    let mut cx = converter.write_context("cat.txt", &mut sink).with_source(source.as_bytes());
    Flat::default().passages(document, &mut cx).unwrap()
}

fn chunks(document: &Document, source: &str, options: &Chunks) -> Vec<Passage> {
    let (converter, mut sink) = (Converter::default(), Ignore);
    let mut cx = converter.write_context("cat.txt", &mut sink).with_source(source.as_bytes());
    options.passages(document, &mut cx).unwrap()
}

fn sized(size: usize, min: usize) -> Chunks {
    Chunks::default().with(|chunks| (chunks.size, chunks.min) = (size, Some(min))).checked().unwrap()
}

/// The document's text, as its blocks say it.
fn whole(blocks: &[Passage]) -> String {
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

fn letters(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).collect()
}

/// What holds of passages of a text.
fn laws(text: &str, passages: &[Passage]) {
    let (mut byte, mut ids) = (0, HashSet::new());
    for (n, passage) in passages.iter().enumerate() {
        let own = &passage.text[passage.repeated_bytes..];
        assert_eq!(own, &text[passage.byte_start..passage.byte_end]);
        assert_eq!(own, letters(text, passage.char_start, passage.char_end));
        assert_eq!(own, letters(&passage.text, passage.repeated_chars, passage.text.chars().count()));
        assert_eq!(text[byte..passage.byte_start].trim(), "", "nothing is left out");
        assert_eq!(own.trim(), own);
        byte = passage.byte_end;
        assert!(ids.insert(&passage.id));
        assert_eq!(passage.previous_id.as_ref(), n.checked_sub(1).map(|n| &passages[n].id));
        assert_eq!(passage.next_id.as_ref(), passages.get(n + 1).map(|next| &next.id));
    }
    assert_eq!(byte, text.len());
}

fn sizes(passages: &[Passage], least: usize, most: usize, size: impl Fn(&str) -> usize) {
    for passage in passages {
        let size = size(&passage.text);
        assert!(size <= most, "{size} is over {most}: {:?}", passage.text);
        assert!(size >= least || passages.len() == 1, "{size} is under {least}: {:?}", passage.text);
    }
}

fn characters(text: &str) -> usize {
    text.chars().count()
}

#[test]
fn a_block_has_its_headings_and_its_source() {
    let blocks = flat(&document(ARTICLE, "article"), ARTICLE);
    let milk = blocks.iter().find(|block| block.text == "No milk.").unwrap();
    assert_eq!(milk.headings, ["Food", "Milk"]);
    for block in &blocks {
        let source = &ARTICLE[block.source_byte_start.unwrap()..block.source_byte_end.unwrap()];
        for word in block.text.split_whitespace() {
            assert!(source.contains(word.trim_end_matches(':')), "{word:?} is not in {source:?}");
        }
    }
    laws(&whole(&blocks), &blocks);
}

#[test]
fn an_edit_elsewhere_changes_no_identifier() {
    let ids = |text: &str| -> Vec<String> {
        flat(&document(text, "article"), text).into_iter().map(|block| block.id).collect()
    };
    let before = ids(ARTICLE);
    let after = ids(&ARTICLE.replace("Mice are food.", "Mice are food.\n\nFish too."));
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|id| after.contains(id)));
    let twice = ids("= A =\n\nb\n\nb\n");
    assert_ne!(twice[0], twice[1]);
}

#[test]
fn another_name_is_another_document() {
    let document = document(ARTICLE, "article");
    let (converter, mut sink) = (Converter::default(), Ignore);
    let mut of = |name: &str| {
        let mut cx = converter.write_context(name, &mut sink);
        Chunks::default().passages(&document, &mut cx).unwrap().into_iter().map(|p| p.id).collect::<Vec<_>>()
    };
    let (one, two) = (of("one.txt"), of("two.txt"));
    assert!(one.iter().all(|id| !two.contains(id)));
    assert_eq!(one, of("one.txt"));
}

#[test]
fn passages_keep_every_size() {
    for (text, format) in [(ARTICLE, "article"), (SEED, "article")] {
        let document = document(text, format);
        let text = whole(&flat(&document, text));
        for size in [1, 2, 3, 5, 16, 30, 77, 200, 2000, 1_000_000] {
            let most_min = (size / 2usize).saturating_sub(1).max(1);
            for min in [1, size / 10, most_min / 2, most_min] {
                let min = min.max(1);
                let passages = chunks(&document, "", &sized(size, min));
                laws(&text, &passages);
                sizes(&passages, min, size, characters);
            }
        }
    }
}

#[test]
fn words_bound_a_passage_too() {
    let document = document(SEED, "article");
    let text = whole(&flat(&document, SEED));
    for size in [1, 3, 5, 20, 400] {
        let options = sized(size, 1).with(|chunks| chunks.unit = Unit::Words);
        let passages = chunks(&document, "", &options);
        laws(&text, &passages);
        sizes(&passages, 1, size, |text| text.split_whitespace().count());
    }
    let text = "= A =\n\n日本語の文章。長い文章です。\n";
    let options = sized(7, 1).with(|chunks| chunks.unit = Unit::Words);
    let cut = chunks(&self::document(text, "article"), text, &options);
    assert_eq!(cut.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), ["日本語の文章。", "長い文章です。"]);
}

/// What a tokenizer answers.
type Tokens = Result<Vec<usize>, Box<dyn std::error::Error + Send + Sync>>;

/// Tokens by a function.
struct By(fn(&str) -> Tokens);

impl Tokenizer for By {
    fn tokens(&self, text: &str) -> Tokens {
        self.0(text)
    }
}

fn tokened(size: usize, min: usize, tokenizer: impl Tokenizer + 'static) -> Chunks {
    sized(size, min).with(|chunks| chunks.unit = Unit::Tokens(Arc::new(tokenizer)))
}

/// Tokens of up to three letters.
fn threes(text: &str) -> Tokens {
    let word = |at: usize| {
        let length = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
        (at..at + length).step_by(3).collect::<Vec<_>>()
    };
    Ok(measure::words(text).flat_map(word).filter(|&at| text.is_char_boundary(at)).collect())
}

/// Words, but three tokens for the first, and two for one that a full stop comes before: what starts a text is
/// another token than in the middle of it.
fn heavy_starts(text: &str) -> Tokens {
    let tokens = measure::words(text).flat_map(|at| match text[..at].trim_end() {
        "" => vec![at; 3],
        before if before.ends_with('.') => vec![at; 2],
        _ => vec![at],
    });
    Ok(tokens.collect())
}

#[test]
fn tokens_bound_a_passage_too() {
    let document = document(SEED, "article");
    let text = whole(&flat(&document, SEED));
    for size in [8, 60, 500] {
        for tokens in [threes, heavy_starts] {
            let passages = chunks(&document, "", &tokened(size, 2, By(tokens)));
            laws(&text, &passages);
            sizes(&passages, 2, size, |text| tokens(text).unwrap().len());
        }
        let options = tokened(size, 1, By(heavy_starts)).with(|chunks| chunks.overlap = size / 3);
        let passages = chunks(&document, "", &options);
        laws(&text, &passages);
        sizes(&passages, 1, size, |text| heavy_starts(text).unwrap().len());
    }
}

#[test]
fn a_character_of_many_tokens_is_not_cut() {
    fn fives(text: &str) -> Tokens {
        Ok(text.char_indices().filter(|(_, c)| !c.is_whitespace()).flat_map(|(at, _)| [at; 5]).collect())
    }
    let document = document("= A =\n\nab c\u{1F431}d\n\ne\n", "article");
    for (size, wanted) in
        [(3, &["a", "b", "c", "\u{1F431}", "d", "e"][..]), (10, &["ab", "c", "\u{1F431}d", "e"])]
    {
        let passages = chunks(&document, "", &tokened(size, 1, By(fives)));
        laws(&whole(&flat(&document, "")), &passages);
        assert_eq!(passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), wanted);
    }
}

#[test]
fn a_tokenizer_may_fail() {
    let document = document(ARTICLE, "article");
    let (converter, mut sink) = (Converter::default(), Ignore);
    let mut cx = converter.write_context("cat.txt", &mut sink);
    let error = tokened(9, 1, By(|_| Err("no such word".into()))).passages(&document, &mut cx).unwrap_err();
    assert_eq!(error.to_string(), "chunks: no such word");
}

#[cfg(feature = "tokens")]
mod tokens {
    use super::*;
    use serde_json::json;

    /// Words and signs, each a token, of a file that would also cut off, fill up and add tokens at the ends.
    fn file(unknown: &str) -> Vec<u8> {
        let json = json!({
            "version": "1.0",
            "truncation": {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0},
            "padding": {
                "strategy": {"Fixed": 64}, "direction": "Right", "pad_to_multiple_of": null,
                "pad_id": 1, "pad_type_id": 0, "pad_token": "[PAD]",
            },
            "added_tokens": [],
            "normalizer": {"type": "Lowercase"},
            "pre_tokenizer": {"type": "Whitespace"},
            "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 3]},
            "decoder": null,
            "model": {
                "type": "WordLevel", "unk_token": unknown,
                "vocab": {"?": 0, "[PAD]": 1, "[SEP]": 2, "[CLS]": 3, "cat": 4},
            },
        });
        serde_json::to_vec(&json).unwrap()
    }

    #[test]
    fn a_file_says_what_a_token_is() {
        let tokenizer = TokenizerJson::new(&file("?")).unwrap();
        assert_eq!(tokenizer.tokens("A cat, ça va.").unwrap(), [0, 2, 5, 7, 11, 13]);
        assert!(tokenizer.tokens("\n\n").unwrap().is_empty());
    }

    #[test]
    fn passages_are_bound_by_it() {
        let document = document(SEED, "article");
        let text = whole(&flat(&document, SEED));
        for size in [1, 2, 7, 60, 500] {
            let min = (size / 10).max(1);
            let tokenizer = TokenizerJson::new(&file("?")).unwrap();
            let passages = chunks(&document, "", &tokened(size, min, tokenizer));
            laws(&text, &passages);
            let tokenizer = TokenizerJson::new(&file("?")).unwrap();
            sizes(&passages, min, size, |text| tokenizer.tokens(text).unwrap().len());
        }
    }

    #[test]
    fn what_is_no_tokenizer_or_lacks_a_word_is_an_error() {
        let error = |json: &[u8]| TokenizerJson::new(json).err().map(|error| error.to_string());
        for json in [&b"{}"[..], b"", b"\xFF", br#"{"version": "1.0", "model": {"type": "WordLevel"}}"#] {
            assert!(error(json).is_some_and(|error| error.starts_with("no tokenizer: ")));
        }
        let tokenizer = TokenizerJson::new(&file("none")).unwrap();
        assert!(tokenizer.tokens("A dog").is_err());
    }
}

/// A sentence is cut only when no passage could hold it.
#[test]
fn no_sentence_is_cut_that_could_be_kept() {
    let document = document(SEED, "article");
    let text = whole(&flat(&document, SEED));
    let ends: Vec<usize> = sentence::starts(&text).chain([text.len()]).collect();
    for size in [60, 150, 400, 2000] {
        for passage in chunks(&document, "", &sized(size, 1)) {
            let next = ends.partition_point(|&end| text[..end].trim_end().len() < passage.byte_end);
            let from = next.checked_sub(1).map_or(0, |n| ends[n]);
            let sentence = text[from..ends[next]].trim();
            let whole = text[..ends[next]].trim_end().len() == passage.byte_end;
            assert!(whole || characters(sentence) > size, "cut at {size}: {sentence:?}");
        }
    }
}

#[test]
fn what_is_repeated_is_of_the_same_section_and_fits() {
    let document = document(SEED, "article");
    let text = whole(&flat(&document, SEED));
    for (size, overlap) in [(250, 80), (300, 150), (400, 100)] {
        let options = sized(size, 20).with(|chunks| chunks.overlap = overlap);
        let passages = chunks(&document, "", &options);
        laws(&text, &passages);
        sizes(&passages, 20, size, characters);
        let repeated: Vec<&Passage> = passages.iter().filter(|p| p.repeated_bytes > 0).collect();
        assert!(repeated.len() > 3);
        for passage in repeated {
            assert!(passage.repeated_chars <= overlap);
            assert!(text[..passage.byte_start].ends_with(&passage.text[..passage.repeated_bytes]));
        }
    }
}

/// From the source to a block, to its text, to a passage, and back, by slicing alone.
#[test]
fn a_passage_leads_back_to_its_source() {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let mut exact = 0;
    for (source, size) in [(ARTICLE, 16), (ARTICLE, 40), (SEED, 80), (SEED, 700)] {
        let document = document(source, "article");
        for passage in chunks(&document, source, &sized(size, 1)) {
            let bytes = &source[passage.source_byte_start.unwrap()..passage.source_byte_end.unwrap()];
            assert_eq!(
                letters(source, passage.source_char_start.unwrap(), passage.source_char_end.unwrap()),
                bytes
            );
            if passage.types == ["paragraph"] && !bytes.contains('#') {
                assert_eq!(words(bytes), words(&passage.text));
                exact += 1;
            }
        }
    }
    assert!(exact > 40);
}

#[cfg(feature = "markdown")]
mod tables {
    use super::*;

    fn table(rows: usize) -> String {
        let rows: String = (1..=rows).map(|n| format!("| {n} | name {n} |\n")).collect();
        format!("# T\n\nBefore.\n\n| Number | Name |\n|---|---|\n{rows}\nAfter.\n")
    }

    fn texts(source: &str, options: &Chunks) -> Vec<String> {
        let passages = chunks(&document(source, "gfm"), source, options);
        passages.into_iter().map(|passage| passage.text).collect()
    }

    #[test]
    fn rows_have_their_header() {
        let source = table(30);
        let document = document(&source, "gfm");
        let passages = chunks(&document, &source, &sized(100, 10));
        laws(&whole(&flat(&document, &source)), &passages);
        sizes(&passages, 10, 100, characters);
        for passage in passages.iter().filter(|passage| passage.types == ["table"]) {
            assert!(passage.text.starts_with("Number | Name\n"), "{passage:?}");
        }
        assert!(passages.iter().filter(|passage| passage.repeated_bytes > 0).count() > 3);
    }

    #[test]
    fn a_whole_table_is_not_cut() {
        let options = sized(100, 10).with(|chunks| chunks.tables = ChunkTables::Whole);
        let texts = texts(&table(30), &options);
        assert_eq!(texts.len(), 1, "what is around it is too short to stand alone: {texts:?}");
        assert!(texts[0].contains("name 30"));
    }

    #[test]
    fn records_name_their_values() {
        let options = sized(100, 10).with(|chunks| chunks.tables = ChunkTables::Records);
        let texts = texts(&table(30), &options);
        assert!(texts.iter().any(|text| text.starts_with("Number: ")));
        assert!(texts.join("\n").contains("Number: 7 | Name: name 7\n"));
    }

    #[test]
    fn markdown_keeps_mark_up_and_repeats_the_rule() {
        let options = sized(120, 10).with(|chunks| chunks.text = ChunkText::Markdown);
        let texts = texts(&table(30), &options);
        let rows: Vec<_> =
            texts.iter().filter(|text| text.contains("| 20 |") || text.contains("| 9 |")).collect();
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|text| text.starts_with("| Number | Name |\n| --- | --- |\n")), "{rows:?}");
    }
}

/// What hangs over rows is said in each.
#[cfg(feature = "html")]
#[test]
fn spans_are_said_in_each_row() {
    let page = "<table><tr><th>Year</th><th>Film</th></tr><tr><td rowspan=2>1999</td><td>A</td></tr>\
                <tr><td>B</td></tr><tr><td colspan=2>End</td></tr></table>";
    let document = document(page, "html");
    assert_eq!(flat(&document, page)[0].text, "Year | Film\n1999 | A\n1999 | B\nEnd");
    let options = Chunks::default().with(|chunks| chunks.tables = ChunkTables::Records);
    assert_eq!(chunks(&document, page, &options)[0].text, "Year: 1999 | Film: A\nYear: 1999 | Film: B\nEnd");
}

#[cfg(feature = "markdown")]
#[test]
fn an_image_says_its_words_once() {
    let page = "![A cat](cat.png)\n";
    assert_eq!(flat(&document(page, "pandoc-markdown"), page)[0].text, "A cat");
}
