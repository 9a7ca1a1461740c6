//! fanfold for Python: the part that is Rust. What is imported, documented and typed is
//! `python/fanfold`, which is a thin layer over this.
//!
//! The program is a part of the package: its own source is a module here, so that `fanfold` on the
//! command line is the same, and options are understood by the one parser that there is.

mod arrow;
mod batch;
mod converter;
mod document;
mod fault;
mod options;
#[path = "../../../src/bin/fanfold/main.rs"]
#[allow(dead_code, reason = "its own entry")]
mod program;
mod source;
mod tokens;
mod work;

use pyo3::prelude::*;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program; its exit code.
#[pyfunction]
fn main(arguments: Vec<OsString>) -> u8 {
    let code = program::program(arguments);
    // Nothing else tells the number.
    (0..=u8::MAX).find(|number| ExitCode::from(*number) == code).unwrap_or(1)
}

#[pymodule]
fn _fanfold(module: &Bound<'_, PyModule>) -> PyResult<()> {
    // A panic is told as the failure of its document.
    program::batch::silence_workers();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<converter::Converter>()?;
    module.add_class::<document::Document>()?;
    module.add_class::<batch::Batch>()?;
    module.add_class::<batch::Item>()?;
    module.add_class::<arrow::Chunks>()?;
    module.add_function(wrap_pyfunction!(document::grid, module)?)?;
    module.add_function(wrap_pyfunction!(document::words_of_blocks, module)?)?;
    module.add_function(wrap_pyfunction!(document::words_of_inlines, module)?)?;
    module.add_function(wrap_pyfunction!(options::names, module)?)?;
    module.add_function(wrap_pyfunction!(main, module)?)
}
