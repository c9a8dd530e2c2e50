//! What bodies of an export need of its other items: pictures by their numbers, blocks that are used again, parents of pages, authors.
//! Found before any body is read.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::path::Path;

use super::export::{self, Export, Item};

/// A file that was uploaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    pub address: String,
    pub alt: String,
    pub caption: String,
    /// The text that it was uploaded for.
    pub parent: u64,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Library {
    pub export: Export,
    pub attachments: BTreeMap<u64, Attachment>,
    /// Bodies of blocks that texts show by number.
    pub blocks: BTreeMap<u64, String>,
    /// Names and parents of pages.
    pages: BTreeMap<u64, (String, u64)>,
}

impl Library {
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut library = Self::default();
        let mut n = 0;
        let read = export::read(path, &mut |item| {
            n += 1;
            library.add(&item, n);
            Ok::<(), Infallible>(())
        })?;
        match read {
            Ok(export) => library.export = export,
            Err(never) => match never {},
        }
        Ok(library)
    }

    fn add(&mut self, item: &Item, n: u64) {
        let id = item.number("wp:post_id").unwrap_or(n);
        match item.value("wp:post_type") {
            "attachment" => {
                let attachment = Attachment {
                    address: item.value("wp:attachment_url").trim().to_owned(),
                    alt: item.meta("_wp_attachment_image_alt").unwrap_or_default().trim().to_owned(),
                    caption: item.value("excerpt:encoded").trim().to_owned(),
                    parent: item.number("wp:post_parent").unwrap_or(0),
                };
                self.attachments.insert(id, attachment);
            }
            "wp_block" => {
                self.blocks.insert(id, item.value("content:encoded").to_owned());
            }
            "page" => {
                let name = super::name_of(item);
                self.pages.insert(id, (name, item.number("wp:post_parent").unwrap_or(0)));
            }
            _ => {}
        }
    }

    /// The name of a page below those of its parents.
    pub fn page_name(&self, own: &str, parent: u64) -> String {
        let mut names = vec![own.to_owned()];
        let mut next = parent;
        while let Some((name, parent)) = self.pages.get(&next) {
            // Pages whose parents go in a circle.
            if names.len() > 20 {
                break;
            }
            names.insert(0, name.clone());
            next = *parent;
        }
        names.join("/")
    }

    /// The name of an author as readers see it.
    pub fn author(&self, login: &str) -> String {
        let found = self.export.channel.authors.iter().find(|(known, _)| known == login);
        found.map(|(_, name)| name.clone()).filter(|name| !name.is_empty()).unwrap_or_else(|| login.to_owned())
    }

    pub fn channel(&self, name: &str) -> Option<&str> {
        let values = &self.export.channel.values;
        values.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}
