//! A site's own shortcodes whose template is plain: HTML with the arguments and the content put in. One that decides or loops is not
//! known. Knows the template's form, runs nothing.

use std::path::Path;

use crate::import::report::Report;
use crate::import::source::{self, SourceFile};

use super::tags::Tag;

/// What the shortcode `name` of the site in `source` stands for; `inner` is its content.
pub fn expand(source: &Path, name: &str, tag: &Tag, inner: &str) -> Option<String> {
    if name.contains("..") {
        return None;
    }
    let template = ["layouts/shortcodes", "layouts/_shortcodes"].iter().find_map(|folder| {
        let path = format!("{folder}/{name}.html");
        let disk = source.join(&path);
        let is_file = std::fs::symlink_metadata(&disk).is_ok_and(|metadata| metadata.is_file());
        is_file.then(|| source::read(&SourceFile { path, disk }, &mut Report::default())).flatten()
    })?;
    filled(&template, tag, inner)
}

fn filled(template: &str, tag: &Tag, inner: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let (action, after) = after.split_once("}}")?;
        let is_trimmed = action.starts_with('-');
        if is_trimmed {
            out.truncate(out.trim_end().len());
        }
        let action = action.trim_matches(['-', ' ', '\t', '\n']);
        out.push_str(&value(action, tag, inner)?);
        rest = if action.ends_with('-') { after.trim_start() } else { after };
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim_end).filter(|line| !line.is_empty());
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// The value of an action without conditions.
fn value(action: &str, tag: &Tag, inner: &str) -> Option<String> {
    if action.starts_with("/*") && action.ends_with("*/") {
        return Some(String::new());
    }
    let mut parts = action.split('|').map(str::trim);
    let first = parts.next()?.trim_matches(['(', ')']);
    let known = [
        "markdownify",
        "safeHTML",
        "safeURL",
        "htmlEscape",
        "strings.TrimSpace",
        "trim",
        ".Page.RenderString",
        "plainify",
    ];
    if !parts.all(|filter| known.iter().any(|known| filter.starts_with(known))) {
        return None;
    }
    let first = ["markdownify ", "safeHTML ", "$.Page.RenderString ", ".Page.RenderString "]
        .iter()
        .find_map(|filter| first.strip_prefix(filter))
        .unwrap_or(first);
    let first = first.trim_start_matches('$');
    if first == ".Inner" {
        return Some(inner.trim().to_owned());
    }
    let argument = first.strip_prefix(".Get ")?.trim();
    let quoted = argument.strip_prefix(['"', '`']).and_then(|rest| rest.strip_suffix(['"', '`']));
    let found = match (quoted, argument.parse::<usize>()) {
        (Some(name), _) => tag.named(name),
        (None, Ok(n)) => tag.at(n),
        (None, Err(_)) => return None,
    };
    Some(found.unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::filled;
    use crate::import::hugo::tags::tags;

    #[test]
    fn plain_templates_are_filled_and_others_are_not_known() {
        let tag = &tags("{{< box \"red\" id=7 >}}")[0];
        let fill = |template: &str| filled(template, tag, " *x* ");
        assert_eq!(
            fill("{{/* A box. */}}\n<div class=\"{{ .Get 0 }}\" id=\"{{ .Get \"id\" }}\">\n  {{ .Inner | markdownify }}\n</div>\n").as_deref(),
            Some("<div class=\"red\" id=\"7\">\n  *x*\n</div>")
        );
        for template in [
            "{{ if .Inner }}x{{ end }}",
            "{{ partial \"x\" . }}",
            "{{ .Get $x }}",
            "{{ .Inner | replaceRE \"a\" \"b\" }}",
            "{{ x",
        ] {
            assert_eq!(fill(template), None, "{template}");
        }
    }
}
