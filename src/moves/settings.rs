//! The edits of the files beside the sources that name them: the menu in `site.yaml`, and the faults that are known. Knows
//! their forms.

use std::collections::BTreeSet;

use crate::config::{self, KnownFaults, known_path};
use crate::diagnostic::{Edit, Spot};
use crate::model::Span;
use crate::yaml::{self, Part};

use super::Project;
use super::changes::Changes;
use super::moved::Moved;

/// Adds the edits of both.
pub fn add(project: Project<'_>, moved: &Moved<'_>, changes: &mut Changes) {
    if let Some(text) = project.settings {
        changes.edit(&config::path(), menu(project, text, moved));
    }
    if let Some(text) = project.known_faults {
        changes.edit(&known_path(), known(text, moved));
    }
}

fn menu(project: Project<'_>, text: &str, moved: &Moved<'_>) -> Vec<Edit> {
    let menu = &project.assembled.site.config.menu;
    let edit = |link: &config::MenuLink| {
        let Spot::Value(steps) = &link.spot else { return None };
        let wanted: (&[yaml::Step], Part) = (steps, Part::Value);
        let range = yaml::locate(text, &BTreeSet::from([wanted])).remove(&wanted)?;
        let cut = link.url.find(['#', '?']).unwrap_or(link.url.len());
        let led = moved.address(link.url.get(..cut)?)?;
        let at = range.start + text[range].find(&link.url[..cut])?;
        Some(Edit { span: Span::new(at, at + cut), text: led })
    };
    menu.iter().filter_map(edit).collect()
}

/// Faults are known by the file that they are in.
fn known(text: &str, moved: &Moved<'_>) -> Vec<Edit> {
    let path = moved.before.path.as_str();
    let (known, _) = KnownFaults::parse(text);
    let spans = known.of_file(&moved.before.path);
    let edits = spans.filter_map(|span| {
        let line = &text[span.range()];
        let at = line.find("file:").and_then(|from| Some(from + line[from..].find(path)?))?;
        let span = Span::new(at, at + path.len()).shifted(span.start as usize);
        Some(Edit { span, text: moved.after.path.to_string() })
    });
    edits.collect()
}
