//! Options that can be set from outside and may become more.

use std::borrow::Cow;

/// Lets options be changed in one expression, since a further one may come and no literal names all.
macro_rules! options {
    ($type:ty) => {
        impl $type {
            /// The same with some of its fields changed.
            pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
                change(&mut self);
                self
            }
        }
    };
}
pub(crate) use options;

/// An option that is not understood, or that does not go with another one; what it may be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct OptionError(pub(crate) Cow<'static, str>);

#[doc(hidden)]
impl From<&'static str> for OptionError {
    fn from(message: &'static str) -> Self {
        OptionError(message.into())
    }
}
