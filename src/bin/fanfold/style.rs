//! How documents look: a built-in style, a file, or the table `[style]` of the configuration; and `fanfold
//! style`, which lists and prints them.

use super::lines::Lines;
use super::report::printable;
use clap::{Args, ValueHint};
use fanfold::asset::media_type;
use fanfold::diagnostic::{Diagnostic, code};
use fanfold::internals::reason;
use fanfold::model::{Asset, Span};
use fanfold::style::{BUILTIN, Style, StyleError, builtin};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

#[derive(Clone, Debug, Args)]
pub(super) struct StyleArgs {
    /// How it looks: a built-in style or a file of one's own (PDF, HTML, EPUB); 'fanfold style' lists and
    /// prints them
    #[arg(long, value_name = "NAME|FILE")]
    pub style: Option<PathBuf>,

    /// The file whose table [style] says it; the configuration gives it
    #[arg(long, hide = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub style_table: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fanfold style --list
  fanfold style --print                    # every key, with what it means
  fanfold style --print report > own.toml  # to go on from
  fanfold convert article.txt -o article.pdf --style own.toml")]
pub(super) struct StyleCommand {
    /// Print a style as a file of one's own would have it; otherwise 'book', which has every key
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "book")]
    print: Option<String>,

    /// List the styles that are built in
    #[arg(long, conflicts_with = "print")]
    list: bool,
}

impl StyleCommand {
    /// What is to be printed.
    pub fn text(&self) -> Result<String, String> {
        match &self.print {
            Some(name) => match builtin(name) {
                Some(built_in) => Ok(built_in.text.to_owned()),
                None => Err(no_style(name)),
            },
            // Nothing asked for is a look at what there is.
            None => Ok(BUILTIN.iter().map(|of| format!("{:<12} {}\n", of.name, of.about())).collect()),
        }
    }
}

fn no_style(name: &str) -> String {
    let names: Vec<_> = BUILTIN.iter().map(|of| of.name).collect();
    format!("'{name}' is neither a file nor a built-in style; those are {}", names.join(", "))
}

/// A style and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    pub style: Style,
    pub logo: Option<Asset>,
    /// Its file and text, where it is no built-in one.
    file: Option<(PathBuf, String)>,
    /// Whether it is a table of a file that has others too.
    table: bool,
    /// Faces by what they are named, where whoever made the style may name no other files.
    pub faces: Option<BTreeMap<String, Vec<u8>>>,
}

impl StyleArgs {
    /// The files that the options name.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.style.iter().chain(&self.style_table).map(PathBuf::as_path)
    }

    /// Reads what was named, or says what is wrong with it and where. A logo has at most so many bytes.
    pub fn resolve(&self, image_bytes: usize) -> Result<Chosen, String> {
        let (path, table) = match (&self.style, &self.style_table) {
            (Some(name), _) => match name.to_str().and_then(builtin).filter(|_| !name.is_file()) {
                Some(built_in) => return Ok(Chosen::of(built_in.style())),
                None if name.is_file() => (name, false),
                None => return Err(format!("--style: {}", no_style(&name.display().to_string()))),
            },
            (None, Some(path)) => (path, true),
            (None, None) => return Ok(Chosen::of(Style::default())),
        };
        let text = fs::read_to_string(path)
            .map_err(|e| format!("'{}' can't be read: {}", path.display(), reason(&e)))?;
        let style = match table {
            true => Style::parse_table(&text).map(Option::unwrap_or_default),
            false => Style::parse(&text),
        };
        let file = Some((path.clone(), text));
        let mut chosen = Chosen { file, table, ..Chosen::of(Style::default()) };
        chosen.style = style.map_err(|StyleError { message, span, .. }| {
            chosen.fault(span.map_or(0, |span| span.start), &message)
        })?;
        chosen.logo = chosen.read_logo(image_bytes)?;
        Ok(chosen)
    }
}

impl Chosen {
    /// A style that is in no file.
    pub fn of(style: Style) -> Self {
        Chosen { style, logo: None, file: None, table: false, faces: None }
    }

    /// A message about a place of the file.
    fn fault(&self, at: usize, message: &str) -> String {
        let Some((path, text)) = &self.file else { return message.to_owned() };
        let (line, column) = Lines::new(text.as_bytes()).place(at);
        format!("{}:{line}:{column}: {}", path.display(), printable(message))
    }

    /// A message about a key.
    pub fn fault_of(&self, table: &str, key: &str, message: &str) -> String {
        self.fault(self.place(table, key).map_or(0, |(start, _)| start), message)
    }

