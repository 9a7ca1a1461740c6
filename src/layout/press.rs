//! From the flow to finished pages: sets the articles one after another and hands each page on as
//! soon as it is full.

use super::flow::{Current, Flow, Frame};
use super::furniture::Furniture;
use super::inline::Typesetter;
use super::length::Length;
use super::page::{Color, Item, ItemKind, Page, Tag};
use super::paginate::{Paginator, Placed, Sheet};
use super::picture::{self, COVER, ImageSizes};
use super::sink::PageSink;
use super::structure::{Index, OutlineEntry, PageLabels, Place, StructId, Structure};
use super::style::{Geometry, PageStyle};
use super::toc::{self, Contents, Found};
use super::tree::{Tree, cover_meta};
use super::vertical::{Break, Galley, Heading, Piece};
use crate::diagnostic::Remedy;
use crate::font::FontLibrary;
use crate::format::{Error, WriteContext};
use crate::model::{Article, Aside, Block, BlockKind, Document};
use crate::style::Paragraphs;
use std::collections::{BTreeMap, HashMap};

/// A heading where it was set.
struct Entry {
    /// 0 for the title of an article, else the heading's level.
    level: u8,
    title: String,
    /// Its element.
    node: StructId,
    /// The anchor that leads to it.
    anchor: Option<String>,
    place: Place,
}

pub(super) struct Press<'a, 'c, 'x, 's> {
    flow: Flow<'a, 'c, 'x>,
    paginator: Paginator,
    geometry: Geometry,
    sink: &'s mut dyn PageSink,
    /// The number of the next page.
    pages: usize,
    /// Stands for an article where none is set.
    nothing: &'a Article,
    /// Pages before the text, which are numbered apart.
    front: usize,
    in_front: bool,
    /// The page has nothing but what is on it: a cover.
    bare: bool,
    /// What the running heads say.
    title: String,
    section: String,
    entries: Vec<Entry>,
    anchors: BTreeMap<String, Place>,
    /// Elements that stand after another one and not where the document has them.
    moved: Vec<(StructId, StructId)>,
    /// The numbered pages of the whole, where a head or foot says how many there are.
    total: Option<usize>,
}

/// What came of setting everything.
pub(super) struct Done {
    /// Without the structure, which was made before.
    pub index: Index,
    /// Elements that are to be read after another one, since they stand there.
    pub moved: Vec<(StructId, StructId)>,
}

impl<'a, 'c, 'x, 's> Press<'a, 'c, 'x, 's> {
    #[allow(clippy::too_many_arguments, reason = "what a press is given once, and each is another thing")]
    pub fn new(
        document: &'a Document,
        pictures: &'a ImageSizes,
        fonts: &'a FontLibrary,
        pages: &'a PageStyle,
        cx: &'c mut WriteContext<'x>,
        sink: &'s mut dyn PageSink,
        nothing: &'a Article,
        tree: &'a Tree,
        total: Option<usize>,
    ) -> Self {
        let style = &pages.look;
        let geometry = style.geometry();
        let scale = style.scale();
        let flow = Flow {
            document,
            pictures,
            style,
            scale,
            typesetter: Typesetter::new(fonts, pages.typographic_quotes),
            tree,
            cx,
            column_height: geometry.text_height,
            measure: geometry.measure,
            text_width: geometry.text_width(),
            room: geometry.text_height,
            current: Current::front(nothing),
            said_cut: false,
        };
        Press {
            flow,
            paginator: Paginator::new(geometry, scale.leading),
            geometry,
            sink,
            pages: 0,
            nothing,
            front: 0,
            in_front: false,
            bare: false,
            title: String::new(),
            section: String::new(),
            entries: Vec::new(),
            anchors: BTreeMap::new(),
            moved: Vec::new(),
            total,
        }
    }

