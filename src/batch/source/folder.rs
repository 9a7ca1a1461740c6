//! Folders, read recursively.

use super::{Sources, Visit, components, display};
use crate::batch::entry::Found;
use ignore::WalkBuilder;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

impl Sources {
    /// Visits the files of a folder by name. Hidden ones are left out; links are followed, and one
    /// that leads back to where it lies is recorded.
    pub(super) fn folder(&self, root: &Path, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let skip: Vec<_> = self.skip.iter().filter_map(|s| s.canonicalize().ok()).collect();
        let mut walk = WalkBuilder::new(root);
        walk.standard_filters(false).hidden(true).follow_links(true).sort_by_file_name(|a, b| a.cmp(b));
        walk.filter_entry(move |entry| {
            let named = |s: &&PathBuf| s.file_name() == Some(entry.file_name());
            let same = |s: &PathBuf| entry.path().canonicalize().is_ok_and(|path| path == *s);
            !skip.iter().filter(named).any(same)
        });
        for found in walk.build() {
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    let (id, message) = fault(&error, root);
                    visit(Found::fault(id, message))?;
                    continue;
                }
            };
            let path = found.path();
            if !found.file_type().is_some_and(|t| t.is_file()) {
                continue;
            }
            let place = components(path.strip_prefix(root).unwrap_or(path));
            if self.takes(&place.join("/")) {
                self.file(path, &display(path), &place, visit)?;
            }
        }
        ControlFlow::Continue(())
    }
}

/// Where something could not be read, and why.
fn fault(error: &ignore::Error, root: &Path) -> (String, String) {
    match error {
        ignore::Error::WithPath { path, err } => (display(path), fault(err, root).1),
        ignore::Error::WithDepth { err, .. } => fault(err, root),
        ignore::Error::Loop { ancestor, child } => {
            (display(child), format!("the link leads back to '{}'", ancestor.display()))
        }
        ignore::Error::Io(error) => (display(root), crate::batch::reason(error)),
        error => (display(root), error.to_string()),
    }
}
