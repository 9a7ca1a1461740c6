use super::{Flow, Frame};
use crate::diagnostic::{Diagnostic, code};
use crate::layout::inline::{Family, TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::structure::{Role, StructId};
use crate::layout::vertical::{Galley, Setting};
use crate::model::Span;

impl Flow<'_, '_, '_> {
    pub(super) fn code(&mut self, text: &str, frame: &Frame, galley: &mut Galley) {
        let node = self.structure.add(Some(frame.parent), Role::Code);
        self.preformatted(text, node, frame, galley);
    }

    /// Displayed math, as its TeX source: setting it needs a layout of its own, which takes its
    /// place here.
    pub(super) fn math(&mut self, tex: &str, span: Span, frame: &Frame, galley: &mut Galley) {
        self.cx.report(Diagnostic::new(&code::MATH_AS_SOURCE, span, "math is set as its TeX source"));
        let node = self.structure.add(Some(frame.parent), Role::Formula);
        self.structure.node_mut(node).alt = Some(tex.to_owned());
        self.preformatted(tex, node, frame, galley);
    }

    fn preformatted(&mut self, text: &str, node: StructId, frame: &Frame, galley: &mut Galley) {
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
        let lines =
            self.typesetter.code_lines(text, &style, frame.width - inset, node, &mut self.structure, self.cx);
        galley.space(frame.white(5));
        let setting = Setting { leading, together: false };
        for mut piece in setting.pieces(lines) {
            piece.shift(frame.x + inset, Length::ZERO);
            galley.push(piece);
        }
        galley.space(frame.white(5));
    }
}
