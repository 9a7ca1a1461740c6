//! A page's content as printpdf's operations, which printpdf turns into the bytes of the stream. It
//! is named here only.
//!
//! It is asked for no more: its writer of fonts, links, metadata and files does not make tagged or
//! archival PDF. Glyphs are shown with `TJ` given [as it is written](super::show), with one string for each
//! stretch without adjustments: printpdf's own glyph operation writes a string for every glyph, three
//! times as long to build, to compress and to read.

use crate::format::Error;
use crate::layout::page::Color;
use crate::style::Length;
use printpdf::{
    CurTransMat, FontId, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, Rect, Rgb,
    TextRenderingMode,
};
pub(super) use printpdf::{DictItem as Operand, PaintMode};

/// Operations of a page in their order. Lengths are hundredths of a point unless said otherwise.
#[derive(Default)]
pub(super) struct Ops(Vec<Op>);

impl Ops {
    /// Opens a marked-content sequence.
    pub(super) fn begin_marked(&mut self, tag: &str, properties: Vec<(&str, Operand)>) {
        let map = properties.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        let properties = Operand::Dict { map };
        self.0.push(Op::BeginMarkedContentWithProperties { tag: tag.to_owned(), properties });
    }

    /// Closes it.
    pub(super) fn end_marked(&mut self) {
        self.0.push(Op::EndMarkedContent);
    }

    /// Opens a text object.
    pub(super) fn begin_text(&mut self) {
        self.0.push(Op::StartTextSection);
    }

    /// Closes it.
    pub(super) fn end_text(&mut self) {
        self.0.push(Op::EndTextSection);
    }

    /// Starts a line of text so far from the start of the last.
    pub(super) fn next_line(&mut self, right: i64, up: i64) {
        self.0.push(Op::SetTextCursor { pos: Point { x: pt(right), y: pt(up) } });
    }

    /// Chooses a font; the size is in thousandths of a point.
    pub(super) fn font(&mut self, name: String, size: i64) {
        let font = PdfFontHandle::External(FontId(name));
        self.0.push(Op::SetFont { font, size: Pt(size as f32 / 1000.0) });
    }

    /// Raises what follows above the line.
    pub(super) fn rise(&mut self, up: i64) {
        self.0.push(Op::SetLineOffset { multiplier: pt(up).0 });
    }

    /// Scales glyphs and what is between them, in thousandths.
    pub(super) fn expand(&mut self, scale: i32) {
        self.0.push(Op::SetHorizontalScaling { percent: scale as f32 / 10.0 });
    }

    /// White after every glyph, in ten-millionths of a point.
    pub(super) fn letter_space(&mut self, space: i64) {
        self.0.push(Op::SetCharacterSpacing { multiplier: space as f32 / 1e7 });
    }

    /// Shows a string of glyphs that is not seen.
    pub(super) fn show_unseen(&mut self, string: Vec<u8>) {
        self.0.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Invisible });
        self.raw("Tj", vec![self::string(string)]);
        self.0.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Fill });
    }

    /// The colour of glyphs and areas.
    pub(super) fn fill(&mut self, color: Color) {
        self.0.push(Op::SetFillColor { col: rgb(color) });
    }

    /// The colour of lines.
    pub(super) fn stroke(&mut self, color: Color) {
        self.0.push(Op::SetOutlineColor { col: rgb(color) });
    }

    /// The thickness of lines.
    pub(super) fn stroke_width(&mut self, width: i64) {
        self.0.push(Op::SetOutlineThickness { pt: pt(width) });
    }

    /// Draws a rectangle by its lower left corner and its size.
    pub(super) fn rectangle(&mut self, [x, y, width, height]: [Length; 4], mode: PaintMode) {
        self.0.push(Op::DrawRectangle { rectangle: rectangle([x, y, width, height], Some(mode)) });
    }

    /// Shows an image in a rectangle.
    pub(super) fn image(&mut self, image: &str, [x, y, width, height]: [Length; 4]) {
        self.0.push(Op::SaveGraphicsState);
        let matrix = [points(width), 0.0, 0.0, points(height), points(x), points(y)];
        self.0.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
        self.raw("Do", vec![name(image)]);
        self.0.push(Op::RestoreGraphicsState);
    }

    /// An operation by its operator.
    pub(super) fn raw(&mut self, operator: &str, operands: Vec<Operand>) {
        self.0.push(Op::Unknown { key: operator.to_owned(), value: operands });
    }

    /// An operation as it stands in the stream, its operands before its operator.
    pub(super) fn written(&mut self, operation: String) {
        self.0.push(Op::Unknown { key: operation, value: Vec::new() });
    }

    /// Has printpdf write the operations of a page of this size.
    ///
    /// # Errors
    /// When printpdf writes none.
    pub(super) fn stream(self, width: Length, height: Length) -> Result<Vec<u8>, Error> {
        let sheet = rectangle([Length::ZERO, Length::ZERO, width, height], None);
        let mut document = PdfDocument::new("");
        document.pages.push(PdfPage {
            media_box: sheet.clone(),
            trim_box: sheet.clone(),
            crop_box: sheet,
            ops: self.0,
        });
        // "Not secure" lets raw operators through; all are the emitter's own.
        let options =
            PdfSaveOptions { optimize: false, subset_fonts: false, secure: false, image_optimization: None };
        let written = document.to_lopdf_document(&options, &mut Vec::new());
        // The page has no images or fonts of printpdf's, so its content is the only stream.
        let stream = written.objects.into_values().find_map(|object| match object {
            lopdf::Object::Stream(stream) => Some(stream.content),
            _ => None,
        });
        stream.ok_or_else(|| Error::Writer {
            format: "pdf",
            message: "printpdf wrote no page content".to_owned(),
        })
    }
}

/// A name as an operand.
pub(super) fn name(name: &str) -> Operand {
    Operand::Name(name.as_bytes().to_vec())
}

/// A string as an operand.
pub(super) fn string(data: Vec<u8>) -> Operand {
    Operand::String { data, literal: true }
}

/// A length in points, to a hundredth: 3.5 µm, below what any device shows.
pub(super) fn points(length: Length) -> f32 {
    pt(hundredths(length)).0
}

/// A length in hundredths of a point.
pub(super) fn hundredths(length: Length) -> i64 {
    (length.0 * 100 + 32768).div_euclid(65536)
}

fn pt(hundredths: i64) -> Pt {
    Pt(hundredths as f32 / 100.0)
}

fn rectangle([x, y, width, height]: [Length; 4], mode: Option<PaintMode>) -> Rect {
    Rect {
        x: Pt(points(x)),
        y: Pt(points(y)),
        width: Pt(points(width)),
        height: Pt(points(height)),
        mode,
        winding_order: None,
    }
}

fn rgb(Color(r, g, b): Color) -> printpdf::Color {
    // Three digits give each of the 256 values back.
    let part = |n: u8| ((i64::from(n) * 1000 + 127) / 255) as f32 / 1000.0;
    printpdf::Color::Rgb(Rgb { r: part(r), g: part(g), b: part(b), icc_profile: None })
}
