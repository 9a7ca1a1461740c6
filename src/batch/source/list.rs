//! Lists of paths.

use super::Sources;
use std::path::PathBuf;

impl Sources {
    /// Adds the paths of a list: separated by NUL when there is one in it, else one a line.
    pub fn add_list(&mut self, list: &[u8]) {
        let separator = if list.contains(&0) { 0 } else { b'\n' };
        let trim = |line: &[u8]| -> Vec<u8> {
            let end = if separator == b'\n' { line.strip_suffix(b"\r") } else { None };
            end.unwrap_or(line).to_vec()
        };
        let lines = list.split(|&b| b == separator).map(trim).filter(|line| !line.is_empty());
        self.listed.extend(lines.map(path));
    }
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Registry;

    #[test]
    fn lines_or_nul_separated() {
        let read = |list: &[u8]| {
            let mut sources = Sources::new(Vec::new(), &Registry::empty(), true, &[], &[]).unwrap();
            sources.add_list(list);
            sources.listed
        };
        assert_eq!(read(b"a b\r\n\nc"), [PathBuf::from("a b"), "c".into()]);
        assert_eq!(read(b"a\nb\0c\0"), [PathBuf::from("a\nb"), "c".into()]);
    }
}
