//! The library's remedies in the words of the command line: the one table of both.

use fanfold::diagnostic::{Diagnostic, Remedy};

/// What to do, by the options that do it.
pub(crate) fn words(remedy: Remedy) -> String {
    let words = match remedy {
        Remedy::Title => "name it with --title",
        Remedy::Language => "name it with --lang",
        Remedy::Licence => "name it with --license",
        Remedy::Encoding => "name its encoding with --encoding, or save it as UTF-8",
        Remedy::Format(None) => "name it with --from (see 'fanfold formats')",
        Remedy::Format(Some(format)) => return format!("name it with --from {format}"),
        Remedy::Cover => "name the image of an e-book's cover with --cover",
        Remedy::Font => {
            "add a folder with a font that has it by 'fanfold fonts add', or name it with --font-dir"
        }
        Remedy::Fonts => {
            "add a folder of fonts that have them with 'fanfold fonts add', name it with --font-dir, or take the boxes \
             with --allow missing-glyphs"
        }
        Remedy::Template => "give a rule for it by --template-rules, or its page by --templates",
        Remedy::InputBytes => "split it, or raise --max-input-bytes",
        Remedy::Nesting => "raise --max-nesting",
        Remedy::Nodes => "split the document, or raise --max-nodes",
        Remedy::TableCells => "split the table, or raise --max-table-cells",
        Remedy::Pages => "split the document, or raise --max-pages",
        Remedy::ImageBytes => "raise --max-image-bytes",
        Remedy::TotalImageBytes => "raise --max-total-image-bytes",
        Remedy::ImagePixels => "raise --max-image-pixels",
        Remedy::TemplateExpansions => "raise --max-template-expansions",
        Remedy::Root => "name a folder above it with --root",
        Remedy::MediaMap => "save it beside the input, or name a file for its address with --media-map",
        Remedy::Works if cfg!(feature = "citations") => "name the list of the works with --bibliography",
        Remedy::Works => {
            "build fanfold with '--features citations' and name the list of the works with --bibliography, or have \
             pandoc set it: pandoc -C -t json FILE | fanfold convert -f pandoc"
        }
        Remedy::SplitLevel => "split at a higher heading level with --split-level",
        Remedy::SeveralBooks => "make several books of it, of a part of the articles each with --include",
        Remedy::Time => "raise --max-time",
        // The library is the program's own: the test below misses none.
        other => return other.to_string(),
    };
    words.to_owned()
}

/// The same diagnostic, with its remedy in words.
pub(super) fn worded(mut diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help = diagnostic.advice(words);
    diagnostic.remedy = None;
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::super::Cli;
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_remedy_names_options_that_there_are() {
        let mut whole = Cli::command();
        whole.build();
        let convert = whole.find_subcommand("convert").unwrap().get_arguments();
        let book = whole.find_subcommand("book").unwrap().get_arguments();
        let known: Vec<_> = convert.chain(book).filter_map(clap::Arg::get_long).collect();
        for remedy in Remedy::ALL {
            let words = words(*remedy);
            let named = words.split([' ', ',']).filter_map(|word| word.strip_prefix("--"));
            let named: Vec<_> = named.collect();
            assert!(!named.is_empty(), "{remedy:?} names no option: {words}");
            for name in named {
                assert!(known.contains(&name), "{remedy:?} names --{name}, which there is not");
            }
        }
    }
}
