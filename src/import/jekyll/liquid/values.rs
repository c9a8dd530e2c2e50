//! What Liquid's outputs print: texts, values of the site and of the page, variables, and filters that leave them one. Knows no tag.

use crate::import::bodies::Remark;

use super::Liquid;

impl Liquid<'_> {
    /// What an output prints: a text or a value of the site, and filters that leave it one.
    pub(super) fn output(&self, expression: &str, at: usize, remarks: &mut Vec<Remark>) -> Option<String> {
        let mut parts = expression.split('|').map(str::trim);
        let mut value = self.value(parts.next()?)?;
        for filter in parts {
            let (name, argument) =
                filter.split_once(':').map_or((filter, ""), |(name, argument)| (name.trim(), argument.trim()));
            value = match name {
                "relative_url" | "absolute_url" | "url" | "asAbsoluteUrl" => from_root(&value),
                "prepend" => format!("{}{value}", self.value(argument)?),
                "append" => format!("{value}{}", self.value(argument)?),
                "markdownify" | "safe" | "default" | "escape" | "xml_escape" | "strip" | "uri_escape"
                | "cgi_escape" | "strip_newlines" => value.trim().to_owned(),
                "downcase" => value.to_lowercase(),
                "upcase" => value.to_uppercase(),
                "remove" => value.replace(&self.value(argument)?, ""),
                // Liquid passes on what a filter that it does not know is given.
                name => {
                    remarks.push((
                        at,
                        "filters that are not known",
                        format!("`{name}`: `{}` stays", crate::fields::shortened(&value)),
                    ));
                    value
                }
            };
        }
        Some(value)
    }

    pub(super) fn value(&self, written: &str) -> Option<String> {
        let written = written.trim();
        for quote in ['"', '\''] {
            if let Some(inner) = written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
                return (!inner.contains(quote)).then(|| inner.to_owned());
            }
        }
        let old = self.around.old;
        match written {
            "site.baseurl" | "site.url" | "site.host" | "site.github.url" | "baseurl" => Some(String::new()),
            "site.title" | "site.name" => old.title.clone(),
            "site.description" => old.description.clone(),
            "page.title" => Some(self.text.title.clone()),
            "page.url" | "page.id" => self.text.addresses.first().cloned(),
            "page.author" => self.text.authors.first().cloned(),
            name => self.variables.borrow().get(name).cloned(),
        }
    }
}

fn from_root(path: &str) -> String {
    if path.starts_with('/') || path.contains("://") { path.to_owned() } else { format!("/{path}") }
}
