//! Places the glyphs of a line: expansion and letter-spacing first, then the spaces; in visual order by UAX #9, rules
//! L1 and L2; drawn in reading order.

use super::collect::{Object, RunStyle};
use super::glyphs::ShapedGlyph;
use super::shaped::{Content, Cut, Line, Paragraph, Unit};
use super::style::TextAlign;
use crate::layout::length::Length;
use crate::layout::page::{Color, Glyph, GlyphRun, Item, ItemKind, LinkArea, Tag};
use std::sync::Arc;
use unicode_bidi::{BidiInfo, Level};

/// A unit, or the part of one that is on the line.
struct Part<'p> {
    unit: &'p Unit,
    kind: PartKind<'p>,
    level: Level,
    /// How many of its letters may be set apart.
    letters: u32,
    /// Width with expansion and stretch.
    width: Length,
    x: Length,
}

impl Part<'_> {
    fn is_text(&self) -> bool {
        matches!(self.kind, PartKind::Glyphs { .. } | PartKind::Hyphen)
    }
}

enum PartKind<'p> {
    /// Glyphs between two bytes of the unit, at which they are cut.
    Glyphs {
        glyphs: &'p [ShapedGlyph],
        from: u32,
        to: u32,
    },
    Space,
    /// The space at the line's end: no width, but it keeps the words apart for who reads the text.
    EndSpace,
    Hyphen,
    Other,
}

/// Sets the line from one cut to another. `last`: the paragraph or a part of it ends with it.
pub(super) fn line(paragraph: &Paragraph, from: Cut, to: Cut, x: Length, width: Length, last: bool) -> Line {
    let mut parts = parts(paragraph, from, to);
    let mut line = Line { x, width, hyphenated: to.set_hyphen, ..Line::default() };
    let hang_start = if from.bytes == 0 { paragraph.hang_start(from.unit as usize) } else { 0 };
    let hang_end = hang_end(paragraph, to);
    let natural: i64 = parts.iter().map(|p| p.width.0).sum();
    let free = width.0 + hang_start + hang_end - natural;
    let justified = paragraph.align == TextAlign::Justify && (!last || free < 0);
    let change = if justified { stretch(&mut parts, free, paragraph) } else { Change::default() };
    let set: i64 = parts.iter().map(|p| p.width.0).sum();
    line.set = Length(set);
    let slack = width.0 - set;
    let to_left = match (paragraph.align, paragraph.rtl) {
        (TextAlign::Center, _) => slack / 2,
        (TextAlign::Justify | TextAlign::Start, false) | (TextAlign::End, true) => -hang_start,
        (TextAlign::Justify | TextAlign::Start, true) | (TextAlign::End, false) => slack + hang_start,
    };
    let mut pen = x + Length(to_left);
    let mut place = |part: &mut Part<'_>| {
        part.x = pen;
        pen += part.width;
    };
    if parts.iter().all(|part| part.level == Level::ltr()) {
        parts.iter_mut().for_each(place);
    } else {
        let levels: Vec<Level> = parts.iter().map(|part| part.level).collect();
        BidiInfo::reorder_visual(&levels).into_iter().for_each(|at| place(&mut parts[at]));
    }
    Setter { paragraph, line: &mut line, change, run: None }.set(&parts);
    marks(paragraph, from, to, &mut line);
    line
}

