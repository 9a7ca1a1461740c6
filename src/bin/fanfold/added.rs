//! Fonts that are kept for all conversions: `fanfold fonts`.

use super::output;
use super::report::{Report, printable};
use clap::{Args, Subcommand, ValueHint};
use fanfold::internals::{FaceSurvey, Repertoire, open, reason};
use fanfold::pdf::FontLibrary;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  fanfold fonts add /usr/share/fonts/truetype/noto
  fanfold fonts list")]
pub(super) struct FontsCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Keep the fonts of a folder, and of those below it, for what the built-in ones do not have
    Add {
        /// The folder, with files of OpenType or TrueType
        #[arg(value_name = "FOLDER", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// List the families of the fonts that are built in and of those that were added, with their scripts
    List,
}

impl FontsCommand {
    pub fn run(&self) -> Result<ExitCode, String> {
        match &self.verb {
            Verb::Add { folder } => add(folder),
            Verb::List => list(),
        }
    }
}

/// Where fonts that are added lie, if the system says where a user's files do.
pub(super) fn folder() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let data = if cfg!(windows) {
        named("APPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        // The XDG base directories.
        named("XDG_DATA_HOME").or_else(|| named("HOME").map(|home| home.join(".local/share")))
    };
    data.map(|data| data.join("fanfold/fonts"))
}

/// Names and lengths of the fonts that were added: others make other pages.
pub(super) fn stamp() -> Vec<(PathBuf, u64)> {
    let files = folder().and_then(|folder| files(&folder).ok()).unwrap_or_default();
    let length = |path: PathBuf| (path.metadata().map_or(0, |meta| meta.len()), path);
    files.into_iter().map(length).map(|(length, path)| (path, length)).collect()
}

/// The font files of a folder and those below it, in the order of their names.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    // Folders that were looked through, so that links don't lead round in circles.
    let mut seen = std::collections::BTreeSet::new();
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        if !seen.insert(folder.canonicalize()?) {
            continue;
        }
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&folder)? {
            paths.push(entry?.path());
        }
        paths.sort();
        let (below, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
        found.extend(files.into_iter().filter(|path| is_font(path)));
        folders.extend(below.into_iter().rev());
    }
    Ok(found)
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Copies the fonts of a folder to those that are kept, and tells what they bring.
fn add(from: &Path) -> Result<ExitCode, String> {
    let to = folder().ok_or("nothing says where your files lie: set XDG_DATA_HOME or HOME")?;
    let found = files(from).map_err(|e| format!("{}: {}", from.display(), reason(&e)))?;
    if found.is_empty() {
        return Err(format!("{} has no font (.ttf, .otf, .ttc, .otc)", from.display()));
    }
    let (mut known, mut families) = (known(&to), Families::default());
    let mut gained: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut new, mut old) = (0, 0);
    let mut failed = false;
    let mut taken: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for path in found {
        let refuse = |message: &str| Report::new(&path.display().to_string(), &[]).error(message);
        let target = to.join(path.file_name().unwrap_or_default());
        if let Some(first) = taken.get(&target) {
            if read(first).is_ok_and(|first| read(&path).is_ok_and(|bytes| bytes == first)) {
                continue;
            }
            refuse(&format!("it is called as {} is, which is taken", first.display()));
            failed = true;
            continue;
        }
        let (bytes, faces) = match read(&path).and_then(|bytes| Ok((surveyed(&bytes)?, bytes))) {
            Ok((faces, bytes)) => (bytes, faces),
            Err(message) => {
                refuse(&message);
                failed = true;
                continue;
            }
        };
        match read(&target).is_ok_and(|there| there == bytes) {
            true => old += 1,
            false => {
                output::to_file(&target, &bytes, false)
                    .map_err(|e| format!("{} can't be written: {}", target.display(), reason(&e)))?;
                new += 1;
            }
        }
        taken.insert(target, path);
        for face in &faces {
            for (script, count) in known.add(face) {
                *gained.entry(script).or_default() += count;
            }
            families.add(face);
        }
    }
    let mut text = families.table();
    let scripts: Vec<_> = gained.iter().map(|(script, count)| format!("{} {count}", words(script))).collect();
    let scripts = if scripts.is_empty() { "no characters".into() } else { scripts.join(", ") };
    _ = write!(text, "\ngained: {scripts}\n{new} new, {old} there before, in {}\n", to.display());
    let printed = output::print(text.as_bytes());
    Ok(if failed { ExitCode::FAILURE } else { printed })
}

