//! On random essays every claim that an incident's page shows is one that the text states, and none is lost. What is expected
//! is worked out from the blocks that the text is made of, not from the text.

use std::collections::BTreeSet;

use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;

use crate::random;
use crate::support::TestSite;

const INCIDENTS: [&str; 3] = ["one", "two", "three"];

/// A block of an essay. Incidents are places in `INCIDENTS`.
#[derive(Clone, Debug)]
enum Block {
    Heading {
        level: usize,
        incident: Option<usize>,
    },
    /// Links to incidents and, if it has one, a passage with what its reference says.
    Paragraph {
        links: Vec<usize>,
        passage: Option<Terms>,
    },
}

#[derive(Clone, Debug)]
struct Terms {
    incidents: Option<BTreeSet<usize>>,
    refuses: bool,
}

fn block() -> impl Strategy<Value = Block> {
    let terms = (option::weighted(0.3, btree_set(0..3_usize, 0..3)), prop::bool::weighted(0.2))
        .prop_map(|(incidents, refuses)| Terms { incidents, refuses });
    prop_oneof![
        1 => (2..5_usize, option::weighted(0.3, 0..3_usize))
            .prop_map(|(level, incident)| Block::Heading { level, incident }),
        2 => (vec(0..3_usize, 0..3), option::weighted(0.7, terms))
            .prop_map(|(links, passage)| Block::Paragraph { links, passage }),
    ]
}

fn names(incidents: &BTreeSet<usize>) -> String {
    incidents.iter().map(|n| INCIDENTS[*n]).collect::<Vec<_>>().join(",")
}

/// The text of the `n`th block; its passage is marked by words of its own.
fn text(n: usize, block: &Block) -> String {
    match block {
        Block::Heading { level, incident } => {
            let scope = incident.map(|n| format!(" {{incident={}}}", INCIDENTS[n])).unwrap_or_default();
            format!("{} Heading {n}{scope}", "#".repeat(*level))
        }
        Block::Paragraph { links, passage } => {
            let links: String = links.iter().map(|n| format!("[it](incident:{}) ", INCIDENTS[*n])).collect();
            let passage = passage.as_ref().map(|terms| {
                let scope = terms.incidents.as_ref().map(|incidents| match names(incidents) {
                    none if none.is_empty() => "in=none".to_owned(),
                    names => format!("in={names}"),
                });
                let query: Vec<String> = scope.into_iter().chain(terms.refuses.then(|| "not".to_owned())).collect();
                let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
                format!("[words {n}](pattern:lag{query})")
            });
            format!("Text {n} {links}{}.", passage.unwrap_or_default())
        }
    }
}

/// The only one, if there is exactly one.
fn only(incidents: &BTreeSet<usize>) -> Option<BTreeSet<usize>> {
    (incidents.len() == 1).then(|| incidents.clone())
}

/// The incidents linked by the blocks in `range`.
fn linked(blocks: &[Block]) -> BTreeSet<usize> {
    let links = |block: &Block| match block {
        Block::Paragraph { links, .. } => links.clone(),
        Block::Heading { .. } => Vec::new(),
    };
    blocks.iter().flat_map(links).collect()
}

/// What the section that begins at `start` says of the incidents it speaks of.
fn section(blocks: &[Block], start: usize) -> Option<BTreeSet<usize>> {
    let Block::Heading { level, incident } = &blocks[start] else { return None };
    if let Some(incident) = incident {
        return Some(BTreeSet::from([*incident]));
    }
    let ends = |block: &Block| matches!(block, Block::Heading { level: other, .. } if other <= level);
    let end = blocks[start + 1..].iter().position(ends).map_or(blocks.len(), |n| start + 1 + n);
    only(&linked(&blocks[start..end]))
}

/// The incidents that the passage of the block at `n` speaks of.
fn scope(blocks: &[Block], n: usize, cited: &BTreeSet<usize>) -> BTreeSet<usize> {
    let Block::Paragraph { links, passage: Some(terms) } = &blocks[n] else { return BTreeSet::new() };
    if let Some(incidents) = &terms.incidents {
        return incidents.clone();
    }
    if let Some(incident) = only(&links.iter().copied().collect()) {
        return incident;
    }
    // Outwards: each section around begins at a heading of a higher level than the one before.
    let mut inside = usize::MAX;
    for start in (0..n).rev() {
        if let Block::Heading { level, .. } = &blocks[start]
            && *level < inside
        {
            inside = *level;
            if let Some(incidents) = section(blocks, start) {
                return incidents;
            }
        }
    }
    only(cited).unwrap_or_default()
}

/// Words of the passages on an incident's page, and whether they refuse.
fn shown(site: &TestSite, incident: &str) -> BTreeSet<(String, bool)> {
    let view = site.view(&format!("/incidents/{incident}/"));
    let groups = view["data"]["readings"].as_array().expect("readings").clone();
    let mut shown = BTreeSet::new();
    for group in &groups {
        for (list, refuses) in [("passages", false), ("refusals", true)] {
            for essay in group[list].as_array().expect("essays") {
                for passage in essay["passages"].as_array().expect("passages") {
                    shown.insert((passage["quote"]["words"].as_str().expect("words").to_owned(), refuses));
                }
            }
        }
        assert_eq!(group["more"], 0, "few enough to show all");
    }
    shown
}

#[test]
fn every_claim_shown_is_one_that_the_text_states() {
    let essays = (btree_set(0..3_usize, 0..3), vec(block(), 1..9));
    random::check(23, 96, essays, |(front, blocks)| {
        // At most four passages of a pattern stand on an incident's page.
        let mut left = 4_usize;
        let blocks: Vec<Block> = blocks
            .into_iter()
            .map(|block| match block {
                Block::Paragraph { links, passage: Some(terms) } => {
                    let passage = (left > 0).then_some(terms);
                    left = left.saturating_sub(1);
                    Block::Paragraph { links, passage }
                }
                other => other,
            })
            .collect();
        let body: Vec<String> = blocks.iter().enumerate().map(|(n, block)| text(n, block)).collect();
        let site = INCIDENTS.iter().fold(TestSite::new(), |site, id| site.incident(id, &format!("title: {id}")));
        let site = site.essay("a", &format!("incidents: [{}]", names(&front)), &body.join("\n\n"));
        let mut cited = front.clone();
        for block in &blocks {
            match block {
                Block::Heading { incident, .. } => cited.extend(incident),
                Block::Paragraph { passage: Some(Terms { incidents: Some(incidents), .. }), .. } => {
                    cited.extend(incidents);
                }
                Block::Paragraph { .. } => {}
            }
        }
        for (n, incident) in INCIDENTS.iter().enumerate() {
            let expected: BTreeSet<(String, bool)> = (0..blocks.len())
                .filter(|block| scope(&blocks, *block, &cited).contains(&n))
                .map(|block| {
                    let Block::Paragraph { passage: Some(terms), .. } = &blocks[block] else { unreachable!() };
                    (format!("words {block}"), terms.refuses)
                })
                .collect();
            assert_eq!(shown(&site, incident), expected, "{incident}:\n{}", body.join("\n\n"));
        }
    });
}
