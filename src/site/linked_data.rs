//! What a page says of itself to machines: the words of schema.org, as JSON-LD. Knows documents and addresses, no template.

use serde_json::{Map, Value, json};

use crate::index::essay_date;
use crate::model::{DocId, Pattern, UrlPath, When};
use crate::outline::{EssayFront, Front, IncidentFront};

use super::view::Meta;
use super::{Site, pattern_url};

/// Works that one essay cites at most.
const CITATIONS: usize = 30;

impl Site {
    /// The page's data as text that may stand in a `<script>`; none for pages that are but lists.
    pub(super) fn linked_data(&self, page: &Meta, doc: Option<DocId>) -> Option<String> {
        let front = doc.map(|doc| &self.document(doc).front);
        let subject = match (page.kind, doc, front) {
            ("home", ..) => Some(self.website(page)),
            ("essay", Some(doc), Some(Front::Essay(front))) => Some(self.article(page, doc, front)),
            ("pattern", Some(_), _) => Some(self.term(page, "/patterns/", "The nine patterns", &[])),
            ("concept", _, Some(Front::Concept(front))) => {
                Some(self.term(page, "/concepts/", "Concepts", &front.aliases))
            }
            _ => None,
        };
        let graph: Vec<Value> = subject.into_iter().chain(self.trail(page)).collect();
        (!graph.is_empty()).then(|| for_script(&json!({"@context": "https://schema.org", "@graph": graph})))
    }

    fn website(&self, page: &Meta) -> Value {
        let mut site = self.named("WebSite", &self.config.title, &page.canonical);
        put(&mut site, "description", self.config.description.clone());
        site.insert("inLanguage".to_owned(), self.config.language.clone().into());
        Value::Object(site)
    }

    fn article(&self, page: &Meta, doc: DocId, front: &EssayFront) -> Value {
        let document = self.document(doc);
        let tags = &self.linked.tags[doc.index()];
        let mut article = self.named("Article", &page.title, &page.canonical);
        if let Some(title) = article.remove("name") {
            article.insert("headline".to_owned(), title);
        }
        put(&mut article, "description", page.description.clone());
        put(&mut article, "image", page.image.as_ref().map(|image| image.url.clone()));
        put(&mut article, "datePublished", essay_date(document).map(When::machine));
        put(&mut article, "dateModified", front.updated.as_ref().or(essay_date(document)).map(When::machine));
        article.insert("inLanguage".to_owned(), self.config.language.clone().into());
        article.insert("wordCount".to_owned(), document.words.into());
        let home = self.config.base_url.absolute(&UrlPath::home());
        article.insert("isPartOf".to_owned(), self.named("WebSite", &self.config.title, &home).into());
        let authors: Vec<Value> =
            self.authors(front).into_iter().map(|name| json!({"@type": "Person", "name": name})).collect();
        put_list(&mut article, "author", authors);
        let patterns = tags.patterns.iter().map(|pattern| self.pattern_term(*pattern));
        let concepts = tags.concepts.iter().filter(|doc| self.linked.is_published(**doc)).map(|doc| {
            let url = self.config.base_url.absolute(self.url(*doc));
            Value::Object(self.named("DefinedTerm", self.document(*doc).title(), &url))
        });
        put_list(&mut article, "about", patterns.chain(concepts).collect());
        let incidents: Vec<DocId> =
            tags.incidents.iter().copied().filter(|doc| self.linked.is_published(*doc)).collect();
        let works = incidents.iter().flat_map(|doc| self.works(*doc));
        put_list(&mut article, "citation", works.take(CITATIONS).collect());
        Value::Object(article)
    }

    fn pattern_term(&self, pattern: Pattern) -> Value {
        let url = self.config.base_url.absolute(&pattern_url(pattern));
        Value::Object(self.named("DefinedTerm", &self.pattern_tag(pattern).name, &url))
    }

    /// An incident's page and what was published about it.
    fn works(&self, doc: DocId) -> Vec<Value> {
        let document = self.document(doc);
        let url = self.config.base_url.absolute(self.url(doc));
        let mut works = vec![Value::Object(self.named("WebPage", document.title(), &url))];
        let Front::Incident(front) = &document.front else { return works };
        let front: &IncidentFront = front;
        works.extend(front.sources.iter().map(|source| {
            let mut work = Map::from_iter([
                ("@type".to_owned(), "CreativeWork".into()),
                ("name".to_owned(), source.title.clone().into()),
            ]);
            put(&mut work, "url", source.url.clone());
            put(&mut work, "datePublished", source.published.as_ref().map(When::machine));
            if let Some(author) = &source.author {
                work.insert("author".to_owned(), json!({"@type": "Person", "name": author}));
            }
            Value::Object(work)
        }));
        works
    }

    fn term(&self, page: &Meta, set: &str, set_name: &str, aliases: &[String]) -> Value {
        let mut term = self.named("DefinedTerm", &page.title, &page.canonical);
        put(&mut term, "description", page.description.clone());
        put_list(&mut term, "alternateName", aliases.iter().map(|alias| alias.clone().into()).collect());
        let set = self.config.base_url.absolute(&UrlPath::new(set));
        term.insert("inDefinedTermSet".to_owned(), self.named("DefinedTermSet", set_name, &set).into());
        Value::Object(term)
    }

    /// The way from the front page to a page below a list.
    fn trail(&self, page: &Meta) -> Option<Value> {
        let (path, list) = match page.section.as_deref()? {
            "essays" => ("/essays/", "Essays"),
            "patterns" => ("/patterns/", "Patterns"),
            "concepts" => ("/concepts/", "Concepts"),
            "incidents" => ("/incidents/", "Incidents"),
            _ => return None,
        };
        let list_url = self.config.base_url.absolute(&UrlPath::new(path));
        if matches!(page.kind, "essays" | "patterns" | "concepts" | "incidents") {
            return None;
        }
        let home = self.config.base_url.absolute(&UrlPath::home());
        let steps = [(self.config.title.as_str(), &home), (list, &list_url), (page.title.as_str(), &page.canonical)];
        let steps: Vec<Value> = (1..)
            .zip(steps)
            .map(|(n, (name, url))| json!({"@type": "ListItem", "position": n, "name": name, "item": url}))
            .collect();
        Some(json!({"@type": "BreadcrumbList", "itemListElement": steps}))
    }

    fn named(&self, kind: &str, name: &str, url: &str) -> Map<String, Value> {
        Map::from_iter([
            ("@type".to_owned(), kind.into()),
            ("name".to_owned(), name.into()),
            ("url".to_owned(), url.into()),
        ])
    }
}

fn put(into: &mut Map<String, Value>, key: &str, value: Option<String>) {
    if let Some(value) = value {
        into.insert(key.to_owned(), value.into());
    }
}

fn put_list(into: &mut Map<String, Value>, key: &str, values: Vec<Value>) {
    if !values.is_empty() {
        into.insert(key.to_owned(), values.into());
    }
}

/// JSON in which nothing can end a `<script>` or begin a comment (HTML, restrictions for contents of script elements).
fn for_script(value: &Value) -> String {
    // Plain values always serialise.
    let text = serde_json::to_string(value).unwrap_or_default();
    let mut safe = String::with_capacity(text.len() + 64);
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['<', '>', '&']) {
        safe.push_str(&rest[..at]);
        safe.push_str(match rest.as_bytes()[at] {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            _ => "\\u0026",
        });
        rest = &rest[at + 1..];
    }
    safe.push_str(rest);
    safe
}