/// The characters of the built-in fonts and of those that were added before.
fn known(folder: &Path) -> Repertoire {
    let mut known = Repertoire::default();
    let added =
        files(folder).unwrap_or_default().into_iter().filter_map(|path| surveyed(&read(&path).ok()?).ok());
    for face in FaceSurvey::of_library(&FontLibrary::embedded()).into_iter().chain(added.flatten()) {
        known.add(&face);
    }
    known
}

fn list() -> Result<ExitCode, String> {
    let mut families = Families::default();
    FaceSurvey::of_library(&FontLibrary::embedded()).iter().for_each(|face| families.add(face));
    let mut text = format!("built in:\n{}", families.table());
    if let Some(folder) = folder() {
        let mut families = Families::default();
        for path in files(&folder).unwrap_or_default() {
            let faces = read(&path).and_then(|bytes| surveyed(&bytes));
            match faces {
                Ok(faces) => faces.iter().for_each(|face| families.add(face)),
                Err(message) => Report::new(&path.display().to_string(), &[]).error(&message),
            }
        }
        _ = write!(text, "\nin {}:\n{}", folder.display(), families.table());
    }
    Ok(output::print(text.as_bytes()))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = open(path).and_then(|mut file| file.read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|e| reason(&e))
}

fn surveyed(bytes: &[u8]) -> Result<Vec<FaceSurvey>, String> {
    FaceSurvey::of_file(bytes).map_err(|e| e.to_string())
}

/// Families by name, with what their faces have.
#[derive(Default)]
struct Families(BTreeMap<String, Row>);

#[derive(Default)]
struct Row {
    faces: usize,
    scripts: BTreeMap<&'static str, usize>,
    characters: Repertoire,
    licence: Option<String>,
}

impl Families {
    fn add(&mut self, face: &FaceSurvey) {
        let row = self.0.entry(face.family.clone()).or_default();
        row.faces += 1;
        for (script, count) in row.characters.add(face) {
            *row.scripts.entry(script).or_default() += count;
        }
        row.licence = row.licence.take().or_else(|| face.licence.clone());
    }

    fn table(&self) -> String {
        let mut table = String::new();
        for (name, row) in &self.0 {
            let mut scripts: Vec<_> = row.scripts.iter().collect();
            scripts.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
            // The letters of other scripts that a font has for company are not what it is for.
            let most = scripts.first().map_or(0, |(_, count)| **count);
            let scripts: Vec<_> = scripts
                .into_iter()
                .filter(|(_, count)| **count * 10 >= most)
                .map(|(s, _)| words(s))
                .collect();
            let scripts = if scripts.is_empty() { "signs".into() } else { scripts.join(", ") };
            let faces = if row.faces == 1 { "1 face".into() } else { format!("{} faces", row.faces) };
            let licence = row.licence.as_deref().map_or("no licence is said", sentence);
            _ = writeln!(table, "  {}: {scripts}; {faces}; {}", printable(name), printable(licence));
        }
        table
    }
}

/// The name of a script in words.
fn words(script: &str) -> String {
    script.replace('_', " ")
}

/// The first sentence of a text, or what fits into a line of it.
fn sentence(text: &str) -> &str {
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    let end = text.char_indices().nth(100).map_or(end, |(at, _)| end.min(at));
    &text[..end]
}
