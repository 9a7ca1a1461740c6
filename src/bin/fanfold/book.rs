//! `fanfold book`: one book of many documents.

use super::batch::{EngineArgs, SourceArgs, refuse_sources, silence_workers};
use super::contents;
use super::conversion::{self, Conversion, ConversionArgs};
use super::interrupt::{self, Interrupt};
use super::loudness::Loudness;
use super::output;
use super::progress::Progress;
use super::report::Report;
use super::said::{Said, SaidOf};
use clap::Args;
use fanfold::batch::{Batch, Event, Handed, Output, Sources, Status, Summary};
use fanfold::diagnostic::{Diagnostic, Sink};
use fanfold::format::Format;
use fanfold::job::{Job, Settings};
use fanfold::model::{Document, Meta, SourceId, plain_text};
use fanfold::transform;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::channel;

/// What messages call it.
const BOOK: &str = "the book";

#[derive(Debug, Args)]
#[command(after_help = "\
The book has a title page, contents, a numbered chapter for each article, a list of all sources and
licences, and an index of titles. Links between its articles lead inside it. An article that can't be
read is named and left out, and the exit code is 1.

Of mdBook's SUMMARY.md, mkdocs.yml and _quarto.yml, or a folder that has one, the chapters are those it
names, in its order. Links between files and their headings lead inside the book. A chapter may show
images of the whole folder that is named, or that its list lies in.

Examples:
  fanfold book articles/ --title 'All about cats' -o cats.pdf
  fanfold book SUMMARY.md -o book.epub
  fanfold book guide/ -o site/
  fanfold book dump.xml --order chapters.txt --author 'A. Writer' -o book.epub")]
pub(super) struct BookArgs {
    #[command(flatten)]
    pub sources: SourceArgs,

