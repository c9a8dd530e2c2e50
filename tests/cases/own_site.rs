//! The repository is a site itself: what it must hold, and the way a reader takes through it.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use ninefold::link::Link;
use ninefold::model::{Pattern, SourceKind, UrlPath};
use ninefold::outline::{Document, Front};
use ninefold::pipeline;
use ninefold::site::View;

use super::html;
use crate::support::{TestSite, files, repository};

/// The repository's content and theme in a folder of their own, as on the day when the last essay has appeared.
pub fn own_site() -> TestSite {
    let site = TestSite::with_default_theme().all();
    fs::remove_file(site.root().join("content/site.yaml")).expect("the test's own site.yaml");
    for folder in ["content", "themes"] {
        for (path, bytes) in files(&repository().join(folder)) {
            site.write(&format!("{folder}/{path}"), bytes);
        }
    }
    site
}

#[test]
fn it_builds_without_an_error_a_warning_or_a_note() {
    let site = own_site();
    let built = site.build();
    assert!(built.diagnostics.is_empty(), "{}", site.shown(&built.diagnostics));
    let drafts = pipeline::read(&site.options())
        .site
        .documents()
        .iter()
        .filter(|document| match &document.front {
            Front::Essay(front) => front.draft,
            _ => false,
        })
        .count();
    assert_eq!(drafts, 0);
}

#[test]
fn every_pattern_is_shown_by_essays_incidents_and_passages() {
    let assembled = pipeline::read(&own_site().options());
    let index = &assembled.site.index;
    for pattern in Pattern::ALL {
        let postings = &index.patterns[&pattern];
        assert!(postings.essays.len() >= 2, "{pattern}: {} essays", postings.essays.len());
        assert!(!postings.incidents.is_empty(), "{pattern} has no incident");
        let essays: BTreeSet<_> = postings.passages.iter().map(|passage| passage.essay).collect();
        assert!(essays.len() >= 2, "{pattern} is quoted from {} essays", essays.len());
    }
    let passages: usize = assembled.site.documents().iter().map(|document| document.body.marks.len()).sum();
    assert!(passages >= 60, "only {passages} passages");
}

#[test]
fn there_are_enough_concepts_and_incidents_and_they_are_used() {
    let assembled = pipeline::read(&own_site().options());
    let index = &assembled.site.index;
    let count = |kind| assembled.site.documents().iter().filter(|document| document.kind == kind).count();
    assert_eq!(count(SourceKind::Pattern), 9);
    assert!(count(SourceKind::Concept) >= 30, "{} concepts", count(SourceKind::Concept));
    assert!(index.incidents.len() >= 15, "{} incidents", index.incidents.len());
    let used = index.by_concept.values().filter(|postings| !postings.essays.is_empty()).count();
    assert!(used >= 20, "essays carry only {used} concepts");
    let cited = index.by_incident.values().filter(|essays| !essays.is_empty()).count();
    assert!(cited >= 10, "essays cite only {cited} incidents");
}

#[test]
fn the_essays_are_of_a_length_to_be_read_and_each_leads_to_another() {
    let assembled = pipeline::read(&own_site().options());
    let site = &assembled.site;
    assert!(site.index.essays.len() >= 12, "{} essays", site.index.essays.len());
    for essay in &site.index.essays {
        let document = &site.documents()[essay.index()];
        let (id, words) = (&document.id, document.body.words);
        assert!((600..=1_500).contains(&words), "{id} has {words} words");
        assert!(!document.body.marks.is_empty(), "{id} marks no passage");
        assert!(document.body.headings.len() >= 2, "{id} has hardly a heading");
        let others = site.linked.links[essay.index()].iter().filter(|link| match link {
            Link::Page { doc, .. } => site.documents()[doc.index()].kind == SourceKind::Essay && doc != essay,
            _ => false,
        });
        assert!(others.count() >= 1, "{id} links to no other essay");
    }
}

/// The links of a page that lead below `start`.
fn links_below(page: &str, start: &str) -> Vec<String> {
    html::addresses(page).into_iter().filter(|address| address.starts_with(start)).collect()
}

