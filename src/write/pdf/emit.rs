//! One page of the display list as a content stream: what is drawn, in whose marked content, and the
//! state of the graphics between.

use super::file::File;
use super::fonts::{FontIndex, FontSet};
use super::images::ImageSet;
use super::ops::{Operand, Ops, PaintMode, hundredths, name, points, string};
use super::segment::{is_space, segments};
use super::show::Show;
use super::standard::Version;
use super::text_string;
use crate::format::Error;
use crate::layout::page::{Color, GlyphRun, Item, ItemKind, Page, Path, Segment, Tag};
use crate::layout::structure::StructId;
use crate::style::Length;
use std::collections::BTreeSet;

/// A page written as a content stream, and what the rest of the file must know of it.
pub(super) struct Content {
    /// The stream, not compressed.
    pub(super) stream: Vec<u8>,
    /// Whose content each marked-content sequence is, by its identifier, and of which part of a formula.
    pub(super) marks: Vec<(StructId, Option<u32>)>,
    /// Images shown, by number.
    pub(super) images: BTreeSet<usize>,
    /// Where drawings and images of the content are, for the bounding boxes of figures.
    pub(super) boxes: Vec<DrawnBox>,
}

/// Where something drawn is on its page.
pub(super) struct DrawnBox {
    /// Whose content it is.
    pub(super) leaf: StructId,
    /// Left, bottom, right and top, from the page's lower left corner.
    pub(super) edges: [Length; 4],
    /// The number of the image, when it is one.
    pub(super) image: Option<usize>,
}

/// Writes the content of a page.
pub(super) fn content(
    page: &Page,
    version: Version,
    fonts: &mut FontSet<'_>,
    images: &ImageSet,
    file: &mut File<'_>,
) -> Result<Content, Error> {
    let mut emitter = Emitter { version: Some(version), height: page.height, ..Emitter::default() };
    for item in &page.items {
        emitter.item(item, fonts, images, file)?;
    }
    emitter.end_mark();
    Ok(Content {
        stream: emitter.ops.stream(page.width, page.height)?,
        marks: emitter.marks,
        images: emitter.images,
        boxes: emitter.boxes,
    })
}

#[derive(Default)]
struct Emitter {
    ops: Ops,
    version: Option<Version>,
    height: Length,
    marks: Vec<(StructId, Option<u32>)>,
    /// The part of a formula that what follows is of.
    part: Option<u32>,
    images: BTreeSet<usize>,
    boxes: Vec<DrawnBox>,
    /// The marked content that is open, and whether its strings run from right to left.
    open: Option<(Tag, bool)>,
    state: State,
}

/// The graphics state as the page's operations have left it.
#[derive(Default)]
struct State {
    in_text: bool,
    /// Start of the line in hundredths of a point, within a text object.
    line: (i64, i64),
    font: Option<(FontIndex, i64)>,
    fill: Option<Color>,
    stroke: Option<Color>,
    stroke_width: Option<i64>,
    /// Horizontal scale in thousandths, less 1000.
    expansion: i32,
    /// White after every glyph: ten-thousandths of an em of so many thousandths of a point.
    letter_space: i64,
    /// Rise in hundredths of a point.
    rise: i64,
    /// The text shown last.
    shown: Option<Shown>,
}

/// A run that is shown, of which the next can be the end.
#[derive(Clone, Copy, PartialEq)]
struct Shown {
    x: Length,
    y: Length,
    color: Color,
    /// Where it left the viewer's pen, as [`Show`] has it.
    pen: i64,
}

impl Emitter {
    /// Opens the marked-content sequence that what follows belongs to.
    fn mark(&mut self, tag: Tag) {
        self.mark_strings(tag, false);
    }

