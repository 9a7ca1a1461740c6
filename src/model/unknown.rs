//! What a later version of fanfold's JSON has and this one does not know.

use super::{BlockKind, Inline, InlineKind};
use serde::ser::{Error, SerializeMap};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A node of a kind that this version does not know: kept whole, and written back as it was.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Unknown {
    /// Its type, such as `spoiler`.
    pub name: String,
    /// The whole node as it stood, as JSON.
    pub json: String,
    /// The words in it, which are shown in its place.
    pub content: Vec<Inline>,
}

/// Fields that this version does not know, by name, each as JSON: kept, and written back.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Fields(pub BTreeMap<String, String>);

impl Fields {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(self.0.len()))?;
        for (name, json) in &self.0 {
            map.serialize_entry(name, raw::<S>(json)?)?;
        }
        map.end()
    }
}

impl Serialize for Unknown {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        raw::<S>(&self.json)?.serialize(s)
    }
}

fn raw<S: Serializer>(json: &str) -> Result<&RawValue, S::Error> {
    serde_json::from_str(json).map_err(S::Error::custom)
}

/// The kinds that a [`Node`](super::Node) can be of.
pub trait Kind {
    /// What is not known of it, where nothing else is.
    fn unknown(&self) -> Option<&Unknown>;
}

impl Kind for BlockKind {
    fn unknown(&self) -> Option<&Unknown> {
        match self {
            BlockKind::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }
}

impl Kind for InlineKind {
    fn unknown(&self) -> Option<&Unknown> {
        match self {
            InlineKind::Unknown(unknown) => Some(unknown),
            _ => None,
        }
    }
}
