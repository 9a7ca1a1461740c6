use super::included::{Includes, named};
use super::parts::Parts;
use crate::diagnostic::{Diagnostic, code};
use crate::format::{ReadContext, Reader};
use crate::model::visit::{self, VisitMut};
use crate::model::{Block, BlockKind, Document};

/// Puts in what a document names to stand there, as mdBook has it: `{{#include path}}`, or Quarto, `{{< include path >}}`; a part of a file by lines
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
