//! A style as CSS: the rules that come after the built-in sheet, which has the look of the style `book`. Only
//! what is otherwise is said.

use super::escape::push_attribute;
use super::image::kind as kind_of;
use super::page::Facts;
use super::writer::Syntax;
use crate::diagnostic::{Diagnostic, code};
use crate::format::WriteContext;
use crate::model::{Asset, Span};
use crate::style::{Case, Color, Colors, Length, Rules, Style};
use crate::text::code::Kind;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::fmt::Write;

/// The built-in sheet's line height, in hundredths, at the leading of `book`.
const LINE_HEIGHT: u32 = 155;

/// The kinds of what is told apart in code: the class of each, and its colour in the dark.
const CODE: [(Kind, &str, Color); 5] = [
    (Kind::Keyword, "hk", Color(0x8f, 0xbc, 0xf5)),
    (Kind::Name, "hn", Color(0xd0, 0xa9, 0xe8)),
    (Kind::String, "hs", Color(0x9a, 0xcb, 0x8f)),
    (Kind::Number, "hd", Color(0xf0, 0xb0, 0x8a)),
    (Kind::Comment, "hc", Color(0xa3, 0xa7, 0xad)),
];

/// Numbers before lines of code, which are no text: nobody copies them, and where that can be said nobody hears
/// them.
const NUMBERED: &str = ".numberLines code{counter-reset:line}.numberLines .line{display:block;padding-left:3.6em;text-indent:-3.6em}\n\
    .numberLines .line::before{counter-increment:line;content:counter(line);content:counter(line)/\"\";\
    display:inline-block;width:2.8em;margin-right:.8em;text-align:right;text-indent:0;opacity:.75;\
    -webkit-user-select:none;user-select:none}\n";

/// The class of a stretch of code.
pub(super) fn code_class(kind: Kind) -> &'static str {
    CODE.iter().find(|(of, ..)| *of == kind).map_or("", |(_, class, _)| class)
}

/// The colours of what is told apart in code, by day and in the dark.
fn code(colors: &Colors) -> String {
    let by_day = [colors.keywords, colors.names, colors.strings, colors.numbers, colors.comments];
    let mut out = String::new();
    for ((_, class, _), color) in CODE.iter().zip(by_day) {
        let _ = write!(out, ".{class}{{color:{color}}}");
    }
    out.push_str("\n@media(prefers-color-scheme:dark){");
    for (_, class, color) in CODE {
        let _ = write!(out, ".{class}{{color:{color}}}");
    }
    out.push_str("}\n");
    out
}

