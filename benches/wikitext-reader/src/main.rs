//! usage: wikitext-reader FORMAT RUNS PAGE...
//!
//! Reads every page so many times in one process, into the model (FORMAT `none`) or into a format
//! of which the bytes are thrown away. The CPU time of the process, without that of no runs, is what
//! reading takes.

use fanfold::Converter;
use std::error::Error;
use std::hint::black_box;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [format, runs, paths @ ..] = &arguments[..] else {
        return Err("usage: wikitext-reader FORMAT RUNS PAGE...".into());
    };
    let runs: usize = runs.parse()?;
    let pages = paths.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let converter = Converter::default();
    for _ in 0..runs {
        for (path, page) in paths.iter().zip(&pages) {
            let mut diagnostics = Vec::new();
            let mut cx = converter.read_context(path, &mut diagnostics);
            let document = converter.read(page, Some("wikitext"), &mut cx)?;
            if format != "none" {
                let mut cx = converter.write_context(path, &mut diagnostics);
                converter.write(&document, format, &mut std::io::sink(), &mut cx)?;
            }
            black_box((document, diagnostics));
        }
    }
    Ok(())
}
