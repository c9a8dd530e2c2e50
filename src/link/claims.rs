//! What an essay's front matter claims of its only incident. Knows one document with its tags resolved.

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{Placed, shortened};
use crate::model::{Pattern, SourceKind};
use crate::outline::Front;

use super::readings::{Around, ReadTag, shows};

rules! {
    CLAIM_WITHOUT_PASSAGE = "claim-without-passage", warning, "an essay on one incident has a tag that no passage of it shows";
}

impl Around<'_> {
    /// The tags that count as claims about the only incident of the essay, and that readers find without a word for them.
    pub(super) fn claim_without_passage(&self) -> Option<Diagnostic> {
        let (Front::Essay(front), [incident]) = (&self.document.front, &self.tags.incidents[..]) else { return None };
        let patterns = front.patterns.iter().map(|name| (name, Pattern::from_id(&name.value).map(ReadTag::Pattern)));
        let concept = |id: &str| self.lookup.names.get(SourceKind::Concept, id).map(ReadTag::Concept);
        let concepts = front.concepts.iter().map(|name| (name, concept(&name.value)));
        let is_shown = |tag: ReadTag| shows(self.document, |doc| self.lookup.id(doc), tag);
        let unshown =
            patterns.chain(concepts).filter_map(|(name, tag)| Some((name, tag.filter(|tag| !is_shown(*tag))?)));
        let unshown: Vec<(&Placed<String>, ReadTag)> = unshown.collect();
        let (first, tag) = unshown.first()?;
        let scheme = if matches!(tag, ReadTag::Pattern(_)) { "pattern" } else { "concept" };
        let names: Vec<String> = unshown.iter().map(|(name, _)| format!("`{}`", shortened(&name.value))).collect();
        let incident = self.lookup.id(*incident);
        let message = format!("no passage shows what the tags say of `{incident}`: {}", names.join(", "));
        let help = format!("mark the words that show it: `[words]({scheme}:{})`; or take the tag out", first.value);
        let fault = Diagnostic::new(CLAIM_WITHOUT_PASSAGE, message).in_place(&self.document.path, first.spot.clone());
        Some(fault.help(help))
    }
}
