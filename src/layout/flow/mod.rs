//! Setting blocks: the body of an article becomes pieces for the paginator, and nodes of the
//! structure tree, both in reading order. One construct a file.

mod aside;
mod code;
mod definition;
mod figure;
mod formula;
mod heading;
mod infobox;
mod list;
mod measure;
mod note;
mod table;
mod title;

use super::inline::{ArticleCx, Line, LineShape, Paragraph, TextAlign, TextStyle, Typesetter};
use super::length::Length;
use super::picture::{self, ImageSizes};
use super::section::Sections;
use super::structure::{Numbering, StructId};
use super::style::Scale;
use super::tree::{ArticleNodes, BlockNode, Tree};
use super::vertical::{Galley, Glue, Kind, Piece, Reline, Setting};
use crate::format::{Error, WriteContext};
use crate::model::{
    Article, Attr, Block, BlockKind, Direction, Document, Image, Inline, InlineKind, LanguageTag, Origin,
    plain_text,
};
use crate::style::{Justification, Style};
use std::rc::Rc;

/// Sets the blocks of a document, article by article.
pub(super) struct Flow<'a, 'c, 'x> {
    pub document: &'a Document,
    pub pictures: &'a ImageSizes,
    pub style: &'a Style,
    pub scale: Scale,
    pub typesetter: Typesetter<'a>,
    /// The structure of the document: made before, only referred to.
    pub tree: &'a Tree,
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
    /// That a head or foot is longer than its line was said.
    pub said_cut: bool,
}

/// The article being set.
pub(super) struct Current<'a> {
    pub article: &'a Article,
    /// Its number in the document.
    index: usize,
    /// It is none: what stands before the articles is set.
    in_front: bool,
    sections: Sections,
}

impl<'a> Current<'a> {
    pub fn new(article: &'a Article, index: usize) -> Self {
        Current { article, index, in_front: false, sections: Sections::default() }
    }

    /// What stands before the articles, of none.
    pub fn front(nothing: &'a Article) -> Self {
        Current { in_front: true, ..Current::new(nothing, 0) }
    }
}

