//! Writing whole or not at all.

use super::report::{Report, print as print_message};
use fanfold::internals::reason;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Writes to standard output. A reader that closed the pipe has what it wants.
pub(super) fn to_stdout(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints what a command has to say.
pub(super) fn print(bytes: &[u8]) -> ExitCode {
    match to_stdout(bytes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            unwritable("standard output", &error);
            ExitCode::FAILURE
        }
    }
}

/// Whether an output path means a folder: one that exists, or one written with a trailing slash.
pub(super) fn is_folder(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    path.is_dir() || last.is_some_and(|&b| std::path::is_separator(char::from(b)))
}

/// Tells of an output that is written.
pub(super) fn written(name: &str, bytes: usize) {
    print_message(&format!("{name}: {bytes} bytes are written\n"));
}

/// Tells of an output that can't be written.
pub(super) fn unwritable(name: &str, error: &io::Error) {
    Report::new(name, &[]).error(&format!("can't be written: {}", reason(error)));
}

/// Writes a file under a temporary name beside it and renames it when it is complete. Folders on
/// the way are made. What is not a regular file, such as a device or a pipe, is written directly.
pub(super) fn to_file(path: &Path, bytes: &[u8], no_clobber: bool) -> io::Result<()> {
    // A link is followed, so that what it points to is replaced and not the link.
    let target = std::fs::canonicalize(path);
    let path = target.as_deref().unwrap_or(path);
    let refuse = |kind, why: &str| Err(io::Error::new(kind, why));
    match std::fs::metadata(path) {
        Ok(_) if no_clobber => {
            return refuse(io::ErrorKind::AlreadyExists, "it exists, and --no-clobber keeps it");
        }
        Ok(meta) if meta.is_dir() => return refuse(io::ErrorKind::IsADirectory, "it is a folder"),
        Ok(meta) if !meta.is_file() => return std::fs::write(path, bytes),
        Ok(meta) if meta.permissions().readonly() => {
            return refuse(io::ErrorKind::PermissionDenied, "it is read-only");
        }
        _ => {}
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".fanfold-").suffix(".tmp");
    #[cfg(unix)]
    {
        // What a newly made file has, less the process's mask; a temporary file would be private.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(plain)?;
    file.write_all(bytes)?;
    if no_clobber { file.persist_noclobber(path) } else { file.persist(path) }.map_err(|e| e.error)?;
    Ok(())
}

/// An error without the name of the temporary file, of which the user knows nothing. Other kinds that
/// are usual are told by their kind alone.
fn plain(error: io::Error) -> io::Error {
    match error.kind() {
        kind @ io::ErrorKind::PermissionDenied => kind.into(),
        _ => error,
    }
}
