//! What stands under an article's title.

use super::parts::Title;
use crate::model::{Article, Creator, Document};

/// A paragraph under an article's title and subtitle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UnderTitle {
    /// The authors, parted by commas.
    Authors(String),
    /// The date.
    Date(String),
    /// A summary.
    Summary(String),
}

impl UnderTitle {
    pub(crate) fn words(&self) -> &str {
        match self {
            UnderTitle::Authors(words) | UnderTitle::Date(words) | UnderTitle::Summary(words) => words,
        }
    }
}

impl Title {
    /// The paragraphs under an article's title and subtitle. What stands on a page of its own
    /// before is left out.
    pub(crate) fn under(&self, document: &Document, article: &Article, covered: bool) -> Vec<UnderTitle> {
        let (own, of_all) = (&article.meta, &document.meta);
        let lone = document.articles.len() == 1;
        let covered = covered && lone;
        let creators = if own.creators.is_empty() && lone { &of_all.creators } else { &own.creators };
        let of =
            |own: &Option<String>, of_all: &Option<String>| own.clone().or(of_all.clone().filter(|_| lone));
        let names: Vec<String> = creators.iter().map(Creator::shown).collect();
        let author = (self.author && !covered).then(|| UnderTitle::Authors(names.join(", ")));
        let date = of(&own.date, &of_all.date).filter(|_| self.date && !covered).map(UnderTitle::Date);
        let summary =
            of(&own.description, &of_all.description).filter(|_| self.summary).map(UnderTitle::Summary);
        let all = [author, date, summary].into_iter().flatten();
        all.filter(|under| !under.words().trim().is_empty()).collect()
    }
}
