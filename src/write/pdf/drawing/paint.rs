//! Paints: colours, gradients as shadings (PDF 32000-1, 8.7.4.5), patterns as tilings (8.7.3).

use super::canvas::{Canvas, reals, row};
use super::{Artist, soft_mask};
use crate::format::Error;
use lopdf::{Dictionary, Object};
use usvg::{BaseGradient, Color, LinearGradient, Paint, Pattern, RadialGradient, Rect, SpreadMethod, Stop};

impl Artist<'_, '_> {
    /// Sets the paint for what lies within `bounds`.
    pub(super) fn paint(
        &mut self,
        paint: &Paint,
        opacity: f32,
        bounds: Rect,
        stroke: bool,
        canvas: &mut Canvas,
    ) -> Result<(), Error> {
        match paint {
            Paint::Color(color) => {
                canvas.operation(if stroke { "RG" } else { "rg" }, &rgb(*color));
                set_opacity(opacity, canvas);
            }
            Paint::LinearGradient(gradient) => {
                self.gradient(gradient, linear(gradient), opacity, bounds, stroke, canvas)?;
            }
            Paint::RadialGradient(gradient) => {
                self.gradient(gradient, radial(gradient), opacity, bounds, stroke, canvas)?;
            }
            Paint::Pattern(pattern) => {
                set_opacity(opacity, canvas);
                self.tiling(pattern, stroke, canvas)?;
            }
        }
        Ok(())
    }

    fn gradient(
        &mut self,
        gradient: &BaseGradient,
        geometry: Dictionary,
        opacity: f32,
        bounds: Rect,
        stroke: bool,
        canvas: &mut Canvas,
    ) -> Result<(), Error> {
        if gradient.spread_method() != SpreadMethod::Pad {
            self.omitted.insert("the repetition of a gradient");
        }
        let stops = gradient.stops();
        let opaque = stops.iter().all(|stop| stop.opacity().get() >= 1.0);
        if opaque {
            set_opacity(opacity, canvas);
        } else {
            // A mask that is as light as the gradient is opaque.
            let edges = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()];
            let mut inner = Canvas::new(edges);
            let outer = inner.save(gradient.transform());
            let light = |stop: &Stop| vec![stop.opacity().get() * opacity];
            inner.shade(shading(geometry.clone(), "DeviceGray", stops, light));
            inner.restore(outer);
            let form = self.transparency_group(inner, "DeviceGray")?;
            let mut state = Dictionary::new();
            state.set("SMask", soft_mask("Luminosity", form));
            canvas.state(state);
        }
        let shading = shading(geometry, "DeviceRGB", stops, |stop| rgb(stop.color()).to_vec());
        let mut pattern = Dictionary::new();
        pattern.set("PatternType", 2);
        pattern.set("Shading", shading);
        pattern.set("Matrix", reals(&row(canvas.transform().pre_concat(gradient.transform()))));
        let id = self.file.add(pattern)?;
        canvas.pattern(id, stroke);
        Ok(())
    }

    fn tiling(&mut self, pattern: &Pattern, stroke: bool, canvas: &mut Canvas) -> Result<(), Error> {
        let rect = pattern.rect();
        let mut cell = Canvas::new([0.0, 0.0, rect.width(), rect.height()]);
        self.group(pattern.root(), &mut cell)?;
        let id = self.file.reserve();
        let mut dict = Dictionary::new();
        dict.set("PatternType", 1);
        dict.set("PaintType", 1);
        dict.set("TilingType", 1);
        dict.set("XStep", rect.width());
        dict.set("YStep", rect.height());
        let matrix = canvas.transform().pre_concat(pattern.transform()).pre_translate(rect.x(), rect.y());
        cell.write(id, dict, matrix, self.file)?;
        canvas.pattern(id, stroke);
        Ok(())
    }
}

fn set_opacity(opacity: f32, canvas: &mut Canvas) {
    if opacity < 1.0 {
        let mut state = Dictionary::new();
        state.set("ca", opacity);
        state.set("CA", opacity);
        canvas.state(state);
    }
}

fn rgb(color: Color) -> [f32; 3] {
    // Three digits give each of the 256 values back.
    [color.red, color.green, color.blue].map(|n| (f32::from(n) * 1000.0 / 255.0).round() / 1000.0)
}

fn linear(g: &LinearGradient) -> Dictionary {
    let mut dict = Dictionary::new();
    dict.set("ShadingType", 2);
    dict.set("Coords", reals(&[g.x1(), g.y1(), g.x2(), g.y2()]));
    dict
}

fn radial(g: &RadialGradient) -> Dictionary {
    let mut dict = Dictionary::new();
    dict.set("ShadingType", 3);
    dict.set("Coords", reals(&[g.fx(), g.fy(), g.fr().get(), g.cx(), g.cy(), g.r().get()]));
    dict
}

/// A shading along the gradient's geometry, through the values of its stops.
fn shading(
    mut geometry: Dictionary,
    space: &str,
    stops: &[Stop],
    value: impl Fn(&Stop) -> Vec<f32>,
) -> Dictionary {
    let mut points: Vec<(f32, Vec<f32>)> = stops.iter().map(|s| (s.offset().get(), value(s))).collect();
    // The first and the last colour go on to the ends.
    if let (Some(first), Some(last)) = (points.first().cloned(), points.last().cloned()) {
        points.insert(0, (0.0, first.1));
        points.push((1.0, last.1));
    }
    // Stops at the same place part two colours sharply: there is nothing between them.
    let spans: Vec<_> = points.windows(2).filter(|pair| pair[0].0 < pair[1].0).collect();
    let functions: Vec<Object> = spans
        .iter()
        .map(|pair| {
            let mut function = Dictionary::new();
            function.set("FunctionType", 2);
            function.set("Domain", reals(&[0.0, 1.0]));
            function.set("C0", reals(&pair[0].1));
            function.set("C1", reals(&pair[1].1));
            function.set("N", 1);
            function.into()
        })
        .collect();
    let inner: Vec<f32> = spans.iter().skip(1).map(|pair| pair[0].0).collect();
    let mut function = Dictionary::new();
    function.set("FunctionType", 3);
    function.set("Domain", reals(&[0.0, 1.0]));
    function.set("Bounds", reals(&inner));
    function.set("Encode", reals(&[0.0, 1.0].repeat(functions.len())));
    function.set("Functions", functions);
    geometry.set("ColorSpace", space);
    geometry.set("Function", function);
    geometry.set("Extend", vec![true.into(), true.into()]);
    geometry
}