/// What stands between two cuts, in logical order, at its natural width.
fn parts(paragraph: &Paragraph, from: Cut, to: Cut) -> Vec<Part<'_>> {
    let end = to.unit as usize + usize::from(to.bytes > 0);
    let mut out = Vec::with_capacity(end.saturating_sub(from.unit as usize) + 1);
    for index in from.unit as usize..end.min(paragraph.units.len()) {
        let unit = &paragraph.units[index];
        let start = if index == from.unit as usize { from.bytes } else { 0 };
        let stop = if index == to.unit as usize { to.bytes } else { unit.end - unit.start };
        let (kind, letters, width) = match &unit.content {
            Content::Glyphs(glyphs) if start == 0 && stop == unit.end - unit.start => {
                let kind = PartKind::Glyphs { glyphs: &glyphs.glyphs, from: start, to: stop };
                (kind, unit.letters, unit.width)
            }
            Content::Glyphs(glyphs) => {
                // A cut within a ligature takes the word without ligatures.
                let whole = [from, to]
                    .into_iter()
                    .filter(|cut| cut.unit as usize == index && cut.hyphen > 0)
                    .find_map(|cut| paragraph.hyphens[cut.hyphen as usize - 1].whole.as_deref());
                let glyphs = whole.unwrap_or(glyphs).between(start, stop);
                let font = &paragraph.fonts[usize::from(unit.font)];
                let size = paragraph.collected.styles[unit.style as usize].size;
                let advance = glyphs.iter().map(|glyph| glyph.advance).sum();
                let kind = PartKind::Glyphs { glyphs, from: start, to: stop };
                (kind, unit.letters_in(glyphs), font.scale(advance, size))
            }
            Content::Space { .. } => (PartKind::Space, 0, unit.width),
            Content::Object(_) | Content::Missing(_) | Content::Newline => (PartKind::Other, 0, unit.width),
        };
        out.push(Part { unit, kind, level: unit.level, letters, width, x: Length::ZERO });
    }
    if to.set_hyphen
        && let Some(last) = out.last()
    {
        let width = Length(paragraph.hyphen_width(last.unit));
        let (unit, level) = (last.unit, last.level);
        out.push(Part { unit, kind: PartKind::Hyphen, level, letters: 0, width, x: Length::ZERO });
    }
    // Spaces at the end take the paragraph's level (rule L1) and no room.
    let base = if paragraph.rtl { Level::rtl() } else { Level::ltr() };
    for part in out.iter_mut().rev() {
        match part.kind {
            PartKind::Space => {
                (part.kind, part.level, part.width) = (PartKind::EndSpace, base, Length::ZERO);
            }
            _ if matches!(part.unit.content, Content::Newline) => part.level = base,
            _ => break,
        }
    }
    out
}

fn hang_end(paragraph: &Paragraph, to: Cut) -> i64 {
    if paragraph.align != TextAlign::Justify {
        return 0;
    }
    if to.set_hyphen {
        let unit = if to.bytes > 0 { to.unit as usize } else { to.unit as usize - 1 };
        let width = paragraph.units.get(unit).map_or(0, |unit| paragraph.hyphen_width(unit));
        return width * super::protrude::at_end('-') / 1000;
    }
    if to.bytes > 0 {
        return 0;
    }
    let before =
        paragraph.units[..to.unit as usize].iter().rposition(|p| !matches!(p.content, Content::Space { .. }));
    before.map_or(0, |index| paragraph.hang_end(index))
}

/// What is done to the letters of a line.
#[derive(Clone, Copy, Debug, Default)]
struct Change {
    /// How much wider they are, in thousandths.
    expansion: i64,
    /// White after each, in ten-thousandths of the em.
    letter_space: i64,
}

impl Change {
    /// A width of font units at a size, with so many letters in it.
    fn scale(self, units: i64, letters: u32, size: Length, units_per_em: i32) -> Length {
        let upem = i64::from(units_per_em);
        let units = units * 10_000 + self.letter_space * i64::from(letters) * upem;
        Length(size.0 * units / upem * (1000 + self.expansion) / 10_000_000)
    }
}

