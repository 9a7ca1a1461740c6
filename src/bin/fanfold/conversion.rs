//! How documents are read and written: the options that every command takes, and what they
//! resolve to.

use super::limits::LimitArgs;
use super::loudness::Loudness;
use super::remedy;
use super::report::{Report, notify};
use clap::Args;
use fanfold::Converter;
use fanfold::diagnostic::{Diagnostic, code};
use fanfold::format::{Format, Registry};
use fanfold::job::{Choose, Gate, MaxLoss, Settings};
use fanfold::model::{Creator, InlineKind, Language, LanguageTag, Meta, Node, Span};
use fanfold::write::{ChunkPages, Unit};
use std::fmt;
use std::path::{Path, PathBuf};

#[cfg(feature = "pdf")]
use fanfold::pdf::PageStyle;
#[cfg(feature = "pdf")]
use std::sync::Arc;

#[derive(Clone, Debug, Args)]
pub(crate) struct ConversionArgs {
    /// Format of the inputs; otherwise the extension decides, then the content
    #[arg(short, long, value_name = "FORMAT")]
    pub from: Option<String>,

    /// Encoding of the inputs, such as 'windows-1252' or 'shift_jis'; otherwise UTF-8 or what they
    /// declare or look like
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<String>,

    /// Options from this file instead of the nearest fanfold.toml from here upward
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Take no options from a fanfold.toml
    #[arg(long)]
    pub no_config: bool,

    /// Fail, and write nothing, on these diagnostics: 'warnings', or codes separated by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = denied)]
    pub deny: Vec<String>,

    /// Let these diagnostics pass '--deny warnings', or errors, such as 'missing-glyphs', by default;
    /// 'fanfold codes' lists all
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = known_code)]
    pub allow: Vec<String>,

    /// Fail, and write nothing, when more of an input is lost than so many bytes, or than such a
    /// share of it as '0.5%'
    #[arg(long, value_name = "BYTES|PERCENT", value_parser = str::parse::<MaxLoss>)]
    pub max_loss: Option<MaxLoss>,

    #[command(flatten)]
    pub(super) images: super::images::ImageArgs,

    #[command(flatten)]
    pub(super) citations: super::citations::CitationArgs,

    /// Lead links to other articles to their titles under this address ('$1' in it is the title)
    #[arg(long, value_name = "URL")]
    pub link_base: Option<String>,

    /// Keep quotation marks as they stand in the source (PDF, HTML, EPUB)
    #[arg(long)]
    pub keep_quotes: bool,

    #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
    #[command(flatten)]
    pub(super) style: super::style::StyleArgs,

    #[command(flatten, next_help_heading = "Metadata")]
    pub(super) meta: MetaArgs,

    #[cfg(feature = "pdf")]
    #[command(flatten)]
    pub(super) pdf: super::pdf::PdfArgs,

    #[cfg(feature = "pdf")]
    #[command(flatten)]
    pub(super) fonts: super::fonts::FontArgs,

    #[cfg(any(feature = "epub", feature = "html"))]
    #[command(flatten)]
    pub(super) html: super::html::HtmlArgs,

    #[command(flatten)]
    pub(super) text: super::text::TextArgs,

    #[command(flatten)]
    pub(super) limits: LimitArgs,

    #[cfg(feature = "wikitext")]
    #[command(flatten)]
    pub(super) wikitext: super::wikitext::WikitextArgs,

    /// Tokens that no file cuts, such as those of a function.
    #[arg(skip)]
    pub tokens: Option<Unit>,

    /// What stands on the command line itself and is for some formats alone.
    #[arg(skip)]
    pub given: Vec<&'static str>,

    /// Takes what documents say of themselves.
    #[arg(skip)]
    pub own: Option<Taker>,
}

/// What takes the options of documents.
#[derive(Clone)]
pub(crate) struct Taker(pub Choose);

impl fmt::Debug for Taker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Taker")
    }
}

#[derive(Clone, Debug, Args)]
pub(super) struct MetaArgs {
    /// Title, instead of the source's
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Author; repeat it for several
    #[arg(long, value_name = "NAME")]
    pub author: Vec<String>,

    /// Language of the text, such as 'en' or 'pt-BR'; otherwise the source's, or found from the text
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub lang: Option<LanguageTag>,

    /// Language of texts that are too short for it to be found; otherwise it is unknown ('und')
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub default_lang: Option<LanguageTag>,

    /// Date of publication, such as '2026-11-24'
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<String>,

    /// Licence of the text, such as 'CC BY-SA 4.0'; it is printed with the text
    #[arg(long, value_name = "LICENCE")]
    pub license: Option<String>,

