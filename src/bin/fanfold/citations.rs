//! Which works documents may cite, and in which style.

use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Clone, Debug, Args)]
pub(super) struct CitationArgs {
    /// Works that Markdown may cite ('[@key]'), in BibTeX or BibLaTeX ('.bib'), CSL JSON ('.json') or hayagriva's
    /// YAML ('.yaml'); repeat it for several
    #[arg(long, value_name = "FILE")]
    pub bibliography: Vec<PathBuf>,

    /// Style of citations: a file in CSL, or one that is built in, such as 'apa', 'ieee', 'mla' or
    /// 'chicago-notes-bibliography'; otherwise 'chicago-author-date'
    #[arg(long, value_name = "FILE|NAME")]
    pub csl: Option<PathBuf>,
}

impl CitationArgs {
    /// The files that they name.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.bibliography.iter().chain(&self.csl).map(PathBuf::as_path)
    }

    /// Reads lists and style, and tells what is wrong with works.
    #[cfg(feature = "citations")]
    pub fn works(
        &self,
        most: usize,
        gate: &fanfold::job::Gate,
        loudness: super::loudness::Loudness,
    ) -> Result<fanfold::Works, String> {
        use super::report::{Report, notify};
        use fanfold::Works;
        use fanfold::diagnostic::{Diagnostic, code};
        use fanfold::model::Span;

        let mut works = Works::default();
        for path in &self.bibliography {
            let name = path.display().to_string();
            let text = read(path, most).map_err(|why| format!("--bibliography '{name}': {why}"))?;
            for fault in works.add(&name, &text) {
                let place = fault.place.map(|place| Span::new(place.start, place.end));
                let notice = Diagnostic::new(&code::WORK_UNREADABLE, place, fault.message);
                notify(&mut Report::new(&name, text.as_bytes()), &notice, gate, loudness)?;
            }
        }
        if let Some(style) = &self.csl {
            let name = style.display().to_string();
            let text = if style.exists() { read(style, most) } else { Ok(name.clone()) };
            let set = text.and_then(|text| works.set_style(&text));
            set.map_err(|why| format!("--csl '{name}': {why}"))?;
        }
        Ok(works)
    }

    /// Says that citations are not of this build.
    #[cfg(not(feature = "citations"))]
    pub fn refuse(&self) -> Result<(), String> {
        match self.files().next() {
            None => Ok(()),
            Some(_) => Err("this build of fanfold sets no citations: build it with '--features citations', or have \
                            pandoc set them: pandoc --citeproc --bibliography FILE -t json INPUT | fanfold convert \
                            -f pandoc"
                .to_owned()),
        }
    }
}

#[cfg(feature = "citations")]
fn read(path: &Path, most: usize) -> Result<String, String> {
    use fanfold::internals::{open, reason};
    use std::io::Read;

    let mut text = String::new();
    let file = open(path).map_err(|error| reason(&error))?;
    let limit = u64::try_from(most).unwrap_or(u64::MAX);
    file.take(limit.saturating_add(1)).read_to_string(&mut text).map_err(|error| reason(&error))?;
    if text.len() > most { Err(format!("it has more than {most} bytes")) } else { Ok(text) }
}