    /// Where a key of the style stands in its file.
    fn place(&self, table: &str, key: &str) -> Option<(usize, usize)> {
        let (_, text) = self.file.as_ref()?;
        let whole = DeTable::parse(text).ok()?.into_inner();
        let style = match self.table {
            true => whole.get("style")?.get_ref().as_table()?.clone(),
            false => whole,
        };
        let DeValue::Table(of) = style.get(table)?.get_ref() else { return None };
        let (key, value) = of.get_key_value(key)?;
        Some((key.span().start, value.span().end))
    }

    /// Sets everything in the faces that are built in; whether something else was.
    pub fn forget_fonts(&mut self) -> bool {
        let Style { text, headings, code, .. } = &mut self.style;
        let fonts = [&mut text.font, &mut headings.font, &mut code.font];
        fonts.map(|font| !std::mem::take(font).is_empty()).contains(&true)
    }

    /// A path as the file means it.
    pub fn beside(&self, path: &Path) -> PathBuf {
        let folder = self.file.as_ref().and_then(|(file, _)| file.parent());
        folder.unwrap_or(Path::new("")).join(path)
    }

    fn read_logo(&self, most: usize) -> Result<Option<Asset>, String> {
        let file = &self.style.logo.file;
        if file.as_os_str().is_empty() {
            return Ok(None);
        }
        let path = self.beside(file);
        let fault = |message: &str| {
            self.fault_of("logo", "file", &format!("the logo '{}' {message}", path.display()))
        };
        read_image(&path, most).map(Some).map_err(|message| fault(&message))
    }

    /// The keys that its file says otherwise than `book`, each with its table and its place. Those of a table of
    /// the configuration hold for whatever is written, and are not asked.
    pub fn keys(&self) -> Vec<(String, Span)> {
        let Some((_, text)) = self.file.as_ref().filter(|_| !self.table) else { return Vec::new() };
        let book = builtin("book").map_or("", |book| book.text);
        let (Ok(own), Ok(book)) = (pairs(text), pairs(book)) else { return Vec::new() };
        let plain = |value: &str| value.trim_matches(['"', '\'']).to_owned();
        let said = |key: &String, value: &str| {
            book.iter().any(|(of, _, usual)| of == key && plain(usual) == plain(value))
        };
        own.into_iter().filter(|(key, _, value)| !said(key, value)).map(|(key, at, _)| (key, at)).collect()
    }

    /// What there is to say about it, with the name and the text of the file that it is about.
    pub fn notices(&self) -> Vec<Diagnostic> {
        if self.file.is_none() {
            // Built-in styles are what a test holds them to.
            return Vec::new();
        }
        let low = self.style.low_contrast().into_iter().map(|low| {
            let place = self.place("colors", low.text).or_else(|| self.place("colors", low.ground));
            let span = place.map(|(start, end)| Span::new(start, end));
            Diagnostic::new(&code::LOW_CONTRAST, span, low.to_string())
        });
        low.collect()
    }

    /// The name and the text of its file.
    pub fn file(&self) -> (String, &str) {
        match &self.file {
            Some((path, text)) => (path.display().to_string(), text),
            None => ("style".to_owned(), ""),
        }
    }
}

/// The keys in tables of a TOML text, each with its table, its place and what is said.
pub(super) fn pairs(text: &str) -> Result<Vec<(String, Span, &str)>, toml::de::Error> {
    let mut out = Vec::new();
    for (table, keys) in DeTable::parse(text)?.get_ref() {
        for (key, value) in keys.get_ref().as_table().into_iter().flatten() {
            let name = format!("{}.{}", table.get_ref(), key.get_ref());
            out.push((name, Span::new(key.span().start, value.span().end), &text[value.span()]));
        }
    }
    out.sort_by_key(|(_, at, _)| at.start);
    Ok(out)
}

/// An image of at most so many bytes, or what is wrong with it.
pub(super) fn read_image(path: &Path, most: usize) -> Result<Asset, String> {
    let fault = |e: std::io::Error| format!("can't be read: {}", reason(&e));
    let opened = fanfold::internals::open(path).map_err(fault)?;
    let (mut bytes, limit) = (Vec::new(), u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1));
    opened.take(limit).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() > most {
        return Err(format!("has more than {most} bytes (--max-image-bytes)"));
    }
    let kind = media_type(&bytes).ok_or("is no PNG, JPEG, GIF, WebP or SVG")?;
    Ok(Asset::new(kind, bytes))
}
