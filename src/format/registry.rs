//! The readers and writers of a program.

use super::{Error, Format, Reader, Writer};
use std::sync::Arc;

/// The readers and writers of a program: a value that its owner builds, no global.
#[derive(Clone, Default)]
pub struct Registry {
    readers: Vec<Arc<dyn Reader>>,
    writers: Vec<Arc<dyn Writer>>,
}

impl Registry {
    /// A registry without any reader or writer.
    pub fn empty() -> Self {
        Registry::default()
    }

    /// Adds a reader, in the place of an earlier one of the same name.
    pub fn with_reader(mut self, reader: impl Reader + 'static) -> Self {
        self.readers.retain(|earlier| earlier.format().name != reader.format().name);
        self.readers.insert(0, Arc::new(reader));
        self
    }

    /// Adds a writer, in the place of an earlier one of the same name.
    pub fn with_writer(mut self, writer: impl Writer + 'static) -> Self {
        self.writers.retain(|earlier| earlier.format().name != writer.format().name);
        self.writers.insert(0, Arc::new(writer));
        self
    }

    /// The readers, the latest registration first.
    pub fn readers(&self) -> impl Iterator<Item = &dyn Reader> {
        self.readers.iter().map(|r| &**r)
    }

    /// The writers, the latest registration first.
    pub fn writers(&self) -> impl Iterator<Item = &dyn Writer> {
        self.writers.iter().map(|w| &**w)
    }

    /// The reader of a name or alias.
    pub fn reader(&self, name: &str) -> Result<&dyn Reader, Error> {
        self.readers().find(|r| r.format().is_named(name)).ok_or_else(|| Error::UnknownFormat {
            role: "reader",
            name: name.to_owned(),
            known: names(self.readers().map(|r| r.format())),
        })
    }

    /// The writer of a name or alias.
    pub fn writer(&self, name: &str) -> Result<&dyn Writer, Error> {
        self.writers().find(|w| w.format().is_named(name)).ok_or_else(|| Error::UnknownFormat {
            role: "writer",
            name: name.to_owned(),
            known: names(self.writers().map(|w| w.format())),
        })
    }
}

fn names(formats: impl Iterator<Item = Format>) -> String {
    let mut names: Vec<_> = formats.map(|f| f.name).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}
