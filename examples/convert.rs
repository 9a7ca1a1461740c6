//! One article to four formats: `cargo run --example convert -- input/boris-bondarev.txt /tmp/out`.

use fanfold::Converter;
use std::path::Path;
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = env::args().skip(1);
    let input = args.next().unwrap_or("input/boris-bondarev.txt".into());
    let folder = args.next().unwrap_or("target/examples".into());

    let converter = Converter::default();
    let mut diagnostics = Vec::new();
    let mut cx = converter.read_context(&input, &mut diagnostics);

    let document = converter.read(&fs::read(&input)?, None, &mut cx)?;
    fs::create_dir_all(&folder)?;
    for (format, extension) in [("pdf", "pdf"), ("epub", "epub"), ("text", "txt"), ("json", "json")] {
        let path = Path::new(&folder).join("article").with_extension(extension);
        let mut file = io::BufWriter::new(fs::File::create(&path)?);
        let mut cx = converter.write_context(&input, &mut diagnostics);
        converter.write(&document, format, &mut file, &mut cx)?;
        println!("{}", path.display());
    }
    for diagnostic in diagnostics {
        eprintln!("{}: {}", diagnostic.code.name, diagnostic.message);
    }
    Ok(())
}
