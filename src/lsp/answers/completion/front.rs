//! Keys of front matter and settings and what may stand at them. Knows which key takes which names; the keys and their words are
//! those that the schemas have.

use crate::fields::Shape;
use crate::model::SourceKind;
use crate::outline::Front;
use crate::schema::Of;

use super::offered::{Offered, documents_of};
use crate::lsp::file::{File, documents, site};

/// The keys that may stand in the group at the end of `within`, without those at the top that are there.
pub fn keys_in(of: Of, within: &[&str], yaml: &str) -> Vec<Offered> {
    let is_there =
        |key: &str| yaml.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')));
    let keys = of.shape().at(within).map(|group| group.keys()).unwrap_or_default();
    let free = keys.into_iter().filter(|(key, _)| !within.is_empty() || !is_there(key));
    free.map(|(key, value)| Offered { about: value.about(), ..Offered::key(key) }).collect()
}

/// What may stand as the value at the end of `path`: names that the site has, or the words that the key takes.
pub fn values(file: &File<'_>, of: Of, path: &[&str]) -> Vec<Offered> {
    let names = match of {
        Of::Front(kind) => names(file, kind, path),
        Of::Site => None,
    };
    let words = || of.shape().at(path).as_ref().map(Shape::words).unwrap_or_default();
    names.unwrap_or_else(|| words().into_iter().map(Offered::word).collect())
}

/// The names that may stand at the end of `path`, if names do.
fn names(file: &File<'_>, kind: SourceKind, path: &[&str]) -> Option<Vec<Offered>> {
    use SourceKind::{Concept, Essay, Incident, Pattern};
    let of = |kind: SourceKind| documents_of(file.project, kind);
    let index = &site(file.project).index;
    let names = |names: Vec<&String>| {
        names.into_iter().filter(|name| !name.is_empty()).map(|name| Offered::word(name)).collect()
    };
    Some(match (kind, path) {
        (Essay | Incident, ["patterns"]) | (Pattern, ["look_alikes", "id"]) => of(Pattern),
        (Essay | Incident, ["concepts"]) | (Concept, ["related"]) | (Incident, ["held", "concept"]) => of(Concept),
        (Essay, ["incidents"]) | (Incident, ["related"] | ["related", "id"]) => of(Incident),
        (Incident, ["timeline" | "held" | "disputes", "source"]) => sources(file),
        (Essay, ["series", "name"]) => names(index.series.keys().collect()),
        (Essay, ["authors"]) => names(index.authors.keys().collect()),
        (Incident, ["organisations"]) => names(index.organisations.keys().collect()),
        _ => return None,
    })
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
