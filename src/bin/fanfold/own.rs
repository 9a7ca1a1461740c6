//! The options that a document gives for itself: as `fanfold.toml` has them, by its parser, behind those of
//! the command line. A document may come from anyone: it says how it looks and no more, and the files that it
//! names are found as its images are.

use super::config::{self, Understood};
use super::conversion::{ConversionArgs, Taker};
use super::unused::is_of_formats;
use clap::FromArgMatches;
use clap::parser::ValueSource;
use fanfold::Converter;
use fanfold::asset::LoadError;
use fanfold::diagnostic::{Code, Diagnostic, code};
use fanfold::format::ReadContext;
use fanfold::model::{Choice, Own, OwnValue, Span, Toml};
use fanfold::write::Unit;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;
use toml::de::DeTable;

#[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
mod look;

/// What takes the options of documents, among the arguments of a run; with tokens that no file cuts.
pub(crate) fn taker(understood: Understood, tokens: Option<Unit>) -> Taker {
    Taker(Arc::new(move |own, cx| {
        let matches = (understood.command)().try_get_matches_from(&understood.arguments).ok()?;
        let (name, of) = matches.subcommand()?;
        let said = |id: &&str| of.value_source(id) == Some(ValueSource::CommandLine);
        let given = of.ids().map(clap::Id::as_str).filter(said).map(str::to_owned).collect();
        let (toml, name, tokens) = (own.toml(), name.to_owned(), tokens.clone());
        let taking =
            Taking { understood: &understood, name, given, tokens, own: own.clone(), toml, loaded: 0, cx };
        taking.converter()
    }))
}

/// Whether a document may give an option. What some of formats name is written, or is a folder.
fn may_give(id: &str) -> bool {
    is_of_formats(id) && !matches!(id, "assets" | "chunk_tokenizer" | "font_dir")
}

/// The options of one document.
struct Taking<'t, 'c, 'd> {
    understood: &'t Understood,
    /// The command's name.
    name: String,
    /// What stands on the command line itself, by what clap knows it by.
    given: Vec<String>,
    tokens: Option<Unit>,
    own: Own,
    toml: Toml,
    /// Bytes of the files that were read.
    loaded: usize,
    cx: &'c mut ReadContext<'d>,
}

/// An option as an argument, where it is to be.
struct Taken {
    id: String,
    argument: Option<OsString>,
    place: Option<Span>,
}

impl Taking<'_, '_, '_> {
    fn say(&mut self, code: &'static Code, place: Option<Span>, message: impl Into<String>) {
        self.cx.report(Diagnostic::new(code, place.unwrap_or(self.own.span), message));
    }

    /// Tells that an option is left out.
    fn refuse(&mut self, place: Option<Span>, message: impl Into<String>) {
        self.say(&code::OPTION_DROPPED, place, message);
    }

    /// Reads a file that the document names.
    fn load(&mut self, name: &Path) -> Result<Vec<u8>, LoadError> {
        let bytes = self.cx.load(&name.to_string_lossy(), self.loaded)?;
        self.loaded += bytes.len();
        Ok(bytes)
    }

    /// Tells that a file that the document names is not read.
    fn unread(&mut self, place: Option<Span>, what: &str, name: &Path, why: &LoadError) {
        let message = format!("{what} '{}' is not read: {why}", name.display());
        let said = Diagnostic::new(&code::OPTION_DROPPED, place.unwrap_or(self.own.span), message);
        self.cx.report(said.remedy(why.remedy()));
    }

    /// The converter that they ask for; without what can't be taken, which is told.
    fn converter(mut self) -> Option<Converter> {
        #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
        let mut look = self.look();
        self.own.options.retain(|choice| choice.name != "style");
        self.toml = self.own.toml();
        let mut taken = self.taken();
        loop {
            let mut args = self.args(&taken).ok()?;
            args.tokens = self.tokens.clone();
            #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
            self.files(&mut args, &mut taken);
            #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
            let chosen = match &look {
                Some(look) => look.clone(),
                // It was read before, and nothing was wrong with it.
                None => args.style.resolve(args.limits.limits().image_bytes).ok()?,
            };
            let made = args.writers(
                #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
                &chosen,
                &mut |_, _| Ok(()),
            );
            let registry = match made {
                Ok(registry) => registry,
                Err(message) => {
                    let named = message.split([' ', ':']).next().unwrap_or_default();
                    let is_it = |one: &Taken| {
                        let argument = one.argument.as_ref().map(|argument| argument.to_string_lossy());
                        argument.is_some_and(|argument| argument.split('=').next() == Some(named))
                    };
                    match taken.iter().position(is_it) {
                        Some(at) => {
                            let place = taken.remove(at).place;
                            self.refuse(place, message);
                            continue;
                        }
                        #[cfg(any(feature = "epub", feature = "html", feature = "pdf"))]
                        None if look.as_mut().is_some_and(super::style::Chosen::forget_fonts) => {
                            self.refuse(None, message);
                            continue;
                        }
                        None => {
                            self.refuse(None, message);
                            return None;
                        }
                    }
                }
            };
            return Some(Converter::builder().registry(registry).limits(args.limits.limits()).build());
        }
    }

    /// Those that this document may give, and that the command line doesn't.
    fn taken(&mut self) -> Vec<Taken> {
        let text = self.toml.text.clone();
        let table = match DeTable::parse(&text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let place = error.span().and_then(|span| self.toml.place(span.start));
                self.refuse(place, error.message());
                return Vec::new();
            }
        };
        let mut command = (self.understood.command)();
        command.build();
        let mut asked: Vec<Taken> = Vec::new();
        for read in config::keys(&command, &self.name, &table, Path::new("")) {
            let (at, arguments) = match read {
                Ok(read) => read,
                Err((at, message)) => {
                    self.refuse(self.toml.place(at), message);
                    continue;
                }
            };
            for (id, argument) in arguments {
                let place = self.toml.place(at);
                if !may_give(&id) {
                    let name = id.replace('_', "-");
                    let message = format!(
                        "'{name}' is for the command line and fanfold.toml to say, and not for a document"
                    );
                    self.refuse(place, message);
                } else if !self.given.contains(&id) && asked.iter().all(|other| other.id != id) {
                    asked.push(Taken { id, argument, place });
                }
            }
        }
        // One may ask for another that comes after it.
        let (mut taken, mut faults) = (Vec::new(), Vec::new());
        for _ in 0..2 {
            faults.clear();
            let mut left = Vec::new();
            for option in asked {
                taken.push(option);
                if let Err(message) = self.args(&taken) {
                    left.extend(taken.pop());
                    faults.push(message);
                }
            }
            asked = left;
        }
        for (option, message) in asked.into_iter().zip(faults) {
            self.refuse(option.place, message);
        }
        taken
    }

    /// The arguments of the run, with these in place of what the configuration says of the same.
    fn args(&self, taken: &[Taken]) -> Result<ConversionArgs, String> {
        let Understood { command, configured, arguments } = self.understood;
        let kept = configured.iter().filter(|setting| taken.iter().all(|option| option.id != setting.id));
        let kept = kept.map(|setting| setting.argument.clone());
        let own = taken.iter().filter_map(|option| option.argument.clone());
        let all = config::before(arguments, &self.name, kept.chain(own));
        let matches = command().try_get_matches_from(all);
        let matches = matches.map_err(|error| config::in_short(&error))?;
        let (_, of) = matches.subcommand().ok_or("no command")?;
        ConversionArgs::from_arg_matches(of).map_err(|error| config::in_short(&error))
    }
}