    /// Sets everything. The pages of the table of contents, which stands before the pages it names, are
    /// counted first and filled last.
    pub fn run(mut self) -> Result<Done, Error> {
        let document = self.flow.document;
        self.title = document.title().unwrap_or_default();
        self.in_front = true;
        self.bare = true;
        self.picture()?;
        let frame = self.root_frame();
        if self.flow.style.title.page {
            let mut galley = Galley::default();
            self.flow.cover(cover_meta(document), &frame, &mut galley)?;
            self.send(&mut galley)?;
            self.flush()?;
        }
        self.bare = false;
        let frame = Frame { width: self.geometry.text_width(), ..frame };
        let contents = toc::set(&mut self.flow, &frame)?;
        let first = self.pages;
        self.pages += contents.as_ref().map_or(0, |contents| self.contents_sheets(contents.pieces()).len());
        if self.flow.style.page.mirrored {
            // The first page of the text is a right one.
            self.turn_to_recto()?;
        }
        self.in_front = false;
        self.front = self.pages;
        for (index, article) in document.articles.iter().enumerate() {
            self.article(index, article)?;
        }
        self.flush()?;
        if let Some(contents) = contents {
            self.contents(contents, first, &frame)?;
        }
        if self.pages == 0 {
            // A PDF has at least one page.
            self.emit(Sheet::default())?;
        }
        self.flow.typesetter.report_missing(self.flow.cx);
        let moved = std::mem::take(&mut self.moved);
        Ok(Done { index: self.index(), moved })
    }

    /// The first page, where it is a picture: as large as the page where that cuts off little of it, else whole
    /// in the middle.
    fn picture(&mut self) -> Result<(), Error> {
        let Some((node, size)) = self.flow.tree.picture.zip(self.flow.pictures.size(COVER)) else {
            return Ok(());
        };
        let (width, height) = (self.geometry.width, self.geometry.height);
        let (wide, high) = (size.0.max(Length(1)), size.1.max(Length(1)));
        let across = (width, high.scale(width.0, wide.0));
        let down = (wide.scale(height.0, high.0), height);
        let (larger, smaller) = if across.1 > height { (across, down) } else { (down, across) };
        let cuts_little = larger.0 <= width.scale(11, 10) && larger.1 <= height.scale(11, 10);
        let (wide, high) = if cuts_little { larger } else { smaller };
        let kind = ItemKind::Image {
            asset: COVER.to_owned(),
            x: (width - wide) / 2,
            y: (height - high) / 2,
            width: wide.max(Length(1)),
            height: high.max(Length(1)),
        };
        let items = vec![Item { tag: Tag::Content(node), kind }];
        let piece = Piece { items, ..Piece::default() };
        let placed = vec![Placed { x: Length::ZERO, y: Length::ZERO, piece }];
        self.emit(Sheet { placed, turned: false })
    }

    /// Leaves a page free where the next would be a left one.
    fn turn_to_recto(&mut self) -> Result<(), Error> {
        if self.pages % 2 == 1 {
            self.bare = true;
            self.emit(Sheet::default())?;
            self.bare = false;
        }
        Ok(())
    }

    /// The sheets that the table of contents fills, over all columns.
    fn contents_sheets(&self, pieces: impl IntoIterator<Item = Piece>) -> Vec<Sheet> {
        let mut paginator = Paginator::new(self.geometry.single(), self.flow.scale.leading);
        pieces.into_iter().for_each(|piece| paginator.push(piece));
        std::iter::from_fn(|| paginator.finish()).collect()
    }

    /// Fills the numbers of pages into the table of contents, whose own pages are numbered from `first` on.
    fn contents(&mut self, contents: Contents, first: usize, frame: &Frame) -> Result<(), Error> {
        self.flow.current = Current::front(self.nothing);
        let found: HashMap<StructId, &Entry> = self.entries.iter().map(|e| (e.node, e)).collect();
        let front = self.front;
        let pieces = contents.filled(&mut self.flow, frame, |heading| {
            let entry = found.get(&heading)?;
            let folio = (entry.place.page + 1 - front).to_string();
            Some(Found { folio, anchor: entry.anchor.as_deref() })
        });
        let pages = std::mem::replace(&mut self.pages, first);
        self.in_front = true;
        for sheet in self.contents_sheets(pieces) {
            self.emit(sheet)?;
        }
        debug_assert!(self.pages <= front, "as many pages as were kept free");
        self.pages = pages;
        Ok(())
    }

    fn root_frame(&self) -> Frame {
        Frame {
            x: Length::ZERO,
            width: self.geometry.measure,
            text: self.flow.text_style(),
            indents: self.flow.style.text.paragraphs == Paragraphs::Indent,
            top_level: true,
            depth: 0,
        }
    }

