//! Calls of what makes pages of Markdown: `{{#title A}}` of mdBook, `{{< video a >}}` of Quarto and Hugo,
//! `{{% note %}}` of Hugo, `{% raw %}` of Jekyll. What they would put in is not known.

/// No call is longer, in bytes.
const MOST: usize = 500;

/// How calls begin and end, and whose they are.
const KINDS: [(&str, &str, &str); 4] = [
    ("{{#", "}}", "mdBook"),
    ("{{<", ">}}", "Quarto or Hugo"),
    ("{{%", "%}}", "Hugo"),
    ("{%", "%}", "Jekyll"),
];

/// Whether a text may start with one.
pub(super) fn begins(text: &str) -> bool {
    KINDS.iter().any(|(open, ..)| text.starts_with(open))
}

/// Whether a text starts with one that a transform carries out.
pub(super) fn includes(text: &str) -> bool {
    ["{{#include ", "{{< include "].iter().any(|open| text.starts_with(open))
}

/// The length of the call that a text starts with, and who would carry it out.
pub(super) fn call(text: &str) -> Option<(usize, &'static str)> {
    let (_, close, maker) = KINDS.iter().find(|(open, ..)| text.starts_with(open))?;
    let near = &text[..text.floor_char_boundary(MOST)];
    Some((near.find(close)? + close.len(), maker))
}
