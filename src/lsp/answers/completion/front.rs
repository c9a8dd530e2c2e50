//! Keys of front matter and what may stand at them. Knows which key takes which names; the keys are those that the outline reads.

use crate::model::{ClosedSet, EssayKind, RelationKind, SourceKind, TimelineKind};
use crate::outline::{Front, SourceKindWord};

use super::offered::{Offered, documents_of};
use crate::lsp::file::{File, documents, site};

/// The keys that may stand in the group at the end of `within`, as its reader takes them, without those at the top that are there.
pub fn keys_in(kind: SourceKind, within: &[&str], yaml: &str) -> Vec<Offered> {
    let is_there =
        |key: &str| yaml.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    let group = within.iter().try_fold(Front::shape(kind), |group, key| group.group(key));
    let keys = group.map(|group| group.keys).unwrap_or_default().into_iter().map(|(key, _)| key);
    keys.filter(|key| !within.is_empty() || !is_there(key)).map(Offered::key).collect()
}

/// What may stand as the value at the end of `path`.
pub fn values(file: &File<'_>, kind: SourceKind, path: &[&str]) -> Vec<Offered> {
    use SourceKind::{Concept, Essay, Incident, Pattern};
    let of = |kind: SourceKind| documents_of(file.project, kind);
    let index = &site(file.project).index;
    let names = |names: Vec<&String>| {
        names.into_iter().filter(|name| !name.is_empty()).map(|name| Offered::word(name)).collect()
    };
    match (kind, path) {
        (Essay | Incident, ["patterns"]) | (Pattern, ["look_alikes", "id"]) => of(Pattern),
        (Essay | Incident, ["concepts"]) | (Concept, ["related"]) | (Incident, ["held", "concept"]) => of(Concept),
        (Essay, ["incidents"]) | (Incident, ["related"] | ["related", "id"]) => of(Incident),
        (Essay, ["kind"]) => words(EssayKind::WORDS),
        (Incident, ["timeline", "kind"]) => words(TimelineKind::WORDS),
        (Incident, ["related", "type"]) => words(RelationKind::WORDS),
        (Incident, ["sources", "kind"]) => words(SourceKindWord::WORDS),
        (Incident, ["timeline" | "held" | "disputes", "source"]) => sources(file),
        (Essay, ["series", "name"]) => names(index.series.keys().collect()),
        (Essay, ["authors"]) => names(index.authors.keys().collect()),
        (Incident, ["organisations"]) => names(index.organisations.keys().collect()),
        (_, ["draft" | "math"]) | (Incident, ["timeline", "about"]) => words(&["true", "false"]),
        _ => Vec::new(),
    }
}

fn words(words: &[&str]) -> Vec<Offered> {
    words.iter().map(|word| Offered::word(word)).collect()
}

/// The sources of the record by their keys, or titles.
fn sources(file: &File<'_>) -> Vec<Offered> {
    let Some((doc, _)) = file.last_document() else { return Vec::new() };
    match &documents(file.project)[doc.index()].front {
        Front::Incident(front) => {
            let name =
                |source: &crate::outline::SourceEntry| source.key.clone().unwrap_or_else(|| source.title.clone());
            front.sources.iter().map(|source| Offered::word(&name(source)).titled(&source.title)).collect()
        }
        _ => Vec::new(),
    }
}
