//! Lines of tags with Markdown between them, which pandoc reads where CommonMark sees one block of HTML.

use super::region::{Edits, Region, lines};
use crate::model::Span;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeMap;

/// Masks each line of tags in a block of HTML that has other lines, too: it is HTML by itself.
pub(super) fn tag_lines(
    edits: &mut Edits<'_>,
    start: usize,
    options: Options,
    regions: &mut BTreeMap<u32, Region>,
) {
    let text = edits.text;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::HtmlBlock)) {
            continue;
        }
        let block = &text[range.clone()];
        let name = block.trim_start().to_ascii_lowercase();
        let verbatim =
            ["<pre", "<script", "<style", "<textarea", "<?", "<!"].iter().any(|tag| name.starts_with(tag));
        // Without the tags around it, what is indented so would be code.
        let indented = block.lines().any(|line| line.starts_with("    ") || line.starts_with('\t'));
        if verbatim || indented || block.lines().all(is_tags) {
            continue;
        }
        for (at, line) in lines(block).filter(|(_, line)| is_tags(line)) {
            let indent = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            let (begin, end) = (range.start + at + indent, range.start + at + line.len());
            if end - begin < super::fence::SIGN.len() {
                continue;
            }
            let span = Span::new(start + begin, start + end);
            regions.insert(span.start, Region::Html(span));
            edits.put(begin..end, super::fence::SIGN);
        }
    }
}

/// Whether a line is tags and white space.
fn is_tags(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let mut rest = line;
    while let Some(tag) = rest.strip_prefix('<') {
        let Some(end) = tag.find('>') else { return false };
        rest = tag[end + 1..].trim_start();
    }
    rest.is_empty() && !line.is_empty()
}
