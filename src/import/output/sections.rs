//! Pages of sections that have no words of their own: lists, which Ninefold makes itself. What becomes of one is decided once all
//! texts were read. Knows folders and kinds.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::model::SourceKind;

use super::super::Each;
use super::super::report::Report;
use super::super::text::{Place, Text};

#[derive(Default)]
pub struct Sections {
    lists: Vec<Text>,
    folders_of_pages: BTreeSet<String>,
    has_essays: bool,
}

impl Sections {
    /// Hands `text` on, unless it is the page of a section without words.
    pub fn take(&mut self, text: Text, is_of_section: bool, each: Each<'_>) -> Result<(), Diagnostic> {
        match text.kind {
            SourceKind::Page if is_of_section && text.body.trim().is_empty() => {
                self.lists.push(text);
                return Ok(());
            }
            SourceKind::Page => _ = self.folders_of_pages.insert(folder(&text).to_owned()),
            _ => self.has_essays |= !text.draft,
        }
        each(text)
    }

    /// Hands on the lists that still have something to say: here a page lists those below it, and essays have their own list.
    pub fn finish(self, each: Each<'_>, report: &mut Report) -> Result<(), Diagnostic> {
        for mut list in self.lists {
            let below = format!("{}/", folder(&list));
            let is_in = |other: &String| other == folder(&list) || other.starts_with(&below);
            let has_pages = self.folders_of_pages.iter().any(is_in);
            let place = Place { line: 0, ..list.place.clone() };
            if list.addresses.first().is_some_and(|own| own == "/") {
                report.add(place, "lists of a section", "the front page is Ninefold's own");
                continue;
            }
            if !has_pages && !self.has_essays {
                report.add(place, "lists of a section", "there is nothing to list");
                continue;
            }
            if !has_pages {
                list.body = "[All essays](/essays/)\n".to_owned();
                report.add(place, "lists of a section", "its page leads to the list of all essays");
            }
            each(list)?;
        }
        Ok(())
    }
}

fn folder(text: &Text) -> &str {
    text.place.file.rsplit_once('/').map_or("", |(folder, _)| folder)
}
