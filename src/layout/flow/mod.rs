//! Setting blocks: the body of an article becomes pieces for the paginator, and nodes of the
//! structure tree, both in reading order. One construct a file.

mod aside;
mod code;
mod definition;
mod figure;
mod heading;
mod infobox;
mod list;
mod measure;
mod note;
mod table;
mod title;

use super::inline::{ArticleCx, LineShape, Paragraph, TextAlign, TextStyle, Typesetter};
use super::length::Length;
use super::picture::Pictures;
use super::structure::{Role, StructId, Structure};
use super::style::{PageStyle, Scale};
use super::vertical::{Galley, Glue, Kind, Piece, Reline, Setting};
use crate::diagnostic::{Diagnostic, code as codes};
use crate::format::WriteContext;
use crate::model::{
    Article, Block, BlockKind, Direction, Document, Image, Inline, InlineKind, LanguageTag, NoteId, Origin,
};
use std::rc::Rc;

/// Sets the blocks of a document, article by article.
pub(super) struct Flow<'a, 'c, 'x> {
    pub document: &'a Document,
    pub pictures: &'a Pictures<'a>,
    pub style: &'a PageStyle,
    pub scale: Scale,
    pub typesetter: Typesetter<'a>,
    pub structure: Structure,
    pub cx: &'c mut WriteContext<'x>,
    /// Height of a column: nothing that can't be broken may be higher.
    pub column_height: Length,
    /// Width of a column.
    pub measure: Length,
    /// Width of all columns with the white between them.
    pub text_width: Length,
    /// Height that the page has left where the next block starts.
    pub room: Length,
    /// What belongs to the article being set.
    pub current: Current<'a>,
}

/// The article being set.
pub(super) struct Current<'a> {
    pub article: &'a Article,
    /// Its number in the document.
    index: usize,
    /// Which of its notes stand on a page already.
    pub set_notes: Vec<bool>,
    /// The sections that are open: level of the heading and node.
    sections: Vec<(u8, StructId)>,
    /// Numbers of the open sections.
    numbers: Vec<u32>,
    /// The article's own node.
    root: StructId,
}

impl<'a> Current<'a> {
    pub fn new(article: &'a Article, index: usize, root: StructId) -> Self {
        let set_notes = vec![false; article.notes.len()];
        Current { article, index, set_notes, sections: Vec::new(), numbers: Vec::new(), root }
    }
}

/// The place that blocks are set in.
#[derive(Clone)]
pub(super) struct Frame {
    /// Distance from the column's left edge.
    pub x: Length,
    /// The measure.
    pub width: Length,
    /// What the blocks belong to.
    pub parent: StructId,
    /// How running text is set.
    pub text: TextStyle,
    /// Paragraphs are told apart by an indent rather than by white.
    pub indents: bool,
    /// The body of the article, where headings make sections and the infobox stands beside the text.
    pub top_level: bool,
    /// Blocks around this one.
    pub depth: usize,
}

impl Frame {
    /// The same place, narrower by `amount` at the start of the lines.
    pub fn indented(&self, amount: Length) -> Frame {
        let mut inner = self.inner(self.parent);
        let amount = amount.min((self.width - self.text.size * 4).max(Length::ZERO));
        inner.width -= amount;
        if !self.text.rtl {
            inner.x += amount;
        }
        inner
    }

    /// The same place, for the children of a node.
    pub fn inner(&self, parent: StructId) -> Frame {
        Frame { parent, top_level: false, indents: false, depth: self.depth + 1, ..self.clone() }
    }

    /// White of so many tenths of a line that may grow and give by a third.
    pub fn white(&self, tenths: i64) -> Glue {
        let natural = self.text.leading.scale(tenths, 10);
        Glue { natural, stretch: natural / 3, shrink: natural / 6 }
    }
}

impl<'a> Flow<'a, '_, '_> {
    /// How the running text of the current article is set.
    pub fn text_style(&self) -> TextStyle {
        let language = self.language();
        TextStyle {
            size: self.scale.size,
            leading: self.scale.leading,
            hyphenate: self.style.justify && self.knows_language(),
            rtl: language.as_ref().is_some_and(|l| l.direction() == Direction::Rtl),
            align: if self.style.justify { TextAlign::Justify } else { TextAlign::Start },
            language,
            ..TextStyle::default()
        }
    }

    /// Whether the language is more than a guess: the patterns of another one cut words wrongly.
    pub fn knows_language(&self) -> bool {
        let own = self.current.article.meta.language.as_ref();
        own.or(self.document.language()).is_some_and(|l| l.origin != Origin::Guessed)
    }

    fn language(&self) -> Option<LanguageTag> {
        let own = self.current.article.meta.language.as_ref();
        own.or(self.document.language()).map(|l| l.tag.clone())
    }

