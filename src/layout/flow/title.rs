use super::{Flow, Frame};
use crate::format::Error;
use crate::layout::inline::{Line, LineShape, TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::page::{Item, ItemKind, Tag};
use crate::layout::tree::ArticleNodes;
use crate::layout::vertical::{Break, Galley, Glue, Heading, Kind, Piece, Setting};
use crate::model::{Inline, InlineKind, Meta, Span, plain_text};

impl<'a> Flow<'a, '_, '_> {
    /// The title block that an article starts with, at the head of a page.
    pub fn title_block(&mut self, meta: &'a Meta, frame: &Frame, galley: &mut Galley) -> Result<(), Error> {
        let Some(ArticleNodes { title, subtitle, byline, .. }) = self.nodes() else { return Ok(()) };
        let (title, subtitle) = (*title, *subtitle);
        let at = galley.pieces.len();
        let mut style = frame.text.clone();
        (style.size, style.leading) = self.scale.title;
        (style.bold, style.hyphenate, style.align) = (true, false, TextAlign::Start);
        (style.family, style.color) = (self.typesetter.heading_family(), self.style.colors.headings);
        self.title_lines(&meta.title, &style, title, frame, galley)?;
        if let Some(first) = galley.pieces.get_mut(at) {
            let words = plain_text(&meta.title).trim().to_owned();
            first.heading = Some(Box::new(Heading { level: 0, title: words, node: title }));
        }
        if !meta.subtitle.is_empty() && self.style.title.subtitle {
            let mut style = frame.text.clone();
            (style.size, style.leading) = (style.size.scale(125, 100), style.leading.scale(125, 100));
            (style.italic, style.hyphenate, style.align) = (true, false, TextAlign::Start);
            self.title_lines(&meta.subtitle, &style, subtitle, frame, galley)?;
        }
        let all = self.style.title.under(self.document, self.current.article, self.style.title.page);
        for (words, &node) in all.iter().zip(byline) {
            let mut style = frame.text.clone();
            (style.hyphenate, style.align) = (false, TextAlign::Start);
            galley.space(Glue { natural: style.leading.scale(2, 10), ..Glue::default() });
            let words = [Inline::new(InlineKind::Text { text: words.words().to_owned() }, Span::default())];
            let paragraph = self.shape(&words, &style, node);
            let lines = paragraph.lines(&self.over_columns(), 0);
            self.kept_lines(lines, &style, frame, galley)?;
        }
        if self.style.title.rule {
            let (width, height) = (self.text_width, Length::milli_pt(1000));
            let y = frame.text.leading / 2 - height;
            let color = self.style.colors.rules;
            let kind = ItemKind::Rectangle { x: Length::ZERO, y, width, height, color };
            let items = vec![Item { tag: Tag::Layout, kind }];
            galley.push(Piece { height: frame.text.leading / 2, items, ..Piece::default() });
            galley.keep_with_next();
        }
        // A whole number of lines, so that the text below is on the grid.
        let leading = frame.text.leading;
        let height =
            galley.pieces[at..].iter().fold(Length::ZERO, |sum, p| sum + p.before.natural + p.height);
        let rest = Length(height.0.rem_euclid(leading.0.max(1)));
        let natural = leading + if rest > Length::ZERO { leading - rest } else { Length::ZERO };
        galley.space(Glue { natural, ..Glue::default() });
        galley.keep_with_next();
        for piece in &mut galley.pieces[at..] {
            piece.kind = Kind::Spanning;
        }
        if let Some(first) = galley.pieces.get_mut(at) {
            first.keep = Break::Always;
        }
        Ok(())
    }

    /// A page of its own with the title, the authors and the date. Assistive technology meets the
    /// title where the text starts, so this one is no [`Role::Title`].
    pub fn cover(&mut self, meta: &'a Meta, frame: &Frame, galley: &mut Galley) -> Result<(), Error> {
        let mut nodes = self.tree.cover.iter();
        let mut style = frame.text.clone();
        (style.size, style.leading) = (style.size.scale(300, 100), style.leading.scale(290, 100));
        (style.bold, style.hyphenate, style.align) = (true, false, TextAlign::Center);
        (style.family, style.color) = (self.typesetter.heading_family(), self.style.colors.headings);
        galley.push(Piece { keep: Break::Always, height: self.column_height / 4, ..Piece::default() });
        galley.keep_with_next();
        if let Some(&node) = nodes.next() {
            self.title_lines(&meta.title, &style, node, frame, galley)?;
        }
        style = frame.text.clone();
        (style.hyphenate, style.align) = (false, TextAlign::Center);
        (style.size, style.leading) = (self.scale.size.scale(140, 100), self.scale.leading * 2);
        let subtitle = (!meta.subtitle.is_empty()).then(|| meta.subtitle.clone());
        let text =
            |text: &str| vec![Inline::new(InlineKind::Text { text: text.to_owned() }, Span::default())];
        let names = meta.creators.iter().map(|creator| text(&creator.shown()));
        for (words, &node) in subtitle.into_iter().chain(names).chain(meta.shown_date().map(text)).zip(nodes)
        {
            self.title_lines(&words, &style, node, frame, galley)?;
        }
        Ok(())
    }

    fn title_lines(
        &mut self,
        words: &[Inline],
        style: &TextStyle,
        node: crate::layout::structure::StructId,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let lines = self.shape(words, style, node).balanced(&self.over_columns());
        self.kept_lines(lines, style, frame, galley)
    }

    /// Lines as long as all columns.
    fn over_columns(&self) -> LineShape {
        LineShape { first: Vec::new(), rest: (Length::ZERO, self.text_width) }
    }

    /// Lines that stay together and with what follows.
    fn kept_lines(
        &mut self,
        lines: Vec<Line>,
        style: &TextStyle,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let setting = Setting { leading: style.leading, together: true };
        for piece in self.lines(lines, setting, frame)? {
            galley.push(piece);
            galley.keep_with_next();
        }
        Ok(())
    }
}
