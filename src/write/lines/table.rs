//! Tables a row a line. What hangs over several rows or columns is said in each.

use super::options::{ChunkTables, ChunkText};
use super::page::Writing;
use crate::model::{Grid, Part, Place, Span, Table};
use std::collections::BTreeMap;

/// What is longer is not repeated.
const LONGEST_REPEATED: usize = 200;

/// A value of a row, with its place in the source unless it is repeated.
type Value<'t> = (&'t str, Option<Span>);

impl Writing<'_, '_, '_> {
    pub fn table(&mut self, table: &Table) {
        let grid = Grid::of(table);
        let one_line = std::mem::replace(&mut self.one_line, true);
        let texts: Vec<String> = grid.places.iter().map(|place| self.cell(place)).collect();
        let caption = self.taken(|writing| writing.inlines(&table.caption));
        self.one_line = one_line;
        let mut rows = Rows::of(&grid, &texts);
        self.page.text.push_str(&caption);
        let (records, bars) =
            (self.chunks.tables == ChunkTables::Records, self.chunks.text != ChunkText::Plain);
        if bars && !records {
            if !caption.is_empty() {
                self.page.text.push_str("\n\n");
            }
            let names: Vec<Value<'_>> = rows.names.iter().map(|name| (name.as_str(), None)).collect();
            self.bars(&names);
            self.page.text.push('\n');
            self.bars(&vec![("---", None); names.len()]);
            self.head(one_line);
        }
        for number in 0..grid.rows.len() {
            let head = grid.rows[number].part == Part::Head;
            if head && (records || bars) {
                continue;
            }
            let values = rows.values(number);
            if values.iter().all(|(text, _)| text.is_empty()) {
                continue;
            }
            self.part();
            match (records, bars) {
                (true, _) => self.record(&values, &mut rows, bars),
                (false, true) => self.bars(&values),
                (false, false) => self.row(&values),
            }
            if head {
                self.head(one_line);
            }
        }
        let whole = self.chunks.tables == ChunkTables::Whole;
        if let Some(piece) = self.current().filter(|piece| piece.kind == "table" && !one_line) {
            piece.whole = whole;
        }
    }

    fn cell(&mut self, place: &Place<'_>) -> String {
        let text = match self.chunks.text {
            ChunkText::Plain => self.taken(|writing| writing.item(&place.cell.blocks)),
            #[cfg(feature = "markdown")]
            ChunkText::Markdown => crate::write::markdown::cell(&place.cell.blocks, self.cx),
        };
        // The lines of a header are one name.
        if place.heads.is_some() { text.replace("; ", " ").replace("<br>", " ") } else { text }
    }

    /// What stands so far is repeated before each part that the table is cut into.
    fn head(&mut self, nested: bool) {
        let end = self.page.text.len();
        if let Some(piece) = self.current().filter(|piece| piece.kind == "table" && !nested) {
            piece.head = Some(end);
        }
    }

    fn row(&mut self, values: &[Value<'_>]) {
        let last = values.iter().rposition(|(text, _)| !text.is_empty()).unwrap_or(0);
        for (i, value) in values[..=last].iter().enumerate() {
            self.page.text.push_str(if i > 0 { " | " } else { "" });
            self.value(*value);
        }
    }

    fn bars(&mut self, values: &[Value<'_>]) {
        self.page.text.push('|');
        for value in values {
            self.page.text.push(' ');
            self.value(*value);
            self.page.text.push_str(" |");
        }
    }

    fn record(&mut self, values: &[Value<'_>], rows: &mut Rows<'_>, bars: bool) {
        self.page.text.push_str(if bars { "- " } else { "" });
        let mut first = true;
        // A row of one cell that all columns share is no record.
        let named = values.len() > 1 && values[1..].iter().any(|(text, _)| !text.is_empty());
        for (column, (text, place)) in values.iter().enumerate().filter(|(_, (text, _))| !text.is_empty()) {
            self.page.text.push_str(if first { "" } else { " | " });
            first = false;
            let name = rows.names.get(column).filter(|name| named && !name.is_empty() && *name != text);
            if let Some(name) = name.filter(|name| rows.budget >= name.len()) {
                rows.budget -= name.len();
                self.page.text.push_str(name);
                self.page.text.push_str(if name.ends_with(':') { " " } else { ": " });
            }
            self.value((text, *place));
        }
    }

    fn value(&mut self, (text, place): Value<'_>) {
        match place {
            Some(span) => self.push_whole(text, span),
            None => self.page.text.push_str(text),
        }
    }
}

/// The rows of a table as values in columns.
struct Rows<'t> {
    grid: &'t Grid<'t>,
    texts: &'t [String],
    /// The names of the columns: what stands in the table's head.
    names: Vec<String>,
    /// Cells that hang down from above by their columns, with the row in which they end.
    hanging: BTreeMap<usize, (usize, usize)>,
    /// So many bytes may yet be repeated, so that the text grows with the table.
    budget: usize,
}

impl<'t> Rows<'t> {
    fn of(grid: &'t Grid<'t>, texts: &'t [String]) -> Self {
        let budget = 4096 + 4 * texts.iter().map(|text| text.len() + 1).sum::<usize>();
        let (names, hanging) = (vec![String::new(); grid.columns.len()], BTreeMap::new());
        let mut rows = Rows { grid, texts, names, hanging, budget };
        for place in grid.places.iter().zip(texts) {
            rows.name(place);
        }
        rows
    }

    /// Adds a cell of the table's head to the names of its columns.
    fn name(&mut self, (place, text): (&Place<'t>, &'t String)) {
        if self.grid.rows[place.row].part != Part::Head || text.len() > LONGEST_REPEATED {
            return;
        }
        if place.columns == self.names.len() && self.names.len() > 1 {
            return;
        }
        for name in &mut self.names[place.column..place.column + place.columns] {
            if name.is_empty() {
                name.push_str(text);
            } else if !name.ends_with(text.as_str()) && name.len() < LONGEST_REPEATED {
                name.push(' ');
                name.push_str(text);
            }
        }
    }

    /// The values of a row, one a column. Rows are asked for in order.
    fn values(&mut self, row: usize) -> Vec<Value<'t>> {
        self.hanging.retain(|_, (_, end)| *end > row);
        let places = self.grid.rows[row].places.clone();
        let mut cells: Vec<(usize, bool)> = self.hanging.values().map(|&(n, _)| (n, false)).collect();
        cells.extend(places.clone().map(|n| (n, true)));
        cells.sort_by_key(|&(n, _)| self.grid.places[n].column);
        let head = self.grid.rows[row].part == Part::Head;
        let mut values: Vec<Value<'t>> = Vec::with_capacity(cells.len());
        for (n, own) in cells {
            let (place, text) = (&self.grid.places[n], self.texts[n].as_str());
            // What heads all columns tells none from another.
            let named = head && place.columns < self.grid.columns.len();
            let said = if own || self.repeats(text) { text } else { "" };
            values.push((said, own.then_some(place.cell.span)));
            for _ in 1..place.columns {
                let said = if named && self.repeats(text) { text } else { "" };
                if self.budget == 0 {
                    break;
                }
                self.budget -= 1;
                values.push((said, None));
            }
        }
        let below = places.filter(|&n| self.grid.places[n].rows > 1);
        self.hanging.extend(below.map(|n| {
            let place = &self.grid.places[n];
            (place.column, (n, row + place.rows))
        }));
        values
    }

    /// Whether a text is to be said again.
    fn repeats(&mut self, text: &str) -> bool {
        let repeats = text.len() <= LONGEST_REPEATED.min(self.budget);
        if repeats {
            self.budget -= text.len();
        }
        repeats
    }
}
