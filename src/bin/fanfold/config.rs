//! `fanfold.toml`: options that hold until the command line says otherwise.
//!
//! It is looked for in the working directory and upward from there. A key is an option's long name
//! without the dashes, in the table of the format that the option is for; options of every format
//! stand before the first table:
//!
//! ```toml
//! deny = ["warnings"]
//!
//! [pdf]
//! paper = "a5"
//! toc = true
//!
//! [text]
//! width = 80
//! ```
//!
//! The table `[style]` is a style, as a file of one's own would have it; `style = "report"` names one.
//!
//! What it says becomes arguments before the user's own, so that both are understood by one parser.
//! Paths are relative to its folder.

use super::lines::Lines;
use super::report::printable;
use clap::error::ContextKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use std::ffi::OsString;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// The option that stands for the table `[style]`.
pub(super) const STYLE_TABLE: &str = "style_table";

/// The name it is found by.
const NAME: &str = "fanfold.toml";

/// The arguments that are understood: the user's, after those of the configuration.
pub(super) struct Resolved {
    pub matches: ArgMatches,
    config: Option<Config>,
    command: fn() -> Command,
    /// The user's own, the program's name first.
    arguments: Vec<OsString>,
}

/// A configuration file and the arguments that it gives.
struct Config {
    path: PathBuf,
    settings: Vec<Setting>,
}

/// One argument, such as `--paper=a5`.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// What clap knows the option by.
    pub id: String,
    pub argument: OsString,
    /// Line and column of its key, both from 1.
    place: (usize, usize),
}

/// Understands arguments; the first is the program's name. The command is made anew rather than kept where
/// there is a configuration: most runs have none, and a copy is not free.
///
/// # Errors
/// A message, when the configuration can't be read or says what is not understood. What is wrong
/// with the arguments themselves is told by clap, which ends the process.
pub(super) fn resolve(
    command: Command,
    anew: fn() -> Command,
    arguments: Vec<OsString>,
) -> Result<Resolved, String> {
    let matches = command.get_matches_from(&arguments);
    let plain = |matches, arguments| Ok(Resolved { matches, config: None, command: anew, arguments });
    let Some((_, of)) = matches.subcommand() else { return plain(matches, arguments) };
    // Commands that convert nothing take no configuration. (Builds with debug assertions call an
    // argument that a command doesn't have an error; others, one that wasn't given.)
    if !matches!(of.try_get_one::<bool>("no_config"), Ok(Some(false))) {
        return plain(matches, arguments);
    }
    let Some(path) = of.get_one("config").cloned().or_else(found) else { return plain(matches, arguments) };
    let text = fs::read_to_string(&path)
        .map_err(|e| format!("'{}' can't be read: {}", path.display(), fanfold::internals::reason(&e)))?;
    merged(anew, arguments, &matches, path, &text)
}

/// Understands arguments again, behind those of a configuration.
fn merged(
    anew: fn() -> Command,
    arguments: Vec<OsString>,
    matches: &ArgMatches,
    path: PathBuf,
    text: &str,
) -> Result<Resolved, String> {
    let Some((name, of)) = matches.subcommand() else { return Err("no command".to_owned()) };
    let mut whole = anew();
    // All commands, to tell an option that only others have from one that there isn't.
    whole.build();
    let mut settings = settings(&whole, name, &path, text)?;
    let given =
        |id: &str| of.try_get_raw(id).is_ok() && of.value_source(id) == Some(ValueSource::CommandLine);
    let instead = |id: &str| given(id) || id == STYLE_TABLE && given("style");
    settings.retain(|s| !instead(&s.id));
    let all = before(&arguments, name, settings.iter().map(|s| s.argument.clone()));
    let config = Config { path, settings };
    match whole.try_get_matches_from(all) {
        Ok(matches) => Ok(Resolved { matches, config: Some(config), command: anew, arguments }),
        Err(error) => Err(config.blame(&error)),
    }
}

/// The user's arguments with others before them, behind the command's name; what stands before that are
/// options without values.
pub(super) fn before(
    arguments: &[OsString],
    name: &str,
    others: impl Iterator<Item = OsString>,
) -> Vec<OsString> {
    let mut all = arguments.to_vec();
    let at = all.iter().position(|argument| *argument == *name).map_or(1, |at| at + 1);
    all.splice(at..at, others);
    all
}

/// The nearest configuration upward from the working directory.
fn found() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let depth = here.ancestors().position(|folder| folder.join(NAME).is_file())?;
    // As the user would name it, not by its absolute path.
    Some(std::iter::repeat_n("..", depth).collect::<PathBuf>().join(NAME))
}

