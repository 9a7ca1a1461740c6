//! Pandoc's JSON (pandoc-types 1.23), so that every format pandoc reads is one pipe away:
//! `pandoc a.docx -t json | fanfold convert -f pandoc - -o a.pdf`.
//!
//! Spans point into the JSON. Raw HTML or TeX is not passed through: it is dropped with a
//! diagnostic. The classes that [`write::Pandoc`](crate::write::Pandoc) gives are known again.

mod attr;
mod block;
mod inline;
mod meta;
mod node;
mod table;
mod translator;

use crate::decode::decode;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::{Error, Format, ReadContext, Reader};
use crate::json::pandoc::class;
use crate::model::{Article, Attr, Block, BlockKind, Document, Language, Meta, Span};
use node::Node;
use std::collections::BTreeMap;
use translator::Translator;

/// What JSON marks with.
const MARKS: &str = "{}[]:,\"";

/// Reads pandoc's JSON.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pandoc;

impl Reader for Pandoc {
    fn format(&self) -> Format {
        crate::json::pandoc::FORMAT
    }

    fn detect(&self, head: &str) -> u8 {
        let head = head.trim_start_matches('\u{FEFF}').trim_start();
        if head.starts_with('{') && head.contains("\"pandoc-api-version\"") { 100 } else { 0 }
    }

    fn read(&self, source: &[u8], cx: &mut ReadContext<'_>) -> Result<Document, Error> {
        let decoded = decode(source, cx)?;
        let (text, start) = (&*decoded.text, decoded.start());
        super::json::check_depth(text, 6 * cx.limits().depth() + 16)?;
        let value = node::parse(text, start)?;
        let root = Node::new(&value, start);
        version(root)?;
        root.claim_envelope(cx);
        let mut assets = BTreeMap::new();
        let (meta, blocks) = (root.member("meta")?, root.member("blocks")?);
        let Some(blocks) = blocks else { return root.wanted("an object with 'blocks'") };
        let span = Span::new(start, text.len());
        let mut reader = Translator { cx, notes: Vec::new(), assets: &mut assets };
        let (meta, own) = meta.map(|meta| reader.meta(meta)).transpose()?.unwrap_or_default();
        let own = Some(Box::new(own)).filter(|own| !own.options.is_empty());
        let (document_meta, articles) = match chapters(blocks)? {
            Some(chapters) => {
                let mut articles = Vec::with_capacity(chapters.len());
                for chapter in chapters {
                    articles.push(reader.chapter(chapter)?);
                }
                (meta, articles)
            }
            None => {
                let blocks = reader.blocks(blocks)?;
                let notes = std::mem::take(&mut reader.notes);
                (Meta::default(), vec![Article { meta, blocks, notes, own, span, ..Article::default() }])
            }
        };
        if document_meta.title.is_empty() && articles.iter().all(|a| a.meta.title.is_empty()) {
            let message = "the document has no title";
            cx.report(Diagnostic::new(&code::NO_TITLE, Span::default(), message).remedy(Remedy::Title));
        }
        let source = decoded.source(cx.source_name(), self.format().name);
        let document =
            Document { meta: document_meta, sources: vec![source], articles, assets, ..Document::default() };
        cx.settle(text, &document, MARKS);
        Ok(document)
    }
}

/// Only pandoc-types 1.23 is known: an earlier or later minor may hold other nodes.
fn version(root: Node<'_, '_>) -> Result<(), Error> {
    let Some(version) = root.member("pandoc-api-version")? else {
        return root.wanted("an object with 'pandoc-api-version'");
    };
    let numbers = version.list()?.map(Node::number).collect::<Result<Vec<_>, _>>()?;
    if numbers.starts_with(&[1, 23]) {
        return Ok(());
    }
    let shown: Vec<_> = numbers.iter().map(i64::to_string).collect();
    let message = format!(
        "pandoc-types {} is not known, only 1.23; make the JSON with pandoc 3.0 or later",
        shown.join(".")
    );
    Err(Error::Malformed { message, span: Some(version.span()) })
}

/// The articles of a document of many, where the body is nothing else.
fn chapters<'v, 's>(blocks: Node<'v, 's>) -> Result<Option<Vec<Node<'v, 's>>>, Error> {
    let mut chapters = Vec::new();
    for block in blocks.list()? {
        if block.kind()? != "Div" {
            return Ok(None);
        }
        let [attr, _] = block.content()?.tuple()?;
        let [_, classes, _] = attr.tuple()?;
        let mut is_article = false;
        for class in classes.list()? {
            is_article |= class.text()? == class::ARTICLE;
        }
        if !is_article {
            return Ok(None);
        }
        chapters.push(block);
    }
    Ok((!chapters.is_empty()).then_some(chapters))
}

impl Translator<'_, '_, '_> {
    fn chapter(&mut self, chapter: Node<'_, '_>) -> Result<Article, Error> {
        let [attr, body] = chapter.content()?.tuple()?;
        let mut given = attr::Given::read(attr)?;
        let language = given.lang().map(Language::given);
        let mut meta = Meta { language, ..Meta::default() };
        given.classes.retain(|&class| class != class::ARTICLE);
        if self.attr(given).is_some_and(|attr| *attr != Attr { lang: attr.lang.clone(), ..Attr::default() }) {
            let message = "an article takes no attributes but its language";
            self.lost(&code::ATTRIBUTE_DROPPED, attr.span(), message);
        }
        let mut blocks = self.blocks(body)?;
        if let Some(Block { kind: BlockKind::Heading { level, content }, .. }) = blocks.first_mut()
            && level.get() == 1
        {
            meta.title = std::mem::take(content);
            blocks.remove(0);
        }
        let notes = std::mem::take(&mut self.notes);
        Ok(Article { meta, blocks, notes, span: chapter.span(), ..Article::default() })
    }
}
