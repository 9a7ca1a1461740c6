//! The readers and writers that come with fanfold.

#[cfg(all(feature = "pdf", feature = "fonts"))]
use crate::font::FontLibrary;
use crate::format::Registry;
use crate::{read, write};

/// Every reader and writer of this build, at their defaults; but those that set pages only where the faces to
/// set them in are compiled in.
pub fn registry() -> Registry {
    let registry = Registry::empty()
        .with_reader(read::Article)
        .with_reader(read::Json)
        .with_writer(write::Article)
        .with_writer(write::Chunks::default())
        .with_writer(write::Flat::default())
        .with_writer(write::Json::default())
        .with_writer(write::Text::default());
    #[cfg(feature = "markdown")]
    let registry = {
        use read::{Dialect, Markdown};
        let registry = registry.with_reader(Markdown::default());
        let dialects = [Dialect::CommonMark, Dialect::GitHub, Dialect::Pandoc, Dialect::Obsidian];
        let registry = dialects
            .into_iter()
            .fold(registry, |registry, dialect| registry.with_reader(Markdown::of(dialect)));
        use write::Flavour;
        let flavours = [Flavour::Any, Flavour::CommonMark, Flavour::GitHub, Flavour::Pandoc];
        flavours
            .into_iter()
            .fold(registry, |registry, flavour| registry.with_writer(write::Markdown::of(flavour)))
    };
    #[cfg(feature = "pandoc")]
    let registry = registry.with_reader(read::Pandoc).with_writer(write::Pandoc);
    #[cfg(feature = "wikitext")]
    let registry = registry.with_reader(read::Wikitext::default());
    #[cfg(feature = "html")]
    let registry = registry.with_reader(read::Html::default()).with_writer(write::Html::default());
    #[cfg(feature = "epub")]
    let registry = registry.with_writer(write::Epub::default());
    #[cfg(all(feature = "epub", feature = "html"))]
    let registry = registry.with_writer(write::Site::default());
    #[cfg(all(feature = "pdf", feature = "fonts"))]
    let registry = {
        let fonts = std::sync::Arc::new(FontLibrary::embedded());
        registry.with_writer(write::Layout::new(fonts.clone())).with_writer(write::Pdf::new(fonts))
    };
    registry
}