/// Reads the file's keys as arguments of a command.
fn settings(command: &Command, name: &str, path: &Path, text: &str) -> Result<Vec<Setting>, String> {
    let lines = Lines::new(text.as_bytes());
    let fault = |(at, message): (usize, String)| {
        let (line, column) = lines.place(at);
        format!("{}:{line}:{column}: {}", path.display(), printable(&message))
    };
    let table =
        DeTable::parse(text).map_err(|e| fault((e.span().map_or(0, |s| s.start), e.message().to_owned())))?;
    let mut settings = Vec::new();
    for read in keys(command, name, table.get_ref(), path) {
        let (at, arguments) = read.map_err(fault)?;
        let place = lines.place(at);
        let said = arguments.into_iter().filter_map(|(id, argument)| Some((id, argument?)));
        settings.extend(said.map(|(id, argument)| Setting { id, argument, place }));
    }
    Ok(settings)
}

/// The arguments of one option, by what clap knows it by; none says that it is not to be.
type Arguments = Vec<(String, Option<OsString>)>;

/// Each key of a table as arguments of a command, or what is wrong with it, with its place.
pub(super) fn keys(
    command: &Command,
    name: &str,
    table: &DeTable<'_>,
    path: &Path,
) -> Vec<Result<(usize, Arguments), (usize, String)>> {
    let (mut entries, mut read) = (Vec::new(), Vec::new());
    for (key, value) in table {
        match value.get_ref() {
            // It is no option for each key: the style's own reader reads it.
            DeValue::Table(_) if key.get_ref() == "style" => {
                let has = |command: &Command| command.get_arguments().any(|arg| arg.get_id() == STYLE_TABLE);
                if command.find_subcommand(name).is_some_and(has) {
                    let mut argument = OsString::from("--style-table=");
                    argument.push(path);
                    read.push(Ok((key.span().start, vec![(STYLE_TABLE.to_owned(), Some(argument))])));
                }
            }
            DeValue::Table(inner) => entries.extend(inner.iter().map(|(k, v)| (Some(key.get_ref()), k, v))),
            _ => entries.push((None, key, value)),
        }
    }
    for (table, key, value) in entries {
        let table = table.map(|name| &**name);
        let at = key.span().start;
        let arguments = option(command, name, table, key.get_ref()).and_then(|found| match found {
            Some(option) => arguments(option, value.get_ref(), path),
            None => Ok(Vec::new()),
        });
        read.push(arguments.map(|arguments| (at, arguments)).map_err(|message| (at, message)));
    }
    read
}

/// The option that a key names; `None` when only other commands have it.
fn option<'c>(
    command: &'c Command,
    name: &str,
    table: Option<&str>,
    key: &str,
) -> Result<Option<&'c Arg>, String> {
    let named = |command: &'c Command| {
        command.get_arguments().find(|arg| {
            let is_option = arg.get_long() == Some(key) && !matches!(key, "config" | "no-config" | "help");
            is_option && in_table(arg, table)
        })
    };
    if let Some(option) = command.find_subcommand(name).and_then(named) {
        return Ok(Some(option));
    }
    if command.get_subcommands().any(|other| named(other).is_some()) {
        return Ok(None);
    }
    let elsewhere = command.get_subcommands().flat_map(Command::get_arguments);
    let elsewhere = elsewhere.filter(|arg| arg.get_long() == Some(key)).find_map(Arg::get_help_heading);
    let place = table.map_or("before the first table".to_owned(), |table| format!("in [{table}]"));
    Err(match elsewhere.and_then(|heading| tables(heading).next()) {
        Some(right) => format!("there is no option '{key}' {place}; it stands in [{right}]"),
        None => format!("there is no option '{key}' {place}; see 'fanfold convert --help'"),
    })
}

/// The tables whose options stand under a heading of the help: `[html]` and `[epub]` for "HTML and
/// EPUB".
fn tables(heading: &str) -> impl Iterator<Item = String> + '_ {
    heading.split(" and ").map(|name| name.to_lowercase().replace(' ', "-"))
}

fn in_table(arg: &Arg, table: Option<&str>) -> bool {
    match (arg.get_help_heading(), table) {
        (None, None) => true,
        (Some(heading), Some(table)) => tables(heading).any(|name| name == table),
        _ => false,
    }
}