/// The rules for what a style has otherwise than `book`, and for code where some is told apart.
pub(crate) fn css(style: &Style, syntax: Syntax, facts: &Facts) -> String {
    let book = Style::default();
    let mut out = if facts.highlighted { code(&style.colors) } else { String::new() };
    if facts.numbered {
        out.push_str(NUMBERED);
    }
    if *style == book {
        return out;
    }
    let epub = syntax == Syntax::Epub;
    let mut rule = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    let text = &style.text;
    if let Some(name) = family(&text.font) {
        rule(format!("body{{font-family:{name},serif}}"));
    }
    if let Some(name) = family(&style.headings.font) {
        rule(format!("h1,h2,h3,h4,h5,h6{{font-family:{name},serif}}"));
    }
    if let Some(name) = family(&style.code.font) {
        rule(format!("code,kbd,samp{{font-family:{name},monospace}}"));
    }
    if text.size != book.text.size {
        let hundredths = text.size.scale(if epub { 100 } else { 106 }, book.text.size.0.max(1)).0;
        rule(format!(
            "{}{{font-size:{}}}",
            if epub { "body" } else { "html" },
            unit(hundredths, if epub { "em" } else { "rem" })
        ));
    }
    if text.leading != book.text.leading {
        let hundredths = LINE_HEIGHT * u32::from(text.leading.0) / u32::from(book.text.leading.0.max(1));
        rule(format!("body{{line-height:{}}}", unit(i64::from(hundredths), "")));
    }
    if !text.hyphenate {
        rule("body{-webkit-hyphens:none;hyphens:none}".to_owned());
    }
    if text.small != book.text.small {
        rule(format!(
            "figcaption,caption,.infobox,.notes{{font-size:{}}}",
            unit(i64::from(text.small.0), "em")
        ));
    }
    // Files of an e-book are counted apart, so that only a page of its own can number.
    if style.headings.numbered && !epub {
        rule("h1{counter-reset:s2}h2{counter-reset:s3;counter-increment:s2}h3{counter-reset:s4;counter-increment:s3}\
             h4{counter-increment:s4}h2::before{content:counter(s2)\"\\2002\"}\
             h3::before{content:counter(s2)\".\"counter(s3)\"\\2002\"}\
             h4::before{content:counter(s2)\".\"counter(s3)\".\"counter(s4)\"\\2002\"}".to_owned());
    }
    if style.title.rule {
        rule("header,article>h1:first-child,section>h1:first-child{border-bottom:2px solid;padding-bottom:.4em}\
             header>h1{border:0;padding:0}".to_owned());
    }
    let colors = colors(style, &book, epub);
    if !colors.is_empty() {
        // In the dark the reader's own colours, or the sheet's, are the right ones.
        rule(format!("@media(prefers-color-scheme:light){{{colors}}}"));
    }
    match style.tables.rules {
        Rules::Frame => rule(
            "th,td{border-width:0}table{border-block:1px solid}thead{border-bottom:1px solid}".to_owned(),
        ),
        Rules::None => rule("th,td{border-width:0}".to_owned()),
        Rules::Rows | Rules::Grid => {}
    }
    match style.headings.case {
        Case::AsIs => {}
        Case::SmallCaps => rule("h2,h3,h4,h5,h6{font-variant:small-caps}".to_owned()),
        Case::Upper => rule("h2,h3,h4,h5,h6{text-transform:uppercase}".to_owned()),
    }
    if style.headings.space != book.headings.space {
        let space = i64::from(style.headings.space.0);
        rule(format!("h2,h3,h4,h5,h6{{margin:{} 0 {}}}", unit(space * 16 / 10, "em"), unit(space / 2, "em")));
    }
    if style.lists.bullets != book.lists.bullets {
        let marks: Vec<&str> = style.lists.bullets.split_whitespace().collect();
        for (depth, mark) in marks.iter().cycle().take(4).enumerate() {
            let list = vec!["ul"; depth + 1].join(" ");
            rule(format!("{list}{{list-style-type:\"{}\\2002\"}}", string(mark)));
        }
    }
    if style.quotes.italic {
        rule("blockquote{font-style:italic}".to_owned());
    }
    if style.quotes.small {
        rule(format!("blockquote{{font-size:{}}}", unit(i64::from(text.small.0), "em")));
    }
    if !style.captions.centered {
        rule("figcaption{text-align:start}".to_owned());
    }
    if style.captions.italic {
        rule("figcaption,caption{font-style:italic}".to_owned());
    }
    if style.code.size != book.code.size {
        let size = unit(i64::from(style.code.size.0), "em");
        rule(format!("code,kbd,samp,pre{{font-size:{size}}}pre code{{font-size:1em}}"));
    }
    if style.links.underline {
        rule("a{text-decoration:underline}".to_owned());
    }
    let sheet = |style: &Style| (style.page.sheet(), style.page.margins);
    if !epub && sheet(style) != sheet(&book) {
        rule(page(style));
    }
    out
}

/// What is coloured otherwise.
fn colors(style: &Style, book: &Style, epub: bool) -> String {
    let (own, usual) = (&style.colors, &book.colors);
    let mut out = String::new();
    let mut set = |differs: bool, name: &str, selector: &str, property: &str, color: Option<Color>| {
        if !differs {
            return;
        }
        let value = color.map_or("none".to_owned(), |color| color.to_string());
        // The page's own sheet has names for its colours.
        let _ = match (epub, name) {
            (false, name) if !name.is_empty() => write!(out, ":root{{--{name}:{value}}}"),
            _ => write!(out, "{selector}{{{property}:{value}}}"),
        };
    };
    set(own.text != usual.text, "ink", "body", "color", Some(own.text));
    set(own.paper != usual.paper, "paper", "body", "background", Some(own.paper));
    set(own.links != usual.links, "link", "a", "color", Some(own.links));
    set(own.headings != usual.headings, "", "h1,h2,h3,h4,h5,h6", "color", Some(own.headings));
    set(own.rules != usual.rules, "line", "th,td,table,thead,.notes", "border-color", Some(own.rules));
    set(own.boxes != usual.boxes, "", ".infobox", "background", own.boxes);
    set(own.code != usual.code, "", "pre", "background", own.code);
    set(own.table_head != usual.table_head, "", "thead th", "background", own.table_head);
    set(own.marks != usual.marks, "", "mark", "background", Some(own.marks));
    set(style.tables.stripes, "", "tbody tr:nth-child(even)", "background", own.stripes);
    out
}

