//! What stands here for keys that the front matter of other programs has. Knows keys, not what they hold.

/// Keys of ours, and those of Hugo, Zola, Jekyll, Astro and Obsidian that mean the same.
const SAME: &[(&str, &[&str])] = &[
    ("summary", &["description", "excerpt", "subtitle", "abstract", "lead", "tldr"]),
    ("updated", &["lastmod", "last_modified_at", "modified", "lastUpdated", "updatedDate", "update_date"]),
    ("date", &["publishDate", "pubDate", "published_at", "created"]),
    ("url", &["permalink", "path"]),
    ("aliases", &["redirect_from", "redirects"]),
    ("image", &["cover", "thumbnail", "featured_image", "hero", "banner"]),
    ("authors", &["by", "byline"]),
];
/// What a text is about, there.
const ABOUT: &[&str] = &["tags", "tag", "categories", "category", "keywords", "topics", "taxonomies"];
/// How it looks, or where it stands.
const LOOKS: &[&str] =
    &["layout", "template", "type", "weight", "order", "toc", "comments", "showToc", "cssclasses", "cssclass"];

/// What to write for `key`, where the keys `known` are.
pub fn instead(key: &str, known: &[&str]) -> Option<String> {
    let has = |key: &str| known.contains(&key);
    let import = "`ninefold import` does so for a whole site";
    if let Some((ours, _)) = SAME.iter().find(|(ours, theirs)| has(ours) && theirs.contains(&key)) {
        return Some(format!("write it as `{ours}`; {import}"));
    }
    if ABOUT.contains(&key) && has("patterns") && has("extra") {
        let help = "what is one of the nine goes into `patterns`, a concept into `concepts`, other words into `extra`";
        return Some(format!("{help}: `extra: {{{key}: […]}}`; {import}"));
    }
    if LOOKS.contains(&key) && has("extra") {
        return Some(format!("leave it out, or give it to the theme: `extra: {{{key}: …}}`"));
    }
    match key {
        "published" if has("draft") => {
            Some("write `draft: true` where the text is not to be published; else leave it out".into())
        }
        "part" if has("series") => Some("write it with the series: `series: {name: …, part: 2}`".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::instead;

    #[test]
    fn only_what_is_known_is_proposed() {
        assert!(instead("description", &["title", "summary"]).is_some_and(|help| help.contains("`summary`")));
        assert_eq!(instead("description", &["title"]), None);
        assert_eq!(instead("colour", &["summary"]), None);
    }
}
