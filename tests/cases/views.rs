//! What templates are given for each kind of page, as snapshots in `tests/snapshots/`. Tags, quotations and dates stand
//! there in short; their full form is pinned once.

use serde_json::{Value, json};

use super::small_site::small_site;
use crate::support::{TestSite, date, length, moment};

/// Tags, quotations and dates as one line each.
fn short(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
            let keys: Vec<&str> = map.keys().map(String::as_str).collect();
            match keys[..] {
                ["definition", "id", "kind", "name", "url"] => {
                    format!("{} {} \u{2192} {}: {}", text("kind"), text("name"), text("url"), text("definition")).into()
                }
                ["after", "before", "words"] => {
                    format!("{}[{}]{}", text("before"), text("words"), text("after")).into()
                }
                _ if map.contains_key("machine") && map.contains_key("year") => {
                    format!("{} ({})", date(value), text("machine")).into()
                }
                ["about", "from", "to"] => {
                    let ends = [&map["from"], &map["to"]].into_iter().filter_map(|end| end["machine"].as_str());
                    format!("{} ({})", moment(value), ends.collect::<Vec<_>>().join("/")).into()
                }
                ["about", "seconds"] => length(value).into(),
                ["linked", "shares"] => {
                    let shares = map["shares"].as_array().into_iter().flatten().filter_map(Value::as_str);
                    let linked = if map["linked"] == true { "linked; " } else { "" };
                    format!("{linked}{}", shares.collect::<Vec<_>>().join(", ")).into()
                }
                ["from", "row", "to"] => format!("{}..{} in row {}", map["from"], map["to"], map["row"]).into(),
                ["title", "url"] => format!("{} \u{2192} {}", text("title"), text("url")).into(),
                // Of a body, what its page depends on and a reader would notice.
                _ if map.contains_key("hash") => ["source", "page", "headings", "links"]
                    .map(|key| (key.to_owned(), short(&map[key])))
                    .into_iter()
                    .collect(),
                _ => map.iter().map(|(key, value)| (key.clone(), short(value))).collect(),
            }
        }
        Value::Array(items) => items.iter().map(short).collect(),
        other => other.clone(),
    }
}

