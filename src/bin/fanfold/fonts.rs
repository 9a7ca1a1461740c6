//! Fonts from disk: the main one, those of folders, those of the system.

use super::added;
use super::style::Chosen;
use clap::Args;
use fanfold::diagnostic::{Diagnostic, code};
use fanfold::internals::reason;
use fanfold::pdf::{FaceRecord, FontError, FontLibrary, FontSource};
use fanfold::style::Style;
use fontdb::{Database, ID, Source, Stretch};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Fonts")]
pub(super) struct FontArgs {
    /// Font of the running text: the name of a family, which gives bold and italic too, or a file
    #[arg(hide_short_help = true, long, value_name = "NAME|FILE")]
    pub font: Option<PathBuf>,

    /// Take fonts from a folder and those below it, for what the built-in ones do not have and for
    /// --font; repeat it for several
    #[arg(hide_short_help = true, long, value_name = "DIR")]
    pub font_dir: Vec<PathBuf>,

    /// Never look at the system's fonts, nor at those added with 'fanfold fonts add', so that the output
    /// is the same on every machine
    #[arg(hide_short_help = true, long)]
    pub no_system_fonts: bool,

    /// The faces that a document names for itself, by their names, where it says the font.
    #[arg(skip)]
    pub own: Option<BTreeMap<String, Vec<u8>>>,
}

/// The faces to set text in, and what there is to say about files.
pub(super) struct Fonts {
    pub library: FontLibrary,
    /// Broken font files.
    pub notices: Vec<(PathBuf, Diagnostic)>,
}

impl FontArgs {
    /// What stands for the fonts that were added, where they may be taken.
    pub fn stamp(&self) -> Vec<(PathBuf, u64)> {
        if self.no_system_fonts { Vec::new() } else { added::stamp() }
    }

    /// The files and folders that the options name.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.font.iter().chain(&self.font_dir).map(PathBuf::as_path)
    }

    /// Reads what was named, or says what is wrong with it. The system's fonts are not looked at
    /// before one of them is needed.
    pub fn fonts(self, style: &Chosen) -> Result<Fonts, String> {
        let mut named = Named::default();
        for folder in &self.font_dir {
            named.folder(folder).map_err(|e| format!("--font-dir {}: {}", folder.display(), reason(&e)))?;
        }
        let Named { database, notices, .. } = named;
        let mut library = FontLibrary::embedded();
        if !self.no_system_fonts || !database.is_empty() {
            let system = !self.no_system_fonts;
            library = library.with_source(Disk { named: database, system, listed: OnceLock::new() });
        }
        let Style { text, headings, code, .. } = &style.style;
        for (table, name, by_file, by_name) in [
            ("text", &text.font, FontLibrary::with_main as ByFile, FontLibrary::with_main_family as ByName),
            ("headings", &headings.font, FontLibrary::with_heading, FontLibrary::with_heading_family),
            ("code", &code.font, FontLibrary::with_mono, FontLibrary::with_mono_family),
        ] {
            let given = table == "text" && self.font.is_some();
            if !name.is_empty() && !given {
                let set = match &style.faces {
                    Some(faces) => with_face(library, name, faces, by_file, by_name),
                    None => {
                        let path = style.beside(Path::new(name));
                        let path = if path.is_file() { path } else { PathBuf::from(name) };
                        with_font(library, &path, by_file, by_name)
                    }
                };
                library =
                    set.map_err(|e| style.fault_of(table, "font", &format!("the font '{name}': {e}")))?;
            }
        }
        if let Some(font) = &self.font {
            let (by_file, by_name) =
                (FontLibrary::with_main as ByFile, FontLibrary::with_main_family as ByName);
            let set = match &self.own {
                Some(faces) => with_face(library, &font.to_string_lossy(), faces, by_file, by_name),
                None => with_font(library, font, by_file, by_name),
            };
            library = set.map_err(|e| format!("--font {}: {e}", font.display()))?;
        }
        Ok(Fonts { library, notices })
    }
}

type ByFile = fn(FontLibrary, Vec<u8>) -> Result<FontLibrary, FontError>;
type ByName = fn(FontLibrary, &str) -> Result<FontLibrary, FontError>;

/// Makes a file or a family the one for something.
fn with_font(
    library: FontLibrary,
    font: &Path,
    by_file: ByFile,
    by_name: ByName,
) -> Result<FontLibrary, String> {
    if font.is_file() {
        let bytes = std::fs::read(font).map_err(|e| reason(&e))?;
        return by_file(library, bytes).map_err(|e| e.to_string());
    }
    with_family(library, font.to_str().ok_or("no such file")?, by_name)
}

