//! A theme's templates, parsed once. Knows Tera and puts its errors in our form; knows no page.

mod filters;
pub mod folded;
mod marked;
mod say;

use std::sync::{Arc, OnceLock};

use tera::{Context, ErrorKind, Tera, Value};

use crate::diagnostic::{Diagnostic, rules};
use crate::load::{ThemeFile, ThemeFiles};
use crate::model::{Hash, SourcePath, Span, nearest};
use crate::site::CARD_MARKS;
use crate::site::CARD_TEMPLATE;
use crate::site::view::{HtmlView, SocialCard};
use crate::words::Words;

use super::card::{self, CardData, Fonts};
use super::common::Common;
use folded::{Templates, folded};

rules! {
    TEMPLATE = "template", error fixed, "a template of the theme has a fault";
}

/// Templates ready to render.
pub struct Theme {
    tera: Tera,
    files: ThemeFiles,
    /// Its templates with their words in place.
    templates: Templates,
    hash: Hash,
    fonts: OnceLock<Fonts>,
    common: Common,
}

impl Theme {
    /// Parses all templates. A template that can't be read is an error with its line.
    pub fn new(files: &ThemeFiles) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let with_words = |(name, file): (&String, &ThemeFile<String>)| {
            (name.clone(), folded(&file.content, &file.path, &files.words, &mut faults))
        };
        let templates: Templates = files.templates.iter().map(with_words).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let texts = templates.iter().flat_map(|(name, folded)| [name.as_bytes(), folded.text.as_bytes()]);
        let hash = Hash::of_parts(&texts.collect::<Vec<_>>());
        let hash = Hash::of_value(&(hash, files.words.hash()));
        let mut theme = Self {
            tera: Tera::default(),
            files: files.clone(),
            templates,
            hash,
            fonts: OnceLock::new(),
            common: Common::default(),
        };
        theme.tera.autoescape_on(vec![".html", ".svg"]);
        theme.tera.register_filter("default", filters::default);
        theme.tera.register_filter("round", filters::round);
        theme.tera.register_filter("plain", marked::plain);
        say::register(&mut theme.tera, &files.words);
        let templates: Vec<(&str, &str)> =
            theme.templates.iter().map(|(name, folded)| (name.as_str(), folded.text.as_str())).collect();
        match theme.tera.add_raw_templates(templates) {
            Ok(()) => Ok(theme),
            Err(error) => match error.kind() {
                ErrorKind::Msg(drawing) => Err(theme.unknown_names(drawing)),
                _ => Err(vec![theme.diagnostic(&error, None)]),
            },
        }
    }

    /// The words of the site's language.
    pub fn words(&self) -> &Arc<Words> {
        &self.files.words
    }

    /// What templates and words hash to: part of every page's key.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Renders a page around its body: HTML in UTF-8.
    pub fn render(&self, page: &HtmlView, body: &str) -> Result<Vec<u8>, Diagnostic> {
        let fail = |error: &tera::Error| self.diagnostic(error, Some(page));
        let mut context = marked::context(page).map_err(|error| fail(&error))?;
        let (site, common) = self.common.of(&self.tera, page).map_err(|error| self.diagnostic(&error, None))?;
        context.insert_value("site", site);
        context.insert_value("common", common);
        context.insert("page", &page.page);
        // HTML already: templates may say `safe` of it or not.
        context.insert_value("body", Value::safe_string(body));
        // Room for the page from the first: it would else be copied as it grows.
        let mut html = Vec::with_capacity(body.len() + 32 * 1024);
        self.tera.render_to(page.data.template(), &context, &mut html).map_err(|error| fail(&error))?;
        Ok(html)
    }

    /// The card of a page, as PNG.
    pub fn card(&self, card: &SocialCard) -> Result<Vec<u8>, Diagnostic> {
        let fonts = self.fonts.get_or_init(|| Fonts::of(&self.files));
        let marks = self.files.assets.get(CARD_MARKS).map(|file| String::from_utf8_lossy(&file.content));
        let data = CardData::of(card, fonts, marks.as_deref().unwrap_or_default());
        let svg = Context::from_serialize(&data).and_then(|context| self.tera.render(CARD_TEMPLATE, &context));
        let svg = svg.map_err(|error| self.diagnostic(&error, None))?;
        card::drawn(&svg, fonts).map_err(|message| card::fault(message, &self.files))
    }

    fn diagnostic(&self, error: &tera::Error, page: Option<&HtmlView>) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let mut lines = report.message().lines();
                let message = lines.next().unwrap_or("the template can't be read").trim_end_matches('.').to_owned();
                let path = self.path(report.filename());
                let range = &report.span().range;
                let span = self.origin(report.filename(), range.start, range.end);
                let mut fault = Diagnostic::new(TEMPLATE, lower_first(&message)).at(&path, span);
                for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
                    fault = fault.help(line.to_owned());
                }
                if let Some(page) = page
                    && fault.help.is_empty()
                {
                    fault = fault.help(format!("this page has `site`, `page`, `body` and {}", fields(page)));
                }
                fault
            }
            ErrorKind::TemplateNotFound(name) => {
                let near = nearest(name, self.files.templates.keys().map(String::as_str));
                Diagnostic::new(TEMPLATE, format!("there is no template `{name}`"))
                    .in_file(&self.path(name))
                    .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
            }
            ErrorKind::MissingParent { current, parent } => {
                let near = nearest(parent, self.files.templates.keys().map(String::as_str));
                Diagnostic::new(TEMPLATE, format!("`{current}` extends `{parent}`, which is not there"))
                    .in_file(&self.path(current))
                    .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
            }
            ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
            | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
                Diagnostic::new(TEMPLATE, format!("`{tpl}` comes back to itself: {}", chain.join(" > ")))
                    .in_file(&self.path(tpl))
                    .help("take one of them out")
            }
            other => Diagnostic::new(TEMPLATE, lower_first(&other.to_string())),
        }
    }

    /// Filters, functions, components and templates that are not there: the library draws them, one below the other, each
    /// with a line `error: …` and a line `--> template:line:column`.
    fn unknown_names(&self, drawing: &str) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let mut message = "";
        for line in drawing.lines() {
            if let Some(said) = line.strip_prefix("error: ") {
                message = said;
            } else if let Some(place) = line.trim_start().strip_prefix("--> ")
                && let [column, line, name] = place.rsplitn(3, ':').collect::<Vec<_>>()[..]
            {
                let fault = Diagnostic::new(TEMPLATE, lower_first(message));
                let word = message.split('`').nth(1).unwrap_or_default();
                let near = nearest(word, self.files.templates.keys().map(String::as_str))
                    .filter(|_| message.starts_with("Unknown template"))
                    .map(|near| format!("did you mean `{near}`?"));
                let fault = match self.span(name, line, column) {
                    Some(span) => fault.at(&self.path(name), span),
                    None => fault.in_file(&self.path(name)),
                };
                faults.push(fault.maybe_help(near));
            }
        }
        if faults.is_empty() {
            faults.push(Diagnostic::new(TEMPLATE, lower_first(drawing)));
        }
        faults
    }

    /// The word at a line and column of a template, both from 1.
    fn span(&self, template: &str, line: &str, column: &str) -> Option<Span> {
        let text = &self.templates.get(template)?.text;
        let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
        let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let start = before + text[before..].char_indices().nth(column.checked_sub(1)?)?.0;
        let length = text[start..].find(|c: char| c.is_whitespace() || matches!(c, '|' | '}' | '%' | ',')).unwrap_or(1);
        Some(self.origin(template, start, start + length))
    }

    /// Where in the file of a template a part of it stands.
    fn origin(&self, template: &str, start: usize, end: usize) -> Span {
        match self.templates.get(template) {
            Some(folded) => Span::new(folded.origin(start), folded.origin(end)),
            None => Span::new(start, end),
        }
    }

    fn path(&self, template: &str) -> SourcePath {
        self.files.templates.get(template).map_or_else(
            || SourcePath::new(format!("themes/{}/templates/{template}", self.files.name)),
            |file| file.path.clone(),
        )
    }
}

/// The names at the top of a page's data.
fn fields(page: &HtmlView) -> String {
    match serde_json::to_value(&page.data) {
        Ok(serde_json::Value::Object(map)) => map.keys().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "),
        _ => "nothing else".to_owned(),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