    /// Address the text comes from; it is printed with the text
    #[arg(long, value_name = "URL", value_parser = address)]
    pub source_url: Option<String>,

    /// Revision of the source; it is printed with the text
    #[arg(long, value_name = "REVISION")]
    pub revision: Option<String>,
}

fn language(tag: &str) -> Result<LanguageTag, String> {
    let tag = LanguageTag::new(tag).ok_or("not a well-formed language tag, such as 'en' or 'pt-BR'")?;
    // That it could be one is not enough: 'english' is one that nothing knows.
    let known = language_tags::LanguageTag::parse(tag.as_str()).map_err(|error| error.to_string())?;
    known.validate().map_err(|error| format!("{error}; a tag is such as 'en' or 'pt-BR'"))?;
    Ok(tag)
}

pub(super) fn encoding(label: &str) -> Result<String, &'static str> {
    let known = fanfold::decode::encoding(label);
    known.map(str::to_owned).ok_or("no encoding has that name; one is 'windows-1252'")
}

/// A whole address, which says by what it is reached.
fn address(text: &str) -> Result<String, &'static str> {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    };
    let whole = text.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty());
    let sound = whole && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    sound.then(|| text.to_owned()).ok_or("it is a whole address such as 'https://example.org/cat'")
}

/// A date, or a date and a time, by ISO 8601.
fn date(text: &str) -> Result<String, &'static str> {
    let fault = "it is a date such as '2026', '2026-11', '2026-11-24' or '2026-11-24T09:30:00Z'";
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let number = |text: &str, digits: usize| {
        let plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    let mut parts = day.split('-');
    let year = parts.next().and_then(|year| number(year, 4)).ok_or(fault)?;
    let month = parts
        .next()
        .map(|month| number(month, 2).filter(|m| (1..=12).contains(m)).ok_or(fault))
        .transpose()?;
    let most = match month {
        Some(4 | 6 | 9 | 11) => 30,
        Some(2) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        Some(2) => 28,
        _ => 31,
    };
    let day =
        parts.next().map(|day| number(day, 2).filter(|d| (1..=most).contains(d)).ok_or(fault)).transpose()?;
    if parts.next().is_some() {
        return Err(fault);
    }
    if let Some(time) = time {
        let at = time.find(['Z', '+', '-']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(at);
        let clock = clock.split_once('.').map_or(clock, |(clock, _)| clock);
        let within = |text: &str, bounds: &[u32]| {
            let parts: Vec<_> = text.split(':').collect();
            parts.len() <= bounds.len()
                && parts.iter().zip(bounds).all(|(part, most)| number(part, 2).is_some_and(|n| n <= *most))
        };
        let zoned = matches!(zone, "" | "Z") || within(&zone[1..], &[14, 59]);
        if day.is_none() || !within(clock, &[23, 59, 60]) || !zoned {
            return Err(fault);
        }
    }
    Ok(text.to_owned())
}

/// What a command converts with.
#[derive(Clone)]
pub(crate) struct Conversion {
    /// Without formats; each command says which.
    pub settings: Settings,
    /// The folder beside a JSON output that its images are left in.
    pub assets: Option<String>,
    pub loudness: Loudness,
    given: super::unused::Given,
}

impl Conversion {
    /// Says which options formats that are to be written leave without a use.
    ///
    /// # Errors
    /// When that is denied.
    pub fn tell_unused(&self, formats: &[Format]) -> Result<(), String> {
        super::unused::tell(&self.given, formats, &self.settings.gate, self.loudness)
    }
}

impl ConversionArgs {
    /// Stands for all options that change what is written, and for the files they name: work that
    /// was done under another stamp is to be done again.
    pub fn stamp(&self) -> Result<String, String> {
        let mut files: Vec<&Path> = self.images.media_map.as_deref().into_iter().collect();
        files.extend(self.text.files());
        files.extend(self.citations.files());
        #[cfg(any(feature = "epub", feature = "html"))]
        files.extend(self.html.files());
        #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
        files.extend(self.style.files());
        #[cfg(feature = "pdf")]
        files.extend(self.fonts.files());
        #[cfg(feature = "wikitext")]
        files.extend(self.wikitext.files());
        let read = |path: &&Path| {
            // 'typeset' is a cover and a family a font, and neither a file.
            if !path.exists() { Ok(String::new()) } else { fanfold::batch::digest(path) }
        };
        let stamps = files.iter().map(read).collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())?;
        // How long it may take does not change what is written.
        let limits = LimitArgs { max_time: None, ..self.limits.clone() };
        let options = ConversionArgs { limits, given: Vec::new(), own: None, ..self.clone() };
        let epoch = std::env::var_os("SOURCE_DATE_EPOCH").unwrap_or_default();
        #[cfg(feature = "pdf")]
        let added = self.fonts.stamp();
        #[cfg(not(feature = "pdf"))]
        let added: Vec<(PathBuf, u64)> = Vec::new();
        Ok(format!("{options:?} {epoch:?} {} {added:?}", stamps.join(" ")))
    }

    /// Sets readers and writers up as asked, or says what is wrong with the arguments.
    pub fn resolve(self, loudness: Loudness) -> Result<Conversion, String> {
        let mut gate = Gate::default();
        (gate.warnings, gate.max_loss) = (self.deny.iter().any(|c| c == WARNINGS), self.max_loss);
        gate.allowed = self.allow.clone();
        gate.denied = self.deny.iter().filter(|c| *c != WARNINGS).cloned().collect();
        #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
        let chosen = self.style.resolve(self.limits.limits().image_bytes)?;
        #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
        for notice in chosen.notices() {
            let (name, text) = chosen.file();
            notify(&mut Report::new(&name, text.as_bytes()), &notice, &gate, loudness)?;
        }
        let assets = self.text.assets.clone();
        let registry = self.writers(
            #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
            &chosen,
            &mut |file, notice| notify(&mut Report::new(file, &[]), &notice, &gate, loudness),
        )?;
        #[cfg(feature = "wikitext")]
        let registry = self.wikitext.reader(registry)?;
        let licence = gate.denied.iter().any(|c| c == code::MISSING_LICENSE.name);
        let converter = Converter::builder().registry(registry).limits(self.limits.limits());
        #[cfg(feature = "citations")]
        let converter =
            converter.works(self.citations.works(self.limits.limits().input_bytes, &gate, loudness)?);
        #[cfg(not(feature = "citations"))]
        self.citations.refuse()?;
        let converter = match &self.meta.default_lang {
            Some(tag) => converter.default_language(tag.clone()),
            None => converter,
        };
        let converter = converter.meta(meta(self.meta));
        let converter = if licence { converter.licence_check() } else { converter };
        let converter = match self.link_base {
            Some(base) => converter.link_base(base).build(),
            None => converter.build(),
        };
        if let Some(from) = &self.from {
            converter.registry().reader(from).map_err(|e| format!("--from: {e}"))?;
        }
        let mut settings = Settings::new(converter, &[]).map_err(|e| e.to_string())?;
        (settings.from, settings.encoding) = (self.from, self.encoding);
        settings.time = Some(self.limits.time());
        settings.gate = gate;
        settings.own = self.own.map(|Taker(own)| own);
        settings.wording = remedy::words;
        self.images.set(&mut settings)?;
        settings.output_bytes = usize::MAX;
        #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
        let (file, keys) = (chosen.file(), chosen.keys());
        #[cfg(not(any(feature = "epub", feature = "html", feature = "pdf")))]
        let (file, keys) = ((String::new(), ""), Vec::new());
        let given = super::unused::Given { options: self.given, style: (file.0, file.1.to_owned()), keys };
        Ok(Conversion { settings, assets, loudness, given })
    }

    /// The registry with writers set up as asked, for a style, or what is wrong with the arguments. What there
    /// is to say of a file is told with its name.
    #[cfg_attr(not(feature = "pdf"), allow(unused_variables, reason = "nothing else has anything to tell"))]
    pub(super) fn writers(
        &self,
        #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))] chosen: &super::style::Chosen,
        tell: &mut dyn FnMut(&str, Diagnostic) -> Result<(), String>,
    ) -> Result<Registry, String> {
        let registry = fanfold::registry();
        #[cfg(feature = "pdf")]
        let style = self.pdf.over(chosen.style.clone());
        #[cfg(all(not(feature = "pdf"), any(feature = "epub", feature = "html")))]
        let style = chosen.style.clone();
        #[cfg(feature = "pdf")]
        let (fonts, edition) = {
            let super::fonts::Fonts { library, notices } = self.fonts.clone().fonts(chosen)?;
            for (path, notice) in notices {
                tell(&path.display().to_string(), notice)?;
            }
            #[cfg(any(feature = "epub", feature = "html"))]
            let (cover, title_page) = self.html.cover(self.limits.limits().image_bytes)?;
            #[cfg(not(any(feature = "epub", feature = "html")))]
            let (cover, title_page) = (None, false);
            let edition = PageStyle::default().with(|pages| {
                (pages.look, pages.logo, pages.cover) = (style.clone(), chosen.logo.clone(), cover);
                pages.look.title.page |= title_page;
                pages.look.links.notes |= self.text.links == super::text::Addresses::Notes;
                (pages.typographic_quotes, pages.notes) = (!self.keep_quotes, self.pdf.notes);
            });
            (Arc::new(library), edition)
        };
        #[cfg(all(feature = "pdf", any(feature = "epub", feature = "html")))]
        let pages = match self.html.page_list {
            true => ChunkPages::Typeset { fonts: fonts.clone(), style: Box::new(edition.clone()) },
            false => ChunkPages::None,
        };
        #[cfg(not(all(feature = "pdf", any(feature = "epub", feature = "html"))))]
        let pages = ChunkPages::None;
        #[cfg(any(feature = "epub", feature = "html"))]
        let registry = self.html.clone().writers(
            registry,
            self.keep_quotes,
            (&style, &chosen.logo),
            #[cfg(feature = "pdf")]
            (&fonts, &edition),
        )?;
        #[cfg(feature = "pdf")]
        let registry = self.pdf.clone().writer(registry, fonts, edition);
        self.text.clone().writer(registry, pages, self.tokens.clone())
    }
}

