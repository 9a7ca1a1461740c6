use super::{Article, BlockKind, Document, plain_text};

/// A heading, or the title of an article, in a document's [outline](Document::outline).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem<'d> {
    /// 0 for the title of an article, else the heading's level from 1 to 6.
    pub level: u8,
    /// Its words.
    pub title: String,
    /// The anchor that leads to it; a title has none of its own.
    pub anchor: Option<&'d str>,
    /// The index of its article.
    pub article: usize,
}

impl Document {
    /// The titles of the articles and the headings of their bodies, in reading order. Headings
    /// inside quotations, cells and the like are not of the outline.
    ///
    /// ```
    /// use fanfold::{Converter, diagnostic::Ignore, format::{ReadContext, Limits}};
    ///
    /// let (limits, mut sink) = (Limits::default(), Ignore);
    /// let mut cx = ReadContext::new("cat.txt", &limits, &mut sink);
    /// let document = Converter::default().read(b"= Cat =\n\n==Its food==\n\nMice.\n", None, &mut cx)?;
    /// let outline = document.outline();
    /// assert_eq!((outline[0].level, outline[0].title.as_str()), (0, "Cat"));
    /// assert_eq!((outline[1].title.as_str(), outline[1].anchor), ("Its food", Some("its-food")));
    /// # Ok::<(), fanfold::format::Error>(())
    /// ```
    pub fn outline(&self) -> Vec<OutlineItem<'_>> {
        let mut out = Vec::new();
        for (number, article) in self.articles.iter().enumerate() {
            out.extend(title(article, number));
            out.extend(article.blocks.iter().filter_map(|block| match &block.kind {
                BlockKind::Heading { level, content } => Some(OutlineItem {
                    level: level.get(),
                    title: plain_text(content),
                    anchor: block.id(),
                    article: number,
                }),
                _ => None,
            }));
        }
        out
    }
}

fn title(article: &Article, number: usize) -> Option<OutlineItem<'_>> {
    let title = plain_text(&article.meta.title);
    (!title.is_empty()).then_some(OutlineItem { level: 0, title, anchor: None, article: number })
}
