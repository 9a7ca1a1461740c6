//! Metadata.

use super::node::Node;
use super::translator::Translator;
use crate::diagnostic::code;
use crate::format::Error;
use crate::model::{
    Choice, Creator, Inline, InlineKind, Language, LanguageTag, Meta, Own, OwnValue, plain_text,
};
use crate::read::options::pandocs;

impl Translator<'_, '_, '_> {
    /// Metadata, and options of the conversion among it.
    pub(super) fn meta(&mut self, node: Node<'_, '_>) -> Result<(Meta, Own), Error> {
        let mut meta = Meta::default();
        let mut own = Own::default();
        // What is said under fanfold's own name goes before what pandoc calls it.
        if let Some(said) = node.member("fanfold")?
            && let OwnValue::Table(options) = self.own(said)?
        {
            own = Own { options, span: said.span() };
            meta.spans.push(said.span());
        }
        for (key, value) in node.members()? {
            let known = match key {
                "title" => set_words(&mut meta.title, self.words(value)?),
                "subtitle" => set_words(&mut meta.subtitle, self.words(value)?),
                "author" | "creator" => self.creators(value, None, &mut meta.creators)?,
                "contributor" => self.creators(value, Some("ctb"), &mut meta.creators)?,
                "keywords" | "subject" => {
                    for item in items(value)? {
                        meta.subjects.push(plain_text(&self.words(item)?));
                    }
                    true
                }
                "lang" => {
                    let tag = LanguageTag::new(&plain_text(&self.words(value)?));
                    meta.language = tag.map(Language::given);
                    meta.language.is_some()
                }
                "date" => set(&mut meta.date, self.words(value)?),
                "description" | "abstract" => set(&mut meta.description, self.words(value)?),
                "identifier" => set(&mut meta.identifier, self.words(value)?),
                "publisher" => set(&mut meta.publisher, self.words(value)?),
                "rights" => set(&mut meta.rights, self.words(value)?),
                "source" => set(&mut meta.source_url, self.words(value)?),
                "revision" => set(&mut meta.revision, self.words(value)?),
                "fanfold" => own.span == value.span(),
                _ => match self.own(value)? {
                    OwnValue::Text(text) | OwnValue::Literal(text) => {
                        pandocs(key, &text, value.span(), &mut own)
                    }
                    _ => false,
                },
            };
            if known {
                meta.spans.push(value.span());
            } else {
                let message = format!("the metadata field '{key}' has no place in the model");
                self.lost(&code::METADATA_DROPPED, value.span(), message);
            }
        }
        Ok((meta, own))
    }

    /// A metadata value as that of an option.
    fn own(&mut self, value: Node<'_, '_>) -> Result<OwnValue, Error> {
        Ok(match value.kind()? {
            "MetaMap" => {
                let mut choices: Vec<Choice> = Vec::new();
                for (name, value) in value.content()?.members()? {
                    let span = value.span();
                    let twice = choices.iter().any(|choice| choice.name == name);
                    let value = self.own(value)?;
                    if !twice {
                        choices.push(Choice { name: name.to_owned(), span, value, at: span });
                    }
                }
                OwnValue::Table(choices)
            }
            "MetaList" => {
                let values = value.content()?.list()?.map(|value| self.own(value));
                OwnValue::List(values.collect::<Result<_, _>>()?)
            }
            "MetaBool" => OwnValue::Literal(value.content()?.truth()?.to_string()),
            _ => OwnValue::plain(&plain_text(&self.words(value)?)),
        })
    }

    /// The words of a metadata value; none for a map or a truth value.
    fn words(&mut self, value: Node<'_, '_>) -> Result<Vec<Inline>, Error> {
        match value.kind()? {
            "MetaInlines" => self.inlines(value.content()?),
            "MetaBlocks" => self.flat(value.content()?),
            "MetaString" => {
                let text = value.content()?;
                let kind = InlineKind::Text { text: self.rendered(text)?.to_owned() };
                Ok(vec![Inline::new(kind, text.text_span())])
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Names, or maps of a name (`text`, or `name` by custom) and a role, as pandoc's EPUB writer
    /// takes them.
    fn creators(
        &mut self,
        value: Node<'_, '_>,
        role: Option<&str>,
        creators: &mut Vec<Creator>,
    ) -> Result<bool, Error> {
        let before = creators.len();
        for item in items(value)? {
            let mut role = role.map(str::to_owned);
            let mut name = item;
            let mut creator = Creator::default();
            if item.kind()? == "MetaMap" {
                let map = item.content()?;
                if let Some(given) = map.member("role")? {
                    role = Some(plain_text(&self.words(given)?));
                }
                let mut text = |field: &str| -> Result<Option<String>, Error> {
                    let Some(given) = map.member(field)? else { return Ok(None) };
                    Ok(Some(plain_text(&self.words(given)?)).filter(|text| !text.is_empty()))
                };
                (creator.email, creator.orcid) = (text("email")?, text("orcid")?);
                if let Some(given) = map.member("affiliation")? {
                    for item in items(given)? {
                        creator.affiliations.push(plain_text(&self.words(item)?));
                    }
                }
                match map.member("text")?.or(map.member("name")?) {
                    Some(text) => name = text,
                    None => continue,
                }
            }
            let name = plain_text(&self.words(name)?);
            if !name.is_empty() {
                creators.push(Creator { name, role: role.filter(|r| r != "aut"), ..creator });
            }
        }
        Ok(creators.len() > before)
    }
}

/// The items of a list, or the value itself.
fn items<'v, 's>(value: Node<'v, 's>) -> Result<Vec<Node<'v, 's>>, Error> {
    match value.kind()? {
        "MetaList" => Ok(value.content()?.list()?.collect()),
        _ => Ok(vec![value]),
    }
}

fn set_words(field: &mut Vec<Inline>, words: Vec<Inline>) -> bool {
    *field = words;
    !field.is_empty()
}

fn set(field: &mut Option<String>, words: Vec<Inline>) -> bool {
    *field = Some(plain_text(&words)).filter(|text| !text.is_empty());
    field.is_some()
}
