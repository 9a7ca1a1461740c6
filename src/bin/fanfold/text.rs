//! Options of text and of JSON.

use clap::Args;
use fanfold::format::Registry;
use fanfold::write::{ChunkPages, ChunkTables, ChunkText, Chunks, Flat, Json, Links, Text, TextStyle, Unit};
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Text")]
pub(super) struct TextArgs {
    /// Columns of a line
    #[arg(hide_short_help = true, long, value_name = "COLUMNS", default_value_t = 72, value_parser = clap::value_parser!(u16).range(20..))]
    pub width: u16,

    /// Add no character outside ASCII
    #[arg(hide_short_help = true, long)]
    pub ascii: bool,

    /// Addresses of links: in text 'references' after the article, 'inline' or 'dropped'; in PDF 'notes'
    #[arg(hide_short_help = true, long, value_name = "POLICY", default_value = "references", hide_default_value = true, value_parser = links)]
    pub links: Addresses,

    /// Make lines of paragraphs even on both sides
    #[arg(hide_short_help = true, long)]
    pub justify: bool,

    /// Hyphenate words in paragraphs
    #[arg(hide_short_help = true, long)]
    pub hyphenate: bool,

    /// What text looks like: 'plain', made to be read, or 'article', which can be read back
    #[arg(hide_short_help = true, long, value_name = "STYLE", default_value = "plain", hide_default_value = true, value_parser = style)]
    pub text_style: TextStyle,

    /// The most a passage of 'chunks' holds
    #[arg(hide_short_help = true, long, value_name = "N", default_value_t = 2000, value_parser = size)]
    pub chunk_size: usize,

    /// What sizes of passages count: 'chars', 'words', or 'tokens' of a language model
    #[arg(hide_short_help = true, long, value_name = "UNIT", default_value = "chars", hide_default_value = true, value_parser = unit)]
    pub chunk_unit: Count,

    /// The 'tokenizer.json' that cuts text into tokens
    #[arg(hide_short_help = true, long, value_name = "FILE", value_hint = clap::ValueHint::AnyPath)]
    pub chunk_tokenizer: Option<PathBuf>,

    /// The least a passage holds; smaller sections join their neighbours; otherwise a tenth of the size
    #[arg(hide_short_help = true, long, value_name = "N")]
    pub chunk_min: Option<usize>,

    /// The most a passage repeats of the text before it
    #[arg(hide_short_help = true, long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub chunk_overlap: usize,

    /// Tables in passages: 'rows', cut with the header repeated, 'whole', or 'records', each value after its column's name
    #[arg(hide_short_help = true, long, value_name = "WAY", default_value = "rows", hide_default_value = true, value_parser = tables)]
    pub chunk_tables: ChunkTables,

    /// Text of passages: 'plain' or 'markdown'
    #[arg(hide_short_help = true, long, value_name = "TEXT", default_value = "plain", hide_default_value = true, value_parser = chunk_text)]
    pub chunk_text: ChunkText,

    /// JSON: leave images in files in this folder, which lies beside the output, instead of inside it
    #[arg(hide_short_help = true, long, value_name = "DIR", value_parser = beside)]
    pub assets: Option<String>,
}

fn beside(folder: &str) -> Result<String, &'static str> {
    let folder = folder.trim_end_matches('/');
    let inside = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']);
    if folder.split('/').all(inside) {
        Ok(folder.to_owned())
    } else {
        Err("it lies beside the output: a name, or names joined by '/'")
    }
}

fn style(name: &str) -> Result<TextStyle, &'static str> {
    match name {
        "plain" => Ok(TextStyle::Plain),
        "article" => Ok(TextStyle::Article),
        _ => Err("it is 'plain' or 'article'"),
    }
}

fn size(size: &str) -> Result<usize, &'static str> {
    size.parse().ok().filter(|size| *size > 0).ok_or("it is a number, at least 1")
}

/// What sizes count, by its name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Count {
    Characters,
    Words,
    Tokens,
}

fn unit(name: &str) -> Result<Count, &'static str> {
    match name {
        "chars" => Ok(Count::Characters),
        "words" => Ok(Count::Words),
        "tokens" => Ok(Count::Tokens),
        _ => Err("it is 'chars', 'words' or 'tokens'"),
    }
}

