//! MediaWiki wikitext.
//!
//! The passes, in order: `preprocess` finds what braces and tags belong together, `expand`
//! replaces templates by their `rules`, `block` reads lines (with `list`, `table` and
//! `inline`) into a `tree`, `build` makes the model of it. Nothing is ever refused: what is
//! badly formed is text, as on a wiki.

mod build;
#[cfg(feature = "html")]
pub(super) mod call;
mod data;
mod expand;
mod parse;
mod show;

pub use expand::rules::{Rules, RulesError};
pub use show::Show;

use crate::decode::decode;
use crate::format::{Error, Format, ReadContext, Reader};
use crate::model::*;
use build::builder::Builder;
use build::{anchors, title};
use expand::expander::Expander;
use std::sync::Arc;

/// Reads wikitext.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Wikitext {
    /// What templates become.
    pub rules: Arc<Rules>,
    /// What becomes of those that no rule knows.
    pub unresolved: Show,
}

crate::format::options!(Wikitext);

impl Default for Wikitext {
    fn default() -> Self {
        Wikitext { rules: Arc::new(Rules::built_in()), unresolved: Show::default() }
    }
}

impl Reader for Wikitext {
    fn format(&self) -> Format {
        Format {
            name: "wikitext",
            aliases: &["mediawiki", "wiki"],
            extensions: &["wiki", "wikitext", "mediawiki"],
            media_type: "text/x-wiki",
            text: true,
            description: "MediaWiki wikitext, as Wikipedia's articles are written in",
        }
    }

    fn detect(&self, head: &str) -> u8 {
        let head = head.trim_start_matches('\u{FEFF}').trim_start();
        let redirect = head.get(..9).is_some_and(|h| h.eq_ignore_ascii_case("#redirect"));
        if redirect || head.starts_with("{{") || head.starts_with("{|") {
            return 90;
        }
        let count = |mark: &str| head.matches(mark).take(20).count();
        let (links, templates) = (count("[["), count("{{"));
        let bold = usize::from(head.contains("'''"));
        let heading = usize::from(head.lines().any(|l| l.starts_with("==") && l.trim_end().ends_with("==")));
        let refs = usize::from(head.contains("<ref"));
        let score = links.min(4) * 8 + templates.min(3) * 10 + bold * 25 + heading * 10 + refs * 25;
        u8::try_from(score.min(85)).unwrap_or(85)
    }

    fn read(&self, source: &[u8], cx: &mut ReadContext<'_>) -> Result<Document, Error> {
        let decoded = decode(source, cx)?;
        let text: &str = &decoded.text;
        let title = cx.title().map_or_else(|| title::of_file(cx.source_name()), str::to_owned);
        // What `{{PAGENAME}}` shows.
        let said =
            if cx.title().is_some() { None } else { title::in_source(&title, &text[decoded.start()..]) };
        let page = said.as_deref().unwrap_or(&title);
        let mut expander = Expander::new(text, &self.rules, page, self.unresolved, cx.limits(), cx.stop());
        expander.findings.claims.kept = cx.keeps_account();
        let flat = expander.expand_source(decoded.start()..text.len());
        let mut builder = Builder::new(expander, cx);
        let mut blocks =
            build::redirect::blocks(&flat, &mut builder).unwrap_or_else(|| builder.blocks_of(&flat));
        let shown_title = builder.x.findings.display_title.take();
        let shown_title = shown_title.map(|flat| builder.inlines_of(&flat)).unwrap_or_default();
        builder.check_notes();
        build::reference::leave_out_empty_lists(&mut blocks, builder.cx);
        builder.cx.go_on()?;
        let Builder { x, notes, subjects, language, meta_spans, .. } = builder;
        raise_headings(&mut blocks);
        let mut meta = Meta { title: shown_title, subjects, ..Meta::default() };
        if meta.title.is_empty() {
            let better = || title::better(&title, &blocks).unwrap_or_else(|| title.clone());
            let text = if cx.title().is_some() { title.clone() } else { better() };
            let start = decoded.start();
            if !text.is_empty() {
                meta.title = vec![Node::new(InlineKind::Text { text }, Span::new(start, start))];
            }
        }
        meta.language = language.and_then(LanguageTag::new).map(|tag| Language::new(tag, Origin::Detected));
        meta.spans = meta_spans;
        meta.spans.extend(x.findings.meta_spans);
        let citations = x.findings.citations;
        x.findings.claims.settle(cx);
        let span = Span::new(decoded.start(), text.len());
        let mut article = Article { meta, blocks, notes, citations, span, ..Article::default() };
        anchors::settle(&mut article, &title);
        let source = decoded.source(cx.source_name(), "wikitext");
        let document = Document { sources: vec![source], articles: vec![article], ..Document::default() };
        cx.settle(text, &document, MARKS);
        Ok(document)
    }
}

/// What wikitext and the HTML in it mark with.
const MARKS: &str = "=*#:;'[]{}|!<>/-_~&\"+";

/// The title has level 1; a page whose own headings start at level 1 moves down as a whole.
fn raise_headings(blocks: &mut [Block]) {
    let first =
        blocks.iter().any(|b| matches!(&b.kind, BlockKind::Heading { level, .. } if *level == Level::ONE));
    if !first {
        return;
    }
    for block in blocks {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            *level = Level::clamped(usize::from(level.get()) + 1);
        }
    }
}
