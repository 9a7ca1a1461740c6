//! Blocks.

use super::attr::Given;
use super::node::Node;
use super::translator::Translator;
use crate::account::Fate;
use crate::diagnostic::code;
use crate::format::Error;
use crate::json::pandoc::class;
use crate::markup::numbered;
use crate::model::{
    Aside, Attr, Block, BlockKind, Definition, Formula, Inline, InlineKind, Level, ListItem, Marker,
    NumberStyle, Unresolved,
};
use crate::read::task::task;

impl Translator<'_, '_, '_> {
    pub(super) fn blocks(&mut self, list: Node<'_, '_>) -> Result<Vec<Block>, Error> {
        let mut out = Vec::new();
        for node in list.list()? {
            self.block(node, &mut out)?;
        }
        Ok(out)
    }

    fn block(&mut self, node: Node<'_, '_>, out: &mut Vec<Block>) -> Result<(), Error> {
        self.cx.go_on()?;
        let span = node.span();
        let kind = match node.kind()? {
            "Plain" | "Para" => self.paragraph(node.content()?)?,
            "LineBlock" => self.lines(node.content()?)?,
            "Header" => {
                let [level, attr, content] = node.content()?.tuple()?;
                let level = Level::clamped(usize::try_from(level.number()?).unwrap_or(1));
                let content = self.inlines(content)?;
                let attr = self.attr(Given::read(attr)?);
                out.push(Block { kind: BlockKind::Heading { level, content }, attr, span });
                return Ok(());
            }
            "CodeBlock" => {
                let [attr, text] = node.content()?.tuple()?;
                let mut given = Given::read(attr)?;
                let language = given.take_class(|c| (!numbered::asks(c)).then(|| c.to_owned()));
                let numbers = given.take_numbers();
                let kind = BlockKind::Code { language, text: self.rendered(text)?.to_owned(), numbers };
                let attr = self.attr(given);
                out.push(Block { kind, attr, span });
                return Ok(());
            }
            "RawBlock" => return self.raw(node),
            "BlockQuote" => BlockKind::Quote { body: self.blocks(node.content()?)? },
            "BulletList" => self.list(Marker::Bullet, node.content()?)?,
            "OrderedList" => {
                let [attributes, items] = node.content()?.tuple()?;
                let marker = marker(attributes)?;
                self.list(marker, items)?
            }
            "DefinitionList" => self.definitions(node.content()?)?,
            "HorizontalRule" => BlockKind::Rule,
            "Table" => {
                let (table, attr) = self.table(node.content()?)?;
                out.push(Block { kind: BlockKind::Table(Box::new(table)), attr, span });
                return Ok(());
            }
            "Figure" => {
                let [attr, caption, body] = node.content()?.tuple()?;
                let (caption, body) = (self.caption(caption)?, self.blocks(body)?);
                let attr = self.attr(Given::read(attr)?);
                out.push(Block { kind: BlockKind::Figure { body, caption }, attr, span });
                return Ok(());
            }
            "Div" => return self.div(node, out),
            // Gone since pandoc-types 1.23, but harmless.
            "Null" => return Ok(()),
            _ => return node.wanted("a block of pandoc-types 1.23"),
        };
        out.push(Block::new(kind, span));
        Ok(())
    }

    /// A paragraph that is nothing but displayed math is displayed math.
    fn paragraph(&mut self, content: Node<'_, '_>) -> Result<BlockKind, Error> {
        if let Ok([only]) = content.tuple::<1>()
            && only.kind()? == "Math"
        {
            let [kind, tex] = only.content()?.tuple()?;
            if kind.kind()? == "DisplayMath" {
                return Ok(BlockKind::Math(Formula::tex(self.rendered(tex)?)));
            }
        }
        Ok(BlockKind::Paragraph { content: self.inlines(content)? })
    }

    fn lines(&mut self, lines: Node<'_, '_>) -> Result<BlockKind, Error> {
        let mut content = Vec::new();
        for line in lines.list()? {
            if !content.is_empty() {
                content.push(Inline::new(InlineKind::HardBreak, line.span()));
            }
            content.extend(self.inlines(line)?);
        }
        Ok(BlockKind::Paragraph { content })
    }

    pub(super) fn raw(&mut self, node: Node<'_, '_>) -> Result<(), Error> {
        let [format, text] = node.content()?.tuple()?;
        text.text()?;
        self.cx.claim(format.span(), Fate::Syntax);
        let message = format!("raw {} was left out: it means something to one format only", format.text()?);
        self.lost(&code::RAW_DROPPED, text.text_span(), message);
        Ok(())
    }

    fn list(&mut self, marker: Marker, items: Node<'_, '_>) -> Result<BlockKind, Error> {
        let mut tight = true;
        let mut out = Vec::new();
        for item in items.list()? {
            for block in item.list()? {
                tight &= block.kind()? != "Para";
            }
            let mut blocks = self.blocks(item)?;
            let checked = blocks.first_mut().and_then(task);
            out.push(ListItem { blocks, checked, span: item.span() });
        }
        Ok(BlockKind::List { marker, tight, items: out })
    }

    fn definitions(&mut self, items: Node<'_, '_>) -> Result<BlockKind, Error> {
        let mut out = Vec::new();
        for item in items.list()? {
            let [term, details] = item.tuple()?;
            let terms = vec![self.inlines(term)?];
            let details = details.list()?.map(|d| self.blocks(d)).collect::<Result<_, _>>()?;
            out.push(Definition { terms, details, span: item.span() });
        }
        Ok(BlockKind::Definitions { items: out })
    }

    /// A template that stands in an attribute, so that its words are not shown.
    pub(super) fn unresolved(&mut self, given: &mut Given<'_>) -> Box<Unresolved> {
        given.classes.remove(0);
        let mut take = |key| given.take(key).unwrap_or_default().to_owned();
        Box::new(Unresolved { name: take("name"), arguments: Vec::new(), source: take("source") })
    }

    /// A division that means something becomes that; any other leaves its blocks, and what it
    /// carries goes to the first of them.
    fn div(&mut self, node: Node<'_, '_>, out: &mut Vec<Block>) -> Result<(), Error> {
        let [attr, body] = node.content()?.tuple()?;
        let mut given = Given::read(attr)?;
        let span = node.span();
        if given.classes.first() == Some(&class::INFOBOX)
            && let Some(infobox) = self.infobox(body)?
        {
            given.classes.remove(0);
            let attr = self.attr(given);
            out.push(Block { kind: BlockKind::Infobox(Box::new(infobox)), attr, span });
            return Ok(());
        }
        if given.classes.first() == Some(&class::UNRESOLVED) && body.list()?.len() == 0 {
            let unresolved = self.unresolved(&mut given);
            let attr = self.attr(given);
            out.push(Block { kind: BlockKind::Unresolved(unresolved), attr, span });
            return Ok(());
        }
        if let Some(role) = given.take_class(role) {
            let mut body = self.blocks(body)?;
            // Pandoc's alerts say in words what they are; the role says it already.
            if body.first().is_some_and(is_alert_title) {
                self.cx.claim(body.remove(0).span, Fate::Rendered);
            }
            let attr = self.attr(given);
            out.push(Block { kind: BlockKind::Aside { role, body }, attr, span });
            return Ok(());
        }
        let mut blocks = self.blocks(body)?;
        if let Some(attr) = self.attr(given) {
            match blocks.as_mut_slice() {
                [] => {}
                [first, rest @ ..] => {
                    for block in rest {
                        spread(block, &Attr { id: None, ..(*attr).clone() });
                    }
                    spread(first, &attr);
                }
            }
        }
        out.append(&mut blocks);
        Ok(())
    }

    /// The words of blocks as one run: the captions of tables and figures.
    pub(super) fn flat(&mut self, blocks: Node<'_, '_>) -> Result<Vec<Inline>, Error> {
        let mut out = Vec::new();
        for node in blocks.list()? {
            if !out.is_empty() {
                out.push(Inline::new(InlineKind::HardBreak, node.span()));
            }
            match node.kind()? {
                "Plain" | "Para" => out.extend(self.inlines(node.content()?)?),
                _ => {
                    let mut blocks = Vec::new();
                    self.block(node, &mut blocks)?;
                    self.lost(
                        &code::STRUCTURE_FLATTENED,
                        node.span(),
                        "a caption is running text here; the block in it became its words",
                    );
                    words(&blocks, &mut out);
                }
            }
        }
        Ok(out)
    }
}

