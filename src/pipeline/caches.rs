//! Stores what the next build need not make again: pages, blocks of code, outlines, looks at files. Knows when each may be trusted,
//! not how a build goes.

use std::io;

use crate::assemble::Assembled;
use crate::cache::{self, Looks, Outlines, Pages};
use crate::model::Hash;
use crate::render;

use super::output::CacheUpdate;
use super::{Built, Options};

/// The caches of one site and its output.
pub struct Caches<'a> {
    pub options: &'a Options,
    pub program: Hash,
}

impl Caches<'_> {
    /// Stores what is known of the pages, and the blocks of code that are on them.
    pub fn store_output(&self, update: CacheUpdate, before: &Pages) -> io::Result<()> {
        let root = &self.options.root;
        let pages = if update.pages == *before {
            Ok(())
        } else {
            cache::remember_pages(root, &self.options.out(), &update.pages)
        };
        let blocks = update.highlighter.map_or(Ok(()), |highlighter| {
            cache::remember_blocks(root, self.program, highlighter.into_used(), update.rendered_all)
        });
        pages.and(blocks)
    }

    /// Stores the outlines of the sources and what looking at files found.
    pub fn store_sources(
        &self,
        outlines: &Outlines,
        looks: Looks,
        assembled: &Assembled,
        built: &Built,
    ) -> io::Result<()> {
        let root = &self.options.root;
        if built.diagnostics.iter().any(|fault| fault.rule == render::CHANGED_MEANWHILE) {
            // Whether it changed just now or unseen by a look: the next build reads everything.
            Outlines::forget(root).and(Looks::forget(root))
        } else if built.has_errors() {
            // A build that failed leaves everything as it was.
            Ok(())
        } else {
            outlines.store(root, self.program, &assembled.outlined).and(looks.remember(root, self.program))
        }
    }
}
