//! Tables, and the infobox, which is one.

use super::attr::Given;
use super::node::Node;
use super::translator::Translator;
use crate::account::Fate;
use crate::diagnostic::code;
use crate::format::Error;
use crate::model::{
    Align, Attr, Block, BlockKind, Cell, Column, Infobox, InfoboxImage, InfoboxRow, Inline, InlineKind, Row,
    Scope, Table, grid,
};

impl Translator<'_, '_, '_> {
    pub(super) fn table(&mut self, content: Node<'_, '_>) -> Result<(Table, Option<Box<Attr>>), Error> {
        let [attr, caption, columns, head, bodies, foot] = content.tuple()?;
        let caption = self.caption(caption)?;
        let mut specs = Vec::new();
        for column in columns.list()? {
            let [align, _width] = column.tuple()?;
            specs.push(Column { align: alignment(align)? });
        }
        let mut table = Table { caption, columns: specs, ..Table::default() };
        let [head_attr, rows] = head.tuple()?;
        self.no_attr(head_attr)?;
        table.head = self.rows(rows, 0, true)?;
        for body in bodies.list()? {
            let [body_attr, headers, head, rows] = body.tuple()?;
            self.no_attr(body_attr)?;
            let headers = usize::try_from(headers.number()?).unwrap_or(0);
            table.body.extend(self.rows(head, headers, true)?);
            table.body.extend(self.rows(rows, headers, false)?);
        }
        let [foot_attr, rows] = foot.tuple()?;
        self.no_attr(foot_attr)?;
        table.foot = self.rows(rows, 0, false)?;
        let attr = self.attr(Given::read(attr)?);
        Ok((table, attr))
    }

    /// Rows whose first columns, as many as `headers`, head them.
    fn rows(&mut self, rows: Node<'_, '_>, headers: usize, head: bool) -> Result<Vec<Row>, Error> {
        let mut out = Vec::new();
        for row in rows.list()? {
            let [row_attr, cells] = row.tuple()?;
            self.no_attr(row_attr)?;
            let cells = cells.list()?.map(|cell| self.cell(cell)).collect::<Result<_, _>>()?;
            out.push(Row { cells, span: row.span() });
        }
        let covered = grid::spans(&out);
        for (cell, covered) in out.iter_mut().flat_map(|row| &mut row.cells).zip(covered) {
            cell.scope = match () {
                () if head => Some(Scope::Column),
                () if covered.column < headers => Some(Scope::Row),
                () => None,
            };
        }
        Ok(out)
    }

    /// A caption; pandoc's has a short form for lists besides.
    pub(super) fn caption(&mut self, node: Node<'_, '_>) -> Result<Vec<Inline>, Error> {
        let [short, caption] = node.tuple()?;
        if !short.is_null() {
            let message = "the short form of a caption has no place in the model";
            self.lost(&code::ATTRIBUTE_DROPPED, short.span(), message);
        }
        self.flat(caption)
    }

    fn cell(&mut self, node: Node<'_, '_>) -> Result<Cell, Error> {
        let [attr, align, rows, columns, blocks] = node.tuple()?;
        let count = |n: Node<'_, '_>| Ok::<_, Error>(u16::try_from(n.number()?.max(1)).unwrap_or(u16::MAX));
        Ok(Cell {
            blocks: self.blocks(blocks)?,
            scope: None,
            col_span: count(columns)?,
            row_span: count(rows)?,
            align: alignment(align)?,
            attr: self.attr(Given::read(attr)?),
            span: node.span(),
        })
    }

    /// The infobox that a division holds; `None` when it holds something else than one table.
    pub(super) fn infobox(&mut self, body: Node<'_, '_>) -> Result<Option<Infobox>, Error> {
        let Ok([only]) = body.tuple::<1>() else { return Ok(None) };
        if only.kind()? != "Table" {
            return Ok(None);
        }
        let [attr, caption, _, head, bodies, foot] = only.content()?.tuple()?;
        self.no_attr(attr)?;
        let mut infobox = Infobox { title: self.caption(caption)?, ..Infobox::default() };
        let mut all = Vec::new();
        for part in [head, foot] {
            let [attr, rows] = part.tuple()?;
            self.no_attr(attr)?;
            all.push(rows);
        }
        // The rows of the bodies stand between those of head and foot.
        for body in bodies.list()? {
            let [attr, _, head, rows] = body.tuple()?;
            self.no_attr(attr)?;
            let before_foot = all.len() - 1;
            all.splice(before_foot..before_foot, [head, rows]);
        }
        for rows in all {
            for row in rows.list()? {
                let [attr, cells] = row.tuple()?;
                self.cx.claim(attr.span(), Fate::Syntax);
                let given = Given::read(attr)?;
                let cells = cells.list()?.map(|c| self.cell(c)).collect::<Result<Vec<_>, _>>()?;
                fact(&given, cells, row, &mut infobox);
            }
        }
        Ok(Some(infobox))
    }
}

fn fact(given: &Given<'_>, mut cells: Vec<Cell>, row: Node<'_, '_>, infobox: &mut Infobox) {
    let value = cells.pop().map(|c| c.blocks).unwrap_or_default();
    let label = cells.pop().map(|c| running(c.blocks)).unwrap_or_default();
    if label.is_empty()
        && infobox.rows.is_empty()
        && infobox.image.is_none()
        && let Some(image) = picture(&value)
    {
        infobox.image = Some(image);
        return;
    }
    let (label, value) = match given.classes.contains(&"heading") {
        true => (running(value), Vec::new()),
        false => (label, value),
    };
    let key = given.others.iter().find(|(key, ..)| *key == "key").map(|(_, key, _)| (*key).to_owned());
    infobox.rows.push(InfoboxRow { label, value, key, span: row.span() });
}

/// The running text of a cell that holds one paragraph.
fn running(blocks: Vec<Block>) -> Vec<Inline> {
    let content = |block: Block| match block.kind {
        BlockKind::Paragraph { content } => content,
        _ => Vec::new(),
    };
    blocks.into_iter().flat_map(content).collect()
}

/// A picture with the line under it.
fn picture(value: &[Block]) -> Option<InfoboxImage> {
    let [Block { kind: BlockKind::Paragraph { content }, .. }] = value else { return None };
    let (first, rest) = content.split_first()?;
    let InlineKind::Image(image) = &first.kind else { return None };
    let caption = match rest {
        [] => Vec::new(),
        [Inline { kind: InlineKind::HardBreak, .. }, caption @ ..] => caption.to_vec(),
        _ => return None,
    };
    Some(InfoboxImage { image: (**image).clone(), caption })
}

fn alignment(node: Node<'_, '_>) -> Result<Option<Align>, Error> {
    Ok(match node.kind()? {
        "AlignLeft" => Some(Align::Start),
        "AlignRight" => Some(Align::End),
        "AlignCenter" => Some(Align::Center),
        _ => None,
    })
}
