//! Options by name: those of the command line that a browser has a use for, in JavaScript's spelling.

use crate::fonts;
use fanfold::Converter;
use fanfold::job::{Gate, Settings};
use fanfold::model::{Creator, InlineKind, Language, LanguageTag, Meta, Node, Span};
use fanfold::pdf::PageStyle;
use fanfold::style::{Style, builtin};
use fanfold::write::{Cover, Epub, Html, Layout, Pdf, Site, Text};
use serde::{Deserialize, Serialize};

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Options {
    /// The document's name; its extension says its format.
    pub name: String,
    to: String,
    from: Option<String>,
    encoding: Option<String>,
    /// A built-in style, or the TOML of another.
    style: Option<String>,
    paper: Option<String>,
    toc: bool,
    width: Option<usize>,
    keep_quotes: bool,
    cover: bool,
    embed_fonts: bool,
    title: Option<String>,
    author: Vec<String>,
    lang: Option<String>,
    date: Option<String>,
    license: Option<String>,
    source_url: Option<String>,
    link_base: Option<String>,
    /// Codes of diagnostics that fail the document; `warnings` means all.
    deny: Vec<String>,
    /// Codes of diagnostics that do not, although they are errors or all warnings do.
    allow: Vec<String>,
}

impl Options {
    /// Readers and writers set up as asked, or what is wrong with an option.
    pub fn settings(self) -> Result<Settings, String> {
        let style = self.look()?;
        let pages = PageStyle::default().with(|pages| {
            pages.look = style.clone();
            pages.typographic_quotes = !self.keep_quotes;
        });
        let quotes = !self.keep_quotes;
        let mut epub = Epub::default().with(|epub| {
            epub.typographic_quotes = quotes;
            epub.style = style.clone();
            epub.cover = self.cover.then_some(Cover::Typeset);
        });
        if self.embed_fonts {
            epub = epub.with_fonts(fonts::library());
        }
        let mut converter = Converter::builder()
            .writer(epub)
            .writer(Html::default().with(|html| {
                html.typographic_quotes = quotes;
                html.style = style.clone();
            }))
            .writer(Site::default().with(|site| {
                site.typographic_quotes = quotes;
                site.style = style.clone();
            }))
            .writer(Text::default().with(|text| text.width = self.width.unwrap_or(text.width).max(20)))
            .writer(Layout::new(fonts::library()).with(|layout| layout.style = pages.clone()))
            .writer(Pdf::new(fonts::library()).with(|pdf| pdf.style = pages));
        if let Some(base) = &self.link_base {
            converter = converter.link_base(base);
        }
        let (from, encoding) = (self.from.clone(), self.encoding.clone());
        let mut gate = Gate::default();
        gate.warnings = self.deny.iter().any(|code| code == "warnings");
        gate.denied = self.deny.iter().filter(|code| *code != "warnings").cloned().collect();
        gate.allowed = self.allow.clone();
        let to = self.to.clone();
        let converter = converter.meta(self.meta()?).build();
        if let Some(from) = &from {
            converter.registry().reader(from).map_err(|error| format!("from: {error}"))?;
        }
        let mut settings = Settings::new(converter, &[&to]).map_err(|error| format!("to: {error}"))?;
        (settings.from, settings.encoding, settings.gate) = (from, encoding, gate);
        Ok(settings)
    }

    fn look(&self) -> Result<Style, String> {
        let style = match &self.style {
            None => Style::default(),
            Some(name) => match builtin(name) {
                Some(built_in) => built_in.style(),
                None => Style::parse(name).map_err(|error| format!("style: {error}"))?,
            },
        };
        let paper = self.paper.as_deref().map(str::parse).transpose();
        let paper = paper.map_err(|error| format!("paper: {error}"))?;
        Ok(style.with(|style| {
            if let Some(paper) = paper {
                (style.page.size, style.page.landscape) = (paper, false);
            }
            style.page.contents |= self.toc;
        }))
    }

    fn meta(self) -> Result<Meta, String> {
        let title = |text| vec![Node::new(InlineKind::Text { text }, Span::default())];
        let tag = |tag: String| {
            let known = LanguageTag::new(&tag).map(Language::given);
            known.ok_or(format!("lang: '{tag}' is not a well-formed language tag, such as 'en' or 'pt-BR'"))
        };
        Ok(Meta {
            title: self.title.map(title).unwrap_or_default(),
            creators: self.author.into_iter().map(Creator::new).collect(),
            language: self.lang.map(tag).transpose()?,
            date: self.date,
            rights: self.license,
            source_url: self.source_url,
            ..Meta::default()
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Format {
    name: &'static str,
    extensions: &'static [&'static str],
    media_type: &'static str,
    text: bool,
    about: &'static str,
    reads: bool,
    writes: bool,
}

/// What can be read and written, as JSON.
pub fn formats() -> String {
    let settings = Options { to: "text".into(), ..Options::default() }.settings();
    let Ok(settings) = settings else { return "[]".into() };
    let registry = settings.converter.registry();
    let mut all: Vec<_> = registry.readers().map(|reader| reader.format()).collect();
    all.extend(registry.writers().map(|writer| writer.format()));
    all.sort_by_key(|format| format.name);
    all.dedup_by_key(|format| format.name);
    let described = all.into_iter().map(|format| Format {
        name: format.name,
        extensions: format.extensions,
        media_type: format.media_type,
        text: format.text,
        about: format.description,
        reads: registry.reader(format.name).is_ok(),
        writes: registry.writer(format.name).is_ok(),
    });
    serde_json::to_string(&described.collect::<Vec<_>>()).unwrap_or_default()
}