/// Spreads what is free over letters and spaces. The letters take what they may.
fn stretch(parts: &mut [Part<'_>], free: i64, paragraph: &Paragraph) -> Change {
    let size = |part: &Part<'_>| paragraph.collected.styles[part.unit.style as usize].size.0;
    let (mut wider, mut apart) = (0, 0);
    for part in parts.iter().filter(|part| part.is_text()) {
        wider += part.width.0 * paragraph.expansion / 1000;
        apart += size(part) * i64::from(part.letters) * paragraph.letter_space / 10_000;
    }
    // Both in the same proportion, so that neither is seen.
    let part_of = |limit: i64| (limit * free / (wider + apart).max(1)).clamp(-limit, limit);
    let change =
        Change { expansion: part_of(paragraph.expansion), letter_space: part_of(paragraph.letter_space) };
    let mut left = free;
    for part in parts.iter_mut().filter(|part| part.is_text()) {
        let space = size(part) * i64::from(part.letters) * change.letter_space / 10_000;
        let more = space + (part.width.0 + space) * change.expansion / 1000;
        part.width.0 += more;
        left -= more;
    }
    let give = |part: &Part<'_>| match (&part.kind, &part.unit.content) {
        (PartKind::Space, Content::Space { stretch, shrink }) => {
            if left >= 0 {
                stretch.0
            } else {
                shrink.0
            }
        }
        _ => 0,
    };
    let total: i64 = parts.iter().map(give).sum();
    if total <= 0 {
        return change;
    }
    // Spaces never give more than their shrink: a line that is still too long sticks out.
    let left = left.max(-total);
    let (mut given, mut sum) = (0, 0);
    for part in parts.iter_mut() {
        sum += give(part);
        let upto = match left.checked_mul(sum) {
            Some(product) => product / total,
            None => (i128::from(left) * i128::from(sum) / i128::from(total)) as i64,
        };
        part.width.0 += upto - given;
        given = upto;
    }
    change
}

