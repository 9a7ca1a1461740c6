//! What each stage of a conversion costs, on one article; explained in `../README.md`.

use criterion::{Criterion, criterion_group, criterion_main};
use fanfold::Converter;
use fanfold::diagnostic::Ignore;
use fanfold::format::{Error, Limits, ReadContext, Reader, WriteContext, Writer};
use fanfold::internals::inline::{ArticleCx, LineShape, Paragraph, TextStyle, Typesetter};
use fanfold::internals::page::Page;
use fanfold::internals::structure::StructId;
use fanfold::internals::{ImageSizes, PageSink, typeset};
use fanfold::model::{Article, BlockKind, Document, Inline};
use fanfold::pdf::{FontLibrary, PageStyle};
use fanfold::style::Length;
use fanfold::{read, write};
use std::hint::black_box;
use std::sync::Arc;

const ARTICLE: &str = include_str!("../../input/boris-bondarev.txt");

/// Takes pages and forgets them.
struct Forget;

impl PageSink for Forget {
    fn page(&mut self, _: usize, page: Page) -> Result<(), Error> {
        black_box(page);
        Ok(())
    }
}

/// Reads with a context that forgets what is reported.
fn reading<T>(call: impl FnOnce(&mut ReadContext<'_>) -> Result<T, Error>) -> T {
    let (limits, mut sink) = (Limits::default(), Ignore);
    call(&mut ReadContext::new("article.txt", &limits, &mut sink)).expect("the article has no fault")
}

/// Writes with a context that forgets what is reported.
fn writing<T>(call: impl FnOnce(&mut WriteContext<'_>) -> Result<T, Error>) -> T {
    let (limits, mut sink) = (Limits::default(), Ignore);
    call(&mut WriteContext::new("article.txt", &limits, &mut sink)).expect("the article has no fault")
}

fn document() -> Document {
    reading(|cx| Converter::default().read(ARTICLE.as_bytes(), None, cx))
}

/// Shapes all paragraphs of an article, as a typesetter that has shaped nothing yet does.
fn shaped(article: &Article, fonts: &FontLibrary) -> Vec<Paragraph> {
    let mut typesetter = Typesetter::new(fonts, true);
    let language = article.meta.language.as_ref().map(|language| language.tag.clone());
    let style = TextStyle { language, ..TextStyle::default() };
    let paragraphs = article.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph { content } => Some(content.as_slice()),
        _ => None,
    });
    let set =
        |content: &[Inline]| typesetter.paragraph(content, &style, StructId(0), ArticleCx::default());
    paragraphs.map(set).collect()
}

fn written(document: &Document, writer: &dyn Writer) -> Vec<u8> {
    let mut out = Vec::new();
    writing(|cx| writer.write(document, &mut out, cx));
    out
}

fn stages(c: &mut Criterion) {
    let fonts = Arc::new(FontLibrary::embedded());
    let style = PageStyle::default();
    let document = document();
    let article = &document.articles[0];
    let paragraphs = shaped(article, &fonts);
    let images = ImageSizes::default();
    let column = LineShape { rest: (Length::ZERO, Length::pt(352)), ..LineShape::default() };

    c.bench_function("read", |b| {
        b.iter(|| reading(|cx| read::Article.read(black_box(ARTICLE.as_bytes()), cx)));
    });
    c.bench_function("transform and read", |b| {
        let converter = Converter::default();
        b.iter(|| reading(|cx| converter.read(black_box(ARTICLE.as_bytes()), None, cx)));
    });
    c.bench_function("shape", |b| b.iter(|| shaped(black_box(article), &fonts)));
    c.bench_function("break", |b| {
        b.iter(|| black_box(&paragraphs).iter().map(|p| p.lines(&column, 0).len()).sum::<usize>());
    });
    c.bench_function("shape, break and paginate", |b| {
        b.iter(|| writing(|cx| typeset(black_box(&document), &images, &fonts, &style, cx, &mut Forget)));
    });
    let pdf = write::Pdf::new(Arc::clone(&fonts));
    c.bench_function("shape, break, paginate, emit and finish", |b| {
        b.iter(|| written(black_box(&document), &pdf));
    });
    let nothing = Document::default();
    c.bench_function("finish", |b| b.iter(|| written(black_box(&nothing), &pdf)));
    c.bench_function("markup", |b| b.iter(|| written(black_box(&document), &write::Html::default())));
    c.bench_function("markup and zip", |b| b.iter(|| written(black_box(&document), &write::Epub::default())));
    c.bench_function("text", |b| b.iter(|| written(black_box(&document), &write::Text::default())));
    c.bench_function("json", |b| b.iter(|| written(black_box(&document), &write::Json::default())));
}

criterion_group!(benches, stages);
criterion_main!(benches);
