//! The display list as text: what golden tests compare and what a person reads to see what was set
//! where.
//!
//! A line for each item, in drawing order; lengths in points with two decimals. After the pages
//! come the structure tree, the outline, the anchors and the page labels.

use super::length::Length;
use super::page::{Item, ItemKind, Page, Segment, Tag};
use super::sink::PageSink;
use super::structure::{Index, PageLabels, Place, StructId};
use super::style::PageStyle;
use super::typeset::typeset;
use crate::font::FontLibrary;
use crate::format::{Error, WriteContext};
use crate::model::{Document, Target};
use std::fmt::Write as _;
use std::io;

/// Sets a document and writes its display list.
///
/// # Errors
/// When `out` can't take it.
pub fn dump(
    document: &Document,
    fonts: &FontLibrary,
    style: &PageStyle,
    out: &mut dyn io::Write,
    cx: &mut WriteContext<'_>,
) -> Result<(), Error> {
    let mut pages = Pages { out, fonts };
    let index = typeset(document, fonts, style, cx, &mut pages)?;
    let out = pages.out;
    out.write_all(describe(&index).as_bytes())?;
    Ok(())
}

struct Pages<'a> {
    out: &'a mut dyn io::Write,
    fonts: &'a FontLibrary,
}

impl PageSink for Pages<'_> {
    fn page(&mut self, number: usize, page: Page) -> Result<(), Error> {
        writeln!(self.out, "page {} {} x {}", number + 1, pt(page.width), pt(page.height))?;
        for item in &page.items {
            self.out.write_all(self.item(item).as_bytes())?;
        }
        for link in &page.links {
            let area = rectangle(link.x, link.y, link.width, link.height);
            writeln!(
                self.out,
                "  link {area} -> {} owner {} {:?}",
                target(&link.link.target),
                id(link.link.owner),
                link.link.contents
            )?;
        }
        Ok(())
    }
}

impl Pages<'_> {
    fn item(&self, item: &Item) -> String {
        let tag = match item.tag {
            Tag::Content(leaf) => id(leaf),
            Tag::Layout => "layout".into(),
            Tag::Header => "header".into(),
            Tag::Footer => "footer".into(),
        };
        let mut out = format!("  [{tag}] ");
        match &item.kind {
            ItemKind::Glyphs(run) => {
                let end = run.glyphs.last().map_or(Length::ZERO, |g| g.x);
                let _ = write!(
                    out,
                    "text {},{} +{} {} {}",
                    pt(run.x),
                    pt(run.y),
                    pt(end),
                    self.fonts.face(run.face).name(),
                    pt(run.size)
                );
                if run.expansion != 1000 {
                    let _ = write!(out, " x{}", run.expansion);
                }
                if run.letter_space != 0 {
                    let _ = write!(out, " l{}", run.letter_space);
                }
                if run.rtl {
                    out.push_str(" rtl");
                }
                let _ = write!(out, " {:?}", run.text);
                if let Some(actual) = &run.actual_text {
                    let _ = write!(out, " as {actual:?}");
                }
            }
            ItemKind::Rectangle { x, y, width, height, .. } => {
                let _ = write!(out, "rectangle {}", rectangle(*x, *y, *width, *height));
            }
            ItemKind::Frame { x, y, width, height, actual_text, .. } => {
                let _ = write!(out, "frame {}", rectangle(*x, *y, *width, *height));
                if let Some(actual) = actual_text {
                    let _ = write!(out, " as {actual:?}");
                }
            }
            ItemKind::Path(path) => {
                let at = path.segments.iter().find_map(|s| match s {
                    Segment::Move(x, y) => Some(format!("{},{}", pt(*x), pt(*y))),
                    _ => None,
                });
                let _ = write!(out, "path {} of {} segments", at.unwrap_or_default(), path.segments.len());
            }
            ItemKind::Image { asset, x, y, width, height } => {
                let _ = write!(out, "image {} {asset:?}", rectangle(*x, *y, *width, *height));
            }
        }
        out.push('\n');
        out
    }
}

fn describe(index: &Index) -> String {
    let mut out = String::from("structure\n");
    let nodes = index.structure.nodes();
    // Children are listed under their parent, which comes before them but not always just before.
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (number, node) in nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            children[parent.0 as usize].push(number);
        }
    }
    let mut stack: Vec<(usize, usize)> = if nodes.is_empty() { Vec::new() } else { vec![(0, 1)] };
    while let Some((number, depth)) = stack.pop() {
        let node = &nodes[number];
        let _ = write!(out, "{:indent$}{:?} #{number}", "", node.role, indent = depth * 2);
        if let Some(lang) = &node.lang {
            let _ = write!(out, " lang {lang}");
        }
        if let Some(alt) = &node.alt {
            let _ = write!(out, " alt {alt:?}");
        }
        out.push('\n');
        stack.extend(children[number].iter().rev().map(|&child| (child, depth + 1)));
    }
    out.push_str("outline\n");
    for entry in &index.outline {
        let _ = writeln!(
            out,
            "{:indent$}{:?} {}",
            "",
            entry.title,
            place(entry.place),
            indent = entry.depth * 2 + 2
        );
    }
    out.push_str("anchors\n");
    for (anchor, at) in &index.anchors {
        let _ = writeln!(out, "  {anchor} {}", place(*at));
    }
    out.push_str("labels\n");
    for (first, labels) in &index.labels {
        let _ = match labels {
            PageLabels::LowerRoman(n) => writeln!(out, "  from page {}: roman {n}", first + 1),
            PageLabels::Decimal(n) => writeln!(out, "  from page {}: decimal {n}", first + 1),
        };
    }
    out
}

fn target(target: &Target) -> String {
    match target {
        Target::Url(url) => url.clone(),
        Target::Anchor(anchor) => format!("#{anchor}"),
        Target::Article { title, section: None } => format!("article {title:?}"),
        Target::Article { title, section: Some(section) } => format!("article {title:?} section {section:?}"),
    }
}

fn place(place: Place) -> String {
    format!("page {} at {},{}", place.page + 1, pt(place.x), pt(place.y))
}

fn rectangle(x: Length, y: Length, width: Length, height: Length) -> String {
    format!("{},{} {} x {}", pt(x), pt(y), pt(width), pt(height))
}

fn id(id: StructId) -> String {
    format!("#{}", id.0)
}

/// Points with two decimals, by integer arithmetic alone: rounded half away from zero.
fn pt(length: Length) -> String {
    let hundredths = (length.0.abs() as i128 * 200 + 65536) / (2 * 65536);
    let sign = if length.0 < 0 && hundredths > 0 { "-" } else { "" };
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match part {
        0 => format!("{sign}{whole}"),
        p if p % 10 == 0 => format!("{sign}{whole}.{}", p / 10),
        p => format!("{sign}{whole}.{p:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_rounded_to_two_decimals() {
        assert_eq!(pt(Length::milli_pt(10_500)), "10.5");
        assert_eq!(pt(Length(-1)), "0");
        assert_eq!(pt(-Length::milli_pt(1_256)), "-1.26");
        assert_eq!(pt(Length::pt(595)), "595");
    }
}