/// A value as arguments.
fn arguments(option: &Arg, value: &DeValue<'_>, path: &Path) -> Result<Arguments, String> {
    let (id, long) = (option.get_id().to_string(), option.get_long().unwrap_or_default());
    if !option.get_action().takes_values() {
        return match value {
            DeValue::Boolean(true) => Ok(vec![(id, Some(format!("--{long}").into()))]),
            DeValue::Boolean(false) => Ok(vec![(id, None)]),
            _ => Err(format!("'{long}' is true or false")),
        };
    }
    let values = match value {
        DeValue::Array(values) if matches!(option.get_action(), ArgAction::Append) => {
            values.iter().map(|value| value.get_ref()).collect()
        }
        DeValue::Array(_) => return Err(format!("'{long}' takes one value")),
        value => vec![value],
    };
    let argument = |value: &DeValue<'_>| {
        let text = match value {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            _ => return Err(format!("'{long}' takes a string or a number")),
        };
        let mut argument = OsString::from(format!("--{long}="));
        // A path that is there is meant from the file's folder; other words stay as they are.
        let beside = path.parent().unwrap_or(Path::new("")).join(&text);
        let is_path = option.get_value_hint() == ValueHint::AnyPath && beside.exists();
        argument.push(if is_path { beside.into_os_string() } else { text.into() });
        Ok((id.clone(), Some(argument)))
    };
    values.into_iter().map(argument).collect()
}

/// The arguments of a run.
#[derive(Clone, Debug)]
pub(crate) struct Understood {
    pub command: fn() -> Command,
    pub configured: Vec<Setting>,
    /// The user's own, the program's name and the command first.
    pub arguments: Vec<OsString>,
}

impl Config {
    /// A message for arguments that clap does not understand: the user's own were understood.
    fn blame(&self, error: &clap::Error) -> String {
        let said = match error.get(ContextKind::InvalidArg) {
            Some(said) => said.to_string(),
            None => String::new(),
        };
        let long = said.split([' ', '=']).next().unwrap_or_default();
        let setting = self.settings.iter().find(|s| {
            let argument = s.argument.to_string_lossy();
            !long.is_empty() && argument.split('=').next() == Some(long)
        });
        let place = setting.map(|s| format!(":{}:{}", s.place.0, s.place.1)).unwrap_or_default();
        format!("{}{place}: {}", self.path.display(), in_short(error))
    }
}

/// What is wrong with arguments, without how to use the program.
pub(super) fn in_short(error: &clap::Error) -> String {
    let message = error.to_string();
    let message = message.split("\n\n").next().unwrap_or_default();
    message.strip_prefix("error: ").unwrap_or(message).trim_end().to_owned()
}

impl Resolved {
    /// The options of some formats alone that stand on the command line itself.
    pub fn given(&self) -> Vec<&'static str> {
        let Some((_, of)) = self.matches.subcommand() else { return Vec::new() };
        let settings = self.config.as_ref().map_or(&[][..], |config| &config.settings);
        super::unused::given(of, |id| settings.iter().any(|setting| setting.id == id))
    }

    /// The arguments, for what documents say of themselves to be understood among them.
    pub fn understood(&mut self) -> Understood {
        let configured = self.config.as_ref().map_or(Vec::new(), |config| config.settings.clone());
        Understood { command: self.command, configured, arguments: std::mem::take(&mut self.arguments) }
    }

    /// The resolved options of the command that was run, as a configuration that gives the same.
    pub fn as_toml(&self, command: &Command) -> String {
        let Some((name, of)) = self.matches.subcommand() else { return String::new() };
        let mut out = match &self.config {
            Some(config) => {
                format!("# With {}; what the command line says goes before it.\n", config.path.display())
            }
            None => format!("# No {NAME} was found from here upward.\n"),
        };
        if let Some(config) = self.config.iter().find(|c| c.settings.iter().any(|s| s.id == STYLE_TABLE)) {
            let _ = writeln!(out, "# The style is that of [style] in {}.", config.path.display());
        }
        let arguments = command.find_subcommand(name).into_iter().flat_map(Command::get_arguments);
        let options: Vec<&Arg> = arguments
            .filter(|a| !matches!(a.get_id().as_str(), "config" | "no_config" | "help" | STYLE_TABLE))
            .filter(|a| a.get_long().is_some())
            .collect();
        let mut headings: Vec<Option<&str>> = Vec::new();
        for option in &options {
            if !headings.contains(&option.get_help_heading()) {
                headings.push(option.get_help_heading());
            }
        }
        // What stands before the first table comes first.
        headings.sort_by_key(Option::is_some);
        for heading in headings {
            if let Some(table) = heading.and_then(|h| tables(h).next()) {
                let _ = writeln!(out, "\n[{table}]");
            }
            for option in options.iter().filter(|o| o.get_help_heading() == heading) {
                self.option_as_toml(option, of, &mut out);
            }
        }
        out
    }

    fn option_as_toml(&self, option: &Arg, of: &ArgMatches, out: &mut String) {
        let (id, long) = (option.get_id().as_str(), option.get_long().unwrap_or_default());
        let configured = self.config.as_ref().is_some_and(|c| c.settings.iter().any(|s| s.id == id));
        let source = match of.value_source(id) {
            _ if configured => "set here",
            Some(ValueSource::CommandLine) => "command line",
            _ => "default",
        };
        let value = if option.get_action().takes_values() {
            let raw = of.get_raw(id).into_iter().flatten();
            let values: Vec<String> = raw.map(|v| quoted(&v.to_string_lossy())).collect();
            match values.as_slice() {
                [] => None,
                _ if matches!(option.get_action(), ArgAction::Append) => {
                    Some(format!("[{}]", values.join(", ")))
                }
                [only, ..] => Some(only.clone()),
            }
        } else {
            Some(of.get_flag(id).to_string())
        };
        // Writing to a string cannot fail.
        let _ = match value {
            Some(value) => writeln!(out, "{long} = {value} # {source}"),
            None => writeln!(out, "# {long} =  # not set"),
        };
    }
}

