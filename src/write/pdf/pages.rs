//! Takes pages as they are set and writes each at once. What stays in memory of a page is its size
//! and links, and twenty bytes for each piece of marked content.

use super::emit::{self, DrawnBox};
use super::file::File;
use super::fonts::FontSet;
use super::images::ImageSet;
use super::links::{self, Said};
use super::ops;
use super::standard::Version;
use crate::format::Error;
use crate::layout::structure::StructId;
use crate::layout::{
    PageSink,
    page::{Link, Page},
};
use crate::model::Target;
use crate::style::Length;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The pages of a file.
pub(super) struct Pages<'a> {
    pub(super) file: File<'a>,
    pub(super) fonts: FontSet<'a>,
    pub(super) images: ImageSet,
    pub(super) record: Record,
    version: Version,
    /// The link seen last: it may go on on the next line.
    said: Option<(Arc<Link>, Said)>,
    /// The node of the page tree, and the resources of pages without images.
    tree: ObjectId,
    resources: ObjectId,
}

/// What is known of the pages once they are written.
#[derive(Default)]
pub(super) struct Record {
    pub(super) sizes: Vec<PageSize>,
    /// Marked content, in order of pages and of drawing.
    pub(super) marks: Vec<Mark>,
    pub(super) links: Vec<LinkMark>,
    pub(super) boxes: Vec<(usize, DrawnBox)>,
    /// What each key of the parent tree stands for.
    pub(super) parents: Vec<ParentKey>,
    /// Anchors that links lead to; in PDF 2.0 each with the object of its structure destination.
    pub(super) anchors: BTreeMap<String, Option<ObjectId>>,
}

/// A page's object and height.
#[derive(Clone, Copy)]
pub(super) struct PageSize {
    pub(super) object: ObjectId,
    pub(super) height: Length,
}

/// A marked-content sequence.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) leaf: StructId,
    /// The number of the element of a formula that it is of.
    pub(super) part: Option<u32>,
    pub(super) page: u32,
    /// Its identifier on the page.
    pub(super) id: u32,
}

/// A link annotation.
#[derive(Clone, Copy)]
pub(super) struct LinkMark {
    pub(super) owner: StructId,
    pub(super) page: u32,
    pub(super) annotation: ObjectId,
    /// The structure destination that it leads to.
    pub(super) destination: Option<ObjectId>,
}

/// What a key of the parent tree stands for.
pub(super) enum ParentKey {
    /// A page: its marks, as a range of all.
    Page(std::ops::Range<usize>),
    /// A link annotation, by its number.
    Link(usize),
}

impl<'a> Pages<'a> {
    pub(super) fn new(mut file: File<'a>, version: Version, fonts: FontSet<'a>, images: ImageSet) -> Self {
        let (tree, resources) = (file.reserve(), file.reserve());
        Pages { file, fonts, images, record: Record::default(), version, said: None, tree, resources }
    }

    /// Writes the fonts and the page tree, and gives its root.
    pub(super) fn finish(&mut self) -> Result<ObjectId, Error> {
        self.fonts.write(&mut self.file)?;
        let mut resources = Dictionary::new();
        resources.set("Font", self.fonts.resources());
        self.file.object(self.resources, resources)?;
        let kids: Vec<_> = self.record.sizes.iter().map(|p| Object::Reference(p.object)).collect();
        let mut dict = Dictionary::new();
        dict.set("Type", "Pages");
        dict.set("Count", kids.len() as i64);
        dict.set("Kids", kids);
        self.file.object(self.tree, dict)?;
        Ok(self.tree)
    }

    fn links(&mut self, number: usize, page: &Page) -> Result<Vec<Object>, Error> {
        let mut annotations = Vec::new();
        for area in &page.links {
            let key = self.record.parents.len();
            let destination = self.destination(&area.link);
            let said = match &self.said {
                Some((link, said)) if Arc::ptr_eq(link, &area.link) => said.clone(),
                _ => {
                    let Some(said) = Said::of(&area.link, destination) else { continue };
                    let said = said.shared(&area.link, &mut self.file)?;
                    self.said = Some((Arc::clone(&area.link), said.clone()));
                    said
                }
            };
            let annotation = self.file.add(links::annotation(area, said, page.height, key))?;
            self.record.parents.push(ParentKey::Link(self.record.links.len()));
            let page = number as u32;
            self.record.links.push(LinkMark { owner: area.link.owner, page, annotation, destination });
            annotations.push(Object::Reference(annotation));
        }
        Ok(annotations)
    }

    /// Notes the anchor that a link leads to, and gives the object of its structure destination.
    fn destination(&mut self, link: &Link) -> Option<ObjectId> {
        let Target::Anchor(anchor) = &link.target else { return None };
        if let Some(destination) = self.record.anchors.get(anchor) {
            return *destination;
        }
        let destination = (self.version == Version::V2_0).then(|| self.file.reserve());
        self.record.anchors.insert(anchor.clone(), destination);
        destination
    }
}

impl PageSink for Pages<'_> {
    fn page(&mut self, number: usize, page: Page) -> Result<(), Error> {
        self.write(number, &page)
    }
}

impl Pages<'_> {
    /// Writes a page.
    pub(super) fn write(&mut self, number: usize, page: &Page) -> Result<(), Error> {
        let content = emit::content(page, self.version, &mut self.fonts, &self.images, &mut self.file)?;
        let stream = self.file.reserve();
        self.file.stream(stream, Dictionary::new(), &content.stream)?;

        // Of pages before it that come later the objects are kept free.
        while self.record.sizes.len() <= number {
            let object = self.file.reserve();
            self.record.sizes.push(PageSize { object, height: Length::ZERO });
        }
        let object = self.record.sizes[number].object;
        self.record.sizes[number].height = page.height;
        let mut dict = Dictionary::new();
        dict.set("Type", "Page");
        dict.set("Parent", self.tree);
        let edges = [Length::ZERO, Length::ZERO, page.width, page.height];
        dict.set("MediaBox", edges.map(|edge| Object::Real(ops::points(edge))).to_vec());
        if content.images.is_empty() {
            dict.set("Resources", self.resources);
        } else {
            let mut resources = Dictionary::new();
            resources.set("Font", self.fonts.resources());
            resources.set("XObject", self.images.resources(content.images));
            dict.set("Resources", resources);
        }
        dict.set("Contents", stream);
        // The order of the structure, for who steps through links by keyboard (PDF/UA-1, 7.18.3).
        dict.set("Tabs", "S");
        if !content.marks.is_empty() {
            dict.set("StructParents", self.record.parents.len() as i64);
            let first = self.record.marks.len();
            let marks = content.marks.iter().zip(0..);
            let page = number as u32;
            self.record.marks.extend(marks.map(|(&(leaf, part), id)| Mark { leaf, part, page, id }));
            self.record.parents.push(ParentKey::Page(first..self.record.marks.len()));
        }
        let annotations = self.links(number, page)?;
        if !annotations.is_empty() {
            dict.set("Annots", annotations);
        }
        self.file.object(object, dict)?;
        self.record.boxes.extend(content.boxes.into_iter().map(|drawn| (number, drawn)));
        Ok(())
    }
}
