//! fanfold as WebAssembly: bytes and options in, bytes and what there is to say out. What is imported,
//! documented and typed is `package/`, which is a thin layer over this.

mod fonts;
#[path = "../../../src/bin/fanfold/lines.rs"]
mod lines;
mod options;
mod said;

use fanfold::job::Job;
use options::Options;
use said::Report;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn log(text: &str);
}

/// A panic ends the program; the console has its message.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| log(&panic.to_string())));
}

/// What became of a document.
#[wasm_bindgen]
pub struct Made {
    output: Option<Vec<u8>>,
    report: Report,
}

#[wasm_bindgen]
impl Made {
    /// What was written; once, and only when there is no error.
    pub fn output(&mut self) -> Option<Vec<u8>> {
        self.output.take()
    }

    /// `{"diagnostics": [...], "error": ...}`.
    pub fn report(&self) -> String {
        serde_json::to_string(&self.report).unwrap_or_default()
    }
}

/// Files that documents show, by the names that they show them by.
#[wasm_bindgen]
#[derive(Default)]
pub struct Images(BTreeMap<String, Vec<u8>>);

#[wasm_bindgen]
impl Images {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Images::default()
    }

    pub fn add(&mut self, name: String, bytes: Vec<u8>) {
        self.0.insert(name, bytes);
    }
}

/// Converts a document, with options as JSON.
#[wasm_bindgen]
pub fn convert(source: &[u8], options: &str, images: Images) -> Made {
    let options: Options = match serde_json::from_str(options) {
        Ok(options) => options,
        Err(error) => return Made { output: None, report: Report::option(&error.to_string()) },
    };
    let name = options.name.clone();
    let settings = match options.settings() {
        Ok(settings) => settings,
        Err(error) => return Made { output: None, report: Report::option(&error) },
    };
    let mut diagnostics = Vec::new();
    let mut done = Job::new(&name, source).loader(Some(&images.0)).run(&settings, &mut diagnostics);
    let report = Report::new(source, &diagnostics, &done);
    let output = done.outputs.pop().and_then(|(_, output)| output.ok());
    Made { output: output.filter(|_| report.error.is_none()), report }
}

/// The formats, as JSON.
#[wasm_bindgen]
pub fn formats() -> String {
    options::formats()
}

/// Names and texts of the built-in styles, as JSON.
#[wasm_bindgen]
pub fn styles() -> String {
    let styles: BTreeMap<_, _> = fanfold::style::BUILTIN.iter().map(|of| (of.name, of.text)).collect();
    serde_json::to_string(&styles).unwrap_or_default()
}
