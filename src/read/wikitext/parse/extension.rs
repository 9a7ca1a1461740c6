//! Extension tags other than references: verbatim text, code, math, poems, galleries.

use super::html;
use super::link;
use super::link::Wikilink;
use super::marker::Body;
use super::pairs::Pairs;
use crate::diagnostic::code;
use crate::markup::entity;
use crate::model::*;
use crate::read::wikitext::build::builder::Builder;
use crate::read::wikitext::build::media;
use crate::read::wikitext::build::phrase::figure_block;
use crate::read::wikitext::build::running::{Running, push_text};
use crate::read::wikitext::expand::claims::Subject;
use crate::read::wikitext::expand::flat::Flat;

impl Builder<'_, '_, '_> {
    pub fn block_extension(
        &mut self,
        name: &'static str,
        attributes: &str,
        body: Option<Body>,
        span: Span,
        out: &mut Vec<Block>,
    ) {
        match name {
            "pre" => {
                let flat = self.verbatim(body);
                let text = flat.text.replace("<nowiki>", "").replace("</nowiki>", "");
                push_code(None, None, &entity::decode(&text), span, out);
            }
            "syntaxhighlight" | "source" => {
                let language =
                    html::attribute(attributes, "lang").filter(|l| !l.is_empty()).map(str::to_owned);
                let first = html::attribute(attributes, "start").and_then(|start| start.trim().parse().ok());
                let numbers = html::attributes(attributes)
                    .any(|(name, _)| name.eq_ignore_ascii_case("line"))
                    .then(|| first.unwrap_or(1));
                let flat = self.verbatim(body);
                push_code(language, numbers, &flat.text, span, out);
            }
            "math" | "chem" | "ce" => {
                let tex = tex(name, &self.verbatim(body));
                out.push(Node::new(BlockKind::Math(Formula::tex(tex)), span));
            }
            "poem" => {
                let flat = poem(&self.expanded(body));
                let body = self.blocks_of(&flat);
                if !body.is_empty() {
                    out.push(Node::new(BlockKind::Quote { body }, span));
                }
            }
            "gallery" => self.gallery(attributes, body, span, out),
            "imagemap" => self.image_map(body, out),
            "references" => out.push(self.references(attributes, body, span)),
            _ => {
                let unresolved = self.kept(name, attributes, body, span);
                out.push(Node::new(BlockKind::Unresolved(Box::new(unresolved)), span));
            }
        }
    }

    pub fn inline_extension(
        &mut self,
        name: &'static str,
        attributes: &str,
        body: Option<Body>,
        span: Span,
        out: &mut Running,
    ) {
        match name {
            "ref" => {
                if let Some(note) = self.reference(attributes, body, span) {
                    out.push(InlineKind::Note { note }, span);
                }
            }
            "nowiki" => {
                let flat = self.verbatim(body);
                push_text(&flat, 0..flat.text.len(), out);
            }
            "math" | "chem" | "ce" => {
                let tex = tex(name, &self.verbatim(body));
                out.push(InlineKind::Math(Formula::tex(tex)), span);
            }
            "syntaxhighlight" | "source" | "pre" => {
                let text = self.verbatim(body).text;
                out.push(InlineKind::Code { text: text.trim().replace('\n', " ") }, span);
            }
            "poem" => {
                let flat = poem(&self.expanded(body));
                let content = self.inlines_of(&flat);
                out.inlines.extend(content);
            }
            "gallery" | "imagemap" => {
                let mut figures = std::mem::take(&mut out.figures);
                self.block_extension(name, attributes, body, span, &mut figures);
                out.figures = figures;
            }
            "references" => {
                let list = self.references(attributes, body, span);
                out.figures.push(list);
            }
            // These only steer how the page is shown or edited.
            "templatestyles" | "section" | "tvar" | "languages" => self.x.findings.claims.syntax(span),
            "indicator" | "templatedata" => {
                self.report(&code::TEMPLATE_DROPPED, span, format!("the extension '{name}' was left out"));
            }
            _ => {
                let unresolved = self.kept(name, attributes, body, span);
                out.push(InlineKind::Unresolved(Box::new(unresolved)), span);
            }
        }
    }

    /// An extension that nothing is known of, kept whole.
    fn kept(&mut self, name: &str, attributes: &str, body: Option<Body>, span: Span) -> Unresolved {
        self.report(&code::UNRESOLVED, span, format!("the extension '{name}' was kept but not expanded"));
        let text = self.verbatim(body).text;
        let mut arguments: Vec<(String, String)> =
            html::attributes(attributes).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
        arguments.push(("1".to_owned(), text));
        let source = self.x.source.get(span.range()).unwrap_or_default().to_owned();
        Unresolved { name: name.to_owned(), arguments, source }
    }

    /// The picture of an image map; its areas are links that only a pointer finds.
    fn image_map(&mut self, body: Option<Body>, out: &mut Vec<Block>) {
        let flat = self.expanded(body);
        let Some((line, start)) = flat
            .text
            .split('\n')
            .scan(0, |at, line| {
                let start = *at;
                *at += line.len() + 1;
                Some((line, start))
            })
            .find(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'))
        else {
            return;
        };
        let length = line.find('|').unwrap_or(line.len());
        let target = line[..length].trim();
        let Some(Wikilink::Media(name)) = link::classify(target) else { return };
        let end = start + line.len();
        let options = (length < line.len()).then_some(start + length + 1..end);
        let picture = media::read(&flat.text, &Pairs::find(line).shifted(start), &name, options);
        self.x.findings.claims.syntax_of(&flat, start..start + length);
        self.picture_account(&flat, &picture);
        self.x.findings.claims.lose_of(Subject::Areas, "", &flat, 0..start);
        self.x.findings.claims.lose_of(Subject::Areas, "", &flat, end..flat.text.len());
        let caption = picture.caption.clone().map(|range| {
            let mut part = Flat::default();
            part.push_slice(&flat, range);
            self.inlines_of(&part)
        });
        out.push(figure_block(&picture, caption.unwrap_or_default(), flat.span(start..end)));
    }
}