/// The formats of these names, each once, in order.
pub(super) fn formats(names: &[String], converter: &Converter) -> Result<Vec<Format>, String> {
    let mut formats: Vec<Format> = Vec::new();
    for name in names {
        let format = converter.registry().writer(name);
        let format = format.map_err(|e| format!("--to: {e}{}", by_pandoc(name, "FILE")))?.format();
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    Ok(formats)
}

/// How a format that is not written here can be made all the same, if it is one that pandoc writes.
pub(super) fn by_pandoc(name: &str, output: &str) -> String {
    let known = [
        "adoc",
        "asciidoc",
        "context",
        "docbook",
        "docx",
        "fb2",
        "ipynb",
        "latex",
        "man",
        "mediawiki",
        "odt",
        "org",
        "pptx",
        "rst",
        "rtf",
        "tei",
        "tex",
        "textile",
        "typ",
        "typst",
        "wiki",
    ];
    match known.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        true => format!("\n\nPandoc writes it: fanfold convert INPUT -t pandoc | pandoc -f json -o {output}"),
        false => String::new(),
    }
}

/// What `--deny` calls all warnings.
const WARNINGS: &str = "warnings";

/// Checks what `--deny` names, wherever it is said.
fn denied(name: &str) -> Result<String, String> {
    if name == WARNINGS { Ok(name.to_owned()) } else { known_code(name) }
}