    /// Sets blocks under each other.
    pub fn blocks(&mut self, blocks: &'a [Block], frame: &Frame, galley: &mut Galley) {
        let mut after_paragraph = false;
        for block in blocks {
            self.block(block, frame, after_paragraph, galley);
            after_paragraph = matches!(block.kind, BlockKind::Paragraph { .. });
        }
    }

    /// Sets one block. `after_paragraph`: it follows running text.
    pub fn block(&mut self, block: &'a Block, frame: &Frame, after_paragraph: bool, galley: &mut Galley) {
        // The press ends with the reason when this galley reaches it.
        if self.cx.go_on().is_err() {
            return;
        }
        if frame.depth > self.cx.limits().depth() {
            self.flattened(block, frame, galley);
            return;
        }
        let own;
        let frame = match &block.attr {
            Some(attr) if attr.lang.is_some() || attr.dir.is_some() => {
                own = self.own_language(frame, attr.lang.as_ref(), attr.dir);
                &own
            }
            _ => frame,
        };
        if let Some(id) = block.id() {
            galley.anchors.push(id.to_owned());
        }
        let first = self.structure.nodes().len();
        match &block.kind {
            // An image that is a paragraph of its own.
            BlockKind::Paragraph { content } if figure::only_image(content).is_some() => {
                self.figure(std::slice::from_ref(block), &[], frame, galley)
            }
            BlockKind::Paragraph { content } => self.paragraph(content, frame, after_paragraph, galley),
            BlockKind::Heading { level, content } => self.heading(*level, content, frame, galley),
            BlockKind::Quote { body } => self.quote(body, frame, galley),
            BlockKind::List { marker, tight, items } => self.list(*marker, *tight, items, frame, galley),
            BlockKind::Definitions { items } => self.definitions(items, frame, galley),
            BlockKind::Code { text, .. } => self.code(text, frame, galley),
            BlockKind::Math { tex } => self.math(tex, block.span, frame, galley),
            BlockKind::Table(table) => self.table(table, block.span, frame, galley),
            BlockKind::Infobox(infobox) => self.infobox(infobox, frame, galley),
            BlockKind::Figure { body, caption } => self.figure(body, caption, frame, galley),
            BlockKind::Aside { role, body } => self.aside(*role, body, frame, galley),
            BlockKind::Unknown(unknown) => self.paragraph(&unknown.content, frame, after_paragraph, galley),
            BlockKind::Rule => self.rule(frame, galley),
            // The reader that kept it has said so.
            BlockKind::Unresolved(_) => {}
        }
        if let Some(lang) = block.attr.as_ref().and_then(|attr| attr.lang.as_ref()) {
            self.structure.speak(first, lang);
        }
    }

    /// The words of a block that is nested too deep, as one paragraph.
    fn flattened(&mut self, block: &'a Block, frame: &Frame, galley: &mut Galley) {
        let message = "blocks are nested too deep; the words of the deeper ones are set as one paragraph";
        self.cx.report(Diagnostic::new(&codes::NESTING_FLATTENED, block.span, message));
        let content = vec![Inline::new(InlineKind::Text { text: flat::words(block) }, block.span)];
        let node = self.structure.add(Some(frame.parent), Role::Paragraph);
        let paragraph = self.shape(&content, &frame.text.clone(), node);
        self.set(&paragraph, frame, Glue::default(), galley);
    }

    fn own_language(&self, frame: &Frame, lang: Option<&LanguageTag>, dir: Option<Direction>) -> Frame {
        let mut own = frame.clone();
        if let Some(lang) = lang {
            own.text.rtl = lang.direction() == Direction::Rtl;
            own.text.language = Some(lang.clone());
        }
        if let Some(dir) = dir {
            own.text.rtl = dir == Direction::Rtl;
        }
        own
    }

    /// Shapes the content of a paragraph or something like it; the leaves go under `parent`.
    pub fn shape(&mut self, content: &[Inline], style: &TextStyle, parent: StructId) -> Paragraph {
        let Flow { pictures, scale, measure, current, .. } = self;
        let size = |image: &Image| {
            figure::inline_size(pictures, image, scale.leading, *measure - style.indent.max(Length::ZERO))
        };
        let article =
            ArticleCx { index: current.index, notes: &current.article.notes, image_size: Some(&size) };
        self.typesetter.paragraph(content, style, parent, &mut self.structure, article, self.cx)
    }

