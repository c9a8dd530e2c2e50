//! Jekyll: a folder with `_config.yml` and `_posts/`; and Eleventy's, where posts stand in `posts/`. Knows their keys and addresses.

mod addresses;
mod kramdown;
mod liquid;
mod permalinks;
mod settings;
mod tags;

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::model::SourceKind;
use crate::yaml::Node;

use super::Each;
use super::bodies::{self, Dialect, Draft, Ids};
use super::common_markdown::plain;
use super::dates;
use super::fields::{self, Fields};
use super::hugo::{MATH, authors, picture, text_asks_for_math};
use super::links::Around;
use super::report::Report;
use super::source::{self, Parted, SourceFile};
use super::text::{Body, Delimiters, FormulaForm, OldSite, Place, Text};
use permalinks::About;
use settings::{Role, Settings};

const DIALECT: Dialect = Dialect {
    ids: Ids::Github,
    term_ids: false,
    definitions: true,
    one_tilde: false,
    more: &["<!--more-->", "<!-- more -->", "<!-- excerpt -->", "<!--excerpt-->", "<!-- excerpt-end -->"],
};
/// Keys of front matter that say how the old theme shows a text, and nothing of the text.
const OF_THE_THEME: [&str; 9] = [
    "layout",
    "comments",
    "sitemap",
    "nav_order",
    "toc",
    "render_with_liquid",
    "hidden",
    "eleventyNavigation",
    "permalink",
];

/// Hands each text to `each`.
pub fn read(source: &Path, each: Each<'_>, report: &mut Report) -> Result<OldSite, Diagnostic> {
    source::folder(source)?;
    let settings = Settings::read(source, report);
    let is_text = |name: &str| [".md", ".markdown", ".mkd", ".html"].iter().any(|ending| name.ends_with(ending));
    for file in source::files(source, source, &is_text, report) {
        let Some(role) = settings.role(&file.path) else { continue };
        let Some(text) = source::read(&file, report) else { continue };
        let parted = source::part(&text, &file.path, report);
        if !parted.has_front && role == Role::Page {
            continue;
        }
        if let Some(text) = text_of(&file, &role, parted, &settings, report) {
            each(text)?;
        }
    }
    Ok(settings.old)
}

fn text_of(
    file: &SourceFile,
    role: &Role,
    parted: Parted<'_>,
    settings: &Settings,
    report: &mut Report,
) -> Option<Text> {
    let place = Place { file: file.path.clone(), line: 1 };
    let whole = Place { line: 0, ..place.clone() };
    let mut front = Fields(parted.front);
    settings.fill(&mut front, &file.path, role);
    let stem = file.stem().rsplit('/').next().unwrap_or_default();
    let in_name = dates::in_name(stem).filter(|(_, rest)| !rest.is_empty());
    let rolled = dates::rolled(stem).filter(|_| role.is_post());
    let without_day = rolled.as_ref().and_then(|_| stem.splitn(4, '-').nth(3));
    let bare = in_name.as_ref().filter(|_| role.is_post()).map_or(without_day.unwrap_or(stem), |(_, rest)| *rest);
    if let Some((what, why)) = left_out(file, role, stem, parted.body) {
        report.add(whole, what, why);
        return None;
    }
    let day_in_name = in_name.as_ref().filter(|_| role.is_post()).map(|(day, _)| day.clone());
    let date = date_of(&mut front, day_in_name, rolled, &place, report);
    let is_essay = role.is_post() || (date.is_some() && matches!(role, Role::Collection(_)));
    let slug = front.text(&["slug"]);
    let mut categories = settings::categories_of_folder(&file.path);
    categories.extend(words_of(&mut front, &["category", "categories"]));
    let tags = words_of(&mut front, &["tag", "tags"]);
    if front.get("permalink").and_then(fields::flag) == Some(false) {
        report.add(whole, "texts that have no page of their own", "`permalink: false`");
        return None;
    }
    let permalink = front.text(&["permalink"]);
    let about = About {
        path: &file.path,
        name: slug.as_deref().unwrap_or(bare),
        categories: &categories,
        date: date.as_deref(),
        permalink: permalink.as_deref(),
    };
    let own = addresses::of(&about, role, settings);
    let kind = if is_essay { SourceKind::Essay } else { SourceKind::Page };
    let own_path = own.trim_matches('/').trim_end_matches(".html").trim_end_matches("/index");
    let called = match kind {
        SourceKind::Essay => slug.as_deref().unwrap_or(bare).to_owned(),
        _ if own_path.is_empty() => bare.to_owned(),
        _ => own_path.to_owned(),
    };
    let mut text = Text::new(kind, place, file.path.as_str(), called);
    text.title = front.text(&["title"]).unwrap_or_else(|| bare.replace(['-', '_'], " "));
    text.also = vec![stem.to_owned(), text.title.clone()];
    text.addresses = [own].into_iter().chain(settings.further_addresses(&about, role)).collect();
    for key in ["redirect_from", "aliases", "alias"] {
        text.addresses.extend(front.texts(key).iter().map(|alias| super::zola::from_root(alias)));
    }
    text.date = date;
    text.updated = front.text(&["last_modified_at", "updated", "modified"]).as_deref().and_then(dates::date);
    text.draft = *role == Role::Draft || front.flag("draft") == Some(true) || front.flag("published") == Some(false);
    source::day_of_file(&mut text, file, report);
    if front.text(&["redirect_to"]).is_some() {
        report.add(whole, "texts that lead elsewhere", "it holds `redirect_to` and no words of its own");
        return None;
    }
    fill(&mut text, &mut front, settings);
    text.tags = vec![("tags".to_owned(), tags), ("categories".to_owned(), categories)];
    text.extra = front.0.into_iter().filter(|(key, _)| key != "excerpt_separator").collect();
    if settings.old.has_emoji {
        text.title = bodies::with_emoji(&text.title);
        text.summary = text.summary.take().map(|summary| bodies::with_emoji(&summary));
    }
    if settings.old.is_kramdown {
        text.formulas.push(Delimiters::new("$$", "$$", FormulaForm::ByPlace));
    }
    if text_asks_for_math(&text.extra) == Some(true) {
        let of_scripts = Delimiters::of_scripts().into_iter();
        text.formulas.extend(of_scripts.filter(|marks| marks.open != "$$" || !settings.old.is_kramdown));
        text.extra.retain(|(key, _)| !MATH.contains(&key.to_lowercase().as_str()));
    }
    bodies::fill(&mut text, parted.body, parted.body_line, file);
    Some(text)
}

