//! Sets citations and the list of works by a style.

use super::formatted::{child, inlines, tidied};
use super::locale::{self, LOCALES};
use super::works::Works;
use super::{Cluster, Item, style};
use crate::model::{Inline, InlineKind, LanguageTag, Link, Span, Target, plain_text};
use crate::text::citation::anchor;
use hayagriva::citationberg::taxonomy::Locator as Kind;
use hayagriva::citationberg::{CitationFormat, IndependentStyle, LocaleCode, StyleCategory, StyleClass};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, CitePurpose, ElemChild,
    ElemChildren, ElemMeta, LocatorPayload, Rendered, SpecificLocator,
};
use std::collections::HashMap;

/// What is to be set.
pub(crate) struct Asked<'c> {
    pub clusters: &'c [Cluster],
    /// Works that are listed though nothing cites them; `*` stands for all.
    pub uncited: &'c [String],
    pub language: Option<&'c LanguageTag>,
}

/// How citations and works are written.
pub(crate) struct Set {
    /// For each citation what stands in the sentence, and what stands in a note.
    pub citations: Vec<(Vec<Inline>, Option<Vec<Inline>>)>,
    /// The works by their keys, in order.
    pub works: Vec<(String, Vec<Inline>)>,
}

impl Works {
    /// Sets citations of works that are known, all in one kind of list.
    ///
    /// # Errors
    /// When works of CSL JSON are cited beside others.
    pub(crate) fn set(&self, asked: &Asked<'_>) -> Result<Set, &'static str> {
        let fallback;
        let style = match &self.style {
            Some(style) => &**style,
            None => {
                fallback =
                    style::read("chicago-author-date").map_err(|_| "there is no style of citations")?;
                &fallback
            }
        };
        let locale = asked.language.and_then(locale::code);
        let setting = Setting { asked, style, locale };
        let (entries, items) = (&self.lists.entries, &self.lists.items);
        if items.is_empty() {
            return Ok(setting.entries(&entries.iter().map(|entry| (entry.key(), entry)).collect(), entries));
        }
        if entries.is_empty() {
            let list: Vec<_> = items.iter().map(|(_, item)| item.clone()).collect();
            let keyed = items.iter().zip(&list).map(|((key, _), item)| (&**key, item)).collect();
            return Ok(setting.items(&keyed, &list));
        }
        Err("a list of works in CSL JSON can't stand beside lists of other kinds")
    }
}

struct Setting<'s> {
    asked: &'s Asked<'s>,
    style: &'s IndependentStyle,
    locale: Option<LocaleCode>,
}

/// The trait that hayagriva's driver asks of works is its own secret: so this is written for each kind.
macro_rules! setting {
    ($name:ident, $work:ty) => {
        fn $name(&self, keyed: &HashMap<&str, &'s $work>, all: &'s [$work]) -> Set {
            let mut driver = BibliographyDriver::new();
            let request = |items: Vec<CitationItem<'s, $work>>, note| {
                CitationRequest::new(items, self.style, self.locale.clone(), &LOCALES, note)
            };
            for cluster in self.asked.clusters {
                for purpose in self.purposes(cluster) {
                    let items = cluster.items.iter().filter_map(|item| {
                        let locator = item.locator.as_ref().and_then(|locator| {
                            let kind: Kind = locator.kind.parse().ok()?;
                            Some(SpecificLocator(kind, LocatorPayload::Str(&locator.place)))
                        });
                        let locator = locator.filter(|_| purpose != Some(CitePurpose::Author));
                        let work = *keyed.get(&*item.key)?;
                        let purpose =
                            purpose.or_else(|| self.is_suppressed(item).then_some(CitePurpose::Prose));
                        Some(CitationItem::new(work, locator, None, false, purpose))
                    });
                    driver.citation(request(items.collect(), cluster.note));
                }
            }
            let uncited: Vec<&$work> = match self.asked.uncited.iter().any(|key| key == "*") {
                true => all.iter().collect(),
                false => self.asked.uncited.iter().filter_map(|key| keyed.get(&**key).copied()).collect(),
            };
            if !uncited.is_empty() {
                let items = uncited.into_iter().map(|work| CitationItem::new(work, None, None, true, None));
                driver.citation(request(items.collect(), None));
            }
            self.made(driver.finish(BibliographyRequest::new(self.style, self.locale.clone(), &LOCALES)))
        }
    };
}

impl<'s> Setting<'s> {
    setting!(entries, hayagriva::Entry);
    setting!(items, hayagriva::citationberg::json::Item);

