//! What a publication is made of.

/// A file of the publication, its path relative to the package document.
#[derive(Debug)]
pub(super) struct Resource {
    pub path: String,
    pub media_type: &'static str,
    /// Space-separated properties of the manifest item.
    pub properties: &'static str,
    pub data: Vec<u8>,
}

/// The path of a content file.
pub(super) fn page_path(index: usize) -> String {
    format!("text{}.xhtml", index + 1)
}
