//! `fanfold pipe`: a line of JSON in, a line of JSON out, for engines that drive many processes.

use super::batch::{OutputArgs, settings, silence_workers};
use super::conversion::ConversionArgs;
use super::loudness::Loudness;
use super::report::Report;
use clap::Args;
use fanfold::batch::{Error, Pipe, Shard};
use std::io;
use std::process::ExitCode;

#[derive(Debug, Args)]
#[command(after_help = "\
Each line in is a document: {\"id\": …, \"title\": …, \"format\": \"wikitext\", \"text\": …}, or \"base64\" in
place of \"text\"; \"url\", \"license\", \"authors\", \"revision\" and \"lang\" are understood, and Wikimedia
Enterprise's shape. For each there is exactly one line out, in the same order and flushed at once:
{\"id\": …, \"status\": \"done\", \"text\": {\"text\": …}, \"base64\": {\"pdf\": …}}. A failure is a line with
\"status\": \"failed\" and \"error\"; the exit code is 0 all the same.

Examples:
  fanfold pipe -t text,json < documents.ndjson > converted.ndjson
  parallel --pipe -j8 fanfold pipe -t text < documents.ndjson
  fanfold pipe -t epub --shard \"$JOB_COMPLETION_INDEX/8\" < documents.ndjson    # a Kubernetes indexed job")]
pub(super) struct PipeArgs {
    /// Formats to write, repeated or separated by commas
    #[arg(short, long, value_name = "FORMAT", value_delimiter = ',', required = true)]
    pub to: Vec<String>,

    /// Answer only the lines of part I of N, I from 0 to N-1, by their id
    #[arg(long, value_name = "I/N", default_value = "0/1", hide_default_value = true)]
    pub shard: Shard,

    #[command(flatten)]
    pub conversion: ConversionArgs,

    #[command(flatten)]
    pub limit: OutputArgs,
}

/// Carries out the command, or says what is wrong with its arguments.
pub(super) fn run(args: PipeArgs, loudness: Loudness) -> Result<ExitCode, String> {
    let settings = settings(args.conversion.resolve(loudness)?, &args.to, args.limit.max_output_bytes)?;
    silence_workers();
    let pipe = Pipe { settings, shard: args.shard };
    match pipe.run(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        // A reader that closed the pipe has what it wants.
        Err(Error::Io { source }) if source.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => {
            Report::new("standard input or output", &[]).error(&error.to_string());
            Ok(ExitCode::FAILURE)
        }
        Ok(()) => Ok(ExitCode::SUCCESS),
    }
}
