//! The infobox: an `aside` with a table whose every value has its label as header.

use super::escape::push_attribute;
use super::writer::ContentWriter;
use crate::model::{Block, Infobox};

impl ContentWriter<'_, '_> {
    /// An `aside` is a landmark, and landmarks are told apart by their names: the box's title, or the
    /// page's, with a number when another box has it already.
    fn infobox_label(&mut self, infobox: &Infobox) -> String {
        let mut label = self.label(&infobox.title).trim().to_owned();
        if label.is_empty() {
            label.clone_from(&self.page.title);
        }
        let label = self.distinct(label);
        let mut attribute = String::from(" aria-label=\"");
        push_attribute(&mut attribute, label.trim());
        attribute.push('"');
        if label.trim().is_empty() { String::new() } else { attribute }
    }

    /// A landmark's name, told apart from earlier ones of the page.
    pub(super) fn distinct(&mut self, mut label: String) -> String {
        let count = self.landmarks.entry((self.page_index(), label.clone())).or_insert(0);
        *count += 1;
        if *count > 1 {
            label.push_str(&format!(" ({count})"));
        }
        label
    }

    pub(super) fn infobox(&mut self, infobox: &Infobox, block: &Block) {
        let label = self.infobox_label(infobox);
        self.open("aside", block.attr.as_deref(), &format!(" class=\"infobox\"{label}"));
        if infobox.rows.is_empty() && infobox.image.is_none() {
            self.out.push_str("<p>");
            self.phrase(&infobox.title);
            self.out.push_str("</p></aside>\n");
            return;
        }
        self.out.push_str("\n<table>\n");
        if !infobox.title.is_empty() {
            self.out.push_str("<caption>");
            self.phrase(&infobox.title);
            self.out.push_str("</caption>\n");
        }
        self.out.push_str("<tbody>\n");
        if let Some(image) = &infobox.image {
            self.out.push_str("<tr><td colspan=\"2\">");
            // Of an image that isn't there the caption says enough.
            let is_there = image.image.has_words() || self.document.assets.contains_key(&image.image.source);
            if is_there || image.caption.is_empty() {
                self.image(&image.image, None, block.span);
            }
            if !image.caption.is_empty() {
                if is_there {
                    self.out.push_str("<br>");
                    self.end_void();
                }
                self.out.push_str("<small>");
                self.phrase(&image.caption);
                self.out.push_str("</small>");
            }
            self.out.push_str("</td></tr>\n");
        }
        // In a box where no row has both, a second column would stay empty.
        let wide = infobox.rows.iter().any(|r| !r.label.is_empty() && !r.value.is_empty());
        let across = if wide || infobox.image.is_some() { " colspan=\"2\"" } else { "" };
        let mut first = infobox.image.is_none();
        for row in &infobox.rows {
            match (row.label.is_empty(), row.value.is_empty()) {
                (true, true) => continue,
                (true, false) if row.value.iter().all(|block| self.is_bare(block)) => continue,
                (false, true) => {
                    // What follows is a group of rows under this heading.
                    if !first {
                        self.out.push_str("</tbody>\n<tbody>\n");
                    }
                    self.out.push_str(&format!("<tr><th{across} scope=\"rowgroup\">"));
                    self.phrase(&row.label);
                    self.out.push_str("</th></tr>\n");
                }
                (true, false) => {
                    self.out.push_str(&format!("<tr><td{across}>"));
                    self.tight_blocks(&row.value, row.value.len() == 1);
                    self.out.push_str("</td></tr>\n");
                }
                (false, false) => {
                    self.out.push_str("<tr><th scope=\"row\">");
                    self.phrase(&row.label);
                    self.out.push_str("</th><td>");
                    self.tight_blocks(&row.value, row.value.len() == 1);
                    self.out.push_str("</td></tr>\n");
                }
            }
            first = false;
        }
        self.out.push_str("</tbody>\n</table>\n</aside>\n");
    }
}
