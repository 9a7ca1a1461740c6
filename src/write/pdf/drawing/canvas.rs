//! A content stream of its own with its resources: a form, a pattern's cell, a mask.

use super::super::file::File;
use crate::format::Error;
use lopdf::{Dictionary, Object, ObjectId};
use std::fmt::Write as _;
use usvg::Transform;
use usvg::tiny_skia_path::PathSegment;

/// A content stream being drawn.
pub(super) struct Canvas {
    content: String,
    bounds: [f32; 4],
    objects: Vec<ObjectId>,
    states: Vec<Dictionary>,
    patterns: Vec<ObjectId>,
    shadings: Vec<Dictionary>,
    /// From the units of what is drawn to the canvas's own.
    transform: Transform,
}

impl Canvas {
    /// An empty canvas with these left, top, right and bottom edges.
    pub(super) fn new(bounds: [f32; 4]) -> Self {
        Canvas {
            content: String::new(),
            bounds,
            objects: Vec::new(),
            states: Vec::new(),
            patterns: Vec::new(),
            shadings: Vec::new(),
            transform: Transform::identity(),
        }
    }

    /// From the units of what is drawn to the canvas's own.
    pub(super) fn transform(&self) -> Transform {
        self.transform
    }

    /// Adds an operation without operands, or with operands that are written already.
    pub(super) fn push(&mut self, operation: &str) {
        self.content.push_str(operation);
        self.content.push('\n');
    }

    /// Adds an operation.
    pub(super) fn operation(&mut self, operator: &str, operands: &[f32]) {
        for operand in operands {
            number(*operand, &mut self.content);
            self.content.push(' ');
        }
        self.push(operator);
    }

    /// Saves the graphics state and changes the units; [`restore`](Self::restore) takes what this gives.
    pub(super) fn save(&mut self, transform: Transform) -> Transform {
        self.push("q");
        let outer = self.transform;
        if !transform.is_identity() {
            self.operation("cm", &row(transform));
            self.transform = outer.pre_concat(transform);
        }
        outer
    }

    /// Restores the graphics state and the units.
    pub(super) fn restore(&mut self, outer: Transform) {
        self.transform = outer;
        self.push("Q");
    }

    /// Adds a path to the current one.
    pub(super) fn trace(&mut self, segments: impl Iterator<Item = PathSegment>) {
        let mut at = (0.0, 0.0);
        for segment in segments {
            match segment {
                PathSegment::MoveTo(p) => {
                    self.operation("m", &[p.x, p.y]);
                    at = (p.x, p.y);
                }
                PathSegment::LineTo(p) => {
                    self.operation("l", &[p.x, p.y]);
                    at = (p.x, p.y);
                }
                PathSegment::QuadTo(c, p) => {
                    // The cubic curve of the same shape.
                    let near = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
                    let first = (near(at.0, c.x), near(at.1, c.y));
                    let second = (near(p.x, c.x), near(p.y, c.y));
                    self.operation("c", &[first.0, first.1, second.0, second.1, p.x, p.y]);
                    at = (p.x, p.y);
                }
                PathSegment::CubicTo(a, b, p) => {
                    self.operation("c", &[a.x, a.y, b.x, b.y, p.x, p.y]);
                    at = (p.x, p.y);
                }
                PathSegment::Close => self.push("h"),
            }
        }
    }

    /// Sets the lengths of dashes and gaps.
    pub(super) fn dashes(&mut self, lengths: &[f32], offset: f32) {
        self.content.push('[');
        for (index, length) in lengths.iter().enumerate() {
            if index > 0 {
                self.content.push(' ');
            }
            number(*length, &mut self.content);
        }
        self.content.push_str("] ");
        self.operation("d", &[offset]);
    }

    /// Sets parameters of the graphics state.
    pub(super) fn state(&mut self, state: Dictionary) {
        let at = self.states.iter().position(|s| *s == state).unwrap_or_else(|| {
            self.states.push(state);
            self.states.len() - 1
        });
        let _ = writeln!(self.content, "/G{at} gs");
    }

    /// Draws an image or form.
    pub(super) fn show(&mut self, object: ObjectId) {
        let _ = writeln!(self.content, "/X{} Do", self.objects.len());
        self.objects.push(object);
    }

    /// Sets a pattern as the colour.
    pub(super) fn pattern(&mut self, pattern: ObjectId, stroke: bool) {
        let (space, set) = if stroke { ("CS", "SCN") } else { ("cs", "scn") };
        let _ = writeln!(self.content, "/Pattern {space} /P{} {set}", self.patterns.len());
        self.patterns.push(pattern);
    }

    /// Fills all there is with a shading.
    pub(super) fn shade(&mut self, shading: Dictionary) {
        let _ = writeln!(self.content, "/S{} sh", self.shadings.len());
        self.shadings.push(shading);
    }

    /// Writes the stream; `dict` says what kind it is.
    pub(super) fn write(
        self,
        id: ObjectId,
        mut dict: Dictionary,
        matrix: Transform,
        file: &mut File<'_>,
    ) -> Result<(), Error> {
        fn named<T: Into<Object>>(
            prefix: &str,
            items: impl IntoIterator<Item = T>,
            kind: &str,
            into: &mut Dictionary,
        ) {
            let named: Dictionary = items
                .into_iter()
                .enumerate()
                .map(|(n, item)| (format!("{prefix}{n}"), item.into()))
                .collect();
            if !named.is_empty() {
                into.set(kind, named);
            }
        }
        let mut resources = Dictionary::new();
        named("G", self.states, "ExtGState", &mut resources);
        named("P", self.patterns, "Pattern", &mut resources);
        named("S", self.shadings, "Shading", &mut resources);
        named("X", self.objects, "XObject", &mut resources);
        dict.set("Resources", resources);
        dict.set("BBox", reals(&self.bounds));
        if !matrix.is_identity() {
            dict.set("Matrix", reals(&row(matrix)));
        }
        file.stream(id, dict, self.content.as_bytes())
    }
}

/// A matrix as PDF writes it.
pub(super) fn row(t: Transform) -> [f32; 6] {
    [t.sx, t.ky, t.kx, t.sy, t.tx, t.ty]
}

/// An array of numbers.
pub(super) fn reals(numbers: &[f32]) -> Vec<Object> {
    numbers.iter().map(|n| Object::Real(*n)).collect()
}

/// Writes a number with six significant digits, never with an exponent, which PDF has not.
fn number(n: f32, out: &mut String) {
    let mut decimals = 5;
    let mut power = 10.0;
    while decimals > 0 && n.abs() >= power {
        decimals -= 1;
        power *= 10.0;
    }
    power = 1.0;
    while decimals < 10 && n.abs() < power {
        decimals += 1;
        power /= 10.0;
    }
    let at = out.len();
    let _ = write!(out, "{n:.decimals$}");
    if decimals > 0 {
        let end = out.trim_end_matches('0').trim_end_matches('.').len();
        out.truncate(end);
    }
    if &out[at..] == "-0" {
        out.truncate(at);
        out.push('0');
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_short_and_exact_enough() {
        for (n, want) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-2.5, "-2.5"),
            (100.0, "100"),
            (123_456.78, "123457"),
            (1e9, "1000000000"),
            (0.000_123_456, "0.000123456"),
            (1e-20, "0"),
        ] {
            let mut out = String::from("1 ");
            number(n, &mut out);
            assert_eq!(out[2..], *want);
        }
    }
}
