//! The pages as text: what golden tests compare and what a person reads to see what was set where.
//!
//! A block a paragraph: what it is, where its first line stands and, where that is not the face and size of
//! running text, in which, then a line of text for each line that is set, with its fit: by how much its letters, and the white between them, are wider or
//! narrower than the face has them. What is set in another face or size than most of the block has that
//! before it. Lengths are points from the top left corner of the page. After the pages come the structure,
//! where siblings that are the same are counted, the outline, the anchors and the page labels.

use super::length::Length;
use super::page::{GlyphRun, Item, ItemKind, Link, Page, Segment, Tag};
use super::picture::ImageSizes;
use super::sink::PageSink;
use super::structure::{Index, PageLabels, Place, Role, StructId, Structure};
use super::style::PageStyle;
use super::typeset::typeset;
use crate::font::{FaceId, FontLibrary, FontStyle};
use crate::format::{Error, WriteContext};
use crate::model::{Document, Target};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

/// Sets a document and writes what is on its pages.
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
    let mut pages = Pages(Vec::new());
    let images = ImageSizes::measured(document, cx).with_furniture(style);
    let index = typeset(document, &images, fonts, style, cx, &mut pages)?;
    let text = (fonts.styled(fonts.serif(), FontStyle::default()), style.look.text.size);
    for (number, page) in pages.0.iter().enumerate() {
        writeln!(out, "page {}, {} x {}", number + 1, whole(page.width), whole(page.height))?;
        let structure = &index.structure;
        let mut writer = PageWriter { fonts, text, structure, out: String::new(), block: None };
        page.items.iter().for_each(|item| writer.item(item));
        writer.end_block();
        writer.links(page);
        out.write_all(writer.out.as_bytes())?;
    }
    out.write_all(describe(&index).as_bytes())?;
    Ok(())
}

/// Keeps pages without their glyphs: what they belong to is known when all are set.
struct Pages(Vec<Page>);

impl PageSink for Pages {
    fn page(&mut self, number: usize, mut page: Page) -> Result<(), Error> {
        for item in &mut page.items {
            if let ItemKind::Glyphs(run) = &mut item.kind {
                run.glyphs = Vec::new();
            }
        }
        self.0.resize(self.0.len().max(number + 1), Page::default());
        self.0[number] = page;
        Ok(())
    }
}

struct PageWriter<'a> {
    fonts: &'a FontLibrary,
    /// The face and the size of running text, which go without saying.
    text: (FaceId, Length),
    structure: &'a Structure,
    out: String,
    block: Option<Block<'a>>,
}

/// A block of which lines are read.
struct Block<'a> {
    of: Of,
    /// The runs of each line.
    lines: Vec<Vec<&'a GlyphRun>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Of {
    Element(StructId),
    Header,
    Footer,
    Layout,
}

impl<'a> PageWriter<'a> {
    fn item(&mut self, item: &'a Item) {
        if let ItemKind::Glyphs(run) = &item.kind {
            return self.run(item.tag, run);
        }
        self.end_block();
        let at = |x: Length, y: Length| format!("at {},{}", tenths(x), tenths(y));
        let size = |width: Length, height: Length| format!("{} x {}", tenths(width), tenths(height));
        let (what, place) = match &item.kind {
            ItemKind::Glyphs(_) => return,
            ItemKind::Rectangle { x, y, width, height, .. } => {
                (format!("rectangle {}", size(*width, *height)), at(*x, *y))
            }
            ItemKind::Frame { x, y, width, height, actual_text, .. } => {
                let says = actual_text.as_ref().map(|text| format!(" as {text:?}")).unwrap_or_default();
                (format!("frame {}{says}", size(*width, *height)), at(*x, *y))
            }
            ItemKind::Path(path) => {
                let first = path.segments.iter().find_map(|segment| match segment {
                    Segment::Move(x, y) => Some(at(*x, *y)),
                    _ => None,
                });
                (format!("path of {} segments", path.segments.len()), first.unwrap_or_default())
            }
            ItemKind::Image { asset, x, y, width, height } => {
                (format!("image {asset:?} {}", size(*width, *height)), at(*x, *y))
            }
        };
        let _ = writeln!(self.out, "  {what} {place}");
    }

    fn run(&mut self, tag: Tag, run: &'a GlyphRun) {
        let of = match tag {
            Tag::Content(leaf) | Tag::Line(leaf) => Of::Element(block_of(self.structure, leaf)),
            Tag::Header => Of::Header,
            Tag::Footer => Of::Footer,
            Tag::Layout => Of::Layout,
        };
        let goes_on = |block: &Block<'_>| block.of == of && matches!(of, Of::Element(_));
        if !self.block.as_ref().is_some_and(goes_on) {
            self.end_block();
            self.block = Some(Block { of, lines: Vec::new() });
        }
        let Some(Block { lines, .. }) = &mut self.block else { return };
        // What is raised or lowered stands on its line; but of a formula it is told where each part is.
        let apart = is_formula(of, self.structure);
        let same = |first: &GlyphRun| Length((first.y - run.y).0.abs()) * 10 <= first.size * 6;
        match lines.last_mut().filter(|line| !apart && line.first().is_some_and(|first| same(first))) {
            Some(line) => line.push(run),
            None => lines.push(vec![run]),
        }
    }

