//! Links between articles of a book.

use super::join::Origin;
use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::model::visit::{Visit, VisitMut, walk_article, walk_article_mut, walk_block, walk_inline_mut};
use crate::model::{Block, BlockKind, Document, Inline, InlineKind, Span, Style, Target, plain_text};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What leads to the chapters of a book.
#[derive(Default)]
pub(super) struct Chapters {
    /// The anchor of each chapter.
    pub anchors: Vec<String>,
    /// Further titles and the chapter each leads to, by title.
    pub aliases: BTreeMap<String, usize>,
    titles: HashMap<String, usize>,
    addresses: HashMap<String, usize>,
    /// The chapters by the files they were read from, and by the names of these without their extension.
    files: HashMap<String, usize>,
    stems: HashMap<String, usize>,
    /// The path of the folder that holds them all, with a `/` behind it.
    root: String,
    /// For each chapter its file, and what its identifiers are called in the book.
    origins: Vec<Origin>,
    /// For each chapter its sections' words and anchors.
    sections: Vec<HashMap<String, String>>,
}

impl Chapters {
    /// Where a link to an article leads in the book.
    fn find(&self, title: &str, section: Option<&str>) -> Option<String> {
        let by_file = || self.stems.get(&key(title));
        let chapter = *self.titles.get(&key(title)).or_else(by_file)?;
        let section = section.and_then(|s| self.sections[chapter].get(&s.replace('_', " ")));
        Some(section.unwrap_or(&self.anchors[chapter]).clone())
    }

    /// Where an address leads that is one of a file beside that of a chapter.
    fn beside(&self, from: &str, url: &str) -> Option<Result<String, String>> {
        let (path, section) =
            url.split_once('#').map_or((url, None), |(path, section)| (path, Some(section)));
        let path = path.split('?').next().unwrap_or(path);
        if path.is_empty() || path.contains("://") || path.starts_with("//") || from.is_empty() {
            return None;
        }
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        // As sites have it, from the folder that holds all chapters on, or from one around it.
        let chapter = match path.strip_prefix('/') {
            Some(path) => {
                let mut folders = self.root.match_indices('/').map(|(at, _)| &self.root[..=at]).rev();
                let top = self.file(&resolved("", path)?);
                folders.find_map(|folder| self.file(&resolved(folder, path)?)).or(top)?
            }
            None => self.file(&resolved(from, &path)?)?,
        };
        let Some(section) = section.filter(|section| !section.is_empty()) else {
            return Some(Ok(self.anchors[chapter].clone()));
        };
        let section = percent_encoding::percent_decode_str(section).decode_utf8_lossy();
        let names = &self.origins[chapter].names;
        // Browsers find the anchors of GitHub in letters of another case.
        Some(match names.get(&*section).or_else(|| names.get(&section.to_lowercase())) {
            Some(anchor) => Ok(anchor.clone()),
            None => Err(self.anchors[chapter].clone()),
        })
    }

    /// The chapter that was read from a file. Generators of sites have the page that is made of a file in
    /// its place.
    fn file(&self, file: &str) -> Option<usize> {
        let stem = file.trim_end_matches('/').strip_suffix(".html").unwrap_or(file.trim_end_matches('/'));
        let candidates = [
            file.to_owned(),
            format!("{stem}.md"),
            format!("{stem}.qmd"),
            format!("{stem}.Rmd"),
            format!("{stem}/index.md"),
            format!("{stem}/README.md"),
            stem.strip_suffix("index").map(|folder| format!("{folder}README.md")).unwrap_or_default(),
        ];
        candidates.iter().find_map(|file| self.files.get(file)).copied()
    }

    fn at(&self, url: &str) -> Option<String> {
        let (address, section) = url.split_once('#').map_or((url, None), |(a, s)| (a, Some(s)));
        let chapter = *self.addresses.get(address)?;
        let section = section.and_then(|s| self.sections[chapter].get(&s.replace('_', " ")));
        Some(section.unwrap_or(&self.anchors[chapter]).clone())
    }
}

/// The path of a file that stands at a path seen from another file.
fn resolved(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop().filter(|part| *part != "..")?;
            }
            part => parts.push(part),
        }
    }
    let kept: Vec<&str> = parts.into_iter().filter(|part| *part != ".").collect();
    Some(kept.join("/"))
}

/// The longest path of a folder that all files lie in, with a `/` behind it.
fn folder_of_all<'f>(files: impl Iterator<Item = &'f String>) -> String {
    let folder = |file: &'f String| file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let shared = files.map(|file| folder(file).split('/').collect::<Vec<_>>()).reduce(|mut all, one| {
        all.truncate(all.iter().zip(&one).take_while(|(a, b)| a == b).count());
        all
    });
    shared.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/") + "/").unwrap_or_default()
}

