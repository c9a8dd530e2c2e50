//! Links between notes, `[[note#place|words]]`, and what is shown in its place, `![[picture.png|200]]`. Knows their forms and the vault.

use std::ops::Range;

use percent_encoding::percent_decode_str;

use crate::fields::shortened;
use crate::import::bodies::{Code, Draft, Edit, quoted_text, to_key};
use crate::import::links::has_scheme;
use crate::import::report::Report;
use crate::import::text::Place;

use crate::import::vault::Vault;

/// Endings of files that a page can show as pictures.
const PICTURES: [&str; 9] = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".heic"];

/// A link of a vault.
#[derive(Debug, PartialEq, Eq)]
pub struct WikiLink<'t> {
    pub range: Range<usize>,
    pub is_embed: bool,
    pub target: &'t str,
    /// What follows `#`.
    pub place: Option<&'t str>,
    pub words: Option<&'t str>,
}

/// All of a text that are not code.
pub fn wiki_links<'t>(text: &'t str, code: &Code) -> Vec<WikiLink<'t>> {
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("[[") {
        let start = at + next;
        at = start + 2;
        let Some(end) = text[at..].find("]]").map(|end| at + end) else { break };
        let inner = &text[at..end];
        if code.holds(start) || inner.is_empty() || inner.contains(['\n', '[']) {
            continue;
        }
        let is_embed = text[..start].ends_with('!');
        // In a table the bar is written with a backslash.
        let (target, words) = match inner.split_once('|') {
            Some((target, words)) => (target.strip_suffix('\\').unwrap_or(target), Some(words)),
            None => (inner, None),
        };
        let (target, place) = match target.split_once('#') {
            Some((target, place)) => (target, Some(place)),
            None => (target, None),
        };
        links.push(WikiLink { range: start - usize::from(is_embed)..end + 2, is_embed, target, place, words });
        at = end + 2;
    }
    links
}

/// What a reader sees where the author wrote no words.
fn shown(link: &WikiLink<'_>) -> String {
    match (link.words, link.target.trim(), link.place) {
        (Some(words), _, _) => words.trim().to_owned(),
        (None, "", Some(place)) => place.trim().replace('#', " > "),
        (None, target, Some(place)) => format!("{target} > {}", place.trim().replace('#', " > ")),
        (None, target, None) => target.to_owned(),
    }
}

/// Makes links and pictures of all of them; `from` is the note's path.
pub fn convert(draft: &mut Draft<'_>, from: &str, vault: &Vault, report: &mut Report) {
    let code = Code::of(draft.text());
    let edits = wiki_links(draft.text(), &code)
        .into_iter()
        .map(|link| {
            let place = draft.place(link.range.start);
            Edit::new(link.range.clone(), converted(&link, draft.text(), from, vault, place, report))
        })
        .collect();
    draft.apply(edits);
}

/// Links in Markdown's own form, which lead by name as the others do: `[words](Some%20note#A%20heading)`.
pub fn by_name(draft: &mut Draft<'_>, from: &str, vault: &Vault) {
    let code = Code::of(draft.text());
    let text = draft.text();
    let mut edits = Vec::new();
    for (at, mark) in text.match_indices("](").filter(|(at, _)| !code.holds(*at)) {
        let start = at + mark.len();
        let rest = &text[start..];
        let (written, length) = match rest.strip_prefix('<') {
            Some(inner) => match inner.find(['>', '\n']) {
                Some(end) => (&inner[..end], end + 2),
                None => continue,
            },
            None => {
                let end = rest.find(|c: char| c == ')' || c.is_whitespace()).unwrap_or(rest.len());
                (&rest[..end], end)
            }
        };
        if written.is_empty() || has_scheme(written) || written.starts_with(['#', '/']) {
            continue;
        }
        let (path, place) = match written.split_once('#') {
            Some((path, place)) => (path, Some(place)),
            None => (written, None),
        };
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let path = decoded(path.split('?').next().unwrap_or(path));
        if let Some(note) = vault.note(&path, from) {
            let anchor = place.and_then(|place| note.anchor(&decoded(place))).unwrap_or_default();
            edits.push(Edit::new(start..start + length, to_key(&note.path, &anchor)));
        } else if let Some(path) = vault.file(&path, from) {
            edits
                .push(Edit::new(start..start + length, format!("</{}>", path.replace('<', "%3C").replace('>', "%3E"))));
        }
    }
    draft.apply(edits);
}

