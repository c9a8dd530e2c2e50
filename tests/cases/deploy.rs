//! The files that `ninefold new deploy` makes for each host, and the release workflow of this project.

use std::fs;

use serde_yaml::Value;

use super::commands::{code, err, run};
use crate::support::{TestSite, files, repository};

const HOSTS: [(&str, &[&str]); 5] = [
    ("github", &[".github/workflows/site.yml", "ninefold-install.sh"]),
    ("gitlab", &[".gitlab-ci.yml", "ninefold-install.sh"]),
    ("netlify", &["netlify.toml", "netlify/remember/index.js", "netlify/remember/manifest.yml", "ninefold-install.sh"]),
    ("cloudflare", &[".github/workflows/site.yml", "ninefold-install.sh", "wrangler.toml"]),
    (
        "cloudfront",
        &[
            "cloudfront/README.md",
            "cloudfront/error-responses.json",
            "cloudfront/headers.json",
            "cloudfront/index-rewrite.js",
        ],
    ),
];

/// The files made for `host`, by path.
fn made(host: &str) -> Vec<(String, String)> {
    let site = TestSite::new();
    let before = files(site.root());
    let output = run(site.root(), &["new", "deploy", host]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let again = run(site.root(), &["new", "deploy", host]);
    assert!(code(&again) == 1 && err(&again).starts_with("error[exists]"), "{}", err(&again));
    let new = files(site.root()).into_iter().filter(|file| !before.contains(file));
    new.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8"))).collect()
}

#[test]
fn each_host_gets_its_files_and_they_parse() {
    for (host, expected) in HOSTS {
        let made = made(host);
        assert_eq!(made.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), expected, "{host}");
        for (path, text) in made {
            assert!(!text.contains("REPOSITORY") && !text.contains("VERSION"), "{path}: a blank was not filled in");
            match path.rsplit('.').next() {
                Some("yml") => drop(serde_yaml::from_str::<Value>(&text).unwrap_or_else(|e| panic!("{path}: {e}"))),
                Some("toml") => drop(toml::from_str::<toml::Table>(&text).unwrap_or_else(|e| panic!("{path}: {e}"))),
                Some("json") => {
                    drop(serde_json::from_str::<serde_json::Value>(&text).unwrap_or_else(|e| panic!("{path}: {e}")));
                }
                _ => {}
            }
        }
    }
}

#[test]
fn workflows_check_changes_and_build_each_day() {
    for (host, built, sent) in [
        ("github", "ninefold build --base-url", "actions/deploy-pages"),
        ("cloudflare", "ninefold build --format github", "wrangler@4 pages deploy"),
    ] {
        let text = &made(host)[0].1;
        let workflow: Value = serde_yaml::from_str(text).expect("YAML");
        assert!(workflow["on"]["schedule"][0]["cron"].is_string(), "{host}");
        assert!(workflow["concurrency"]["group"].is_string(), "{host}");
        let runs = |job: &str| serde_yaml::to_string(&workflow["jobs"][job]["steps"]).expect("steps");
        assert!(runs("check").contains("ninefold check --strict --format github"), "{host}");
        let preview = &workflow["jobs"]["preview"];
        assert!(preview["if"].as_str().is_some_and(|when| when.contains("pull_request")), "{host}");
        assert!(preview["environment"]["url"].as_str().is_some_and(|url| url.contains("outputs")), "{host}");
        assert!(runs("preview").contains("--noindex --base-url"), "a preview never names the live site");
        let publish = runs("publish");
        assert!(publish.contains(built) && publish.contains(sent), "{host}: {publish}");
        assert!(made(host)[1].1.contains("sha256sum -c"), "what is fetched is compared with its checksum");
    }
}

#[test]
fn every_host_that_builds_gives_a_build_what_the_last_one_remembered() {
    let kept = [".ninefold", "public"];
    let file = |host: &str, name: &str| {
        let found = made(host).into_iter().find(|(path, _)| path.ends_with(name));
        found.map(|(_, text)| text).unwrap_or_else(|| panic!("{host} has no {name}"))
    };
    for host in ["github", "cloudflare"] {
        let workflow: Value = serde_yaml::from_str(&file(host, "site.yml")).expect("YAML");
        let steps = workflow["jobs"]["publish"]["steps"].as_sequence().expect("steps");
        let cache =
            steps.iter().find(|step| step["uses"].as_str().is_some_and(|uses| uses.starts_with("actions/cache")));
        let paths = cache.and_then(|step| step["with"]["path"].as_str()).expect("paths");
        assert_eq!(paths.lines().collect::<Vec<_>>(), kept, "{host}");
    }
    let gitlab: Value = serde_yaml::from_str(&file("gitlab", ".yml")).expect("YAML");
    let paths: Vec<&str> =
        gitlab["pages"]["cache"]["paths"].as_sequence().expect("paths").iter().filter_map(Value::as_str).collect();
    assert_eq!(paths, kept);
    let netlify: toml::Table = toml::from_str(&file("netlify", ".toml")).expect("TOML");
    assert_eq!(netlify["plugins"][0]["package"].as_str(), Some("./netlify/remember"));
    let script = file("netlify", "index.js");
    assert!(script.contains("const kept = [\".ninefold\", \"public\"];"), "{script}");
    assert!(script.contains("restore(kept)") && script.contains("save(kept)"), "{script}");
}

