//! `fanfold`, the command line. Arguments are parsed in `args`; those that say how documents are read and
//! written, which every command takes, are resolved in `conversion`. `convert` resolves its own
//! into a plan of what is read and what is written in `plan`, carries it out in `run` and tells of
//! it in `report`. The package for Python (`bindings/python`) holds the same modules: it is the same
//! program there, and understands the same options.

#![forbid(unsafe_code)]
#![allow(clippy::disallowed_methods, reason = "it is the program: the world is its to touch")]

#[cfg(feature = "pdf")]
mod added;
mod args;
pub(crate) mod batch;
mod book;
mod citations;
pub(crate) mod config;
mod contents;
pub(crate) mod conversion;
mod explain;
#[cfg(all(feature = "epub", feature = "html"))]
mod folder;
#[cfg(feature = "pdf")]
mod fonts;
#[cfg(any(feature = "epub", feature = "html"))]
mod html;
mod images;
mod interrupt;
mod limits;
pub(crate) mod lines;
pub(crate) mod loudness;
mod output;
pub(crate) mod own;
#[cfg(feature = "pdf")]
mod pdf;
mod pipe;
mod plan;
mod progress;
pub(crate) mod remedy;
mod report;
mod run;
mod said;
mod serve;
#[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
mod style;
mod text;
mod unused;
mod watch;
#[cfg(feature = "wikitext")]
mod wikitext;

use args::{Cli, Command, Shell};
use clap::{CommandFactory, FromArgMatches};
use config::Resolved;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    program(std::env::args_os().collect())
}

/// Runs the program on its name and its arguments. The exit code is 0 when all is done, 1 when a
/// conversion failed, 2 when the arguments are not understood, 130 when it was interrupted.
pub(crate) fn program(arguments: Vec<OsString>) -> ExitCode {
    let command = Cli::command();
    let arguments = with_verb(&command, arguments);
    let result = config::resolve(command, Cli::command, arguments).and_then(run);
    result.unwrap_or_else(|usage| {
        report::print(&format!("fanfold: error: {usage}\n\nFor more information, try 'fanfold --help'.\n"));
        ExitCode::from(2)
    })
}

/// The arguments, with the verb `convert` where what stands in its place is a file or one of its options.
fn with_verb(command: &clap::Command, mut arguments: Vec<OsString>) -> Vec<OsString> {
    let general = |a: &OsStr| ["-q", "--quiet", "-v", "--verbose"].iter().any(|general| a == *general);
    let first = arguments.iter().skip(1).position(|argument| !general(argument)).map(|at| at + 1);
    if let Some((at, argument)) = first.and_then(|at| Some((at, arguments.get(at)?))) {
        let bytes = argument.as_encoded_bytes();
        let option =
            bytes.starts_with(b"-") && !["-h", "--help", "-V", "--version"].iter().any(|a| argument == *a);
        let verb = command.find_subcommand(argument).is_some() || argument == "help";
        if option || (!verb && Path::new(argument).exists()) {
            arguments.insert(at, "convert".into());
        }
    }
    arguments
}

fn run(mut resolved: Resolved) -> Result<ExitCode, String> {
    // Both are asked before the values are taken out: to copy all that was given costs a good part of a
    // short conversion.
    let given = resolved.given();
    let config = (resolved.matches.subcommand_name() == Some("config")).then(|| resolved.as_toml(&whole()));
    let mut cli = Cli::from_arg_matches_mut(&mut resolved.matches).map_err(|e| e.to_string())?;
    let loudness = cli.loudness;
    if let Some(conversion) = cli.command.conversion() {
        conversion.given = given;
        conversion.own = Some(own::taker(resolved.understood(), None));
    }
    match cli.command {
        Command::Convert(args) => plan::plan(*args, loudness).and_then(watch::run),
        Command::Batch(args) => batch::run(*args, loudness),
        Command::Book(args) => book::run(*args, loudness),
        Command::Pipe(args) => pipe::run(*args, loudness),
        Command::Explain(args) => explain::explain(*args),
        Command::Config(args) => {
            // What does not resolve does not hold.
            args.resolve(loudness)?;
            print(config.unwrap_or_default().as_bytes())
        }
        Command::Completions { shell } => print(&completions(shell)),
        Command::Man { command } => man(command.as_deref()),
        #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
        Command::Style(args) => print(args.text()?.as_bytes()),
        #[cfg(feature = "pdf")]
        Command::Fonts(args) => args.run(),
        Command::Serve(args) => serve::serve(&args),
        Command::Formats => run::formats(),
        Command::Codes => run::codes(),
        Command::Schema { of } if of == "json" => print(fanfold::schema::JSON_SCHEMA.as_bytes()),
        Command::Schema { .. } => print(fanfold::schema::PASSAGE_SCHEMA.as_bytes()),
    }
}

/// The script that completes commands and options in a shell.
fn completions(shell: Shell) -> Vec<u8> {
    use clap_complete::{Shell as Known, generate};
    let (mut command, mut script) = (Cli::command(), Vec::new());
    let mut of = |known: Known| generate(known, &mut command, "fanfold", &mut script);
    match shell {
        Shell::Bash => of(Known::Bash),
        Shell::Elvish => of(Known::Elvish),
        Shell::Fish => of(Known::Fish),
        Shell::PowerShell => of(Known::PowerShell),
        Shell::Zsh => of(Known::Zsh),
        Shell::Nushell => generate(clap_complete_nushell::Nushell, &mut command, "fanfold", &mut script),
    }
    script
}

/// All commands with their arguments; to run one, only its own are described.
pub(crate) fn whole() -> clap::Command {
    let mut command = Cli::command();
    command.build();
    command
}

fn print(bytes: &[u8]) -> Result<ExitCode, String> {
    Ok(output::print(bytes))
}

/// Prints the manual page of a command, named as a page of its own would be: `fanfold-convert(1)`.
fn man(name: Option<&str>) -> Result<ExitCode, String> {
    let whole = whole();
    let command = match name {
        None => &whole,
        Some(name) => whole.find_subcommand(name).ok_or_else(|| format!("there is no command '{name}'"))?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(|e| e.to_string())?;
    print(&page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_described_late_changes_no_command() {
        // A doc comment on a struct of arguments would take the place of what the command says of
        // itself, as its arguments are described later.
        let (early, whole) = (Cli::command(), whole());
        for command in early.get_subcommands() {
            let built = whole.find_subcommand(command.get_name()).unwrap();
            let about = |c: &clap::Command| c.get_about().map(|text| text.to_string());
            assert!(about(command).is_some(), "{}", command.get_name());
            assert_eq!(about(command), about(built), "{}", command.get_name());
        }
        // And the others are not described at all, which is what it is for.
        let mut one = Cli::command();
        one.try_get_matches_from_mut(["fanfold", "convert", "a.txt"]).unwrap();
        let own = |command: &clap::Command| command.get_arguments().filter(|a| !a.is_global_set()).count();
        let arguments = |name| own(one.find_subcommand(name).unwrap());
        assert!(arguments("convert") > 50);
        assert_eq!(arguments("batch"), 0);
        whole.debug_assert();
    }
}
