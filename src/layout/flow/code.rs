use super::{Flow, Frame};
use crate::layout::inline::{CodeLine, Family, LineShape, TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::page::{Color, Item, ItemKind, Tag};
use crate::layout::structure::StructId;
use crate::layout::tree::code_text;
use crate::layout::vertical::{Break, Galley, Setting};
use crate::model::{Inline, InlineKind, Span};
use crate::text::code::{Kind, runs};

impl Flow<'_, '_, '_> {
    /// The number that the first line of code has, if any: the source's, or that of a style with numbers.
    pub(super) fn numbers(&self, own: Option<u32>) -> Option<u32> {
        own.or(self.style.code.numbers.then_some(1))
    }

    /// Code, with numbers before its lines from one on where they are asked for; and a formula that can't be set as its TeX source.
    pub(super) fn preformatted(
        &mut self,
        node: StructId,
        language: Option<&str>,
        text: &str,
        numbers: Option<u32>,
        frame: &Frame,
        galley: &mut Galley,
    ) {
        galley.clear();
        let (size, leading) = (
            frame.text.size.scale(i64::from(self.style.code.size.0), 100),
            frame.text.leading.scale(92, 100),
        );
        let style = TextStyle {
            family: Family::Mono,
            size,
            leading,
            hyphenate: false,
            align: TextAlign::Start,
            indent: Length::ZERO,
            rtl: false,
            ..frame.text.clone()
        };
        let (ground, pad) = (self.style.colors.code, self.scale.size.scale(4, 10));
        let inset =
            if ground.is_some() { pad.min(frame.width / 10) } else { self.scale.hang.min(frame.width / 10) };
        let colored = self.colored(language, text, style.color);
        let numbers = numbers.map(|first| self.line_numbers(first, colored.len(), &style));
        let beside = numbers.as_ref().map_or(Length::ZERO, |(width, _)| *width).min(frame.width / 3);
        let width = frame.width - inset - beside - if ground.is_some() { inset } else { Length::ZERO };
        let mut lines = Vec::new();
        // Where each line of the source starts.
        let mut starts = Vec::new();
        for parts in self.typesetter.code_lines(&colored, &style, width, node) {
            starts.push(lines.len());
            lines.extend(parts);
        }
        galley.space(frame.white(5));
        let setting = Setting { leading, together: false };
        let mut pieces = setting.pieces(lines);
        for piece in &mut pieces {
            piece.shift(beside, Length::ZERO);
        }
        for (start, number) in starts.into_iter().zip(numbers.into_iter().flat_map(|(_, set)| set)) {
            pieces[start].items.extend(number);
        }
        let last = pieces.len().saturating_sub(1);
        for (index, mut piece) in pieces.into_iter().enumerate() {
            piece.shift(frame.x + inset, Length::ZERO);
            if let Some(color) = ground {
                let above = if index == 0 { pad } else { Length::ZERO };
                piece.shift(Length::ZERO, above);
                piece.height += above + if index == last { pad } else { Length::ZERO };
                let (x, y, width, height) = (frame.x, Length::ZERO, frame.width, piece.height);
                let kind = ItemKind::Rectangle { x, y, width, height, color };
                piece.items.insert(0, Item { tag: Tag::Layout, kind });
            }
            galley.push(piece);
        }
        galley.space(frame.white(5));
    }

    /// The numbers of lines, which end at one place, and the width that they take. They are no content: nobody
    /// copies or hears them.
    fn line_numbers(&mut self, first: u32, count: usize, code: &TextStyle) -> (Length, Vec<Vec<Item>>) {
        let color = self.style.colors.comments;
        let style = TextStyle { color, align: TextAlign::End, ..code.clone() };
        let numbers = (u64::from(first)..).take(count).map(|number| number.to_string());
        let widest = "0".repeat((u64::from(first) + count as u64).saturating_sub(1).to_string().len());
        let width = self.width_of(&widest, &style);
        let shape = LineShape { first: Vec::new(), rest: (Length::ZERO, width) };
        let setting = Setting { leading: style.leading, together: true };
        let set = numbers.map(|text| {
            let words = [Inline::new(InlineKind::Text { text }, Span::default())];
            let line = self.shape(&words, &style, StructId(0)).lines(&shape, 0).into_iter().next();
            let mut items = line.map(|line| setting.piece(line, Break::Never).items).unwrap_or_default();
            items.iter_mut().for_each(|item| item.tag = Tag::Layout);
            items
        });
        let set = set.collect();
        (width + style.size.scale(12, 10), set)
    }

    /// The lines of code, with the colour of every stretch.
    fn colored(&self, language: Option<&str>, text: &str, plain: Color) -> Vec<CodeLine> {
        let colors = &self.style.colors;
        let mut lines = vec![CodeLine::default()];
        for (kind, run) in runs(language.filter(|_| self.style.code.highlight), code_text(text)) {
            let color = match kind {
                None => plain,
                Some(Kind::Keyword) => colors.keywords,
                Some(Kind::Name) => colors.names,
                Some(Kind::String) => colors.strings,
                Some(Kind::Number) => colors.numbers,
                Some(Kind::Comment) => colors.comments,
            };
            for (index, part) in run.split('\n').enumerate() {
                if index > 0 {
                    lines.push(CodeLine::default());
                }
                if let Some(line) = lines.last_mut() {
                    line.push(part, color);
                }
            }
        }
        lines
    }
}
