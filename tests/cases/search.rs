//! The search index and its page: made, kept, made again, turned off. What readers find with it, a browser tells.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Mutex;

use ninefold::model::{Hash, SourcePath};
use ninefold::pipeline;
use ninefold::search;
use ninefold::site::large_search;

use super::small_site;
use crate::support::{TestSite, essay, files, repository};

const ON: &str = "title: Test\nbase_url: https://example.org\n";

fn site() -> TestSite {
    TestSite::with_default_theme()
        .file("content/site.yaml", ON)
        .essay("a", "patterns: [lag]", "One [slow](pattern:lag) thing.\n\n## A part\n\nMore.")
        .essay("b", "", "See [[a]].")
}

fn index(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    site.output().into_iter().filter(|(path, _)| path.starts_with("pagefind/")).collect()
}

/// What the index is given of the page at `url`.
fn entry(site: &TestSite, url: &str) -> String {
    let assembled = pipeline::read(&site.options());
    let site = &assembled.site;
    let doc = site.searched().into_iter().find(|doc| site.url(*doc).as_str() == url).expect("a searched page");
    let sources = |path: &SourcePath| assembled.text(path);
    search::page_html(site, &sources, doc).expect("its HTML")
}

fn key(site: &TestSite) -> Hash {
    search::key(&pipeline::read(&site.options()).site, Hash::of(b"program"))
}

#[test]
fn an_index_is_made_with_the_program_that_reads_it_and_nothing_else() {
    let site = site();
    let built = site.build();
    // The two essays and the nine patterns.
    assert_eq!(built.counters.indexed, 11);
    let index = index(&site);
    let count = |end: &str| index.keys().filter(|path| path.ends_with(end)).count();
    assert_eq!((count(".pf_fragment"), count(".pf_meta"), count("/wasm.en.pagefind")), (11, 1, 1));
    // Kind and pattern; no page has a concept or an incident.
    assert_eq!(count(".pf_filter"), 2);
    let scripts: Vec<&str> = index.keys().map(String::as_str).filter(|path| path.ends_with("js")).collect();
    assert_eq!(scripts, ["pagefind/pagefind-worker.js", "pagefind/pagefind.js"]);
    assert!(site.page("/search/").contains("<h1>Search</h1>"));
    assert!(site.page("/").contains("href=\"/search/\""));
    assert!(site.page("/404.html").contains("<a href=\"/search/\">search</a>"));
}

#[test]
fn what_is_struck_out_and_the_marks_of_notes_are_not_searched() {
    let site = TestSite::new()
        .file("content/site.yaml", ON)
        .essay("a", "", "It was ~~never~~ <s>once</s> full.[^1]\n\n[^1]: Note.")
        .essay("b", "", "Nothing of it.");
    let ignored = entry(&site, "/essays/a/");
    for part in [
        "<del data-pagefind-ignore=\"all\">never",
        "<s data-pagefind-ignore=\"all\">once",
        "nf-noteref\" data-pagefind-ignore=\"all\">",
    ] {
        assert!(ignored.contains(part), "{part}: {ignored}");
    }
    assert!(!entry(&site, "/essays/b/").contains("ignore"));
}

