//! Which part of a page is its article.
//!
//! Around an article a site has menus, lists of other articles, comments, notices and adverts, and nothing in
//! HTML says which is which. What readers' views show of a page ([`readable`]) is where its article begins;
//! where they show little of what the page says, it is what holds its text. What is in it and not of it is
//! known by what readers' views leave out, by its names ([`name`]), and by its words ([`prompt`]).
//!
//! A page that is an article as a whole is read as it is: one without the parts of a site, what a wiki says
//! is its page's content, and a `<main>` that has no such parts either.

use super::measure::Measure;
use super::readable::{self, About};
use super::repeated::Recent;
use super::sections::{self, is_heading};
use super::tree::{NodeId, Tree};
use super::{name, prompt, teaser};
use crate::markup::elements::BLOCKS;
use std::collections::{BTreeMap, BTreeSet};

/// The article of a page.
pub(super) struct Found {
    /// The element that holds it.
    pub root: NodeId,
    /// For each node, whether it is in `root` without being of the article; those in it are not marked as well.
    pub boilerplate: Vec<bool>,
    /// What the page says of it.
    pub about: About,
}

/// Elements and texts that a page may have to be looked through.
const MOST: usize = 200_000;

/// The characters of a line that says who wrote the article, and when.
const CREDITS: usize = 160;

/// Bytes of prose that are few for an article, where a page has many more.
const FEW: usize = 400;

/// Bytes of a line whose words are looked at.
const LINE: usize = 300;

/// Elements of running text: they stay where what they stand in stays, whatever became of them.
const RUNNING: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "em", "font", "i", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "tt", "u", "wbr",
];

/// Finds the article in the body of a page; `None` where all of it is.
pub(super) fn find(tree: &Tree, body: NodeId) -> Option<Found> {
    if let Some(root) = content_of_a_wiki(tree, body) {
        return Some(Found { root, boilerplate: vec![false; tree.len()], about: About::default() });
    }
    let mains: Vec<NodeId> = tree.descendants(body).filter(|id| is_main(tree, *id)).collect();
    let whole = if let [main] = mains.as_slice() { *main } else { body };
    if tree.len() > MOST || !is_of_a_site(tree, whole) {
        return None;
    }
    let measure = Measure::of(tree, body);
    let (kept, mut about) = match readable::view(tree) {
        Some((kept, about)) => (Some(kept), about),
        None => (None, About::default()),
    };
    if let Some(heading) = heading(tree, body) {
        about.title = Some(heading);
    }
    let shown = kept.and_then(|kept| Part::shown(tree, &measure, body, kept));
    let holder = holder(tree, &measure, body);
    let says_enough = |part: &Part| {
        let (prose, all) = (part.prose(tree), measure.prose[holder]);
        prose * 8 >= all && (prose >= FEW || prose * 2 >= all)
    };
    let part = match shown {
        Some(part) if says_enough(&part) => part,
        _ if measure.prose[holder] > 0 => Part::of(tree, &measure, holder, None),
        Some(part) => part,
        None => return None,
    };
    Some(Found { root: part.root, boilerplate: part.boilerplate, about })
}

/// The innermost element that holds most of what a page says, one that is declared to be the article first.
fn holder(tree: &Tree, measure: &Measure, body: NodeId) -> NodeId {
    let most = measure.holder(tree, body);
    let declared = tree.descendants(most).filter(|id| {
        measure.prose[*id] * 2 > measure.prose[most] && tree.element(*id).is_some_and(name::is_article)
    });
    declared.last().unwrap_or(most)
}

/// A part of a page, and what in it is none of the article.
struct Part<'m> {
    measure: &'m Measure,
    root: NodeId,
    boilerplate: Vec<bool>,
}

/// What a reader's view shows of a part.
struct Shown<'t> {
    kept: Vec<bool>,
    /// What is shown, or has something in it that is.
    holds: Vec<bool>,
    /// What is shown in what, by its class.
    twins: BTreeSet<(NodeId, &'t str)>,
}

impl<'m> Part<'m> {
    /// What a reader's view shows of a page.
    fn shown(tree: &Tree, measure: &'m Measure, body: NodeId, mut kept: Vec<bool>) -> Option<Self> {
        let mut holds = kept.clone();
        let order: Vec<NodeId> = tree.descendants(body).collect();
        for &id in order.iter().rev() {
            if let Some(parent) = tree.parent(id) {
                holds[parent] |= holds[id];
            }
        }
        let mut root = body;
        while !kept[root] {
            let mut inner = tree.children(root).filter(|id| holds[*id]);
            match (inner.next(), inner.next()) {
                (Some(only), None) => root = only,
                (Some(_), Some(_)) => break,
                (None, _) => return None,
            }
        }
        let root = sections::whole(tree, measure, body, root, |section| {
            for id in tree.descendants(section) {
                kept[id] = true;
                holds[id] = true;
            }
        });
        let classes = (0..kept.len()).filter(|id| kept[*id]).filter_map(|id| {
            let class = tree.element(id)?.peek("class").filter(|class| !class.is_empty())?;
            Some((tree.parent(id)?, class))
        });
        let twins = classes.collect();
        Some(Part::of(tree, measure, root, Some(&Shown { kept, holds, twins })))
    }

