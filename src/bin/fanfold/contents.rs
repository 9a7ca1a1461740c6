//! The chapters of a book by its own list: mdBook's `SUMMARY.md`, MkDocs' `mkdocs.yml`, Quarto's
//! `_quarto.yml`.

use std::path::{Path, PathBuf};

/// What a list of chapters says.
pub(super) struct Contents {
    /// The files of the chapters, in order.
    pub files: Vec<PathBuf>,
    /// The title of the book.
    pub title: Option<String>,
    /// The folder that its chapters may show images of.
    pub root: PathBuf,
}

/// The list that a path is, or that the folder at it has; `None` where it is another file.
pub(super) fn of(path: &Path) -> Option<Result<Contents, String>> {
    let list = match path.is_dir() {
        true => ["SUMMARY.md", "src/SUMMARY.md", "mkdocs.yml", "_quarto.yml"]
            .into_iter()
            .map(|name| path.join(name))
            .find(|list| list.is_file())?,
        false => path.to_owned(),
    };
    let name = list.file_name()?.to_str()?;
    let read = match name {
        "SUMMARY.md" => summary,
        "mkdocs.yml" | "mkdocs.yaml" => mkdocs,
        "_quarto.yml" | "_quarto.yaml" => quarto,
        _ => return None,
    };
    Some(match std::fs::read_to_string(&list) {
        Ok(text) => {
            let contents = read(&text, list.parent().unwrap_or(Path::new("")));
            match contents.files.is_empty() {
                true => Err(format!("'{}' names no chapter", list.display())),
                false => Ok(contents),
            }
        }
        Err(error) => Err(format!("'{}' can't be read: {error}", list.display())),
    })
}

/// Adds a file of the list, once, where it lies in the folder of the list.
fn push(files: &mut Vec<PathBuf>, folder: &Path, name: &str) {
    let name = name.split('#').next().unwrap_or(name);
    let inside = !name.starts_with('/') && !name.split('/').any(|part| part == "..");
    let known = [".md", ".qmd", ".markdown", ".Rmd"].iter().any(|extension| name.ends_with(extension));
    let path = folder.join(name.trim_start_matches("./"));
    // MkDocs may name a folder for all that is in it.
    let known = known || name.ends_with('/') && path.is_dir();
    if inside && known && !name.contains("://") && !files.contains(&path) {
        files.push(path);
    }
}

/// Every link of mdBook's list is a chapter.
fn summary(text: &str, folder: &Path) -> Contents {
    let mut files = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        while let Some((_, after)) = rest.split_once("](") {
            let Some((target, after)) = after.split_once(')') else { break };
            push(&mut files, folder, target.trim_matches(['<', '>']));
            rest = after;
        }
    }
    // The settings of mdBook lie beside the folder of its chapters.
    let folders = [folder.to_owned(), folder.join("..")];
    let settings = folders
        .into_iter()
        .find_map(|root| Some((std::fs::read_to_string(root.join("book.toml")).ok()?, root)));
    let (settings, root) = settings.map_or((None, folder.to_owned()), |(text, root)| (Some(text), root));
    let settings = settings.and_then(|text| text.parse::<toml::Table>().ok());
    let title = settings.and_then(|table| Some(table.get("book")?.get("title")?.as_str()?.to_owned()));
    Contents { files, title, root }
}

fn mkdocs(text: &str, folder: &Path) -> Contents {
    let docs = value(text, "docs_dir").unwrap_or_else(|| "docs".to_owned());
    let folder = folder.join(docs);
    let mut files = listed(text, &["nav"], &folder);
    if files.is_empty() && folder.is_dir() {
        files.push(folder.clone());
    }
    Contents { files, title: value(text, "site_name"), root: folder }
}

fn quarto(text: &str, folder: &Path) -> Contents {
    Contents {
        files: listed(text, &["chapters", "appendices", "contents"], folder),
        title: value(text, "title"),
        root: folder.to_owned(),
    }
}

/// The value of a field on its line.
fn value(text: &str, name: &str) -> Option<String> {
    let fields = text.lines().map(str::trim).filter_map(|line| line.split_once(':'));
    let found = fields.into_iter().find(|(field, value)| field.trim() == name && !value.trim().is_empty())?;
    Some(found.1.trim().trim_matches(['"', '\'']).to_owned())
}

/// The files in the lists under some names, in order.
fn listed(text: &str, names: &[&str], folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut inside: Option<usize> = None;
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim().starts_with('#')) {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if inside.is_some_and(|list| indent < list || (indent == list && !words.starts_with('-'))) {
            inside = None;
        }
        let field = words.trim_start_matches(['-', ' ']).split(':').next().unwrap_or_default();
        if inside.is_none() {
            inside = names.contains(&field).then_some(indent);
            continue;
        }
        // `- file.md`, `- Title: file.md`, `- part: file.md`.
        let item = words.trim_start_matches(['-', ' ']);
        let file = item.rsplit_once(": ").map_or(item, |(_, file)| file);
        push(&mut files, folder, file.trim().trim_matches(['"', '\'']));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(contents: &Contents) -> Vec<&str> {
        contents.files.iter().filter_map(|file| file.to_str()).collect()
    }

    #[test]
    fn lists_name_their_chapters_in_order() {
        let text = "# Summary\n\n[Preface](preface.md)\n\n- [One](one.md)\n  - [Two](a/two.md#x)\n- [Draft]()\n- [Out](../x.md) [One](./one.md)\n- [Site](https://a.org/b.md)\n";
        assert_eq!(names(&summary(text, Path::new("s"))), ["s/preface.md", "s/one.md", "s/a/two.md"]);
        let text = "site_name: 'A: site'\nnav:\n  - Home: index.md\n  - Part:\n      - a/b.md\n      - \"C: d\": c.md\n  - Out: https://a.org\nplugins:\n  - x.md\n";
        let contents = mkdocs(text, Path::new("s"));
        assert_eq!(names(&contents), ["s/docs/index.md", "s/docs/a/b.md", "s/docs/c.md"]);
        assert_eq!(contents.title.as_deref(), Some("A: site"));
        let text = "project:\n  type: book\nbook:\n  title: B\n  chapters:\n    - index.qmd\n    - part: \"P\"\n      chapters:\n        - one.qmd\n    - two.qmd\n  appendices:\n    - z.qmd\nformat: html\n";
        let contents = quarto(text, Path::new(""));
        assert_eq!(names(&contents), ["index.qmd", "one.qmd", "two.qmd", "z.qmd"]);
        assert_eq!(contents.title.as_deref(), Some("B"));
    }
}
