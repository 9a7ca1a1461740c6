//! Many documents over threads: the converter is built once and shared.
//!
//! `cargo run --example threads -- input/*.txt`

use fanfold::Converter;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

fn main() {
    let mut inputs: Vec<String> = env::args().skip(1).collect();
    if inputs.is_empty() {
        inputs = vec!["input/boris-bondarev.txt".into()];
    }
    let (converter, next) = (Converter::default(), AtomicUsize::new(0));
    let work = || {
        while let Some(input) = inputs.get(next.fetch_add(1, Ordering::Relaxed)) {
            match size(&converter, input) {
                Ok(bytes) => println!("{input}: {bytes} bytes of PDF"),
                Err(error) => eprintln!("{input}: {error}"),
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
}

fn size(converter: &Converter, input: &str) -> Result<usize, Box<dyn std::error::Error>> {
    let mut diagnostics = Vec::new();
    let mut cx = converter.read_context(input, &mut diagnostics);
    let document = converter.read(&fs::read(input)?, None, &mut cx)?;
    let mut pdf = Vec::new();
    let mut cx = converter.write_context(input, &mut diagnostics);
    converter.write(&document, "pdf", &mut pdf, &mut cx)?;
    Ok(pdf.len())
}