    /// How a citation is asked for: what stands in the sentence, then what stands in a note.
    fn purposes(&self, cluster: &Cluster) -> Vec<Option<CitePurpose>> {
        match (cluster.in_text, self.is_note()) {
            (false, _) => vec![None],
            (true, false) => vec![Some(CitePurpose::Prose)],
            (true, true) => vec![Some(CitePurpose::Author), None],
        }
    }

    fn is_note(&self) -> bool {
        self.style.settings.class == StyleClass::Note
    }

    /// Whether an author is left out: numbers and labels name none.
    fn is_suppressed(&self, item: &Item) -> bool {
        let names = |category: &StyleCategory| {
            let StyleCategory::CitationFormat { format } = category else { return true };
            !matches!(format, CitationFormat::Label | CitationFormat::Numeric)
        };
        item.suppressed && self.style.info.category.iter().all(names)
    }

    fn made(&self, rendered: Rendered) -> Set {
        let mut each = rendered.citations.into_iter().map(|citation| citation.citation);
        let mut citations = Vec::new();
        for cluster in self.asked.clusters {
            let mut parts = self.purposes(cluster).into_iter().map(|_| each.next().unwrap_or_default());
            let first = parts.next().unwrap_or_default();
            let made = match (self.is_note(), cluster.in_text) {
                (false, _) => (self.citation(cluster, first), None),
                (true, false) => (Vec::new(), Some(self.citation(cluster, first))),
                (true, true) => {
                    let name = inlines(&first, cluster.span, &mut |_, content| content);
                    (name, Some(self.citation(cluster, parts.next().unwrap_or_default())))
                }
            };
            citations.push(made);
        }
        let works = rendered.bibliography.map(|list| list.items).unwrap_or_default();
        let works = works.into_iter().map(|work| {
            let mut content = Vec::new();
            if let Some(first) = &work.first_field {
                child(first, Span::default(), &mut |_, content| content, &mut content);
                content.push(Inline::text(" ", Span::default()));
            }
            content.extend(inlines(&work.content, Span::default(), &mut |_, content| content));
            tidied(&mut content);
            (work.key, content)
        });
        Set { citations, works: works.collect() }
    }

    /// One citation with the words around its works, each of which leads to the list.
    fn citation(&self, cluster: &Cluster, mut parts: ElemChildren) -> Vec<Inline> {
        let (span, layout) = (cluster.span, &self.style.citation.layout);
        let affix = |affix: &Option<String>| affix.clone().unwrap_or_default();
        let (before, after) = (affix(&layout.prefix), affix(&layout.suffix));
        let suppresses = cluster.items.iter().any(|item| self.is_suppressed(item)) && !cluster.in_text;
        if suppresses {
            parts.0.iter_mut().for_each(without_names);
        }
        let mut out = inlines(&parts, span, &mut |number, content| {
            let Some(item) = cluster.items.get(number).filter(|_| !content.is_empty()) else {
                return content;
            };
            let content = match suppresses && self.is_suppressed(item) {
                true => within(content, &before, &after),
                false => content,
            };
            let link = Link { target: Target::Anchor(anchor(&item.key)), content };
            let mut out = item.prefix.clone();
            if !out.is_empty() {
                out.push(Inline::text(" ", span));
            }
            out.push(Inline::new(InlineKind::Link(Box::new(link)), span));
            let suffix = plain_text(&item.suffix);
            if suffix.starts_with(char::is_alphanumeric) {
                out.push(Inline::text(" ", span));
            }
            out.extend(item.suffix.iter().cloned());
            out
        });
        if suppresses {
            out.insert(0, Inline::text(before, span));
            out.push(Inline::text(after, span));
        }
        out
    }
}

/// Leaves out the names that a part begins with.
fn without_names(part: &mut ElemChild) {
    let ElemChild::Elem(elem) = part else { return };
    let is_names = |child: &ElemChild| match child {
        ElemChild::Elem(elem) => {
            matches!(elem.meta, Some(ElemMeta::Names(_))) || elem.children.find_names().is_some()
        }
        _ => false,
    };
    if let Some(at) = elem.children.0.iter().position(is_names) {
        elem.children.0.drain(..=at);
    }
}

/// Content without what stands before and after the whole citation.
fn within(mut content: Vec<Inline>, before: &str, after: &str) -> Vec<Inline> {
    if let Some(InlineKind::Text { text }) = content.first_mut().map(|inline| &mut inline.kind) {
        let rest = text.trim_start();
        *text = rest.strip_prefix(before).unwrap_or(rest).to_owned();
    }
    if let Some(InlineKind::Text { text }) = content.last_mut().map(|inline| &mut inline.kind) {
        *text = text.strip_suffix(after).unwrap_or(text).to_owned();
    }
    content
}