    fn end_block(&mut self) {
        let Some(Block { of, lines }) = self.block.take() else { return };
        let Some(first) = lines.first().and_then(|line| line.first()) else { return };
        let what = match of {
            Of::Element(id) => format!("{:?}", self.structure.node(id).role),
            Of::Header => "header".to_owned(),
            Of::Footer => "footer".to_owned(),
            Of::Layout => "layout".to_owned(),
        };
        let (face, size) = most(&lines).unwrap_or(self.text);
        let _ = write!(self.out, "  {what} at {},{}", whole(first.x), whole(first.y));
        if (face, size) != self.text {
            let _ = write!(self.out, " in {} {}", self.fonts.face(face).name(), tenths(size));
        }
        let one = lines.len() == 1;
        self.out.push_str(if one { ": " } else { "\n" });
        for line in &lines {
            let mut words = String::new();
            for run in line {
                match other((face, size), run, self.fonts) {
                    None => words.push_str(&run.text),
                    Some(other) => {
                        let _ = write!(words, "\u{27E8}{other}: {}\u{27E9}", run.text);
                    }
                }
            }
            let before = if one { "" } else { "    " };
            if let (true, Some(run)) = (is_formula(of, self.structure) && !one, line.first()) {
                let _ = writeln!(self.out, "    at {},{} {words:?}", tenths(run.x), tenths(run.y));
                continue;
            }
            let _ = writeln!(
                self.out,
                "{before}{words:?}{}",
                line.first().map(|run| fit(run)).unwrap_or_default()
            );
        }
    }

    fn links(&mut self, page: &Page) {
        let mut before: Option<&Link> = None;
        for area in &page.links {
            // One that goes over the end of a line has several areas.
            if before.replace(&area.link) == Some(&*area.link) {
                continue;
            }
            let Link { target, contents, .. } = &*area.link;
            let (x, y) = (whole(area.x), whole(area.y));
            let _ = writeln!(self.out, "  link {contents:?} at {x},{y} to {}", self::target(target));
        }
    }
}

fn is_formula(of: Of, structure: &Structure) -> bool {
    matches!(of, Of::Element(id) if structure.node(id).role == Role::Formula)
}

/// The face and size that most of the text is in.
fn most(lines: &[Vec<&GlyphRun>]) -> Option<(FaceId, Length)> {
    let mut lengths: BTreeMap<(FaceId, Length), usize> = BTreeMap::new();
    for run in lines.iter().flatten() {
        *lengths.entry((run.face, run.size)).or_default() += run.text.len();
    }
    lengths.into_iter().max_by_key(|(_, length)| *length).map(|(style, _)| style)
}

/// The face and the size of a run, as far as they are not these.
fn other((face, size): (FaceId, Length), run: &GlyphRun, fonts: &FontLibrary) -> Option<String> {
    let mut other = Vec::new();
    if run.face != face {
        let (ours, theirs) = (fonts.face(run.face).name(), fonts.face(face).name());
        let family = |name: &str| name.split('-').next().map(str::to_owned);
        let style = ours.split_once('-').filter(|_| family(ours) == family(theirs));
        other.push(style.map_or(ours, |(_, style)| style).to_owned());
    }
    if run.size != size {
        other.push(tenths(run.size));
    }
    (!other.is_empty()).then(|| other.join(" "))
}

/// The block that a leaf's words stand in.
fn block_of(structure: &Structure, leaf: StructId) -> StructId {
    let mut at = leaf;
    loop {
        let node = structure.node(at);
        let Some(parent) = node.parent else { return at };
        let running = match node.role {
            Role::Content | Role::Link | Role::Span | Role::Reference => true,
            // In a line they stand in the words of something.
            Role::Code | Role::Formula => !matches!(
                structure.node(parent).role,
                Role::Document | Role::Part | Role::Section | Role::BlockQuote | Role::ListBody | Role::Aside
            ),
            _ => false,
        };
        if !running {
            return at;
        }
        at = parent;
    }
}

/// By how much letters, and the white between them, differ from what the face has.
fn fit(run: &GlyphRun) -> String {
    let mut fit = Vec::new();
    if run.expansion != 1000 {
        fit.push(format!("{} %", signed(run.expansion - 1000, 10)));
    }
    if run.letter_space != 0 {
        fit.push(format!("letters {} %", signed(run.letter_space, 100)));
    }
    if fit.is_empty() { String::new() } else { format!(" {}", fit.join(", ")) }
}

