//! Files in the file (PDF 32000-1, 7.11.4), associated with the whole document or a formula of it as PDF/A-3 has it.

use super::file::File;
use super::text_string;
use super::tree;
use crate::format::{Error, WriteContext, Writer};
use crate::layout::structure::{StructId, Structure};
use crate::model::Document;
use crate::write::json::Json;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file to be attached to a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, without folders.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub data: Arc<[u8]>,
    /// What it is to the document.
    pub relationship: Relationship,
}

/// What an attached file is to its document (ISO 19005-3, annex E).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Relationship {
    /// What the document was made from.
    Source,
    /// The document's content as data.
    Data,
    /// The document in another form.
    Alternative,
    /// More than the document says.
    Supplement,
}

/// The tree of names and the list of associated files.
pub(super) struct Attached {
    pub(super) names: ObjectId,
    pub(super) files: Vec<Object>,
}

/// What a document was made from and what it is made of: its source, where that is known, and the
/// model as JSON, from which every other format can be made again.
pub(super) fn origins(document: &Document, cx: &mut WriteContext<'_>) -> Result<Vec<Attachment>, Error> {
    let name = cx.source_name().rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = if matches!(stem, "" | "-") { "document" } else { stem };
    let mut origins = Vec::new();
    if let Some(source) = cx.source() {
        let (extension, media_type) = match extension.to_ascii_lowercase().as_str() {
            "json" => (extension, "application/json"),
            "md" | "markdown" => (extension, "text/markdown"),
            "html" | "htm" => (extension, "text/html"),
            "" => ("txt", "text/plain"),
            _ => (extension, "text/plain"),
        };
        origins.push(Attachment {
            name: format!("{stem}.{extension}"),
            media_type: media_type.to_owned(),
            data: source.into(),
            relationship: Relationship::Source,
        });
    }
    let mut json = Vec::new();
    Json::default().write(document, &mut json, cx)?;
    let taken = origins.iter().any(|o| o.name.eq_ignore_ascii_case(&format!("{stem}.json")));
    origins.push(Attachment {
        name: if taken { format!("{stem}.fanfold.json") } else { format!("{stem}.json") },
        media_type: "application/json".to_owned(),
        data: json.into(),
        relationship: Relationship::Data,
    });
    Ok(origins)
}

/// Writes the attachments, if there are any.
pub(super) fn write(
    attachments: &[Attachment],
    date: Option<&str>,
    file: &mut File<'_>,
) -> Result<Option<Attached>, Error> {
    if attachments.is_empty() {
        return Ok(None);
    }
    let mut entries = Vec::new();
    for attachment in attachments {
        let description = match attachment.relationship {
            Relationship::Source => "The source of this document",
            Relationship::Data => "The content of this document as data",
            Relationship::Alternative => "This document in another form",
            Relationship::Supplement => "A supplement to this document",
        };
        let specification = specification(attachment, description, date, file)?;
        entries.push((text_string::bytes(&attachment.name), specification));
    }
    entries.sort();
    let files = entries.iter().map(|(_, id)| Object::Reference(*id)).collect();
    let names = tree::names(file, entries.into_iter().map(|(name, id)| (name, id.into())))?;
    Ok(Some(Attached { names, files }))
}

/// Writes the MathML of each formula, as a file that its element is associated with.
pub(super) fn formulas(
    structure: &Structure,
    date: Option<&str>,
    file: &mut File<'_>,
) -> Result<BTreeMap<StructId, ObjectId>, Error> {
    let mut written = BTreeMap::new();
    for (formula, mathml) in structure.formulas() {
        let attachment = Attachment {
            name: format!("formula-{}.mml", written.len() + 1),
            media_type: "application/mathml+xml".to_owned(),
            data: mathml.as_bytes().into(),
            relationship: Relationship::Supplement,
        };
        written.insert(*formula, specification(&attachment, "The formula in MathML", date, file)?);
    }
    Ok(written)
}

/// Writes a file and what is said of it.
fn specification(
    attachment: &Attachment,
    description: &str,
    date: Option<&str>,
    file: &mut File<'_>,
) -> Result<ObjectId, Error> {
    let data = file.reserve();
    let mut dict = Dictionary::new();
    dict.set("Type", "EmbeddedFile");
    dict.set("Subtype", attachment.media_type.as_str());
    let mut params = Dictionary::new();
    params.set("Size", attachment.data.len() as i64);
    // Required by PDF/A-3; without a date in the document, the epoch, never the clock.
    params.set("ModDate", Object::string_literal(date.unwrap_or("D:19700101000000Z")));
    dict.set("Params", params);
    file.stream(data, dict, &attachment.data)?;

    let mut specification = Dictionary::new();
    specification.set("Type", "Filespec");
    specification.set("F", text_string::object(&attachment.name));
    specification.set("UF", text_string::object(&attachment.name));
    let relationship = match attachment.relationship {
        Relationship::Source => "Source",
        Relationship::Data => "Data",
        Relationship::Alternative => "Alternative",
        Relationship::Supplement => "Supplement",
    };
    specification.set("AFRelationship", relationship);
    specification.set("Desc", Object::string_literal(description));
    let mut streams = Dictionary::new();
    streams.set("F", data);
    streams.set("UF", data);
    specification.set("EF", streams);
    file.add(specification)
}
