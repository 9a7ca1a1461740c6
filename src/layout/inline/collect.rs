//! One string of a paragraph's inlines, with the style, structure and links of its parts.

use super::article::{ArticleCx, note_anchor, note_call_anchor};
use super::style::{Family, TextStyle};
use crate::layout::length::Length;
use crate::layout::math::{Formulas, Set};
use crate::layout::page::{Color, Link};
use crate::layout::structure::{Numbering, StructId};
use crate::math;
use crate::model::{Direction, Formula, Inline, InlineKind, LanguageTag, NoteId, Span, Style, Target, Words};
use crate::text::quotes::Quotes;
use std::sync::Arc;

/// Stands in the text for a line break that is meant.
pub(super) const NEWLINE: char = '\u{2028}';
/// Stands in the text for an image.
pub(super) const OBJECT: char = '\u{FFFC}';

/// A paragraph's text and what is known of its parts.
pub(super) struct Collected {
    pub text: String,
    /// Where each style starts; it lasts to the start of the next.
    pub runs: Vec<(u32, u32)>,
    pub styles: Vec<RunStyle>,
    pub languages: Vec<LanguageTag>,
    pub links: Vec<Arc<Link>>,
    pub objects: Vec<Object>,
    pub notes: Vec<(u32, NoteId)>,
    pub anchors: Vec<(u32, String)>,
    /// Where the source stands that each stretch of text comes from.
    pub spans: Vec<(u32, Span)>,
}

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RunStyle {
    pub family: Family,
    pub bold: bool,
    pub italic: bool,
    pub small_caps: bool,
    pub size: Length,
    /// How far the baseline is raised.
    pub rise: Length,
    pub color: Color,
    pub underline: bool,
    pub strikeout: bool,
    pub mark: Option<Color>,
    /// Index into the languages, if the language is known.
    pub language: Option<u16>,
    /// Code and the like: no hyphenation, no typographic quotes.
    pub verbatim: bool,
    pub leaf: StructId,
    /// Index into the links.
    pub link: Option<u32>,
}

/// What stands in running text and is no text.
#[derive(Clone, Debug)]
pub(super) enum Object {
    Image {
        asset: String,
        width: Length,
        height: Length,
    },
    /// A formula, or a part of one that a line may end after, at a cost.
    Formula {
        set: Set,
        cost: i32,
    },
}

impl Object {
    pub fn width(&self) -> Length {
        match self {
            Object::Image { width, .. } => *width,
            Object::Formula { set, .. } => set.width,
        }
    }
}

pub(super) fn collect(
    content: &[Inline],
    style: &TextStyle,
    parent: StructId,
    numbering: Numbering,
    article: ArticleCx<'_>,
    quotes: bool,
    formulas: &Formulas<'_>,
) -> Collected {
    let base = RunStyle {
        family: style.family,
        bold: style.bold,
        italic: style.italic,
        small_caps: style.small_caps,
        size: style.size,
        rise: Length::ZERO,
        color: style.color,
        underline: false,
        strikeout: false,
        mark: None,
        language: style.language.as_ref().map(|_| 0),
        verbatim: style.family == Family::Mono,
        leaf: StructId(0),
        link: None,
    };
    let quotes = match &style.language {
        Some(language) if quotes => Quotes::new(language),
        _ => Quotes::kept(),
    };
    let out = Collected {
        text: String::new(),
        runs: Vec::new(),
        styles: Vec::new(),
        languages: style.language.iter().cloned().collect(),
        links: Vec::new(),
        objects: Vec::new(),
        notes: Vec::new(),
        anchors: Vec::new(),
        spans: Vec::new(),
    };
    let mut collector = Collector { out, style, numbering, article, quotes, formulas, after_note: None };
    collector.inlines(content, base, parent);
    let mut out = collector.out;
    // Space at the end of a paragraph is no part of it.
    out.text.truncate(out.text.trim_end_matches(' ').len());
    let end = out.text.len() as u32;
    out.runs.retain(|run| run.0 < end);
    out
}

struct Collector<'a, 'c, 'f> {
    out: Collected,
    /// How the paragraph is set.
    style: &'c TextStyle,
    numbering: Numbering,
    article: ArticleCx<'a>,
    quotes: Quotes,
    formulas: &'c Formulas<'f>,
    /// Where the text ended after the mark of a note.
    after_note: Option<usize>,
}

