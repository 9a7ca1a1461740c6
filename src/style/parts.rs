//! What a style says, part by part. `book.toml` says what each key means.

use super::color::Color;
use super::length::{Length, parse_length};
use super::paper::{Margins, Paper};
#[cfg(feature = "pdf")]
use super::template::Field;
use super::template::Template;
use crate::format::OptionError;
use serde::{Deserialize, Deserializer};
use std::path::PathBuf;
use std::str::FromStr;

/// How documents look.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Style {
    /// The sheet.
    pub page: Page,
    /// Running text.
    pub text: Text,
    /// Headings of sections.
    pub headings: Headings,
    /// What an article starts with.
    pub title: Title,
    /// Colours.
    pub colors: Colors,
    /// What stands above the text of each page.
    pub header: Running,
    /// What stands below it.
    pub footer: Running,
    /// An image at the head of pages.
    pub logo: Logo,
    /// Tables.
    pub tables: Tables,
    /// Lists.
    pub lists: Lists,
    /// Quotations.
    pub quotes: Quotes,
    /// Captions.
    pub captions: Captions,
    /// Code.
    pub code: Code,
    /// Links.
    pub links: Links,
}

impl Style {
    /// Whether a head or foot says how many pages there are.
    #[cfg(feature = "pdf")]
    pub(crate) fn says_pages(&self) -> bool {
        let says =
            |line: &Running| [&line.left, &line.center, &line.right].iter().any(|t| t.has(Field::Pages));
        says(&self.header) || says(&self.footer)
    }
}

/// The sheet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Page {
    /// Its size.
    #[serde(deserialize_with = "text")]
    pub size: Paper,
    /// Its long side is across.
    pub landscape: bool,
    /// The margins; chosen by the sheet and the type when absent.
    #[serde(deserialize_with = "auto")]
    pub margins: Option<Margins>,
    /// Even pages have the margins, heads and feet of odd ones in a mirror.
    pub mirrored: bool,
    /// Articles of a book start on odd pages, which are the right ones.
    pub recto: bool,
    /// Columns of text, 1 or 2.
    #[serde(deserialize_with = "columns")]
    pub columns: u8,
    /// A table of contents stands before the text.
    pub contents: bool,
}

impl Page {
    /// The sheet as it lies.
    pub(crate) fn sheet(&self) -> Paper {
        if self.landscape { self.size.landscape() } else { self.size }
    }
}

/// Running text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Text {
    /// The name of a family of faces, or a file; the built-in one when empty.
    pub font: String,
    /// Size of the type.
    #[serde(deserialize_with = "size")]
    pub size: Length,
    /// From baseline to baseline, in sizes.
    #[serde(deserialize_with = "leading")]
    pub leading: Ratio,
    /// Size of notes, captions, tables, heads and feet, in sizes.
    #[serde(deserialize_with = "fraction")]
    pub small: Ratio,
    /// Where lines end.
    pub align: Justification,
    /// How paragraphs are told apart.
    pub paragraphs: Paragraphs,
    /// Words may be hyphenated.
    pub hyphenate: bool,
}

/// Where lines end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Justification {
    /// At the margin.
    Justified,
    /// Where they end.
    Ragged,
}

/// How paragraphs are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paragraphs {
    /// The first line is indented.
    Indent,
    /// There is white between them.
    Gap,
}

/// Headings of sections.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Headings {
    /// The name of a family of faces, or a file; that of the text when empty.
    pub font: String,
    /// They are numbered.
    pub numbered: bool,
    /// Their letters.
    pub case: Case,
    /// White around them, of what is usual.
    #[serde(deserialize_with = "fraction")]
    pub space: Ratio,
}

/// The letters of headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// As the source has them.
    AsIs,
    /// Small letters are small capitals.
    SmallCaps,
    /// All are capitals.
    Upper,
}

/// What an article starts with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Title {
    /// On a page of its own.
    pub page: bool,
    /// The subtitle is printed.
    pub subtitle: bool,
    /// The authors are.
    pub author: bool,
    /// The date is.
    pub date: bool,
    /// The summary is.
    #[serde(rename = "abstract")]
    pub summary: bool,
    /// A rule under it.
    pub rule: bool,
}

/// Colours.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Colors {
    /// Behind everything.
    pub paper: Color,
    /// Text.
    pub text: Color,
    /// Titles and headings.
    pub headings: Color,
    /// Links.
    pub links: Color,
    /// Heads and feet of pages.
    pub running: Color,
    /// Rules.
    pub rules: Color,
    /// Thin rules within tables.
    pub hairlines: Color,
    /// Behind infoboxes.
    #[serde(deserialize_with = "ground")]
    pub boxes: Option<Color>,
    /// Behind code.
    #[serde(deserialize_with = "ground")]
    pub code: Option<Color>,
    /// Behind the head of a table.
    #[serde(deserialize_with = "ground")]
    pub table_head: Option<Color>,
    /// Behind every second row of one.
    #[serde(deserialize_with = "ground")]
    pub stripes: Option<Color>,
    /// Behind marked text.
    pub marks: Color,
    /// Words of a language in code.
    pub keywords: Color,
    /// Types, variables and keys in it.
    pub names: Color,
    /// Texts in it.
    pub strings: Color,
    /// Numbers in it.
    pub numbers: Color,
    /// Comments in it.
    pub comments: Color,
}