    fn article(&mut self, index: usize, article: &'a Article) -> Result<(), Error> {
        if self.flow.style.page.recto && index > 0 {
            self.flush()?;
            self.turn_to_recto()?;
        }
        let flow = &mut self.flow;
        flow.current = Current::new(article, index);
        let frame = self.root_frame();
        self.paginator.ending = false;
        self.paginator.rtl = frame.text.rtl;
        let mut galley = Galley::default();
        let flow = &mut self.flow;
        if !article.meta.title.is_empty() {
            flow.title_block(&article.meta, &frame, &mut galley)?;
        }
        self.room_after(&galley, true);
        let mut start = !galley.is_empty();
        let mut after_paragraph = false;
        let order = self.order(&article.blocks, &frame)?;
        for block in order {
            match self.flow.list_of_body(block, &frame, &mut galley) {
                // A list may be long: its items go to the pages as they are set.
                Some(mut list) => {
                    while self.flow.item(&mut list, &mut galley)? {
                        self.send_body(&mut galley, &mut start)?;
                    }
                }
                None => self.flow.block(block, &frame, after_paragraph, &mut galley)?,
            }
            after_paragraph = matches!(block.kind, BlockKind::Paragraph { .. });
            self.send_body(&mut galley, &mut start)?;
            self.room_after(&galley, false);
        }
        self.flow.notes_under(&frame, &mut galley)?;
        galley.clear();
        self.send(&mut galley)
    }

