//! Lets epub-builder lay out an EPUB container once, when fanfold is built: what it makes is the same
//! for every book, and its archive takes longer to compress and to unpack than an article to convert.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "epub")]
    container::write()?;
    Ok(())
}

#[cfg(feature = "epub")]
mod container {
    use epub_builder::{EpubBuilder, EpubVersion, ZipLibrary};
    use std::error::Error;
    use std::fmt::Write;
    use std::io::{Cursor, Read};
    use std::path::Path;

    /// Writes the files of the container as a Rust expression: pairs of path and content.
    pub fn write() -> Result<(), Box<dyn Error>> {
        let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
        builder.epub_version(EpubVersion::V33);
        // Given, so that neither clock nor random numbers are asked for them.
        builder.set_modified_date(chrono::DateTime::UNIX_EPOCH);
        builder.set_uuid(uuid::Uuid::nil());
        let mut archive = Cursor::new(Vec::new());
        builder.generate(&mut archive)?;

        let mut archive = zip::ZipArchive::new(archive)?;
        let mut files = String::from("&[\n");
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index)?;
            let mut text = String::new();
            entry.read_to_string(&mut text)?;
            writeln!(files, "({:?}, {text:?}),", entry.name())?;
        }
        files.push(']');
        let folder = std::env::var_os("OUT_DIR").ok_or("cargo names a folder to write to")?;
        std::fs::write(Path::new(&folder).join("container.rs"), files)?;
        Ok(())
    }
}