    fn of(tree: &Tree, measure: &'m Measure, root: NodeId, shown: Option<&Shown<'_>>) -> Self {
        let mut part = Part { measure, root, boilerplate: vec![false; tree.len()] };
        let whole = measure.text[root];
        let by_name = part.by_name(tree);
        let dates = part.dates(tree);
        let own = own_host(tree);
        let teasers = teaser::find(tree, measure, root, |link| leads_inside(tree, link, own));
        let mut stack = vec![root];
        while let Some(id) = stack.pop() {
            for child in tree.children(id) {
                let Some(element) = tree.element(child) else { continue };
                let running = RUNNING.contains(&element.name()) || element.name().is_empty();
                // A heading that repeats the title is taken out for readers' views; here it is the title.
                let removed = shown
                    .is_some_and(|shown| !shown.holds[child] && !part.is_of_it(tree, child, shown))
                    && !running
                    && element.name() != "h1";
                let small = measure.text[child] * 3 < whole;
                // Another article, or a comment, is an article of its own.
                let other = small && element.name() == "article" && is_in_article(tree, child);
                let credits = !running
                    && measure.text[child] < CREDITS
                    && (name::is_credits(element) || dates.contains(&child));
                let by_name = name::of_the_site(element).is_some_and(|word| by_name.contains_key(word));
                let other_parts = shown.is_none()
                    && small
                    && (matches!(element.name(), "nav" | "footer" | "aside") || name::is_of_readers(element));
                part.boilerplate[child] = removed
                    || other
                    || credits
                    || (small && by_name)
                    || other_parts
                    || teasers.contains(&child);
                if !part.boilerplate[child] {
                    stack.push(child);
                }
            }
        }
        part.by_words(tree, own);
        part
    }

    /// The words that name parts of the site here, with the text that they name. Much of the article is of
    /// it, whatever it is called.
    fn by_name(&self, tree: &Tree) -> BTreeMap<&'static str, usize> {
        let mut named = BTreeMap::new();
        let mut stack = vec![self.root];
        while let Some(id) = stack.pop() {
            match tree.element(id).filter(|_| id != self.root).and_then(name::of_the_site) {
                Some(word) => *named.entry(word).or_default() += self.measure.text[id],
                None => stack.extend(tree.children(id)),
            }
        }
        named.retain(|_, length| *length * 3 < self.measure.text[self.root]);
        named
    }

    /// Lines above the first paragraph that say when it was written.
    fn dates(&self, tree: &Tree) -> Vec<NodeId> {
        let short = |id: NodeId| self.measure.text[id] < CREDITS;
        tree.descendants(self.root)
            .take_while(|id| tree.name(*id) != "p" || short(*id))
            .filter(|id| tree.element(*id).is_some() && tree.name(*id) != "h1" && short(*id))
            .filter(|id| says_when(&tree.text(*id)))
            .collect()
    }

    /// Whether something that a reader's view leaves out is a part of the article all the same: running text
    /// or a table, in what is shown or beside what is built the same.
    fn is_of_it(&self, tree: &Tree, id: NodeId, shown: &Shown<'_>) -> bool {
        let measure = self.measure;
        let Some(parent) = tree.parent(id) else { return false };
        let Some(element) = tree.element(id) else { return false };
        let beside = element.peek("class").is_some_and(|class| shown.twins.contains(&(parent, class)));
        let few_links = measure.text[id] > 0 && measure.links[id] * 2 < measure.text[id];
        let says =
            measure.prose[id] * 2 > measure.text[id] || few_links && (element.name() == "table" || beside);
        says && !element.is_hidden() && (shown.kept[parent] || beside)
    }

    /// Leaves out the lines whose words are the site's, and what comes after the last of the article's.
    fn by_words(&mut self, tree: &Tree, own: Option<&str>) {
        let mut lines = Vec::new();
        let mut stack = vec![self.root];
        while let Some(id) = stack.pop() {
            if self.boilerplate[id] {
                continue;
            }
            stack.extend(tree.children(id).rev());
            if id != self.root && BLOCKS.contains(&tree.name(id)) && self.measure.text[id] > 0 {
                lines.push(id);
            }
        }
        let is_leaf = |id: NodeId| self.measure.own[id] == self.measure.text[id];
        let mut before = Recent::of(tree, self.measure, self.root);
        for (index, &id) in lines.iter().enumerate() {
            if !is_leaf(id)
                || self.measure.text[id] > LINE
                || matches!(tree.name(id), "h1" | "pre" | "td" | "th")
            {
                continue;
            }
            let line = tree.text(id).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let linked = self.measure.links[id];
            self.boilerplate[id] = prompt::is_of_the_site(&line, linked)
                || before.repeats(&line, id)
                || linked == self.measure.text[id]
                    && is_shouted(&tree.text(id))
                    && leads_inside(tree, id, own);
            let next = lines.get(index + 1).copied();
            if let Some(next) = next.filter(|next| prompt::is_label(&line) && self.measure.is_links(*next)) {
                self.boilerplate[id] = true;
                self.boilerplate[next] = true;
            }
        }
        for &id in lines.iter().rev() {
            if self.boilerplate[id] || !(is_leaf(id)) {
                continue;
            }
            let heading = is_heading(tree, id);
            let menu = self.measure.is_links(id) && leads_inside(tree, id, own);
            if !heading && !menu {
                break;
            }
            self.boilerplate[id] = true;
        }
    }

    /// The prose that is left.
    fn prose(&self, tree: &Tree) -> usize {
        let left_out = |id: NodeId| -> usize {
            let mut sum = 0;
            let mut stack = vec![id];
            while let Some(id) = stack.pop() {
                if self.boilerplate[id] {
                    sum += self.measure.prose[id];
                } else {
                    stack.extend(tree.children(id));
                }
            }
            sum
        };
        self.measure.prose[self.root].saturating_sub(left_out(self.root))
    }
}