/// A value as TOML: a whole number as it is, anything else as a basic string. TOML has no numbers that
/// begin with a zero.
fn quoted(text: &str) -> String {
    if text.parse::<i64>().is_ok_and(|number| number.to_string() == text) {
        return text.to_owned();
    }
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{args::Cli, whole};
    use clap::CommandFactory;
    use proptest::prelude::*;

    /// What a configuration gives `fanfold convert`, as `fanfold config` prints it.
    fn resolved(text: &str) -> Result<String, String> {
        let arguments: Vec<OsString> = ["fanfold", "convert", "-"].map(OsString::from).into();
        let matches = Cli::command().try_get_matches_from(&arguments).map_err(|e| e.to_string())?;
        let resolved = merged(Cli::command, arguments, &matches, PathBuf::from(NAME), text)?;
        Ok(resolved.as_toml(&whole()))
    }

    /// What it says is the same when it is said again.
    fn said_again(text: &str) {
        let Ok(once) = resolved(text) else { return };
        let again = resolved(&once).expect("what is printed is understood");
        let says = |toml: &str| {
            let lines = toml.lines().filter(|line| !line.starts_with('#'));
            lines.map(|line| line.split(" # ").next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(says(&once), says(&again));
    }

    const CONFIGURATIONS: [&str; 5] = [
        "deny = [\"warnings\"]\n[pdf]\npaper = \"a5\"\ntoc = true\n[text]\nwidth = 80\n",
        "[html]\ncss = 'a.css'\n[epub]\nsplit-level = 2\n",
        "to = \"pdf\"\ntitle = \"A \\u0000 b\"\nlanguage = \"de\"\nauthor = [\"a\", \"b\"]\n",
        "[wikitext]\ntemplates = ['a.toml']\nunresolved = 'name'\n[text]\nascii = false\nwidth = 1e3\n",
        // Zeros before an error once ended it.
        "deny =[\"000000,,{\"]\n",
    ];

    /// Each configuration with a piece of it replaced.
    fn spoilt() -> impl Strategy<Value = String> {
        let piece = prop_oneof![Just("\"".to_owned()), Just("01".to_owned()), "[ -~]{0,4}", any::<String>()];
        (0..CONFIGURATIONS.len(), any::<(prop::sample::Index, prop::sample::Index)>(), piece).prop_map(
            |(which, (from, length), piece)| {
                let text = CONFIGURATIONS[which];
                let start = from.index(text.len());
                let end = start + length.index(text.len() - start).min(3);
                format!("{}{piece}{}", &text[..start], &text[end..])
            },
        )
    }

    fn config() -> ProptestConfig {
        let rng_seed = proptest::test_runner::RngSeed::Fixed(1);
        ProptestConfig { cases: 24, failure_persistence: None, rng_seed, ..Default::default() }
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn any_configuration_is_refused_or_said_again(text in spoilt(), other in any::<String>()) {
            said_again(&text);
            said_again(&other);
        }
    }

    #[test]
    fn configurations_are_said_again() {
        for text in CONFIGURATIONS {
            said_again(text);
        }
        assert!(resolved(CONFIGURATIONS[0]).is_ok(), "not all of them are refused");
    }
}