#[test]
fn a_page_is_given_with_its_filters_and_the_passages_a_result_may_lead_to() {
    insta::assert_snapshot!(entry(&site(), "/essays/a/"), @r#"
    <html><body><i data-pagefind-meta="title:a"></i>
    <i data-pagefind-meta="date:1 May 2026"></i>
    <i data-pagefind-filter="kind:essay"></i>
    <i data-pagefind-filter="pattern:lag Lag"></i>
    <p>One <a class="nf-ref nf-pattern" href="/patterns/lag/" id="passage-slow" data-pagefind-title="slow">slow</a> thing.</p><i id="nf-start" data-pagefind-title="a"></i>
    <h2 id="a-part">A part</h2>
    <p>More.</p>
    </body></html>
    "#);
    insta::assert_snapshot!(entry(&small_site::small_site(), "/incidents/ports-2026/"), @r#"
    <html><body><i data-pagefind-meta="title:Ports, May 2026"></i>
    <i data-pagefind-meta="date:1 May 2026, 10:00 UTC"></i>
    <i data-pagefind-meta="names:Harbour Co; dialler; north"></i>
    <i data-pagefind-filter="kind:incident"></i>
    <i data-pagefind-filter="pattern:saturation Saturation"></i>
    <i data-pagefind-filter="pattern:lag Lag"></i>
    <i data-pagefind-filter="concept:handover Handover"></i>
    <i data-pagefind-filter="incident:ports-2026 Ports, May 2026"></i>
    <p>No new calls for two hours.</p>
    <p>Calls begin to fail.</p>
    <p>Somebody wrote it down.</p>
    <p>Whether it began the night before.</p>
    <p>What happened, Ben Reader</p>
    <p>Phones fall silent</p>
    <p>The dialler ran dry. <a class="nf-ref nf-essay" href="/essays/ports/">Out of ports</a> reads it slowly.</p>
    </body></html>
    "#);
}

/// The piece of the index that its entry names `key`.
fn piece(site: &TestSite, key: &str) -> serde_json::Value {
    let index = index(site);
    let json = |path: &str| serde_json::from_slice::<serde_json::Value>(&index[path]).expect("JSON");
    let name = json("pagefind/pagefind-entry.json")[key].as_str().expect("its name").to_owned();
    json(&format!("pagefind/{name}"))
}

#[test]
fn names_are_a_piece_of_the_index_with_what_they_mean_and_their_best_passages() {
    let site = site()
        .file(
            "content/patterns/lag.md",
            "---\nname: Lag\ndefinition: Late news.\naliases: [delay]\ncues: [took \u{2026} to arrive]\n---\n",
        )
        .file(
            "content/concepts/handover.md",
            "---\nname: Handover\ndefinition: Passing on.\naliases: [shift change]\n---\n",
        )
        .essay(
            "c",
            "concepts: [handover]",
            "Before. It was [late](pattern:lag) and [told badly](concept:handover). After.",
        );
    site.build();
    let names = piece(&site, "names");
    let named = |id: &str| names.as_array().expect("a list").iter().find(|name| name["id"] == id).expect("the name");
    let lag = serde_json::to_string_pretty(named("lag")).expect("JSON");
    insta::assert_snapshot!(lag, @r##"
    {
      "aliases": [
        "delay"
      ],
      "cues": [
        "took … to arrive"
      ],
      "definition": "Late news.",
      "id": "lag",
      "kind": "pattern",
      "name": "Lag",
      "passages": [
        {
          "after": " thing.",
          "before": "One ",
          "essay": "a",
          "path": "/essays/a/#passage-slow",
          "words": "slow"
        },
        {
          "after": " and told badly.",
          "before": "It was ",
          "essay": "c",
          "path": "/essays/c/#passage-late",
          "words": "late"
        }
      ],
      "path": "/patterns/lag/"
    }
    "##);
    let handover = named("handover");
    assert_eq!((&handover["kind"], &handover["path"]), (&"concept".into(), &"/concepts/handover/".into()));
    assert_eq!(handover["passages"][0]["words"], "told badly");
    assert_eq!(names.as_array().expect("a list").len(), 10);
}

#[test]
fn the_words_of_names_stand_before_those_of_people_and_titles_each_once() {
    let site = small_site::small_site();
    site.build();
    let words = piece(&site, "words");
    let words: Vec<&str> = words.as_array().expect("a list").iter().filter_map(|word| word.as_str()).collect();
    let place = |word: &str| words.iter().position(|other| *other == word).expect(word);
    assert!(place("saturation") < place("handover"));
    assert!(place("handover") < place("harbour"));
    assert!(place("harbour") < place("ports"));
    let mut once = words.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), words.len());
    // What is too short to be mended, and numbers, are none.
    assert!(words.iter().all(|word| word.chars().count() >= 4 && word.chars().all(char::is_alphabetic)));
}

#[test]
fn while_no_text_changes_the_index_is_kept() {
    let site = site();
    site.build();
    let before = index(&site);
    let again = site.build();
    assert_eq!((again.counters.indexed, again.counters.done.written), (0, 0));
    // Pages change with the menu, texts do not.
    site.write(
        "content/site.yaml",
        format!("{ON}menu:\n  - {{title: Elsewhere, url: \"https://elsewhere.example/\"}}\n"),
    );
    let menu = site.build();
    assert_eq!(menu.counters.indexed, 0);
    assert!(menu.counters.rendered > 10);
    assert_eq!(index(&site), before);
}

#[test]
fn what_readers_can_find_makes_the_index_anew() {
    let site = site();
    let first = key(&site);
    for (path, text) in [
        ("content/essays/b.md", essay("b", "", "See [[a]] again.")),
        ("content/essays/b.md", essay("b", "patterns: [tangles]", "See [[a]].")),
        ("content/patterns/tangles.md", "---\nname: Knots\n---\n".to_owned()),
        ("content/patterns/tangles.md", "---\nname: Knots\ncues: [tied up]\n---\n".to_owned()),
        // b shows the title of a.
        ("content/essays/a.md", essay("Another", "", "One [slow](pattern:lag) thing.")),
        ("content/site.yaml", format!("{ON}language: de\n")),
    ] {
        let before = key(&site);
        site.write(path, text);
        assert_ne!(key(&site), before, "{path}");
    }
    assert_ne!(key(&site), first);
    assert_eq!(site.build().counters.indexed, 11);
    site.write("content/essays/b.md", essay("b", "", "Quite another text."));
    let built = site.build();
    assert_eq!(built.counters.indexed, 11);
    // The files of the last index are gone.
    let clean = index(&site);
    std::fs::remove_dir_all(site.out()).expect("the output");
    assert_eq!(site.build().counters.indexed, 0);
    assert_eq!(index(&site), clean);
}

#[test]
fn chinese_and_japanese_are_searched_by_the_words_in_a_run_of_characters() {
    let words = |language: &str, text: &str| {
        let site = site()
            .file("content/site.yaml", format!("{ON}language: {language}\n"))
            .file("content/essays/run.md", essay("run", "", text));
        site.build();
        let mut texts =
            index(&site).into_iter().filter(|(path, _)| path.ends_with(".pf_fragment")).map(|(_, bytes)| {
                let mut text = String::new();
                flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut text).expect("JSON");
                text
            });
        let found = texts.find(|text| text.contains("/essays/run/")).expect("the essay");
        let (_, content) = found.split_once("\"content\":\"").expect("its words");
        // A space of no width ends each word.
        content.split('"').next().expect("its end").replace('\u{200b}', "|")
    };
    let chinese = words(
        "zh",
        "\u{503c}\u{73ed}\u{7684}\u{5de5}\u{7a0b}\u{5e08}\u{6ca1}\u{6709}\u{6536}\u{5230}\u{8b66}\u{62a5}\u{3002}",
    );
    // `Engineer` as the dictionaries have it, here and in browsers: `engineering` and `master`.
    assert!(chinese.contains("|\u{5de5}\u{7a0b}|\u{5e08}|"), "{chinese}");
    let japanese = words(
        "ja",
        "\u{5f53}\u{76f4}\u{306e}\u{6280}\u{8853}\u{8005}\u{306f}\u{8b66}\u{5831}\u{306b}\u{6c17}\u{3065}\u{304b}\u{306a}\u{304b}\u{3063}\u{305f}\u{3002}",
    );
    assert!(japanese.contains("|\u{8b66}\u{5831}|"), "{japanese}");
}

