//! How much is said.

use clap::Args;

// How much is said.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct Loudness {
    /// Print errors only
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Print what is written as well
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
}
