//! What can be said on the command line.

#[cfg(feature = "pdf")]
use super::added::FontsCommand;
use super::batch::{BatchArgs, ThreadArgs};
use super::book::BookArgs;
use super::conversion::ConversionArgs;
use super::limits::LimitArgs;
use super::loudness::Loudness;
use super::pipe::PipeArgs;
use super::serve::ServeArgs;
#[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
use super::style::StyleCommand;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Turns an article into a typeset PDF, an EPUB, clean text or structured JSON.
#[derive(Debug, Parser)]
#[command(
    // Also where it is a part of a package of another name.
    name = "fanfold",
    version,
    max_term_width = 100,
    after_help = "\
Examples:
  fanfold convert article.txt -o article.pdf
  fanfold convert article.txt -t epub,text,json -o out/
  fanfold article.txt -o article.pdf                  # the same
  fanfold convert -f markdown -t text < notes.md
  fanfold batch articles/ -t pdf,epub -o out/"
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub loudness: Loudness,

    #[command(subcommand)]
    pub command: Command,
}

// Only the command that is run has its arguments described: describing all takes longer than to
// convert an article.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Command {
    /// Convert documents from one format to others
    Convert(Box<Convert>),
    /// Convert many documents: folders, archives, dumps; records each, and goes on where it stopped
    Batch(Box<BatchArgs>),
    /// Make one book of many documents
    Book(Box<BookArgs>),
    /// Convert a line of JSON after the other, for engines that drive many processes
    Pipe(Box<PipeArgs>),
    /// Tell what becomes of each byte of a document: what is rendered, and what is lost and where
    Explain(Box<Explain>),
    /// Print the options that hold here, as a fanfold.toml that gives the same
    #[command(after_help = "Examples:\n  fanfold config\n  fanfold config --paper a5 --toc > fanfold.toml")]
    Config(Box<ConversionArgs>),
    /// List the styles that documents can have, or print one
    #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
    Style(StyleCommand),
    /// Keep fonts for all conversions, or list those that are built in and kept
    #[cfg(feature = "pdf")]
    Fonts(FontsCommand),
    /// Serve the page that converts in its visitor's browser; nothing is converted here
    Serve(ServeArgs),
    /// Print a script that completes fanfold's commands and options in a shell
    #[command(
        after_help = "Examples:\n  fanfold completions bash > ~/.local/share/bash-completion/completions/fanfold"
    )]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print a manual page, in roff
    #[command(after_help = "Examples:\n  fanfold man | man -l -\n  fanfold man batch | man -l -")]
    Man {
        /// The command it is about; otherwise fanfold as a whole
        #[arg(value_name = "COMMAND")]
        command: Option<String>,
    },
    /// List the formats that can be read and written
    #[command(after_help = "Examples:\n  fanfold formats")]
    Formats,
    /// List the codes of diagnostics, for '--deny' and '--allow'
    #[command(
        after_help = "Examples:\n  fanfold codes\n  fanfold convert draft.md -o draft.pdf --deny no-alt"
    )]
    Codes,
    /// Print the JSON Schema of a format
    #[command(after_help = "Examples:\n  fanfold schema\n  fanfold schema chunks")]
    Schema {
        /// The format: 'json', or 'chunks' or 'flat', of which each line is of the same one
        #[arg(value_name = "FORMAT", default_value = "json", value_parser = ["json", "chunks", "flat"])]
        of: String,
    },
}

impl Command {
    /// How it converts, if it does.
    pub fn conversion(&mut self) -> Option<&mut ConversionArgs> {
        match self {
            Command::Convert(args) => Some(&mut args.conversion),
            Command::Batch(args) => Some(&mut args.conversion),
            Command::Book(args) => Some(&mut args.conversion),
            Command::Pipe(args) => Some(&mut args.conversion),
            _ => None,
        }
    }
}

/// The shells that completions are for.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
#[allow(clippy::enum_variant_names, reason = "one of them is called so")]
pub(super) enum Shell {
    Bash,
    Elvish,
    Fish,
    Nushell,
    #[value(name = "powershell")]
    PowerShell,
    Zsh,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fanfold explain article.wiki
  curl -s https://example.org/page.html | fanfold explain -f html")]
pub(super) struct Explain {
    /// File to read; '-', or none where it is piped in, is standard input
    #[arg(value_name = "INPUT")]
    pub input: Option<PathBuf>,

    /// Format of the input; otherwise the extension decides, then the content
    #[arg(short, long, value_name = "FORMAT")]
    pub from: Option<String>,

    /// Encoding of the input; otherwise UTF-8 or what it declares or looks like
    #[arg(long, value_name = "NAME", value_parser = super::conversion::encoding)]
    pub encoding: Option<String>,

    #[command(flatten)]
    pub limits: LimitArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fanfold convert article.txt -o article.pdf
  fanfold convert *.md -t epub,text -o out/
  fanfold convert page.html -o page.pdf --paper a5 --toc
  pandoc -t json report.docx | fanfold convert -f pandoc -o report.pdf
  fanfold convert draft.md -o draft.pdf --deny warnings --allow no-alt")]
pub(super) struct Convert {
    /// Files to convert, each a document of its own; '-', or none where one is piped in, is standard
    /// input
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

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

    /// Convert again whenever an input changes, until it is interrupted
    #[arg(long, conflicts_with = "no_clobber")]
    pub watch: bool,

    /// Write what became of each byte of the inputs, and all diagnostics, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    #[command(flatten)]
    pub threads: ThreadArgs,

    #[command(flatten)]
    pub conversion: ConversionArgs,
}