#[test]
fn an_index_that_was_touched_is_mended() {
    let site = site();
    site.build();
    let before = index(&site);
    let mut fragments = before.keys().filter(|path| path.ends_with(".pf_fragment"));
    let (first, last) = (fragments.next().expect("a fragment"), fragments.next_back().expect("another"));
    std::fs::remove_file(site.out().join(first)).expect("the fragment");
    assert_eq!(site.build().counters.indexed, 0);
    assert_eq!(index(&site), before);
    // What was kept is edited with it: the index is made again, the file that was put back too.
    std::fs::remove_file(site.out().join(first)).expect("the fragment");
    site.write(&format!("public/{last}"), "somebody else's words");
    assert_eq!(site.build().counters.indexed, 11);
    assert_eq!(index(&site), before);
}

#[test]
fn the_same_site_gives_the_same_index_on_any_number_of_cores() {
    let site = (0..40).fold(site(), |site, n| {
        site.essay(&format!("essay-{n}"), "patterns: [lag, tangles]", &format!("Words number {n} and caf\u{e9}, cafe."))
    });
    let indexes = [1, 2, 7].map(|threads| {
        let _ = std::fs::remove_dir_all(site.out());
        pipeline::build_on(&site.options(), threads).expect("threads");
        index(&site)
    });
    assert!(indexes[0].len() > 50);
    assert_eq!(indexes[0], indexes[1]);
    assert_eq!(indexes[1], indexes[2]);
}