    /// The same, for strings that may be `reversed`: their glyphs in the order of the line, where the
    /// text runs against it (14.8.2.3.3).
    fn mark_strings(&mut self, tag: Tag, reversed: bool) {
        if self.open == Some((tag, reversed)) {
            return;
        }
        self.end_mark();
        let (name, properties) = match tag {
            Tag::Content(id) | Tag::Line(id) => {
                self.marks.push((id, self.part));
                let name = if reversed { "ReversedChars" } else { "P" };
                (name, vec![("MCID", Operand::Int(self.marks.len() as i64 - 1))])
            }
            Tag::Layout => ("Artifact", vec![("Type", name("Layout"))]),
            Tag::Header => ("Artifact", vec![("Subtype", name("Header")), ("Type", name("Pagination"))]),
            Tag::Footer => ("Artifact", vec![("Subtype", name("Footer")), ("Type", name("Pagination"))]),
        };
        self.ops.begin_marked(name, properties);
        self.open = Some((tag, reversed));
    }

    fn end_mark(&mut self) {
        if self.open.take().is_some() {
            self.leave_text();
            self.ops.end_marked();
        }
    }

    /// Opens a sequence of a leaf whose text is said beside it. It stands between others of that
    /// leaf, not inside one: poppler loses the rest of a sequence after one nested in it.
    fn begin_actual_text(&mut self, leaf: StructId, text: &str) {
        self.end_mark();
        self.marks.push((leaf, self.part));
        let properties = vec![
            ("ActualText", string(text_string::bytes(text))),
            ("MCID", Operand::Int(self.marks.len() as i64 - 1)),
        ];
        self.ops.begin_marked("Span", properties);
    }

    /// Closes it.
    fn end_actual_text(&mut self) {
        self.leave_text();
        self.ops.end_marked();
    }

    fn item(
        &mut self,
        item: &Item,
        fonts: &mut FontSet<'_>,
        images: &ImageSet,
        file: &mut File<'_>,
    ) -> Result<(), Error> {
        // In PDF 2.0 a formula is elements of MathML, and what is drawn for those that hold others is none
        // of their content.
        let parted = self.version == Some(Version::V2_0);
        let tag = match item.tag {
            Tag::Line(_) if parted => Tag::Layout,
            Tag::Line(leaf) => Tag::Content(leaf),
            tag => tag,
        };
        match &item.kind {
            ItemKind::Glyphs(run) if parted && !run.parts.is_empty() => {
                self.formula(run, tag, fonts, file)?;
            }
            ItemKind::Glyphs(run) => self.run(run, tag, fonts, file)?,
            ItemKind::Rectangle { x, y, width, height, color } => {
                self.mark(tag);
                self.leave_text();
                self.fill(*color);
                self.rectangle([*x, *y, *width, *height], PaintMode::Fill);
            }
            ItemKind::Frame { x, y, width, height, stroke, color, actual_text } => {
                let stands_for = actual_text.as_deref();
                self.frame([*x, *y, *width, *height], (*stroke, *color), stands_for, tag, fonts, file)?;
            }
            ItemKind::Path(path) => self.path(path, tag),
            ItemKind::Image { asset, x, y, width, height } => {
                if let Some(image) = images.index(asset) {
                    self.image(image, [*x, *y, *width, *height], tag);
                }
            }
        }
        Ok(())
    }

    /// A run of a formula, the glyphs of each part by themselves.
    fn formula(
        &mut self,
        run: &GlyphRun,
        tag: Tag,
        fonts: &mut FontSet<'_>,
        file: &mut File<'_>,
    ) -> Result<(), Error> {
        let mut start = 0;
        for part in run.parts.chunk_by(|one, next| one == next) {
            let glyphs = start..start + part.len();
            start = glyphs.end;
            self.turn_to(part[0]);
            self.run(&run.cut(glyphs), if part[0].is_some() { tag } else { Tag::Layout }, fonts, file)?;
        }
        self.turn_to(None);
        Ok(())
    }

    /// Turns to a part of a formula, or to what is none.
    fn turn_to(&mut self, part: Option<u32>) {
        if self.part != part {
            self.end_mark();
            self.part = part;
        }
    }

    fn enter_text(&mut self) {
        if !self.state.in_text {
            self.ops.begin_text();
            self.state.in_text = true;
            self.state.line = (0, 0);
        }
    }

    fn leave_text(&mut self) {
        self.state.shown = None;
        if std::mem::take(&mut self.state.in_text) {
            self.ops.end_text();
        }
    }

