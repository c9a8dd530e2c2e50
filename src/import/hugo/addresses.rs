//! The addresses that Hugo gives to texts. Knows its rules for paths, `slug`, `url` and `permalinks`; reads no file.

use crate::import::dates;
use crate::model::month_name;

use super::paths::as_path;
use super::settings::Settings;

/// The address of the text whose file is at `name` below `content/`, without its ending.
pub fn of(
    name: &str,
    is_section: bool,
    title: &str,
    slug: Option<&str>,
    date: Option<&str>,
    url: Option<String>,
    settings: &Settings,
) -> String {
    if let Some(url) = url {
        let url = if url.starts_with('/') { url } else { format!("/{url}") };
        let is_file = url.rsplit('/').next().is_some_and(|last| last.contains('.'));
        return if is_file || url.ends_with('/') { url } else { format!("{url}/") };
    }
    if name == "home" && is_section {
        return "/".to_owned();
    }
    let section = name.split_once('/').map_or("", |(section, _)| section);
    let form = settings.permalinks.iter().find(|(known, _)| known == section || known == "/" && section.is_empty());
    let path = match form.filter(|_| !is_section) {
        Some((_, form)) => permalink(form, name, title, slug, date),
        None => match slug {
            Some(slug) => name.rsplit_once('/').map_or(slug.to_owned(), |(folder, _)| format!("{folder}/{slug}")),
            None => name.to_owned(),
        },
    };
    let path = as_path(&path, settings.keeps_case);
    let path = path.trim_matches('/');
    if settings.ugly && !is_section { format!("/{path}.html") } else { format!("/{path}/") }
}

/// An alias of the text at `own`: from the root, or beside the text.
pub fn alias(alias: &str, own: &str) -> String {
    let path = match alias.starts_with('/') {
        true => alias.to_owned(),
        false => {
            let parent = own.trim_end_matches('/').rsplit_once('/').map_or("", |(parent, _)| parent);
            crate::model::SourcePath::resolve(parent, alias)
                .map_or_else(|| format!("/{alias}"), |path| format!("/{path}"))
        }
    };
    let is_file = path.ends_with(".html") || path.ends_with(".htm");
    if is_file || path.ends_with('/') { path } else { format!("{path}/") }
}

fn permalink(form: &str, name: &str, title: &str, slug: Option<&str>, date: Option<&str>) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let sections: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let (year, month, day) = date.and_then(dates::parts).unwrap_or(("", "", ""));
    let slugged = |text: &str| as_path(text, false).replace('/', "-");
    let mut path = String::new();
    let mut rest = form;
    while let Some(at) = rest.find(':') {
        path.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let token = &rest[..end];
        rest = &rest[end..];
        let range = rest.strip_prefix('[').and_then(|inner| inner.split_once(']'));
        if let Some((_, after)) = range.filter(|_| token == "sections") {
            rest = after;
        }
        let value = match token {
            "year" => year.to_owned(),
            "month" => month.to_owned(),
            "day" => day.to_owned(),
            "monthname" => month.parse().map_or("", month_name).to_owned(),
            "section" => sections.first().copied().unwrap_or_default().to_owned(),
            "sections" => picked(&sections, range.map(|(range, _)| range)).join("/"),
            "title" => slugged(title),
            "slug" => slug.map_or_else(|| slugged(title), str::to_owned),
            "slugorfilename" | "slugorcontentbasename" => slug.unwrap_or(file).to_owned(),
            "filename" | "contentbasename" => file.to_owned(),
            _ => String::new(),
        };
        path.push_str(&value);
    }
    path.push_str(rest);
    path
}

/// The parts that `[1:]`, `[:1]`, `[last]` or a number names.
fn picked<'s>(sections: &[&'s str], range: Option<&str>) -> Vec<&'s str> {
    let Some(range) = range else { return sections.to_vec() };
    let count = sections.len();
    let index = |text: &str, default: usize| match text {
        "" => default,
        "last" => count.saturating_sub(1),
        text => text.parse().unwrap_or(default),
    };
    let (from, to) = match range.split_once(':') {
        Some((from, to)) => (index(from, 0), index(to, count)),
        None => (index(range, 0), index(range, 0) + 1),
    };
    sections.get(from.min(count)..to.min(count).max(from.min(count))).unwrap_or_default().to_vec()
}

#[cfg(test)]
mod tests {
    use super::{alias, of};
    use crate::import::hugo::settings::Settings;

    #[test]
    fn addresses_follow_each_rule() {
        let settings = |permalinks: &[(&str, &str)]| Settings {
            permalinks: permalinks.iter().map(|(section, form)| ((*section).to_owned(), (*form).to_owned())).collect(),
            ..Settings::default()
        };
        let plain = settings(&[]);
        let date = Some("2021-03-04T09:10:11Z");
        for (name, slug, url, settings, expected) in [
            ("post/My Day", None, None, &plain, "/post/my-day/"),
            ("post/2021/x", Some("quiet-pager"), None, &plain, "/post/2021/quiet-pager/"),
            ("post/x", None, Some("old/x.html"), &plain, "/old/x.html"),
            ("post/x", None, Some("/old/x"), &plain, "/old/x/"),
            ("post/x", None, None, &settings(&[("post", "/:year/:month/:day/:filename/")]), "/2021/03/04/x/"),
            ("post/x", None, None, &settings(&[("post", "/:monthname/:title")]), "/march/a-title/"),
            ("post/a/x", Some("y"), None, &settings(&[("post", "/:sections[1:]/:slugorfilename/")]), "/a/y/"),
        ] {
            let found = of(name, false, "A title", slug, date, url.map(str::to_owned), settings);
            assert_eq!(found, expected, "{name}");
        }
        assert_eq!(alias("old", "/post/x/"), "/post/old/");
        assert_eq!(alias("/a/b.html", "/post/x/"), "/a/b.html");
    }
}
