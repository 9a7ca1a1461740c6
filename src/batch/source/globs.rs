//! Which files of a folder or an archive are wanted, by globs as in a `.gitignore`.

use crate::batch::Error;

/// What to take and what to leave out. What is left out stays out, whatever else takes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Globs {
    /// All is taken when there are none.
    include: Vec<Glob>,
    exclude: Vec<Glob>,
}

impl Globs {
    /// # Errors
    /// When a glob is badly formed.
    pub(super) fn new(include: &[String], exclude: &[String]) -> Result<Self, Error> {
        let all = |globs: &[String]| globs.iter().map(|glob| Glob::new(glob)).collect::<Result<_, _>>();
        Ok(Globs { include: all(include)?, exclude: all(exclude)? })
    }

    /// Whether a file is taken: by its path or by a folder that it lies in.
    pub(super) fn take(&self, place: &str) -> bool {
        let any = |globs: &[Glob]| globs.iter().any(|glob| glob.holds(place));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }
}

#[derive(Clone, Debug)]
struct Glob {
    /// As for the whole path.
    pattern: String,
    /// It ends with `/`.
    folders_only: bool,
}

impl Glob {
    fn new(glob: &str) -> Result<Self, Error> {
        let wrong = |message: String| Error::Glob { message, glob: glob.to_owned() };
        if glob.starts_with('!') {
            return Err(wrong("'!' stands before no glob here: what is not wanted is excluded".into()));
        }
        fast_glob::validate(glob).map_err(|error| wrong(error.to_string()))?;
        let (name, folders_only) = match glob.strip_suffix('/') {
            Some(name) => (name, true),
            None => (glob, false),
        };
        // Without another `/` it is a name, and the folder does not matter.
        let pattern = match name.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None if name.contains('/') => name.to_owned(),
            None => format!("**/{name}"),
        };
        Ok(Glob { pattern, folders_only })
    }

    fn holds(&self, place: &str) -> bool {
        let folders = place.match_indices('/').map(|(end, _)| &place[..end]);
        let file = (!self.folders_only).then_some(place);
        folders.chain(file).any(|path| fast_glob::glob_match(&self.pattern, path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(include: &[&str], exclude: &[&str]) -> Vec<&'static str> {
        let own = |globs: &[&str]| globs.iter().map(|glob| glob.to_string()).collect::<Vec<_>>();
        let globs = Globs::new(&own(include), &own(exclude)).expect("well formed");
        let places = ["a.md", "b/a.md", "b/c.txt", "b/.d/e.md", "f/b/g.md", "b.md/h.html"];
        places.into_iter().filter(|place| globs.take(place)).collect()
    }

    #[test]
    fn globs_are_those_of_gitignore() {
        assert_eq!(taken(&[], &[]).len(), 6);
        // A name is one anywhere, a path is one from the top.
        assert_eq!(taken(&["a.md"], &[]), ["a.md", "b/a.md"]);
        assert_eq!(taken(&["/a.md"], &[]), ["a.md"]);
        assert_eq!(taken(&["b/*.md"], &[]), ["b/a.md"]);
        assert_eq!(taken(&["**/b/*.md"], &[]), ["b/a.md", "f/b/g.md"]);
        assert_eq!(taken(&["*.{txt,html}"], &[]), ["b/c.txt", "b.md/h.html"]);
        assert_eq!(taken(&["[ac].*"], &["b/**"]), ["a.md"]);
        // What is in a folder goes with it.
        assert_eq!(taken(&[], &["b"]), ["a.md", "b.md/h.html"]);
        assert_eq!(taken(&[], &["/b"]), ["a.md", "f/b/g.md", "b.md/h.html"]);
        assert_eq!(taken(&["f/"], &[]), ["f/b/g.md"]);
        assert_eq!(taken(&["*.md/"], &[]), ["b.md/h.html"]);
        assert_eq!(taken(&["*.md"], &["b/"]), ["a.md", "b.md/h.html"]);
    }

    #[test]
    fn what_is_no_glob_is_refused() {
        for glob in ["[a", "{a,b", "!a"] {
            let error = Globs::new(&[glob.to_owned()], &[]).expect_err("badly formed");
            assert!(error.to_string().contains(glob), "{error}");
        }
    }
}
