//! The page as a whole: its head, where the article stands in its body, its title.

use super::article;
use super::block::Flow;
use super::build::Builder;
use super::metadata::{field, json_ld, microdata, set};
use super::origin::Origin;
use super::readable::About;
use super::tree::NodeId;
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, code};
use crate::model::{
    Block, BlockKind, Creator, Inline, InlineKind, Language, LanguageTag, Level, Meta, plain_text,
};

impl Builder<'_, '_, '_> {
    /// The page's metadata and blocks.
    pub fn page(&mut self, whole: bool) -> (Meta, Vec<Block>) {
        let tree = self.tree;
        let mut meta = Meta::default();
        let find =
            |name: &str| tree.descendants(0).filter(move |id| tree.name(*id) == name).collect::<Vec<_>>();
        for id in find("html") {
            let Some(html) = tree.element(id) else { continue };
            let language = html.attribute("lang").or(html.attribute("xml:lang"));
            meta.language = language.and_then(|tag| LanguageTag::new(tag.trim())).map(Language::given);
            html.attribute("xmlns");
            html.attribute("dir");
        }
        let mut page_title = None;
        for head in find("head") {
            for id in tree.children(head) {
                self.in_head(id, &mut meta, &mut page_title);
            }
        }
        for id in find("script") {
            let of_body = self.tree.parent(id).is_some_and(|parent| self.tree.name(parent) != "head");
            let is_data = tree.element(id).is_some_and(|e| e.peek("type") == Some("application/ld+json"));
            if of_body
                && is_data
                && json_ld(&tree.text(id), self.span(id), &mut self.said_of_article).is_some()
            {
                meta.spans.push(self.span(id));
                self.pass_over(id);
                self.cx.claim(self.span(id), Fate::Metadata);
            }
        }
        self.of_wiki(&mut meta);
        #[cfg(feature = "wikitext")]
        {
            self.title = page_title.map(|id| self.tree.text(id)).unwrap_or_default();
        }
        let (mut flow, mut about) = (Flow::default(), About::default());
        for id in find("frameset") {
            let message = "a page of frames has no text of its own; what is in them lies elsewhere";
            self.leave_out(id, &code::HTML_DROPPED, message.to_owned());
        }
        if let Some(&body) = find("body").first() {
            let root = match (find("main").as_slice(), find("article").as_slice()) {
                _ if whole => body,
                ([main], _) => *main,
                ([], [article]) => *article,
                _ => body,
            };
            let mut found = if whole { None } else { article::find(tree, body) };
            let root = found.as_ref().map_or(root, |found| found.root);
            if let Some(found) = &mut found {
                self.boilerplate = std::mem::take(&mut found.boilerplate);
                about = std::mem::take(&mut found.about);
            }
            self.around(body, root);
            let outer = [body, root].into_iter().filter_map(|id| tree.element(id));
            let outer = outer.inspect(|e| e.use_names(&["dir"]));
            for tag in outer.filter_map(|e| LanguageTag::new(e.attribute("lang")?.trim())) {
                meta.language = Some(Language::given(tag));
            }
            self.flow(root, &mut flow);
            flow.end_paragraph();
        }
        let mut blocks = flow.blocks;
        if self.origin.parsoid {
            lower_headings(&mut blocks);
        } else {
            title(&mut meta, &mut blocks);
        }
        self.under_title(&mut meta, &mut blocks);
        if let Some(id) = page_title {
            self.page_title(id, about.title.take(), &mut meta);
        }
        microdata(tree, &mut self.said_of_article);
        let said = std::mem::take(&mut self.said_of_article);
        complete(&mut meta, said, about);
        (meta, blocks)
    }

    /// What pages of fanfold's own have under the title: a subtitle, and the authors whom the head names.
    fn under_title(&mut self, meta: &mut Meta, blocks: &mut Vec<Block>) {
        let is = |block: &Block, class: &str| {
            matches!(block.kind, BlockKind::Paragraph { .. })
                && block.attr.as_ref().is_some_and(|attr| attr.classes.iter().any(|of| of == class))
        };
        if blocks.first().is_some_and(|block| is(block, "subtitle"))
            && let BlockKind::Paragraph { content } = blocks.remove(0).kind
        {
            meta.subtitle = content;
        }
        let authors =
            meta.creators.iter().map(|creator| creator.name.as_str()).collect::<Vec<_>>().join(", ");
        if blocks.first().is_some_and(|block| is(block, "byline") && plain_text(&block) == authors) {
            let span = blocks.remove(0).span;
            meta.spans.push(span);
            self.cx.claim(span, Fate::Metadata);
        }
    }

    /// The title in the head, which pages make longer by the name of their site, counts where the
    /// text has none: as far as it is the article's. It is no loss that the name of the site goes.
    fn page_title(&mut self, id: NodeId, own: Option<String>, meta: &mut Meta) {
        let (text, span) = (self.tree.text(id), self.span(id));
        let text = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        if meta.title.is_empty() && !text.is_empty() {
            let inside = self.inside(id);
            self.references(inside);
            let own = own.filter(|own| text.contains(own));
            if own.is_some() {
                self.cx.claim(inside, Fate::Metadata);
            }
            let text = own.unwrap_or(text);
            meta.title.push(Inline::new(InlineKind::Text { text }, inside));
        } else if !text.contains(&plain_text(&meta.title)) {
            let message = "the title in the head was left out; the text has one of its own";
            self.cx.report(Diagnostic::new(&code::METADATA_DROPPED, span, message));
        } else {
            self.cx.claim(span, Fate::Metadata);
        }
    }

    fn in_head(&mut self, id: NodeId, meta: &mut Meta, title: &mut Option<NodeId>) {
        let Some(element) = self.tree.element(id) else { return };
        let span = self.span(id);
        let says = |name| element.peek(name).unwrap_or_default();
        if says("property").starts_with("mw:") || says("rel") == "dc:replaces" {
            return self.pass_over(id);
        }
        let known = match element.name() {
            "title" if title.is_none() => {
                *title = Some(id);
                return;
            }
            "meta" => field(element, meta),
            "script" if element.peek("type") == Some("application/ld+json") => {
                let data = json_ld(&self.tree.text(id), span, &mut self.said_of_article);
                if data.is_none() && self.leaves_out(id) {
                    return;
                }
                data
            }
            "link" => match element.peek("rel") {
                Some("canonical" | "dc:isVersionOf") => {
                    let address = element.peek("href").map(|href| self.origin.picture(href.trim()));
                    self.origin.own = address.clone().filter(|own| own.contains("://"));
                    set(&mut meta.source_url, address.as_deref())
                }
                Some("license") => set(&mut meta.rights, element.peek("href")),
                _ if self.leaves_out(id) => return,
                _ => None,
            },
            "base" => {
                let address = element.peek("href").map(|href| Origin::default().picture(href.trim()));
                self.origin.base = self.origin.base.take().or(address.filter(|base| base.contains("://")));
                return self.pass_over(id);
            }
            _ if self.leaves_out(id) => return,
            _ => None,
        };
        match known {
            Some(()) => {
                meta.spans.push(span);
                self.cx.claim(span, Fate::Metadata);
                self.pass_over(id);
            }
            // How the page is written or shown.
            None if element.peek("charset").is_some()
                || element.peek("http-equiv").is_some()
                || element.peek("name") == Some("viewport") =>
            {
                self.pass_over(id);
            }
            None => {
                let name = element.peek("name").or(element.peek("property")).unwrap_or(element.name());
                let message = format!("the field '{name}' of the head was left out");
                self.leave_out(id, &code::METADATA_DROPPED, message);
            }
        }
    }

    /// Tells of what stands on the page outside the element that holds the article.
    fn around(&mut self, body: NodeId, root: NodeId) {
        let tree = self.tree;
        let mut inner = root;
        while inner != body {
            let Some(outer) = tree.parent(inner) else { return };
            for child in tree.children(outer).filter(|child| *child != inner) {
                if tree.text(child).trim().is_empty() && tree.element(child).is_none() {
                    self.references(self.span(child));
                    continue;
                }
                let message = format!("what stands outside <{}> was left out", tree.name(root));
                self.leave_out(child, &code::BOILERPLATE, message);
            }
            inner = outer;
        }
    }
}