/// The face, by its index, that most of a line is set in.
fn main_font(parts: &[Part<'_>]) -> u16 {
    let mut widths: Vec<Length> = Vec::new();
    for part in parts.iter().filter(|part| part.is_text()) {
        let font = usize::from(part.unit.font);
        if widths.len() <= font {
            widths.resize(font + 1, Length::ZERO);
        }
        widths[font] += part.width;
    }
    let widest = widths.iter().copied().max().unwrap_or_default();
    widths.iter().position(|&width| width == widest).unwrap_or(0) as u16
}

/// The notes and anchors of the line.
fn marks(paragraph: &Paragraph, from: Cut, to: Cut, line: &mut Line) {
    let at =
        |cut: Cut| paragraph.units.get(cut.unit as usize).map_or(u32::MAX, |unit| unit.start + cut.bytes);
    // What stands before the first unit belongs to the first line.
    let start = if from.unit == 0 && from.bytes == 0 { 0 } else { at(from) };
    let range = start..at(to);
    let within = |at: &u32| range.contains(at);
    line.notes = paragraph.collected.notes.iter().filter(|n| within(&n.0)).map(|n| n.1).collect();
    line.anchors = paragraph.collected.anchors.iter().filter(|a| within(&a.0)).map(|a| a.1.clone()).collect();
}

/// Makes items of the parts.
struct Setter<'p, 'l> {
    paragraph: &'p Paragraph,
    line: &'l mut Line,
    change: Change,
    /// The run that is being made, with the style and font it is of.
    run: Option<(u32, u16, GlyphRun)>,
}

impl Setter<'_, '_> {
    fn set(mut self, parts: &[Part<'_>]) {
        let main = main_font(parts);
        for part in parts {
            let style = &self.paragraph.collected.styles[part.unit.style as usize];
            if let Some(marks) = style.mark {
                self.flush();
                self.rectangle(part, style, style.size.scale(75, 100), style.size, marks);
            }
            match &part.kind {
                PartKind::Glyphs { glyphs, from, to } => self.glyphs(part, style, glyphs, *from, *to),
                PartKind::Space | PartKind::EndSpace => self.space(part, style),
                PartKind::Hyphen => self.hyphen(part, style),
                PartKind::Other => self.other(part, style),
            }
            if style.underline || style.strikeout {
                self.decorate(part, style);
            }
            if let Some(link) = style.link {
                self.link(part, style, link);
            }
            // A few letters of another face don't move the line.
            if part.unit.font != main {
                continue;
            }
            let font = &self.paragraph.fonts[usize::from(part.unit.font)];
            let rise = style.rise;
            self.line.ascent = self.line.ascent.max(font.scale(font.ascent, style.size) + rise);
            self.line.descent = self.line.descent.max(-font.scale(font.descent, style.size) - rise);
        }
        self.flush();
    }

    fn flush(&mut self) {
        if let Some((style, _, run)) = self.run.take()
            && !run.glyphs.is_empty()
        {
            let leaf = self.paragraph.collected.styles[style as usize].leaf;
            self.line.items.push(Item { tag: Tag::Content(leaf), kind: ItemKind::Glyphs(Box::new(run)) });
        }
    }

    /// The run that a part's glyphs go to: the one in hand, if the part continues it.
    fn run(&mut self, part: &Part<'_>, font: u16, style: &RunStyle) -> &mut GlyphRun {
        let key = (part.unit.style, font);
        let rtl = part.level.is_rtl();
        let continues = self
            .run
            .as_ref()
            .is_some_and(|(s, f, run)| (*s, *f) == key && !rtl && !run.rtl && run.x <= part.x);
        if !continues {
            self.flush();
        }
        let face = self.paragraph.fonts[usize::from(font)].face;
        let change = self.change;
        let run = self.run.get_or_insert_with(|| {
            let run = GlyphRun {
                face,
                size: style.size,
                x: part.x,
                y: -style.rise,
                expansion: 1000 + change.expansion as i32,
                letter_space: if part.unit.letters > 0 { change.letter_space as i32 } else { 0 },
                color: style.color,
                glyphs: Vec::with_capacity(64),
                text: String::with_capacity(64),
                actual_text: None,
                rtl,
                parts: Vec::new(),
            };
            (key.0, key.1, run)
        });
        &mut run.2
    }

    fn glyphs(&mut self, part: &Part<'_>, style: &RunStyle, shown: &[ShapedGlyph], from: u32, to: u32) {
        let paragraph = self.paragraph;
        let font = &paragraph.fonts[usize::from(part.unit.font)];
        let text = &paragraph.collected.text[part.unit.start as usize..part.unit.end as usize];
        let change = self.change;
        let scale = move |units: i32, letters: u32| {
            change.scale(i64::from(units), letters, style.size, font.units_per_em)
        };
        let spaced = part.unit.letters > 0;
        let rtl = part.level.is_rtl();
        let run = self.run(part, part.unit.font, style);
        let (origin, base) = (part.x - run.x, run.text.len() as u32);
        run.text.push_str(&text[from as usize..to as usize]);
        let (mut advance, mut letters) = (0, 0);
        // The cluster after it in the text is the one before it on the line from right to left.
        let mut end = to;
        for (at, glyph) in shown.iter().enumerate() {
            let first = at == 0 || shown[at - 1].cluster != glyph.cluster;
            // Marks stand where their letter does.
            letters += u32::from(first && spaced && at > 0);
            let stop = if !first {
                glyph.cluster
            } else if rtl {
                std::mem::replace(&mut end, glyph.cluster)
            } else {
                shown[at..].iter().map(|g| g.cluster).find(|c| *c != glyph.cluster).unwrap_or(to)
            };
            run.glyphs.push(Glyph {
                id: glyph.id,
                x: origin + scale(advance + glyph.x_offset, letters),
                y: font.scale(glyph.y_offset, style.size),
                text_start: base + glyph.cluster - from,
                text_end: base + stop - from,
            });
            advance += glyph.advance;
        }
    }

    fn space(&mut self, part: &Part<'_>, style: &RunStyle) {
        // Between han and Latin there is white but no character.
        if part.unit.start == part.unit.end {
            return;
        }
        // The space of the words before it: a face that has no letters here would cut the line's
        // text in two, and who reads the file would have to guess at the white between them.
        let in_hand = self.run.as_ref().filter(|(of, _, _)| *of == part.unit.style).map(|(_, font, _)| *font);
        let glyph_of =
            |font: u16| Some(self.paragraph.fonts[usize::from(font)].space.0).filter(|id| *id != 0);
        let own = part.unit.font;
        let Some((font, space)) =
            in_hand.into_iter().chain([own]).find_map(|font| Some((font, glyph_of(font)?)))
        else {
            return;
        };
        let run = self.run(part, font, style);
        let (start, x) = (run.text.len() as u32, part.x - run.x);
        run.text.push(' ');
        run.glyphs.push(Glyph { id: space, x, y: Length::ZERO, text_start: start, text_end: start + 1 });
    }

    fn hyphen(&mut self, part: &Part<'_>, style: &RunStyle) {
        let Some((hyphen, _)) = self.paragraph.fonts[usize::from(part.unit.font)].hyphen else { return };
        self.flush();
        let run = self.run(part, part.unit.font, style);
        run.text.push('\u{2010}');
        run.actual_text = Some("\u{AD}".to_owned());
        run.glyphs.push(Glyph { id: hyphen, x: Length::ZERO, y: Length::ZERO, text_start: 0, text_end: 3 });
        self.flush();
    }

    fn other(&mut self, part: &Part<'_>, style: &RunStyle) {
        self.flush();
        let kind = match part.unit.content {
            Content::Object(number) => match &self.paragraph.collected.objects[number as usize] {
                Object::Image { asset, width, height } => {
                    self.line.ascent = self.line.ascent.max(*height);
                    let (asset, width, height) = (asset.clone(), *width, *height);
                    ItemKind::Image { asset, x: part.x, y: -height, width, height }
                }
                Object::Formula { set, .. } => {
                    self.line.ascent = self.line.ascent.max(set.ascent + style.rise);
                    self.line.descent = self.line.descent.max(set.descent - style.rise);
                    let tag = Tag::Content(style.leaf);
                    return set.items(part.x, -style.rise, style.color, tag, &mut self.line.items);
                }
            },
            Content::Missing(c) => {
                let inset = style.size / 20;
                let height = style.size.scale(66, 100);
                ItemKind::Frame {
                    x: part.x + inset,
                    y: -style.rise - height,
                    width: part.width - inset * 2,
                    height,
                    stroke: style.size / 24,
                    color: style.color,
                    actual_text: Some(c.to_string()),
                }
            }
            _ => return,
        };
        self.line.items.push(Item { tag: Tag::Content(style.leaf), kind });
    }

    fn decorate(&mut self, part: &Part<'_>, style: &RunStyle) {
        let font = &self.paragraph.fonts[usize::from(part.unit.font)];
        let (top, thickness) = font.underline;
        let thickness = font.scale(thickness, style.size);
        if style.underline {
            self.rectangle(part, style, font.scale(top, style.size), thickness, style.color);
        }
        if style.strikeout {
            self.rectangle(part, style, style.size.scale(24, 100), thickness, style.color);
        }
    }

    /// A rectangle along a part, whose top is so far above the baseline. It goes on the last one, if
    /// that ends where it starts.
    fn rectangle(&mut self, part: &Part<'_>, style: &RunStyle, above: Length, high: Length, fill: Color) {
        let top = -style.rise - above;
        if matches!(part.kind, PartKind::EndSpace) {
            return;
        }
        let same = self.line.items.iter_mut().rev().take(4).find_map(|item| match &mut item.kind {
            ItemKind::Rectangle { x, y, width, height, color }
                if (*y, *height, *color) == (top, high, fill) && *x + *width == part.x =>
            {
                Some(width)
            }
            _ => None,
        });
        match same {
            Some(width) => *width += part.width,
            None => self.line.items.push(Item {
                tag: Tag::Layout,
                kind: ItemKind::Rectangle { x: part.x, y: top, width: part.width, height: high, color: fill },
            }),
        }
    }

    /// The area of a link: one for each line, as long as its parts touch.
    fn link(&mut self, part: &Part<'_>, style: &RunStyle, number: u32) {
        let link = &self.paragraph.collected.links[number as usize];
        let (top, height) = (-style.rise - style.size.scale(75, 100), style.size);
        let right = part.x + part.width;
        match self.line.links.last_mut() {
            Some(area)
                if area.link.owner == link.owner && part.x <= area.x + area.width && right >= area.x =>
            {
                let end = right.max(area.x + area.width);
                area.x = area.x.min(part.x);
                area.width = end - area.x;
            }
            _ => self.line.links.push(LinkArea {
                x: part.x,
                y: top,
                width: part.width,
                height,
                link: Arc::clone(link),
            }),
        }
    }
}
