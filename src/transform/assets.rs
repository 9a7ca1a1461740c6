use crate::asset::{LoadError, media_type, sources};
use crate::diagnostic::{Diagnostic, code};
use crate::format::ReadContext;
use crate::model::{Asset, Document};

/// Loads every image of the document into its assets, so that writers do no input.
///
/// An image that can't be had is reported once; writers then show its words in its place.
pub fn assets(document: &mut Document, cx: &mut ReadContext<'_>) {
    let mut loaded = document.assets.values().map(|asset| asset.data.len()).sum();
    for (source, span) in sources(document) {
        if document.assets.contains_key(&source) {
            continue;
        }
        // Whoever runs the transforms ends with the reason.
        if cx.go_on().is_err() {
            return;
        }
        match load(&source, loaded, cx) {
            Ok(asset) => {
                loaded += asset.data.len();
                document.assets.insert(source, asset);
            }
            Err(why) => {
                let message = format!("image '{source}': {why}; its words stand in its place");
                let unavailable = Diagnostic::new(&code::IMAGE_UNAVAILABLE, span, message);
                cx.report(unavailable.remedy(why.remedy()));
            }
        }
    }
}

fn load(source: &str, loaded: usize, cx: &ReadContext<'_>) -> Result<Asset, LoadError> {
    let bytes = cx.load(source, loaded)?;
    let media_type = media_type(&bytes).ok_or("it is no PNG, JPEG, GIF, WebP or SVG")?;
    Ok(Asset::new(media_type, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::Loader;
    use crate::format::Limits;
    use crate::model::{Article, BlockKind, Image, InlineKind, Node, Span};

    struct Fixed;
    impl Loader for Fixed {
        fn load(&self, source: &str, _: usize) -> Result<Vec<u8>, LoadError> {
            match source {
                "a.gif" | "b.gif" | "c.gif" => Ok(b"GIF89a".to_vec()),
                "page.png" => Ok(b"<html>".to_vec()),
                "fits.gif" => Ok([b"GIF89a".as_slice(), &[0; 44]].concat()),
                "big.gif" => Ok([b"GIF89a".as_slice(), &[0; 45]].concat()),
                _ => Err("no such file".into()),
            }
        }
    }

    fn run(sources: &[&str], loader: Option<&dyn Loader>) -> (Vec<String>, Vec<String>) {
        let image = |source: &&str| {
            let image = Image { source: (*source).to_owned(), ..Image::default() };
            Node::new(InlineKind::Image(Box::new(image)), Span::new(1, 2))
        };
        let content = sources.iter().map(image).collect();
        let blocks = vec![Node::new(BlockKind::Paragraph { content }, Span::default())];
        let mut document =
            Document { articles: vec![Article { blocks, ..Article::default() }], ..Document::default() };
        let (limits, mut sink) =
            (Limits { image_bytes: 50, total_image_bytes: 62, ..Limits::default() }, Vec::new());
        let mut cx = ReadContext::new("-", &limits, &mut sink);
        if let Some(loader) = loader {
            cx = cx.with_loader(loader);
        }
        assets(&mut document, &mut cx);
        let messages = sink.into_iter().map(said).collect();
        (document.assets.into_keys().collect(), messages)
    }

    fn said(of: Diagnostic) -> String {
        let remedy = of.remedy.map(|remedy| format!(" ({remedy})")).unwrap_or_default();
        format!("{} {}{remedy}", of.code.name, of.message)
    }

    #[test]
    fn what_can_be_had_is_loaded_and_the_rest_reported_once() {
        let (loaded, said) = run(&["a.gif", "x.gif", "page.png", "x.gif", "big.gif"], Some(&Fixed));
        assert_eq!(loaded, ["a.gif"]);
        let want = [
            "'x.gif': no such file",
            "'page.png': it is no PNG",
            "'big.gif': it has more than 50 bytes; its words stand in its place (raise the limit on an image's bytes)",
        ];
        assert_eq!(said.len(), want.len());
        for (said, want) in said.iter().zip(want) {
            assert!(said.starts_with("image-unavailable") && said.contains(want), "{said}");
        }
    }

    #[test]
    fn one_image_and_all_together_have_a_limit() {
        // 50 and 6 and 6 bytes fit, 6 more do not.
        let (loaded, said) = run(&["fits.gif", "a.gif", "b.gif", "c.gif"], Some(&Fixed));
        assert_eq!(loaded, ["a.gif", "b.gif", "fits.gif"]);
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("'c.gif'") && said[0].contains("the bytes of all images"), "{said:?}");
    }

    #[test]
    fn without_a_loader_every_image_is_reported() {
        assert_eq!(run(&["a.gif"], None).1.len(), 1);
    }
}
