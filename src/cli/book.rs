//! `fanfold book`: one book of many documents.

use super::batch::SourceArgs;
use super::conversion::{self, Conversion, ConversionArgs};
use super::gate::Gate;
use super::output;
use super::report::Report;
use crate::batch::{Content, Entry, Found, Images, Sources};
use crate::diagnostic::Diagnostic;
use crate::format::{Context, Format};
use crate::model::{Document, Meta, plain_text};
use crate::transform;
use clap::Args;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
#[command(after_help = "\
The book has a title page, contents, a numbered chapter for each article, a list of all sources and
licences, and an index of titles. Links between its articles lead inside it.

Examples:
  fanfold book articles/ --title 'All about cats' -o cats.pdf
  fanfold book dump.xml --order chapters.txt --author 'A. Writer' -o book.epub")]
pub(super) struct BookArgs {
    #[command(flatten)]
    pub sources: SourceArgs,

    /// The book; its extension says the format, unless --to does
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// Format to write
    #[arg(short, long, value_name = "FORMAT")]
    pub to: Option<String>,

    /// Order of the chapters: 'title', or a file with a title a line; articles that are not in it
    /// come last. Otherwise as the sources have them
    #[arg(long, value_name = "title|FILE")]
    pub order: Option<PathBuf>,

    #[command(flatten)]
    pub conversion: ConversionArgs,
}