/// The sheet that a page is printed on.
fn page(style: &Style) -> String {
    let page = &style.page;
    let paper = page.sheet();
    let mut out = format!("@page{{size:{} {}", millimetres(paper.width()), millimetres(paper.height()));
    if let Some(m) = page.margins {
        let sides = [m.top, m.right, m.bottom, m.left].map(millimetres);
        let _ = write!(out, ";margin:{}", sides.join(" "));
    }
    out.push('}');
    out
}

fn millimetres(length: Length) -> String {
    // Rounded: a length is a number of scaled points.
    unit((length.scale(25_400, 72 * 65_536).0 + 5) / 10, "mm")
}

/// Hundredths as a number with a unit.
fn unit(hundredths: i64, unit: &str) -> String {
    let number = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    format!("{}{unit}", number.trim_end_matches('0').trim_end_matches('.'))
}

/// Characters as a string of CSS has them, none of which ends it or the sheet.
fn string(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_alphanumeric() { c.to_string() } else { format!("\\{:x} ", c as u32) })
        .collect()
}

/// A family's name as CSS has it; none of a file, whose name only its bytes say.
fn family(name: &str) -> Option<String> {
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    is_name.then(|| format!("\"{name}\""))
}

/// The logo of a style, at the head of a page.
pub(crate) fn logo(style: &Style, logo: &Asset, cx: &mut WriteContext<'_>) -> String {
    let Some(kind) = kind_of(&logo.data) else {
        let message = "the logo is broken, or of no kind that pages can show; the page has none";
        cx.report(Diagnostic::new(&code::IMAGE_UNAVAILABLE, None::<Span>, message));
        return String::new();
    };
    let mut out = String::from("<img class=\"logo\" alt=\"");
    push_attribute(&mut out, &style.logo.alt);
    let _ = writeln!(
        out,
        "\" style=\"max-height:{}\" src=\"data:{};base64,{}\">",
        millimetres(style.logo.height),
        kind.media_type,
        BASE64_STANDARD.encode(&logo.data)
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::builtin;

    #[test]
    fn book_adds_nothing_and_others_what_is_otherwise() {
        assert_eq!(css(&Style::default(), Syntax::Html, &Facts::default()), "");
        let style =
            Style::parse("[colors]\nlinks = '#0b4f9e'\n[page]\nsize = 'a5'\nmargins = '20mm'\n").unwrap();
        let html = css(&style, Syntax::Html, &Facts::default());
        assert_eq!(
            html,
            "@media(prefers-color-scheme:light){:root{--link:#0b4f9e}}\n@page{size:148mm 210mm;margin:20mm 20mm 20mm 20mm}\n"
        );
        let epub = css(&style, Syntax::Epub, &Facts::default());
        assert_eq!(epub, "@media(prefers-color-scheme:light){a{color:#0b4f9e}}\n");
        let large = css(&builtin("large-print").unwrap().style(), Syntax::Epub, &Facts::default());
        assert!(large.contains("body{font-size:1.63em}") && large.contains("hyphens:none"), "{large}");
    }

    #[test]
    fn code_can_be_read_by_day_and_in_the_dark() {
        // The grounds that the sheets give to code.
        for ground in ["#fdfdfb", "#f1f1ec"] {
            let colors = Style::default().colors;
            let ground: Color = ground.parse().unwrap();
            for color in [colors.keywords, colors.names, colors.strings, colors.numbers, colors.comments] {
                assert!(color.contrast(ground) >= 450, "{color} on {ground}");
            }
        }
        for ground in ["#17181a", "#22242a"] {
            let ground: Color = ground.parse().unwrap();
            for (kind, _, color) in CODE {
                assert!(color.contrast(ground) >= 450, "{kind:?} on {ground}");
            }
        }
    }

    #[test]
    fn no_name_of_a_font_ends_the_rule() {
        let style = Style::parse("[text]\nfont = 'a\"}</style>'\n").unwrap();
        assert!(!css(&style, Syntax::Html, &Facts::default()).contains("font-family"));
    }
}
