//! Inlines.

use super::ast::{Attr, Block as OutBlock, Inline as Out, MathType, QuoteType};
use super::translator::{Translator, attr, of_template};
use crate::diagnostic::{Diagnostic, code};
use crate::json::pandoc::class;
use crate::markup::address::{self, Address};
use crate::model::{Image, Inline, InlineKind, Link, NoteId, Span, Style, Target};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::borrow::Cow;

impl<'d> Translator<'d, '_, '_> {
    pub(super) fn inlines(&mut self, inlines: &'d [Inline]) -> Vec<Out<'d>> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            self.inline(inline, &mut out);
        }
        out
    }

    fn inline(&mut self, inline: &'d Inline, out: &mut Vec<Out<'d>>) {
        let own = attr(inline.attr.as_deref());
        match &inline.kind {
            InlineKind::Text { text } if own.is_empty() => words(text, out),
            InlineKind::Text { text } => {
                let mut content = Vec::new();
                words(text, &mut content);
                out.push(Out::Span(own, content));
            }
            InlineKind::Styled { style, content } => {
                let content = self.inlines(content);
                out.push(styled(*style, own, content));
            }
            InlineKind::Code { text } => out.push(Out::Code(own, text)),
            InlineKind::Math(formula) => {
                out.push(spanned(own, Out::Math(MathType::InlineMath, &formula.tex)));
            }
            InlineKind::Link(link) => self.link(link, own, inline.span, out),
            InlineKind::Image(image) => {
                let image = self.image(image, own, inline.span);
                out.push(image);
            }
            InlineKind::Note { note } => {
                if let Some(note) = self.note(*note, inline.span) {
                    out.push(spanned(own, Out::Note(note)));
                }
            }
            InlineKind::SoftBreak => out.push(Out::SoftBreak),
            InlineKind::HardBreak => out.push(Out::LineBreak),
            InlineKind::Unknown(unknown) => out.extend(self.inlines(&unknown.content)),
            InlineKind::Unresolved(unresolved) => {
                out.push(Out::Span(of_template(own, unresolved), Vec::new()));
            }
        }
    }

    /// What a note says, where it is called. Pandoc's writers leave a note inside a note out, so
    /// what that says follows what the outer one says.
    fn note(&mut self, id: NoteId, span: Span) -> Option<Vec<OutBlock<'d>>> {
        let notes = self.notes;
        let note = notes.get(id.0 as usize)?;
        self.called.insert(id);
        if let Some(open) = &mut self.open {
            if !open.contains(&id) {
                open.push(id);
                let message = "a note inside a note is text after it: pandoc has none such";
                self.cx.report(Diagnostic::new(&code::STRUCTURE_FLATTENED, span, message));
            }
            return None;
        }
        self.open = Some(vec![id]);
        let mut blocks = self.blocks(&note.blocks);
        let mut next = 1;
        while let Some(&inner) = self.open.as_ref().and_then(|open| open.get(next)) {
            blocks.extend(self.blocks(&notes[inner.0 as usize].blocks));
            next += 1;
        }
        self.open = None;
        Some(blocks)
    }

    fn link(&mut self, link: &'d Link, mut own: Attr<'d>, span: Span, out: &mut Vec<Out<'d>>) {
        let content = self.inlines(&link.content);
        let target: Cow<'d, str> = match &link.target {
            Target::Anchor(anchor) => format!("#{anchor}").into(),
            Target::Article { title, section } => {
                own = own.with_class(class::WIKILINK);
                let mut address = title.replace(' ', "_");
                if let Some(section) = section {
                    address.push('#');
                    address.push_str(&section.replace(' ', "_"));
                }
                match address::parse(&address) {
                    Address::Relative(_) => address.into(),
                    // Its first word would be a scheme, and might be one that runs code.
                    _ => format!("./{address}").into(),
                }
            }
            Target::Url(url) => match address::parse(url) {
                Address::Absolute(_) | Address::Relative(_) => url.as_str().into(),
                judged => {
                    self.cx.report(refused(url, &judged, span));
                    out.push(Out::Span(own, content));
                    return;
                }
            },
        };
        let title = take(&mut own, "title");
        out.push(Out::Link(own, content, (target, title)));
    }

    /// Pandoc's JSON holds no bytes; a `data:` address carries those that were loaded.
    pub(super) fn image(&mut self, image: &'d Image, mut own: Attr<'d>, span: Span) -> Out<'d> {
        let mut content = Vec::new();
        words(image.alt.as_deref().unwrap_or_default(), &mut content);
        for (key, pixels) in [("width", image.width), ("height", image.height)] {
            if let Some(pixels) = pixels {
                own.set(key, pixels.to_string());
            }
        }
        let source = match self.document.assets.get(&image.source) {
            Some(asset) => {
                format!("data:{};base64,{}", asset.media_type, STANDARD.encode(&asset.data)).into()
            }
            // What pandoc makes of the JSON would hold the file.
            None if address::parse(&image.source) == Address::Unsafe => {
                self.cx.report(refused(&image.source, &Address::Unsafe, span));
                return Out::Span(own, content);
            }
            None => image.source.as_str().into(),
        };
        let title = take(&mut own, "title");
        Out::Image(own, content, (source, title))
    }
}