/// Carries out the command, or says what is wrong with its arguments.
#[cfg_attr(
    not(any(feature = "epub", feature = "html", feature = "pdf")),
    expect(unused_mut, reason = "only these formats have something to set")
)]
pub(super) fn run(mut args: BookArgs) -> Result<ExitCode, String> {
    #[cfg(feature = "pdf")]
    {
        args.conversion.pdf.title_page = true;
        args.conversion.pdf.toc = true;
    }
    #[cfg(any(feature = "epub", feature = "html"))]
    args.conversion.html.cover.get_or_insert_with(|| "typeset".into());
    let conversion = args.conversion.resolve()?;
    let format = format(args.to.as_deref(), &args.output, &conversion)?;
    let order = args.order.as_deref().map(Order::read).transpose()?;
    let sources = args.sources.resolve(&conversion)?;

    let mut chapters = Chapters::read(&sources, &conversion);
    if chapters.failed {
        return Ok(ExitCode::FAILURE);
    }
    if chapters.documents.is_empty() {
        return Err("the sources hold no article".into());
    }
    if let Some(order) = order {
        order.sort(&mut chapters.documents);
    }
    let meta = meta(&conversion, &args.output);
    let mut report = Report::new("the book", &[]);
    let mut gate = gate(&conversion, &mut report);
    let name = args.output.display().to_string();
    let mut bytes = Vec::new();
    let mut cx = Context::new(&name, &conversion.limits, &mut gate);
    let made = transform::book(chapters.documents, meta, &chapters.redirects, &mut cx)
        .and_then(|book| conversion.converter.write(&book, format.name, &mut bytes, &mut cx));
    let denied = gate.denied;
    if let Err(error) = made {
        report.failure(&error);
        return Ok(ExitCode::FAILURE);
    }
    if denied {
        report.error("nothing was written, because of --deny");
        return Ok(ExitCode::FAILURE);
    }
    if let Err(error) = output::to_file(&args.output, &bytes, false) {
        Report::new(&name, &[]).error(&format!("can't be written: {}", crate::batch::reason(&error)));
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn format(to: Option<&str>, output: &Path, conversion: &Conversion) -> Result<Format, String> {
    let converter = &conversion.converter;
    if let Some(to) = to {
        return Ok(conversion::formats(&[to.to_owned()], converter)?[0]);
    }
    let extension = output.extension().and_then(|e| e.to_str()).unwrap_or_default();
    converter.registry().writers().map(|w| w.format()).find(|f| f.has_extension(extension)).ok_or_else(|| {
        format!("no format is known by the extension of '{}': add --to FORMAT", output.display())
    })
}

/// What the user said is said of the book; a book without a title is called as its file.
fn meta(conversion: &Conversion, output: &Path) -> Meta {
    let mut meta = conversion.converter.meta().clone();
    // These are said of each chapter, in the list of sources.
    (meta.rights, meta.source_url, meta.revision) = (None, None, None);
    if meta.title.is_empty() {
        let stem = output.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = crate::model::InlineKind::Text { text: stem };
        meta.title = vec![crate::model::Node::new(text, crate::model::Span::default())];
    }
    meta
}

fn gate<'g, 'r>(conversion: &'g Conversion, report: &'g mut Report<'r>) -> Gate<'g, 'r> {
    Gate {
        deny: &conversion.deny,
        quiet: conversion.quiet,
        denied: false,
        kept: None::<Vec<Diagnostic>>,
        report,
    }
}

/// What the sources hold, read.
#[derive(Default)]
struct Chapters {
    documents: Vec<Document>,
    /// Further titles, and the title each leads to.
    redirects: BTreeMap<String, String>,
    failed: bool,
}

impl Chapters {
    /// Reads everything. What can't be read is told, and the book not made: one that lacks a
    /// chapter is not whole.
    fn read(sources: &Sources, conversion: &Conversion) -> Self {
        let mut chapters = Chapters::default();
        // The user's title and authors are the book's; the rest goes for each chapter.
        let given = conversion.converter.meta();
        let of_chapters = Meta {
            language: given.language.clone(),
            rights: given.rights.clone(),
            source_url: given.source_url.clone(),
            revision: given.revision.clone(),
            ..Meta::default()
        };
        let converter = conversion.converter.clone().with_meta(of_chapters);
        let conversion_of = |entry: Entry| -> Option<Document> {
            let mut report = Report::new(&entry.id, &[]);
            let (bytes, images) = match entry.content {
                Content::Bytes(bytes) => (bytes, None),
                Content::File(path) => match std::fs::read(&path) {
                    Ok(bytes) => (bytes, Some(Images::beside(&path))),
                    Err(error) => {
                        report.error(&format!("can't be read: {}", crate::batch::reason(&error)));
                        return None;
                    }
                },
            };
            let mut report = Report::new(&entry.id, &bytes);
            let mut gate = gate(conversion, &mut report);
            let mut cx = Context::new(&entry.id, &conversion.limits, &mut gate);
            cx.title = entry.title.as_deref();
            cx.loader = images.as_ref().map(|i| i as &dyn crate::asset::Loader);
            let from = entry.format.as_deref().or(conversion.from.as_deref());
            let read = converter.knowing(&entry.meta).read(&bytes, from, &mut cx);
            let denied = gate.denied;
            match read {
                Ok(document) if !denied => Some(document),
                Ok(_) => None,
                Err(error) => {
                    report.failure(&error);
                    None
                }
            }
        };
        let _ = sources.visit(&mut |found| {
            match found {
                Found::Document(entry) => match conversion_of(entry) {
                    Some(document) => chapters.documents.push(document),
                    None => chapters.failed = true,
                },
                Found::Redirect { title, target, .. } => {
                    chapters.redirects.insert(title, target);
                }
                Found::Skipped { .. } => {}
                Found::Fault { id, message } => {
                    Report::new(&id, &[]).error(&message);
                    chapters.failed = true;
                }
            }
            ControlFlow::Continue(())
        });
        chapters
    }
}

/// In which order chapters come.
enum Order {
    Title,
    List(HashMap<String, usize>),
}

impl Order {
    fn read(path: &Path) -> Result<Self, String> {
        if path.as_os_str() == "title" {
            return Ok(Order::Title);
        }
        let text = std::fs::read_to_string(path)
            .map_err(|e| format!("--order '{}': {}", path.display(), crate::batch::reason(&e)))?;
        let titles = text.lines().map(str::trim).filter(|l| !l.is_empty());
        let mut places = HashMap::new();
        for (place, title) in titles.enumerate() {
            places.entry(title.to_owned()).or_insert(place);
        }
        Ok(Order::List(places))
    }

    fn sort(&self, documents: &mut [Document]) {
        let title = |d: &Document| d.articles.first().map(|a| plain_text(&a.meta.title)).unwrap_or_default();
        match self {
            Order::Title => documents.sort_by_cached_key(|d| (title(d).to_lowercase(), title(d))),
            Order::List(places) => {
                documents.sort_by_key(|d| places.get(&title(d)).copied().unwrap_or(usize::MAX));
            }
        }
    }
}
