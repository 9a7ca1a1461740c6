//! The style `book` as values, so that what is written without another style reads no TOML. A test holds it
//! equal to `book.toml`, which says what each key means.

use super::color::Color;
use super::length::Length;
use super::paper::Paper;
use super::parts::{
    Captions, Case, Code, Colors, Headings, Justification, Links, Lists, Logo, LogoPlace, Page, Paragraphs,
    Quotes, Ratio, Rules, Running, Style, Tables, Text, Title,
};
use super::template::{Field, Part, Template};
use std::path::PathBuf;

const GREY: Color = Color(0xf3, 0xf3, 0xf0);

impl Default for Style {
    /// `book`.
    fn default() -> Self {
        Style {
            page: Page {
                size: Paper::A4,
                landscape: false,
                margins: None,
                mirrored: false,
                recto: false,
                columns: 1,
                contents: false,
            },
            text: Text {
                font: String::new(),
                size: Length::pt(11),
                leading: Ratio(132),
                small: Ratio(84),
                align: Justification::Justified,
                paragraphs: Paragraphs::Indent,
                hyphenate: true,
            },
            headings: Headings { font: String::new(), numbered: false, case: Case::AsIs, space: Ratio(100) },
            title: Title {
                page: false,
                subtitle: true,
                author: true,
                date: true,
                summary: true,
                rule: false,
            },
            colors: Colors {
                paper: Color::WHITE,
                text: Color::BLACK,
                headings: Color::BLACK,
                links: Color::BLACK,
                running: Color::BLACK,
                rules: Color(0x30, 0x30, 0x30),
                hairlines: Color(0xc8, 0xc8, 0xc8),
                boxes: Some(GREY),
                code: None,
                table_head: None,
                stripes: Some(GREY),
                marks: Color(0xff, 0xf3, 0xb0),
                keywords: Color(0x0b, 0x4f, 0x9e),
                names: Color(0x6b, 0x3a, 0x8c),
                strings: Color(0x2b, 0x65, 0x2b),
                numbers: Color(0x94, 0x3a, 0x0e),
                comments: Color(0x5c, 0x60, 0x66),
            },
            header: Running {
                left: field(Field::Title),
                center: Template::default(),
                right: field(Field::Section),
                italic: true,
                rule: false,
                first: false,
            },
            footer: Running {
                left: Template::default(),
                center: field(Field::Page),
                right: Template::default(),
                italic: false,
                rule: false,
                first: true,
            },
            logo: Logo {
                file: PathBuf::new(),
                height: Length::micro_m(12_000),
                on: LogoPlace::First,
                alt: String::new(),
            },
            tables: Tables { rules: Rules::Rows, stripes: false, smallest: Ratio(62) },
            lists: Lists { bullets: "• –".to_owned() },
            quotes: Quotes { italic: false, small: false },
            captions: Captions { centered: true, italic: false },
            code: Code { font: String::new(), size: Ratio(86), highlight: true, numbers: false },
            links: Links { underline: false, notes: false },
        }
    }
}

fn field(field: Field) -> Template {
    Template(vec![Part::Field(field)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::builtin;

    #[test]
    fn the_values_are_those_of_the_file() {
        assert_eq!(Style::parse(builtin("book").unwrap().text), Ok(Style::default()));
    }
}
