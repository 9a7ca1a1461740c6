//! Options on the command line that no format that is written has a use for. Those of a `fanfold.toml` hold
//! for whatever its folder is converted to, and are not asked.

use super::loudness::Loudness;
use super::report::{Report, notify};
use clap::ArgMatches;
use clap::parser::ValueSource;
use fanfold::diagnostic::{Diagnostic, code};
use fanfold::format::Format;
use fanfold::job::Gate;
use fanfold::model::Span;

const PAGES: &[&str] = &["pdf", "layout"];
const STYLED: &[&str] = &["pdf", "layout", "html", "site", "epub"];
const PAGES_AND_WEB: &[&str] = &["pdf", "layout", "html", "site"];
const FACES: &[&str] = &["pdf", "layout", "epub"];
const EPUB: &[&str] = &["epub"];
const TEXT: &[&str] = &["text"];
const TEXT_AND_PAGES: &[&str] = &["text", "pdf", "layout"];
const CHUNKS: &[&str] = &["chunks"];

/// The options that only some formats have a use for, by what clap knows them by.
const USES: &[(&str, &[&str])] = &[
    ("ascii", TEXT),
    ("assets", &["json"]),
    ("base_size", STYLED),
    ("chunk_min", CHUNKS),
    ("chunk_overlap", CHUNKS),
    ("chunk_size", CHUNKS),
    ("chunk_tables", CHUNKS),
    ("chunk_text", CHUNKS),
    ("chunk_tokenizer", CHUNKS),
    ("chunk_unit", CHUNKS),
    ("columns", PAGES),
    ("cover", &["epub", "pdf", "layout"]),
    ("css", &["html", "site", "epub"]),
    ("embed_fonts", EPUB),
    ("font", FACES),
    ("font_dir", FACES),
    ("hyphenate", TEXT),
    ("justify", TEXT),
    ("keep_quotes", STYLED),
    ("links", TEXT_AND_PAGES),
    ("margins", PAGES_AND_WEB),
    ("notes", PAGES),
    ("number_headings", PAGES_AND_WEB),
    ("page_list", &["epub", "chunks", "flat"]),
    ("paper", PAGES_AND_WEB),
    ("pdf_standard", &["pdf"]),
    ("ragged", PAGES),
    ("series", EPUB),
    ("series_position", EPUB),
    ("split_level", EPUB),
    ("style", STYLED),
    ("text_style", TEXT),
    ("title_page", PAGES),
    ("toc", PAGES),
    ("width", TEXT),
];

/// The keys of a style that only some formats have a use for; the others are for all that have a style.
const KEYS: &[(&str, &[&str])] = &[
    ("colors.hairlines", PAGES),
    ("colors.running", PAGES),
    ("footer.*", PAGES),
    ("header.*", PAGES),
    ("headings.numbered", PAGES_AND_WEB),
    ("links.notes", PAGES),
    ("logo.alt", &["html"]),
    ("logo.file", &["pdf", "layout", "html"]),
    ("logo.height", &["pdf", "layout", "html"]),
    ("logo.on", PAGES),
    ("page.columns", PAGES),
    ("page.contents", PAGES),
    ("page.landscape", PAGES_AND_WEB),
    ("page.margins", PAGES_AND_WEB),
    ("page.mirrored", PAGES),
    ("page.recto", PAGES),
    ("page.size", PAGES_AND_WEB),
    ("tables.smallest", PAGES),
    ("text.align", PAGES),
    ("text.paragraphs", PAGES),
    ("title.page", PAGES),
];

/// What has a use for a key of a style.
fn uses_of(key: &str) -> &'static [&'static str] {
    let is = |known: &str| known.strip_suffix('*').map_or(known == key, |table| key.starts_with(table));
    KEYS.iter().find(|(known, _)| is(known)).map_or(STYLED, |(_, uses)| uses)
}

/// What is said on the command line itself and is for some formats alone.
#[derive(Clone, Default)]
pub(super) struct Given {
    /// Options, by what clap knows them by.
    pub options: Vec<&'static str>,
    /// The name and the text of the style's file.
    pub style: (String, String),
    /// What it says, by table and key.
    pub keys: Vec<(String, Span)>,
}