/// Fills in what only the page around the article says.
fn complete(meta: &mut Meta, said: Meta, about: About) {
    if meta.title.is_empty() {
        meta.title = said.title;
    }
    if meta.creators.is_empty() {
        meta.creators = said.creators;
    }
    if meta.subjects.is_empty() {
        meta.subjects = said.subjects;
    }
    meta.language = meta.language.take().or(said.language);
    set(&mut meta.date, said.date.as_deref());
    set(&mut meta.publisher, said.publisher.as_deref());
    set(&mut meta.description, said.description.as_deref());
    set(&mut meta.rights, said.rights.as_deref());
    set(&mut meta.source_url, said.source_url.as_deref());
    let is_name = |line: &str| line.chars().count() < 60 && !line.contains(|c: char| c.is_ascii_digit());
    if meta.creators.is_empty()
        && let Some(line) = about.byline.filter(|line| is_name(line))
    {
        let name = line.strip_prefix("By ").or(line.strip_prefix("by ")).unwrap_or(&line);
        meta.creators.push(Creator::new(name));
    }
    set(&mut meta.date, about.date.as_deref());
    set(&mut meta.publisher, about.site.as_deref());
}

/// A heading of level 1 that opens the text, and is the only one, is the title.
fn title(meta: &mut Meta, blocks: &mut Vec<Block>) {
    let is_top = |block: &Block| matches!(block.kind, BlockKind::Heading { level: Level::ONE, .. });
    if blocks.first().is_some_and(is_top)
        && !blocks.iter().skip(1).any(is_top)
        && let BlockKind::Heading { content, .. } = blocks.remove(0).kind
    {
        meta.title = content;
    }
}

/// A wiki's page has its title beside it; one whose own headings start at level 1 moves down as a whole.
fn lower_headings(blocks: &mut [Block]) {
    let is_top = |block: &Block| matches!(block.kind, BlockKind::Heading { level: Level::ONE, .. });
    if !blocks.iter().any(is_top) {
        return;
    }
    for block in blocks {
        if let BlockKind::Heading { level, .. } = &mut block.kind {
            *level = Level::clamped(usize::from(level.get()) + 1);
        }
    }
}