/// A line above or below the text of each page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Running {
    /// At the left; of text from right to left, at the right.
    pub left: Template,
    /// In the middle.
    pub center: Template,
    /// At the other side.
    pub right: Template,
    /// In italics.
    pub italic: bool,
    /// A rule between it and the text.
    pub rule: bool,
    /// It stands on the page that an article starts with, too.
    pub first: bool,
}

/// An image at the head of pages.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Logo {
    /// The file; none when empty.
    pub file: PathBuf,
    /// How high it is.
    #[serde(deserialize_with = "logo_height")]
    pub height: Length,
    /// On which pages.
    pub on: LogoPlace,
    /// What it says, for who can't see it.
    pub alt: String,
}

/// On which pages a logo stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogoPlace {
    /// On the first page of the text.
    First,
    /// On every page.
    Every,
}

/// Tables.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Tables {
    /// Which rules are drawn.
    pub rules: Rules,
    /// Every second row of the body has a ground.
    pub stripes: bool,
    /// What is too wide is not set smaller than so many sizes of the text.
    #[serde(deserialize_with = "fraction")]
    pub smallest: Ratio,
}

/// The rules of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rules {
    /// Above, below, under the head, and thin ones between rows.
    Rows,
    /// Above, below and under the head.
    Frame,
    /// Around every cell.
    Grid,
    /// None.
    None,
}

/// Lists.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Lists {
    /// What stands before the items of lists that are not numbered, by their depth, parted by spaces.
    #[serde(deserialize_with = "bullets")]
    pub bullets: String,
}

/// Quotations.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Quotes {
    /// In italics.
    pub italic: bool,
    /// In the size of notes.
    pub small: bool,
}

/// Captions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Captions {
    /// Those of figures stand in the middle.
    pub centered: bool,
    /// In italics.
    pub italic: bool,
}

/// Code.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Code {
    /// The name of a family of faces, or a file; the built-in one when empty.
    pub font: String,
    /// Size of the type, in sizes of the text's.
    #[serde(deserialize_with = "fraction")]
    pub size: Ratio,
    /// What is a keyword, a text, a comment has its colour.
    pub highlight: bool,
    /// Its lines are numbered.
    pub numbers: bool,
}

/// Links.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Links {
    /// They are underlined.
    pub underline: bool,
    /// On pages, the addresses that they lead to stand in notes.
    pub notes: bool,
}

/// A number in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ratio(pub u16);

/// What is written as a text.
fn text<'de, T: FromStr<Err = OptionError>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map_err(serde::de::Error::custom)
}

fn auto<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Margins>, D::Error> {
    let text = String::deserialize(from)?;
    if text == "auto" {
        return Ok(None);
    }
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

fn ground<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Color>, D::Error> {
    let text = String::deserialize(from)?;
    if text == "none" {
        return Ok(None);
    }
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

fn size<'de, D: Deserializer<'de>>(from: D) -> Result<Length, D::Error> {
    let text = String::deserialize(from)?;
    let length = parse_length(&text).filter(|size| (Length::pt(5)..=Length::pt(72)).contains(size));
    length.ok_or_else(|| serde::de::Error::custom("a size is a length from 5pt to 72pt, such as \"10.5pt\""))
}

fn logo_height<'de, D: Deserializer<'de>>(from: D) -> Result<Length, D::Error> {
    let text = String::deserialize(from)?;
    let length = parse_length(&text).filter(|h| (Length::pt(1)..=Length::micro_m(60_000)).contains(h));
    length.ok_or_else(|| serde::de::Error::custom("a logo is from 1pt to 60mm high, such as \"12mm\""))
}

fn bullets<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    let fits = !text.trim().is_empty() && text.split_whitespace().all(|mark| mark.chars().count() <= 3);
    let help = "bullets are marks of at most three characters, parted by spaces, such as \"• –\"";
    fits.then_some(text).ok_or_else(|| serde::de::Error::custom(help))
}

fn columns<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    let columns = u8::deserialize(from)?;
    (1..=2)
        .contains(&columns)
        .then_some(columns)
        .ok_or_else(|| serde::de::Error::custom("columns are 1 or 2"))
}

fn leading<'de, D: Deserializer<'de>>(from: D) -> Result<Ratio, D::Error> {
    ratio(from, 100, 300, "leading is from 1 to 3 sizes, such as 1.32")
}

fn fraction<'de, D: Deserializer<'de>>(from: D) -> Result<Ratio, D::Error> {
    ratio(from, 50, 200, "it is from 0.5 to 2, such as 0.84")
}

fn ratio<'de, D: Deserializer<'de>>(from: D, least: u16, most: u16, help: &str) -> Result<Ratio, D::Error> {
    let hundredths = (f64::deserialize(from)? * 100.0).round();
    let within = (f64::from(least)..=f64::from(most)).contains(&hundredths);
    within.then_some(Ratio(hundredths as u16)).ok_or_else(|| serde::de::Error::custom(help))
}
