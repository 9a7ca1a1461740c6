//! Who made a document, as metadata blocks say it.

use super::value::Value;
use crate::model::Creator;

/// Names as they come: one, a list, or maps with a name and perhaps a role. Whether all of it was kept.
pub(super) fn push(value: Value, role: Option<&str>, creators: &mut Vec<Creator>) -> bool {
    match value {
        Value::Scalar(name) => {
            if !name.is_empty() {
                creators.push(Creator { role: role.map(str::to_owned), ..Creator::new(name) });
            }
            true
        }
        Value::List(values) => {
            let mut whole = true;
            for value in values {
                whole &= push(value, role, creators);
            }
            whole
        }
        Value::Map(fields) => {
            let mut creator = Creator { role: role.map(str::to_owned), ..Creator::default() };
            let mut whole = named(fields, &mut creator);
            whole &= !creator.name.is_empty();
            if !creator.name.is_empty() {
                creators.push(creator);
            }
            whole
        }
    }
}

/// Reads name and role from the fields of a map; whether that was all of them.
fn named(fields: Vec<(String, Value)>, creator: &mut Creator) -> bool {
    let (mut given, mut family, mut whole) = (String::new(), String::new(), true);
    for (key, value) in fields {
        match (key.to_lowercase().as_str(), value) {
            ("name" | "text" | "literal" | "full", Value::Scalar(name)) => creator.name = name,
            ("name", Value::Map(parts)) => whole &= named(parts, creator),
            ("role" | "roles", Value::Scalar(name)) => {
                creator.role = Some(role(&name).map_or(name, str::to_owned));
            }
            ("given" | "given-names" | "first" | "firstname", Value::Scalar(name)) => given = name,
            ("family" | "surname" | "last" | "lastname", Value::Scalar(name)) => family = name,
            ("affiliation" | "affiliations" | "institute" | "institution" | "organization", value) => {
                whole &= affiliations(value, &mut creator.affiliations);
            }
            ("email", Value::Scalar(address)) => {
                creator.email = Some(address).filter(|text| !text.is_empty())
            }
            ("orcid", Value::Scalar(id)) => {
                let id = id.trim_start_matches("https://orcid.org/").to_owned();
                creator.orcid = Some(id).filter(|id| !id.is_empty());
            }
            // A name by itself is the key of what else is known of it.
            (_, Value::Scalar(nothing)) if nothing.is_empty() => {}
            _ => whole = false,
        }
    }
    if creator.name.is_empty() {
        creator.name = format!("{given} {family}").trim().to_owned();
    }
    whole
}

/// Where someone works: a name, a map with one, or several; whether all of it was kept.
fn affiliations(value: Value, out: &mut Vec<String>) -> bool {
    let mut whole = true;
    match value {
        Value::Scalar(name) => out.extend(Some(name).filter(|name| !name.is_empty())),
        Value::List(values) => {
            for value in values {
                whole &= affiliations(value, out);
            }
        }
        Value::Map(fields) => {
            for (key, value) in fields {
                whole &= key == "name" && affiliations(value, out);
            }
        }
    }
    whole
}

/// The MARC code of a role by its name.
pub(super) fn role(name: &str) -> Option<&'static str> {
    Some(match &*name.trim().to_lowercase() {
        "author" => "aut",
        "compiler" => "com",
        "contributor" => "ctb",
        "designer" => "dsr",
        "editor" => "edt",
        "illustrator" => "ill",
        "narrator" => "nrt",
        "photographer" => "pht",
        "proofreader" => "pfr",
        "publisher" => "pbl",
        "reviewer" => "rev",
        "translator" => "trl",
        _ => return None,
    })
}