#[test]
fn a_reader_goes_from_saturation_to_a_passage_and_from_there_to_the_incident() {
    let site = own_site();
    site.build();
    // From the front page to the pattern.
    assert!(!links_below(&site.page("/"), "/patterns/saturation/").is_empty());
    let pattern = site.page("/patterns/saturation/");
    // From the pattern to passages, each of which stands where its link says.
    let passages: BTreeSet<String> =
        links_below(&pattern, "/essays/").into_iter().filter(|address| address.contains('#')).collect();
    assert!(passages.len() >= 5, "{passages:?}");
    let mut incidents = BTreeSet::new();
    for passage in &passages {
        let (essay, anchor) = passage.split_once('#').expect("an anchor");
        let page = site.page(essay);
        assert!(html::ids(&page).iter().any(|id| id == anchor), "{passage}");
        for incident in links_below(&page, "/incidents/").into_iter().filter(|address| address != "/incidents/") {
            // From the essay to the incident, which names the essay in turn.
            let url = incident.split('#').next().expect("an address").to_owned();
            let record = site.page(&url);
            if links_below(&record, essay).is_empty() {
                continue;
            }
            assert!(!links_below(&record, "/patterns/saturation/").is_empty() || !url.contains("bluesky"), "{url}");
            incidents.insert(url);
        }
    }
    assert!(incidents.contains("/incidents/bluesky-2026-04/"), "{incidents:?}");
}

#[test]
fn the_texts_of_the_nine_and_of_the_concepts_say_what_they_must() {
    let site = own_site();
    for pattern in Pattern::ALL {
        let data = site.view(&format!("/patterns/{pattern}/"))["data"].clone();
        assert!(data["pattern"]["definition"].as_str().is_some_and(|text| text.len() > 40), "{pattern}");
        for (name, least) in [("cues", 5), ("look_alikes", 1), ("questions", 3)] {
            let count = data[name].as_array().map_or(0, Vec::len);
            assert!(count >= least, "{pattern} has {count} {name}");
        }
    }
    for document in pipeline::read(&site.options()).site.documents().iter().filter(|d| d.kind == SourceKind::Concept) {
        assert!(document.summary().len() > 40, "{}: {}", document.id, document.summary());
    }
}

