//! Pictures: their sizes, smaller copies, dark siblings, words for those who don't see them; drawings made safe.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use ninefold::pipeline;

use crate::support::TestSite;

/// A picture with a gradient, in any format that is written here.
pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let shade = |n: u32, of: u32| u8::try_from(n * 255 / of).expect("a byte");
    let pixels = RgbImage::from_fn(width, height, |x, y| Rgb([shade(x, width), shade(y, height), 90]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(pixels).write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

fn essay(site: TestSite, body: &str) -> TestSite {
    site.file("content/essays/a/index.md", crate::support::essay("A", "", body))
}

/// The copies that were made, without the hashes in their names.
fn copies(site: &TestSite) -> Vec<String> {
    let parts = |path: &str| -> Option<String> {
        let (start, width) = path.strip_prefix("pictures/")?.rsplit_once('-')?;
        Some(format!("{}-{width}", start.rsplit_once('-')?.0))
    };
    site.output().iter().filter_map(|(path, _)| parts(path)).collect()
}

/// Hashes as they are in names, put aside.
fn without_hashes(html: &str) -> String {
    let mut out = String::new();
    for piece in html.split_inclusive('-') {
        let word = piece.trim_end_matches('-');
        let is_hash = word.len() >= 8 && word.bytes().all(|b| b.is_ascii_hexdigit());
        out.push_str(if is_hash { "HASH-" } else { piece });
    }
    out
}

#[test]
fn a_picture_has_its_size_and_copies_to_choose_from() {
    let site = essay(TestSite::new(), "![A *shore* at `noon`](boats.jpg)")
        .file("content/essays/a/boats.jpg", picture(1000, 500, ImageFormat::Jpeg));
    site.build();
    insta::assert_snapshot!(without_hashes(&site.body("/essays/a/")), @r#"<p><picture><source type="image/webp" srcset="/pictures/boats-HASH-480.webp 480w, /pictures/boats-HASH-800.webp 800w, /pictures/boats-HASH-1000.webp 1000w" sizes="(min-width: 48rem) 44rem, 94vw" width="1000" height="500" /><img src="/essays/a/boats.jpg" alt="A shore at noon" width="1000" height="500" loading="lazy" decoding="async" /></picture></p>"#);
    insta::assert_debug_snapshot!(copies(&site), @r#"
    [
        "boats-1000.webp",
        "boats-480.webp",
        "boats-800.webp",
    ]
    "#);
    for (path, bytes) in site.output().iter().filter(|(path, _)| path.starts_with("pictures/")) {
        let width = image::load_from_memory(bytes).expect("a picture").width();
        assert!(path.ends_with(&format!("-{width}.webp")), "{path} is {width} wide");
    }
}

#[test]
fn only_pictures_that_pages_show_are_copied() {
    let large = picture(900, 300, ImageFormat::Png);
    let site = essay(TestSite::new(), "![Shown](/shown.png) [linked](/linked.png)")
        .essay("b", "draft: true", "![Of a draft](/draft.png)")
        .file("content/static/shown.png", &large)
        .file("content/static/linked.png", picture(900, 301, ImageFormat::Png))
        .file("content/static/draft.png", picture(900, 302, ImageFormat::Png))
        .file("content/static/unused.png", picture(900, 303, ImageFormat::Png));
    site.build();
    assert_eq!(copies(&site), ["shown-480.webp", "shown-800.webp", "shown-900.webp"]);
    assert!(site.has_page("/unused.png"), "it is copied as it is");
}

#[test]
fn small_pictures_moving_ones_and_drawings_have_a_size_and_no_copies() {
    let site = essay(TestSite::new(), "![Small](s.png) ![Moving](m.gif) ![Drawn](d.svg) ![In inches](i.svg)")
        .file("content/essays/a/s.png", picture(300, 200, ImageFormat::Png))
        .file("content/essays/a/m.gif", picture(600, 200, ImageFormat::Gif))
        .file("content/essays/a/d.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 480\"/>")
        .file(
            "content/essays/a/i.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2in\" viewBox=\"0 0 4 1\"/>",
        );
    site.build();
    assert_eq!(copies(&site), Vec::<String>::new());
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"<p><img src="/essays/a/s.png" alt="Small" width="300" height="200" loading="lazy" decoding="async" /> <img src="/essays/a/m.gif" alt="Moving" width="600" height="200" loading="lazy" decoding="async" /> <img src="/essays/a/d.svg" alt="Drawn" width="640" height="480" loading="lazy" decoding="async" /> <img src="/essays/a/i.svg" alt="In inches" width="192" height="48" loading="lazy" decoding="async" /></p>"#);
}

#[test]
fn a_dark_sibling_is_shown_to_readers_who_asked_for_dark() {
    let site = essay(TestSite::new(), "![Queue](queue.png \"A queue\")\n\n![Gate](gate.svg)")
        .file("content/essays/a/queue.png", picture(500, 200, ImageFormat::Png))
        .file("content/essays/a/queue.dark.png", picture(600, 300, ImageFormat::Png))
        .file("content/essays/a/gate.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"/>")
        .file(
            "content/essays/a/gate.dark.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"20\"/>",
        );
    site.build();
    insta::assert_snapshot!(without_hashes(&site.body("/essays/a/")), @r#"
    <figure>
    <picture><source media="(prefers-color-scheme: dark)" type="image/webp" srcset="/pictures/queue-dark-HASH-480.webp 480w, /pictures/queue-dark-HASH-600.webp 600w" sizes="(min-width: 48rem) 44rem, 94vw" width="600" height="300" /><source media="(prefers-color-scheme: dark)" srcset="/essays/a/queue.dark.png" width="600" height="300" /><source type="image/webp" srcset="/pictures/queue-HASH-500.webp 500w" sizes="(min-width: 48rem) 44rem, 94vw" width="500" height="200" /><img src="/essays/a/queue.png" alt="Queue" width="500" height="200" loading="lazy" decoding="async" /></picture>
    <figcaption>A queue</figcaption>
    </figure>
    <p><picture><source media="(prefers-color-scheme: dark)" srcset="/essays/a/gate.dark.svg" width="10" height="20" /><img src="/essays/a/gate.svg" alt="Gate" width="10" height="20" loading="lazy" decoding="async" /></picture></p>
    "#);
}

#[test]
fn a_photograph_that_lies_on_its_side_is_turned() {
    // The note that says so (Exif, orientation 6) stands in a segment before the picture.
    let exif = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let mut bytes = picture(900, 600, ImageFormat::Jpeg);
    bytes.splice(2..2, exif.iter().copied());
    let site = essay(TestSite::new(), "![Tall](tall.jpg)").file("content/essays/a/tall.jpg", bytes);
    site.build();
    assert!(site.body("/essays/a/").contains(" width=\"600\" height=\"900\""), "{}", site.body("/essays/a/"));
    assert_eq!(copies(&site), ["tall-480.webp", "tall-600.webp"]);
}

#[test]
fn the_opening_picture_and_the_logo_have_sizes_too() {
    let site = TestSite::with_default_theme()
        .file("content/site.yaml", "title: Test\nbase_url: https://example.org\nlogo: logo.svg\n")
        .file("content/static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>")
        .file("content/static/open.png", picture(700, 350, ImageFormat::Png))
        .essay("a", "image: /open.png", "Words.");
    site.build();
    let page = site.page("/essays/a/");
    let line = |wanted: &str| page.lines().find(|line| line.contains(wanted)).expect("the line").to_owned();
    insta::assert_snapshot!(without_hashes(&line("nf-opening")), @r#"<picture><source type="image/webp" sizes="(min-width: 48rem) 44rem, 94vw" srcset="/pictures/open-HASH-480.webp 480w, /pictures/open-HASH-700.webp 700w" width="700" height="350"><img class="nf-opening" src="/open.png" alt="" width="700" height="350" fetchpriority="high"></picture>"#);
    insta::assert_snapshot!(line("nf-brand"), @r#"<a class="nf-brand" href="/"><img src="/logo.svg" alt="" width="9" height="9"> Test</a>"#);
}

#[test]
fn feeds_show_the_picture_alone() {
    let site = essay(TestSite::new(), "![Boats](boats.png)")
        .file("content/essays/a/boats.png", picture(600, 300, ImageFormat::Png));
    site.build();
    let feed = site.page("/feed.xml");
    assert!(feed.contains("https://example.org/essays/a/boats.png"), "{feed}");
    assert!(!feed.contains("webp"), "{feed}");
}

#[test]
fn raw_html_beside_a_picture_leaves_its_copies() {
    let site = essay(TestSite::new(), "![Boats](boats.png)\n\n<mark>Raw</mark>")
        .file("content/essays/a/boats.png", picture(600, 300, ImageFormat::Png));
    site.build();
    let body = site.body("/essays/a/");
    assert!(body.contains("-480.webp 480w, ") && body.contains("width=\"600\"") && body.contains("sizes="), "{body}");
}

#[test]
fn copies_are_made_once() {
    let site = essay(TestSite::new(), "![Boats](boats.png)")
        .file("content/essays/a/boats.png", picture(600, 300, ImageFormat::Png));
    site.build();
    let first = site.output();
    assert_eq!(site.build().counters.rendered, 0);
    std::fs::remove_dir_all(site.out()).expect("the output");
    site.build();
    assert_eq!(site.output(), first);
}

#[test]
fn a_picture_without_words_is_a_warning() {
    let site = essay(
        TestSite::new(),
        "![](a.png)\n\n![ ](a.png \"A caption is none\")\n\n![](a.png#decorative)\n\n![](https://elsewhere.example/a.png)",
    )
    .file("content/essays/a/a.png", picture(20, 20, ImageFormat::Png));
    insta::assert_snapshot!(site.said(), @r#"
    warning[missing-alt]: the picture has no description for those who don't see it
     --> content/essays/a/index.md:6:1
      |
    6 | ![](a.png)
      | ^^^^^^^^^^
      |
      = help: say in the square brackets what it shows: `![Queue length, rising from noon](queue.png)`
      = help: if the text says all of it, end the address with `#decorative`

    warning[missing-alt]: the picture has no description for those who don't see it
     --> content/essays/a/index.md:8:1
      |
    8 | ![ ](a.png "A caption is none")
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: say in the square brackets what it shows: `![Queue length, rising from noon](queue.png)`
      = help: if the text says all of it, end the address with `#decorative`

    warning[missing-alt]: the picture has no description for those who don't see it
      --> content/essays/a/index.md:12:1
       |
    12 | ![](https://elsewhere.example/a.png)
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: say in the square brackets what it shows: `![Queue length, rising from noon](queue.png)`
       = help: if the text says all of it, end the address with `#decorative`

    warning[outside-picture]: the picture is loaded from another host
      --> content/essays/a/index.md:12:1
       |
    12 | ![](https://elsewhere.example/a.png)
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: save it beside the essay's `index.md`, or in `static/`, and show that file
    "#);
}

#[test]
fn a_drawing_keeps_its_shapes_and_loses_what_could_act() {
    const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 8 8\" onload=\"alert(1)\">\
<title>A door</title><style>rect { fill: red } @media (prefers-color-scheme: dark) { rect { fill: blue } }</style>\
<script>alert(1)</script><foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject>\
<rect id=\"r\" width=\"4\" height=\"4\" onclick=\"alert(2)\"/><use xlink:href=\"#r\" x=\"4\"/>\
<image href=\"https://elsewhere.example/a.png\"/><a href=\"javascript:alert(3)\"><text>Go</text></a></svg>";
    let site = essay(TestSite::new(), "![Door](door.svg)")
        .file("content/essays/a/door.svg", DRAWING)
        .file("content/static/unseen.svg", DRAWING);
    insta::assert_snapshot!(site.said(), @r#"
    warning[picture-cleaned]: taken out of the drawing: `<foreignObject>`, `<script>`, `href https:`, `href javascript:`, `onclick`, `onload`
    --> content/essays/a/door.svg
     = help: a drawing may hold shapes, text, styles and pictures of its own; delete the rest, or say `html: trusted` in site.yaml

    warning[picture-cleaned]: taken out of the drawing: `<foreignObject>`, `<script>`, `href https:`, `href javascript:`, `onclick`, `onload`
    --> content/static/unseen.svg
     = help: a drawing may hold shapes, text, styles and pictures of its own; delete the rest, or say `html: trusted` in site.yaml
    "#);
    insta::assert_snapshot!(site.page("/essays/a/door.svg"), @r##"
    <?xml version="1.0" encoding="utf-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
      <title>A door</title>
      <style>rect { fill: red } @media (prefers-color-scheme: dark) { rect { fill: blue } }</style>
      <rect height="4" id="r" width="4"/>
      <use href="#r" x="4"/>
      <image href="/a.png"/>
      <a>
        <text>Go</text>
      </a>
    </svg>
    "##);
    assert_eq!(site.page("/essays/a/door.svg"), site.page("/unseen.svg"));

    let trusted = essay(TestSite::new(), "![Door](door.svg)")
        .file("content/site.yaml", "title: T\nbase_url: https://example.org\nhtml: trusted\n")
        .file("content/essays/a/door.svg", DRAWING);
    assert_eq!(trusted.said(), "");
    assert_eq!(trusted.page("/essays/a/door.svg"), DRAWING);
}

#[test]
fn a_drawing_keeps_its_letters_and_the_path_of_its_text() {
    const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\" \
aria-label=\"Größe der Überlast\"><style>.größe, #ü { fill: url(#ä) }</style><linearGradient id=\"ä\"/><linearGradient id=\"&#252;\"/>\
<rect class=\"größe\" fill=\"url(#ä)\" width=\"4\"/><rect fill=\"url(#ü)\" width=\"4\"/><path id=\"bogen-1\" d=\"M1 1h7\"/>\
<text><textPath href=\"#bogen-1\">über</textPath><textPath xlink:href=\"#bogen-1\">unter</textPath></text></svg>";
    let site = essay(TestSite::new(), "![Size](size.svg)").file("content/essays/a/size.svg", DRAWING);
    assert_eq!(site.said(), "");
    insta::assert_snapshot!(site.page("/essays/a/size.svg"), @r##"
    <?xml version="1.0" encoding="utf-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" aria-label="Größe der Überlast" viewBox="0 0 9 9">
      <style>.größe, #ü { fill: url(#ä) }</style>
      <linearGradient id="ä"/>
      <linearGradient id="ü"/>
      <rect class="größe" fill="url(#ä)" width="4"/>
      <rect fill="url(#ü)" width="4"/>
      <path d="M1 1h7" id="bogen-1"/>
      <text>
        <textPath href="#bogen-1">über</textPath>
        <textPath href="#bogen-1">unter</textPath>
      </text>
    </svg>
    "##);

    let elsewhere = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text><textPath href=\"https://elsewhere.example/#ä\">x</textPath></text></svg>";
    let site = essay(TestSite::new(), "![Size](size.svg)").file("content/essays/a/size.svg", elsewhere);
    assert!(site.said().contains("taken out of the drawing: `href https:`"), "{}", site.said());
    assert!(!site.page("/essays/a/size.svg").contains("elsewhere"));
}

#[test]
fn smaller_copies_keep_the_profile_of_the_colours() {
    use image::{ExtendedColorType, ImageDecoder, ImageEncoder};
    let with = |profile: &[u8], alpha: u8| {
        let mut bytes = Vec::new();
        let pixels: Vec<u8> = (0..1000 * 4).flat_map(|n| [(n % 250) as u8, 40, 40, alpha]).collect();
        let mut encoder = image::codecs::png::PngEncoder::new(&mut bytes);
        encoder.set_icc_profile(profile.to_vec()).expect("a profile");
        encoder.write_image(&pixels, 1000, 4, ExtendedColorType::Rgba8).expect("a picture");
        bytes
    };
    let wide = [[0; 16].as_slice(), b"RGB ", &[0; 108], b"Display P3"].concat();
    let srgb = [[0; 16].as_slice(), b"RGB ", &[0; 108], b"sRGB built-in"].concat();
    for (profile, alpha, kept) in [(&wide, 255, true), (&wide, 128, true), (&srgb, 255, false)] {
        let site = essay(TestSite::new(), "![A](a.png)").file("content/essays/a/a.png", with(profile, alpha));
        assert_eq!(site.said(), "");
        let output = site.output();
        let copies: Vec<&Vec<u8>> =
            output.iter().filter(|(path, _)| path.starts_with("pictures/")).map(|(_, bytes)| bytes).collect();
        assert_eq!(copies.len(), 3);
        for copy in copies {
            let mut decoder = image::codecs::webp::WebPDecoder::new(Cursor::new(copy)).expect("WebP");
            assert_eq!(decoder.icc_profile().expect("its parts").as_ref() == Some(profile), kept);
            assert_eq!(decoder.color_type().has_alpha(), alpha < 255);
            image::DynamicImage::from_decoder(decoder).expect("whole");
        }
    }
}

/// Eight threads would open eight of these at once, which is 1.5 GB. Two are within the budget; what allocators have not yet given
/// back comes on top, and differs from run to run by 150 MB.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "opens twelve pictures of 49 million pixels"]
fn large_pictures_are_opened_a_few_at_a_time() {
    use std::process::{Command, Stdio};
    use std::time::Duration;

    let large = picture(7_000, 7_000, ImageFormat::Png);
    let site = essay(TestSite::new(), "![A](a.png) ![B](b.png) ![C](c.png)");
    let site =
        ["a", "b", "c"].iter().fold(site, |site, name| site.file(&format!("content/essays/a/{name}.png"), &large));
    let mut build = Command::new(env!("CARGO_BIN_EXE_ninefold"))
        .args(["build", "--quiet"])
        .current_dir(site.root())
        .env("RAYON_NUM_THREADS", "8")
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program");
    let mut peak = 0_u64;
    let end = loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", build.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        match build.try_wait().expect("its state") {
            Some(end) => break end,
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    assert!(end.success());
    assert_eq!(copies(&site).len(), 12);
    assert!(peak < 900 << 10, "{peak} KB");
}

/// Exif with a GPS position and a copyright, of a picture that is turned.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    [
        b"MM\0*\0\0\0\x08\0\x03".to_vec(),
        entry(0x0112, 3, 1, [0, 6, 0, 0]),
        entry(0x8298, 2, 4, *b"Ann\0"),
        entry(0x8825, 4, 1, [0, 0, 0, 50]),
        vec![0; 4],
        b"\0\x01".to_vec(),
        entry(2, 5, 1, [0, 0, 0, 68]),
        vec![0; 4],
        b"\0\0\0\x34\0\0\0\x01".to_vec(),
    ]
    .concat()
}

/// A photograph with these notes.
fn photograph(format: ImageFormat) -> Vec<u8> {
    use img_parts::{Bytes, DynImage, ImageEXIF};
    let bytes = picture(500, 100, format);
    let mut photograph = DynImage::from_bytes(Bytes::from(bytes)).expect("a picture").expect("a known format");
    photograph.set_exif(Some(Bytes::from(exif())));
    photograph.encoder().bytes().to_vec()
}

fn photographs(settings: &str) -> TestSite {
    let settings = format!("title: T\nbase_url: https://example.org\nsearch: false\n{settings}\n");
    essay(TestSite::new(), "![A desk](desk.jpg) ![A desk](desk.png) ![A desk](desk.webp)")
        .file("content/site.yaml", settings)
        .file("content/essays/a/desk.jpg", photograph(ImageFormat::Jpeg))
        .file("content/essays/a/desk.png", photograph(ImageFormat::Png))
        .file("content/essays/a/desk.webp", photograph(ImageFormat::WebP))
        .file("content/essays/a/desk.tif", exif())
}

#[test]
fn what_a_photograph_tells_of_its_maker_is_told() {
    insta::assert_snapshot!(photographs("").said(), @r"
    warning[private-notes]: the picture's file says where it was made
    --> content/essays/a/desk.jpg
     = help: `pictures: {strip: true}` in site.yaml takes that out of what is published

    warning[private-notes]: the picture's file says where it was made
    --> content/essays/a/desk.png
     = help: `pictures: {strip: true}` in site.yaml takes that out of what is published

    warning[private-notes]: the picture's file says where it was made
    --> content/essays/a/desk.tif
     = help: save it without metadata

    warning[private-notes]: the picture's file says where it was made
    --> content/essays/a/desk.webp
     = help: `pictures: {strip: true}` in site.yaml takes that out of what is published
    ");
}

#[test]
fn the_settings_take_out_what_photographs_tell() {
    use image::ImageDecoder;
    let site = photographs("pictures: {strip: true}");
    let built = site.build();
    let told: Vec<_> = built.diagnostics.iter().filter_map(|fault| fault.path()).map(ToString::to_string).collect();
    assert_eq!(told, ["content/essays/a/desk.tif"]);
    for name in ["desk.jpg", "desk.png", "desk.webp"] {
        let bytes = std::fs::read(site.out().join("essays/a").join(name)).expect(name);
        let has = |note: &[u8]| bytes.windows(note.len()).any(|window| window == note);
        assert!(!has(&[0x88, 0x25]), "{name} has a position");
        assert!(has(b"Ann\0"), "{name} lost its copyright");
        let reader = image::ImageReader::new(Cursor::new(&bytes)).with_guessed_format().expect("a picture");
        let mut decoder = reader.into_decoder().expect("a picture");
        let turned = decoder.orientation().expect("how it is turned");
        assert_eq!(turned, image::metadata::Orientation::Rotate90, "{name}");
        let own = std::fs::read(site.root().join("content/essays/a").join(name)).expect(name);
        let pixels = |bytes: &[u8]| image::load_from_memory(bytes).expect("a picture").into_rgb8().into_raw();
        assert_eq!(pixels(&bytes), pixels(&own), "{name}");
    }
    // The same again, and without the line, are what a first build makes.
    site.build();
    site.write("content/site.yaml", "title: T\nbase_url: https://example.org\nsearch: false\n");
    site.build();
    let own = std::fs::read(site.root().join("content/essays/a/desk.jpg")).expect("the photograph");
    assert_eq!(std::fs::read(site.out().join("essays/a/desk.jpg")).expect("the photograph"), own);
}

#[test]
fn the_picture_of_an_essay_has_words_for_those_who_do_not_see_it() {
    let of = |image: &str| {
        let site = TestSite::with_default_theme()
            .file("content/essays/a/index.md", crate::support::essay("A", &format!("image: {image}"), "Text."))
            .file("content/essays/a/boats.jpg", picture(200, 100, ImageFormat::Jpeg));
        site.build();
        site.page("/essays/a/")
    };
    let page = of("{file: boats.jpg, alt: Boats & nets}");
    assert!(page.contains("src=\"/essays/a/boats.jpg\" alt=\"Boats &amp; nets\""), "{page}");
    assert!(page.contains("<meta property=\"og:image:alt\" content=\"Boats &amp; nets\">"));
    let page = of("boats.jpg");
    assert!(page.contains("src=\"/essays/a/boats.jpg\" alt=\"\""), "{page}");
}

#[test]
fn check_reads_what_no_build_made_and_makes_no_copies() {
    let site = essay(TestSite::new(), "![A shore](/shore.png)")
        .file("content/static/shore.png", picture(1000, 500, ImageFormat::Png));
    let checked = || pipeline::check(&site.options());
    let first = checked();
    assert!(!first.has_errors() && first.counters.rendered > 0);
    assert!(!site.out().exists());
    site.build();
    let after = checked();
    assert_eq!((after.counters.rendered, after.counters.viewed), (0, first.counters.viewed));
    // Whole by its header and its end, and nothing between.
    let mut hollow = picture(900, 500, ImageFormat::Png);
    let data = hollow.windows(4).position(|name| name == b"IDAT").expect("its pixels") + 4;
    let end = hollow.len() - 16;
    hollow[data..end].fill(0);
    site.write("content/static/shore.png", hollow);
    let faults = checked().diagnostics;
    assert!(faults.iter().any(|fault| fault.rule.code() == "picture-broken"), "{faults:?}");
    assert!(site.try_build().has_errors());
}
