//! Templates and parser functions, replaced by what their rules say.

pub mod action;
pub mod arguments;
mod brackets;
mod call;
pub mod citation;
pub mod claims;
pub mod convert;
pub mod expander;
pub mod expression;
pub mod flat;
mod formula;
pub mod function;
mod links;
pub mod measure;
pub mod redirect;
mod reviews;
pub mod rules;
pub mod series;
pub mod template;
pub mod time;
mod val;
