//! Folders, read recursively.

use super::{Sources, Visit, components, display};
use crate::batch::entry::Found;
use std::cmp::Ordering;
use std::ffi::OsStr;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

impl Sources {
    /// Visits the files of a folder by name, `2` before `10`. Hidden ones are left out; links are
    /// followed, but for those that lead out of the folder, unless that is wanted, and one that leads
    /// back to where it lies is recorded.
    pub(super) fn folder(&self, root: &Path, visit: &mut Visit<'_>) -> ControlFlow<()> {
        let skip: Vec<_> = self.skip.iter().filter_map(|s| s.canonicalize().ok()).collect();
        let inside = if self.follow_links { None } else { root.canonicalize().ok() };
        let mut walk = WalkDir::new(root)
            .follow_links(true)
            .sort_by(|a, b| natural(a.file_name(), b.file_name()))
            .into_iter();
        while let Some(found) = walk.next() {
            let found = match found {
                Ok(found) => found,
                // A hidden link that leads nowhere is hidden all the same.
                Err(error) if error.depth() > 0 && error.path().is_some_and(is_hidden) => continue,
                Err(error) => {
                    let (id, message) = fault(error, root);
                    visit(Found::fault(id, message))?;
                    continue;
                }
            };
            let is_left_out = found.depth() > 0 && {
                let named = |s: &&PathBuf| s.file_name() == Some(found.file_name());
                let same = |s: &PathBuf| found.path().canonicalize().is_ok_and(|path| path == *s);
                is_hidden(found.path()) || skip.iter().filter(named).any(same)
            };
            // A link that leads nowhere is told when it is opened.
            let leads_out = |inside: &PathBuf| {
                found.path_is_symlink()
                    && found.path().canonicalize().is_ok_and(|path| !path.starts_with(inside))
            };
            let is_outside = !is_left_out && found.depth() > 0 && inside.as_ref().is_some_and(leads_out);
            if is_outside {
                let (id, reason) = (display(found.path()), "it is a link that leads out of its folder");
                visit(Found::Skipped { id, reason: reason.into() })?;
            }
            if is_left_out || is_outside {
                if found.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            let path = found.path();
            if !found.file_type().is_file() {
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

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
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
fn fault(error: walkdir::Error, root: &Path) -> (String, String) {
    let id = display(error.path().unwrap_or(root));
    if let Some(ancestor) = error.loop_ancestor() {
        return (id, format!("the link leads back to '{}'", ancestor.display()));
    }
    let message = error.to_string();
    (id, error.into_io_error().map_or(message, |error| crate::batch::reason(&error)))
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
