//! The cover: a given image, or one typeset from title and authors.

use super::resource::Resource;
use super::xml::{Xml, html_start};
use crate::format::Error;
use crate::write::html::page::Kind;
use crate::write::html::{escape, image};
use std::sync::Arc;

/// What the cover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cover {
    /// The bytes of a PNG, JPEG, GIF, WebP or SVG image.
    Image(Arc<[u8]>),
    /// Title and authors, typeset as an SVG image.
    Typeset,
}

/// What a cover page says in words.
pub(super) struct Words<'a> {
    pub title: &'a str,
    pub authors: &'a [&'a str],
    /// The word for a cover.
    pub cover: &'a str,
    /// Language and direction of the page.
    pub attributes: &'a str,
}

/// The cover's page and its image.
pub(super) fn resources(cover: &Cover, words: &Words<'_>) -> Result<[Resource; 2], Error> {
    let (data, kind) = match cover {
        Cover::Image(data) => {
            let kind = image::kind(data).ok_or_else(|| Error::Writer {
                format: "epub",
                message: "the cover is no PNG, JPEG, GIF, WebP or safe SVG image".to_owned(),
            })?;
            (data.to_vec(), kind)
        }
        Cover::Typeset => {
            let svg = typeset(words).into_bytes();
            (svg, Kind { media_type: "image/svg+xml", extension: "svg", animated: false })
        }
    };
    let path = format!("images/cover.{}", kind.extension);
    let mut xml = Xml { out: html_start(words.attributes) };
    xml.element("head", &[], |xml| {
        xml.empty("meta", &[("charset", "utf-8")]);
        xml.text("title", &[], words.title);
        xml.empty("link", &[("rel", "stylesheet"), ("href", "stylesheet.css")]);
    });
    xml.element("body", &[("epub:type", "cover")], |xml| {
        let alt = format!("{}: {}", words.cover, words.title);
        xml.out.push_str("<div class=\"cover\">");
        xml.empty("img", &[("src", &path), ("alt", &alt), ("role", "doc-cover")]);
        xml.out.push_str("</div>\n");
    });
    xml.out.push_str("</html>\n");
    Ok([
        Resource {
            path: "cover.xhtml".into(),
            media_type: "application/xhtml+xml",
            properties: "",
            data: xml.out.into_bytes(),
        },
        Resource { path, media_type: kind.media_type, properties: "cover-image", data },
    ])
}

/// A cover of 1600 by 2400 units.
fn typeset(words: &Words<'_>) -> String {
    // The longer the title, the smaller. Letters of a wide serif face take up to two thirds of an
    // em, and a line must stay within 1300 units whatever the reader's face is.
    let width = crate::text::width(words.title);
    let (size, columns) = match width {
        0..=40 => (130, 15),
        41..=100 => (100, 19),
        _ => (75, 26),
    };
    let lines = wrap(words.title, columns, 12);
    let leading = size * 5 / 4;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         viewBox=\"0 0 1600 2400\" width=\"1600\" height=\"2400\" font-family=\"serif\" text-anchor=\"middle\">\n\
         <rect width=\"1600\" height=\"2400\" fill=\"#f4f1e8\"/>\n\
         <rect x=\"90\" y=\"90\" width=\"1420\" height=\"2220\" fill=\"none\" stroke=\"#22333b\" stroke-width=\"8\"/>\n",
    );
    let mut text = |y: usize, size: usize, line: &str| {
        out.push_str(&format!("<text x=\"800\" y=\"{y}\" font-size=\"{size}\" fill=\"#22333b\">"));
        escape::push_text(&mut out, line);
        out.push_str("</text>\n");
    };
    for (index, line) in lines.iter().enumerate() {
        text(700 + index * leading, size, line);
    }
    for (index, line) in wrap(&words.authors.join(", "), 28, 3).iter().enumerate() {
        text(2000 + index * 90, 70, line);
    }
    out.push_str("</svg>\n");
    out
}

/// Lines of at most so many columns where words allow it; what is beyond the last is cut.
fn wrap(text: &str, columns: usize, most: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let fits = lines.last().is_some_and(|l| l.width() + 1 + word.width() <= columns);
        match lines.last_mut() {
            Some(line) if fits => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.extend(pieces(word, columns)),
        }
        if lines.len() > most {
            lines.truncate(most);
            lines[most - 1].push('…');
            break;
        }
    }
    lines
}

/// A word longer than a line, as in Chinese and Japanese, in pieces that fit.
fn pieces(word: &str, columns: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthChar;
    let mut pieces = vec![String::new()];
    let mut width = 0;
    for c in word.chars() {
        let w = c.width().unwrap_or(0);
        if width + w > columns {
            pieces.push(String::new());
            width = 0;
        }
        width += w;
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_broken_into_lines() {
        assert_eq!(wrap("The life of a very old cat", 12, 9), ["The life of", "a very old", "cat"]);
        assert_eq!(wrap("吾輩は猫である名前はまだ無い", 10, 9), ["吾輩は猫で", "ある名前は", "まだ無い"]);
        assert_eq!(wrap("a b c d", 1, 2), ["a", "b…"]);
        assert!(wrap("", 10, 2).is_empty());
    }

    #[test]
    fn a_cover_that_is_no_image_is_refused() {
        let words = Words { title: "t", authors: &[], cover: "Cover", attributes: "" };
        assert!(resources(&Cover::Image(b"<html>".as_slice().into()), &words).is_err());
        let [page, image] = resources(&Cover::Typeset, &words).unwrap();
        assert_eq!((page.path.as_str(), image.path.as_str()), ("cover.xhtml", "images/cover.svg"));
        assert!(image::kind(&image.data).is_some());
    }
}
