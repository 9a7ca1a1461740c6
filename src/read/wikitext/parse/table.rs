//! Lines that belong to tables: `{|`, `|}`, `|-`, `|+`, `|`, `!`.

use super::block::Lines;
use super::html::Tag;
use std::ops::Range;

impl Lines<'_> {
    /// Reads the line whose content starts at `at`, if it is one of a table.
    pub fn table_line(&mut self, at: usize, end: usize) -> bool {
        let rest = &self.text[at..end];
        let colons = rest.bytes().take_while(|&b| b == b':').count();
        let brace = end - rest[colons..].trim_start_matches([' ', '\t']).len();
        if self.text[brace..end].starts_with("{|") {
            return self.open_table(at, colons, brace, end);
        }
        // An HTML tag may have closed the table behind our back.
        while self.tables.last().is_some_and(|&(depth, _)| self.tree.tag_at_depth(depth) != Some(Tag::Table))
        {
            self.tables.pop();
        }
        let Some(&(depth, outside)) = self.tables.last() else { return false };
        if rest.starts_with("|}") {
            self.tree.close_leaf(at);
            self.tree.pop_to(depth, at + 2);
            self.tree.forget_carried();
            self.tables.pop();
            // What follows on the line is indented like the table.
            self.at = self.inline(at + 2, self.text.len());
            if outside < depth {
                self.tree.close_leaf(self.at);
                self.tree.pop_to(outside, self.at);
            }
        } else if let Some(dashes) = rest.strip_prefix("|-") {
            self.tree.close_leaf(at);
            self.tree.pop_to(depth + 1, at);
            self.tree.forget_carried();
            let attributes = end - dashes.trim_start_matches('-').len();
            self.push(Tag::Tr, at..end, attributes..end);
            self.at = end;
        } else if rest.starts_with("|+") {
            self.tree.close_leaf(at);
            self.tree.pop_to(depth + 1, at);
            let (attributes, content) = self.cell_attributes(at + 2..end);
            self.push(Tag::Caption, at..end, attributes);
            self.tree.forget_carried();
            self.cell_content(content, None);
        } else if rest.starts_with(['|', '!']) {
            self.cells(at, end, depth);
        } else {
            return false;
        }
        true
    }

    fn push(&mut self, tag: Tag, range: Range<usize>, detail: Range<usize>) {
        self.marks.attributes.push(detail.clone());
        if !self.tree.push(tag, range, detail, true) {
            self.tree.forget_carried();
        }
    }

    fn open_table(&mut self, at: usize, indent: usize, brace: usize, end: usize) -> bool {
        self.end_block(at);
        let outside = self.tree.depth();
        for i in at..at + indent {
            self.push(Tag::Dl, i..brace, 0..0);
            self.push(Tag::Dd, i..brace, 0..0);
        }
        let depth = self.tree.depth();
        self.marks.attributes.push(brace + 2..end);
        if !self.tree.push(Tag::Table, brace..end, brace + 2..end, true) {
            self.tree.forget_carried();
            self.tree.pop_to(outside, at);
            return false;
        }
        self.tables.push((depth, outside));
        self.at = end;
        true
    }

    fn cells(&mut self, at: usize, end: usize, table: usize) {
        self.tree.close_leaf(at);
        if self.tree.tag_at_depth(table + 1) == Some(Tag::Tr) {
            self.tree.pop_to(table + 2, at);
        } else {
            self.tree.pop_to(table + 1, at);
            self.push(Tag::Tr, at..at, 0..0);
        }
        let row = self.tree.depth();
        let header = self.text.as_bytes()[at] == b'!';
        let tag = if header { Tag::Th } else { Tag::Td };
        let mut start = at;
        let mut from = at + 1;
        let last_tag = self.text[from..end].rfind('>').map_or(0, |tag| from + tag);
        loop {
            let to = self.cell_end(from, end, header, last_tag);
            let (attributes, content) = self.cell_attributes(from..to);
            self.tree.pop_to(row, start);
            self.push(tag, start..to, attributes);
            self.tree.forget_carried();
            let last = to == end;
            self.cell_content(content, (!last).then_some(to));
            if last {
                return;
            }
            start = to;
            from = to + 2;
        }
    }

    /// Where the cell that starts at `from` ends: at `||`, in a header line also at `!!`. `last_tag`: where the
    /// last tag of the line ends.
    fn cell_end(&self, from: usize, end: usize, header: bool, last_tag: usize) -> usize {
        let bytes = &self.text.as_bytes()[from..end];
        let mut in_tag = false;
        for (at, pair) in bytes.windows(2).enumerate() {
            match pair[0] {
                b'<' if pair[1].is_ascii_alphabetic() => in_tag = from + at < last_tag,
                b'>' => in_tag = false,
                _ => {}
            }
            // In a tag they are text.
            if !in_tag && (pair == b"||" || (header && pair == b"!!")) {
                return from + at;
            }
        }
        end
    }

    /// Parts a cell into its attributes and its content.
    fn cell_attributes(&self, cell: Range<usize>) -> (Range<usize>, Range<usize>) {
        let text = &self.text[cell.clone()];
        // `rowspan="2" {{won}}`: on a wiki the bar is the template's, here what it made starts with a marker.
        if let Some(n) = text.find('\0').filter(|&n| is_attributes(&text[..n])) {
            return (cell.start..cell.start + n, cell.start + n..cell.end);
        }
        match text.find('|') {
            // A bar in a tag parts nothing.
            Some(n) if text[..n].rfind('<').is_some_and(|tag| !text[tag..n].contains('>')) => {
                (cell.start..cell.start, cell)
            }
            Some(n) if !text[..n].contains("[[") && !text[..n].contains("-{") => {
                (cell.start..cell.start + n, cell.start + n + 1..cell.end)
            }
            _ => (cell.start..cell.start, cell),
        }
    }

    /// Reads a cell's first line; `limit` is where it ends within its line.
    fn cell_content(&mut self, content: Range<usize>, limit: Option<usize>) {
        let start = content.start.min(content.end);
        self.at = self.inline(start, limit.unwrap_or(self.text.len()));
        self.tree.close_leaf(self.at);
    }
}

/// Whether a text is attributes and nothing else: `rowspan="2" align=left`.
fn is_attributes(text: &str) -> bool {
    let mut rest = text.trim();
    while !rest.is_empty() {
        let name = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        let Some(value) = rest[name..].trim_start().strip_prefix('=').filter(|_| name > 0) else {
            return false;
        };
        let value = value.trim_start();
        let after = match value.strip_prefix(['"', '\'']) {
            Some(quoted) => quoted.find(&value[..1]).map(|end| &quoted[end + 1..]),
            None => Some(value.trim_start_matches(|c: char| !c.is_whitespace())),
        };
        let Some(after) = after else { return false };
        rest = after.trim_start();
    }
    !text.trim().is_empty()
}
