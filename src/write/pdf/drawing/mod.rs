//! A drawing as a form XObject (PDF 32000-1, 8.10) that fills the unit square, as images do: its
//! paths stay paths, so it is sharp at any size.
//!
//! What PDF has no form for is left out and named: filter effects, gradients that repeat.

mod canvas;
mod paint;

use super::file::File;
use super::picture::Picture;
use crate::format::{Error, Limits};
use crate::model::Asset;
use crate::picture::svg::Drawing;
use canvas::Canvas;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeSet;
use usvg::{
    BlendMode, FillRule, Group, ImageKind, LineCap, LineJoin, Mask, MaskType, Node, PaintOrder, Transform,
};

/// Writes a drawing and names what was left out.
pub(super) fn write(
    drawing: &Drawing,
    limits: &Limits,
    file: &mut File<'_>,
) -> Result<(ObjectId, BTreeSet<&'static str>), Error> {
    let (width, height) = drawing.size();
    let mut artist = Artist { file, limits, omitted: BTreeSet::new() };
    if drawing.names_others {
        artist.omitted.insert("images outside the file");
    }
    let mut canvas = Canvas::new([0.0, 0.0, width, height]);
    artist.group(drawing.tree.root(), &mut canvas)?;
    // From units of the drawing, y down, to the unit square, y up.
    let matrix = Transform::from_row(1.0 / width, 0.0, 0.0, -1.0 / height, 0.0, 1.0);
    let id = artist.form(canvas, matrix, None)?;
    Ok((id, artist.omitted))
}

struct Artist<'f, 'o> {
    file: &'f mut File<'o>,
    limits: &'f Limits,
    omitted: BTreeSet<&'static str>,
}

impl Artist<'_, '_> {
    /// Writes a canvas as a form; with a group dictionary, as a transparency group.
    fn form(
        &mut self,
        canvas: Canvas,
        matrix: Transform,
        group: Option<Dictionary>,
    ) -> Result<ObjectId, Error> {
        let id = self.file.reserve();
        let mut dict = Dictionary::new();
        dict.set("Type", "XObject");
        dict.set("Subtype", "Form");
        if let Some(group) = group {
            dict.set("Group", group);
        }
        canvas.write(id, dict, matrix, self.file)?;
        Ok(id)
    }

    /// Writes a canvas as a transparency group whose colours are those of `space`.
    fn transparency_group(&mut self, canvas: Canvas, space: &str) -> Result<ObjectId, Error> {
        let mut group = Dictionary::new();
        group.set("S", "Transparency");
        group.set("CS", space);
        group.set("I", true);
        self.form(canvas, Transform::identity(), Some(group))
    }

    fn group(&mut self, group: &Group, canvas: &mut Canvas) -> Result<(), Error> {
        if !group.has_children() {
            return Ok(());
        }
        if !group.filters().is_empty() {
            self.omitted.insert("filter effects");
        }
        let outer = canvas.save(group.transform());
        let mut clip = group.clip_path();
        while let Some(path) = clip {
            self.clip(path, canvas);
            clip = path.clip_path();
        }
        let mut state = Dictionary::new();
        if let Some(mask) = group.mask() {
            state.set("SMask", self.mask(mask)?);
        }
        if group.opacity().get() < 1.0 {
            state.set("ca", group.opacity().get());
            state.set("CA", group.opacity().get());
        }
        match blend_mode(group.blend_mode()) {
            Some("Normal") => {}
            Some(mode) => state.set("BM", mode),
            None => {
                self.omitted.insert("the blend mode plus-lighter");
            }
        }
        if state.is_empty() && !group.isolate() {
            self.children(group, canvas)?;
        } else {
            let bounds = group.layer_bounding_box();
            let mut inner = Canvas::new([bounds.left(), bounds.top(), bounds.right(), bounds.bottom()]);
            self.children(group, &mut inner)?;
            let form = self.transparency_group(inner, "DeviceRGB")?;
            if !state.is_empty() {
                canvas.state(state);
            }
            canvas.show(form);
        }
        canvas.restore(outer);
        Ok(())
    }