    /// Starts a line of text.
    fn line(&mut self, x: Length, y: Length) {
        let to = (hundredths(x), hundredths(self.height - y));
        let from = std::mem::replace(&mut self.state.line, to);
        self.ops.next_line(to.0 - from.0, to.1 - from.1);
    }

    /// Chooses a font; the size is in thousandths of a point.
    fn font(&mut self, font: FontIndex, size: i64) {
        if self.state.font.replace((font, size)) != Some((font, size)) {
            self.ops.font(format!("F{}", font.0), size);
        }
    }

    fn fill(&mut self, color: Color) {
        // A page starts with black.
        let before = self.state.fill.replace(color).unwrap_or(Color::BLACK);
        if before != color {
            self.ops.fill(color);
        }
    }

    fn stroke(&mut self, color: Color, width: Length) {
        let before = self.state.stroke.replace(color).unwrap_or(Color::BLACK);
        if before != color {
            self.ops.stroke(color);
        }
        let width = hundredths(width);
        if self.state.stroke_width.replace(width) != Some(width) {
            self.ops.stroke_width(width);
        }
    }

    fn run(
        &mut self,
        run: &GlyphRun,
        tag: Tag,
        fonts: &mut FontSet<'_>,
        file: &mut File<'_>,
    ) -> Result<(), Error> {
        let size = (run.size.0 * 1000 + 32768).div_euclid(65536);
        if run.glyphs.is_empty() || size <= 0 || run.expansion <= 0 {
            return Ok(());
        }
        let index = fonts.index(run.face, file)?;
        let font = fonts.get_mut(index);
        // From a length to thousandths of a glyph space unit: an em is a million of them.
        let scale = 16 * size * i64::from(run.expansion);
        let place = |x: Length| ((x.0 * 244_140_625) + scale / 2).div_euclid(scale);
        let letter_space = i64::from(run.letter_space) * 100;
        let (mut show, mut from) = (Show::default(), Length::ZERO);
        let (segments, shown) = segments(run, font);
        for (number, segment) in segments.into_iter().enumerate() {
            // What is no content is not read, so it needs no text.
            let said = match (tag, &segment.actual_text) {
                (Tag::Content(leaf), Some(text)) => {
                    self.begin_actual_text(leaf, text);
                    true
                }
                _ => {
                    self.mark_strings(tag, run.rtl);
                    false
                }
            };
            if let (0, Some(before)) = (number, self.ends(run, index, size)) {
                from = run.x - before.x;
                show.pen = before.pen;
            } else if number == 0 || !self.state.in_text {
                self.start_run(run, index, size);
                (from, show.pen) = (Length::ZERO, 0);
            }
            for at in segment.glyphs.clone() {
                let glyph = &shown[at];
                let rise = hundredths(glyph.y);
                if rise != self.state.rise {
                    self.show(&mut show);
                    self.state.rise = rise;
                    self.ops.rise(rise);
                }
                let mut target = place(from + glyph.x);
                let width = font.glyph(glyph.code).width + letter_space;
                // A wide space is white on both sides: readers that look for gaps would find another
                // space in all of it behind one.
                if is_space(run, at) && segment.glyphs.contains(&(at + 1)) {
                    target += (place(from + shown[at + 1].x) - target - width).max(0) / 2;
                }
                show.move_to(target);
                show.glyph(glyph.code);
                show.pen += width;
            }
            self.show(&mut show);
            let x = run.x - from;
            self.state.shown = Some(Shown { x, y: run.y, color: run.color, pen: show.pen });
            if said {
                self.end_actual_text();
            }
        }
        Ok(())
    }

    /// The run before, when this one is a hyphen at its end that can be shown as part of it.
    fn ends(&self, run: &GlyphRun, font: FontIndex, size: i64) -> Option<Shown> {
        let same = self.state.font == Some((font, size))
            && self.state.expansion + 1000 == run.expansion
            && self.state.letter_space == i64::from(run.letter_space) * size
            && self.state.rise == 0;
        let before = self.state.shown?;
        let goes_on = before.y == run.y && before.color == run.color && before.x <= run.x && !run.rtl;
        (run.actual_text.is_some() && same && goes_on).then_some(before)
    }