/// The place that blocks are set in.
#[derive(Clone)]
pub(super) struct Frame {
    /// Distance from the column's left edge.
    pub x: Length,
    /// The measure.
    pub width: Length,
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
        let mut inner = self.inner();
        let amount = amount.min((self.width - self.text.size * 4).max(Length::ZERO));
        inner.width -= amount;
        if !self.text.rtl {
            inner.x += amount;
        }
        inner
    }

    /// The same place, for what is inside a block.
    pub fn inner(&self) -> Frame {
        Frame { top_level: false, indents: false, depth: self.depth + 1, ..self.clone() }
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
        let justified = self.style.text.align == Justification::Justified;
        TextStyle {
            size: self.scale.size,
            leading: self.scale.leading,
            color: self.style.colors.text,
            hyphenate: justified && self.style.text.hyphenate && self.knows_language(),
            rtl: language.as_ref().is_some_and(|l| l.direction() == Direction::Rtl),
            align: if justified { TextAlign::Justify } else { TextAlign::Start },
            language,
            marks: self.style.colors.marks,
            links: (self.style.colors.links, self.style.links.underline),
            code_size: self.style.code.size,
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

    /// The elements of the current article; none for what stands before the articles.
    fn nodes(&self) -> Option<&'a ArticleNodes> {
        self.tree.article(self.current.index).filter(|_| !self.current.in_front)
    }

    /// What the article's notes are called by; what stands before articles calls none.
    fn note_labels(&self) -> &'a [String] {
        self.nodes().map_or(&[], |nodes| &nodes.note_labels)
    }

    /// Sets blocks under each other.
    pub fn blocks(&mut self, blocks: &'a [Block], frame: &Frame, galley: &mut Galley) -> Result<(), Error> {
        let mut after_paragraph = false;
        for block in blocks {
            self.block(block, frame, after_paragraph, galley)?;
            after_paragraph = matches!(block.kind, BlockKind::Paragraph { .. });
        }
        Ok(())
    }

    /// Sets one block. `after_paragraph`: it follows running text.
    ///
    /// # Errors
    /// When the conversion is to stop.
    pub fn block(
        &mut self,
        block: &'a Block,
        frame: &Frame,
        after_paragraph: bool,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        self.cx.go_on()?;
        let own = Self::own_frame(block.attr.as_deref(), frame);
        let frame = own.as_ref().unwrap_or(frame);
        galley.anchors.extend(block.id().map(str::to_owned));
        let Some(BlockNode { node, flat }) = self.tree.block(block) else {
            if matches!(block.kind, BlockKind::Rule) {
                self.rule(frame, galley);
            }
            return Ok(());
        };
        if flat {
            return self.flattened(block, node, frame, galley);
        }
        match &block.kind {
            // An image that is a paragraph of its own.
            BlockKind::Paragraph { content } if picture::only(content).is_some() => {
                self.figure(node, std::slice::from_ref(block), &[], frame, galley)
            }
            BlockKind::Paragraph { content } => self.paragraph(node, content, frame, after_paragraph, galley),
            BlockKind::Heading { level, content } => self.heading(node, *level, content, frame, galley),
            BlockKind::Quote { body } => self.quote(body, frame, galley),
            BlockKind::List { .. } => self.list(node, block, frame, galley),
            BlockKind::Definitions { items } => self.definitions(node, items, frame, galley),
            BlockKind::Code { language, text, numbers } => {
                let numbers = self.numbers(*numbers);
                self.preformatted(node, language.as_deref(), text, numbers, frame, galley);
                Ok(())
            }
            BlockKind::Math(formula) => {
                self.math(node, formula, frame, galley);
                Ok(())
            }
            BlockKind::Table(table) => self.table(node, table, block.span, frame, galley),
            BlockKind::Infobox(infobox) => self.infobox(node, infobox, frame, galley),
            BlockKind::Figure { body, caption } => self.figure(node, body, caption, frame, galley),
            BlockKind::Aside { role, body } => self.aside(node, *role, body, frame, galley),
            BlockKind::Unknown(unknown) => {
                self.paragraph(node, &unknown.content, frame, after_paragraph, galley)
            }
            // The reader that kept it has said so.
            BlockKind::Notes { notes, .. } => self.listed_notes(notes, frame, galley),
            BlockKind::Rule | BlockKind::Unresolved(_) => Ok(()),
        }
    }

    /// The words of a block that is nested too deep, as one paragraph.
    fn flattened(
        &mut self,
        block: &Block,
        node: StructId,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let content =
            [Inline::new(InlineKind::Text { text: plain_text(block).replace('\n', " ") }, block.span)];
        let paragraph = self.shape(&content, &frame.text, node);
        self.set(&paragraph, frame, Glue::default(), galley)
    }

    /// The place of what has a language or direction of its own.
    fn own_frame(attr: Option<&Attr>, frame: &Frame) -> Option<Frame> {
        let attr = attr.filter(|attr| attr.lang.is_some() || attr.dir.is_some())?;
        let mut own = frame.clone();
        if let Some(lang) = &attr.lang {
            own.text.rtl = lang.direction() == Direction::Rtl;
            own.text.language = Some(lang.clone());
        }
        if let Some(dir) = attr.dir {
            own.text.rtl = dir == Direction::Rtl;
        }
        Some(own)
    }

    /// Shapes the text of an element.
    pub fn shape(&mut self, content: &[Inline], style: &TextStyle, node: StructId) -> Paragraph {
        self.shape_part(content, style, node, Numbering::under(node))
    }

    /// Shapes a part of an element's text.
    pub fn shape_part(
        &mut self,
        content: &[Inline],
        style: &TextStyle,
        node: StructId,
        numbering: Numbering,
    ) -> Paragraph {
        let (nodes, note_labels) = (self.nodes(), self.note_labels());
        let Flow { pictures, scale, measure, current, .. } = self;
        let size = |image: &Image| {
            pictures.inline_size(image, scale.leading, *measure - style.indent.max(Length::ZERO))
        };
        let calls = |note, reference| nodes.is_some_and(|nodes| nodes.calls_first(note, reference));
        let article =
            ArticleCx { index: current.index, note_labels, image_size: Some(&size), calls: Some(&calls) };
        self.typesetter.numbered(content, style, node, numbering, article)
    }

    fn paragraph(
        &mut self,
        node: StructId,
        content: &'a [Inline],
        frame: &Frame,
        after_paragraph: bool,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let mut style = frame.text.clone();
        let mut white = Glue::default();
        if after_paragraph && frame.indents {
            style.indent = self.scale.indent;
        } else if after_paragraph {
            white = frame.white(5);
        }
        // Verse, or what is set like it.
        if content.iter().filter(|inline| matches!(inline.kind, InlineKind::HardBreak)).count() > 1 {
            style.hang = (style.size * 2).min(frame.width / 8);
        }
        let paragraph = self.shape(content, &style, node);
        let (first, anchors) = (galley.pieces.len(), galley.anchors.clone());
        // Text beside something or in a block of another kind has its lines where they are.
        let plain = frame.top_level && style.align == TextAlign::Justify && !galley.has_beside();
        self.set(&paragraph, frame, white, galley)?;
        let count = galley.pieces.len() - first;
        if plain && count > 2 {
            let shape = LineShape { first: Vec::new(), rest: (frame.x, frame.width) };
            let reline = Reline { paragraph, shape, leading: frame.text.leading, count, anchors };
            galley.pieces[first].kind = Kind::Paragraph(Rc::new(reline));
        }
        Ok(())
    }

    /// Breaks a paragraph into lines and adds them, with the notes they call.
    pub fn set(
        &mut self,
        paragraph: &Paragraph,
        frame: &Frame,
        white: Glue,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        galley.space(white);
        let shape = galley.shape(frame.x, frame.width, white.natural, frame.text.leading);
        let setting = Setting { leading: frame.text.leading, together: false };
        for piece in self.lines(paragraph.lines(&shape, 0), setting, frame)? {
            galley.push(piece);
        }
        Ok(())
    }

    /// Lines with the notes that they call first.
    fn lines(&mut self, mut lines: Vec<Line>, setting: Setting, frame: &Frame) -> Result<Vec<Piece>, Error> {
        let mut notes = Vec::with_capacity(lines.len());
        for line in &mut lines {
            notes.push(self.notes(&std::mem::take(&mut line.notes), frame)?);
        }
        let mut pieces = setting.pieces(lines);
        for (piece, notes) in pieces.iter_mut().zip(notes) {
            piece.notes = notes;
        }
        Ok(pieces)
    }

    fn quote(&mut self, body: &'a [Block], frame: &Frame, galley: &mut Galley) -> Result<(), Error> {
        let mut inner = frame.indented(self.scale.hang);
        // Set in from both sides.
        let other = self.scale.hang.min((inner.width - inner.text.size * 4).max(Length::ZERO));
        inner.width -= other;
        if frame.text.rtl {
            inner.x += other;
        }
        let style = &self.style.quotes;
        inner.text.italic ^= style.italic;
        if style.small && inner.text.size > self.scale.small.0 {
            (inner.text.size, inner.text.leading) = self.scale.small;
        }
        galley.space(frame.white(5));
        self.blocks(body, &inner, galley)?;
        galley.space(frame.white(5));
        Ok(())
    }

    fn rule(&mut self, frame: &Frame, galley: &mut Galley) {
        use super::page::{Item, ItemKind, Tag};
        galley.clear();
        galley.space(frame.white(5));
        let leading = frame.text.leading;
        let width = frame.width / 3;
        let kind = ItemKind::Rectangle {
            x: frame.x + width,
            y: leading / 2,
            width,
            height: Length::milli_pt(500),
            color: self.style.colors.text,
        };
        galley.push(Piece {
            height: leading,
            items: vec![Item { tag: Tag::Layout, kind }],
            ..Piece::default()
        });
        galley.space(frame.white(5));
    }
}
