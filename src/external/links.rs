//! Which addresses elsewhere a site links to, and from where. Knows documents; asks for nothing.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::assemble::{Assembled, Outlined};
use crate::config;
use crate::diagnostic::Spot;
use crate::link::doc_id;
use crate::model::SourcePath;
use crate::outline::{Front, Target};
use crate::yaml::{self, Node, Step};

/// A link to another host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub path: SourcePath,
    pub spot: Spot,
    /// The address as the text has it.
    pub written: String,
    /// The place on the page that it leads to.
    pub place: Option<String>,
}

/// The links of a site by the address that is asked for, which has no `#place`.
pub type Links = BTreeMap<Url, Vec<Link>>;

/// Every link that the site's own published texts, records and menu have to other hosts.
pub fn links(assembled: &Assembled) -> Links {
    let site = &assembled.site;
    let mut links = Links::new();
    let own = site.config.base_url.absolute(&crate::model::UrlPath::home());
    let mut add = |path: &SourcePath, spot: Spot, written: &str| {
        if let Some((url, place)) = address(written)
            && !url.as_str().starts_with(&own)
        {
            let link = Link { path: path.clone(), spot, written: written.to_owned(), place };
            links.entry(url).or_default().push(link);
        }
    };
    let documents = assembled.outlined.iter().enumerate();
    for (_, outlined) in documents.filter(|(n, outlined)| {
        !outlined.document.embedded && !outlined.document.stub && site.linked.is_published(doc_id(*n))
    }) {
        let document = &outlined.document;
        for reference in &document.body.references {
            if let Target::Outside(written) = &reference.target {
                add(&document.path, Spot::Bytes(reference.span), written);
            }
        }
        for (steps, written) in sources(outlined) {
            add(&document.path, Spot::Value(steps.into()), &written);
        }
    }
    for entry in &site.config.menu {
        add(&config::path(), entry.spot.clone(), &entry.url);
    }
    links
}

/// The address that is asked for, and the place on its page; none for what is no page on the web.
pub fn address(written: &str) -> Option<(Url, Option<String>)> {
    let whole = if written.starts_with("//") { format!("https:{written}") } else { written.to_owned() };
    let mut url = Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    let place = url.fragment().and_then(place);
    url.set_fragment(None);
    Some((url, place))
}

/// The id that a fragment names. Those that scripts read (`#!/page`, `#:~:text=…`, the lines of a file) name none.
fn place(fragment: &str) -> Option<String> {
    let name = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?.into_owned();
    let is_line = |name: &str| {
        let lines = name.strip_prefix('L').unwrap_or_default();
        !lines.is_empty() && lines.chars().all(|c| c.is_ascii_digit() || matches!(c, 'L' | 'C' | '-'))
    };
    let is_for_scripts = name.contains(['/', '=', '&']) || name.starts_with([':', '!']) || is_line(&name);
    (!name.is_empty() && name != "top" && !is_for_scripts).then_some(name)
}

/// The places that `links` want on their page.
pub fn places(links: &[Link]) -> BTreeSet<String> {
    links.iter().filter_map(|link| link.place.clone()).collect()
}

/// The addresses among the sources of a record, each with the way to it.
fn sources(outlined: &Outlined) -> Vec<(Vec<Step>, String)> {
    match &outlined.document.front {
        Front::Incident(front) if front.sources.iter().any(|source| source.url.is_some()) => {}
        _ => return Vec::new(),
    }
    let Ok(text) = outlined.text() else { return Vec::new() };
    let Some(parts) = yaml::front_matter(&text) else { return Vec::new() };
    let Ok(Node::Map(entries)) = yaml::parse(&text[parts.yaml]) else { return Vec::new() };
    source_entries(&entries).into_iter().filter_map(|(steps, entry)| source_url(steps, entry)).collect()
}

/// The entries of `sources`, each with the way to it.
pub fn source_entries(entries: &[(String, Node)]) -> Vec<(Vec<Step>, &Node)> {
    let Some(n) = entries.iter().position(|(key, _)| key == "sources") else { return Vec::new() };
    match &entries[n].1 {
        Node::List(items) => {
            items.iter().enumerate().map(|(item, node)| (vec![Step::Entry(n), Step::Item(item)], node)).collect()
        }
        single => vec![(vec![Step::Entry(n)], single)],
    }
}

fn source_url(mut steps: Vec<Step>, entry: &Node) -> Option<(Vec<Step>, String)> {
    match entry {
        Node::Text(url) => Some((steps, url.clone())),
        Node::Map(keys) => {
            let n = keys.iter().position(|(key, _)| key == "url")?;
            let Node::Text(url) = &keys[n].1 else { return None };
            steps.push(Step::Entry(n));
            Some((steps, url.clone()))
        }
        Node::Typed(..) | Node::List(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_asked_for_without_its_place() {
        let of = |written: &str| address(written).map(|(url, place)| (url.to_string(), place));
        let page = |url: &str, place: Option<&str>| Some((url.to_owned(), place.map(str::to_owned)));
        assert_eq!(of("HTTPS://A.example/x#limits"), page("https://a.example/x", Some("limits")));
        assert_eq!(of("//a.example#%C3%BCber"), page("https://a.example/", Some("\u{fc}ber")));
        for nowhere in ["#", "#top", "#:~:text=a", "#!/a", "#/a", "#L10", "#L10-L20", "#page=3"] {
            let written = format!("https://a.example/{nowhere}");
            assert_eq!(of(&written), page("https://a.example/", None), "{nowhere}");
        }
        assert_eq!(of("https://a.example/#Limits"), page("https://a.example/", Some("Limits")));
        for other in ["mailto:a@b.example", "tel:1", "https://", "a.md"] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
