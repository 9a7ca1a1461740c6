//! Options of wikitext: where templates come from.

use clap::Args;
use fanfold::format::Registry;
use fanfold::read::{Rules, Show, Wikitext};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Wikitext")]
pub(super) struct WikitextArgs {
    /// Pages of templates: a folder with a file for each ('Weather box/row.wiki'), or a wiki's
    /// export in XML; repeat it for several
    #[arg(hide_short_help = true, long, value_name = "DIR|DUMP.xml")]
    pub templates: Vec<PathBuf>,

    /// Rules for templates in TOML, before the built-in ones; repeat it for several
    #[arg(hide_short_help = true, long, value_name = "FILE")]
    pub template_rules: Vec<PathBuf>,

    /// What is shown of a template that no rule knows: its visible arguments where it stands in a
    /// sentence ('auto', the default), nothing ('drop'), its 'name', 'arguments' or 'source'
    #[arg(hide_short_help = true, long, value_name = "POLICY", default_value = "auto", hide_default_value = true, value_parser = policy)]
    pub unknown_templates: Show,
}

fn policy(name: &str) -> Result<Show, &'static str> {
    match name {
        "auto" => Ok(Show::Auto),
        "drop" => Ok(Show::Nothing),
        "name" => Ok(Show::Name),
        "arguments" => Ok(Show::Arguments),
        "source" => Ok(Show::Source),
        _ => Err("it is 'auto', 'drop', 'name', 'arguments' or 'source'"),
    }
}

impl WikitextArgs {
    /// The files and folders that the options name.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.templates.iter().chain(&self.template_rules).map(PathBuf::as_path)
    }

    /// The registry with the wikitext reader set up as asked.
    pub fn reader(self, registry: Registry) -> Result<Registry, String> {
        let mut rules = Rules::built_in();
        for path in &self.templates {
            let added = if path.is_dir() { folder(&mut rules, path, "") } else { export(&mut rules, path) };
            added.map_err(|(path, error)| format!("--templates: '{}': {error}", path.display()))?;
        }
        for path in &self.template_rules {
            let error = |e: String| format!("--template-rules: '{}': {e}", path.display());
            let text = fs::read_to_string(path).map_err(|e| error(fanfold::internals::reason(&e)))?;
            rules.add(&text).map_err(|e| error(e.to_string()))?;
        }
        Ok(registry.with_reader(Wikitext::default().with(|reader| {
            reader.rules = Arc::new(rules);
            reader.unresolved = self.unknown_templates;
        })))
    }
}

/// What can't be read, and why.
type Unreadable = (PathBuf, String);

/// Adds a page for each file, named by its path in the folder without the extension. Characters
/// that a file's name can't have may be percent-encoded.
fn folder(rules: &mut Rules, folder_path: &Path, prefix: &str) -> Result<(), Unreadable> {
    let unreadable = |path: &Path, e: std::io::Error| (path.to_owned(), fanfold::internals::reason(&e));
    let entries = fs::read_dir(folder_path).map_err(|e| unreadable(folder_path, e))?;
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|e| unreadable(folder_path, e))?.path());
    }
    // Two files may be the same title's, and the latest counts.
    paths.sort();
    for path in paths {
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
            return Err((path, "its name is not Unicode".into()));
        };
        if path.is_dir() {
            folder(rules, &path, &format!("{prefix}{name}/"))?;
        } else {
            let title = ["wiki", "wikitext", "mediawiki", "txt"]
                .iter()
                .find_map(|extension| name.strip_suffix(extension)?.strip_suffix('.'))
                .unwrap_or(name);
            let title = percent_encoding::percent_decode_str(title).decode_utf8_lossy();
            let text = fs::read_to_string(&path).map_err(|e| unreadable(&path, e))?;
            // A wiki saves no page with line breaks at its end, an editor no file without.
            rules.add_page(&format!("{prefix}{title}"), text.trim_end().to_owned());
        }
    }
    Ok(())
}

fn export(rules: &mut Rules, path: &Path) -> Result<(), Unreadable> {
    let file = File::open(path).map_err(|e| (path.to_owned(), fanfold::internals::reason(&e)))?;
    rules.add_export(BufReader::new(file)).map_err(|e| (path.to_owned(), e.to_string()))?;
    Ok(())
}
