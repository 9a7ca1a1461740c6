//! The faces that pages are set in: files beside the program, each read when it is first needed.

use fanfold::pdf::FontLibrary;
use std::sync::{Arc, LazyLock};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./fonts.js")]
extern "C" {
    /// The bytes of a file of fanfold's folder `fonts`. What it throws ends the conversion.
    #[wasm_bindgen(js_name = fontFile)]
    fn font_file(path: &str) -> Vec<u8>;
}

/// One library for all conversions: each file is read once and stays.
pub fn library() -> Arc<FontLibrary> {
    static LIBRARY: LazyLock<Arc<FontLibrary>> = LazyLock::new(|| {
        Arc::new(FontLibrary::from_files(|path| Box::leak(font_file(path).into_boxed_slice())))
    });
    LIBRARY.clone()
}