/// Why a page is none of the new site's, if that is so: what is counted in the report, and the reason.
fn left_out(file: &SourceFile, role: &Role, stem: &str, body: &str) -> Option<(&'static str, &'static str)> {
    let is_html = file.path.ends_with(".html");
    if *role != Role::Page {
        None
    } else if (is_html || file.path.starts_with("404")) && is_template(body) {
        Some(("pages that are templates", "it holds what the old program runs for lists and layouts"))
    } else if stem == "404" || stem == "500" || (stem == "index" && !file.path.contains('/')) {
        Some(("pages that Ninefold makes itself", "it was left out"))
    } else {
        None
    }
}

/// The date of the front matter, else of the file's name, also where that day is not on the calendar: `rolled`.
fn date_of(
    front: &mut Fields,
    day_in_name: Option<String>,
    rolled: Option<String>,
    place: &Place,
    report: &mut Report,
) -> Option<String> {
    let written = front.text(&["date"]);
    let date = written.as_deref().and_then(dates::date);
    if let (Some(written), None) = (&written, &date) {
        report.add(place.clone(), "dates that can't be read", format!("`date: {written}`"));
    }
    let date = date.or(day_in_name);
    if let (None, Some(day)) = (&date, &rolled) {
        report.add(place.clone(), "dates that are not on the calendar", format!("the name's day was read as {day}"));
    }
    date.or(rolled)
}

/// What the front matter says of the text besides its name, its address and its date.
fn fill(text: &mut Text, front: &mut Fields, settings: &Settings) {
    text.more = front.text(&["excerpt_separator"]).filter(|mark| !mark.trim().is_empty());
    text.summary = front.text(&["excerpt", "summary", "description", "subtitle"]).map(|summary| plain(&summary));
    text.summary = text.summary.take().filter(|summary| !summary.contains("{{") && !summary.contains("{%"));
    text.authors = authors(front).into_iter().map(|name| settings.author(&name)).collect();
    text.picture = picture(front);
    for key in OF_THE_THEME {
        front.take(key);
    }
}

/// Words of the lists under `keys`.
fn words_of(front: &mut Fields, keys: &[&str]) -> Vec<String> {
    keys.iter().filter_map(|key| front.take(key)).flat_map(|node| words(&node)).collect()
}

/// Words of a list; a text is a list whose words are parted by spaces, or by commas.
fn words(node: &Node) -> Vec<String> {
    match node {
        Node::Text(text) if text.contains(',') => text.split(',').map(|word| word.trim().to_owned()).collect(),
        Node::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
        other => fields::texts(other),
    }
}

/// Whether a page decides or loops.
fn is_template(body: &str) -> bool {
    tags::tags(body)
        .iter()
        .any(|tag| matches!(tag.name.as_str(), "for" | "if" | "unless" | "case" | "assign" | "capture"))
}

/// The body as Markdown of ours.
pub fn body(source: &Path, text: &Text, around: &Around<'_>, report: &mut Report) -> Body {
    let mut draft = Draft::new(text);
    liquid::run(&mut draft, source, text, around, report);
    if around.old.is_kramdown {
        kramdown::read(&mut draft, report);
    }
    bodies::finish(draft, &DIALECT, text, around, report)
}
