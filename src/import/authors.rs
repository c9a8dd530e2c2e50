//! One spelling for each author: names that would have one address are one author's. Knows names and how often each stands, no text.

use std::collections::{BTreeMap, HashMap};

use crate::model::slug;

use super::report::Report;
use super::text::{Place, Text};

/// The names of all texts.
#[derive(Debug, Default)]
pub struct Authors {
    /// By the name's part of an address: its spellings, with how many texts have each.
    spellings: BTreeMap<String, BTreeMap<String, usize>>,
    /// Spellings and what stands for each; only those that change.
    better: HashMap<String, String>,
}

impl Authors {
    pub fn add(&mut self, text: &Text) {
        for name in &text.authors {
            let spellings = self.spellings.entry(slug(name)).or_default();
            *spellings.entry(name.clone()).or_default() += 1;
        }
    }

    /// When all texts are known: the spelling of most texts stands for the others. Of two that as many have it is the one with more
    /// letters outside ASCII: accents are left out more often than they are added.
    pub fn settle(&mut self, report: &mut Report) {
        let accents = |name: &str| name.chars().filter(|c| !c.is_ascii()).count();
        for spellings in self.spellings.values().filter(|spellings| spellings.len() > 1) {
            let most = spellings.iter().max_by_key(|(name, count)| (**count, accents(name), std::cmp::Reverse(*name)));
            let Some((best, best_count)) = most else { continue };
            for (name, count) in spellings.iter().filter(|(name, _)| *name != best) {
                self.better.insert(name.clone(), best.clone());
                let why =
                    format!("in {count}; written as `{best}` now, as in {best_count}, for both would have one address");
                let place = Place { file: name.clone(), line: 0 };
                report.add(place, "authors whose name was written in two ways", why);
            }
        }
    }

    /// The names as the new site has them, each once.
    pub fn written(&self, names: &[String]) -> Vec<String> {
        let mut written: Vec<String> = Vec::with_capacity(names.len());
        for name in names {
            let name = self.better.get(name).unwrap_or(name);
            if !written.contains(name) {
                written.push(name.clone());
            }
        }
        written
    }
}
