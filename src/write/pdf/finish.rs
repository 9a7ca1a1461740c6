//! What belongs to the whole file, written after the last page: the catalog and all it leads to.

use super::attachments::{self, Attachment};
use super::metadata::Metadata;
use super::pages::Pages;
use super::standard::{Standards, Version};
use super::{destinations, labels, outline, srgb, tags};
use crate::diagnostic::{Diagnostic, code};
use crate::format::{Error, WriteContext};
use crate::layout::structure::Index;
use crate::model::{Direction, LanguageTag};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;

/// Ends the file.
pub(super) fn finish(
    mut pages: Pages<'_>,
    index: &Index,
    metadata: &Metadata,
    standards: Standards,
    attached: &[Attachment],
    cx: &mut WriteContext<'_>,
) -> Result<(), Error> {
    for anchor in pages.record.anchors.keys().filter(|a| !index.anchors.contains_key(*a)) {
        let message = format!("a link in the PDF leads to '{anchor}', which is on no page");
        cx.report(Diagnostic::new(&code::BROKEN_ANCHOR, None, message));
    }
    let tree = pages.finish()?;
    let Pages { mut file, images, record, .. } = pages;
    let sizes = &record.sizes;

    let mut catalog = Dictionary::new();
    catalog.set("Type", "Catalog");
    catalog.set("Pages", tree);
    catalog.set("Lang", Object::string_literal(metadata.language.as_str()));
    let mut mark_info = Dictionary::new();
    mark_info.set("Marked", true);
    catalog.set("MarkInfo", mark_info);
    let date = metadata.date.as_ref().map(|d| d.pdf());
    let version = standards.version();
    let formulas = match standards.holds_files() {
        true => attachments::formulas(&index.structure, date.as_deref(), &mut file)?,
        false => BTreeMap::new(),
    };
    let tags = tags::write(&index.structure, &record, &images, &formulas, version, &mut file)?;
    catalog.set("StructTreeRoot", tags.root);

    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    if LanguageTag::new(&metadata.language).is_some_and(|l| l.direction() == Direction::Rtl) {
        preferences.set("Direction", "R2L");
    }
    catalog.set("ViewerPreferences", preferences);
    if let Some(outline) = outline::write(&index.outline, sizes, &tags, version, &mut file)? {
        catalog.set("Outlines", outline);
        catalog.set("PageMode", "UseOutlines");
    }
    if let Some(labels) = labels::write(&index.labels, sizes.len(), &mut file)? {
        catalog.set("PageLabels", labels);
    }
    let mut names = Dictionary::new();
    if let Some(destinations) = destinations::write(index, &record, &tags, version, &mut file)? {
        names.set("Dests", destinations);
    }
    if let Some(attached) = attachments::write(attached, date.as_deref(), &mut file)? {
        names.set("EmbeddedFiles", attached.names);
        catalog.set("AF", attached.files);
    }
    if !names.is_empty() {
        catalog.set("Names", names);
    }

    let packet = file.reserve();
    let mut dict = Dictionary::new();
    dict.set("Type", "Metadata");
    dict.set("Subtype", "XML");
    // Uncompressed, so that programs that know no PDF can read it.
    file.raw_stream(packet, dict, metadata.xmp(standards).as_bytes())?;
    catalog.set("Metadata", packet);
    if standards.archival().is_some() {
        catalog.set("OutputIntents", vec![output_intent(&mut file)?.into()]);
    }
    let root = file.add(catalog)?;
    // PDF 2.0 has it all in the packet.
    let info = match version {
        Version::V1_7 => Some(file.add(metadata.info())?),
        Version::V2_0 => None,
    };
    file.finish(root, info)
}

/// Says that the file's colours are sRGB (PDF 32000-1, 14.11.5; ISO 19005-2, 6.2.3).
fn output_intent(file: &mut super::file::File<'_>) -> Result<ObjectId, Error> {
    let profile = file.reserve();
    let mut dict = Dictionary::new();
    dict.set("N", 3);
    file.stream(profile, dict, &srgb::profile())?;
    let mut intent = Dictionary::new();
    intent.set("Type", "OutputIntent");
    intent.set("S", "GTS_PDFA1");
    intent.set("OutputConditionIdentifier", Object::string_literal("sRGB"));
    intent.set("Info", Object::string_literal("sRGB IEC61966-2.1"));
    intent.set("DestOutputProfile", profile);
    file.add(intent)
}
