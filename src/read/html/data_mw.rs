//! The calls of templates that Parsoid leaves on a page, in `data-mw`.

use super::tree::NodeId;
use crate::model::Citation;
use crate::read::wikitext::call::Calls;
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use std::collections::BTreeSet;
use std::fmt;

/// What was made of the calls on a page.
#[derive(Default)]
pub(super) struct Transclusions {
    pub calls: Calls,
    /// What stands in the document by its call.
    pub taken: BTreeSet<NodeId>,
    pub said: BTreeSet<(&'static str, String)>,
    pub citations: Vec<Citation>,
}

#[derive(Deserialize)]
pub(super) struct DataMw {
    pub parts: Vec<Part>,
}

/// What a page has before it is expanded.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Part {
    Text(String),
    Call { template: Call },
    Other(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
pub(super) struct Call {
    target: Target,
    params: Params,
}

#[derive(Deserialize)]
pub(super) struct Target {
    wt: String,
    href: Option<String>,
}

#[derive(Deserialize)]
struct Value {
    wt: String,
    /// The name as it is written.
    key: Option<Key>,
}

#[derive(Deserialize)]
struct Key {
    wt: String,
}

/// Arguments, in order.
pub(super) struct Params(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Params {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Params;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the arguments of a template")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Params, A::Error> {
                let mut list = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    list.push(entry);
                }
                Ok(Params(list))
            }

            // No arguments are an empty list, as PHP writes them.
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Params, A::Error> {
                while seq.next_element::<serde::de::IgnoredAny>()?.is_some() {}
                Ok(Params(Vec::new()))
            }
        }
        deserializer.deserialize_any(InOrder)
    }
}

impl Part {
    /// The wikitext that it stands for, and the template's name.
    pub fn write(&self, out: &mut String) -> Option<&str> {
        match self {
            Part::Text(text) => {
                out.push_str(text);
                None
            }
            Part::Call { template: Call { target, params } } => {
                out.push_str("{{");
                out.push_str(target.wt.trim_end());
                for (name, value) in &params.0 {
                    let name = value.key.as_ref().map_or(name, |key| &key.wt);
                    out.push_str("\n|");
                    out.push_str(name.trim());
                    out.push('=');
                    out.push_str(&value.wt);
                }
                out.push_str("}}");
                target.href.as_ref().map(|_| target.wt.trim())
            }
            Part::Other(_) => None,
        }
    }
}