    fn children(&mut self, group: &Group, canvas: &mut Canvas) -> Result<(), Error> {
        for child in group.children() {
            match child {
                Node::Group(group) => self.group(group, canvas)?,
                Node::Path(path) => self.path(path, canvas)?,
                Node::Text(text) => {
                    let mut glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                    if glyphs.any(|glyph| glyph.id.0 == 0) {
                        self.omitted.insert("the glyphs of some characters");
                    }
                    self.group(text.flattened(), canvas)?;
                }
                Node::Image(image) => self.image(image, canvas)?,
            }
        }
        Ok(())
    }

    /// Clips to the union of a clip path's shapes. Of its own clip path the caller takes care; of
    /// one inside it, only the shapes are kept.
    fn clip(&mut self, clip: &usvg::ClipPath, canvas: &mut Canvas) {
        let mut rule = None;
        let mut stack: Vec<(&Group, Transform)> = vec![(clip.root(), clip.transform())];
        let mut drawn = false;
        while let Some((group, transform)) = stack.pop() {
            let transform = transform.pre_concat(group.transform());
            if group.clip_path().is_some() {
                self.omitted.insert("a clip inside a clip");
            }
            for child in group.children() {
                match child {
                    Node::Group(group) => stack.push((group, transform)),
                    Node::Text(text) => stack.push((text.flattened(), transform)),
                    Node::Path(path) => {
                        if let Some(data) = path.data().clone().transform(transform) {
                            drawn = true;
                            canvas.trace(data.segments());
                            let own = path.fill().map_or(FillRule::NonZero, |fill| fill.rule());
                            rule = Some(if rule.is_some_and(|r| r != own) { FillRule::NonZero } else { own });
                        }
                    }
                    Node::Image(_) => {}
                }
            }
        }
        if !drawn {
            // Nothing is inside an empty clip path.
            canvas.push("0 0 0 0 re");
        }
        canvas.push(if rule == Some(FillRule::EvenOdd) { "W* n" } else { "W n" });
    }

    /// The soft mask of a mask (PDF 32000-1, 11.6.5.2).
    fn mask(&mut self, mask: &Mask) -> Result<Dictionary, Error> {
        let rect = mask.rect();
        let mut inner = Canvas::new([rect.left(), rect.top(), rect.right(), rect.bottom()]);
        if let Some(own) = mask.mask() {
            let mut state = Dictionary::new();
            state.set("SMask", self.mask(own)?);
            inner.state(state);
        }
        self.group(mask.root(), &mut inner)?;
        let form = self.transparency_group(inner, "DeviceRGB")?;
        let kind = match mask.kind() {
            MaskType::Luminance => "Luminosity",
            MaskType::Alpha => "Alpha",
        };
        Ok(soft_mask(kind, form))
    }

    fn path(&mut self, path: &usvg::Path, canvas: &mut Canvas) -> Result<(), Error> {
        if !path.is_visible() {
            return Ok(());
        }
        match path.paint_order() {
            PaintOrder::FillAndStroke => {
                self.fill(path, canvas)?;
                self.stroke(path, canvas)
            }
            PaintOrder::StrokeAndFill => {
                self.stroke(path, canvas)?;
                self.fill(path, canvas)
            }
        }
    }

    fn fill(&mut self, path: &usvg::Path, canvas: &mut Canvas) -> Result<(), Error> {
        let Some(fill) = path.fill() else { return Ok(()) };
        let outer = canvas.save(Transform::identity());
        let bounds = path.bounding_box();
        self.paint(fill.paint(), fill.opacity().get(), bounds, false, canvas)?;
        canvas.trace(path.data().segments());
        canvas.push(if fill.rule() == FillRule::EvenOdd { "f*" } else { "f" });
        canvas.restore(outer);
        Ok(())
    }