    /// The book; its extension says the format, unless --to does. A folder (a trailing '/', or one that
    /// exists) becomes a site: a page of HTML for each chapter
    #[arg(short, long, value_name = "FILE|DIR/")]
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
pub(super) fn run(mut args: BookArgs, loudness: Loudness) -> Result<ExitCode, String> {
    #[cfg(feature = "pdf")]
    {
        args.conversion.pdf.title_page = true;
        args.conversion.pdf.toc = true;
    }
    #[cfg(any(feature = "epub", feature = "html"))]
    args.conversion.html.cover.get_or_insert_with(|| "typeset".into());
    let (mut title, mut roots) = (None, Vec::new());
    for path in std::mem::take(&mut args.sources.sources) {
        match contents::of(&path).transpose()? {
            Some(contents) => {
                args.sources.sources.extend(contents.files);
                title = title.or(contents.title);
                roots.push(contents.root);
            }
            None => {
                roots.extend(Some(path.clone()).filter(|path| path.is_dir()));
                args.sources.sources.push(path);
            }
        }
    }
    let mut conversion = args.conversion.resolve(loudness)?;
    conversion.settings.roots.extend(roots);
    conversion.settings.own = None;
    let format = format(args.to.as_deref(), &args.output, &conversion)?;
    conversion.tell_unused(&[format])?;
    let order = args.order.as_deref().map(Order::read).transpose()?;
    let mut sources = args.sources.resolve(&conversion)?;
    refuse_sources(&sources, &args.output)?;
    sources.leave_out(&args.output);

    let interrupt = Interrupt::listen()?;
    let mut chapters = Chapters::read(sources, &args.engine, &conversion, &interrupt)?;
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
    let meta = meta(&conversion, title, &args.output);
    let name = args.output.display().to_string();
    let mut settings = conversion.settings.clone();
    settings.formats = vec![format];
    settings.threads = args.engine.threads.count();
    settings.stop = Some({
        let interrupt = interrupt.clone();
        Arc::new(move || interrupt.reason())
    });
    let said = Said::new(&conversion, false);
    said.turn(Some(BOOK));
    let Chapters { documents, redirects, sources, .. } = &mut chapters;
    let documents = std::mem::take(documents);
    // As the book has them.
    let files = documents.iter().flat_map(|document| &document.sources);
    let files: Vec<_> = files.map(|file| sources.get_key_value(&file.name)).collect();
    let mut places = Places { said: &said, files, of_files: BTreeMap::new() };
    let done = Job::new(&name, &[]).make(&settings, &mut places, |cx| {
        let mut book = transform::book(documents, meta, redirects, cx)?;
        if let Some(base) = settings.converter.link_base() {
            transform::elsewhere(&mut book, base);
        }
        Ok(book)
    });
    let mut report = Report::new(BOOK, &[]);
    if let Some(failure) = &done.failure {
        report.failure(failure);
        return Ok(interrupt.code(ExitCode::FAILURE));
    }
    let bytes = match done.outputs.into_iter().next() {
        Some((_, Ok(bytes))) => bytes,
        Some((_, Err(error))) => {
            report.error_of(&error);
            return Ok(ExitCode::FAILURE);
        }
        None => return Ok(ExitCode::FAILURE),
    };
    let written = match is_site(args.to.as_deref(), &args.output) {
        #[cfg(all(feature = "epub", feature = "html"))]
        true => super::folder::to_folder(&args.output, &bytes),
        _ => output::to_file(&args.output, &bytes, false),
    };
    if let Err(error) = written {
        output::unwritable(&name, &error);
        return Ok(ExitCode::FAILURE);
    }
    if conversion.loudness.verbose {
        output::written(&name, bytes.len());
    }
    if chapters.summary.failed > 0 {
        let failed = chapters.summary.failed;
        let text = format!("{failed} of the sources' articles failed and are not in the book");
        Report::new(&name, &[]).error(&text);
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether the book becomes a folder of pages.
fn is_site(to: Option<&str>, output: &Path) -> bool {
    to.is_none_or(|to| matches!(to, "html" | "site")) && output::is_folder(output)
}

fn format(to: Option<&str>, output: &Path, conversion: &Conversion) -> Result<Format, String> {
    let converter = &conversion.settings.converter;
    if is_site(to, output) {
        return Ok(conversion::formats(&["site".to_owned()], converter)?[0]);
    }
    if let Some(to) = to {
        return Ok(conversion::formats(&[to.to_owned()], converter)?[0]);
    }
    let extension = output.extension().and_then(|e| e.to_str()).unwrap_or_default();
    converter.registry().writers().map(|w| w.format()).find(|f| f.has_extension(extension)).ok_or_else(|| {
        format!("no format is known by the extension of '{}': add --to FORMAT", output.display())
    })
}

/// What the user said is said of the book; a book without a title is called as its file.
fn meta(conversion: &Conversion, title: Option<String>, output: &Path) -> Meta {
    let mut meta = conversion.settings.converter.meta().clone();
    // These are said of each chapter, in the list of sources.
    (meta.rights, meta.source_url, meta.revision) = (None, None, None);
    if meta.title.is_empty() {
        let stem = || output.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fanfold::model::InlineKind::Text { text: title.unwrap_or_else(stem) };
        meta.title = vec![fanfold::model::Node::new(text, fanfold::model::Span::default())];
    }
    meta
}

/// How chapters are read: the user's title and authors are the book's, the rest goes for each.
fn of_chapters(conversion: &Conversion) -> Settings {
    let given = conversion.settings.converter.meta();
    let meta = Meta {
        language: given.language.clone(),
        rights: given.rights.clone(),
        source_url: given.source_url.clone(),
        revision: given.revision.clone(),
        ..Meta::default()
    };
    let mut settings = conversion.settings.clone();
    settings.converter = settings.converter.with_meta(meta).without_link_base();
    settings
}

/// What the sources hold, read.
struct Chapters {
    documents: Vec<Document>,
    /// Further titles, and the title each leads to.
    redirects: BTreeMap<String, String>,
    /// The bytes of each source, by its name.
    sources: HashMap<String, Vec<u8>>,
    summary: Summary,
}

impl Chapters {
    /// Reads everything, in the order of the sources. What can't be read is told and left out.
    fn read(
        sources: Sources,
        engine: &EngineArgs,
        conversion: &Conversion,
        interrupt: &Interrupt,
    ) -> Result<Self, String> {
        let (sender, handed) = channel();
        let said = Said::new(conversion, false);
        let mut batch = Batch::new(of_chapters(conversion), sources, Output::Handed(sender));
        batch.watch = Some(said.watch());
        batch.threads = engine.threads.count();
        batch.max_failures = engine.max_failures();
        batch.stop = interrupt.asked.clone();
        silence_workers();
        let (mut documents, mut redirects, mut sources) = (Vec::new(), BTreeMap::new(), HashMap::new());
        let mut progress = Progress::new(conversion.loudness, false);
        let summary = batch.run(&mut |event| {
            if let Event::Finished(row) = &event {
                said.finished(&row.id);
                // What is handed over comes before what is told of it.
                let handed = handed.try_recv().ok().filter(|handed| handed.done.failure.is_none());
                if let Some(Handed { id, source, done, .. }) = handed.map(|handed| *handed) {
                    sources.insert(id, source.to_vec());
                    documents.extend(done.document);
                }
            }
            if let Event::Finished(row) = &event
                && row.status == Status::Redirect
                && let (Some(title), Some(target)) = (&row.title, &row.target)
            {
                redirects.insert(title.clone(), target.clone());
            }
            progress.take(event);
        });
        let summary = summary.map_err(|e| e.to_string())?;
        progress.finish();
        Ok(Chapters { documents, redirects, sources, summary })
    }
}

/// Says of each place in the book which file it is in.
struct Places<'s> {
    said: &'s Arc<Said>,
    /// Names and bytes of the book's sources, by their number.
    files: Vec<Option<(&'s String, &'s Vec<u8>)>>,
    of_files: BTreeMap<usize, SaidOf<'s>>,
}

impl Sink for Places<'_> {
    fn report(&mut self, mut diagnostic: Diagnostic) {
        let file = diagnostic.span.map(|span| usize::from(span.source.0));
        let known = file.and_then(|file| Some((file, self.files.get(file).copied().flatten()?)));
        let Some((file, (name, bytes))) = known else {
            return self.said.of(BOOK, &[]).report(diagnostic);
        };
        if let Some(span) = &mut diagnostic.span {
            span.source = SourceId(0);
        }
        let of_file = self.of_files.entry(file).or_insert_with(|| self.said.within(BOOK, name, bytes));
        of_file.report(diagnostic);
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
            .map_err(|e| format!("--order '{}': {}", path.display(), fanfold::internals::reason(&e)))?;
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
