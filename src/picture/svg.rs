//! SVG images as drawings: parsed into paths with paints, within bounds, and without anything from
//! outside the file.

use crate::font::{FontLibrary, FontStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use usvg::fontdb::{Database, Source};
use usvg::roxmltree::{Document, ParsingOptions};
use usvg::{ImageHrefResolver, Options, Tree};

/// A larger file is not parsed.
const MOST_BYTES: usize = 8 << 20;
/// Elements and texts of a file, before `use` repeats some.
const MOST_NODES: u32 = 200_000;
/// Elements inside each other. What walks a drawing later recurses.
const DEEPEST: usize = 128;
/// Rules of style sheets times nodes: each rule is tried on each element.
const MOST_MATCHES: usize = 100_000_000;

/// A parsed drawing.
pub(crate) struct Drawing {
    pub(crate) tree: Tree,
    /// It names an image outside the file, which is not fetched.
    pub(crate) names_others: bool,
}

impl Drawing {
    /// Parses an SVG image; its text is set in the faces of `fonts`.
    ///
    /// # Errors
    /// A message for the user: why it can't be drawn.
    pub(crate) fn parse(data: &[u8], fonts: &Arc<Database>) -> Result<Drawing, String> {
        if data.len() > MOST_BYTES {
            return Err(format!("it is a drawing of more than {MOST_BYTES} bytes"));
        }
        let text = std::str::from_utf8(data).map_err(|_| "it is not UTF-8")?;
        // Entities are resolved, within the parser's own bounds; nothing outside is read.
        let parsing =
            ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, parsing).map_err(|e| e.to_string())?;
        let nodes = measure(&document)?;
        if text.matches('{').count().saturating_mul(nodes) > MOST_MATCHES {
            return Err("its style sheet is too complex".to_owned());
        }
        let names_others = AtomicBool::new(false);
        let options = Options {
            image_href_resolver: ImageHrefResolver {
                resolve_string: Box::new(|_, _| {
                    names_others.store(true, Ordering::Relaxed);
                    None
                }),
                ..ImageHrefResolver::default()
            },
            font_family: fonts.family_name(&usvg::fontdb::Family::Serif).to_owned(),
            fontdb: fonts.clone(),
            ..Options::default()
        };
        let tree = Tree::from_xmltree(&document, &options).map_err(|e| e.to_string())?;
        drop(options);
        Ok(Drawing { tree, names_others: names_others.into_inner() })
    }

    /// Width and height in CSS pixels.
    pub(crate) fn size(&self) -> (f32, f32) {
        (self.tree.size().width(), self.tree.size().height())
    }
}

/// The number of a document's nodes.
fn measure(document: &Document<'_>) -> Result<usize, String> {
    let mut depths: Vec<usize> = Vec::new();
    for node in document.root().descendants() {
        // Nodes are numbered in document order, so the parent's depth is known.
        let depth = node.parent().and_then(|parent| depths.get(parent.id().get_usize())).map_or(0, |d| d + 1);
        if depth > DEEPEST {
            return Err(format!("its elements are nested deeper than {DEEPEST}"));
        }
        depths.push(depth);
    }
    Ok(depths.len())
}

/// The faces of a library, for the text of drawings. The generic families are the library's own.
pub(crate) fn faces(library: &FontLibrary) -> Arc<Database> {
    let mut database = Database::new();
    for face in library.shared_faces() {
        // A collection brings all its faces at once.
        if face.index() == 0 {
            database.load_font_source(Source::Binary(face));
        }
    }
    let name = |family| library.face(library.styled(family, FontStyle::default())).family_name();
    if let Some(name) = name(library.serif()) {
        database.set_serif_family(&name);
        database.set_sans_serif_family(&name);
        database.set_cursive_family(&name);
        database.set_fantasy_family(&name);
    }
    if let Some(name) = name(library.mono()) {
        database.set_monospace_family(name);
    }
    Arc::new(database)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(body: &str) -> Result<Drawing, String> {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="30" height="20">{body}</svg>"#
        );
        Drawing::parse(svg.as_bytes(), &Arc::new(Database::new()))
    }

    #[test]
    fn a_drawing_has_its_size() {
        assert_eq!(parse("").unwrap().size(), (30.0, 20.0));
        assert!(parse("<g>").is_err());
    }

    #[test]
    fn nothing_outside_the_file_is_read() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/gallery/article.png");
        let drawing = parse(&format!(r#"<image xlink:href="{file}" width="9" height="9"/>"#)).unwrap();
        assert!(drawing.names_others && !drawing.tree.root().has_children());
        let data =
            parse(r#"<image xlink:href="data:image/gif;base64,R0lGODdh" width="9" height="9"/>"#).unwrap();
        assert!(!data.names_others);
    }

    #[test]
    fn a_small_file_that_would_grow_is_refused() {
        let deep = format!("{}{}", "<g>".repeat(5000), "</g>".repeat(5000));
        assert!(parse(&deep).is_err());
        // Each group holds ten of the one before: a million million rectangles.
        let mut uses = r#"<g id="g0"><rect width="1" height="1"/></g>"#.to_owned();
        for n in 1..13 {
            let ten = format!(r##"<use xlink:href="#g{}"/>"##, n - 1).repeat(10);
            uses.push_str(&format!(r#"<g id="g{n}">{ten}</g>"#));
        }
        assert!(parse(&uses).is_err());
        let rules = format!("<style>{}</style>{}", "a b{c:d}".repeat(9000), "<g/>".repeat(20_000));
        assert!(parse(&rules).is_err());
    }
}
