//! What begins: frames for the tags of the parser.

use super::code_block::Fence;
use super::frame::FrameKind;
use super::mask::unmasked;
use super::reader::Reader;
use super::region::Region;
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::markup::address;
use crate::model::{Align, Aside, Column, Level, Marker, NumberStyle, Span, Style};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, LinkType, Tag};

impl Reader<'_, '_, '_> {
    pub fn start_tag(&mut self, tag: Tag<'_>, span: Span) {
        let kind = match tag {
            Tag::Paragraph => FrameKind::Paragraph,
            Tag::Heading { level, .. } => FrameKind::Heading(Level::clamped(level as usize)),
            Tag::BlockQuote(None) => FrameKind::Quote,
            Tag::BlockQuote(Some(kind)) => {
                let start = span.start as usize;
                if let Some((open, length)) = self.text[start..]
                    .find("[!")
                    .and_then(|open| Some((start + open, self.text[start + open..].find(']')? + 1)))
                {
                    self.cx.claim(Span::new(open, open + length), Fate::Syntax);
                }
                FrameKind::Aside(match kind {
                    BlockQuoteKind::Note => Aside::Note,
                    BlockQuoteKind::Tip => Aside::Tip,
                    BlockQuoteKind::Important => Aside::Important,
                    BlockQuoteKind::Warning => Aside::Warning,
                    BlockQuoteKind::Caution => Aside::Caution,
                })
            }
            Tag::CodeBlock(kind) => {
                let fence = match &kind {
                    CodeBlockKind::Indented => Fence::default(),
                    CodeBlockKind::Fenced(info) if self.raw_block(info, span) => return,
                    CodeBlockKind::Fenced(info) => self.fence(info, span),
                };
                let Fence { language, numbers, attr, title } = fence;
                self.open(FrameKind::Code { language, text: String::new(), numbers, title }, span);
                self.top().attr = attr;
                return;
            }
            Tag::HtmlBlock => return,
            Tag::List(_) if self.is_admonition(span) => FrameKind::Flat,
            Tag::Item if self.is_admonition(span) => {
                self.open(FrameKind::Flat, span);
                self.region(span);
                return;
            }
            Tag::List(first) => {
                let marker = match first {
                    None => Marker::Bullet,
                    Some(n) => {
                        let (start, style) = match self.region_at(span) {
                            Some(Region::Item(start, style)) => (*start, *style),
                            _ => (u32::try_from(n).unwrap_or(u32::MAX), NumberStyle::Decimal),
                        };
                        Marker::Ordered { start, style }
                    }
                };
                FrameKind::List { marker, loose: false, items: Vec::new() }
            }
            Tag::Item => FrameKind::Item { checked: None },
            Tag::FootnoteDefinition(name) => FrameKind::Note { name: name.into_string() },
            Tag::DefinitionList => FrameKind::Definitions(Vec::new()),
            Tag::DefinitionListTitle => FrameKind::Term,
            Tag::DefinitionListDefinition => FrameKind::Detail,
            Tag::Table(alignments) => FrameKind::Table {
                columns: alignments.into_iter().map(column).collect(),
                head: Vec::new(),
                body: Vec::new(),
            },
            Tag::TableHead => FrameKind::Row { head: true, cells: Vec::new() },
            Tag::TableRow => FrameKind::Row { head: false, cells: Vec::new() },
            Tag::TableCell => FrameKind::Cell,
            Tag::Emphasis => FrameKind::Styled(Style::Emphasis),
            Tag::Strong => FrameKind::Styled(Style::Strong),
            Tag::Strikethrough => FrameKind::Styled(Style::Strikeout),
            Tag::Superscript => FrameKind::Styled(Style::Superscript),
            Tag::Subscript => FrameKind::Styled(Style::Subscript),
            Tag::Link { link_type, dest_url, title, id } => {
                self.label(link_type, &id, span);
                let address = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => unmasked(&dest_url).into_owned(),
                };
                let kind = self.link(address, span);
                self.open(kind, span);
                self.set_title(&unmasked(&title));
                return;
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.label(link_type, &id, span);
                self.open(FrameKind::Image { source: unmasked(&dest_url).into_owned() }, span);
                self.set_title(&unmasked(&title));
                return;
            }
            // Not asked for: the block at the start is read before, elsewhere there is none.
            Tag::MetadataBlock(_) => FrameKind::Flat,
        };
        self.open(kind, span);
    }

    /// Notes which definition a link takes its address from.
    fn label(&mut self, link_type: LinkType, label: &str, span: Span) {
        match link_type {
            LinkType::Reference => {
                self.definitions.uses(label);
                let link = &self.text[span.range()];
                let open = link.rfind(&format!("[{label}]")).or_else(|| link.rfind('[')).unwrap_or_default();
                self.cx.claim(Span::new(span.start as usize + open, span.end as usize), Fate::Syntax);
            }
            LinkType::Collapsed | LinkType::Shortcut => self.definitions.uses(label),
            _ => {}
        }
    }

    fn set_title(&mut self, title: &str) {
        let top = self.top();
        if !title.is_empty() && top.flat == 0 && !matches!(top.kind, FrameKind::Flat) {
            self.top().attr.get_or_insert_default().title = Some(title.to_owned());
        }
    }

    /// What a link becomes: its words alone when its address could run code or read files.
    pub fn link(&mut self, address: String, span: Span) -> FrameKind {
        match address::target(&address) {
            Ok(target) => FrameKind::Link(target),
            Err(unsafe_scheme) => {
                self.cx.report(Diagnostic::new(&code::UNSAFE_LINK, span, unsafe_scheme));
                FrameKind::Flat
            }
        }
    }
}

fn column(alignment: Alignment) -> Column {
    let align = match alignment {
        Alignment::None => None,
        Alignment::Left => Some(Align::Start),
        Alignment::Center => Some(Align::Center),
        Alignment::Right => Some(Align::End),
    };
    Column { align }
}
