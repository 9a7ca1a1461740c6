use crate::model::{Document, Meta};

/// Overrides a document's metadata, field by field, with what the user gave.
///
/// A title, creators and a date are the whole document's; a language is every article's too, since
/// the user's word goes before the source's.
pub fn metadata(document: &mut Document, given: &Meta) {
    if given.is_empty() {
        return;
    }
    let single = document.articles.len() == 1;
    let meta = if single { &mut document.articles[0].meta } else { &mut document.meta };
    override_with(meta, given);
    if let Some(language) = &given.language {
        for article in &mut document.articles {
            article.meta.set_language(language.clone());
        }
    }
}

/// Overrides metadata, field by field, with what is known better.
pub(crate) fn override_with(meta: &mut Meta, given: &Meta) {
    macro_rules! take {
        ($($list:ident),*; $($field:ident),*) => {
            $(if !given.$list.is_empty() { meta.$list = given.$list.clone() })*
            $(if given.$field.is_some() { meta.$field = given.$field.clone() })*
        };
    }
    if let Some(language) = &given.language {
        meta.set_language(language.clone());
    }
    take!(title, subtitle, creators, subjects;
          date, description, identifier, publisher, rights, source_url, revision);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Creator, Language, LanguageTag};

    #[test]
    fn what_the_user_says_goes_before_the_source() {
        let language = |tag| Some(Language::given(LanguageTag::new(tag).unwrap()));
        let article = Article {
            meta: Meta { language: language("en"), date: Some("2020".into()), ..Meta::default() },
            ..Article::default()
        };
        let mut document = Document { articles: vec![article], ..Document::default() };
        let given = Meta { language: language("de"), creators: vec![Creator::new("A")], ..Meta::default() };
        metadata(&mut document, &given);
        let meta = &document.articles[0].meta;
        assert_eq!(meta.language, language("de"));
        assert_eq!(meta.creators[0].name, "A");
        assert_eq!(meta.date.as_deref(), Some("2020"), "a field that was not given stays");
    }
}