/// Titles that a wiki takes for the same.
fn key(title: &str) -> String {
    let title = title.replace('_', " ");
    let mut chars = title.trim().chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// Gives every chapter an anchor and notes what leads to it. Of two chapters of one title the
/// first is found.
pub(super) fn chapters(
    book: &mut Document,
    redirects: &BTreeMap<String, String>,
    origins: Vec<Origin>,
) -> Chapters {
    let mut taken = Taken(HashSet::new());
    book.articles.iter().for_each(|article| walk_article(&mut taken, article));
    let mut chapters = Chapters { origins, ..Chapters::default() };
    for (index, origin) in chapters.origins.iter().enumerate().filter(|(_, origin)| !origin.file.is_empty()) {
        let file = origin.file.strip_prefix("./").unwrap_or(&origin.file);
        chapters.files.entry(file.to_owned()).or_insert(index);
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        chapters.stems.entry(key(stem)).or_insert(index);
    }
    chapters.root = folder_of_all(chapters.files.keys());
    let mut number = 0;
    for (index, article) in book.articles.iter_mut().enumerate() {
        let mut title = plain_text(&article.meta.title);
        if title.trim().is_empty()
            && let Some(origin) = chapters.origins.get(index)
        {
            // What has no title of its own is called as its file.
            let name = origin.file.rsplit('/').next().unwrap_or_default();
            title = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
            article.meta.title = vec![Inline::new(InlineKind::Text { text: title.clone() }, Span::default())];
        }
        let anchor = loop {
            number += 1;
            let anchor = format!("chapter-{number}");
            if taken.0.insert(anchor.clone()) {
                break anchor;
            }
        };
        // A span of its own around the title, which may have an identifier already.
        let content = std::mem::take(&mut article.meta.title);
        let mut title_span = Inline::new(InlineKind::Styled { style: Style::Span, content }, Span::default());
        title_span.attr_mut().id = Some(anchor.clone());
        article.meta.title.push(title_span);
        chapters.titles.entry(key(&title)).or_insert(index);
        // A heading that is the title has no anchor of its own.
        #[cfg(feature = "markdown")]
        if let Some(origin) = chapters.origins.get_mut(index) {
            origin.names.entry(crate::text::slug::slug(&title)).or_insert_with(|| anchor.clone());
        }
        if let Some(url) = &article.meta.source_url {
            chapters.addresses.entry(url.clone()).or_insert(index);
        }
        let mut sections = Sections(HashMap::new());
        walk_article(&mut sections, article);
        chapters.sections.push(sections.0);
        chapters.anchors.push(anchor);
    }
    for (from, to) in redirects {
        if let Some(&chapter) = chapters.titles.get(&key(to))
            && !chapters.titles.contains_key(&key(from))
        {
            chapters.titles.insert(key(from), chapter);
            chapters.aliases.insert(from.clone(), chapter);
        }
    }
    chapters
}

/// Leads links to articles of the book into the book.
pub(super) fn inside(book: &mut Document, chapters: &Chapters, cx: &mut ReadContext<'_>) {
    for (index, article) in book.articles.iter_mut().enumerate() {
        let file = chapters.origins.get(index).map(|origin| origin.file.as_str()).unwrap_or_default();
        let file = file.strip_prefix("./").unwrap_or(file);
        let mut inside = Inside { chapters, file, broken: Vec::new() };
        walk_article_mut(&mut inside, article);
        for (url, span) in inside.broken {
            let message = format!("no anchor of '{url}' in its chapter; the link leads to the chapter");
            cx.report(Diagnostic::new(&code::BROKEN_ANCHOR, span, message));
        }
    }
}

struct Taken(HashSet<String>);

impl Visit<'_> for Taken {
    fn block(&mut self, block: &Block) {
        self.0.extend(block.id().map(str::to_owned));
        walk_block(self, block);
    }
    fn inline(&mut self, inline: &Inline) {
        self.0.extend(inline.id().map(str::to_owned));
    }
}

struct Sections(HashMap<String, String>);

impl Visit<'_> for Sections {
    fn block(&mut self, block: &Block) {
        if let (BlockKind::Heading { content, .. }, Some(id)) = (&block.kind, block.id()) {
            self.0.entry(plain_text(content)).or_insert_with(|| id.to_owned());
        }
        walk_block(self, block);
    }
}

struct Inside<'c> {
    chapters: &'c Chapters,
    /// The file of the chapter.
    file: &'c str,
    /// Links to what a chapter has not.
    broken: Vec<(String, Span)>,
}

impl VisitMut<'_> for Inside<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        if let InlineKind::Link(link) = &mut inline.kind {
            let anchor = match &link.target {
                Target::Article { title, section } => self.chapters.find(title, section.as_deref()),
                Target::Url(url) => {
                    self.chapters.at(url).or_else(|| match self.chapters.beside(self.file, url)? {
                        Ok(anchor) => Some(anchor),
                        Err(chapter) => {
                            self.broken.push((url.clone(), inline.span));
                            Some(chapter)
                        }
                    })
                }
                Target::Anchor(_) => None,
            };
            if let Some(anchor) = anchor {
                link.target = Target::Anchor(anchor);
            }
        }
        walk_inline_mut(self, inline);
    }
}