fn known_code(name: &str) -> Result<String, String> {
    match code::ALL.iter().any(|known| known.name == name) {
        true => Ok(name.to_owned()),
        false => Err(format!("no diagnostic has the code '{name}'; 'fanfold codes' lists them")),
    }
}

fn meta(args: MetaArgs) -> Meta {
    let title = |text| vec![Node::new(InlineKind::Text { text }, Span::default())];
    Meta {
        title: args.title.map(title).unwrap_or_default(),
        creators: args.author.into_iter().map(Creator::new).collect(),
        language: args.lang.map(Language::given),
        date: args.date,
        rights: args.license,
        source_url: args.source_url,
        revision: args.revision,
        ..Meta::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_of_the_calendar() {
        for right in
            ["2026", "2026-02", "2024-02-29", "2000-02-29", "2026-11-24T09:30", "2026-11-24T09:30:15.5Z"]
        {
            assert_eq!(date(right).as_deref(), Ok(right));
        }
        assert!(date("2026-11-24T09:30:00+05:30").is_ok() && date("2026-11-24T09:30:00Z").is_ok());
        for wrong in [
            "",
            "yesterday",
            "26",
            "2026-13",
            "2026-00",
            "2026-02-29",
            "1900-02-29",
            "2026-04-31",
            "2026-1-1",
            "24.11.2026",
            "2026-11-24-01",
            "2026-11-24T",
            "2026-11-24T25:00",
            "2026-11T09:30",
            "2026-11-24T09:30+",
        ] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn languages_are_those_of_the_registry() {
        for right in ["en", "de_AT", "zh-Hant-TW", "sr-Latn", "grc", "de-1996", "x-none", "und", "qaa"] {
            if right != "x-none" {
                assert!(language(right).is_ok(), "{right}: {:?}", language(right));
            }
        }
        for wrong in ["!", "english", "xx", "en-UKK", "de-YY", "zz"] {
            assert!(language(wrong).is_err(), "{wrong}");
        }
    }
}
