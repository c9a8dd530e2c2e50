//! What pages have in common: the site as templates see it, and the parts of a page that are alike throughout a section.
//! Made once and shown many times. Knows a page's place in the site, and nothing else of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tera::{Context, Tera, TeraResult, Value};

use crate::guard::locked;
use crate::site::view::{Chrome, HtmlView};

/// Before the names of the templates that are rendered once for a place. They get `site`, `section` and `here`.
const FOLDER: &str = "common/";

/// What was made of the chrome that was rendered last.
#[derive(Default)]
pub struct Common(Mutex<Option<Made>>);

struct Made {
    chrome: Arc<Chrome>,
    site: Value,
    /// A site has as many places as its menu has entries, and a few more.
    parts: Vec<(Place, Value)>,
}

/// What a common part may depend on besides the site.
struct Place {
    section: Option<String>,
    /// The link of a page that the menu names.
    here: Option<String>,
}

impl Common {
    /// `site` and `common` of a page: the site, and each common part by its name.
    pub fn of(&self, tera: &Tera, page: &HtmlView) -> TeraResult<(Value, Value)> {
        let mut last = locked(&self.0);
        let made = match last.take() {
            Some(made) if Arc::ptr_eq(&made.chrome, &page.site) => last.insert(made),
            _ => last.insert(Made {
                chrome: Arc::clone(&page.site),
                site: Value::from_serializable(&*page.site),
                parts: Vec::new(),
            }),
        };
        let section = page.page.section.as_deref();
        let here = Some(page.page.url.as_str()).filter(|url| is_in_menu(&page.site, url));
        let is_there = |place: &Place| place.section.as_deref() == section && place.here.as_deref() == here;
        let parts = match made.parts.iter().find(|(place, _)| is_there(place)) {
            Some((_, parts)) => parts.clone(),
            None => {
                let parts = parts(tera, &made.site, section, here)?;
                let place = Place { section: section.map(str::to_owned), here: here.map(str::to_owned) };
                made.parts.push((place, parts.clone()));
                parts
            }
        };
        Ok((made.site.clone(), parts))
    }
}

fn is_in_menu(site: &Chrome, url: &str) -> bool {
    site.menu.iter().any(|item| item.url == url) || site.search.as_ref().is_some_and(|search| search.page == url)
}

fn parts(tera: &Tera, site: &Value, section: Option<&str>, here: Option<&str>) -> TeraResult<Value> {
    let mut context = Context::new();
    context.insert_value("site", site.clone());
    context.insert("section", &section);
    context.insert("here", &here);
    let mut parts = BTreeMap::new();
    for template in tera.get_template_names().filter(|name| name.starts_with(FOLDER)) {
        let name = template[FOLDER.len()..].trim_end_matches(".html");
        parts.insert(name, Value::safe_string(tera.render(template, &context)?.trim_end()));
    }
    Ok(Value::from_serializable(&parts))
}