    fn paragraph(
        &mut self,
        content: &'a [Inline],
        frame: &Frame,
        after_paragraph: bool,
        galley: &mut Galley,
    ) {
        let node = self.structure.add(Some(frame.parent), Role::Paragraph);
        let mut style = frame.text.clone();
        let mut white = Glue::default();
        if after_paragraph && frame.indents {
            style.indent = self.scale.indent;
        } else if after_paragraph {
            white = frame.white(5);
        }
        let paragraph = self.shape(content, &style, node);
        let (first, anchors) = (galley.pieces.len(), galley.anchors.clone());
        let fresh = |id: &NoteId| self.current.set_notes.get(id.0 as usize) == Some(&false);
        let mut notes: Vec<NoteId> = paragraph.notes().filter(fresh).collect();
        notes.dedup();
        // Text beside something or in a block of another kind has its lines where they are.
        let plain = frame.top_level && style.align == TextAlign::Justify && !galley.has_beside();
        self.set(&paragraph, frame, white, galley);
        let count = galley.pieces.len() - first;
        if plain && count > 2 {
            let shape = LineShape { first: Vec::new(), rest: (frame.x, frame.width) };
            let reline = Reline { paragraph, shape, leading: frame.text.leading, count, notes, anchors };
            galley.pieces[first].kind = Kind::Paragraph(Rc::new(reline));
        }
    }

    /// Breaks a paragraph into lines and adds them, with the notes they call.
    pub fn set(&mut self, paragraph: &Paragraph, frame: &Frame, white: Glue, galley: &mut Galley) {
        galley.space(white);
        let shape = galley.shape(frame.x, frame.width, white.natural, frame.text.leading);
        let mut lines = paragraph.lines(&shape, 0);
        let mut notes = Vec::with_capacity(lines.len());
        for line in &mut lines {
            notes.push(self.notes(&std::mem::take(&mut line.notes), frame));
        }
        let setting = Setting { leading: frame.text.leading, together: false };
        for (mut piece, notes) in setting.pieces(lines).into_iter().zip(notes) {
            piece.notes = notes;
            galley.push(piece);
        }
    }

    fn quote(&mut self, body: &'a [Block], frame: &Frame, galley: &mut Galley) {
        let node = self.structure.add(Some(frame.parent), Role::BlockQuote);
        let mut inner = frame.indented(self.scale.hang);
        // Set in from both sides.
        let other = self.scale.hang.min((inner.width - inner.text.size * 4).max(Length::ZERO));
        inner.width -= other;
        if frame.text.rtl {
            inner.x += other;
        }
        inner.parent = node;
        galley.space(frame.white(5));
        self.blocks(body, &inner, galley);
        galley.space(frame.white(5));
    }

    fn rule(&mut self, frame: &Frame, galley: &mut Galley) {
        use super::page::{Color, Item, ItemKind, Tag};
        galley.clear();
        galley.space(frame.white(5));
        let leading = frame.text.leading;
        let width = frame.width / 3;
        let kind = ItemKind::Rectangle {
            x: frame.x + width,
            y: leading / 2,
            width,
            height: Length::milli_pt(500),
            color: Color::BLACK,
        };
        galley.push(Piece {
            height: leading,
            items: vec![Item { tag: Tag::Layout, kind }],
            ..Piece::default()
        });
        galley.space(frame.white(5));
    }
}

mod flat {
    //! The words of a block, however deep, without recursion on the stack.
    use crate::model::{Block, BlockKind, push_plain_text};

    pub fn words(block: &Block) -> String {
        let mut out = String::new();
        let mut stack = vec![block];
        while let Some(block) = stack.pop() {
            match &block.kind {
                BlockKind::Paragraph { content } | BlockKind::Heading { content, .. } => {
                    push_plain_text(content, &mut out);
                    out.push(' ');
                }
                BlockKind::Code { text, .. } | BlockKind::Math { tex: text } => {
                    out.push_str(text);
                    out.push(' ');
                }
                BlockKind::Quote { body } | BlockKind::Aside { body, .. } => stack.extend(body.iter().rev()),
                BlockKind::Figure { body, caption } => {
                    push_plain_text(caption, &mut out);
                    out.push(' ');
                    stack.extend(body.iter().rev());
                }
                BlockKind::List { items, .. } => {
                    stack.extend(items.iter().rev().flat_map(|i| i.blocks.iter().rev()));
                }
                BlockKind::Definitions { items } => {
                    for item in items.iter().rev() {
                        stack.extend(item.details.iter().rev().flat_map(|d| d.iter().rev()));
                        for term in &item.terms {
                            push_plain_text(term, &mut out);
                            out.push(' ');
                        }
                    }
                }
                BlockKind::Table(table) => {
                    let rows = table.head.iter().chain(&table.body).chain(&table.foot);
                    let cells = rows.flat_map(|r| &r.cells).flat_map(|c| &c.blocks);
                    let blocks: Vec<_> = cells.collect();
                    stack.extend(blocks.into_iter().rev());
                }
                BlockKind::Infobox(infobox) => {
                    for row in infobox.rows.iter().rev() {
                        push_plain_text(&row.label, &mut out);
                        out.push(' ');
                        stack.extend(row.value.iter().rev());
                    }
                }
                BlockKind::Unknown(unknown) => push_plain_text(&unknown.content, &mut out),
                BlockKind::Rule | BlockKind::Unresolved(_) => {}
            }
        }
        out
    }
}