    fn stroke(&mut self, path: &usvg::Path, canvas: &mut Canvas) -> Result<(), Error> {
        let Some(stroke) = path.stroke() else { return Ok(()) };
        let outer = canvas.save(Transform::identity());
        let bounds = path.stroke_bounding_box();
        self.paint(stroke.paint(), stroke.opacity().get(), bounds, true, canvas)?;
        canvas.operation("w", &[stroke.width().get()]);
        match stroke.linecap() {
            LineCap::Butt => {}
            LineCap::Round => canvas.push("1 J"),
            LineCap::Square => canvas.push("2 J"),
        }
        match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => canvas.operation("M", &[stroke.miterlimit().get()]),
            LineJoin::Round => canvas.push("1 j"),
            LineJoin::Bevel => canvas.push("2 j"),
        }
        if let Some(dashes) = stroke.dasharray() {
            canvas.dashes(dashes, stroke.dashoffset());
        }
        canvas.trace(path.data().segments());
        canvas.push("S");
        canvas.restore(outer);
        Ok(())
    }

    fn image(&mut self, image: &usvg::Image, canvas: &mut Canvas) -> Result<(), Error> {
        if !image.is_visible() {
            return Ok(());
        }
        let (media_type, data) = match image.kind() {
            ImageKind::SVG(tree) => return self.group(tree.root(), canvas),
            ImageKind::JPEG(data) => ("image/jpeg", data),
            ImageKind::PNG(data) => ("image/png", data),
            ImageKind::GIF(data) => ("image/gif", data),
            ImageKind::WEBP(data) => ("image/webp", data),
        };
        let asset = Asset::new(media_type, data.as_slice());
        let Ok(picture) = Picture::pixels(&asset, self.limits) else {
            self.omitted.insert("an image inside it that is broken");
            return Ok(());
        };
        let id = picture.write(self.file)?;
        let (width, height) = (image.size().width(), image.size().height());
        // Images stand on their lower edge.
        let outer = canvas.save(Transform::from_row(width, 0.0, 0.0, -height, 0.0, height));
        canvas.show(id);
        canvas.restore(outer);
        Ok(())
    }
}

fn soft_mask(kind: &str, group: ObjectId) -> Dictionary {
    let mut mask = Dictionary::new();
    mask.set("Type", "Mask");
    mask.set("S", kind);
    mask.set("G", Object::Reference(group));
    mask
}

