//! The files that documents name to stand in them.

use crate::asset::LoadError;
use crate::format::ReadContext;

/// Reads them, within the limits of what is loaded.
pub(super) struct Includes<'a, 'c> {
    pub cx: &'a mut ReadContext<'c>,
    /// Bytes of what is included so far.
    pub loaded: usize,
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
    if let Some(call) = line.trim().strip_prefix("{{<").and_then(|call| call.strip_suffix(">}}")) {
        return Some((call.trim().strip_prefix("include ")?.trim_start(), ""));
    }
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
        assert_eq!(named("{{< include _a b.qmd >}}"), Some(("_a b.qmd", "")));
        for other in
            ["{{< video a >}}", "{{#include}}", "{{#title A}}", "let x = {{#include a}};", "\\{{#include a}}"]
        {
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
