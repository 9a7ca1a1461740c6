//! Limits on what one document may cost.

use clap::Args;
use fanfold::format::Limits;
use std::time::Duration;

/// How long one document may take, unless the user says otherwise.
const TIME: Duration = Duration::from_secs(300);

#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitArgs {
    /// Most bytes of one input, such as '64M', which is the default
    #[arg(hide_short_help = true, long, value_name = "SIZE", value_parser = size)]
    pub max_input_bytes: Option<usize>,

    /// Most blocks and inlines inside each other, up to 200; the default is 64
    #[arg(hide_short_help = true, long, value_name = "N", value_parser = nesting)]
    pub max_nesting: Option<usize>,

    /// Most blocks, inlines, rows, cells and items of one document; the default is 5000000
    #[arg(hide_short_help = true, long, value_name = "N", value_parser = number)]
    pub max_nodes: Option<usize>,

    /// Most cells of one table; the default is 1000000
    #[arg(hide_short_help = true, long, value_name = "N", value_parser = number)]
    pub max_table_cells: Option<usize>,

    /// Most pages of one document; the default is 50000
    #[arg(hide_short_help = true, long, value_name = "N", value_parser = number)]
    pub max_pages: Option<usize>,

    /// Most bytes of one image; the default is '64M'
    #[arg(hide_short_help = true, long, value_name = "SIZE", value_parser = size)]
    pub max_image_bytes: Option<usize>,

    /// Most bytes of all images of one document; the default is '256M'
    #[arg(hide_short_help = true, long, value_name = "SIZE", value_parser = size)]
    pub max_total_image_bytes: Option<usize>,

    /// Most pixels of one image; the default is 100000000
    #[arg(hide_short_help = true, long, value_name = "N", value_parser = number)]
    pub max_image_pixels: Option<usize>,

    /// Most calls of templates that are expanded in one document; the default is 1000000
    #[arg(hide_short_help = true, long, value_name = "N", value_parser = number)]
    pub max_template_expansions: Option<usize>,

    /// Longest time for one document, in seconds; the default is 300
    #[arg(hide_short_help = true, long, value_name = "SECONDS", value_parser = seconds)]
    pub max_time: Option<Duration>,
}

impl LimitArgs {
    /// The library's own limits, with what the user says.
    pub fn limits(&self) -> Limits {
        Limits::default().with(|of| {
            of.input_bytes = self.max_input_bytes.unwrap_or(of.input_bytes);
            of.nesting = self.max_nesting.unwrap_or(of.nesting);
            of.nodes = self.max_nodes.unwrap_or(of.nodes);
            of.table_cells = self.max_table_cells.unwrap_or(of.table_cells);
            of.pages = self.max_pages.unwrap_or(of.pages);
            of.image_bytes = self.max_image_bytes.unwrap_or(of.image_bytes);
            of.total_image_bytes = self.max_total_image_bytes.unwrap_or(of.total_image_bytes);
            of.image_pixels = self.max_image_pixels.unwrap_or(of.image_pixels);
            of.template_expansions = self.max_template_expansions.unwrap_or(of.template_expansions);
        })
    }

    /// How long one document may take.
    pub fn time(&self) -> Duration {
        self.max_time.unwrap_or(TIME)
    }
}

fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds = text.parse::<f64>().ok().and_then(|s| Duration::try_from_secs_f64(s).ok());
    seconds.filter(|s| !s.is_zero()).ok_or("it is a number of seconds, such as 30 or 0.5")
}

/// A number of bytes.
pub(super) fn size(text: &str) -> Result<usize, &'static str> {
    let (digits, shift) = match text.strip_suffix(['K', 'M', 'G']) {
        Some(digits) if text.ends_with('K') => (digits, 10),
        Some(digits) if text.ends_with('M') => (digits, 20),
        Some(digits) => (digits, 30),
        None => (text, 0),
    };
    let number = digits.parse::<usize>().ok().and_then(|n| n.checked_mul(1 << shift));
    number.filter(|n| *n > 0).ok_or("it is a number of bytes, such as 500000, 64M or 1G")
}

fn number(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|n| *n > 0).ok_or("it is a number, at least 1")
}

fn nesting(text: &str) -> Result<usize, &'static str> {
    number(text)
        .ok()
        .filter(|n| *n <= Limits::MOST_NESTING)
        .ok_or("it is a number from 1 to 200: a deeper document does not fit the stack")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Command, FromArgMatches};

    fn command() -> Command {
        LimitArgs::augment_args(Command::new("fanfold"))
    }

    #[test]
    fn every_limit_has_an_option_whose_help_says_its_default() {
        let Limits {
            input_bytes,
            nesting,
            nodes,
            table_cells,
            pages,
            image_bytes,
            total_image_bytes,
            image_pixels,
            template_expansions,
            ..
        } = Limits::default();
        let bytes = |n: usize| format!("'{}M'", n >> 20);
        let defaults = [
            ("max-input-bytes", bytes(input_bytes)),
            ("max-nesting", nesting.to_string()),
            ("max-nodes", nodes.to_string()),
            ("max-table-cells", table_cells.to_string()),
            ("max-pages", pages.to_string()),
            ("max-image-bytes", bytes(image_bytes)),
            ("max-total-image-bytes", bytes(total_image_bytes)),
            ("max-image-pixels", image_pixels.to_string()),
            ("max-template-expansions", template_expansions.to_string()),
            ("max-time", TIME.as_secs().to_string()),
        ];
        let command = command();
        let helps: Vec<_> = command
            .get_arguments()
            .map(|a| (a.get_long().unwrap(), a.get_help().unwrap().to_string()))
            .collect();
        assert_eq!(helps.len(), defaults.len());
        for ((long, help), (name, default)) in helps.iter().zip(defaults) {
            assert_eq!(*long, name);
            assert!(help.contains(&default), "{long}: {help} does not say {default}");
        }
        let none = LimitArgs::from_arg_matches(&command.get_matches_from(["fanfold"])).unwrap();
        assert_eq!((none.limits(), none.time()), (Limits::default(), TIME));
    }

    #[test]
    fn every_option_sets_its_own_limit() {
        let given = "fanfold --max-input-bytes 1K --max-nesting 2 --max-nodes 3 --max-table-cells 4 \
            --max-pages 5 --max-image-bytes 6 --max-total-image-bytes 7M --max-image-pixels 8 \
            --max-template-expansions 9 --max-time 0.5";
        let args =
            LimitArgs::from_arg_matches(&command().get_matches_from(given.split_whitespace())).unwrap();
        let limits = Limits::default().with(|limits| {
            limits.input_bytes = 1024;
            limits.nesting = 2;
            limits.nodes = 3;
            limits.table_cells = 4;
            limits.pages = 5;
            limits.image_bytes = 6;
            limits.total_image_bytes = 7 << 20;
            limits.image_pixels = 8;
            limits.template_expansions = 9;
        });
        assert_eq!((args.limits(), args.time()), (limits, Duration::from_millis(500)));
    }

    #[test]
    fn what_is_no_limit_is_refused() {
        assert!(size("0").is_err() && size("1T").is_err() && size("99999999999999999999G").is_err());
        assert!(nesting("200").is_ok() && nesting("201").is_err() && number("0").is_err());
        assert!(seconds("0").is_err() && seconds("-1").is_err() && seconds("NaN").is_err());
    }
}
