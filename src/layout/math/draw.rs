//! A set formula becomes items of a page.

use super::{MarkKind, Set};
use crate::layout::length::Length;
use crate::layout::page::{Color, Glyph, GlyphRun, Item, ItemKind, Path, Segment, Tag};

impl Set {
    /// What it draws with its origin at a place.
    pub fn items(&self, x: Length, y: Length, color: Color, tag: Tag, out: &mut Vec<Item>) {
        let mut run: Option<GlyphRun> = None;
        let line = match tag {
            Tag::Content(leaf) => Tag::Line(leaf),
            other => other,
        };
        let flush = |run: &mut Option<GlyphRun>, out: &mut Vec<Item>| {
            if let Some(run) = run.take() {
                out.push(Item { tag, kind: ItemKind::Glyphs(Box::new(run)) });
            }
        };
        for mark in &self.marks {
            let (left, base) = (x + mark.x, y + mark.y);
            let color = mark.color.unwrap_or(color);
            match &mark.kind {
                MarkKind::Glyph { face, id, size, text, part } => {
                    let goes_on = run.as_ref().is_some_and(|run| {
                        let same = (run.face, run.size, run.y, run.color) == (*face, *size, base, color);
                        same && !part && run.actual_text.is_none() && left >= run.x
                    });
                    if !goes_on {
                        flush(&mut run, out);
                    }
                    let run = run.get_or_insert_with(|| GlyphRun {
                        face: *face,
                        size: *size,
                        x: left,
                        y: base,
                        expansion: 1000,
                        letter_space: 0,
                        color,
                        glyphs: Vec::new(),
                        text: String::new(),
                        // The sign was said with its first part.
                        actual_text: part.then(String::new),
                        rtl: false,
                        parts: Vec::new(),
                    });
                    run.parts.push(mark.part);
                    let start = run.text.len() as u32;
                    run.text.push_str(text);
                    run.glyphs.push(Glyph {
                        id: *id,
                        x: left - run.x,
                        y: Length::ZERO,
                        text_start: start,
                        text_end: run.text.len() as u32,
                    });
                }
                MarkKind::Rule { width, height } => {
                    flush(&mut run, out);
                    let kind =
                        ItemKind::Rectangle { x: left, y: base, width: *width, height: *height, color };
                    out.push(Item { tag: line, kind });
                }
                MarkKind::Line { dx, dy, thickness } => {
                    flush(&mut run, out);
                    let segments = vec![Segment::Move(left, base), Segment::Line(left + *dx, base + *dy)];
                    let path = Path { segments, fill: None, stroke: Some((color, *thickness)) };
                    out.push(Item { tag: line, kind: ItemKind::Path(Box::new(path)) });
                }
            }
        }
        flush(&mut run, out);
    }

    /// The parts between the places where a line may end, with the cost of ending it after each.
    pub fn pieces(self) -> Vec<(Set, i32)> {
        if self.breaks.is_empty() {
            return vec![(self, 0)];
        }
        let (ascent, descent, width) = (self.ascent, self.descent, self.width);
        let ends: Vec<(Length, i32)> = self.breaks.iter().copied().chain([(width, 0)]).collect();
        let mut out = Vec::with_capacity(ends.len());
        let mut start = Length::ZERO;
        for (end, cost) in ends {
            // White may go backwards.
            let end = end.max(start);
            out.push((Set { width: end - start, ascent, descent, ..Set::default() }, start, cost));
            start = end;
        }
        for mut mark in self.marks {
            let at = out.partition_point(|(_, start, _)| *start <= mark.x).saturating_sub(1);
            mark.x -= out[at].1;
            out[at].0.marks.push(mark);
        }
        out.into_iter().map(|(set, _, cost)| (set, cost)).collect()
    }
}
