//! What is told of a conversion: what there is to say about its input, and what became of each byte.

pub mod account;
pub mod diagnostic;
mod remedy;