fn converted(link: &WikiLink<'_>, text: &str, from: &str, vault: &Vault, place: Place, report: &mut Report) -> String {
    let written = &text[link.range.clone()];
    let own;
    let note = match link.target.trim() {
        "" => vault.note(&format!("/{from}"), from),
        target => {
            own = target;
            vault.note(own, from)
        }
    };
    let is_alone = {
        let line_start = text[..link.range.start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[link.range.end..].find('\n').map_or(text.len(), |end| link.range.end + end);
        text[line_start..link.range.start].trim().is_empty() && text[link.range.end..line_end].trim().is_empty()
    };
    if let Some(note) = note {
        let anchor = link.place.map(|place| note.anchor(place));
        if let (Some(wanted), Some(None)) = (link.place, &anchor)
            && slug_of_title(&note.title) != crate::model::slug(wanted)
        {
            let why = format!("`{}`: the link leads to the beginning of `{}`", shortened(written), note.path);
            report.add(place, "places in notes that are not there", why);
        }
        let is_found = !matches!(anchor, Some(None));
        let destination = to_key(&note.path, &anchor.flatten().unwrap_or_default());
        let words = if link.is_embed && link.words.is_none() { embedded_words(link) } else { shown(link) };
        let written = format!("[{}]({destination})", link_words(&words));
        return match link.is_embed && is_alone {
            true if is_found && note.path != from => format!("!{written}"),
            true => format!("> {written}"),
            false => written,
        };
    }
    if let Some(path) = vault.file(link.target, from) {
        return file(link, path, place, report);
    }
    // Not a link in any vault: the test of a shell.
    if link.target.starts_with(' ') {
        return format!("\\{written}");
    }
    if link.is_embed && link.target.contains('.') {
        let why = format!("`{}` is not in the vault; its name stays", shortened(link.target));
        report.add(place, "files that were not copied", why);
    }
    // A picture's size is not its name.
    let is_size = link.is_embed && link.words.is_some_and(|words| without_size(words) == ("", true));
    quoted_text(&if is_size { link.target.trim().to_owned() } else { shown(link) })
}

fn slug_of_title(title: &str) -> String {
    crate::model::slug(title)
}

fn embedded_words(link: &WikiLink<'_>) -> String {
    let place = link.place.map(|place| format!(" > {}", place.trim())).unwrap_or_default();
    format!("{}{place}", link.target.trim().rsplit('/').next().unwrap_or_default())
}

/// A link to a file, or the picture that it is.
fn file(link: &WikiLink<'_>, path: &str, place: Place, report: &mut Report) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_picture = PICTURES.iter().any(|ending| name.to_lowercase().ends_with(ending));
    let address = format!("</{}>", path.replace('<', "%3C").replace('>', "%3E"));
    if !link.is_embed || !is_picture {
        let words = link.words.map_or(name, str::trim);
        return format!("[{}]({address})", link_words(words));
    }
    let alt = without_size(link.words.unwrap_or_default());
    if alt.1 {
        let why = format!("`{}`: the picture has its own size", shortened(link.words.unwrap_or_default()));
        report.add(place, "sizes of pictures", why);
    }
    format!("![{}]({address})", link_words(alt.0))
}

/// The description of a picture without the size behind it, and whether there was one.
pub fn without_size(words: &str) -> (&str, bool) {
    let is_size = |text: &str| {
        let text = text.trim();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number(text) || text.split_once('x').is_some_and(|(width, height)| is_number(width) && is_number(height))
    };
    match words.rsplit_once('|') {
        Some((alt, size)) if is_size(size) => (alt.trim_end_matches('\\').trim(), true),
        None if is_size(words) => ("", true),
        _ => (words.trim(), false),
    }
}

/// Words of a link: what they hold stays marked, but for brackets.
fn link_words(words: &str) -> String {
    words.replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::{shown, wiki_links, without_size};
    use crate::import::bodies::Code;

    #[test]
    fn links_are_found_with_what_they_show() {
        let text = "[[a]] ![[b.png\\|200]] [[c#d#e|f]] [[#Here]] `[[no]]` [[Note#What's new?]]";
        let links = wiki_links(text, &Code::of(text));
        let words: Vec<String> = links.iter().map(shown).collect();
        assert_eq!(words, ["a", "200", "f", "Here", "Note > What's new?"]);
        assert_eq!(links[1].target, "b.png");
        assert!(links[1].is_embed);
    }

    #[test]
    fn sizes_are_no_descriptions() {
        assert_eq!(without_size("200"), ("", true));
        assert_eq!(without_size("A chart|200x100"), ("A chart", true));
        assert_eq!(without_size("A chart"), ("A chart", false));
    }
}
