//! Blocks.

use super::ast::{
    Alignment, Attr, Block as Out, Caption, Cell, ColWidth, Delimiter, Inline as OutInline, MathType,
    NumberStyle as OutStyle, Row, TableBody, TableFoot, TableHead,
};
use super::translator::{Translator, attr, of_template, plain};
use crate::json::pandoc::class;
use crate::model::{
    Align, Aside, Block, BlockKind, Definition, Grid, Infobox, InfoboxRow, ListItem, Marker, NumberStyle,
    Part, Scope, Span, Table,
};

impl<'d> Translator<'d, '_, '_> {
    pub(super) fn blocks(&mut self, blocks: &'d [Block]) -> Vec<Out<'d>> {
        self.tight_blocks(blocks, false)
    }

    /// The blocks of an item or a cell: tight when its paragraphs have no space between them.
    fn tight_blocks(&mut self, blocks: &'d [Block], tight: bool) -> Vec<Out<'d>> {
        // pandoc puts notes where its output has them.
        let shown = blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Notes { .. }));
        shown.map(|block| self.block(block, tight)).collect()
    }

    fn block(&mut self, block: &'d Block, tight: bool) -> Out<'d> {
        let own = attr(block.attr.as_deref());
        match &block.kind {
            BlockKind::Heading { level, content } => Out::Header(level.get(), own, self.inlines(content)),
            BlockKind::Paragraph { content } => {
                let content = self.inlines(content);
                divided(own, if tight { Out::Plain(content) } else { Out::Para(content) })
            }
            BlockKind::Quote { body } => divided(own, Out::BlockQuote(self.blocks(body))),
            BlockKind::List { marker, tight, items } => divided(own, self.list(*marker, *tight, items)),
            BlockKind::Definitions { items } => {
                divided(own, Out::DefinitionList(items.iter().map(|i| self.definition(i)).collect()))
            }
            BlockKind::Code { language, text, numbers } => {
                let mut own = own;
                if let Some(first) = numbers {
                    own = own.with_class("numberLines");
                    own.set("startFrom", first.to_string());
                }
                let own = match language {
                    Some(language) => own.with_class(language),
                    None => own,
                };
                Out::CodeBlock(own, text)
            }
            BlockKind::Math(formula) => {
                let tex = &formula.tex;
                divided(own, Out::Para(vec![OutInline::Math(MathType::DisplayMath, tex)]))
            }
            BlockKind::Table(table) => self.table(table, own),
            BlockKind::Infobox(infobox) => self.infobox(infobox, own, block.span),
            BlockKind::Figure { body, caption } => {
                let caption = Caption(None, plain(self.inlines(caption)));
                Out::Figure(own, caption, self.tight_blocks(body, true))
            }
            BlockKind::Aside { role, body } => Out::Div(own.with_class(role_class(*role)), self.blocks(body)),
            BlockKind::Notes { .. } => Out::Div(own.with_class("notes"), Vec::new()),
            BlockKind::Rule => divided(own, Out::HorizontalRule),
            BlockKind::Unknown(unknown) => divided(own, Out::Para(self.inlines(&unknown.content))),
            BlockKind::Unresolved(unresolved) => {
                // What is to be shown of it, the reader put after it.
                Out::Div(of_template(own, unresolved), Vec::new())
            }
        }
    }

    fn list(&mut self, marker: Marker, tight: bool, items: &'d [ListItem]) -> Out<'d> {
        let items = items.iter().map(|item| self.item(item, tight)).collect();
        match marker {
            Marker::Bullet => Out::BulletList(items),
            Marker::Ordered { start, style } => {
                let style = match style {
                    NumberStyle::Decimal => OutStyle::Decimal,
                    NumberStyle::LowerAlpha => OutStyle::LowerAlpha,
                    NumberStyle::UpperAlpha => OutStyle::UpperAlpha,
                    NumberStyle::LowerRoman => OutStyle::LowerRoman,
                    NumberStyle::UpperRoman => OutStyle::UpperRoman,
                };
                Out::OrderedList((start, style, Delimiter::Period), items)
            }
        }
    }

    /// A task's box stands before its words, as pandoc's own readers put it.
    fn item(&mut self, item: &'d ListItem, tight: bool) -> Vec<Out<'d>> {
        let mut blocks = self.tight_blocks(&item.blocks, tight);
        let Some(checked) = item.checked else { return blocks };
        let mark = [OutInline::Str(if checked { "☒" } else { "☐" }.into()), OutInline::Space];
        match blocks.first_mut() {
            Some(Out::Plain(content) | Out::Para(content)) => {
                content.splice(0..0, mark);
            }
            _ => blocks.insert(0, Out::Plain(mark.into())),
        }
        blocks
    }

    /// Pandoc's definition has one term: several are lines of it.
    fn definition(&mut self, item: &'d Definition) -> (Vec<OutInline<'d>>, Vec<Vec<Out<'d>>>) {
        let mut term = Vec::new();
        for (number, one) in item.terms.iter().enumerate() {
            if number > 0 {
                term.push(OutInline::LineBreak);
            }
            term.extend(self.inlines(one));
        }
        let details = item.details.iter().map(|d| self.tight_blocks(d, d.len() == 1)).collect();
        (term, details)
    }

    fn table(&mut self, table: &'d Table, own: Attr<'d>) -> Out<'d> {
        let caption = Caption(None, plain(self.inlines(&table.caption)));
        let grid = Grid::of(table);
        let columns = grid.columns.iter().map(|c| (alignment(c.align), ColWidth::ColWidthDefault)).collect();
        let headers = row_headers(&grid);
        let [head, body, foot] = [Part::Head, Part::Body, Part::Foot].map(|part| self.rows(&grid, part));
        Out::Table(
            own,
            caption,
            columns,
            TableHead(Attr::default(), head),
            vec![TableBody(Attr::default(), headers, Vec::new(), body)],
            TableFoot(Attr::default(), foot),
        )
    }

    fn rows(&mut self, grid: &Grid<'d>, part: Part) -> Vec<Row<'d>> {
        let mut out = Vec::new();
        for row in grid.part(part) {
            let mut cells = Vec::new();
            for place in grid.row(row) {
                let cell = place.cell;
                let blocks = self.tight_blocks(&cell.blocks, cell.blocks.len() == 1);
                let own = attr(cell.attr.as_deref());
                cells.push(Cell(own, alignment(cell.align), place.rows, place.columns, blocks));
            }
            out.push(Row(Attr::default(), cells));
        }
        out
    }

    fn infobox(&mut self, infobox: &'d Infobox, own: Attr<'d>, span: Span) -> Out<'d> {
        let mut rows = Vec::with_capacity(infobox.rows.len() + 1);
        if let Some(picture) = &infobox.image {
            let mut words = vec![self.image(&picture.image, Attr::default(), span)];
            if !picture.caption.is_empty() {
                words.push(OutInline::LineBreak);
                words.extend(self.inlines(&picture.caption));
            }
            rows.push(Row(Attr::default(), vec![cell(2, plain(words))]));
        }
        rows.extend(infobox.rows.iter().map(|row| self.fact(row)));
        let table = Out::Table(
            Attr::default(),
            Caption(None, plain(self.inlines(&infobox.title))),
            vec![(Alignment::AlignDefault, ColWidth::ColWidthDefault); 2],
            TableHead(Attr::default(), Vec::new()),
            vec![TableBody(Attr::default(), 1, Vec::new(), rows)],
            TableFoot(Attr::default(), Vec::new()),
        );
        Out::Div(own.with_class(class::INFOBOX), vec![table])
    }

    fn fact(&mut self, row: &'d InfoboxRow) -> Row<'d> {
        let mut own = Attr::default();
        if let Some(key) = &row.key {
            own.set("key", key.as_str());
        }
        let label = plain(self.inlines(&row.label));
        let value = self.tight_blocks(&row.value, row.value.len() == 1);
        let cells = match (row.label.is_empty(), row.value.is_empty()) {
            (false, true) => {
                own = own.with_class("heading");
                vec![cell(2, label)]
            }
            (true, _) => vec![cell(2, value)],
            (false, false) => vec![cell(1, label), cell(1, value)],
        };
        Row(own, cells)
    }
}

fn cell(columns: usize, blocks: Vec<Out<'_>>) -> Cell<'_> {
    Cell(Attr::default(), Alignment::AlignDefault, 1, columns, blocks)
}

/// A block whose kind carries no attributes in pandoc's model: around it a division that does.
fn divided<'d>(own: Attr<'d>, block: Out<'d>) -> Out<'d> {
    if own.is_empty() { block } else { Out::Div(own, vec![block]) }
}

/// How many columns at the start of every row of the body are headers of their rows.
fn row_headers(grid: &Grid<'_>) -> usize {
    let body = grid.part(Part::Body);
    let mut heading = vec![0; body.len()];
    for place in body.clone().flat_map(|row| grid.row(row)) {
        for row in &mut heading[place.row - body.start..][..place.rows] {
            if *row == place.column && place.heads == Some(Scope::Row) {
                *row += place.columns;
            }
        }
    }
    heading.into_iter().min().unwrap_or(0)
}

/// Pandoc's alignment is of the page, the model's of the line; its readers mean left by start.
fn alignment(align: Option<Align>) -> Alignment {
    match align {
        Some(Align::Start) => Alignment::AlignLeft,
        Some(Align::Center) => Alignment::AlignCenter,
        Some(Align::End) => Alignment::AlignRight,
        None => Alignment::AlignDefault,
    }
}

fn role_class(role: Aside) -> &'static str {
    match role {
        Aside::Hatnote => "hatnote",
        Aside::Note => "note",
        Aside::Tip => "tip",
        Aside::Important => "important",
        Aside::Caution => "caution",
        Aside::Warning => "warning",
        Aside::Box => "box",
    }
}
