//! The command line. Arguments are parsed in `args`; those that say how documents are read and
//! written, which every command takes, are resolved in `conversion`. `convert` resolves its own
//! into a plan of what is read and what is written in `plan`, carries it out in `run` and tells of
//! it in `report`.

mod args;
mod conversion;
mod explain;
mod gate;
#[cfg(any(feature = "epub", feature = "html"))]
mod html;
mod images;
mod output;
#[cfg(feature = "pdf")]
mod pdf;
mod plan;
mod report;
mod run;
mod text;
#[cfg(feature = "wikitext")]
mod wikitext;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

/// Runs the program on the process's own arguments. The exit code is 0 when all is done, 1 when a
/// conversion failed, 2 when the arguments are not understood.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Convert(args) => plan::plan(*args).map(|plan| run::run(&plan)),
        Command::Explain(args) => explain::explain(&plan::input(args.input), args.from.as_deref()),
        Command::Formats => run::formats(),
        Command::Schema => output::to_stdout(crate::schema::JSON_SCHEMA.as_bytes())
            .map(|()| ExitCode::SUCCESS)
            .map_err(|e| e.to_string()),
    };
    result.unwrap_or_else(|usage| {
        eprintln!("fanfold: error: {usage}\n\nFor more information, try 'fanfold --help'.");
        ExitCode::from(2)
    })
}
