//! What pieces of HTML say, with what stands between them.

use super::block::Flow;
use super::build::Builder;
use super::fragment::{Fragment, Gathered};
use super::marks::report_marks;
use super::parse::weave;
use super::tree::NodeId;
use crate::format::{Error, ReadContext};
use crate::markup::elements::is_known;
use crate::model::{Block, Inline};
use std::collections::BTreeSet;

impl Fragment {
    /// Its blocks. `source` is what it is a part of, `depth` how many nodes are around it; what
    /// it leaves beside them is added to `gathered`.
    ///
    /// # Errors
    /// When there are more elements than the limit allows.
    pub fn into_blocks(
        self,
        source: &str,
        depth: usize,
        gathered: &mut Gathered,
        cx: &mut ReadContext<'_>,
    ) -> Result<Vec<Block>, Error> {
        self.build(source, depth, gathered, cx, |builder, root| {
            let mut flow = Flow::default();
            builder.flow(root, &mut flow);
            flow.end_paragraph();
            flow.blocks
        })
    }

    /// Its running text; the rest as of [`Fragment::into_blocks`].
    ///
    /// # Errors
    /// When there are more elements than the limit allows.
    pub fn into_inlines(
        self,
        source: &str,
        depth: usize,
        gathered: &mut Gathered,
        cx: &mut ReadContext<'_>,
    ) -> Result<Vec<Inline>, Error> {
        self.build(source, depth, gathered, cx, |builder, root| builder.inlines(root))
    }

    fn build<T>(
        self,
        source: &str,
        depth: usize,
        gathered: &mut Gathered,
        cx: &mut ReadContext<'_>,
        build: impl FnOnce(&mut Builder<'_, '_, '_>, NodeId) -> Vec<T>,
    ) -> Result<Vec<T>, Error> {
        let tree = weave(self, cx.limits())?;
        // Who writes `<file>` in a README means words.
        let foreign: BTreeSet<String> = tree.foreign_names().map(str::to_ascii_lowercase).collect();
        report_marks(&tree, cx, |span| {
            let tag = source.get(span.range()).unwrap_or_default().trim_start();
            let name = tag.trim_start_matches(['<', '/']);
            let name =
                name.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default();
            let name = name.to_ascii_lowercase();
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && !is_known(&name)
                && !foreign.contains(&name)
        });
        let Some(root) = tree.children(0).next() else { return Ok(Vec::new()) };
        let mut builder = Builder::of_fragment(source, &tree, depth, std::mem::take(gathered), cx);
        let content = build(&mut builder, root);
        *gathered = builder.finish();
        Ok(content)
    }
}
