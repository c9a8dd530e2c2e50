//! `addresses:` in `site.yaml`: what the addresses of essays are made of. Knows the form; knows no essay.

use jiff::civil::Date;
use serde::Serialize;

use crate::diagnostic::rules;
use crate::fields::{Faults, Fields, Form, shortened};
use crate::model::{UrlPath, nearest, page_address, slug};

use super::fault;

rules! {
    BAD_ADDRESSES = "bad-addresses", error fixed, "`addresses` says no address of an essay", settings "addresses: \"/:year/:month/\"";
}

/// What stands for parts of an essay in the form.
const NAMES: [&str; 5] = ["year", "month", "day", "folders", "slug"];
/// The word for the form that has the folders in it.
const FOLDERS: &str = "folders";
const WITH_FOLDERS: &str = "/essays/:folders/:slug/";

const FORM: Form = Form::of(
    "What addresses of essays are made of: /:year/:month/:slug/, or folders",
    r"folders|/(?:[^?#:\x00-\x1f]|:(?:year|month|day|folders|slug))*:slug(?:[^?#:\x00-\x1f]|:(?:year|month|day|folders|slug))*",
)
.except(r"//|/\.|\./|\.$|\\");

/// The form of the addresses of essays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Addresses(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
enum Part {
    Text(String),
    Year,
    Month,
    Day,
    Folders,
    Slug,
}

/// What of an essay an address may be made of.
#[derive(Clone, Copy, Debug)]
pub struct EssayParts<'a> {
    pub date: Option<Date>,
    /// Between `content/essays` and the essay, with `/` between them.
    pub folders: &'a str,
    /// Its own, or the name of its file.
    pub slug: &'a str,
}

impl Default for Addresses {
    fn default() -> Self {
        Self(vec![Part::Text("/essays/".to_owned()), Part::Slug, Part::Text("/".to_owned())])
    }
}

impl Addresses {
    pub(super) fn read(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Self> {
        let text = fields.takes(FORM).text("addresses", faults)?;
        let form = if text.value == FOLDERS { WITH_FOLDERS } else { &text.value };
        match parsed(form) {
            Ok(addresses) => Some(addresses),
            Err((why, help)) => {
                let message = format!("`addresses`: `{}` {why}", shortened(&text.value));
                faults.push(fault(BAD_ADDRESSES, message, text.spot).help(help));
                None
            }
        }
    }

    /// Whether the folder of an essay is part of its address, and so of its name.
    pub fn have_folders(&self) -> bool {
        self.0.contains(&Part::Folders)
    }

    /// The address of an essay. One without a date, which is an error, has its address without it.
    pub fn of(&self, essay: EssayParts<'_>) -> UrlPath {
        let number = |number: Option<String>| number.unwrap_or_default();
        let text: String = self
            .0
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Year => number(essay.date.map(|date| format!("{:04}", date.year()))),
                Part::Month => number(essay.date.map(|date| format!("{:02}", date.month()))),
                Part::Day => number(essay.date.map(|date| format!("{:02}", date.day()))),
                Part::Folders => essay.folders.split('/').map(slug).collect::<Vec<_>>().join("/"),
                Part::Slug => essay.slug.to_owned(),
            })
            .collect();
        // A part that says nothing is no folder.
        let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty()).collect();
        let slash = if text.ends_with('/') { "/" } else { "" };
        UrlPath::new(["/", &parts.join("/"), slash].concat())
    }
}

/// The parts of `form`; or what is wrong with it, and what to do.
fn parsed(form: &str) -> Result<Addresses, (String, String)> {
    let example = || "write what an address is made of, such as `/:year/:month/:slug/`".to_owned();
    let mut parts = Vec::new();
    for (n, piece) in form.split(':').enumerate() {
        let word = if n == 0 { 0 } else { piece.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(piece.len()) };
        let (name, text) = piece.split_at(word);
        if n > 0 {
            parts.push(match name {
                "year" => Part::Year,
                "month" => Part::Month,
                "day" => Part::Day,
                "folders" => Part::Folders,
                "slug" => Part::Slug,
                other => {
                    let help = nearest(other, NAMES).map_or_else(
                        || format!("there are {}", NAMES.map(|name| format!("`:{name}`")).join(", ")),
                        |near| format!("did you mean `:{near}`?"),
                    );
                    return Err((format!("has `:{}`, which stands for nothing", shortened(other)), help));
                }
            });
        }
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
    }
    if !form.starts_with('/') {
        return Err(("does not begin with `/`".to_owned(), example()));
    }
    if !parts.contains(&Part::Slug) {
        return Err(("gives every essay the same address".to_owned(), "put `:slug` into it".to_owned()));
    }
    // What it makes of an essay is as it is written in a front matter.
    let Ok(sample) = page_address(&form.replace(':', "x")) else {
        return Err(("is not the path of a page".to_owned(), example()));
    };
    if sample.as_str().ends_with('/') && !form.ends_with('/') {
        parts.push(Part::Text("/".to_owned()));
    }
    Ok(Addresses(parts))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{EssayParts, parsed};

    #[test]
    fn an_address_is_made_of_what_an_essay_has() {
        let essay = EssayParts { date: Some(date(2018, 2, 5)), folders: "On Call/2018", slug: "ports" };
        for (form, expected) in [
            ("/:year/:month/:day/:slug/", "/2018/02/05/ports/"),
            ("/:year/:slug", "/2018/ports/"),
            ("/blog/:year-:month/:slug.html", "/blog/2018-02/ports.html"),
            ("/essays/:folders/:slug/", "/essays/on-call/2018/ports/"),
            ("/:slug/", "/ports/"),
        ] {
            assert_eq!(parsed(form).map(|form| form.of(essay).as_str().to_owned()).as_deref(), Ok(expected), "{form}");
        }
        let bare = EssayParts { date: None, folders: "", slug: "ports" };
        assert_eq!(
            parsed("/essays/:folders/:slug/").map(|form| form.of(bare).as_str().to_owned()).as_deref(),
            Ok("/essays/ports/")
        );
        for form in
            ["/:year/:month/", ":slug/", "/:yaer/:slug/", "/:slug/?p=1", "/../:slug/", "//:slug/", "/a/:/:slug/"]
        {
            assert!(parsed(form).is_err(), "{form}");
        }
    }
}
