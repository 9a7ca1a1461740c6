//! What can be said on the command line.

use crate::model::LanguageTag;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Turns an article into a typeset PDF, an EPUB, clean text or structured JSON.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  fanfold convert article.txt -o article.pdf
  fanfold convert article.txt -t epub,text,json -o out/
  fanfold convert -f markdown -t text - < notes.md"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Convert documents from one format to others
    Convert(Box<Convert>),
    /// List the formats that can be read and written
    Formats,
}

#[derive(Debug, Args)]
pub(super) struct Convert {
    /// Files to convert, each a document of its own; '-' is standard input
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Format of the inputs; otherwise the extension decides, then the content
    #[arg(short, long, value_name = "FORMAT")]
    pub from: Option<String>,

    /// Formats to write, repeated or separated by commas; otherwise OUTPUT's extension decides
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',')]
    pub to: Vec<String>,

    /// Where to write: a file, '-' for standard output, or a folder (a trailing '/', or one that
    /// exists), which several inputs or formats want
    #[arg(short, long, value_name = "OUTPUT")]
    pub output: Option<PathBuf>,

    /// Refuse to replace a file that exists
    #[arg(long)]
    pub no_clobber: bool,

    /// Print errors only
    #[arg(short, long)]
    pub quiet: bool,

    /// Fail, and write nothing, on these diagnostics: 'warnings', or codes separated by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub deny: Vec<String>,

    /// Keep quotation marks as they stand in the source (PDF, HTML, EPUB)
    #[arg(long)]
    pub keep_quotes: bool,

    #[command(flatten, next_help_heading = "Metadata")]
    pub meta: MetaArgs,

    #[cfg(feature = "pdf")]
    #[command(flatten)]
    pub pdf: super::pdf::PdfArgs,

    #[cfg(any(feature = "epub", feature = "html"))]
    #[command(flatten)]
    pub book: super::book::BookArgs,

    #[command(flatten)]
    pub text: super::text::TextArgs,
}

#[derive(Debug, Args)]
pub(super) struct MetaArgs {
    /// Title, instead of the source's
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Author; repeat it for several
    #[arg(long, value_name = "NAME")]
    pub author: Vec<String>,

    /// Language of the text, such as 'en' or 'pt-BR'; otherwise the source's, or found from the text
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub lang: Option<LanguageTag>,

    /// Date of publication, such as '2026-11-24'
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

fn language(tag: &str) -> Result<LanguageTag, &'static str> {
    LanguageTag::new(tag).ok_or("not a well-formed language tag, such as 'en' or 'pt-BR'")
}
