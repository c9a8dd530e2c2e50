//! The pictures that stand for pages where somebody shares them.

use std::collections::BTreeMap;
use std::fs;

use image::{ImageFormat, Rgb, RgbImage};
use ninefold::model::UrlPath;
use ninefold::pipeline;
use ninefold::site::View;

use super::pictures::picture;
use super::server::Server;
use super::small_site;
use crate::support::{TestSite, essay, repository};

const CONFIG: &str = "title: Cards\nbase_url: https://example.org\nsearch: false\nsocial_cards: true\n";

/// Colours of the light palette.
const LAG: Rgb<u8> = Rgb([0x01, 0x42, 0x3b]);
const TANGLES: Rgb<u8> = Rgb([0x47, 0x1d, 0x6f]);

fn with_cards() -> TestSite {
    TestSite::with_default_theme().file("content/site.yaml", CONFIG)
}

fn card(site: &TestSite, page: &str) -> RgbImage {
    let bytes = fs::read(site.out().join(&page[1..]).join("nf-card.png")).expect("a card");
    assert_eq!(image::guess_format(&bytes).ok(), Some(ImageFormat::Png), "{page}");
    image::load_from_memory(&bytes).expect("a picture").into_rgb8()
}

fn count(card: &RgbImage, colour: Rgb<u8>) -> usize {
    card.pixels().filter(|pixel| **pixel == colour).count()
}

fn og_image(site: &TestSite, url: &str) -> Option<String> {
    let page = site.page(url);
    let (_, rest) = page.split_once("<meta property=\"og:image\" content=\"")?;
    Some(rest.split('"').next().expect("its end").to_owned())
}

#[test]
fn each_page_that_is_shared_has_one() {
    let site = small_site::with_default_theme();
    let config = site.root().join("content/site.yaml");
    let text = fs::read_to_string(&config).expect("site.yaml");
    fs::write(&config, text + "social_cards: true\n").expect("site.yaml");
    site.build();
    let files: Vec<String> = site.output().into_iter().map(|(path, _)| path).collect();
    let pages = files.iter().filter_map(|path| path.strip_suffix("index.html"));
    let without: Vec<&str> = pages.filter(|page| !files.contains(&format!("{page}nf-card.png"))).collect();
    let is_further =
        |page: &&str| page.contains("page/") || site.page(&format!("/{page}")).contains("http-equiv=\"refresh\"");
    assert_eq!(without.into_iter().filter(|page| !is_further(page)).collect::<Vec<_>>(), ["search/"]);
    let cards: Vec<&String> = files.iter().filter(|path| path.ends_with("nf-card.png")).collect();
    assert!(cards.len() > 20 && cards.iter().all(|path| !path.contains("page/")), "{cards:?}");
}

#[test]
fn it_has_the_title_of_its_page() {
    let site = small_site::with_default_theme();
    let config = site.root().join("content/site.yaml");
    let text = fs::read_to_string(&config).expect("site.yaml");
    fs::write(&config, text + "social_cards: true\n").expect("site.yaml");
    let site = pipeline::read(&site.options()).site;
    let mut cards = 0;
    for (url, _) in site.urls() {
        let Some(View::SocialCard(card)) = site.view(url) else { continue };
        let page = UrlPath::new(url.as_str().strip_suffix("nf-card.png").expect("beside its page"));
        let Some(View::Html(html)) = site.view(&page) else { panic!("{page} is no page") };
        assert_eq!(card.title, html.page.title, "{page}");
        cards += 1;
    }
    assert!(cards > 20, "{cards}");
}

#[test]
fn it_shows_the_title_and_the_marks_of_the_pages_patterns() {
    let site = with_cards().essay("late", "patterns: [lag]\nconcepts: [etto]", "Text.").essay(
        "tangled",
        "patterns: [tangles]\nsummary: What it says.",
        "Text.",
    );
    site.build();
    let late = card(&site, "/essays/late/");
    assert_eq!((late.width(), late.height()), (1200, 630));
    assert!(count(&late, LAG) > 500, "{}", count(&late, LAG));
    assert_eq!(count(&late, TANGLES), 0);
    let tangled = card(&site, "/essays/tangled/");
    assert!(count(&tangled, TANGLES) > 500);
    assert_eq!(count(&tangled, LAG), 0);
    let ink = |card: &RgbImage| count(card, Rgb([0x1c, 0x22, 0x26]));
    assert!(ink(&late) > 500, "the title is in ink: {}", ink(&late));
    assert!(ink(&tangled) > ink(&late), "a longer title has more of it");
    let home = card(&site, "/");
    assert!(count(&home, LAG) > 500 && count(&home, TANGLES) > 500);
    assert_eq!(count(&card(&site, "/concepts/etto/"), LAG), 0, "a concept is about none of the nine");
}

