//! Texts that are to be quoted inside others and can't be, or that quote one another. Knows documents and links.

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;
use crate::link::{Link, doc_id, softened};
use crate::model::DocId;
use crate::outline::{EMBEDDED_TEXT, Reference, ReferenceKind};
use crate::site::Site;
use crate::site::parts::quotations::part_of;

/// Texts among which one that leads back is looked for. A quotation quotes nothing itself, so a larger circle does no harm.
const MAX_CIRCLE: usize = 100;

/// The texts that `doc` quotes, or tries to.
fn quoted(site: &Site, doc: DocId) -> impl Iterator<Item = (&Reference, &Link)> {
    let references = site.document(doc).body.references.iter().zip(site.linked.links[doc.index()].iter());
    references.filter(|(reference, _)| reference.kind == ReferenceKind::Quoted)
}

/// What is to be quoted and is not, and texts that quote one another.
pub(in crate::site) fn check(site: &Site, faults: &mut Vec<Diagnostic>) {
    for (n, document) in site.documents().iter().enumerate() {
        let doc = doc_id(n);
        for (reference, link) in quoted(site, doc) {
            if let Some(fault) = fault(site, doc, link) {
                faults.extend(softened(fault.at(&document.path, reference.span), document, &site.linked.status[n]));
            }
        }
    }
}

fn fault(site: &Site, doc: DocId, link: &Link) -> Option<Diagnostic> {
    let fault = |message: String, help: &str| Some(Diagnostic::new(EMBEDDED_TEXT, message).help(help));
    let leave_out = "leave the `!` out";
    let (target, anchor) = match link {
        Link::Page { doc: target, .. } if *target == doc => {
            return fault("a text can't be quoted in itself: a link stands here".into(), leave_out);
        }
        Link::Here(_) => return fault("a text can't be quoted in itself: a link stands here".into(), leave_out),
        Link::Page { doc, anchor } => (*doc, anchor.as_deref()),
        Link::Path { .. } | Link::File(_) | Link::Outside(_) => {
            return fault("only texts of the site can be quoted: a link stands here".into(), leave_out);
        }
        Link::Broken => return None,
    };
    let document = site.document(target);
    if part_of(document, anchor).is_none() {
        return match anchor {
            Some(anchor) => fault(
                format!("`#{}` is no heading, passage or named block: a link stands here", shortened(anchor)),
                "quote a heading, or put a name such as `^full` at the end of the block and quote that",
            ),
            None => {
                fault(format!("`{}` has no text that could be quoted: a link stands here", document.path), leave_out)
            }
        };
    }
    leads_back(site, target, doc).then(|| {
        let message =
            format!("what `{}` quotes leads back to this text: a link stands in the quotation", document.path);
        Diagnostic::new(EMBEDDED_TEXT, message).help("leave the `!` out at one of them")
    })
}

/// Whether `from` quotes `doc`, or a text that does, and so on.
fn leads_back(site: &Site, from: DocId, doc: DocId) -> bool {
    let mut seen = vec![from];
    let mut at = 0;
    while at < seen.len() && seen.len() <= MAX_CIRCLE {
        for (_, link) in quoted(site, seen[at]) {
            match link {
                Link::Page { doc: next, .. } if *next == doc => return true,
                Link::Page { doc: next, .. } if !seen.contains(next) => seen.push(*next),
                _ => {}
            }
        }
        at += 1;
    }
    false
}