impl Collector<'_, '_, '_> {
    fn inlines(&mut self, content: &[Inline], style: RunStyle, parent: StructId) {
        for inline in content {
            self.inline(inline, style, parent);
        }
    }

    fn inline(&mut self, inline: &Inline, mut style: RunStyle, mut parent: StructId) {
        let mut isolate = None;
        if let Some(attr) = &inline.attr {
            if let Some(id) = &attr.id {
                self.out.anchors.push((self.out.text.len() as u32, id.clone()));
            }
            if let Some(lang) = &attr.lang {
                parent = self.numbering.element();
                style.language = Some(self.language(lang));
            }
            isolate = attr.dir;
        }
        if let Some(direction) = isolate {
            // UAX #9, 2.4.1: a change of direction is an isolate.
            self.out.text.push(if direction == Direction::Rtl { '\u{2067}' } else { '\u{2066}' });
        }
        self.out.spans.push((self.out.text.len() as u32, inline.span));
        match &inline.kind {
            InlineKind::Text { text } => self.text(text, style, parent),
            InlineKind::Styled { style: meaning, content } => self.styled(*meaning, content, style, parent),
            InlineKind::Code { text } => {
                let node = self.numbering.element();
                self.verbatim(text, style, node);
            }
            InlineKind::Math(formula) => self.formula(formula, style),
            InlineKind::Link(link) => {
                let node = self.numbering.element();
                let mut contents = String::new();
                link.content.push_words(&mut contents);
                self.out.links.push(Arc::new(Link { target: link.target.clone(), contents, owner: node }));
                let url = matches!(&link.target, Target::Url(url) if is_address_of(
                    url,
                    self.out.links.last().map_or("", |l| &l.contents),
                ));
                style.link = Some(self.out.links.len() as u32 - 1);
                style.verbatim |= url;
                style.color = if style.color == self.style.color { self.style.links.0 } else { style.color };
                style.underline |= self.style.links.1;
                self.inlines(&link.content, style, node);
            }
            InlineKind::Image(image) => {
                let size = self.article.image_size.and_then(|size| size(image));
                match size {
                    Some((width, height)) => {
                        let node = self.numbering.element();
                        self.out.objects.push(Object::Image { asset: image.source.clone(), width, height });
                        self.quotes.object();
                        self.start(style, node);
                        self.out.text.push(OBJECT);
                    }
                    None => self.text(image.alt.as_deref().unwrap_or_default(), style, parent),
                }
            }
            InlineKind::Note { note } => self.note(*note, style),
            InlineKind::SoftBreak => self.text(" ", style, parent),
            InlineKind::HardBreak => {
                self.start(style, parent);
                self.out.text.push(NEWLINE);
            }
            InlineKind::Unknown(unknown) => self.inlines(&unknown.content, style, parent),
            // The reader that kept it has said so.
            InlineKind::Unresolved(_) => {}
        }
        if isolate.is_some() {
            self.out.text.push('\u{2069}');
        }
    }

    /// A formula as its parts between the places where a line may end; as TeX when it can't be read.
    fn formula(&mut self, formula: &Formula, style: RunStyle) {
        let node = self.numbering.element();
        if formula.tex.is_empty() {
            return;
        }
        let set = math::tree(formula, false).ok().and_then(|t| self.formulas.set(&t, style.size, false));
        let Some(set) = set else { return self.verbatim(&formula.tex, style, node) };
        self.start(style, node);
        self.quotes.object();
        // Words and marks beside a formula stay with it.
        if !(self.out.text.is_empty() || self.out.text.ends_with([' ', NEWLINE])) {
            self.out.text.push('\u{2060}');
        }
        for (set, cost) in set.pieces() {
            self.out.objects.push(Object::Formula { set, cost });
            self.out.text.push(OBJECT);
        }
        self.out.text.push('\u{2060}');
    }

    fn styled(&mut self, meaning: Style, content: &[Inline], mut style: RunStyle, parent: StructId) {
        match meaning {
            Style::Emphasis | Style::Variable | Style::Cite | Style::Definition => {
                style.italic = !style.italic
            }
            Style::Strong => style.bold = true,
            Style::Underline | Style::Inserted => style.underline = true,
            Style::Strikeout => style.strikeout = true,
            Style::Superscript => {
                style.rise += style.size.scale(34, 100);
                style.size = style.size.scale(68, 100);
            }
            Style::Subscript => {
                style.rise += style.size.scale(-14, 100);
                style.size = style.size.scale(68, 100);
            }
            Style::SmallCaps => style.small_caps = true,
            Style::Small => style.size = style.size.scale(85, 100),
            Style::Mark => style.mark = Some(self.style.marks),
            Style::Keyboard | Style::Sample => {
                style.family = Family::Mono;
                style.size = self.code_size(style.size);
            }
            Style::Quotation => {
                self.text("\"", style, parent);
                self.inlines(content, style, parent);
                self.text("\"", style, parent);
                return;
            }
            Style::Abbreviation | Style::Span => {}
        }
        self.inlines(content, style, parent);
    }

    fn note(&mut self, id: NoteId, style: RunStyle) {
        let node = self.numbering.element();
        let label = self.article.note_labels.get(id.0 as usize).cloned().unwrap_or_default();
        let at = self.out.text.len() as u32;
        if self.article.calls.is_none_or(|first| first(id, node)) {
            self.out.notes.push((at, id));
        }
        self.out.anchors.push((at, note_call_anchor(self.article.index, id.0 as usize)));
        self.out.links.push(Arc::new(Link {
            target: Target::Anchor(note_anchor(self.article.index, id.0 as usize)),
            contents: label.clone(),
            owner: node,
        }));
        let style = RunStyle {
            link: Some(self.out.links.len() as u32 - 1),
            rise: style.rise + style.size.scale(34, 100),
            size: style.size.scale(68, 100),
            italic: false,
            verbatim: true,
            ..style
        };
        // Marks beside each other would be read as one number; what parts them leads nowhere.
        if self.after_note == Some(self.out.text.len()) && !label.is_empty() {
            self.text(",", RunStyle { link: None, ..style }, node);
        }
        self.text(&label, style, node);
        self.after_note = Some(self.out.text.len());
    }

    /// The face for code looks larger than the serif at the same size.
    fn code_size(&self, size: Length) -> Length {
        size.scale(i64::from(self.style.code_size.0), 100)
    }

    fn verbatim(&mut self, text: &str, style: RunStyle, parent: StructId) {
        let style =
            RunStyle { family: Family::Mono, size: self.code_size(style.size), verbatim: true, ..style };
        self.text(text, style, parent);
    }

    /// Adds characters: runs of white space become one space, what can't be seen is left out.
    fn text(&mut self, text: &str, style: RunStyle, parent: StructId) {
        if text.is_empty() {
            return;
        }
        self.start(style, parent);
        let set = if style.verbatim { text.into() } else { self.quotes.set(text) };
        let out = &mut self.out.text;
        let mut rest = &*set;
        while let Some(at) = rest.find(is_unset) {
            out.push_str(&rest[..at]);
            let mut chars = rest[at..].chars();
            let white = matches!(chars.next(), Some(' ' | '\t' | '\n' | '\r' | '\u{0B}' | '\u{0C}'));
            if white && !(out.is_empty() || out.ends_with([' ', NEWLINE])) {
                out.push(' ');
            }
            rest = chars.as_str();
        }
        out.push_str(rest);
    }

    /// Starts a run, in the leaf of its parent.
    fn start(&mut self, mut style: RunStyle, parent: StructId) {
        style.leaf = self.numbering.leaf(parent).0;
        if self.out.styles.last() != Some(&style) {
            self.out.styles.push(style);
        }
        let number = self.out.styles.len() as u32 - 1;
        if self.out.runs.last().is_none_or(|run| run.1 != number) {
            self.out.runs.push((self.out.text.len() as u32, number));
        }
    }

    fn language(&mut self, tag: &LanguageTag) -> u16 {
        let languages = &mut self.out.languages;
        let at = languages.iter().position(|l| l == tag).unwrap_or_else(|| {
            languages.push(tag.clone());
            languages.len() - 1
        });
        at as u16
    }
}

/// White space, and what can't be seen or stands for something else here.
fn is_unset(c: char) -> bool {
    match c {
        '!'..='~' => false,
        // Controls, and line and paragraph separators, which are nodes in the model.
        '\0'..=' ' | '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' => true,
        // No character (Unicode, 23.7), and what stands for objects here.
        '\u{FFF9}'..='\u{FFFC}' | '\u{FEFF}' => true,
        _ => false,
    }
}

/// Whether the words of a link are its address.
fn is_address_of(url: &str, words: &str) -> bool {
    words.len() > 3 && url.contains(words)
}
