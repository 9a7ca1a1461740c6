//! The style that a document gives for itself, and the files that its options name.

use super::super::conversion::ConversionArgs;
use super::super::style::Chosen;
use super::{Choice, OwnValue, Path, Span, Taken, Taking, code};
use fanfold::asset::media_type;
use fanfold::model::Asset;
use fanfold::style::{BUILTIN, Style, StyleError, builtin};
use std::collections::BTreeMap;
use std::path::PathBuf;
use toml::de::DeTable;

/// A file can't be had, and that was told.
struct Told;

impl Taking<'_, '_, '_> {
    /// The style, where the document says it and the command line doesn't.
    pub(super) fn look(&mut self) -> Option<Chosen> {
        let given = self.own.options.iter().find(|choice| choice.name == "style")?.clone();
        if self.given.iter().any(|id| id == "style") {
            return None;
        }
        let (style, folder) = match &given.value {
            OwnValue::Table(_) => (self.table()?, PathBuf::new()),
            OwnValue::Text(name) | OwnValue::Literal(name) => self.named(name, given.at)?,
            OwnValue::List(_) => {
                self.refuse(Some(given.span), "a style is a name or a table");
                return None;
            }
        };
        for low in style.low_contrast() {
            let place = self.place("colors", low.text).or_else(|| self.place("colors", low.ground));
            self.say(&code::LOW_CONTRAST, place.or(Some(given.span)), low.to_string());
        }
        let mut chosen = Chosen::of(style);
        let logo = chosen.style.logo.file.clone();
        if !logo.as_os_str().is_empty() {
            let place = self.place("logo", "file").or(Some(given.span));
            match self.load(&folder.join(&logo)) {
                Ok(bytes) => match media_type(&bytes) {
                    Some(kind) => chosen.logo = Some(Asset::new(kind, bytes)),
                    None => {
                        let message =
                            format!("the logo '{}' is no PNG, JPEG, GIF, WebP or SVG", logo.display());
                        self.refuse(place, message);
                    }
                },
                Err(why) => self.unread(place, "the logo", &logo, &why),
            }
        }
        let Style { text, headings, code, .. } = &mut chosen.style;
        let mut faces = BTreeMap::new();
        for (table, name) in
            [("text", &mut text.font), ("headings", &mut headings.font), ("code", &mut code.font)]
        {
            let place = self.place(table, "font").or(Some(given.span));
            match self.face(place, &folder.join(&*name)) {
                Ok(bytes) => faces.extend(bytes.map(|bytes| (name.clone(), bytes))),
                Err(Told) => name.clear(),
            }
        }
        chosen.faces = Some(faces);
        Some(chosen)
    }

    /// The style of a table, without what there is no key for and what can't be read.
    fn table(&mut self) -> Option<Style> {
        loop {
            let StyleError { message, span, .. } = match Style::parse_table(&self.toml.text) {
                Ok(style) => return style,
                Err(error) => error,
            };
            let place = span.and_then(|span| self.toml.place(span.start));
            self.refuse(place, message);
            if !place.is_some_and(|place| without(&mut self.own.options, place)) {
                return None;
            }
            self.toml = self.own.toml();
        }
    }

    /// A style that is built in, or in a file; with the folder that its paths begin in.
    fn named(&mut self, name: &str, at: Span) -> Option<(Style, PathBuf)> {
        let path = Path::new(name);
        let bytes = match (self.load(path), builtin(name)) {
            (Ok(bytes), _) => bytes,
            (Err(_), Some(built_in)) => return Some((built_in.style(), PathBuf::new())),
            (Err(why), None) if path.extension().is_some() => {
                self.unread(Some(at), "the style", path, &why);
                return None;
            }
            (Err(_), None) => {
                let names: Vec<_> = BUILTIN.iter().map(|of| of.name).collect();
                let message = format!(
                    "'{name}' is neither a file nor a built-in style; those are {}",
                    names.join(", ")
                );
                self.refuse(Some(at), message);
                return None;
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        match Style::parse(&text) {
            Ok(style) => Some((style, path.parent().map(Path::to_owned).unwrap_or_default())),
            Err(error) => {
                let before = &text[..error.span.map_or(0, |span| text.floor_char_boundary(span.start))];
                let line = 1 + before.matches('\n').count();
                self.refuse(Some(at), format!("{name}:{line}: {}", error.message));
                None
            }
        }
    }

    /// Where a key of the style stands in the document.
    fn place(&self, table: &str, key: &str) -> Option<Span> {
        let whole = DeTable::parse(&self.toml.text).ok()?.into_inner();
        let of = whole.get("style")?.get_ref().as_table()?.get(table)?.get_ref().as_table()?;
        self.toml.place(of.get_key_value(key)?.0.span().start)
    }

    /// The face in a file; of what is no file, the name may be that of a family.
    fn face(&mut self, place: Option<Span>, name: &Path) -> Result<Option<Vec<u8>>, Told> {
        let why = match self.load(name) {
            _ if name.as_os_str().is_empty() => return Ok(None),
            Ok(bytes) => return Ok(Some(bytes)),
            Err(why) => why,
        };
        let extension = name.extension().map(|extension| extension.to_ascii_lowercase());
        if extension.is_none_or(|e| ["ttf", "otf", "ttc", "otc"].iter().all(|known| e != *known)) {
            return Ok(None);
        }
        self.unread(place, "the font", name, &why);
        Err(Told)
    }

    /// Reads the files that options name; an option whose file can't be had is left out.
    pub(super) fn files(&mut self, args: &mut ConversionArgs, taken: &mut Vec<Taken>) {
        let place = |taken: &[Taken], id: &str| {
            taken
                .iter()
                .find(|option| option.id == id && option.argument.is_some())
                .map(|option| option.place)
        };
        #[cfg(feature = "pdf")]
        if let (Some(place), Some(name)) = (place(taken, "font"), args.fonts.font.clone()) {
            match self.face(place, &name) {
                Ok(bytes) => {
                    let face = bytes.map(|bytes| (name.to_string_lossy().into_owned(), bytes));
                    args.fonts.own = Some(face.into_iter().collect());
                }
                Err(Told) => {
                    taken.retain(|option| option.id != "font");
                    args.fonts.font = None;
                }
            }
        }
        #[cfg(any(feature = "epub", feature = "html"))]
        for (id, what) in [("css", "the style sheet"), ("cover", "the cover")] {
            let html = &mut args.html;
            let name = if id == "css" { html.css.clone() } else { html.cover.clone() };
            let (Some(place), Some(name)) = (place(taken, id), name) else { continue };
            if id == "cover" && name.as_os_str() == "typeset" {
                continue;
            }
            match self.load(&name) {
                Ok(bytes) if id == "css" && loads_nothing(&bytes) => {
                    args.html.own.css = Some(String::from_utf8_lossy(&bytes).into_owned());
                    continue;
                }
                Ok(bytes) if id == "cover" && media_type(&bytes).is_some() => {
                    args.html.own.cover = Some(bytes);
                    continue;
                }
                Ok(_) => {
                    let why = match id {
                        "css" => "loads something, or may hide that it does",
                        _ => "is no PNG, JPEG, GIF, WebP or SVG",
                    };
                    self.refuse(place, format!("{what} '{}' {why}", name.display()));
                }
                Err(why) => self.unread(place, what, &name, &why),
            }
            taken.retain(|option| option.id != id);
            if id == "css" { args.html.css = None } else { args.html.cover = None }
        }
    }
}

/// Whether a style sheet of anyone's has readers' programs fetch nothing and run nothing.
#[cfg(any(feature = "epub", feature = "html"))]
fn loads_nothing(css: &[u8]) -> bool {
    let css = String::from_utf8_lossy(css).to_ascii_lowercase();
    let loading =
        ["@import", "url(", "src(", "image(", "image-set(", "expression(", "behavior", "-moz-binding"];
    // A backslash spells any of them otherwise.
    !css.contains('\\') && !css.contains("</") && loading.iter().all(|sign| !css.contains(sign))
}

/// Removes the choice whose name or value stands at a place; whether there was one.
fn without(choices: &mut Vec<Choice>, place: Span) -> bool {
    for choice in choices.iter_mut() {
        if let OwnValue::Table(inner) = &mut choice.value
            && without(inner, place)
        {
            return true;
        }
    }
    let at = choices.iter().position(|choice| choice.span == place || choice.at == place);
    at.map(|at| choices.remove(at)).is_some()
}
