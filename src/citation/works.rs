//! Lists of works and the style they are cited in.

use super::lists::{self, Fault, Lists};
use super::style;
use hayagriva::Entry;
use hayagriva::citationberg::IndependentStyle;
use std::sync::Arc;

/// Works that documents may cite by their keys, and the style they are cited in: by default the author-date
/// style of the Chicago Manual.
///
/// ```
/// use fanfold::{Converter, Works, diagnostic::Ignore, model::plain_text};
///
/// let mut works = Works::default();
/// let list = "@book{knuth, author = {Donald E. Knuth}, title = {The TeXbook}, year = 1984}";
/// assert!(works.add("tex.bib", list).is_empty());
/// works.set_style("ieee")?;
/// let (converter, mut sink) = (Converter::builder().works(works).build(), Ignore);
/// let mut cx = converter.read_context("a.md", &mut sink);
/// let document = converter.read(b"As he shows [@knuth, p. 3].", None, &mut cx)?;
/// assert!(plain_text(&document.articles[0].blocks[0]).contains("[1, p. 3]"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Works {
    pub(super) lists: Arc<Lists>,
    pub(super) style: Option<Arc<IndependentStyle>>,
}

impl Works {
    /// Adds a list of works: BibTeX and BibLaTeX (`.bib`), CSL JSON (`.json`) or hayagriva's YAML (`.yaml`), by
    /// the name's extension or else by how it begins. Of works with the same key the first counts. What is
    /// wrong with the list is returned; the rest of it is added all the same.
    pub fn add(&mut self, name: &str, text: &str) -> Vec<Fault> {
        lists::read(name, text, Arc::make_mut(&mut self.lists))
    }

    /// Cites in this style: one of those that are built in, such as `apa`, `ieee` or `chicago-author-date`, or
    /// the text of one in CSL.
    ///
    /// # Errors
    /// What is wrong with the style, or that there is none of the name.
    pub fn set_style(&mut self, style: &str) -> Result<(), String> {
        self.style = Some(Arc::new(style::read(style)?));
        Ok(())
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.lists.entries.is_empty() && self.lists.items.is_empty()
    }

    /// Whether one has this key; or the one that differs from it by case alone.
    pub(crate) fn has(&self, key: &str) -> Result<(), Option<String>> {
        if self.keys().any(|known| known == key) {
            return Ok(());
        }
        Err(self.keys().find(|known| known.to_lowercase() == key.to_lowercase()).map(str::to_owned))
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        let items = self.lists.items.iter().map(|(key, _)| &**key);
        self.lists.entries.iter().map(Entry::key).chain(items)
    }
}
