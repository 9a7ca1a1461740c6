//! Options on the command line that no format that is written has a use for. Those of a `fanfold.toml` hold
//! for whatever its folder is converted to, and are not asked.

use super::loudness::Loudness;
use super::report::{Report, notify};
use clap::ArgMatches;
use clap::parser::ValueSource;
use fanfold::diagnostic::{Diagnostic, code};
use fanfold::format::Format;
use fanfold::job::Gate;

const PAGES: &[&str] = &["pdf", "layout"];
const STYLED: &[&str] = &["pdf", "layout", "html", "site", "epub"];
const PAGES_AND_WEB: &[&str] = &["pdf", "layout", "html", "site"];
const FACES: &[&str] = &["pdf", "layout", "epub"];
const EPUB: &[&str] = &["epub"];
const TEXT: &[&str] = &["text", "article"];
const TEXT_AND_PAGES: &[&str] = &["text", "article", "pdf", "layout"];
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
    ("cover", EPUB),
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

/// The options that stand on the command line, without those that a configuration gave.
pub(super) fn given(matches: &ArgMatches, configured: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let said = |id: &str| {
        matches.try_get_raw(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine)
    };
    USES.iter().map(|&(id, _)| id).filter(|id| said(id) && !configured(id)).collect()
}

/// Says which of the given options none of the formats has a use for, or refuses to go on with it.
pub(super) fn tell(
    given: &[&str],
    formats: &[Format],
    gate: &Gate,
    loudness: Loudness,
) -> Result<(), String> {
    let written = |names: &[&str]| formats.iter().any(|format| names.contains(&format.name));
    // What is set on pages decides where the pages of a list, and the faces of a cover, are.
    let paged =
        given.iter().any(|id| matches!(*id, "page_list" | "cover")) && written(&["epub", "chunks", "flat"]);
    for &(id, uses) in USES.iter().filter(|(id, _)| given.contains(id)) {
        if written(uses) || (paged && uses.contains(&"layout")) {
            continue;
        }
        let names = match uses {
            [one] => (*one).to_owned(),
            [all @ .., last] => format!("{} and {last}", all.join(", ")),
            [] => continue,
        };
        let message = format!("nothing that is written has a use for it; it is for {names}");
        let option = format!("--{}", id.replace('_', "-"));
        let notice = Diagnostic::new(&code::UNUSED_OPTION, None, message);
        notify(&mut Report::new(&option, &[]), &notice, gate, loudness)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::USES;
    use std::collections::BTreeSet;

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
