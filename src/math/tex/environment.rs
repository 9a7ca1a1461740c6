//! Environments: matrices, cases, systems of equations.

use super::command::styled;
use super::lexer::{Kind, Token, command, text as source_of};
use super::parser::{Atom, Parser, Stop, Style, fenced};
use super::unread::Unread;
use crate::math::spacing::Class;
use crate::model::{Form, Math, MathAlign, MathRow, MathTable, Operator};

/// A table of more cells is not read.
const MOST_CELLS: usize = 20_000;
/// White between the rows of displayed equations.
const ROW_GAP: i32 = 500;

impl Parser<'_> {
    pub fn environment(&mut self, token: &Token) -> Result<Atom, Unread> {
        let name = self.lexer.words(token)?;
        let ordinary = |math| Ok(Atom::new(math, Class::Ordinary));
        let plain = name.trim_end_matches('*');
        let (mut table, mut fences) =
            (MathTable { row_gap: 450, gaps: vec![1000], ..MathTable::default() }, None);
        let mut style = Style { display: false, ..self.style };
        match plain {
            "matrix" | "pmatrix" | "bmatrix" | "Bmatrix" | "vmatrix" | "Vmatrix" => {
                let align = self.lexer.optional()?;
                if let Some(align) = align {
                    table.columns = vec![alignment(&source_of(&align)); 20];
                }
                fences = match plain {
                    "pmatrix" => Some(("(", ")")),
                    "bmatrix" => Some(("[", "]")),
                    "Bmatrix" => Some(("{", "}")),
                    "vmatrix" => Some(("|", "|")),
                    "Vmatrix" => Some(("‖", "‖")),
                    _ => None,
                };
            }
            "smallmatrix" => {
                (table.row_gap, table.gaps) = (150, vec![400]);
                style.script = true;
            }
            "cases" | "rcases" | "dcases" | "drcases" => {
                table.columns = vec![MathAlign::Left; 2];
                table.display = plain.starts_with('d');
                style.display = table.display;
                fences = Some(if plain.contains("rcases") { ("", "}") } else { ("{", "") });
            }
            "array" | "subarray" => {
                self.lexer.optional()?;
                let columns = self.lexer.words(token)?;
                self.columns(token, &columns, &mut table)?;
                if plain == "subarray" {
                    (table.row_gap, style.script) = (50, true);
                }
            }
            "aligned" | "align" | "split" | "alignedat" | "alignat" | "eqnarray" | "flalign" | "xalignat" => {
                if plain.ends_with("at") {
                    self.lexer.words(token)?;
                } else {
                    self.lexer.optional()?;
                }
                (table.display, style.display, table.row_gap) = (true, true, ROW_GAP);
                (table.columns, table.gaps) = match plain {
                    "eqnarray" => {
                        (vec![MathAlign::Right, MathAlign::Center, MathAlign::Left], vec![278, 278, 1000])
                    }
                    "alignat" | "alignedat" => (pairs(), vec![0]),
                    _ => (pairs(), pairs_gaps()),
                };
            }
            "gathered" | "gather" | "multline" | "equation" | "displaymath" | "math" => {
                self.lexer.optional()?;
                (table.display, style.display, table.row_gap) = (true, true, ROW_GAP);
            }
            _ => return Err(Unread::new(token.at, format!("\\begin{{{name}}} is not known"))),
        }
        let tagged = matches!(
            plain,
            "align" | "alignat" | "flalign" | "eqnarray" | "gather" | "multline" | "equation" | "xalignat"
        );
        let kept = std::mem::replace(&mut self.style, style);
        let rows = self.rows(token, &name, tagged, &mut table);
        self.style = kept;
        table.rows = rows?;
        if plain == "multline" && table.rows.len() > 1 {
            // The first line to the left, the last to the right: a cell for each.
            table.columns = vec![MathAlign::Left];
        }
        if matches!(plain, "aligned" | "align" | "split" | "alignedat" | "alignat" | "flalign" | "xalignat") {
            for row in &mut table.rows {
                relations_after_nothing(&mut row.cells);
            }
        }
        let width = table.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
        table.columns.truncate(width);
        let single = table.rows.len() == 1
            && width == 1
            && table.rows[0].tag.is_none()
            && table.rows[0].label.is_none();
        if single && matches!(plain, "equation" | "displaymath" | "math" | "gather" | "gathered") {
            let cell = table.rows.remove(0).cells.remove(0);
            return ordinary(styled(cell, true));
        }
        let math = Math::Table(Box::new(table));
        match fences {
            None => ordinary(math),
            Some((open, close)) => {
                let Math::Row { mut children } = fenced(open, math, close) else {
                    return ordinary(Math::row(vec![]));
                };
                children.retain(|c| !matches!(c, Math::Operator(o) if o.text.is_empty()));
                ordinary(Math::Row { children })
            }
        }
    }

    /// `\substack{a \\ b}` and the like.
    pub fn braced_table(&mut self, of: &Token, name: &str) -> Result<Math, Unread> {
        let mut tokens = self.lexer.argument(of)?;
        let end = Token { kind: Kind::Command("end".into()), at: of.at };
        tokens.push(end);
        tokens.push(Token { kind: Kind::Open, at: of.at });
        tokens.extend(name.chars().map(|c| Token { kind: Kind::Char(c), at: of.at }));
        tokens.push(Token { kind: Kind::Close, at: of.at });
        self.lexer.push(tokens);
        let mut table = MathTable { row_gap: 150, gaps: vec![0], ..MathTable::default() };
        let kept = self.style;
        self.style = Style { display: false, script: true, ..kept };
        let rows = self.rows(of, name, false, &mut table);
        self.style = kept;
        table.rows = rows?;
        Ok(Math::Table(Box::new(table)))
    }

    /// The rows up to the end of an environment.
    fn rows(
        &mut self,
        begin: &Token,
        name: &str,
        tagged: bool,
        table: &mut MathTable,
    ) -> Result<Vec<MathRow>, Unread> {
        let (mut rows, mut row, mut cells) = (Vec::new(), MathRow::default(), 0usize);
        let kept = (self.tag.take(), self.label.take());
        loop {
            // Lines stand before a row's first cell.
            while row.cells.is_empty() {
                let token = self.solid()?;
                match &token.kind {
                    Kind::Command(line)
                        if matches!(
                            &**line,
                            "hline" | "toprule" | "midrule" | "bottomrule" | "hdashline"
                        ) =>
                    {
                        let at = rows.len() as u16;
                        if table.row_lines.last() != Some(&at) {
                            table.row_lines.push(at);
                        }
                    }
                    _ => {
                        self.lexer.back(token);
                        break;
                    }
                }
            }
            let cell = self.row(Stop::Cell)?;
            cells += 1;
            if cells > MOST_CELLS {
                return Err(Unread::new(begin.at, format!("a table of more than {MOST_CELLS} cells")));
            }
            row.cells.push(cell);
            let end = self.solid()?;
            let is = |what: &str| matches!(&end.kind, Kind::Command(c) if &**c == what);
            if end.kind == Kind::Char('&') {
                continue;
            }
            if tagged && let Some((tag, label)) = self.take_tag() {
                (row.tag, row.label) = (tag, label);
            }
            if is("\\") || is("cr") {
                self.star()?;
                self.lexer.optional()?;
                rows.push(std::mem::take(&mut row));
                continue;
            }
            let ended = self.lexer.words(&end)?;
            if ended != name {
                return Err(Unread::new(end.at, format!("\\begin{{{name}}} ends with \\end{{{ended}}}")));
            }
            // A row of nothing at the end is the end of the last one.
            let empty = |cell: &Math| matches!(cell, Math::Row { children } if children.is_empty());
            if !(row.cells.iter().all(empty) && row.tag.is_none() && !rows.is_empty()) {
                rows.push(row);
            }
            if !tagged {
                self.tag = self.tag.take().or(kept.0);
                self.label = self.label.take().or(kept.1);
            }
            return Ok(rows);
        }
    }

    /// What the argument of `array` says of its columns.
    fn columns(&mut self, token: &Token, columns: &str, table: &mut MathTable) -> Result<(), Unread> {
        for c in columns.chars() {
            match c {
                'l' => table.columns.push(MathAlign::Left),
                'c' => table.columns.push(MathAlign::Center),
                'r' => table.columns.push(MathAlign::Right),
                '|' => {
                    let at = table.columns.len() as u16;
                    if table.column_lines.last() != Some(&at) {
                        table.column_lines.push(at);
                    }
                }
                ' ' | ':' => {}
                _ => {
                    let why = format!("columns {columns} of which {c} is not known");
                    return Err(Unread::new(token.at, format!("{} with {why}", command(token))));
                }
            }
        }
        Ok(())
    }
}

fn alignment(source: &str) -> MathAlign {
    match source.trim() {
        "l" => MathAlign::Left,
        "r" => MathAlign::Right,
        _ => MathAlign::Center,
    }
}

/// Right and left by turns, as equations are aligned.
fn pairs() -> Vec<MathAlign> {
    [MathAlign::Right, MathAlign::Left].repeat(10)
}

fn pairs_gaps() -> Vec<i32> {
    [0, 2000].repeat(10)
}

/// A relation that starts a cell has what stands in the cell before it on its left.
fn relations_after_nothing(cells: &mut [Math]) {
    for cell in cells.iter_mut().skip(1).step_by(2) {
        let first = match cell {
            Math::Row { children } => children.first_mut(),
            other => Some(other),
        };
        if let Some(Math::Operator(operator)) = first {
            let known = crate::math::dictionary::known(operator, Form::Infix);
            let fence = operator.text == "|";
            if fence {
                continue;
            }
            if known.before == 278 || known.before == 222 || known.before == 167 {
                let white = known.before;
                **operator = Operator { before: Some(white), after: Some(white), ..(**operator).clone() };
                operator.form = Some(Form::Infix);
            }
        }
    }
}
