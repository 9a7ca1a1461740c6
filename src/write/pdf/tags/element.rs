//! The elements: what each is called, holds and says (PDF 32000-1, 14.7.2 and 14.8.5; ISO 32000-2, 14.8.6).

use super::{Plan, identifier};
use crate::format::Error;
use crate::layout::structure::{ListNumbering, Role, StructId};
use crate::model::Scope;
use crate::write::pdf::file::File;
use crate::write::pdf::images::ImageSet;
use crate::write::pdf::ops::points;
use crate::write::pdf::standard::Version;
use crate::write::pdf::text_string;
use lopdf::{Dictionary, Object, ObjectId, StringFormat};

impl Plan<'_> {
    pub(super) fn write_element(
        &self,
        n: usize,
        root: ObjectId,
        images: &ImageSet,
        file: &mut File<'_>,
    ) -> Result<(), Error> {
        if self.objects[n] == 0 {
            return Ok(());
        }
        let node = &self.nodes[n];
        let id = (self.objects[n], 0);
        let parent = node.parent.map_or(root, |p| (self.holder(p.0 as usize), 0));
        let mut dict = Dictionary::new();
        let name = self.name(n);
        dict.set("S", name);
        self.set_namespace(name, &mut dict);
        dict.set("P", parent);
        if let Some(refs) = self.refs.get(&n) {
            dict.set("Ref", refs.iter().map(|&n| self.reference(n)).collect::<Vec<_>>());
        }
        if let Some(lang) = self.structure.language(StructId(n as u32)) {
            dict.set("Lang", Object::string_literal(lang.as_str()));
        }
        if let Some(alt) = self.alternative(n, images) {
            dict.set("Alt", text_string::object(&alt));
        }
        if self.is_identified(n) {
            dict.set("ID", Object::String(identifier(n), StringFormat::Literal));
        }
        if let Some(attributes) = self.attributes(n) {
            dict.set("A", attributes);
        }
        if let Some(&mathml) = self.formulas.get(&StructId(n as u32)) {
            dict.set("AF", vec![Object::Reference(mathml)]);
        }
        if let Some(&first) = self.math.get(&n) {
            self.write_math(n, first, file)?;
        }
        match self.inner_links.get(&n) {
            None => self.set_kids(n, &mut dict),
            Some(&inner) => {
                dict.set("K", (inner, 0));
                let mut link = Dictionary::new();
                link.set("S", "Link");
                self.set_namespace("Link", &mut link);
                link.set("P", id);
                self.set_kids(n, &mut link);
                file.object((inner, 0), link)?;
            }
        }
        file.object(id, dict)
    }

    /// Sets the kids of an element: marked content, elements, links.
    fn set_kids(&self, n: usize, dict: &mut Dictionary) {
        // The page that marks without a page of their own are on.
        let mut on: Option<u32> = None;
        let mut kids: Vec<Object> =
            self.math.get(&n).map(|&math| Object::Reference((math, 0))).into_iter().collect();
        for child in self.children.of(n) {
            if self.nodes[child].role != Role::Content {
                if self.objects[child] != 0 {
                    kids.push(self.reference(child));
                }
                continue;
            }
            for &mark in self.marks.of(child) {
                let mark = self.record.marks[mark as usize];
                if mark.part.is_some() && self.math.contains_key(&n) {
                    continue;
                }
                if *on.get_or_insert(mark.page) == mark.page {
                    kids.push(i64::from(mark.id).into());
                } else {
                    let mut reference = Dictionary::new();
                    reference.set("Type", "MCR");
                    reference.set("Pg", self.page(mark.page));
                    reference.set("MCID", i64::from(mark.id));
                    kids.push(reference.into());
                }
            }
        }
        for &link in self.links.of(n) {
            let link = self.record.links[link as usize];
            let mut reference = Dictionary::new();
            reference.set("Type", "OBJR");
            if on != Some(link.page) {
                reference.set("Pg", self.page(link.page));
            }
            reference.set("Obj", link.annotation);
            kids.push(reference.into());
        }
        if let Some(page) = on {
            dict.set("Pg", self.page(page));
        }
        match kids.len() {
            0 => {}
            1 => dict.set("K", kids.swap_remove(0)),
            _ => dict.set("K", kids),
        }
    }

    /// Says that a type is one of PDF 2.0 and not of 1.7, whose types need no namespace (ISO 32000-2, 14.8.6).
    fn set_namespace(&self, name: &str, dict: &mut Dictionary) {
        if let Some(namespace) = self.namespace
            && !matches!(name, "BlockQuote" | "Code" | "Reference" | "TOC" | "TOCI")
        {
            dict.set("NS", namespace);
        }
    }

    fn name(&self, n: usize) -> &'static str {
        if self.version == Version::V2_0 {
            match (&self.nodes[n].role, self.parent_role(n)) {
                (Role::Note, _) => return "FENote",
                // What lists and entries of contents may hold (ISO/TS 32005, table 5).
                (Role::Link, Some(Role::TocItem)) => return "Reference",
                (Role::Paragraph, Some(Role::Toc)) => return "Caption",
                (Role::BlockQuote | Role::Aside, Some(Role::TableData { .. } | Role::TableHeader { .. }))
                | (Role::Aside, Some(Role::Aside | Role::BlockQuote)) => return "Div",
                (Role::Heading(_), Some(Role::Note)) => return "P",
                _ => {}
            }
        }
        match self.nodes[n].role {
            Role::Document => "Document",
            Role::Part => "Part",
            Role::Section => "Sect",
            Role::Title => "Title",
            Role::Heading(_) => match self.levels.get(&n) {
                None | Some(1) => "H1",
                Some(2) => "H2",
                Some(3) => "H3",
                Some(4) => "H4",
                Some(5) => "H5",
                Some(_) => "H6",
            },
            Role::Paragraph => "P",
            Role::List(_) => "L",
            Role::ListItem => "LI",
            Role::Label => "Lbl",
            Role::ListBody => "LBody",
            Role::Table => "Table",
            // A table of heads alone has them for its body: without one it may have neither.
            Role::TableHead | Role::TableFoot if !self.has_body(n) => "TBody",
            Role::TableHead => "THead",
            Role::TableBody => "TBody",
            Role::TableFoot => "TFoot",
            Role::TableRow => "TR",
            Role::TableHeader { .. } => "TH",
            Role::TableData { .. } => "TD",
            Role::Caption => "Caption",
            Role::Figure => "Figure",
            Role::Formula => "Formula",
            Role::BlockQuote => "BlockQuote",
            Role::Code => "Code",
            Role::Aside => "Aside",
            Role::Note => "Note",
            Role::Reference => "Reference",
            Role::Toc => "TOC",
            Role::TocItem => "TOCI",
            // One that leads nowhere in the file is words like others.
            Role::Link if self.links.of(n).is_empty() => "Span",
            Role::Link => "Link",
            Role::Span | Role::Content => "Span",
        }
    }

    /// Whether there is a body beside a part of a table.
    fn has_body(&self, part: usize) -> bool {
        let parts = self.nodes[part].parent.map(|StructId(table)| self.children.of(table as usize));
        parts.into_iter().flatten().any(|n| self.nodes[n].role == Role::TableBody && self.objects[n] != 0)
    }

    /// The alternative text; figures and formulas need one.
    fn alternative(&self, n: usize, images: &ImageSet) -> Option<String> {
        let given = self.structure.alternative(StructId(n as u32));
        let given = given.filter(|alt| !alt.trim().is_empty()).map(str::to_owned);
        match self.nodes[n].role {
            Role::Figure => given.or_else(|| {
                let image = self.boxes.get(&n).and_then(|(_, _, image)| *image);
                let name = image.and_then(|i| images.name(i)).filter(|name| !name.trim().is_empty());
                Some(name.unwrap_or("Image").to_owned())
            }),
            Role::Formula => given.or_else(|| Some("Formula".to_owned())),
            _ => given,
        }
    }

    /// Standard attributes (14.8.5).
    fn attributes(&self, n: usize) -> Option<Dictionary> {
        let mut dict = Dictionary::new();
        match &self.nodes[n].role {
            Role::List(numbering) => {
                dict.set("O", "List");
                let numbering = match numbering {
                    ListNumbering::Disc => "Disc",
                    ListNumbering::Decimal => "Decimal",
                    ListNumbering::LowerAlpha => "LowerAlpha",
                    ListNumbering::UpperAlpha => "UpperAlpha",
                    ListNumbering::LowerRoman => "LowerRoman",
                    ListNumbering::UpperRoman => "UpperRoman",
                    // Terms and what they mean.
                    ListNumbering::None if self.version == Version::V2_0 => "Description",
                    ListNumbering::None => "None",
                };
                dict.set("ListNumbering", numbering);
            }
            Role::TableHeader { scope, col_span, row_span } => {
                dict.set("O", "Table");
                dict.set("Scope", if *scope == Scope::Row { "Row" } else { "Column" });
                set_spans(&mut dict, *col_span, *row_span);
            }
            Role::TableData { col_span, row_span } => {
                let headers =
                    self.structure.headers().get(&StructId(n as u32)).map_or(&[][..], Vec::as_slice);
                if *col_span <= 1 && *row_span <= 1 && headers.is_empty() {
                    return None;
                }
                dict.set("O", "Table");
                set_spans(&mut dict, *col_span, *row_span);
                if !headers.is_empty() {
                    let id = |header: &StructId| identifier(header.0 as usize);
                    let ids = headers.iter().map(|h| Object::String(id(h), StringFormat::Literal));
                    dict.set("Headers", ids.collect::<Vec<_>>());
                }
            }
            Role::Figure | Role::Formula => {
                let (_, edges, _) = self.boxes.get(&n)?;
                dict.set("O", "Layout");
                dict.set("BBox", edges.map(|edge| Object::Real(points(edge))).to_vec());
            }
            Role::Note if self.version == Version::V2_0 => {
                dict.set("O", "FENote");
                let endnote = self.structure.is_endnote(StructId(n as u32));
                dict.set("NoteType", if endnote { "Endnote" } else { "Footnote" });
            }
            _ => return None,
        }
        Some(dict)
    }
}

fn set_spans(dict: &mut Dictionary, col_span: u16, row_span: u16) {
    if col_span > 1 {
        dict.set("ColSpan", i64::from(col_span));
    }
    if row_span > 1 {
        dict.set("RowSpan", i64::from(row_span));
    }
}