fn push_code(language: Option<String>, numbers: Option<u32>, text: &str, span: Span, out: &mut Vec<Block>) {
    let text = text.strip_prefix('\n').unwrap_or(text).trim_end_matches('\n').to_owned();
    if !text.is_empty() {
        out.push(Node::new(BlockKind::Code { language, text, numbers }, span));
    }
}

fn tex(name: &str, flat: &Flat) -> String {
    let text = flat.text.trim();
    if name == "math" { text.to_owned() } else { format!("\\ce{{{text}}}") }
}

/// A poem's lines: each ends in a break; leading spaces stay, and colons indent.
fn poem(flat: &Flat) -> Flat {
    let text = flat.text.trim_end_matches('\n');
    let start = text.len() - text.trim_start_matches('\n').len();
    let mut out = Flat::default();
    let mut at = start;
    for line in text[start..].split('\n') {
        let line_start = at;
        at += line.len() + 1;
        let mark = if line.starts_with(':') { ':' } else { ' ' };
        let indent = line.len() - line.trim_start_matches(mark).len();
        let spaces = if mark == ':' { indent * 4 } else { indent };
        let span = flat.span(
            line_start..line_start + indent.max(1).min(line.len().max(1)).min(flat.text.len() - line_start),
        );
        if indent > 0 {
            out.push_made(&"\u{A0}".repeat(spaces.min(80)), span);
        }
        out.push_slice(flat, line_start + indent..line_start + line.len());
        let block = line.starts_with(['*', '#', ';', '=', '{', '|', '!']);
        let follows =
            at <= text.len() && !line.is_empty() && text.as_bytes().get(at).is_some_and(|b| *b != b'\n');
        if follows && !block {
            out.push_made("<br>", span);
        }
        if at <= text.len() {
            out.push_slice(flat, at - 1..at);
        }
    }
    out
}
