//! Inlines.

use super::attr::Given;
use super::node::Node;
use super::translator::Translator;
use crate::asset;
use crate::diagnostic::code;
use crate::format::Error;
use crate::json::pandoc::class;
use crate::model::{Formula, Image, Inline, InlineKind, Link, Note, NoteId, Span, Style, Target, plain_text};

impl Translator<'_, '_, '_> {
    pub(super) fn inlines(&mut self, list: Node<'_, '_>) -> Result<Vec<Inline>, Error> {
        let mut out = Vec::new();
        for node in list.list()? {
            self.inline(node, &mut out)?;
        }
        Ok(out)
    }

    fn inline(&mut self, node: Node<'_, '_>, out: &mut Vec<Inline>) -> Result<(), Error> {
        let span = node.span();
        let kind = match node.kind()? {
            "Str" => {
                let text = node.content()?;
                push_text(self.rendered(text)?, text.text_span(), out);
                return Ok(());
            }
            "Space" => {
                push_text(" ", span, out);
                return Ok(());
            }
            "SoftBreak" => InlineKind::SoftBreak,
            "LineBreak" => InlineKind::HardBreak,
            "Emph" => self.styled(Style::Emphasis, node)?,
            "Underline" => self.styled(Style::Underline, node)?,
            "Strong" => self.styled(Style::Strong, node)?,
            "Strikeout" => self.styled(Style::Strikeout, node)?,
            "Superscript" => self.styled(Style::Superscript, node)?,
            "Subscript" => self.styled(Style::Subscript, node)?,
            "SmallCaps" => self.styled(Style::SmallCaps, node)?,
            "Quoted" => {
                let [_, content] = node.content()?.tuple()?;
                InlineKind::Styled { style: Style::Quotation, content: self.inlines(content)? }
            }
            // What a citation cites stands in its words; the keys are for a citation processor.
            "Cite" => {
                let [keys, content] = node.content()?.tuple()?;
                self.lost(
                    &code::ATTRIBUTE_DROPPED,
                    keys.span(),
                    "the keys of a citation have no place in the model",
                );
                InlineKind::Styled { style: Style::Span, content: self.inlines(content)? }
            }
            "Code" => {
                let [attr, text] = node.content()?.tuple()?;
                let text = self.rendered(text)?.to_owned();
                let attr = self.attr(Given::read(attr)?);
                out.push(Inline { kind: InlineKind::Code { text }, attr, span });
                return Ok(());
            }
            "Math" => {
                let [_, tex] = node.content()?.tuple()?;
                InlineKind::Math(Formula::tex(self.rendered(tex)?))
            }
            "RawInline" => return self.raw(node),
            "Link" => {
                let [attr, content, target] = node.content()?.tuple()?;
                let content = self.inlines(content)?;
                let mut given = Given::read(attr)?;
                let [url, title] = target.tuple()?;
                let wiki = given.take_class(|c| (c == class::WIKILINK).then_some(())).is_some();
                let target = leads_to(self.rendered(url)?, wiki);
                if !self.rendered(title)?.is_empty() && !wiki {
                    given.others.push(("title", title.text()?, title.span()));
                }
                let attr = self.attr(given);
                out.push(Inline { kind: InlineKind::Link(Box::new(Link { target, content })), attr, span });
                return Ok(());
            }
            "Image" => {
                let [attr, content, target] = node.content()?.tuple()?;
                let alt = plain_text(&self.inlines(content)?);
                let mut given = Given::read(attr)?;
                let [source, title] = target.tuple()?;
                let mut pixels = |key| given.take(key).and_then(|p| p.trim_end_matches("px").parse().ok());
                let (width, height) = (pixels("width"), pixels("height"));
                if !self.rendered(title)?.is_empty() {
                    given.others.push(("title", title.text()?, title.span()));
                }
                let source = self.source(source)?;
                let attr = self.attr(given);
                let alt = (!alt.is_empty()).then_some(alt);
                let image = Image { source, alt, width, height };
                out.push(Inline { kind: InlineKind::Image(Box::new(image)), attr, span });
                return Ok(());
            }
            "Note" => {
                let blocks = self.blocks(node.content()?)?;
                let note = NoteId(u32::try_from(self.notes.len()).unwrap_or(u32::MAX));
                self.notes.push(Note::new(blocks, span));
                InlineKind::Note { note }
            }
            "Span" => {
                let [attr, content] = node.content()?.tuple()?;
                let content = self.inlines(content)?;
                let mut given = Given::read(attr)?;
                if given.classes.first() == Some(&class::UNRESOLVED) && content.is_empty() {
                    let unresolved = self.unresolved(&mut given);
                    let attr = self.attr(given);
                    out.push(Inline { kind: InlineKind::Unresolved(unresolved), attr, span });
                    return Ok(());
                }
                let style = given.take_class(style).unwrap_or(Style::Span);
                let attr = self.attr(given);
                out.push(Inline { kind: InlineKind::Styled { style, content }, attr, span });
                return Ok(());
            }
            _ => return node.wanted("an inline of pandoc-types 1.23"),
        };
        out.push(Inline::new(kind, span));
        Ok(())
    }

    fn styled(&mut self, style: Style, node: Node<'_, '_>) -> Result<InlineKind, Error> {
        Ok(InlineKind::Styled { style, content: self.inlines(node.content()?)? })
    }

    /// Where an image comes from; the bytes of a `data:` address become an asset.
    fn source(&mut self, node: Node<'_, '_>) -> Result<String, Error> {
        let address = self.rendered(node)?;
        let Some(data) = address.strip_prefix("data:") else { return Ok(address.to_owned()) };
        match asset::keep_data(data, self.assets, self.cx.limits().image_bytes) {
            Some(name) => Ok(name),
            None => {
                let message = "the image in a data: address is of no known kind or too large";
                self.lost(&code::IMAGE_UNAVAILABLE, node.text_span(), message);
                Ok(String::new())
            }
        }
    }
}

/// Words and spaces join the text before them.
fn push_text(text: &str, span: Span, out: &mut Vec<Inline>) {
    if let Some(Inline { kind: InlineKind::Text { text: before }, attr: None, span: of }) = out.last_mut() {
        before.push_str(text);
        *of = of.to(span);
    } else {
        out.push(Inline::new(InlineKind::Text { text: text.to_owned() }, span));
    }
}

fn leads_to(url: &str, wiki: bool) -> Target {
    if let Some(anchor) = url.strip_prefix('#') {
        return Target::Anchor(anchor.to_owned());
    }
    if !wiki {
        return Target::Url(url.to_owned());
    }
    // Before a title that an address would be read as one with a scheme.
    let url = url.strip_prefix("./").unwrap_or(url);
    let (title, section) = match url.split_once('#') {
        Some((title, section)) => (title, Some(section.replace('_', " "))),
        None => (url, None),
    };
    Target::Article { title: title.replace('_', " "), section }
}

fn style(class: &str) -> Option<Style> {
    Some(match class {
        "small" => Style::Small,
        "mark" => Style::Mark,
        "kbd" => Style::Keyboard,
        "samp" => Style::Sample,
        "var" => Style::Variable,
        "ins" => Style::Inserted,
        "dfn" => Style::Definition,
        "abbr" => Style::Abbreviation,
        "cite" => Style::Cite,
        "smallcaps" => Style::SmallCaps,
        "underline" | "ul" => Style::Underline,
        _ => return None,
    })
}
