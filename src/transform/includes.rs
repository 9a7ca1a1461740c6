use super::parts::Parts;
use crate::asset::LoadError;
use crate::diagnostic::{Diagnostic, code};
use crate::format::{ReadContext, Reader};
use crate::model::visit::{self, VisitMut};
use crate::model::{Block, BlockKind, Document};

/// Puts in what a document names to stand there, as mdBook has it: `{{#include path}}`, a part of a file by lines
/// (`path:3:7`) or between the comments `ANCHOR: name` and `ANCHOR_END: name` (`path:name`). In a block of code it
/// is the text; in Markdown it is read as that, in a paragraph of its own any blocks, among words one paragraph.
/// Only what lies in a root that is given for it is read; what can't be had is told, and its line stays.
pub fn includes(document: &mut Document, reader: &dyn Reader, cx: &mut ReadContext<'_>) {
    let is_markdown = document.sources.first().is_some_and(|source| source.format == "markdown");
    let own = cx.source_name().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let mut includes = Includes { cx, loaded: 0 };
    for article in &mut document.articles {
        visit::walk_article_mut(&mut includes, article);
        if is_markdown {
            let mut parts =
                Parts { includes: &mut includes, reader, open: vec![own.clone()], said: Vec::new() };
            parts.article(article);
            let said = std::mem::take(&mut parts.said);
            said.into_iter().for_each(|said| includes.cx.report(said));
        }
    }
}

pub(super) struct Includes<'a, 'c> {
    pub cx: &'a mut ReadContext<'c>,
    /// Bytes of what is included so far.
    loaded: usize,
}

impl VisitMut<'_> for Includes<'_, '_> {
    fn block(&mut self, block: &mut Block) {
        if let BlockKind::Code { text, .. } = &mut block.kind
            && text.contains("{{#")
        {
            let mut out = String::with_capacity(text.len());
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    out.push('\n');
                }
                match named(line).map(|(path, part)| self.part(path, part)) {
                    Some(Ok(included)) => out.push_str(included.trim_end_matches('\n')),
                    Some(Err(why)) => {
                        let message =
                            format!("what mdBook would put in here is not: '{}': {why}", line.trim());
                        let said = Diagnostic::new(&code::MARKUP_AS_TEXT, block.span, message);
                        self.cx.report(said.remedy(why.remedy()));
                        out.push_str(line);
                    }
                    None => out.push_str(line),
                }
            }
            *text = out;
        }
        visit::walk_block_mut(self, block);
    }
}

impl Includes<'_, '_> {
    pub fn part(&mut self, path: &str, part: &str) -> Result<String, LoadError> {
        let bytes = self.cx.load_text(path, self.loaded)?;
        self.loaded += bytes.len();
        let text = String::from_utf8(bytes).map_err(|_| LoadError::from("it is no text in UTF-8"))?;
        Ok(of(&text, part))
    }
}

/// The path and the part that a line names to stand in its place.
pub(super) fn named(line: &str) -> Option<(&str, &str)> {
    let call = line.trim().strip_prefix("{{#")?.strip_suffix("}}")?;
    let (name, path) = call.split_once(char::is_whitespace)?;
    if !matches!(name, "include" | "rustdoc_include" | "playground" | "playpen") {
        return None;
    }
    // Behind the path may stand how it may be run.
    let path = path.split_whitespace().next()?;
    Some(path.split_once(':').unwrap_or((path, "")))
}

/// A part of a text: lines by their numbers, or what stands between comments of a name; without the comments
/// that name parts.
fn of(text: &str, part: &str) -> String {
    let is_comment = |line: &&str| !line.contains("ANCHOR: ") && !line.contains("ANCHOR_END: ");
    let marks = |line: &str, mark: &str| {
        line.split_once(mark).is_some_and(|(_, name)| name.split_whitespace().next() == Some(part))
    };
    let (first, last) = part.split_once(':').unwrap_or((part, part));
    let number = |text: &str| text.parse::<usize>();
    let lines: Vec<&str> = match (number(first), number(last)) {
        _ if part.is_empty() => text.lines().filter(is_comment).collect(),
        (Err(_), _) if !first.is_empty() => text
            .lines()
            .skip_while(|line| !marks(line, "ANCHOR: "))
            .take_while(|line| !marks(line, "ANCHOR_END: "))
            .filter(is_comment)
            .collect(),
        (first, last) => {
            let first = first.unwrap_or(1).max(1);
            text.lines().take(last.unwrap_or(usize::MAX)).skip(first - 1).filter(is_comment).collect()
        }
    };
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_file_and_a_part() {
        assert_eq!(named("  {{#include a/b.rs}}"), Some(("a/b.rs", "")));
        assert_eq!(named("{{#rustdoc_include ../b.rs:2:3}}"), Some(("../b.rs", "2:3")));
        assert_eq!(named("{{#playground b.rs editable}}"), Some(("b.rs", "")));
        for other in ["{{#include}}", "{{#title A}}", "let x = {{#include a}};", "\\{{#include a}}"] {
            assert_eq!(named(other), None, "{other}");
        }
    }

    #[test]
    fn parts_are_lines_or_between_comments() {
        let text = "a\n// ANCHOR: x\nb\n// ANCHOR: y\nc\n// ANCHOR_END: y\nd\n// ANCHOR_END: x\ne\n";
        for (part, is) in [
            ("", "a\nb\nc\nd\ne"),
            ("x", "b\nc\nd"),
            ("y", "c"),
            ("z", ""),
            ("1", "a"),
            ("3:5", "b\nc"),
            (":3", "a\nb"),
            ("7:", "d\ne"),
            ("99:", ""),
        ] {
            assert_eq!(of(text, part), is, "{part}");
        }
    }
}