/// A number of tenths or hundredths with its sign.
fn signed(number: i32, of: i32) -> String {
    let digits = if of == 10 { 1 } else { 2 };
    let sign = if number < 0 { '\u{2212}' } else { '+' };
    format!("{sign}{}.{:0digits$}", number.abs() / of, number.abs() % of)
}

fn describe(index: &Index) -> String {
    let mut out = String::from("structure\n");
    for line in elements(&index.structure) {
        let _ = writeln!(out, "  {line}");
    }
    out.push_str("outline\n");
    for entry in &index.outline {
        let indent = entry.depth * 2 + 2;
        let _ = writeln!(out, "{:indent$}{:?} {}", "", entry.title, place(entry.place));
    }
    out.push_str("anchors\n");
    for (anchor, at) in &index.anchors {
        let _ = writeln!(out, "  {anchor} {}", place(*at));
    }
    out.push_str("labels\n");
    for (first, labels) in &index.labels {
        let (kind, number) = match labels {
            PageLabels::LowerRoman(n) => ("roman", n),
            PageLabels::Decimal(n) => ("decimal", n),
        };
        let _ = writeln!(out, "  from page {}: {kind} {number}", first + 1);
    }
    out
}

/// The elements, children under their parent; of siblings that are the same in a row there is one, with their
/// number.
fn elements(structure: &Structure) -> Vec<String> {
    let nodes = structure.nodes();
    // A parent comes before its children, so from the last on each has all of its own.
    let mut children: Vec<Vec<(usize, Vec<String>)>> = vec![Vec::new(); nodes.len()];
    for (number, node) in nodes.iter().enumerate().rev() {
        let mut below = std::mem::take(&mut children[number]);
        below.reverse();
        let Some(StructId(parent)) = node.parent else { return lines(node_line(structure, number), below) };
        if node.role != Role::Content {
            let lines = lines(node_line(structure, number), below);
            let siblings = &mut children[parent as usize];
            match siblings.last_mut().filter(|(_, other)| *other == lines) {
                Some((count, _)) => *count += 1,
                None => siblings.push((1, lines)),
            }
        }
    }
    Vec::new()
}

fn node_line(structure: &Structure, number: usize) -> String {
    let id = StructId(number as u32);
    let mut line = match structure.node(id).role {
        Role::TableData { col_span, row_span } => {
            let headers = structure.headers().get(&id).map_or(&[][..], Vec::as_slice);
            format!("TableData {{ col_span: {col_span}, row_span: {row_span}, headers: {headers:?} }}")
        }
        role => format!("{role:?}"),
    };
    if let Some(lang) = structure.language(id) {
        let _ = write!(line, " lang {lang}");
    }
    if let Some(alt) = structure.alternative(id) {
        let _ = write!(line, " alt {alt:?}");
    }
    line
}

/// A line and those of its children, each with how many of it there are.
fn lines(line: String, children: Vec<(usize, Vec<String>)>) -> Vec<String> {
    let mut out = vec![line];
    for (count, lines) in children {
        for (n, line) in lines.into_iter().enumerate() {
            let times = if n == 0 && count > 1 { format!("{count} of ") } else { String::new() };
            out.push(format!("  {times}{line}"));
        }
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
    format!("page {} at {},{}", place.page + 1, whole(place.x), whole(place.y))
}

/// Whole points, rounded half away from zero by integer arithmetic alone.
fn whole(length: Length) -> String {
    rounded(length, 1)
}

/// Points with a decimal.
fn tenths(length: Length) -> String {
    let tenths = rounded(length, 10);
    let (sign, digits) = tenths.strip_prefix('-').map_or(("", &*tenths), |digits| ("-", digits));
    let (whole, part) = digits.split_at(digits.len() - 1);
    let whole = if whole.is_empty() { "0" } else { whole };
    if part == "0" { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn rounded(length: Length, parts: i128) -> String {
    let number = (i128::from(length.0.abs()) * 2 * parts + 65536) / (2 * 65536);
    let sign = if length.0 < 0 && number > 0 { "-" } else { "" };
    format!("{sign}{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_rounded() {
        assert_eq!(tenths(Length::milli_pt(10_500)), "10.5");
        assert_eq!(tenths(Length(-1)), "0");
        assert_eq!(tenths(-Length::milli_pt(1_256)), "-1.3");
        assert_eq!(tenths(Length::pt(595)), "595");
        assert_eq!(whole(Length::milli_pt(595_280)), "595");
    }

    #[test]
    fn siblings_that_are_the_same_are_counted() {
        let mut structure = Structure::default();
        let root = structure.add(None, Role::Document);
        let list = structure.add(Some(root), Role::BlockQuote);
        for _ in 0..3 {
            let paragraph = structure.add(Some(list), Role::Paragraph);
            structure.add(Some(paragraph), Role::Content);
        }
        structure.add(Some(root), Role::Paragraph);
        assert_eq!(elements(&structure), ["Document", "  BlockQuote", "    3 of Paragraph", "  Paragraph"]);
    }
}
