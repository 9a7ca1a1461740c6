//! Options that can be set from outside and may become more.

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