/// Whether a line is in capitals as a whole, and of several words.
fn is_shouted(line: &str) -> bool {
    line.split_whitespace().nth(2).is_some()
        && line.chars().any(char::is_uppercase)
        && !line.chars().any(char::is_lowercase)
}

/// The host that a page says it is of, or that most of its links lead to.
fn own_host(tree: &Tree) -> Option<&str> {
    let elements = || tree.descendants(0).filter_map(|id| tree.element(id));
    let said = elements().find_map(|element| {
        let address = match element.name() {
            "link" if element.peek("rel") == Some("canonical") => element.peek("href"),
            "meta" if element.peek("property") == Some("og:url") => element.peek("content"),
            _ => None,
        };
        host(address?)
    });
    said.or_else(|| {
        let mut links: BTreeMap<&str, usize> = BTreeMap::new();
        for host in elements().filter(|e| e.name() == "a").filter_map(|link| host(link.peek("href")?)) {
            *links.entry(host).or_default() += 1;
        }
        let all: usize = links.values().sum();
        links.into_iter().find(|(_, count)| count * 2 > all).map(|(host, _)| host)
    })
}

/// The host in an address that has one.
fn host(address: &str) -> Option<&str> {
    address.split_once("//").and_then(|(_, rest)| rest.split(['/', '?', '#']).next())
}

/// Whether all links in a node lead to other pages of the site.
fn leads_inside(tree: &Tree, id: NodeId, own: Option<&str>) -> bool {
    let addresses = tree.descendants(id).filter_map(|id| tree.element(id)).filter(|e| e.name() == "a");
    addresses.filter_map(|link| link.peek("href")).all(|address| match host(address) {
        Some(host) => {
            own.is_some_and(|own| host.trim_start_matches("www.") == own.trim_start_matches("www."))
        }
        None => !address.starts_with('#'),
    })
}

/// The heading of the page that its title repeats, with the name of the site beside it.
fn heading(tree: &Tree, body: NodeId) -> Option<String> {
    let words = |id: NodeId| tree.text(id).split_whitespace().collect::<Vec<_>>().join(" ");
    let title = words(tree.descendants(0).find(|id| tree.name(*id) == "title")?);
    let headings = tree.descendants(body).filter(|id| tree.name(*id) == "h1").map(words);
    headings.into_iter().find(|heading| !heading.is_empty() && title.contains(heading.as_str()))
}

/// What a wiki marks as the content of its page.
fn content_of_a_wiki(tree: &Tree, body: NodeId) -> Option<NodeId> {
    tree.descendants(body).find(|id| {
        tree.element(*id)
            .is_some_and(|e| e.has_class("mw-parser-output") || e.peek("id") == Some("mw-content-text"))
    })
}

/// Whether a line names a year and a time of the day.
fn says_when(line: &str) -> bool {
    let digits = |word: &str, count: usize| word.len() == count && word.bytes().all(|b| b.is_ascii_digit());
    let is_year = |word: &str| digits(word, 4) && (word.starts_with("19") || word.starts_with("20"));
    let year = line.split(|c: char| !c.is_ascii_alphanumeric()).any(is_year);
    let time = line.match_indices(':').any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit());
        before && line[at + 1..].get(..2).is_some_and(|minutes| digits(minutes, 2))
    });
    year && time
}

fn is_in_article(tree: &Tree, id: NodeId) -> bool {
    let above = std::iter::successors(tree.parent(id), |id| tree.parent(*id));
    above.into_iter().any(|id| tree.name(id) == "article")
}

fn is_main(tree: &Tree, id: NodeId) -> bool {
    tree.element(id).is_some_and(|e| e.name() == "main" || e.has_role("main"))
}

/// Whether a part of a page has others in it that are of a site.
fn is_of_a_site(tree: &Tree, whole: NodeId) -> bool {
    let is_part = |id: &NodeId| {
        let Some(element) = tree.element(*id) else { return false };
        matches!(element.name(), "nav" | "footer" | "form" | "iframe" | "button")
            || (element.name() == "script" && element.peek("src").is_some())
            || ["navigation", "banner", "complementary", "search"].iter().any(|role| element.has_role(role))
            || name::of_the_site(element).is_some()
    };
    tree.descendants(whole).filter(is_part).nth(2).is_some()
}