/// Whether an option is for some formats alone.
pub(super) fn is_of_formats(id: &str) -> bool {
    USES.iter().any(|(known, _)| *known == id)
}

/// The options that stand on the command line, without those that a configuration gave.
pub(super) fn given(matches: &ArgMatches, configured: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let said = |id: &str| {
        matches.try_get_raw(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine)
    };
    USES.iter().map(|&(id, _)| id).filter(|id| said(id) && !configured(id)).collect()
}

/// Says which of the given options and keys none of the formats has a use for, or refuses to go on with it.
pub(super) fn tell(given: &Given, formats: &[Format], gate: &Gate, loudness: Loudness) -> Result<(), String> {
    let written = |names: &[&str]| formats.iter().any(|format| names.contains(&format.name));
    // What is set on pages decides where the pages of a list, and the faces of a cover, are.
    let paged = given.options.iter().any(|id| matches!(*id, "page_list" | "cover"))
        && written(&["epub", "chunks", "flat"]);
    let unused = |uses: &[&str]| !(written(uses) || paged && uses.contains(&"layout"));
    for &(id, uses) in USES.iter().filter(|(id, uses)| given.options.contains(id) && unused(uses)) {
        let option = format!("--{}", id.replace('_', "-"));
        notify(&mut Report::new(&option, &[]), &notice("it", uses, None), gate, loudness)?;
    }
    if given.options.contains(&"style") && unused(STYLED) {
        return Ok(());
    }
    // Of keys that have the same uses one message tells.
    let mut told: Vec<&[&str]> = Vec::new();
    for (key, span) in given.keys.iter().filter(|(key, _)| unused(uses_of(key))) {
        let uses = uses_of(key);
        if told.contains(&uses) {
            continue;
        }
        told.push(uses);
        let same: Vec<_> =
            given.keys.iter().filter(|(key, _)| uses_of(key) == uses).map(|(key, _)| key.as_str()).collect();
        let what = if same.len() == 1 { format!("'{key}'") } else { list(&same) };
        let mut report = Report::new(&given.style.0, given.style.1.as_bytes());
        notify(&mut report, &notice(&what, uses, Some(*span)), gate, loudness)?;
    }
    Ok(())
}

fn notice(what: &str, uses: &[&str], span: Option<Span>) -> Diagnostic {
    let them = if what.contains(" and ") { "them; they are" } else { "it; it is" };
    let what = if what == "it" { String::new() } else { format!("{what}: ") };
    let message = format!("{what}nothing that is written has a use for {them} for {}", list(uses));
    Diagnostic::new(&code::UNUSED_OPTION, span, message)
}