/// The same, with the files that are at hand and no others.
fn with_face(
    library: FontLibrary,
    name: &str,
    faces: &BTreeMap<String, Vec<u8>>,
    by_file: ByFile,
    by_name: ByName,
) -> Result<FontLibrary, String> {
    match faces.get(name) {
        Some(bytes) => by_file(library, bytes.clone()).map_err(|e| e.to_string()),
        None => with_family(library, name, by_name),
    }
}

fn with_family(library: FontLibrary, name: &str, by_name: ByName) -> Result<FontLibrary, String> {
    by_name(library, name).map_err(|error| match error {
        FontError::Unknown => "neither a file nor the name of a font family that is installed".into(),
        error => error.to_string(),
    })
}

/// The fonts in folders that the user named.
#[derive(Default)]
struct Named {
    database: Database,
    notices: Vec<(PathBuf, Diagnostic)>,
    /// Files that were looked at, since a folder may lie in another.
    seen: BTreeSet<PathBuf>,
}

impl Named {
    /// Takes the fonts of a folder and those below it, in the order of their names.
    fn folder(&mut self, folder: &Path) -> std::io::Result<()> {
        for path in added::files(folder)? {
            if self.seen.insert(path.clone()) {
                self.file(path);
            }
        }
        Ok(())
    }

    fn file(&mut self, path: PathBuf) {
        let ids = self.database.load_font_source(Source::File(path.clone()));
        let mut fault = ids.is_empty().then_some(FontError::Unreadable);
        for id in ids {
            let check = |bytes: &[u8], index| FontLibrary::check(bytes, index);
            let checked = self.database.with_face_data(id, check).unwrap_or(Err(FontError::Unreadable));
            if let Err(error) = checked {
                self.database.remove_face(id);
                fault = Some(error);
            }
        }
        if let Some(fault) = fault {
            let diagnostic = Diagnostic::new(&code::FONT_UNUSABLE, None, fault.to_string());
            self.notices.push((path, diagnostic.help("the conversion goes on without it")));
        }
    }
}

/// The fonts of the folders named, then those that were added, then those of the system.
struct Disk {
    named: Database,
    system: bool,
    listed: OnceLock<Listed>,
}

struct Listed {
    database: Database,
    /// A face of each file.
    files: Vec<ID>,
    records: Vec<FaceRecord>,
}

impl Disk {
    fn listed(&self) -> &Listed {
        self.listed.get_or_init(|| {
            let mut database = self.named.clone();
            let paths = |database: &Database| -> BTreeSet<_> {
                database.faces().filter_map(|face| path(&face.source)).collect()
            };
            let named = paths(&database);
            if self.system
                && let Some(folder) = added::folder()
            {
                database.load_fonts_dir(folder);
            }
            let known = paths(&database);
            if self.system {
                database.load_system_fonts();
            }
            // A folder is listed by the system in any order it likes.
            let mut faces: Vec<_> = database
                .faces()
                .filter_map(|face| Some((path(&face.source)?, face)))
                .map(|(path, face)| {
                    (((!named.contains(&path), !known.contains(&path)), path, face.index), face)
                })
                .collect();
            faces.sort_by(|a, b| a.0.cmp(&b.0));
            faces.dedup_by(|a, b| a.0 == b.0);
            let (mut files, mut records) = (Vec::new(), Vec::new());
            let mut last = None;
            for ((_, path, index), face) in faces {
                if last.as_ref() != Some(&path) {
                    files.push(face.id);
                    last = Some(path);
                }
                records.push(FaceRecord {
                    file: files.len() - 1,
                    index,
                    family: face.families.first().map(|(name, _)| name.clone()).unwrap_or_default(),
                    italic: face.style != fontdb::Style::Normal,
                    weight: face.weight.0,
                    normal_width: face.stretch == Stretch::Normal,
                    monospaced: face.monospaced,
                });
            }
            Listed { database, files, records }
        })
    }
}

fn path(source: &Source) -> Option<PathBuf> {
    match source {
        Source::File(path) | Source::SharedFile(path, _) => Some(path.clone()),
        Source::Binary(_) => None,
    }
}

impl FontSource for Disk {
    fn faces(&self) -> Vec<FaceRecord> {
        self.listed().records.clone()
    }

    fn with_file(&self, file: usize, read: &mut dyn FnMut(&[u8])) {
        let Listed { database, files, .. } = self.listed();
        if let Some(id) = files.get(file) {
            database.with_face_data(*id, |bytes, _| read(bytes));
        }
    }
}