/// The running text of blocks, with breaks between them.
fn words(blocks: &[Block], out: &mut Vec<Inline>) {
    struct Words<'o>(&'o mut Vec<Inline>);
    impl crate::model::visit::Visit<'_> for Words<'_> {
        fn block(&mut self, block: &Block) {
            match &block.kind {
                BlockKind::Code { text, .. } => {
                    self.0.push(Inline::new(InlineKind::Code { text: text.clone() }, block.span));
                }
                BlockKind::Math(formula) => {
                    self.0.push(Inline::new(InlineKind::Math(formula.clone()), block.span));
                }
                _ => crate::model::visit::walk_block(self, block),
            }
            self.0.push(Inline::new(InlineKind::SoftBreak, block.span));
        }
        fn inline(&mut self, inline: &Inline) {
            self.0.push(inline.clone());
        }
    }
    use crate::model::visit::Visit;
    let mut words = Words(out);
    blocks.iter().for_each(|block| words.block(block));
    out.pop_if(|last| last.kind == InlineKind::SoftBreak);
}

/// Gives a block attributes where it has none of its own.
fn spread(block: &mut Block, given: &Attr) {
    if *given == Attr::default() {
        return;
    }
    let own = block.attr_mut();
    own.id = own.id.take().or_else(|| given.id.clone());
    own.classes.extend(given.classes.iter().cloned());
    own.lang = own.lang.take().or_else(|| given.lang.clone());
    own.dir = own.dir.or(given.dir);
    own.title = own.title.take().or_else(|| given.title.clone());
}

fn role(class: &str) -> Option<Aside> {
    Some(match class {
        "hatnote" => Aside::Hatnote,
        "note" => Aside::Note,
        "tip" => Aside::Tip,
        "important" => Aside::Important,
        "caution" => Aside::Caution,
        "warning" => Aside::Warning,
        "box" => Aside::Box,
        _ => return None,
    })
}

fn is_alert_title(block: &Block) -> bool {
    block.attr.as_ref().is_some_and(|a| a.classes.first().is_some_and(|c| c == "title"))
}

fn marker(attributes: Node<'_, '_>) -> Result<Marker, Error> {
    let [start, style, _] = attributes.tuple()?;
    let style = match style.kind()? {
        "LowerAlpha" => NumberStyle::LowerAlpha,
        "UpperAlpha" => NumberStyle::UpperAlpha,
        "LowerRoman" => NumberStyle::LowerRoman,
        "UpperRoman" => NumberStyle::UpperRoman,
        _ => NumberStyle::Decimal,
    };
    let start = u32::try_from(start.number()?).unwrap_or(1);
    Ok(Marker::Ordered { start, style })
}