    /// The blocks in the order in which they stand on the pages: an infobox at the head that has no room
    /// beside the text stands after the first paragraph, so that the article starts with what it is about, and so
    /// does a figure or a box that would part the infobox from the text beside it.
    fn order(&mut self, blocks: &'a [Block], frame: &Frame) -> Result<Vec<&'a Block>, Error> {
        let lead = blocks.iter().take_while(|block| !matches!(block.kind, BlockKind::Heading { .. }));
        let is_text = |block: &Block| match &block.kind {
            BlockKind::Paragraph { content } => picture::only(content).is_none(),
            _ => false,
        };
        let Some(first) = lead.clone().position(is_text) else { return Ok(blocks.iter().collect()) };
        let (mut order, mut alone) = (Vec::with_capacity(blocks.len()), Vec::new());
        let mut beside = false;
        for block in &blocks[..first] {
            let moves = match &block.kind {
                BlockKind::Infobox(infobox) => {
                    let alone = self.flow.stands_alone(block, infobox, frame)?;
                    beside |= !alone;
                    alone
                }
                BlockKind::Figure { .. } | BlockKind::Aside { role: Aside::Box, .. } => beside,
                _ => false,
            };
            if moves {
                let node = |block| self.flow.tree.block(block).map(|at| at.node);
                let before = alone.last().copied().unwrap_or(&blocks[first]);
                self.moved.extend(node(block).zip(node(before)));
                alone.push(block);
            } else {
                order.push(block);
            }
        }
        order.push(&blocks[first]);
        order.append(&mut alone);
        order.extend(&blocks[first + 1..]);
        Ok(order)
    }

    fn room_after(&mut self, galley: &Galley, new_page: bool) {
        let room = if new_page { self.geometry.text_height } else { self.paginator.room() };
        self.flow.room = room - galley.height() - self.flow.scale.leading;
    }

    /// Sends what is set of an article's body, whose first piece starts a page.
    fn send_body(&mut self, galley: &mut Galley, start: &mut bool) -> Result<(), Error> {
        if !*start && let Some(first) = galley.pieces.first_mut() {
            first.keep = Break::Always;
            *start = true;
        }
        self.send(galley)
    }

    /// Gives the paginator what is set, and hands on the pages that it fills.
    fn send(&mut self, galley: &mut Galley) -> Result<(), Error> {
        self.flow.cx.go_on()?;
        for piece in galley.take() {
            self.paginator.push(piece);
            while let Some(sheet) = self.paginator.next_sheet() {
                self.emit(sheet)?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Error> {
        while let Some(sheet) = self.paginator.finish() {
            self.emit(sheet)?;
        }
        Ok(())
    }

    /// Makes a page of placed pieces.
    fn emit(&mut self, Sheet { placed, turned }: Sheet) -> Result<(), Error> {
        let most = self.flow.cx.limits().pages;
        if self.pages >= most {
            let place = placed.iter().find_map(|p| p.piece.source).map(|place| place.node);
            let remedy = Remedy::Pages;
            return Err(Error::limit("the number of pages", most, remedy, place));
        }
        self.flow.cx.go_on()?;
        let geometry = if turned { self.geometry.turned() } else { self.geometry };
        let mut page = Page { width: geometry.width, height: geometry.height, ..Page::default() };
        page.source = placed.iter().filter(|p| !p.piece.floats()).find_map(|p| p.piece.source);
        // Where what stands left and right changes sides, on the back of a sheet.
        let back = self.flow.style.page.mirrored && self.pages % 2 == 1;
        let geometry = if back && !turned { geometry.mirrored() } else { geometry };
        let aside = geometry.left - if turned { geometry.left } else { self.geometry.left };
        let opens = placed.iter().any(|p| p.piece.heading.as_ref().is_some_and(|h| h.level == 0));
        let mut section = None;
        for (index, Placed { x, y, piece }) in placed.into_iter().enumerate() {
            let x = x + aside;
            let place = Place { page: self.pages, x, y };
            for said in piece.said {
                self.flow.cx.report(said);
            }
            if let Some(heading) = piece.heading {
                if heading.level == 0 {
                    self.title.clone_from(&heading.title);
                    self.section.clear();
                } else if heading.level <= 2 {
                    if index == 0 {
                        self.section.clone_from(&heading.title);
                    }
                    section = Some(heading.title.clone());
                }
                let anchor = piece.anchors.first().cloned();
                let Heading { level, title, node } = *heading;
                self.entries.push(Entry { level, title, node, anchor, place });
            }
            for anchor in piece.anchors {
                self.anchors.entry(anchor).or_insert(place);
            }
            for mut item in piece.items {
                item.shift(x, y);
                page.items.push(item);
            }
            for mut link in piece.links {
                link.shift(x, y);
                page.links.push(link);
            }
        }
        let label = match self.in_front {
            true => crate::model::NumberStyle::LowerRoman.write(self.pages as u64 + 1),
            false => (self.pages - self.front + 1).to_string(),
        };
        let (style, in_front, bare) = (self.flow.style, self.in_front, self.bare);
        let furniture = Furniture {
            title: &self.title,
            section: if self.title.is_empty() { "" } else { &self.section },
            page: &label,
            pages: self.total.filter(|_| !in_front),
            header: !in_front && !bare && (style.header.first || !opens),
            footer: !bare && (style.footer.first || !opens),
            logo: !in_front && !bare,
            first: self.pages == self.front,
            back,
        };
        page.items.extend(self.flow.furniture(&furniture, &geometry));
        if style.colors.paper != Color::WHITE {
            let (x, y, width, height) = (Length::ZERO, Length::ZERO, page.width, page.height);
            let kind = ItemKind::Rectangle { x, y, width, height, color: style.colors.paper };
            page.items.insert(0, Item { tag: Tag::Layout, kind });
        }
        if let Some(section) = section {
            self.section = section;
        }
        let number = self.pages;
        self.pages += 1;
        self.sink.page(number, page)
    }

    fn index(self) -> Index {
        let mut labels = Vec::new();
        if self.front > 0 {
            labels.push((0, PageLabels::LowerRoman(1)));
        }
        labels.push((self.front, PageLabels::Decimal(1)));
        let book = self.flow.document.articles.len() > 1;
        let outline = outline(&self.entries, book);
        Index { structure: Structure::default(), outline, anchors: self.anchors, labels }
    }
}

/// Nests the headings. The title of a lone article is no entry: it is the document itself.
fn outline(entries: &[Entry], book: bool) -> Vec<OutlineEntry> {
    let mut open: Vec<u8> = Vec::new();
    let mut out = Vec::new();
    for entry in entries.iter().filter(|e| book || e.level > 0) {
        while open.last().is_some_and(|&level| level >= entry.level) {
            open.pop();
        }
        let Entry { title, place, node, .. } = entry;
        out.push(OutlineEntry { depth: open.len(), title: title.clone(), place: *place, node: *node });
        open.push(entry.level);
    }
    out
}