/// The tokens of a file.
#[cfg(feature = "tokens")]
fn file(path: &Path) -> Result<Unit, String> {
    let fault = |error: &dyn std::fmt::Display| format!("--chunk-tokenizer: {}: {error}", path.display());
    let json = std::fs::read(path).map_err(|error| fault(&fanfold::internals::reason(&error)))?;
    let tokenizer = fanfold::write::TokenizerJson::new(&json).map_err(|error| fault(&error))?;
    Ok(Unit::Tokens(std::sync::Arc::new(tokenizer)))
}

#[cfg(not(feature = "tokens"))]
fn file(_: &Path) -> Result<Unit, String> {
    Err("--chunk-tokenizer: this build reads no tokenizers; one with cargo's feature 'tokens' does".into())
}

fn tables(way: &str) -> Result<ChunkTables, &'static str> {
    match way {
        "rows" => Ok(ChunkTables::Rows),
        "whole" => Ok(ChunkTables::Whole),
        "records" => Ok(ChunkTables::Records),
        _ => Err("it is 'rows', 'whole' or 'records'"),
    }
}

fn chunk_text(text: &str) -> Result<ChunkText, &'static str> {
    match text {
        "plain" => Ok(ChunkText::Plain),
        #[cfg(feature = "markdown")]
        "markdown" => Ok(ChunkText::Markdown),
        _ => Err("it is 'plain' or 'markdown'"),
    }
}

/// Where the addresses of links stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Addresses {
    /// Of text.
    Text(Links),
    /// In notes, on pages; in text as otherwise.
    Notes,
}

fn links(policy: &str) -> Result<Addresses, &'static str> {
    match policy {
        "references" => Ok(Addresses::Text(Links::References)),
        "inline" => Ok(Addresses::Text(Links::Inline)),
        "dropped" => Ok(Addresses::Text(Links::Dropped)),
        "notes" => Ok(Addresses::Notes),
        _ => Err("it is 'references', 'inline', 'dropped' or 'notes'"),
    }
}

impl TextArgs {
    /// Files these options name, which decide what is written.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.chunk_tokenizer.as_deref().into_iter()
    }

    /// What sizes of passages count, with the tokens of a file where there are no others.
    fn unit(&self, tokens: Option<Unit>) -> Result<Unit, String> {
        match (self.chunk_unit, &self.chunk_tokenizer, tokens) {
            (Count::Tokens, _, Some(tokens)) => Ok(tokens),
            (Count::Tokens, Some(path), None) => file(path),
            (Count::Tokens, None, None) => {
                Err("--chunk-unit: tokens are those of a 'tokenizer.json', which --chunk-tokenizer names"
                    .into())
            }
            (Count::Characters, None, None) => Ok(Unit::Characters),
            (Count::Words, None, None) => Ok(Unit::Words),
            _ => Err("--chunk-tokenizer: it is for --chunk-unit tokens".into()),
        }
    }

    /// The registry with these writers set up as asked.
    pub fn writer(
        self,
        registry: Registry,
        pages: ChunkPages,
        unit: Option<Unit>,
    ) -> Result<Registry, String> {
        let unit = self.unit(unit)?;
        let text = Text::default().with(|text| {
            text.width = self.width.into();
            text.ascii = self.ascii;
            if let Addresses::Text(links) = self.links {
                text.links = links;
            }
            text.justify = self.justify;
            text.hyphenate = self.hyphenate;
            text.style = self.text_style;
        });
        let chunks = Chunks::default().with(|chunks| {
            chunks.size = self.chunk_size;
            chunks.unit = unit;
            chunks.min = self.chunk_min;
            chunks.overlap = self.chunk_overlap;
            chunks.tables = self.chunk_tables;
            chunks.text = self.chunk_text;
            chunks.pages = pages;
        });
        let chunks = chunks.checked().map_err(|error| format!("--chunk-size: {error}"))?;
        let json = Json::default().with(|json| json.assets = self.assets);
        let flat = Flat::default().with(|flat| flat.pages = chunks.pages.clone());
        Ok(registry.with_writer(text).with_writer(chunks).with_writer(flat).with_writer(json))
    }
}
