use super::{Flow, Frame};
use crate::layout::inline::{Family, TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::structure::StructId;
use crate::layout::tree::code_lines;
use crate::layout::vertical::{Galley, Setting};

impl Flow<'_, '_, '_> {
    /// Code; and a formula that can't be set as its TeX source.
    pub(super) fn preformatted(&mut self, node: StructId, text: &str, frame: &Frame, galley: &mut Galley) {
        galley.clear();
        let (size, leading) = (frame.text.size.scale(86, 100), frame.text.leading.scale(92, 100));
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
        let inset = self.scale.hang.min(frame.width / 10);
        let lines = self.typesetter.code_lines(code_lines(text), &style, frame.width - inset, node);
        galley.space(frame.white(5));
        let setting = Setting { leading, together: false };
        for mut piece in setting.pieces(lines) {
            piece.shift(frame.x + inset, Length::ZERO);
            galley.push(piece);
        }
        galley.space(frame.white(5));
    }
}
