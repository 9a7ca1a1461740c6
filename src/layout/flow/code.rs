use super::{Flow, Frame};
use crate::layout::inline::{CodeLine, Family, TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::page::{Color, Item, ItemKind, Tag};
use crate::layout::structure::StructId;
use crate::layout::tree::code_text;
use crate::layout::vertical::{Galley, Setting};
use crate::text::code::{Kind, runs};

impl Flow<'_, '_, '_> {
    /// Code; and a formula that can't be set as its TeX source.
    pub(super) fn preformatted(
        &mut self,
        node: StructId,
        language: Option<&str>,
        text: &str,
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
        let lines = self.typesetter.code_lines(
            &self.colored(language, text, style.color),
            &style,
            frame.width - inset - if ground.is_some() { inset } else { Length::ZERO },
            node,
        );
        galley.space(frame.white(5));
        let setting = Setting { leading, together: false };
        let pieces = setting.pieces(lines);
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
