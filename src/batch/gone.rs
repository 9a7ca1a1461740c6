//! What a resumed run leaves of documents that are gone from its sources: nothing, so that the folder
//! is as a run from the beginning would make it.

use super::hash;
use super::manifest::{Earlier, Row, Status, Written};
use super::output::Folder;
use super::shard::Shard;
use super::source::Sources;
use std::collections::HashSet;

/// Follows a resumed run.
pub(super) struct Gone {
    sources: Sources,
    shard: Shard,
    /// Hashes of the identifiers that the run met.
    met: HashSet<u64>,
    /// Hashes of the paths of all outputs that are to stay.
    written: HashSet<u64>,
    /// What documents were called before they were called otherwise.
    renamed: Vec<Written>,
    /// Whether a source or a part of one could not be read: then what it held is not known.
    blind: bool,
}

impl Gone {
    pub fn new(sources: Sources, shard: Shard) -> Self {
        let (met, written, renamed) = Default::default();
        Gone { sources, shard, met, written, renamed, blind: false }
    }

    /// Notes what became of a document, and what an earlier run made of it.
    pub fn note(&mut self, row: &Row, earlier: Option<&Row>) {
        self.met.insert(hash::number(&row.id));
        self.blind |= row.status == Status::Failed && row.source.is_none();
        self.written.extend(row.outputs.values().map(|output| hash::number(&output.path)));
        let before = earlier.into_iter().flat_map(|earlier| &earlier.outputs);
        let renamed = before.filter(|(format, before)| {
            row.outputs.get(*format).is_some_and(|output| output.path != before.path)
        });
        self.renamed.extend(renamed.map(|(_, output)| output.clone()));
    }

    /// Removes, when the run has come to its end, what is left of documents that the sources held
    /// once; their rows. What was written by others, or changed since, stays.
    pub fn sweep(self, earlier: &Earlier, folder: &Folder) -> Vec<Row> {
        let mut rows = Vec::new();
        if self.blind {
            return rows;
        }
        let stays = |output: &Written| self.written.contains(&hash::number(&output.path));
        for output in self.renamed.iter().filter(|output| !stays(output)) {
            folder.remove(output);
        }
        for row in earlier.others(&self.met) {
            if row.status == Status::Gone || !self.shard.holds(&row.id) || !self.sources.cover(&row.id) {
                continue;
            }
            for output in row.outputs.values().filter(|output| !stays(output)) {
                folder.remove(output);
            }
            rows.push(Row { id: row.id, title: row.title, status: Status::Gone, ..Row::default() });
        }
        rows
    }
}
