//! The command line: see `fanfold --help`.

fn main() -> std::process::ExitCode {
    fanfold::cli::main()
}