fn list(names: &[&str]) -> String {
    match names {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        names => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::USES;
    use std::collections::BTreeSet;

    /// What each option and each key changes is what is said of it.
    #[cfg(all(feature = "epub", feature = "html", feature = "markdown", feature = "pdf"))]
    mod changes {
        use super::super::{USES, uses_of};
        use crate::args::Cli;
        use clap::{CommandFactory, FromArgMatches};
        use fanfold::diagnostic::Ignore;
        use fanfold::job::Job;
        use std::collections::{BTreeMap, BTreeSet};
        use std::fs;

        /// Two pages of something of everything.
        fn document() -> String {
            let text = "A \"cat\" is a [tiny](https://example.org/small) animal.[^n] It sleeps extraordinarily uninterruptedly. ";
            format!(
                "---\ntitle: Cat\nsubtitle: An animal\nauthor: A. Writer\ndate: 2026-11-29\nabstract: Of cats.\n---\n\n\
                 <table class=\"infobox\"><tr><th colspan=\"2\">Cat</th></tr><tr><th>Kind</th><td>animal</td></tr></table>\n\n\
                 {text}{text}\n\n{text}\n\n{text}\n\n## Life\n\n> It sleeps.\n\n- one\n\n``` rust\nfn f() {{}} // 1\nlet x: X = \"a\" + 1;\n```\n\n\
                 <figure><img src=\"a.png\" alt=\"A\"><figcaption>A cat</figcaption></figure>\n\n\
                 <mark>Marked</mark> and x^2^.\n\n|{}\n|{}\n|{}\n|{}\n\n## Food\n\n{}\n\n[^n]: A note.\n",
                " 1234567890123 |".repeat(4),
                "--|".repeat(4),
                " 1 |".repeat(4),
                " 2 |".repeat(4),
                text.repeat(12)
            )
        }

        /// What is written with these arguments, by format.
        fn written(arguments: &[&str]) -> BTreeMap<&'static str, Vec<u8>> {
            let base = ["fanfold", "convert", "cat.md", "--no-config", "--no-system-fonts", "--lang", "en"];
            let matches = Cli::command().try_get_matches_from(base.iter().chain(arguments));
            let matches = matches.unwrap_or_else(|e| panic!("{arguments:?}: {e}"));
            let mut cli = Cli::from_arg_matches(&matches).expect("they are matched");
            let conversion = cli.command.conversion().expect("it converts").clone();
            let conversion =
                conversion.resolve(cli.loudness).unwrap_or_else(|e| panic!("{arguments:?}: {e}"));
            let mut settings = conversion.settings;
            settings.formats =
                settings.converter.registry().writers().map(|writer| writer.format()).collect();
            let done = Job::new("cat.md", document().as_bytes()).run(&settings, &mut Ignore);
            let outputs = done.outputs.into_iter();
            outputs
                .map(|(format, made)| (format.name, made.unwrap_or_else(|e| panic!("{arguments:?}: {e}"))))
                .collect()
        }

        /// The formats in which these arguments change something.
        fn changed(usual: &BTreeMap<&'static str, Vec<u8>>, arguments: &[&str]) -> BTreeSet<&'static str> {
            let own = written(arguments);
            usual
                .iter()
                .filter(|(format, made)| own.get(**format) != Some(made))
                .map(|(format, _)| *format)
                .collect()
        }

        fn folder() -> tempfile::TempDir {
            let folder = tempfile::tempdir().expect("a folder");
            let square = |side: u32| {
                format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"9\"><rect width=\"5\" height=\"5\"/></svg>"
                )
            };
            for (name, text) in
                [("logo.svg", square(9)), ("other.svg", square(20)), ("own.css", "p{color:red}".to_owned())]
            {
                fs::write(folder.path().join(name), text).expect("writable");
            }
            folder
        }

        /// An option, what goes with it, and values.
        type Sample<'a> = (&'a str, &'a [&'a str], &'a [&'a [&'a str]]);

        #[test]
        fn each_option_changes_what_it_says() {
            let folder = folder();
            let path = |name: &str| folder.path().join(name).display().to_string();
            let (css, cover) = (path("own.css"), path("logo.svg"));
            let samples: &[Sample<'_>] = &[
                ("ascii", &[], &[&["--ascii"]]),
                ("base_size", &[], &[&["--base-size", "9pt"]]),
                ("chunk_min", &["--chunk-size", "900"], &[&["--chunk-min", "400"], &["--chunk-min", "0"]]),
                ("chunk_overlap", &["--chunk-size", "300"], &[&["--chunk-overlap", "90"]]),
                ("chunk_size", &[], &[&["--chunk-size", "300"]]),
                ("chunk_tables", &[], &[&["--chunk-tables", "records"]]),
                ("chunk_text", &[], &[&["--chunk-text", "markdown"]]),
                ("chunk_unit", &["--chunk-size", "300"], &[&["--chunk-unit", "words"]]),
                ("columns", &[], &[&["--columns", "2"]]),
                ("cover", &[], &[&["--cover", "typeset"], &["--cover", &cover]]),
                ("css", &[], &[&["--css", &css]]),
                ("embed_fonts", &[], &[&["--embed-fonts"]]),
                ("font", &["--embed-fonts"], &[&["--font", "Noto Serif"]]),
                ("hyphenate", &["--width", "30"], &[&["--hyphenate"]]),
                ("justify", &[], &[&["--justify"]]),
                ("keep_quotes", &[], &[&["--keep-quotes"]]),
                ("links", &[], &[&["--links", "dropped"], &["--links", "notes"]]),
                ("margins", &[], &[&["--margins", "20mm"]]),
                ("notes", &[], &[&["--notes", "end"]]),
                ("number_headings", &[], &[&["--number-headings"]]),
                ("page_list", &[], &[&["--page-list"]]),
                ("paper", &[], &[&["--paper", "a5"]]),
                ("pdf_standard", &[], &[&["--pdf-standard", "none"]]),
                ("ragged", &[], &[&["--ragged"]]),
                ("series", &[], &[&["--series", "Animals"]]),
                ("series_position", &["--series", "Animals"], &[&["--series-position", "2"]]),
                ("split_level", &[], &[&["--split-level", "2"]]),
                ("style", &[], &[&["--style", "large-print"]]),
                ("text_style", &[], &[&["--text-style", "article"]]),
                ("title_page", &[], &[&["--title-page"]]),
                ("toc", &[], &[&["--toc"]]),
                ("width", &[], &[&["--width", "40"]]),
            ];
            // What only files, or another build, can show.
            let others = ["assets", "chunk_tokenizer", "font_dir"];
            let known: BTreeSet<&str> = samples.iter().map(|(id, ..)| *id).chain(others).collect();
            assert_eq!(known, USES.iter().map(|(id, _)| *id).collect(), "a sample for each");
            let mut faults = Vec::new();
            for (id, with, values) in samples {
                let usual = written(with);
                let own = values.iter().flat_map(|value| changed(&usual, &[with, *value].concat()));
                let own: BTreeSet<&str> = own.collect();
                let uses = USES.iter().find(|(known, _)| known == id).expect("it is one").1;
                if own != uses.iter().copied().collect() {
                    faults.push(format!("{id} changes {own:?} and says {uses:?}"));
                }
            }
            assert_eq!(faults, [""; 0]);
        }

        /// A value for each key that is not the one of [`BASE`].
        const VALUES: &str = include_str!("every-key.toml");
        /// What shows what keys change.
        const BASE: &str = "page.size = 'a6'\ntables.stripes = true\nlogo.file = 'logo.svg'\n";

        #[test]
        fn each_key_of_a_style_changes_what_it_says() {
            let folder = folder();
            let file = folder.path().join("own.toml");
            let with = |text: &str| {
                fs::write(&file, text).expect("writable");
                written(&["--style", &file.display().to_string()])
            };
            let usual = with(BASE);
            let pairs = |text| crate::style::pairs(text).expect("it is TOML");
            let values = pairs(VALUES);
            let keys = |pairs: &[(String, _, &str)]| {
                pairs.iter().map(|(key, ..)| key.clone()).collect::<BTreeSet<_>>()
            };
            let book = pairs(fanfold::style::builtin("book").expect("it is built in").text);
            assert_eq!(keys(&values), keys(&book), "a value for each");
            let mut faults = Vec::new();
            for (key, _, value) in &values {
                let base: String = BASE
                    .lines()
                    .filter(|line| !line.starts_with(key.as_str()))
                    .map(|line| format!("{line}\n"))
                    .collect();
                let own = with(&format!("{base}{key} = {value}\n"));
                // Lines of the layout have no colours, and no document here is a book.
                let of = |format: &&str| *format != "layout" && key != "page.recto";
                let own: BTreeSet<&str> = usual
                    .iter()
                    .filter(|(format, made)| own.get(**format) != Some(made))
                    .map(|(format, _)| *format)
                    .filter(of)
                    .collect();
                let uses: BTreeSet<&str> = uses_of(key).iter().copied().filter(of).collect();
                if own != uses {
                    faults.push(format!("{key} changes {own:?} and says {uses:?}"));
                }
            }
            assert_eq!(faults, [""; 0]);
        }
    }

    #[test]
    fn each_option_of_a_format_says_what_has_a_use_for_it() {
        let cli = crate::whole();
        let convert = cli.find_subcommand("convert").expect("it is one");
        let all: BTreeSet<&str> = convert.get_arguments().map(|arg| arg.get_id().as_str()).collect();
        for (id, uses) in USES {
            assert!(all.contains(id), "{id} is no option");
            for format in *uses {
                assert!(fanfold::registry().writer(format).is_ok(), "{format}");
            }
        }
        let known: BTreeSet<&str> = USES.iter().map(|(id, _)| *id).collect();
        for arg in convert.get_arguments() {
            let of_formats = matches!(arg.get_help_heading(), Some("PDF" | "HTML and EPUB" | "Text"));
            // One is about what is read.
            if of_formats && arg.get_id() != "whole_page" {
                assert!(known.contains(arg.get_id().as_str()), "{} is for which formats?", arg.get_id());
            }
        }
    }
}
