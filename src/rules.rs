//! Every rule of the program, by the modules that declare them. A table and nothing else, so it stands before what it names.

use crate::diagnostic::Rule;
use crate::model::nearest;
use crate::{
    cache, config, external, fields, fix, guard, import, link, load, moves, new, outline, picture, publish, render,
    search, serve, site, watch, words, write,
};

const LISTS: &[&[&[&Rule]]] = &[
    &[guard::RULES, cache::RULES],
    fields::ALL_RULES,
    config::ALL_RULES,
    picture::ALL_RULES,
    words::ALL_RULES,
    load::ALL_RULES,
    outline::ALL_RULES,
    outline::BODY_RULES,
    outline::FRONT_RULES,
    link::ALL_RULES,
    site::ALL_RULES,
    render::ALL_RULES,
    search::ALL_RULES,
    write::ALL_RULES,
    &[watch::RULES, serve::RULES],
    publish::ALL_RULES,
    new::ALL_RULES,
    import::ALL_RULES,
    external::ALL_RULES,
    &[moves::RULES, fix::RULES],
];

/// All of them, in the order in which data flows.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    LISTS.iter().copied().flatten().copied().flatten().copied()
}

/// The one with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code() == code)
}

/// The code that may have been meant.
pub fn nearest_code(code: &str) -> Option<&'static str> {
    nearest(code, all().map(Rule::code))
}