    /// Puts the pen where a run starts, with its font, size and colour.
    fn start_run(&mut self, run: &GlyphRun, font: FontIndex, size: i64) {
        self.enter_text();
        self.font(font, size);
        self.fill(run.color);
        if self.state.expansion + 1000 != run.expansion {
            self.state.expansion = run.expansion - 1000;
            self.ops.expand(run.expansion);
        }
        let letter_space = i64::from(run.letter_space) * size;
        if std::mem::replace(&mut self.state.letter_space, letter_space) != letter_space {
            self.ops.letter_space(letter_space);
        }
        self.line(run.x, run.y);
    }

    fn show(&mut self, show: &mut Show) {
        if let Some(operation) = show.take() {
            self.ops.written(operation);
        }
    }

    /// Draws a frame. One that stands for a character has an invisible space in it: extractors
    /// leave out an `ActualText` without a glyph.
    fn frame(
        &mut self,
        [x, y, width, height]: [Length; 4],
        (stroke, color): (Length, Color),
        actual_text: Option<&str>,
        tag: Tag,
        fonts: &mut FontSet<'_>,
        file: &mut File<'_>,
    ) -> Result<(), Error> {
        let said = match (tag, actual_text) {
            (Tag::Content(leaf), Some(text)) => {
                self.begin_actual_text(leaf, text);
                true
            }
            _ => {
                self.mark(tag);
                self.leave_text();
                false
            }
        };
        self.stroke(color, stroke);
        let half = stroke / 2;
        self.rectangle([x + half, y + half, width - stroke, height - stroke], PaintMode::Stroke);
        if said {
            let (index, size) = match self.state.font {
                Some(font) => font,
                None => (fonts.main(file)?, 10_000),
            };
            if let Some(space) = fonts.get_mut(index).space() {
                let font = fonts.get_mut(index);
                let code = font.code(space);
                font.fall_back(code, " ");
                self.enter_text();
                self.font(index, size);
                self.line(x, y + height);
                self.ops.show_unseen(code.to_be_bytes().to_vec());
                self.leave_text();
            }
            self.end_actual_text();
        }
        Ok(())
    }

    fn rectangle(&mut self, [x, y, width, height]: [Length; 4], mode: PaintMode) {
        self.ops.rectangle([x, self.height - y - height, width, height], mode);
    }

    fn path(&mut self, path: &Path, tag: Tag) {
        self.mark(tag);
        self.leave_text();
        if let Some(color) = path.fill {
            self.fill(color);
        }
        if let Some((color, width)) = path.stroke {
            self.stroke(color, width);
        }
        let operator = match (path.fill, path.stroke) {
            (Some(_), Some(_)) => "B",
            (Some(_), None) => "f",
            (None, Some(_)) => "S",
            (None, None) => return,
        };
        let mut bounds: Option<[Length; 4]> = None;
        let height = self.height;
        let mut at = |(x, y): (Length, Length)| {
            let y = height - y;
            let b = bounds.get_or_insert([x, y, x, y]);
            *b = [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)];
            [Operand::Real(points(x)), Operand::Real(points(y))]
        };
        for segment in &path.segments {
            let (operator, operands) = match *segment {
                Segment::Move(x, y) => ("m", at((x, y)).to_vec()),
                Segment::Line(x, y) => ("l", at((x, y)).to_vec()),
                Segment::Curve(points) => ("c", points.into_iter().flat_map(&mut at).collect()),
                Segment::Close => ("h", Vec::new()),
            };
            self.ops.raw(operator, operands);
        }
        self.ops.raw(operator, Vec::new());
        if let (Tag::Content(id), Some(bounds)) = (tag, bounds) {
            self.boxes.push(DrawnBox { leaf: id, edges: bounds, image: None });
        }
    }

    fn image(&mut self, image: usize, [x, y, width, height]: [Length; 4], tag: Tag) {
        self.mark(tag);
        self.leave_text();
        let bottom = self.height - y - height;
        self.ops.image(&format!("I{image}"), [x, bottom, width, height]);
        self.images.insert(image);
        if let Tag::Content(id) = tag {
            self.boxes.push(DrawnBox {
                leaf: id,
                edges: [x, bottom, x + width, bottom + height],
                image: Some(image),
            });
        }
    }
}
