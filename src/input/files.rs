//! Opening files, and why that failed in plain words.

use std::fs::File;
use std::io;
use std::path::Path;

/// Opens a file to read. A pipe or a device is refused before it is opened, for it might never answer,
/// unless the process was given it open, as a shell does for `<(command)`.
///
/// # Errors
/// When it can't be opened, and for a folder, a pipe or a device.
pub fn open(path: &Path) -> io::Result<File> {
    let meta = std::fs::metadata(path)?;
    let given = ["/dev/stdin", "/dev/fd", "/proc/self/fd"].iter().any(|open| path.starts_with(open));
    match meta.is_file() || given {
        true => File::open(path),
        false if meta.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        false => Err(io::Error::other("it is a pipe or a device, and no file")),
    }
}

/// Why an operation failed, in plain words and without the system's error number.
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => "permission denied".into(),
        io::ErrorKind::StorageFull => "no space is left on the device".into(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".into(),
        io::ErrorKind::NotADirectory => "a part of the path is not a folder".into(),
        _ => error.to_string(),
    }
}