fn refused(url: &str, judged: &Address, span: Span) -> Diagnostic {
    match judged {
        Address::Unsafe => address::refused(url, &code::UNSAFE_LINK, address::UNSAFE, span),
        _ => address::refused(url, &code::INVALID_LINK, "is no valid URL", span),
    }
}

/// Takes an attribute that pandoc keeps elsewhere.
fn take<'d>(own: &mut Attr<'d>, key: &str) -> Cow<'d, str> {
    match own.others.iter().position(|(k, _)| k == key) {
        Some(at) => own.others.remove(at).1,
        None => Cow::default(),
    }
}

/// Words and the spaces between them. Spaces that don't break stay in their words.
pub(super) fn words<'d>(text: &'d str, out: &mut Vec<Out<'d>>) {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match out.last_mut() {
            _ if word.is_empty() => {}
            // As pandoc has it, a word is one string.
            Some(Out::Str(before)) => before.to_mut().push_str(word),
            _ => out.push(Out::Str(word.into())),
        }
        rest = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        if rest.len() < after.len() {
            out.push(Out::Space);
        }
    }
}

/// An inline whose kind carries no attributes in pandoc's model: around it a span that does.
fn spanned<'d>(own: Attr<'d>, inline: Out<'d>) -> Out<'d> {
    if own.is_empty() { inline } else { Out::Span(own, vec![inline]) }
}

fn styled<'d>(style: Style, own: Attr<'d>, content: Vec<Out<'d>>) -> Out<'d> {
    let class = match style {
        Style::Emphasis => return spanned(own, Out::Emph(content)),
        Style::Strong => return spanned(own, Out::Strong(content)),
        Style::Underline => return spanned(own, Out::Underline(content)),
        Style::Strikeout => return spanned(own, Out::Strikeout(content)),
        Style::Superscript => return spanned(own, Out::Superscript(content)),
        Style::Subscript => return spanned(own, Out::Subscript(content)),
        Style::SmallCaps => return spanned(own, Out::SmallCaps(content)),
        Style::Quotation => return spanned(own, Out::Quoted(QuoteType::DoubleQuote, content)),
        Style::Span => return Out::Span(own, content),
        // The classes that pandoc's HTML reader gives, where it gives one.
        Style::Small => "small",
        Style::Mark => "mark",
        Style::Keyboard => "kbd",
        Style::Sample => "samp",
        Style::Variable => "var",
        Style::Inserted => "ins",
        Style::Definition => "dfn",
        Style::Abbreviation => "abbr",
        Style::Cite => "cite",
    };
    Out::Span(own.with_class(class), content)
}
