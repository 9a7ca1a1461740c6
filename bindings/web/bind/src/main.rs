//! `fanfold-web-bind FILE.wasm FOLDER`: as `wasm-bindgen --target web`, of the version that the program is built with.

use std::error::Error;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [wasm, folder] = arguments.as_slice() else {
        return Err("usage: fanfold-web-bind FILE.wasm FOLDER".into());
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).web(true)?.typescript(false).remove_producers_section(true);
    bindgen.generate(folder)?;
    Ok(())
}