#[test]
fn an_index_that_is_not_wanted_any_more_is_broken_off() {
    let site = site();
    let assembled = pipeline::read(&site.options());
    let sources = |path: &SourcePath| assembled.text(path);
    let told = Mutex::new(Vec::new());
    let goes_on = |done, all| {
        told.lock().expect("the list").push((done, all));
        done < 2
    };
    let bundle = search::bundle(&assembled.site, &sources, &goes_on).expect("no fault");
    assert_eq!((bundle.files.len(), bundle.pages), (0, 0));
    assert_eq!(told.into_inner().expect("the list"), [(0, 11), (1, 11), (2, 11)]);
}

#[test]
fn a_page_that_can_not_be_made_is_told_and_no_index_is_left() {
    let site = site().file("themes/default/templates/essay.html", "{{ nothing.here }}");
    let built = site.try_build();
    assert!(built.has_errors());
    assert_eq!((built.counters.indexed, index(&site).len()), (0, 0));
}

#[test]
fn search_can_be_turned_off() {
    let site = site();
    site.build();
    site.write("content/site.yaml", format!("{ON}search: false\n"));
    let built = site.build();
    assert_eq!(built.counters.indexed, 0);
    assert!(!site.has_page("/search/"));
    assert!(index(&site).is_empty());
    for (path, bytes) in site.output() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let spoken = path.ends_with(".html") && (text.contains("/search/") || text.contains("pagefind"));
        assert!(!spoken, "{path} speaks of search");
    }
}

#[test]
fn the_index_does_not_know_the_path_the_site_is_below() {
    let site = site();
    site.build();
    let before = index(&site);
    site.write("content/site.yaml", "title: Test\nbase_url: https://example.org/below/\n");
    let built = site.build();
    assert_eq!(built.counters.indexed, 0);
    assert_eq!(index(&site), before);
    assert!(site.page("/").contains("data-index=\"/below/pagefind/pagefind.js\""));
}

#[test]
fn the_folder_of_the_index_is_taken() {
    let site = site()
        .file("content/static/pagefind/own.txt", "mine")
        .file("content/pages/old.md", "---\ntitle: Old\naliases: [/Pagefind/x/]\n---\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[url-taken]: the address `/Pagefind/x/` is in the folder `/pagefind/`, which holds the search index
     --> content/pages/old.md:3:11
      |
    3 | aliases: [/Pagefind/x/]
      |           ^^^^^^^^^^^^
      |
      = help: choose another address, or do without search: `search: false` in site.yaml

    error[url-taken]: the address `/pagefind/own.txt` is in the folder `/pagefind/`, which holds the search index
    --> content/static/pagefind/own.txt
     = help: choose another address, or do without search: `search: false` in site.yaml
    "#);
    let off = site.file("content/site.yaml", format!("{ON}search: false\n"));
    assert_eq!(off.said(), "");
}

#[test]
fn a_large_site_is_told_what_its_index_takes() {
    assert!(large_search(20_000).is_none());
    let fault = large_search(20_001).expect("a warning");
    insta::assert_snapshot!(site().shown(&[fault]), @r#"
    warning[large-search]: the search index of 20001 pages takes about 4 GB of memory to make
    --> content/site.yaml
     = help: write `search: false` to do without it, and leave readers `/browse/`
    "#);
}

#[test]
fn a_build_tells_of_the_index_apart_and_of_one_that_takes_a_while_before() {
    let said = |site: &TestSite, arguments: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_ninefold"));
        let output = program.arg("build").args(arguments).current_dir(site.root()).output().expect("the program");
        assert!(output.status.success());
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    let small = site();
    let first = said(&small, &["--timings"]);
    assert!(first.contains("\nsearch: 11 pages indexed in "), "{first}");
    assert!(first.contains(" ms  search\n") && !first.contains("Indexing"), "{first}");
    assert!(!said(&small, &[]).contains("search"), "it is kept");
    let large = (0..1_000).fold(site(), |site, n| site.essay(&format!("essay-{n}"), "", "Words."));
    let before = said(&large, &[]);
    assert!(before.starts_with("Indexing for search: 1011 pages\n"), "{before}");
    assert_eq!(said(&large, &["--quiet", "--out", "other"]), "");
}

#[test]
fn no_script_of_the_theme_is_large() {
    let scripts: Vec<(String, Vec<u8>)> = files(&repository().join("themes/default/assets"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".js"))
        .collect();
    assert!(scripts.len() >= 3);
    for (path, bytes) in scripts {
        assert!(bytes.len() < 16 * 1024, "{path} has {} bytes, not yet compressed", bytes.len());
    }
}