/// The view at `url` against the snapshot called `name`.
fn pinned(site: &TestSite, name: &str, url: &str) {
    let shown = serde_yaml::to_string(&short(&site.view(url))).expect("YAML");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(url);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

#[test]
fn each_kind_of_page_gets_what_it_shows() {
    let site = small_site();
    for (name, url) in [
        ("home", "/"),
        ("essays", "/essays/"),
        ("essays-last", "/essays/page/3/"),
        ("essay", "/essays/ports/"),
        ("essay-between", "/essays/doors/"),
        ("essay-with-picture", "/essays/harbour/"),
        ("pattern", "/patterns/lag/"),
        ("pattern-later", "/patterns/lag/page/2/"),
        ("pattern-unused", "/patterns/tangles/"),
        ("pair", "/patterns/lag/saturation/"),
        ("concepts", "/concepts/"),
        ("concept", "/concepts/handover/"),
        ("incidents", "/incidents/"),
        ("incident", "/incidents/ports-2026/"),
        ("incident-undated", "/incidents/undated/"),
        ("page", "/guide/"),
        ("page-below", "/guide/first/"),
        ("browse", "/browse/"),
        ("not-found", "/404.html"),
    ] {
        pinned(&site, name, url);
    }
}

#[test]
fn feeds_and_data_hold_the_essays() {
    let site = small_site();
    pinned(&site, "feed-of-the-site", "/feed.xml");
    pinned(&site, "feed-of-a-pattern", "/patterns/lag/feed.xml");
    pinned(&site, "feed-of-a-pair", "/patterns/lag/saturation/feed.xml");
    pinned(&site, "data", "/data/essays.json");
}

#[test]
fn a_tag_a_quotation_and_a_date_have_these_fields() {
    let site = small_site();
    let data = &site.view("/essays/ports/")["data"];
    assert_eq!(
        data["essay"]["patterns"][0],
        json!({
            "kind": "pattern", "id": "saturation", "name": "Saturation", "url": "/patterns/saturation/",
            "definition": "What saturation is.",
        })
    );
    assert_eq!(data["essay"]["date"], json!({ "machine": "2026-05-01", "year": 2026, "month": 5, "day": 1 }));
    assert_eq!(data["newer"], json!({ "title": "Doors that wait", "url": "/essays/doors/" }));
    let backlink = &data["backlinks"][0]["quote"];
    assert_eq!(
        *backlink,
        json!({ "before": "Like ", "words": "the minute of a port", "after": ", a door has a delay of its own." })
    );
}

#[test]
fn the_matrix_of_the_nine_counts_each_pair_twice_and_each_pattern_once() {
    let site = small_site();
    let matrix = &site.view("/patterns/")["data"]["matrix"];
    let names: Vec<&str> =
        matrix["patterns"].as_array().expect("patterns").iter().map(|tag| tag["id"].as_str().expect("an id")).collect();
    assert_eq!(names.len(), 9);
    let mut filled = Vec::new();
    for (row, line) in names.iter().zip(matrix["rows"].as_array().expect("rows")) {
        assert_eq!(line["pattern"]["id"], *row);
        for (column, cell) in names.iter().zip(line["cells"].as_array().expect("cells")) {
            assert_eq!(cell["other"]["id"], *column);
            assert_eq!(cell["diagonal"], row == column);
            if cell["count"] != 0 {
                filled.push(format!("{row} {column} {} {} {}", cell["count"], cell["shade"], cell["url"]));
            } else if row != column {
                assert_eq!(cell["url"], Value::Null);
            }
        }
    }
    insta::assert_snapshot!(filled.join("\n"), @r#"
    saturation saturation 2 0 "/patterns/saturation/"
    saturation lag 2 4 "/patterns/lag/saturation/"
    lag saturation 2 4 "/patterns/lag/saturation/"
    lag lag 3 0 "/patterns/lag/"
    "#);
}

#[test]
fn the_review_asks_about_each_of_the_nine_in_order() {
    let site = small_site();
    let blocks = site.view("/patterns/review/")["data"]["patterns"].clone();
    let questions: Vec<&str> =
        blocks.as_array().expect("blocks").iter().map(|block| block["questions"][0].as_str().expect("one")).collect();
    insta::assert_snapshot!(questions.join(" "), @"Was it congestion? Was it cascades? Was it conflicts? Was it saturation? Was it lag? Was it friction? Was it tempos? Was it surprises? Was it tangles?");
}

#[test]
fn the_index_for_browsing_says_of_each_essay_what_it_carries() {
    let site = small_site();
    site.build();
    let index: Value = serde_json::from_str(&site.page("/data/browse.json")).expect("JSON");
    let column = |name: &str| index[name].as_array().unwrap_or_else(|| panic!("{name}")).clone();
    assert_eq!(column("slug"), ["harbour", "queue", "doors", "ports", "quiet"]);
    assert_eq!(column("date"), [20_260_504, 20_260_503, 20_260_502, 20_260_501, 20_260_401]);
    let carried = |n: usize, bits: &Value| bits.as_u64().expect("bits") >> n & 1 == 1;
    let lag = column("patterns").iter().position(|pattern| pattern[0] == "lag").expect("lag");
    assert_eq!(
        column("pattern").iter().map(|bits| carried(lag, bits)).collect::<Vec<_>>(),
        [false, true, true, true, false]
    );
    let concept = |at: &Value| index["concepts"][at.as_u64().expect("a place") as usize][0].clone();
    assert_eq!(
        column("concept")[2].as_array().expect("places").iter().map(concept).collect::<Vec<_>>(),
        ["etto", "handover"]
    );
    let incident = &index["incidents"][column("incident")[3][0].as_u64().expect("a place") as usize];
    assert_eq!(incident[0], "ports-2026");
    assert_eq!(index["organisations"][incident[2][0].as_u64().expect("a place") as usize], "Harbour Co");
}

#[test]
fn what_items_say_in_a_sentence_stands_in_parts_in_the_order_of_the_index() {
    let summaries = |site: &TestSite, path: &str| -> Vec<String> {
        serde_json::from_str(&site.page(&format!("/data/summaries/{path}"))).expect("JSON")
    };
    let site = small_site();
    site.build();
    let essays: Value = serde_json::from_str(&site.page("/data/essays.json")).expect("JSON");
    let said: Vec<&str> =
        essays["essays"].as_array().expect("essays").iter().filter_map(|essay| essay["summary"].as_str()).collect();
    assert_eq!(summaries(&site, "essays-1.json"), said);
    assert_eq!(summaries(&site, "incidents-1.json")[0], "No new calls for two hours.");
    let many = (0..201)
        .fold(TestSite::new(), |site, n| site.essay(&format!("e{n:03}"), &format!("summary: Number {n}."), "Words."));
    many.build();
    assert_eq!(summaries(&many, "essays-1.json").len(), 200);
    let last = summaries(&many, "essays-2.json");
    let index: Value = serde_json::from_str(&many.page("/data/browse.json")).expect("JSON");
    assert_eq!(last.len(), 1);
    let slug = index["slug"][200].as_str().expect("an id");
    let number: usize = slug.trim_start_matches('e').parse().expect("a number");
    assert_eq!(last[0], format!("Number {number}."));
    assert_eq!(index["summaries_each"], 200);
}
