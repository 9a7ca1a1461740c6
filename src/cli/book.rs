//! `fanfold book`: one book of many documents.

use super::batch::{self, EngineArgs, SourceArgs, refuse_sources, silence_workers};
use super::conversion::{self, Conversion, ConversionArgs};
use super::gate::Gate;
use super::interrupt::{self, Interrupt};
use super::output;
use super::progress::Progress;
use super::report::Report;
use crate::batch::{Batch, Deadline, Event, Output, Reading, Settings, Sources, Status, Summary};
use crate::diagnostic::{Diagnostic, Sink};
use crate::format::Format;
use crate::model::{Document, Meta, plain_text};
use crate::transform;
use clap::Args;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::channel;

#[derive(Debug, Args)]
#[command(after_help = "\
The book has a title page, contents, a numbered chapter for each article, a list of all sources and
licences, and an index of titles. Links between its articles lead inside it. An article that can't be
read is named and left out, and the exit code is 1.

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
    pub engine: EngineArgs,

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
    refuse_sources(&sources, &args.output)?;

    let settings = batch::settings(of_chapters(&conversion), &[], usize::MAX)?;
    let interrupt = Interrupt::listen()?;
    let mut chapters = Chapters::read(sources, settings, &args.engine, &conversion, &interrupt)?;
    let Summary { failed, interrupted, fatal, .. } = &chapters.summary;
    let too_many = args.engine.max_failures().is_some_and(|most| *failed >= most);
    if *interrupted || fatal.is_some() || too_many || (chapters.documents.is_empty() && *failed > 0) {
        let why = match fatal {
            Some(fatal) => format!(": the sources can't be read to their end: {fatal}"),
            None if *interrupted => ", because it was interrupted".into(),
            None => format!(", because of {failed} failures"),
        };
        Report::new(&args.output.display().to_string(), &[]).error(&format!("no book was made{why}"));
        return Ok(if *interrupted { ExitCode::from(interrupt::CODE) } else { ExitCode::FAILURE });
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
    let deadline = Deadline::after(conversion.time);
    let stop = || interrupt.reason().or_else(|| deadline.passed());
    let mut cx = conversion.converter.context(&name, &mut gate);
    cx.stop = Some(&stop);
    let made = transform::book(chapters.documents, meta, &chapters.redirects, &mut cx)
        .and_then(|book| conversion.converter.write(&book, format.name, &mut bytes, &mut cx));
    let denied = gate.denied;
    if let Err(error) = made {
        report.failure(&error);
        return Ok(interrupt.code(ExitCode::FAILURE));
    }
    if denied {
        report.error("nothing was written, because of --deny");
        return Ok(ExitCode::FAILURE);
    }
    if let Err(error) = output::to_file(&args.output, &bytes, false) {
        output::unwritable(&name, &error);
        return Ok(ExitCode::FAILURE);
    }
    if chapters.summary.failed > 0 {
        let failed = chapters.summary.failed;
        let text = format!("{failed} of the sources' articles failed and are not in the book");
        Report::new(&name, &[]).error(&text);
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

/// How chapters are read: the user's title and authors are the book's, the rest goes for each.
fn of_chapters(conversion: &Conversion) -> Conversion {
    let given = conversion.converter.meta();
    let meta = Meta {
        language: given.language.clone(),
        rights: given.rights.clone(),
        source_url: given.source_url.clone(),
        revision: given.revision.clone(),
        ..Meta::default()
    };
    Conversion { converter: conversion.converter.with_meta(meta), ..conversion.clone() }
}

/// What the sources hold, read.
struct Chapters {
    documents: Vec<Document>,
    /// Further titles, and the title each leads to.
    redirects: BTreeMap<String, String>,
    summary: Summary,
}

impl Chapters {
    /// Reads everything, in the order of the sources. What can't be read is told and left out.
    fn read(
        sources: Sources,
        settings: Settings,
        engine: &EngineArgs,
        conversion: &Conversion,
        interrupt: &Interrupt,
    ) -> Result<Self, String> {
        let (sender, readings) = channel();
        let batch = Batch {
            threads: engine.threads(),
            max_failures: engine.max_failures(),
            stop: interrupt.asked.clone(),
            ..Batch::new(settings, sources, Output::Readings(sender))
        };
        silence_workers();
        let (mut documents, mut redirects) = (Vec::new(), BTreeMap::new());
        let mut progress = Progress::new(conversion.quiet, false);
        let summary = batch.run(&mut |event| {
            // What is handed over comes before what is told of it.
            for reading in readings.try_iter() {
                documents.extend(told(reading, conversion));
            }
            if let Event::Finished(row) = &event
                && row.status == Status::Redirect
                && let (Some(title), Some(target)) = (&row.title, &row.target)
            {
                redirects.insert(title.clone(), target.clone());
            }
            progress.take(event);
        })?;
        progress.finish();
        Ok(Chapters { documents, redirects, summary })
    }
}

/// Prints what was noticed of an article. The article, if it could be read.
fn told(reading: Reading, conversion: &Conversion) -> Option<Document> {
    let mut report = Report::new(&reading.id, &reading.source);
    let mut gate = gate(conversion, &mut report);
    for diagnostic in reading.diagnostics {
        gate.report(diagnostic);
    }
    reading.document
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
