//! Folders, read recursively.

use super::{Sources, Visit, components, display};
use crate::batch::entry::Found;
use ignore::WalkBuilder;
use std::cmp::Ordering;
use std::ffi::OsStr;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

impl Sources {
    /// Visits the files of a folder by name, `2` before `10`. Hidden ones are left out; links are
    /// followed, but for those that lead out of the folder, unless that is wanted, and one that leads
    /// back to where it lies is recorded.
    pub(super) fn folder(&self, root: &Path, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let skip: Vec<_> = self.skip.iter().filter_map(|s| s.canonicalize().ok()).collect();
        let inside = if self.follow_links { None } else { root.canonicalize().ok() };
        let outside = Arc::new(Mutex::new(Vec::new()));
        let told = outside.clone();
        let leads_out = move |path: &Path, is_link: bool| {
            let Some(inside) = inside.as_ref().filter(|_| is_link) else { return false };
            // One that leads nowhere is told when it is opened.
            let out = path.canonicalize().is_ok_and(|path| !path.starts_with(inside));
            if out && let Ok(mut told) = told.lock() {
                told.push(display(path));
            }
            out
        };
        let mut walk = WalkBuilder::new(root);
        walk.standard_filters(false).hidden(true).follow_links(true).sort_by_file_name(natural);
        walk.filter_entry(move |entry| {
            let named = |s: &&PathBuf| s.file_name() == Some(entry.file_name());
            let same = |s: &PathBuf| entry.path().canonicalize().is_ok_and(|path| path == *s);
            !skip.iter().filter(named).any(same) && !leads_out(entry.path(), entry.path_is_symlink())
        });
        for found in walk.build().map(Some).chain([None]) {
            let links: Vec<String> =
                outside.lock().map(|mut ids| ids.drain(..).collect()).unwrap_or_default();
            for id in links {
                visit(Found::Skipped { id, reason: "it is a link that leads out of its folder".into() })?;
            }
            let Some(found) = found else { break };
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

/// Names in the order that people give them: runs of digits count as numbers, and of names that are
/// alike but for leading zeros the shorter comes first.
fn natural(a: &OsStr, b: &OsStr) -> Ordering {
    let (one, other) = (a.as_encoded_bytes(), b.as_encoded_bytes());
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (one.get(i), other.get(j)) {
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            let (m, n) = (digits(&one[i..]), digits(&other[j..]));
            (i, j) = (i + m.len(), j + n.len());
            let (m, n) = (without_zeros(m), without_zeros(n));
            m.len().cmp(&n.len()).then_with(|| m.cmp(n))
        } else {
            (i, j) = (i + 1, j + 1);
            x.cmp(y)
        };
        if order.is_ne() {
            return order;
        }
    }
    (one.len() - i)
        .cmp(&(other.len() - j))
        .then_with(|| one.len().cmp(&other.len()))
        .then_with(|| one.cmp(other))
}

fn digits(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.iter().take_while(|b| b.is_ascii_digit()).count()]
}

fn without_zeros(digits: &[u8]) -> &[u8] {
    &digits[digits.iter().take_while(|b| **b == b'0').count()..]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = ["b", "a10", "a2", "a02", "a2b", "10", "9", "a", "A3", "a1.5", "a1.12"];
        names.sort_by(|a, b| natural(OsStr::new(a), OsStr::new(b)));
        assert_eq!(names, ["9", "10", "A3", "a", "a1.5", "a1.12", "a2", "a02", "a2b", "a10", "b"]);
    }
}
