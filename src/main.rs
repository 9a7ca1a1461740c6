//! The command line: see `fanfold --help`.

fn main() {}
