//! Panels of which a page shows one at a time (WAI-ARIA 1.2, "tab", "tablist" and "tabpanel"): on paper all of
//! them stand, each under the words of its tab.

use super::tree::{NodeId, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// The tabs of a page.
#[derive(Default)]
pub(super) struct Tabs {
    /// The tab of each panel; one tab has one.
    of: BTreeMap<NodeId, NodeId>,
    /// Lists of tabs that all have a panel.
    lists: BTreeSet<NodeId>,
}

impl Tabs {
    pub fn find(tree: &Tree) -> Self {
        let with_role = |role: &'static str| {
            tree.descendants(0).filter(move |id| tree.element(*id).is_some_and(|e| e.has_role(role)))
        };
        let panels: Vec<NodeId> = with_role("tabpanel").collect();
        if panels.is_empty() {
            return Tabs::default();
        }
        let peek = |id: NodeId, name: &str| tree.element(id).and_then(|element| element.peek(name));
        let (mut by_name, mut by_panel) = (BTreeMap::new(), BTreeMap::new());
        for tab in with_role("tab") {
            by_name.extend(peek(tab, "id").map(|name| (name, tab)));
            by_panel.extend(peek(tab, "aria-controls").map(|panel| (panel, tab)));
        }
        let (mut of, mut known) = (BTreeMap::new(), BTreeSet::new());
        for panel in panels {
            let tab = peek(panel, "aria-labelledby").and_then(|name| by_name.get(name));
            let tab = tab.or_else(|| peek(panel, "id").and_then(|name| by_panel.get(name)));
            if let Some(&tab) = tab.filter(|tab| known.insert(**tab)) {
                of.insert(panel, tab);
            }
        }
        let has_panels = |list: &NodeId| {
            let mut tabs = tree
                .descendants(*list)
                .filter(|id| tree.element(*id).is_some_and(|e| e.has_role("tab")))
                .peekable();
            tabs.peek().is_some() && tabs.all(|tab| known.contains(&tab))
        };
        // A list in a list is a part of it.
        let mut lists = BTreeSet::new();
        let mut stack = vec![0];
        while let Some(id) = stack.pop() {
            if tree.element(id).is_some_and(|e| e.has_role("tablist")) {
                lists.extend(Some(id).filter(has_panels));
            } else {
                stack.extend(tree.children(id));
            }
        }
        Tabs { of, lists }
    }

    /// The tab of a panel, once.
    pub fn take(&mut self, panel: NodeId) -> Option<NodeId> {
        self.of.remove(&panel)
    }

    /// Whether an element is a list of tabs whose words stand above their panels.
    pub fn is_list(&self, id: NodeId) -> bool {
        self.lists.contains(&id)
    }
}