/// What essays on several incidents read in each: only what their words say, and nothing that follows from their tags.
#[test]
fn essays_on_several_incidents_read_in_each_what_their_words_say() {
    let site = pipeline::read(&own_site().options()).site;
    let several = |document: &&Arc<Document>| match &document.front {
        Front::Essay(front) => front.incidents.len() > 1,
        _ => false,
    };
    let essays: BTreeSet<String> =
        site.documents().iter().filter(several).map(|essay| format!("/essays/{}/", essay.id)).collect();
    let mut lines = BTreeSet::new();
    for incident in site.documents().iter().filter(|document| document.kind == SourceKind::Incident) {
        let Some(View::Html(page)) = site.view(&UrlPath::new(format!("/incidents/{}/", incident.id))) else {
            panic!("{} has no page", incident.id)
        };
        let data = serde_json::json!(page.data);
        for group in data["readings"].as_array().expect("readings") {
            for passage in group["passages"].as_array().expect("passages") {
                let essay = passage["essay"]["url"].as_str().expect("an address");
                if essays.contains(essay) {
                    let tag = group["tag"]["id"].as_str().expect("an id");
                    lines.insert(format!("{}: {tag} {essay}", incident.id));
                }
            }
        }
    }
    insta::assert_snapshot!(lines.into_iter().collect::<Vec<_>>().join("\n"), @r"
    aws-2025-10: friction /essays/common-ground/
    aws-2025-10: lag /essays/incidents-are-illusions/
    aws-2025-10: surprises /essays/incidents-are-illusions/
    bluesky-2026-04: dynamic-non-event /essays/learning-from-what-goes-right/
    bluesky-2026-04: expertise-ndm /essays/incidents-are-illusions/
    bluesky-2026-04: friction /essays/learning-from-what-goes-right/
    bluesky-2026-04: learning-from-incidents /essays/incidents-are-illusions/
    bluesky-2026-04: surprises /essays/incidents-are-illusions/
    cloudflare-2019-07-02: etto /essays/locked-out-of-the-building/
    cloudflare-2019-07-02: friction /essays/locked-out-of-the-building/
    cloudflare-2019-07-02: tangles /essays/locked-out-of-the-building/
    facebook-2021-10-04: cascades /essays/locked-out-of-the-building/
    facebook-2021-10-04: friction /essays/locked-out-of-the-building/
    facebook-2021-10-04: goal-trade-offs /essays/locked-out-of-the-building/
    facebook-2021-10-04: robust-yet-fragile /essays/locked-out-of-the-building/
    facebook-2021-10-04: tangles /essays/locked-out-of-the-building/
    github-2018-10-21: ironies-of-automation /essays/failover-is-another-mode/
    github-2018-10-21: robust-yet-fragile /essays/failover-is-another-mode/
    github-2026-02-02: robust-yet-fragile /essays/failover-is-another-mode/
    github-2026-02-02: room-to-manoeuvre /essays/failover-is-another-mode/
    github-2026-02-02: tangles /essays/failover-is-another-mode/
    github-2026-02-09: decompensation /essays/when-growth-sets-the-pace/
    github-2026-02-09: florescence /essays/when-growth-sets-the-pace/
    github-2026-02-09: friction /essays/what-responders-need/
    github-2026-02-09: law-of-stretched-systems /essays/when-growth-sets-the-pace/
    github-2026-02-09: saturation /essays/when-growth-sets-the-pace/
    github-2026-02-09: tempos /essays/when-growth-sets-the-pace/
    github-2026-03-05: friction /essays/failover-is-another-mode/
    github-2026-03-05: friction /essays/what-responders-need/
    github-2026-03-05: ironies-of-automation /essays/failover-is-another-mode/
    github-2026-03-05: surprises /essays/failover-is-another-mode/
    gitlab-2017-01-31: performance-variability /essays/learning-from-what-goes-right/
    gitlab-2017-01-31: surprises /essays/learning-from-what-goes-right/
    google-2019-06-02: congestion /essays/common-ground/
    google-2019-06-02: congestion /essays/repairs-on-a-full-road/
    google-2019-06-02: coordination-cost /essays/common-ground/
    google-2019-06-02: coordination-cost /essays/repairs-on-a-full-road/
    google-2019-06-02: friction /essays/repairs-on-a-full-road/
    google-2019-06-02: tangles /essays/repairs-on-a-full-road/
    roblox-2021-10: anomaly-response /essays/repairs-on-a-full-road/
    roblox-2021-10: congestion /essays/repairs-on-a-full-road/
    roblox-2021-10: tangles /essays/incidents-are-illusions/
    roblox-2021-10: tangles /essays/repairs-on-a-full-road/
    slack-2021-01-04: congestion /essays/when-growth-sets-the-pace/
    slack-2021-01-04: joint-cognitive-systems /essays/what-responders-need/
    slack-2021-01-04: saturation /essays/when-growth-sets-the-pace/
    slack-2021-01-04: tempos /essays/what-responders-need/
    slack-2021-01-04: tempos /essays/when-growth-sets-the-pace/
    ");
}

#[test]
fn every_event_of_a_record_and_what_held_names_its_source() {
    let assembled = pipeline::read(&own_site().options());
    let mut events = 0;
    for document in assembled.site.documents() {
        let Front::Incident(front) = &document.front else { continue };
        assert!(front.timeline.len() >= 8, "{}: {} events", document.id, front.timeline.len());
        assert!(front.timeline.iter().all(|event| !event.sources.is_empty()), "{}", document.id);
        assert!(front.held.iter().all(|held| !held.sources.is_empty()), "{}", document.id);
        events += front.timeline.len();
    }
    assert_eq!(events, 229);
}
