use super::{Flow, Frame};
use crate::format::Error;
use crate::layout::inline::TextAlign;
use crate::layout::length::Length;
use crate::layout::structure::StructId;
use crate::layout::vertical::{Break, Galley, Glue, Heading, Setting};
use crate::model::visit::{self, VisitMut};
use crate::model::{Inline, InlineKind, LanguageTag, Level, Span, plain_text};
use crate::style::Case;

impl<'a> Flow<'a, '_, '_> {
    pub(super) fn heading(
        &mut self,
        node: StructId,
        level: Level,
        content: &'a [Inline],
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let depth = level.get();
        if frame.top_level {
            self.current.sections.open(depth);
        }
        let leading = frame.text.leading;
        let space = i64::from(self.style.headings.space.0);
        let (size, above, below) = match depth {
            1 => (160, 20, 7),
            2 => (130, 14, 5),
            3 => (112, 11, 3),
            _ => (100, 8, 2),
        };
        let mut style = frame.text.clone();
        style.family = self.typesetter.heading_family();
        style.color = self.style.colors.headings;
        style.size = style.size.scale(size, 100);
        style.leading = style.leading.max(style.size.scale(122, 100));
        style.align = TextAlign::Start;
        style.hyphenate = false;
        style.bold = depth <= 4;
        style.italic = depth > 3;
        style.small_caps = self.style.headings.case == Case::SmallCaps;
        let numbered;
        let mut words = content;
        if frame.top_level && self.style.headings.numbered {
            let prefix = InlineKind::Text { text: self.current.sections.prefix() };
            numbered = [&[Inline::new(prefix, Span::default())], content].concat();
            words = &numbered;
        }
        let upper;
        let shown = match self.style.headings.case {
            Case::Upper => {
                upper = capitals(words, style.language.as_ref());
                &upper
            }
            _ => words,
        };
        let paragraph = self.shape(shown, &style, node);
        let mut above = leading.scale(above * space, 1000);
        let mut below = leading.scale(below * space, 1000);
        let shape = galley.shape(frame.x, frame.width, above, style.leading);
        let setting = Setting { leading: style.leading, together: true };
        let pieces = self.lines(paragraph.balanced(&shape), setting, frame)?;
        // The whole takes a number of lines of running text, so that the text below is on the grid.
        let taken = above + style.leading * pieces.len() as i64 + below;
        let rest = Length(taken.0.rem_euclid(leading.0.max(1)));
        let change = if rest * 2 > leading { leading - rest } else { -rest };
        above += change.scale(2, 3);
        below += change - change.scale(2, 3);
        galley.space(Glue { natural: above, stretch: leading.scale(8, 10), shrink: above / 8 });
        for (index, mut piece) in pieces.into_iter().enumerate() {
            if index == 0 {
                piece.keep = Break::At(0);
                let title = || plain_text(words).trim().to_owned();
                let heading = frame.top_level.then(|| Heading { level: depth, title: title(), node });
                piece.heading = heading.map(Box::new);
            }
            galley.push(piece);
        }
        galley.space(Glue { natural: below, stretch: leading.scale(2, 10), shrink: Length::ZERO });
        galley.keep_with_next();
        Ok(())
    }
}

/// Words in capitals, as their language has them; code and formulas stay as they are.
fn capitals(words: &[Inline], language: Option<&LanguageTag>) -> Vec<Inline> {
    struct Capitals {
        dotted: bool,
    }
    impl VisitMut<'_> for Capitals {
        fn inline(&mut self, inline: &mut Inline) {
            if let InlineKind::Text { text } = &mut inline.kind {
                let dotted = if self.dotted { text.replace('i', "İ") } else { std::mem::take(text) };
                *text = dotted.to_uppercase();
            }
            visit::walk_inline_mut(self, inline);
        }
    }
    let mut capitals = Capitals { dotted: language.is_some_and(|l| matches!(l.primary(), "tr" | "az")) };
    let mut words = words.to_vec();
    words.iter_mut().for_each(|inline| capitals.inline(inline));
    words
}