/// The name of a blend mode (PDF 32000-1, 11.3.5), which has all but one of those of SVG.
fn blend_mode(mode: BlendMode) -> Option<&'static str> {
    Some(match mode {
        BlendMode::Normal => "Normal",
        BlendMode::Multiply => "Multiply",
        BlendMode::Screen => "Screen",
        BlendMode::Overlay => "Overlay",
        BlendMode::Darken => "Darken",
        BlendMode::Lighten => "Lighten",
        BlendMode::ColorDodge => "ColorDodge",
        BlendMode::ColorBurn => "ColorBurn",
        BlendMode::HardLight => "HardLight",
        BlendMode::SoftLight => "SoftLight",
        BlendMode::Difference => "Difference",
        BlendMode::Exclusion => "Exclusion",
        BlendMode::Hue => "Hue",
        BlendMode::Saturation => "Saturation",
        BlendMode::Color => "Color",
        BlendMode::Luminosity => "Luminosity",
        BlendMode::PlusLighter => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontLibrary;

    /// The file of a drawing, read again, and what was left out of it.
    fn draw(body: &str) -> (lopdf::Document, BTreeSet<&'static str>) {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 20">{body}</svg>"#
        );
        let fonts = crate::picture::svg::faces(&FontLibrary::embedded());
        let drawing = Drawing::parse(svg.as_bytes(), &fonts).unwrap();
        let mut out = Vec::new();
        let mut file = File::new(&mut out, crate::write::pdf::standard::Version::V1_7).unwrap();
        let (id, omitted) = write(&drawing, &Limits::default(), &mut file).unwrap();
        let mut root = Dictionary::new();
        root.set("Drawing", Object::Reference(id));
        let root = file.add(root).unwrap();
        file.finish(root, None).unwrap();
        (lopdf::Document::load_mem(&out).unwrap(), omitted)
    }

    /// All streams of a file under each other.
    fn streams(document: &lopdf::Document) -> String {
        let streams = document.objects.values().filter_map(|o| o.as_stream().ok());
        let content = streams.map(|s| s.decompressed_content().unwrap_or_else(|_| s.content.clone()));
        content.map(|c| String::from_utf8_lossy(&c).into_owned() + "\n").collect()
    }

    #[test]
    fn paths_stay_paths() {
        let (document, omitted) = draw(
            r##"<rect x="1" y="2" width="3" height="4" fill="#f00" stroke="#00f" stroke-width=".5" stroke-dasharray="1 2"/>"##,
        );
        let content = streams(&document);
        for part in ["1 0 0 rg", "1 2 m", "4 6 l", "h", "f", "0 0 1 RG", "0.5 w", "[1 2] 0 d", "S"] {
            assert!(content.lines().any(|line| line == part), "no {part} in {content}");
        }
        assert!(omitted.is_empty());
    }

    #[test]
    fn text_becomes_outlines_of_the_documents_faces() {
        let (document, _) = draw(r#"<text x="1" y="15" font-size="10">Ab</text>"#);
        assert!(streams(&document).lines().filter(|line| line.ends_with(" c")).count() > 5);
        let (_, omitted) = draw("<text x='1' y='15'>\u{10FFFD}</text>");
        assert_eq!(Vec::from_iter(omitted), ["the glyphs of some characters"]);
    }

    #[test]
    fn the_deepest_that_is_parsed_is_drawn() {
        // Through `use`, groups stand deeper inside each other than they are written.
        let (open, close) = (r#"<g opacity=".9">"#.repeat(60), "</g>".repeat(60));
        let mut body = format!(r#"<g id="a0">{open}<rect width="9" height="9"/>{close}</g>"#);
        for n in 1..9 {
            body.push_str(&format!(r##"<g id="a{n}">{open}<use xlink:href="#a{}"/>{close}</g>"##, n - 1));
        }
        assert!(draw(&body).0.objects.len() > 600);
    }

    #[test]
    fn gradients_patterns_masks_and_groups_have_their_own_objects() {
        let (document, omitted) = draw(
            r##"<defs>
            <linearGradient id="l"><stop offset="0" stop-color="red"/><stop offset=".5" stop-color="#0f0"/><stop offset="1" stop-color="blue" stop-opacity=".5"/></linearGradient>
            <radialGradient id="r"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></radialGradient>
            <pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse"><rect width="2" height="2"/></pattern>
            <mask id="m"><rect width="40" height="20" fill="white"/></mask>
            <clipPath id="c"><circle cx="20" cy="10" r="5"/></clipPath></defs>
            <rect width="9" height="9" fill="url(#l)"/><rect x="9" width="9" height="9" fill="url(#r)"/>
            <rect x="20" width="9" height="9" fill="url(#p)"/><g mask="url(#m)"><rect width="3" height="3"/></g>
            <g clip-path="url(#c)" opacity=".5"><rect width="40" height="20"/></g>"##,
        );
        assert!(omitted.is_empty(), "{omitted:?}");
        let text = format!("{:?}", document.objects);
        for part in ["ShadingType", "PatternType", "TilingType", "Luminosity", "Transparency", "FunctionType"]
        {
            assert!(text.contains(part), "no {part}");
        }
        assert!(streams(&document).contains("W n"));
    }

    #[test]
    fn what_has_no_form_is_named() {
        let (_, omitted) = draw(
            r##"<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><rect width="9" height="9" filter="url(#f)"/>
            <linearGradient id="l" x2=".2" spreadMethod="reflect"><stop offset="0" stop-color="red"/><stop offset="1"/></linearGradient>
            <rect width="9" height="9" fill="url(#l)"/><image href="http://example.org/a.png" width="1" height="1"/>"##,
        );
        assert_eq!(
            Vec::from_iter(omitted),
            ["filter effects", "images outside the file", "the repetition of a gradient"]
        );
    }
}
