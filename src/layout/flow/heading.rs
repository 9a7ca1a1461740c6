use super::{Flow, Frame};
use crate::format::Error;
use crate::layout::inline::TextAlign;
use crate::layout::length::Length;
use crate::layout::structure::StructId;
use crate::layout::vertical::{Break, Galley, Glue, Heading, Setting};
use crate::model::{Inline, InlineKind, Level, Span, plain_text};

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
            self.open_section(depth);
        }
        let leading = frame.text.leading;
        let (size, above, below) = match depth {
            1 => (160, 20, 7),
            2 => (130, 14, 5),
            3 => (112, 11, 3),
            _ => (100, 8, 2),
        };
        let mut style = frame.text.clone();
        style.size = style.size.scale(size, 100);
        style.leading = style.leading.max(style.size.scale(122, 100));
        style.align = TextAlign::Start;
        style.hyphenate = false;
        style.bold = depth <= 4;
        style.italic = depth > 3;
        let numbered;
        let mut words = content;
        if frame.top_level && self.style.numbered_headings {
            let number: Vec<String> = self.current.numbers.iter().map(u32::to_string).collect();
            let prefix = InlineKind::Text { text: format!("{}\u{2002}", number.join(".")) };
            numbered = [&[Inline::new(prefix, Span::default())], content].concat();
            words = &numbered;
        }
        let paragraph = self.shape(words, &style, node);
        let mut above = leading.scale(above, 10);
        let mut below = leading.scale(below, 10);
        let shape = galley.shape(frame.x, frame.width, above, style.leading);
        let setting = Setting { leading: style.leading, together: true };
        let pieces = self.lines(paragraph.lines(&shape, 0), setting, frame)?;
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
                piece.heading = frame
                    .top_level
                    .then(|| Box::new(Heading { level: depth, title: plain_text(words).trim().to_owned() }));
            }
            galley.push(piece);
        }
        galley.space(Glue { natural: below, stretch: leading.scale(2, 10), shrink: Length::ZERO });
        galley.keep_with_next();
        Ok(())
    }

    /// Closes the sections that a heading of this level ends, and opens its own.
    fn open_section(&mut self, level: u8) {
        let current = &mut self.current;
        while current.sections.last().is_some_and(|&open| open >= level) {
            current.sections.pop();
        }
        let depth = current.sections.len();
        current.numbers.resize(depth + 1, 0);
        current.numbers[depth] += 1;
        current.sections.push(level);
    }
}
