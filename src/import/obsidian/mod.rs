//! Obsidian and Quartz: a folder of notes that link to one another by name.

mod history;
mod links;
mod marks;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use jiff::Timestamp;

use crate::diagnostic::Diagnostic;
use crate::model::SourceKind;
use crate::yaml::{Node, Scalar};

use super::Each;
use super::bodies::{self, Code, Dialect, Draft, Edit, Ids};
use super::common_markdown::plain;
use super::dates;
use super::fields::Fields;
use super::links::Around;
use super::report::Report;
use super::source::{self, SourceFile};
use super::text::{Body, OldSite, Picture, Place, Text};
use super::vault::{self, Vault};

const DIALECT: Dialect = Dialect { ids: Ids::Slug, term_ids: false, definitions: false, one_tilde: false, more: &[] };
/// Keys that say how a note looks there.
const OF_THE_PROGRAM: [&str; 6] = ["cssclass", "cssclasses", "publish", "banner", "kanban-plugin", "excalidraw-plugin"];

/// A note that was read.
struct Read {
    file: SourceFile,
    front: Fields,
    body: String,
    body_line: usize,
    title: String,
    aliases: Vec<String>,
}

/// Hands each note to `each`.
pub fn read(source: &Path, each: Each<'_>, report: &mut Report) -> Result<OldSite, Diagnostic> {
    source::folder(source)?;
    // Of a site that Quartz makes, the notes are in a folder.
    let is_quartz = source.join("quartz.config.ts").is_file() || source.join("quartz.config.js").is_file();
    let root = if is_quartz { source.join("content") } else { source.to_owned() };
    let mut vault = Vault::default();
    let mut notes = Vec::new();
    for file in source::files(&root, &root, &|_| true, report) {
        if !file.name().to_lowercase().ends_with(".md") {
            vault.add_file(&file.path);
            continue;
        }
        let Some(text) = source::read(&file, report) else { continue };
        let note = note(file, &text, report);
        vault.add_note(&note.file.path, &note.title, &note.aliases, &note.body);
        notes.push(note);
    }
    tell_unwritten(&notes, &vault, report);
    let days = history::first_days(&root);
    for note in notes {
        each(text_of(note, is_quartz, &days, report))?;
    }
    let quartz = if is_quartz { settings(source) } else { BTreeMap::new() };
    Ok(OldSite {
        title: quartz.get("pageTitle").cloned(),
        base_url: quartz.get("baseUrl").map(|url| format!("https://{}", url.trim_end_matches('/'))),
        statics: vec![root],
        vault,
        ..OldSite::default()
    })
}

/// What Quartz is set to: `pageTitle: "..."`, `baseUrl: "..."`.
fn settings(source: &Path) -> BTreeMap<&'static str, String> {
    let text =
        ["quartz.config.ts", "quartz.config.js"].iter().find_map(|name| fs::read_to_string(source.join(name)).ok());
    let text = text.unwrap_or_default();
    let value = |key: &'static str| {
        let rest = text.split_once(key)?.1.trim_start().strip_prefix(':')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        Some((key, rest[1..].split(quote).next()?.to_owned()))
    };
    ["pageTitle", "baseUrl"].into_iter().filter_map(value).collect()
}

fn note(file: SourceFile, text: &str, report: &mut Report) -> Read {
    let parted = source::part(text, &file.path, report);
    let mut front = Fields(parted.front);
    let (mut body, mut body_line) = (parted.body.to_owned(), parted.body_line);
    let file_name = vault::stem(&file.path).rsplit('/').next().unwrap_or_default();
    let own = front.text(&["title"]);
    // The first heading is the title, where it stands before all else.
    let (heading, rest) = first_heading(&body);
    let title = match (own, heading) {
        (Some(own), Some(heading)) if own.trim() == heading.trim() => {
            body_line += body[..body.len() - rest.len()].matches('\n').count();
            body = rest.to_owned();
            own
        }
        (Some(own), _) => own,
        (None, Some(heading)) => {
            let heading = heading.to_owned();
            body_line += body[..body.len() - rest.len()].matches('\n').count();
            body = rest.to_owned();
            plain(&heading)
        }
        (None, None) => file_name.to_owned(),
    };
    let mut aliases = front.texts("aliases");
    aliases.extend(front.texts("alias"));
    Read { file, front, body, body_line, title, aliases }
}

