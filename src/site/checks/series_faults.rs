//! What a series and two incidents say against themselves: two parts of one number, a gap, names that differ too little, two
//! kinds of one relation. Knows the lists of a site; shows nothing.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, Spot, rules};
use crate::fields::shortened;
use crate::model::{ClosedSet, DocId, nfc};
use crate::outline::{Document, Front, Series};
use crate::site::Site;

rules! {
    SERIES_PARTS = "series-parts", warning, "two parts of a series have one number, or a number is left out";
    SERIES_NAMES = "series-names", warning, "the names of two series differ in letter case or spaces alone";
    RELATIONS_DIFFER = "relations-differ", warning, "two incidents say otherwise of each other how they are related";
}

pub(in crate::site) fn check(site: &Site, faults: &mut Vec<Diagnostic>) {
    let mut series: BTreeMap<&str, Vec<(&Document, Option<i64>)>> = BTreeMap::new();
    // Drafts as well: the next part may be one.
    for document in site.documents() {
        if let Front::Essay(front) = &document.front
            && let Some(Series { name, part }) = &front.series
        {
            series.entry(name).or_default().push((document, *part));
        }
    }
    for (name, parts) in &series {
        faults.extend(numbers(name, parts));
    }
    faults.extend(names(&series));
    faults.extend(relations(site));
}

/// What is wrong with the numbers of a series.
fn numbers(name: &str, parts: &[(&Document, Option<i64>)]) -> Vec<Diagnostic> {
    let mut by_number: BTreeMap<i64, &Document> = BTreeMap::new();
    let mut found = Vec::new();
    let name = shortened(name);
    for (document, number) in parts.iter().filter_map(|(document, number)| Some((*document, (*number)?))) {
        if let Some(first) = by_number.get(&number) {
            let message = format!("part {number} of the series `{name}` is `{}` already", first.path);
            found.push(
                Diagnostic::new(SERIES_PARTS, message)
                    .in_file(&document.path)
                    .help("give each part a number of its own"),
            );
        } else {
            by_number.insert(number, document);
        }
    }
    // Where some have no number, those may stand between.
    let all_have_one = parts.iter().all(|(_, number)| number.is_some());
    let numbers: Vec<i64> = by_number.keys().copied().collect();
    let gap = numbers.windows(2).find(|pair| pair[1] > pair[0] + 1).filter(|_| all_have_one);
    if let Some(&[before, after]) = gap {
        let message = format!("the series `{name}` has part {before} and part {after}, and none between");
        let fault = Diagnostic::new(SERIES_PARTS, message).in_file(&by_number[&after].path);
        found.push(fault.help("number the parts without gaps"));
    }
    found
}

/// Series that were probably meant to be one.
fn names(series: &BTreeMap<&str, Vec<(&Document, Option<i64>)>>) -> Vec<Diagnostic> {
    let mut first: HashMap<String, &str> = HashMap::new();
    let mut found = Vec::new();
    for (name, parts) in series {
        let plain = nfc(name).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let other = *first.entry(plain).or_insert(name);
        if other != *name {
            let message = format!("the series `{}` and `{}` are two", shortened(other), shortened(name));
            let fault = Diagnostic::new(SERIES_NAMES, message).in_file(&parts[0].0.path);
            found.push(fault.help("write the name in one way if they are meant to be one"));
        }
    }
    found
}

/// Two records of which each says otherwise how they are related.
fn relations(site: &Site) -> Vec<Diagnostic> {
    let relation = |from: DocId, to: DocId| match &site.document(from).front {
        Front::Incident(front) => front.related.iter().find(|relation| relation.id.value == site.document(to).id),
        _ => None,
    };
    let mut found = Vec::new();
    for doc in &site.index.incidents {
        for other in site.linked.tags[doc.index()].related.iter().filter(|other| *other > doc) {
            if let (Some(own), Some(theirs)) = (relation(*doc, *other), relation(*other, *doc))
                && own.kind != theirs.kind
            {
                let (first, second) = (site.document(*doc), site.document(*other));
                let (own, stated) = (own.kind.word(), theirs.kind.word());
                let message = format!("`{}` is `{own}` here, and `{stated}` in `{}`", second.id, second.path);
                let fault = Diagnostic::new(RELATIONS_DIFFER, message);
                let spot = relation(*doc, *other).map_or(Spot::File, |relation| relation.id.spot.clone());
                found.push(
                    fault
                        .in_place(&first.path, spot)
                        .help("say the same in both, or leave one out: each counts for both"),
                );
            }
        }
    }
    found
}
