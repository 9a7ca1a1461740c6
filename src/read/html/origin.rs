//! Where a page comes from, and where its addresses lead from there.

use super::tree::{Element, Tree};
use crate::markup::address::{resolve, target};
use crate::model::Target;
use percent_encoding::percent_decode_str;

/// Where a page comes from.
#[derive(Default)]
pub(super) struct Origin {
    /// What its addresses are relative to, by `<base>`.
    pub base: Option<String>,
    /// Its own address.
    pub own: Option<String>,
    /// Whether MediaWiki made it.
    pub wiki: bool,
    /// Whether Parsoid made it, which is what Wikipedia's REST API gives.
    pub parsoid: bool,
}

impl Origin {
    pub fn of(tree: &Tree) -> Self {
        let says = |element: &Element| {
            element.peek("typeof").or(element.peek("rel")).is_some_and(|kind| kind.starts_with("mw:"))
                || element.peek("prefix").is_some_and(|prefix| prefix.contains("mw: "))
        };
        let elements = || (0..tree.len()).filter_map(|id| tree.element(id));
        let parsoid = elements().any(says);
        let wiki = parsoid || elements().any(|e| e.has_class("mw-parser-output"));
        Origin { wiki, parsoid, ..Origin::default() }
    }

    /// Where a link leads.
    ///
    /// # Errors
    /// The words of a diagnostic, for an address that could run code or read files.
    pub fn target(&self, link: &Element, address: &str) -> Result<Target, String> {
        let led = target(address)?;
        let Target::Url(address) = &led else { return Ok(led) };
        let Some(base) = self.base.as_deref().or(self.own.as_deref()) else {
            return Ok(match address.strip_prefix("//") {
                Some(rest) => Target::Url(format!("https://{rest}")),
                None if self.parsoid => article(link, address).unwrap_or(led),
                None => led,
            });
        };
        let address = resolve(base, address);
        Ok(match address.split_once('#') {
            Some((page, anchor)) if !anchor.is_empty() && self.own.as_deref() == Some(page) => {
                target(&format!("#{anchor}"))?
            }
            _ => Target::Url(address),
        })
    }

    /// The address of a picture. Those that are relative lie beside the page, unless it says where.
    pub fn picture(&self, address: &str) -> String {
        match (&self.base, address.strip_prefix("//")) {
            (Some(base), _) => resolve(base, address),
            (None, Some(rest)) => format!("https://{rest}"),
            (None, None) => address.to_owned(),
        }
    }
}

/// What a page of a wiki that does not say where it stands calls another one by: `./Title#Section`.
fn article(link: &Element, address: &str) -> Option<Target> {
    link.peek("rel").filter(|rel| rel.split_ascii_whitespace().any(|rel| rel == "mw:WikiLink"))?;
    let address = address.strip_prefix("./")?;
    let (title, section) = address.split_once('#').map_or((address, None), |(t, s)| (t, Some(s)));
    let title = title.split('?').next().unwrap_or_default();
    let words = |part: &str| percent_decode_str(part).decode_utf8_lossy().replace('_', " ");
    Some(Target::Article { title: words(title), section: section.map(words) })
}
