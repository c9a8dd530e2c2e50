//! The destination of one reference, led to where a document is after a change. Knows one destination as it is written; finds
//! none and reads no text.

use percent_encoding::utf8_percent_encode;

use crate::assemble::Assembled;
use crate::link::Link;
use crate::model::{PATH, SourceKind, below, nfc, undone};
use crate::outline::{Document, Form, Named, Reference, Target, Terms, id_and_anchor, unescaped};

use super::moved::Moved;
use super::path;

/// What of a site one reference is read with.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    pub assembled: &'a Assembled,
    /// The document that it stands in.
    pub from: &'a Document,
    pub reference: &'a Reference,
    pub link: &'a Link,
}

impl Moved<'_> {
    /// Whether the reference names the document, or something of it.
    pub fn is_meant(&self, of: Of<'_>) -> bool {
        match &of.reference.target {
            Target::Concept(named) => self.is_called(SourceKind::Concept, &named.id) || self.is_in(named),
            Target::Pattern(named) => self.is_in(named),
            Target::Incident(name) => self.is_called(SourceKind::Incident, id_and_anchor(name).0),
            _ => match of.link {
                Link::Page { doc, .. } => *doc == self.doc,
                Link::File(url) | Link::Path { url, .. } => {
                    self.url_after(url.as_str()).is_some() || self.is_beside(url.as_str())
                }
                // Of a place that is not there, on a page that is.
                Link::Broken => self.is_named(of),
                Link::Here(anchor) => of.from.path == self.before.path && self.after.anchors.contains_key(anchor),
                Link::Outside(_) => false,
            },
        }
    }

    /// The destination that is `written` so, as it has to be written; none if it stays.
    pub fn led(&self, written: &str, form: Form, of: Of<'_>) -> Option<String> {
        let plain = unescaped(written, form);
        let led = match &of.reference.target {
            Target::Concept(_) => self.named(&plain, SourceKind::Concept),
            Target::Pattern(_) => self.named(&plain, SourceKind::Pattern),
            Target::Incident(_) => self.named(&plain, SourceKind::Incident),
            Target::Wiki { .. } => self.wiki(&plain, of.assembled).unwrap_or_else(|| plain.clone()),
            Target::Relative { .. } => self.relative(&plain, of.from).unwrap_or_else(|| plain.clone()),
            Target::Site { .. } => self.site(&plain, of).unwrap_or_else(|| plain.clone()),
            Target::Here(_) => plain.clone(),
            Target::Outside(_) | Target::Refused(_) | Target::Empty => return None,
        };
        let led = self.place(led, of.link);
        (led != plain).then(|| if plain == written { led } else { escaped(&led, form) })
    }

    pub fn is_called(&self, kind: SourceKind, name: &str) -> bool {
        self.kind() == kind && *nfc(name) == *self.before.id
    }

    /// The destination with the place as it is called on the other page.
    fn place(&self, led: String, link: &Link) -> String {
        let (Link::Page { anchor: Some(anchor), .. } | Link::Here(anchor)) = link else { return led };
        match self.after.anchors.get(anchor) {
            Some(after) => with_anchor(&led, after).unwrap_or(led),
            None => led,
        }
    }

    /// Whether a link that leads nowhere names it by its form.
    fn is_named(&self, of: Of<'_>) -> bool {
        match &of.reference.target {
            Target::Relative { path, .. } => path::leads_to(path, of.from.path.folder(), &self.before.path),
            Target::Site { path, .. } => self.url_after(path).is_some(),
            Target::Wiki { name, .. } => *name == self.before.id,
            _ => false,
        }
    }

    /// Whether the words of a reference are said to speak of it.
    fn is_in(&self, named: &Named) -> bool {
        let terms = named.query.as_deref().and_then(|query| Terms::parse(query).ok());
        let incidents = terms.and_then(|terms| terms.incidents).unwrap_or_default();
        incidents.iter().any(|id| self.is_called(SourceKind::Incident, id))
    }

    /// Whether a page shows it beside another incident.
    fn is_beside(&self, url: &str) -> bool {
        let name = url.trim_end_matches('/').rsplit_once("/with/").map(|(_, name)| name);
        name.is_some_and(|name| self.is_called(SourceKind::Incident, name))
    }

    /// `concept:slack?in=a,b#use`: the name after the scheme, and those in the query.
    fn named(&self, text: &str, kind: SourceKind) -> String {
        let (scheme, rest) = text.split_at(text.find(':').map_or(0, |colon| colon + 1));
        let signs: &[char] = if kind == SourceKind::Incident { &['#'] } else { &['#', '?'] };
        let (name, mut rest) = rest.split_at(rest.find(signs).unwrap_or(rest.len()));
        let name = if self.is_called(kind, name) { &self.after.id } else { name };
        let mut led = [scheme, name].concat();
        while !rest.is_empty() {
            let end = rest[1..].find(signs).map_or(rest.len(), |end| end + 1);
            match rest[..end].strip_prefix('?') {
                Some(query) => led = [&led, "?", &self.query(query)].concat(),
                None => led.push_str(&rest[..end]),
            }
            rest = &rest[end..];
        }
        led
    }

    fn query(&self, query: &str) -> String {
        let part = |part: &str| match part.strip_prefix("in=") {
            Some(ids) => ["in=", &self.ids(ids)].concat(),
            None => part.to_owned(),
        };
        query.split('&').map(part).collect::<Vec<_>>().join("&")
    }

    /// Names of incidents with commas between them; one that stands there already is not repeated.
    pub fn ids(&self, ids: &str) -> String {
        let mut out: Vec<String> = Vec::new();
        for id in ids.split(',') {
            let name = id.trim();
            if !self.is_called(SourceKind::Incident, name) {
                out.push(id.to_owned());
            } else if ids.split(',').all(|other| *nfc(other.trim()) != *self.after.id) {
                out.push(id.replace(name, &self.after.id));
            }
        }
        out.join(",")
    }

    /// `[[folder/name.md#place]]`. A title goes on meaning the document that has it.
    fn wiki(&self, text: &str, assembled: &Assembled) -> Option<String> {
        let (name, anchor) = text.split_at(text.find('#').unwrap_or(text.len()));
        let inner = name.trim();
        let stem = inner.strip_suffix(".md").unwrap_or(inner);
        let (folders, last) = stem.rsplit_once('/').map_or((None, stem), |(folders, last)| (Some(folders), last));
        let own = self.before.id.rsplit('/').next().unwrap_or_default();
        // Whoever writes the title in its own letters means that, also where it is the name in others.
        let is_title = undone(stem).to_lowercase() == nfc(self.before.title()).to_lowercase() && stem != own;
        let is_by_name = undone(last).to_lowercase() == own.to_lowercase() && !is_title;
        if !is_by_name && !self.after.is_merged {
            return None;
        }
        let new = self.after.id.rsplit('/').next().unwrap_or_default();
        let name = match folders {
            Some(folders) if !self.after.is_merged => format!("{folders}/{new}"),
            None if self.is_only(new, assembled) => new.to_owned(),
            _ => format!("{}/{}", self.kind().folder(), self.after.id),
        };
        let renamed = [&name, &inner[stem.len()..]].concat();
        let at = text.len() - text.trim_start().len();
        Some([&text[..at], &renamed, &text[at + inner.len()..text.len() - anchor.len()], anchor].concat())
    }

    /// Whether no other document has this name or title.
    fn is_only(&self, name: &str, assembled: &Assembled) -> bool {
        let name = name.to_lowercase();
        assembled.site.documents().iter().enumerate().all(|(n, other)| {
            let is_other = n != self.doc.index() && other.path != self.after.path;
            let last = other.id.rsplit('/').next().unwrap_or_default();
            !is_other || (last.to_lowercase() != name && nfc(other.title()).to_lowercase() != name)
        })
    }

    fn relative(&self, text: &str, from: &Document) -> Option<String> {
        let (path, rest) = text.split_at(text.find(['#', '?']).unwrap_or(text.len()));
        let led = path::led(path, from.path.folder(), &self.before.path, &self.after.path)?;
        Some([&led, rest].concat())
    }

    /// An address of the site, from its root or with its host.
    fn site(&self, text: &str, of: Of<'_>) -> Option<String> {
        let site = of.from.settings.site.as_deref();
        let path = if text.starts_with('/') && !text.starts_with("//") { text } else { below(text, site?)? };
        let (host, path) = text.split_at(text.len() - path.len());
        let (path, rest) = path.split_at(path.find(['#', '?']).unwrap_or(path.len()));
        let led = self.address(path)?;
        Some([host, &led, rest].concat())
    }

    /// The address that is `written` so, as it is afterwards. Old addresses go on leading there.
    pub fn address(&self, written: &str) -> Option<String> {
        let read = undone(written);
        let is_own = read.trim_end_matches('/') == self.url.as_str().trim_end_matches('/');
        let led = if is_own { self.url_after(self.url.as_str()) } else { self.url_after(&read) };
        let led = led.or_else(|| self.is_beside(&read).then(|| self.beside(&read)))?;
        let led = if written.ends_with('/') || !is_own { &led } else { led.trim_end_matches('/') };
        Some(if written.contains('%') { utf8_percent_encode(led, PATH).to_string() } else { led.to_owned() })
    }

    fn beside(&self, url: &str) -> String {
        let (first, name) = url.rsplit_once("/with/").unwrap_or((url, ""));
        let slash = if name.ends_with('/') { "/" } else { "" };
        [first, "/with/", &self.after.id, slash].concat()
    }
}

/// A destination with another place: what follows the sign, up to a query where the place stands before that.
pub fn with_anchor(written: &str, anchor: &str) -> Option<String> {
    let at = written.find('#')? + 1;
    let end = match written[..at].contains(':') {
        true => written[at..].find('?').map_or(written.len(), |end| at + end),
        false => written.len(),
    };
    Some([&written[..at], anchor, &written[end..]].concat())
}

/// `text` with the marks that its form needs for signs that would mean something else.
fn escaped(text: &str, form: Form) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match (form, c) {
            (Form::Attribute, '&') | (Form::Plain | Form::Angled, '&') => out.push_str("&amp;"),
            (Form::Attribute, '"') => out.push_str("&quot;"),
            (Form::Attribute, '\'') => out.push_str("&#39;"),
            (Form::Plain, '\\' | '(' | ')' | '<') | (Form::Angled, '\\' | '<' | '>') => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
