//! What the test programs share: finding golden cases and converting them.

use fanfold::Converter;
use fanfold::asset::{LoadError, Loader};
use fanfold::diagnostic::Diagnostic;
use fanfold::format::{Limits, ReadContext, WriteContext};
use fanfold::model::Document;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of `tests/golden`.
#[allow(dead_code, reason = "not every test program looks into the folder")]
pub struct Case {
    pub name: String,
    pub folder: PathBuf,
    pub input: PathBuf,
}

/// All golden cases, by name.
pub fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases: Vec<Case> = files(&root).into_iter().map(case).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!cases.is_empty(), "no golden case in {}", root.display());
    cases
}

fn case(folder: PathBuf) -> Case {
    let is_input = |p: &PathBuf| p.file_stem().is_some_and(|s| s == "input");
    let inputs: Vec<_> = files(&folder).into_iter().filter(is_input).collect();
    let [input] = inputs.as_slice() else {
        panic!("{}: want one input.EXT, found {}", folder.display(), inputs.len())
    };
    Case { name: file_name(&folder), input: input.clone(), folder }
}

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.sort();
    files
}

pub fn file_name(path: &Path) -> String {
    path.file_name().and_then(|n| n.to_str()).expect("a name in UTF-8").to_owned()
}

impl Case {
    /// The document of the case's input and what reading it had to say.
    #[allow(dead_code, reason = "not every test program converts the cases")]
    pub fn read(&self, converter: &Converter) -> (Document, Vec<Diagnostic>) {
        let source = fs::read(&self.input).expect("the input is readable");
        let (limits, mut sink) = (Limits::default(), Vec::new());
        let name = file_name(&self.input);
        let mut cx = ReadContext::new(&name, &limits, &mut sink).with_loader(self);
        let document =
            converter.read(&source, None, &mut cx).unwrap_or_else(|e| panic!("{}: {e}", self.name));
        (document, sink)
    }
}

/// Images lie in the case's folder.
impl Loader for Case {
    fn load(&self, source: &str, _: usize) -> Result<Vec<u8>, LoadError> {
        let file = files(&self.folder).into_iter().find(|path| file_name(path) == source);
        file.and_then(|path| fs::read(path).ok()).ok_or(LoadError::from("there is no such file"))
    }
}

/// The document of a text in a format, and what reading it had to say.
#[allow(dead_code, reason = "not every test program reads a text")]
pub fn read(
    converter: &Converter,
    format: &str,
    text: &str,
) -> Result<(Document, Vec<Diagnostic>), fanfold::format::Error> {
    let (limits, mut sink) = (Limits::default(), Vec::new());
    let mut cx = ReadContext::new("-", &limits, &mut sink);
    let document = converter.read(text.as_bytes(), Some(format), &mut cx)?;
    Ok((document, sink))
}

/// A document in a format, and what writing it had to say.
pub fn write(converter: &Converter, document: &Document, format: &str) -> (Vec<u8>, Vec<Diagnostic>) {
    let (limits, mut sink) = (Limits::default(), Vec::new());
    let mut bytes = Vec::new();
    converter
        .write(document, format, &mut bytes, &mut WriteContext::new("input", &limits, &mut sink))
        .unwrap_or_else(|e| panic!("{format}: {e}"));
    (bytes, sink)
}