/// Every command of the program in the files has options that exist.
#[test]
fn the_commands_in_the_files_are_understood() {
    let site = TestSite::new().essay("a", "", "A.");
    let mut seen = 0;
    for (host, _) in HOSTS {
        for (_, text) in made(host) {
            for part in text.split("ninefold ").skip(1) {
                let line = part.split(['\n', '&']).next().unwrap_or_default().trim().trim_end_matches('"');
                let line = line.replace("\\\"", "\"");
                let words: Vec<String> = line
                    .split_whitespace()
                    .map(
                        |word| {
                            if word.contains('$') { "https://example.org/".to_owned() } else { word.replace('"', "") }
                        },
                    )
                    .filter(|word| !matches!(word.as_str(), "steps.pages.outputs.base_url" | "}}/"))
                    .collect();
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                if matches!(words.first(), Some(&"build" | &"check")) {
                    let output = run(site.root(), &words);
                    assert_eq!(code(&output), 0, "{words:?}: {}", err(&output));
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 6, "only {seen} commands");
}

/// The current majors of the actions, as the guide says when they were looked up.
const ACTIONS: [&str; 7] = [
    "actions/checkout@v7",
    "actions/cache@v6",
    "actions/configure-pages@v6",
    "actions/upload-pages-artifact@v5",
    "actions/deploy-pages@v5",
    "actions/upload-artifact@v7",
    "actions/download-artifact@v8",
];

#[test]
fn every_action_is_of_the_major_that_was_looked_up() {
    let read = |path: &str| fs::read_to_string(repository().join(path)).expect(path);
    let workflows =
        [made("github")[0].1.clone(), made("cloudflare")[0].1.clone(), read(".github/workflows/release.yml")];
    let used: Vec<String> = workflows
        .iter()
        .flat_map(|text| text.split("uses: ").skip(1))
        .filter_map(|rest| rest.split_whitespace().next().map(str::to_owned))
        .collect();
    for action in &used {
        assert!(ACTIONS.contains(&action.as_str()), "{action}");
    }
    for action in ACTIONS {
        assert!(used.iter().any(|used| used == action), "nothing uses {action}");
    }
    assert!(read("content/pages/guide/publishing.md").contains("looked up on 30 November 2026"));
}

#[test]
fn the_list_that_the_next_build_reads_is_sent_to_no_host() {
    for (host, file) in
        [("github", "site.yml"), ("gitlab", ".yml"), ("netlify", "index.js"), ("cloudflare", "site.yml")]
    {
        let found = made(host).into_iter().find(|(path, _)| path.ends_with(file)).expect("the file").1;
        assert!(found.contains(".ninefold-manifest"), "{host}: {found}");
    }
}

#[test]
fn releases_and_installers_agree_on_names() {
    let read = |path: &str| fs::read_to_string(repository().join(path)).expect(path);
    let workflow: Value = serde_yaml::from_str(&read(".github/workflows/release.yml")).expect("YAML");
    let matrix = workflow["jobs"]["build"]["strategy"]["matrix"]["include"].as_sequence().expect("targets");
    let targets: Vec<&str> = matrix.iter().filter_map(|entry| entry["target"].as_str()).collect();
    for system in ["linux-musl", "apple-darwin", "windows"] {
        assert!(targets.iter().any(|target| target.contains(system)), "{system}");
    }
    let cargo: toml::Table = toml::from_str(&read("Cargo.toml")).expect("TOML");
    let package = &cargo["package"];
    let url = package["metadata"]["binstall"]["pkg-url"].as_str().expect("an address");
    let repository = package["repository"].as_str().expect("an address");
    let version = env!("CARGO_PKG_VERSION");
    let filled = url
        .replace("{ repo }", repository)
        .replace("{ version }", version)
        .replace("{ name }", "ninefold")
        .replace("{ target }", "x86_64-unknown-linux-musl")
        .replace("{ archive-suffix }", ".tar.gz");
    assert!(targets.contains(&"x86_64-unknown-linux-musl"));
    assert!(
        made("gitlab")[1].1.contains(&filled.replace("ninefold-x86_64-unknown-linux-musl.tar.gz", "$name")),
        "{filled}"
    );
}

#[cfg(unix)]
#[test]
fn the_program_that_the_release_runs_is_there_and_can_be_run() {
    let read = |path: &str| fs::read_to_string(repository().join(path)).expect(path);
    let workflow: Value = serde_yaml::from_str(&read(".github/workflows/release.yml")).expect("YAML");
    let steps = workflow["jobs"]["build"]["steps"].as_sequence().expect("steps");
    let ours: Vec<&str> = steps
        .iter()
        .filter_map(|step| step["run"].as_str()?.split_whitespace().next())
        .filter(|program| program.starts_with(".ci/"))
        .collect();
    assert_eq!(ours, [".ci/dist"]);
    let metadata = fs::metadata(repository().join(ours[0])).expect("metadata");
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions());
    assert_eq!(mode & 0o111, 0o111, "{mode:o}");
}