/// What of a card has a colour, from the left edge and the top to the right edge and the bottom.
fn extent(card: &RgbImage, colour: Rgb<u8>) -> Option<[u32; 4]> {
    let found = card.enumerate_pixels().filter(|(.., pixel)| **pixel == colour).map(|(x, y, _)| [x, y, x, y]);
    found.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

const INK: Rgb<u8> = Rgb([0x1c, 0x22, 0x26]);

fn site_in(language: &str, title: &str) -> TestSite {
    let front = format!("---\ntitle: {title}\ndate: 2026-05-11\nsummary: {title}\npatterns: lag\n---\nText.\n");
    with_cards().file("content/site.yaml", format!("{CONFIG}language: {language}\n")).file("content/essays/a.md", front)
}

#[test]
fn what_runs_from_right_to_left_has_a_card_that_does() {
    let [there, here] = ["en", "he"].map(|language| {
        let site = site_in(language, "Out of ports");
        site.build();
        card(&site, "/essays/a/")
    });
    let ink = |card: &RgbImage| extent(card, INK).expect("a title");
    let mark = |card: &RgbImage| extent(card, LAG).expect("a mark");
    assert!(ink(&there)[0] < 90 && ink(&there)[2] < 800, "{:?}", ink(&there));
    assert!(ink(&here)[2] > 1110 && ink(&here)[0] > 400, "{:?}", ink(&here));
    // The mark of lag is the fifth of nine: in the middle of its square.
    assert!(mark(&there)[0] > 850 && mark(&here)[2] < 350, "{:?} {:?}", mark(&there), mark(&here));
}

/// Without a font that has them a card leaves out what is in Hebrew, and says so; with one it is there, and at its side.
#[test]
#[ignore = "needs fonts-dejavu-core and fonts-vlgothic"]
fn a_font_that_a_theme_brings_sets_cards_in_other_letters() {
    for (language, title, font) in [
        ("he", "GitHub נעצר, ומי ידע?", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
        ("ja", "頭の中の仕事とは、実際の仕事ではない。", "/usr/share/fonts/truetype/vlgothic/VL-Gothic-Regular.ttf"),
    ] {
        let site = site_in(language, title);
        assert!(site.said().contains("the card shows no title"), "{}", site.said());
        site.build();
        let above = |card: &RgbImage| image::imageops::crop_imm(card, 0, 0, 1200, 520).to_image();
        assert_eq!(extent(&above(&card(&site, "/essays/a/")), INK), None, "{language}");
        let site = site_in(language, title).file("themes/default/fonts/own.ttf", fs::read(font).expect(font));
        assert_eq!(site.said(), "", "{language}");
        site.build();
        let card = card(&site, "/essays/a/");
        let [left, _, right, _] = extent(&above(&card), INK).expect("a title");
        let is_at_its_side = if language == "he" { right > 1110 && left > 300 } else { left < 90 && right < 800 };
        assert!(is_at_its_side, "{language}: {left} to {right}");
        // The name of the pattern stands at the foot.
        let foot = image::imageops::crop_imm(&card, 0, 530, 1200, 100).to_image();
        assert!(extent(&foot, LAG).is_some(), "{language}");
    }
}

#[test]
fn the_page_names_it_by_an_address_that_changes_with_what_it_shows() {
    let site = with_cards().essay("a", "patterns: [lag]", "Text.");
    site.build();
    let first = og_image(&site, "/essays/a/").expect("a picture");
    let (address, version) = first.split_once("?v=").expect("a version");
    assert_eq!(address, "https://example.org/essays/a/nf-card.png");
    assert!(version.len() >= 8, "{version}");
    let page = site.page("/essays/a/");
    for tag in [
        "<meta property=\"og:image:width\" content=\"1200\">",
        "<meta property=\"og:image:height\" content=\"630\">",
        "<meta property=\"og:image:alt\" content=\"a\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
    ] {
        assert!(page.contains(tag), "{tag}");
    }
    assert!(page.contains(&format!("\"image\":\"{first}\"")), "JSON-LD names it too");
    site.write("content/essays/a.md", essay("a", "patterns: [lag]", "Other text, below."));
    site.write("content/essays/b.md", essay("b", "", "Text."));
    site.build();
    assert_ne!(og_image(&site, "/essays/b/"), None);
    let summary_changed = og_image(&site, "/essays/a/");
    assert_ne!(summary_changed.as_ref(), Some(&first), "the summary is on the card");
    site.write("content/essays/a.md", essay("a", "patterns: [lag]", "Other text, below.\n\nAnd more of it."));
    site.build();
    assert_eq!(og_image(&site, "/essays/a/"), summary_changed, "nothing on the card changed");
}

#[test]
fn a_picture_of_the_essays_own_comes_first_and_without_the_setting_there_is_none() {
    let site = with_cards()
        .file("content/essays/a/index.md", essay("a", "image: harbour.jpg", "Text."))
        .file("content/essays/a/harbour.jpg", picture(90, 60, ImageFormat::Jpeg));
    site.build();
    assert_eq!(og_image(&site, "/essays/a/").as_deref(), Some("https://example.org/essays/a/harbour.jpg"));
    let site = TestSite::with_default_theme().essay("a", "", "Text.");
    site.build();
    assert_eq!(og_image(&site, "/essays/a/"), None);
    assert!(site.output().iter().all(|(path, _)| !path.ends_with("nf-card.png")));
}

#[test]
fn the_same_site_makes_the_same_bytes_and_what_shows_the_same_is_left_alone() {
    let site = with_cards().essay("a", "patterns: [lag]", "Text.").essay("b", "patterns: [lag]", "Text.");
    site.build();
    let cards = |site: &TestSite| -> BTreeMap<String, Vec<u8>> {
        site.output().into_iter().filter(|(path, _)| path.ends_with(".png")).collect()
    };
    let first = cards(&site);
    let time = |page: &str| {
        fs::metadata(site.out().join(page).join("nf-card.png")).and_then(|file| file.modified()).expect("a time")
    };
    let (a, b) = (time("essays/a"), time("essays/b"));
    site.write("content/essays/b.md", essay("Another title", "patterns: [lag]", "Text."));
    site.build();
    assert_eq!(time("essays/a"), a);
    assert_ne!(time("essays/b"), b);
    assert_ne!(cards(&site), first);
    site.write("content/essays/b.md", essay("b", "patterns: [lag]", "Text."));
    site.build();
    assert!(cards(&site) == first, "back to what it was");
    fs::remove_dir_all(site.root().join(".ninefold")).expect("its memory");
    fs::remove_dir_all(site.out()).expect("the output");
    pipeline::build_on(&site.options(), 1).expect("one thread");
    assert!(cards(&site) == first, "on one thread the same");
    let font = fs::read(repository().join("themes/default/fonts/text.ttf")).expect("a font");
    site.write("themes/default/fonts/title.ttf", font);
    site.build();
    assert!(cards(&site) != first, "another font is another card");
}

#[test]
fn no_title_is_too_odd_for_it() {
    let titles = [
        "</text><script>alert(1)</script> & <b>".to_owned(),
        "\u{6f22}\u{5b57} \u{1f980} \u{202e}turned".to_owned(),
        "word ".repeat(400),
        "x".repeat(2_000),
        "{{ site.title }} {% raw %}".to_owned(),
    ];
    let site = titles.iter().enumerate().fold(with_cards(), |site, (n, title)| {
        site.file(
            &format!("content/essays/e{n}.md"),
            format!("---\ntitle: '{title}'\ndate: 2026-05-01\n---\n\nText.\n"),
        )
    });
    let built = site.try_build();
    assert!(!built.has_errors(), "{}", site.shown(&built.diagnostics));
    for n in 0..titles.len() {
        assert_eq!(card(&site, &format!("/essays/e{n}/")).dimensions(), (1200, 630));
    }
}

#[test]
fn a_theme_draws_its_own_and_what_is_wrong_with_it_is_told() {
    let site = with_cards().essay("a", "", "Text.").file(
        "themes/default/templates/card.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"63\"><rect width=\"120\" height=\"63\" fill=\"#102030\"/></svg>",
    );
    site.build();
    assert_eq!(count(&card(&site, "/essays/a/"), Rgb([0x10, 0x20, 0x30])), 1200 * 630);
    site.write("themes/default/templates/card.svg", "<svg>\n<text>{{ titel }}</text></svg>");
    insta::assert_snapshot!(site.said(), @r"
    error[template]: variable `titel` is not defined. Available variables: after, before, dir, label, marks, nine, site, summary, title
     --> themes/default/templates/card.svg:2:10
      |
    2 | <text>{{ titel }}</text></svg>
      |          ^^^^^
      |
      = help: met on the page `/browse/nf-card.png` and 14 more
    ");
    site.write("themes/default/templates/card.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect></svg>");
    insta::assert_snapshot!(site.said(), @r"
    error[template]: what the template makes is no drawing: expected 'rect' tag, not 'svg' at 1:47
    --> themes/default/templates/card.svg
     = help: met on the page `/browse/nf-card.png` and 14 more
    ");
}

#[test]
fn its_colours_are_those_of_the_style_sheet() {
    let read = |path: &str| fs::read_to_string(repository().join("themes/default").join(path)).expect("a file");
    let (sheet, card) = (read("assets/style.css"), read("templates/card.svg"));
    let light = sheet.split("@media (prefers-color-scheme: dark)").next().expect("the light palette");
    for pattern in ninefold::model::Pattern::ALL {
        let declared = light.split(&format!("--nf-{pattern}: ")).nth(1).expect("a colour");
        let colour = &declared[..7];
        assert!(card.contains(&format!("\"{pattern}\": \"{colour}\"")), "{pattern} is {colour} in the style sheet");
    }
}

#[test]
fn while_writing_it_is_drawn_when_it_is_asked_for() {
    let site = with_cards().essay("a", "patterns: [lag]", "Text.");
    let server = Server::of(&site);
    let answer = server.get("/essays/a/nf-card.png?v=1");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/png")));
    site.build();
    let built = fs::metadata(site.out().join("essays/a/nf-card.png")).expect("a card").len();
    assert_eq!(answer.header("content-length"), Some(built.to_string().as_str()));
    assert_eq!(server.get("/search/nf-card.png").status, 404);
}

#[test]
fn signs_are_drawn_and_a_text_with_letters_that_no_font_has_is_left_out_and_told() {
    let title = |title: &str| format!("---\ntitle: \"{title}\"\ndate: 2026-05-01\n---\n\nText.\n");
    let dark = Rgb([0x1c, 0x22, 0x26]);
    let site = with_cards()
        .file("content/essays/a.md", title("Retries \u{2192} storms: \u{3bb} \u{2265} \u{3bc} \u{2713}"))
        .file("content/essays/b.md", title("Retries storms: \u{3bb} \u{3bc}"))
        .file("content/essays/c.md", title("\u{7aef}\u{53e3}\u{7528}\u{5b8c}\u{4e86}"))
        .file("content/essays/d.md", title("\u{2192} \u{2265} \u{2713}"));
    insta::assert_snapshot!(site.said(), @"
    warning[card-letters]: no font of cards has `端`: the card shows no title
    --> content/essays/c.md
     = help: put a font that has it into `fonts/` of the theme, under any name that ends in `.ttf`
    ");
    let counts: Vec<usize> =
        ["a", "b", "c", "d"].map(|id| count(&card(&site, &format!("/essays/{id}/")), dark)).to_vec();
    // The site's title is on each.
    assert!(counts[0] > counts[1] && counts[1] > counts[3] && counts[3] > counts[2] && counts[2] > 0, "{counts:?}");
}

#[test]
fn a_theme_may_have_other_fonts_and_more_of_them() {
    let dark = Rgb([0x1c, 0x22, 0x26]);
    let font = |name: &str| fs::read(repository().join(format!("themes/default/fonts/{name}"))).expect("a font");
    let site = with_cards().essay("grow-fast", "", "Text.");
    site.build();
    let before = card(&site, "/essays/grow-fast/");
    // Another family in the place of the titles' font; the name of the family in the drawing stays.
    site.write("themes/default/fonts/title.ttf", font("text.ttf"));
    site.build();
    let other = count(&card(&site, "/essays/grow-fast/"), dark);
    assert!(other > count(&before, dark) / 2, "{other}");
    // A font beside them changes nothing that they have letters for.
    site.write("themes/default/fonts/title.ttf", font("title.ttf"));
    site.write("themes/default/fonts/another.ttf", font("text.ttf"));
    site.build();
    assert!(card(&site, "/essays/grow-fast/") == before);
}

#[test]
fn a_font_that_the_theme_does_not_have_is_told() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"63\">\n<text font-family=\"Inter, sans-serif\">A</text></svg>";
    let site = with_cards().essay("a", "", "Text.").file("themes/default/templates/card.svg", drawing);
    insta::assert_snapshot!(site.said(), @r#"
    warning[card-font]: no font of the theme is called `Inter`: another stands in its place
     --> themes/default/templates/card.svg:2:7
      |
    2 | <text font-family="Inter, sans-serif">A</text></svg>
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put the font into `fonts/` of the theme, or take the name out
    "#);
}