/// The words of a heading of the first level that begins the text, and what follows it.
fn first_heading(body: &str) -> (Option<&str>, &str) {
    let text = body.trim_start();
    let Some(rest) = text.strip_prefix("# ") else { return (None, body) };
    let (line, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let line = line.trim().trim_end_matches('#').trim();
    // One with a link in it is more than a title.
    if line.is_empty() || line.contains("[[") { (None, body) } else { (Some(line), rest) }
}

/// Names that notes link to and nobody has written: one line for each, with how often.
fn tell_unwritten(notes: &[Read], vault: &Vault, report: &mut Report) {
    let mut found: BTreeMap<String, (Place, usize)> = BTreeMap::new();
    for note in notes {
        let code = Code::of(&note.body);
        for link in links::wiki_links(&note.body, &code) {
            let target = link.target.trim();
            let is_known = target.is_empty()
                || link.target.starts_with(' ')
                || vault.note(target, &note.file.path).is_some()
                || vault.file(target, &note.file.path).is_some();
            if is_known || link.is_embed {
                continue;
            }
            let line = note.body_line + note.body[..link.range.start].matches('\n').count();
            let place = Place { file: note.file.path.clone(), line };
            found.entry(target.to_lowercase()).or_insert((place, 0)).1 += 1;
        }
    }
    for (target, (place, count)) in found {
        let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        report.add(place, "notes that nobody wrote", format!("`{target}`: its words stay, in {places}"));
    }
}

fn text_of(note: Read, is_quartz: bool, days: &HashMap<String, String>, report: &mut Report) -> Text {
    let Read { file, mut front, body, body_line, title, aliases } = note;
    let place = Place { file: file.path.clone(), line: 1 };
    let stem = vault::stem(&file.path);
    let name = match stem.rsplit('/').next().unwrap_or(stem) {
        // The note of a folder is called as that is.
        "index" => vault::folder(&file.path).rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("home"),
        name => name,
    };
    let mut text = Text::new(SourceKind::Essay, place.clone(), file.path.as_str(), name);
    text.folder = file.folder();
    text.also = aliases.iter().cloned().chain([title.clone()]).collect();
    text.title = title;
    let permalink = front.text(&["permalink"]).map(|path| format!("/{}/", path.trim_matches('/')));
    let permalink = permalink.filter(|path| path != "//");
    text.addresses = permalink.into_iter().chain([old_address(stem, is_quartz)]).collect();
    text.date = date(&mut front, &file, name, days, report);
    text.updated =
        front.text(&["updated", "modified", "date modified", "last modified"]).as_deref().and_then(dates::date);
    let is_hidden = front.flag("publish") == Some(false);
    text.draft = front.flag("draft").unwrap_or(false) || is_hidden;
    text.summary = front.text(&["description", "summary"]);
    for key in ["author", "authors"] {
        text.authors.extend(front.texts(key));
    }
    let mut tags = front.texts("tags");
    tags.extend(front.texts("tag"));
    let split =
        |tag: &String| tag.split([',', ' ']).map(|tag| tag.trim_start_matches('#').to_owned()).collect::<Vec<_>>();
    let mut tags: Vec<String> = tags.iter().flat_map(split).filter(|tag| !tag.is_empty()).collect();
    tags.extend(marks::tags(&body));
    if !tags.is_empty() {
        text.tags.push(("tags".to_owned(), tags));
    }
    text.picture = front.text(&["image", "cover", "socialImage"]).map(|path| Picture { path, alt: None });
    for key in OF_THE_PROGRAM {
        front.take(key);
    }
    let mut extra = front.0;
    for (key, value) in marks::fields(&body) {
        if !extra.iter().any(|(known, _)| *known == key) {
            extra.push((key, Node::Text(value)));
        }
    }
    text.extra = extra;
    if body.contains("$$") {
        text.front.push(("math".to_owned(), Node::Typed(Scalar::Bool(true), "true".to_owned())));
    }
    text.body = body;
    text.body_line = body_line;
    text
}

/// The path at which the note was shown: as Quartz makes it, or as Obsidian Publish does.
fn old_address(stem: &str, is_quartz: bool) -> String {
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    match is_quartz {
        true => format!(
            "/{}",
            stem.replace(' ', "-").replace('&', "-and-").replace('%', "-percent").replace(['?', '#'], "")
        ),
        false => format!("/{}", stem.replace(' ', "+")),
    }
}

/// When a note was written: by its front matter, by its name, else by its first commit or its file, which is reported.
fn date(
    front: &mut Fields,
    file: &SourceFile,
    name: &str,
    days: &HashMap<String, String>,
    report: &mut Report,
) -> Option<String> {
    const KEYS: [&str; 8] =
        ["date", "created", "date created", "created_at", "creation date", "published", "publish date", "publishDate"];
    let place = || Place { file: file.path.clone(), line: 1 };
    if let Some(written) = front.text(&KEYS) {
        if let Some(date) = dates::date(&written) {
            return Some(date);
        }
        report.add(place(), "dates that can't be read", format!("`{written}`"));
    }
    if let Some((date, _)) = dates::in_name(name) {
        return Some(date);
    }
    if let Some(day) = days.get(&file.path) {
        report.add(place(), "notes without a date", format!("{day}, the day of its first commit"));
        return Some(day.clone());
    }
    let modified = fs::metadata(&file.disk).and_then(|metadata| metadata.modified()).ok()?;
    let date = Timestamp::try_from(modified).ok()?.to_zoned_datetime(jiff::tz::TimeZone::UTC).date().to_string();
    report.add(place(), "notes without a date", format!("{date}, when its file was last changed"));
    Some(date)
}

/// The body as Markdown of ours.
pub fn body(text: &Text, around: &Around<'_>, report: &mut Report) -> Body {
    let mut draft = Draft::new(text);
    marks::without_comments(&mut draft, report);
    marks::callouts(&mut draft, report);
    marks::notes(&mut draft);
    marks::blocks(&mut draft, around);
    links::convert(&mut draft, &text.place.file, &around.old.vault, report);
    links::by_name(&mut draft, &text.place.file, &around.old.vault);
    sizes(&mut draft, report);
    marks::highlights(&mut draft);
    bodies::finish(draft, &DIALECT, text, around, report)
}

/// Sizes behind the description of a picture: `![words|200](picture.png)`.
fn sizes(draft: &mut Draft<'_>, report: &mut Report) {
    let code = Code::of(draft.text());
    let text = draft.text();
    let mut edits = Vec::new();
    for (at, _) in text.match_indices("![").filter(|(at, _)| !code.holds(*at)) {
        let rest = &text[at + 2..];
        let Some(end) = rest.find("](").filter(|end| !rest[..*end].contains('\n')) else { continue };
        let (alt, has_size) = links::without_size(&rest[..end]);
        if has_size {
            report.add(draft.place(at), "sizes of pictures", "the picture has its own size");
            edits.push(Edit::new(at + 2..at + 2 + end, alt));
        }
    }
    draft.apply(edits);
}
