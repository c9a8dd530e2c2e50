//! Pictures that are not what they say, or more than can be opened: each is told with its file, and all others go on.

use image::ImageFormat;

use crate::cases::pictures::picture;
use crate::support::TestSite;

/// A PNG that says it is `side` x `side` and holds `data` as its compressed rows.
fn png(side: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8], content: &[u8]| {
        bytes.extend(u32::try_from(content.len()).expect("a length").to_be_bytes());
        let named = [name, content].concat();
        bytes.extend(&named);
        bytes.extend(crc32(&named).to_be_bytes());
    };
    let header = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    chunk(b"IHDR", &header);
    chunk(b"IDAT", data);
    chunk(b"IEND", b"");
    bytes
}

/// The checksum that PNG asks for (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[test]
fn pictures_that_can_t_be_opened_are_told_one_by_one() {
    let whole = picture(900, 600, ImageFormat::Jpeg);
    let small = picture(40, 40, ImageFormat::Jpeg);
    let site = TestSite::new()
        .essay(
            "a",
            "image: /opening.png",
            "![A](/vast.png) ![B](/cut.jpg) ![C](/small-cut.jpg) ![D](/words.png) ![E](/whole.jpg) ![F](/cut.png)",
        )
        .file("content/static/vast.png", png(60_000, b""))
        .file("content/static/opening.png", png(8_000, b""))
        .file("content/static/cut.jpg", &whole[..whole.len() / 2])
        .file("content/static/small-cut.jpg", &small[..small.len() - 2])
        .file("content/static/words.png", "no picture")
        .file("content/static/cut.png", &picture(900, 600, ImageFormat::Png)[..2_000])
        .file("content/static/empty.svg", "")
        .file("content/static/nameless.svg", "<svg/>")
        .file("content/static/never-shown.png", "no picture")
        .file("content/static/whole.jpg", &whole);
    insta::assert_snapshot!(site.said(), @r#"
    error[picture-broken]: the picture can't be read as JPEG: its end is missing
    --> content/static/cut.jpg
     = help: save it again from the program that made it, or delete it

    error[picture-broken]: the picture can't be read as PNG: its end is missing
    --> content/static/cut.png
     = help: save it again from the program that made it, or delete it

    warning[picture-broken]: the picture can't be read as SVG: 1:1 Unexpected end of stream: no root element found
    --> content/static/empty.svg
     = help: save it again from the program that made it, or delete it

    warning[picture-broken]: the file holds no SVG
    --> content/static/nameless.svg
     = help: its first element must be `<svg xmlns="http://www.w3.org/2000/svg">`

    error[picture-too-large]: the picture is 8000 x 8000 pixels: more than 50 million
    --> content/static/opening.png
     = help: save it smaller: pages show 1600 pixels of width at most

    error[picture-broken]: the picture can't be read as JPEG: its end is missing
    --> content/static/small-cut.jpg
     = help: save it again from the program that made it, or delete it

    error[picture-too-large]: the picture is 60000 x 60000 pixels: more than 30000 on a side
    --> content/static/vast.png
     = help: save it smaller: pages show 1600 pixels of width at most

    error[picture-broken]: the picture can't be read as PNG: Invalid PNG signature
    --> content/static/words.png
     = help: save it again from the program that made it, or delete it
    "#);
    assert!(!site.out().exists());
}

/// The rows of a picture `side` pixels wide, compressed.
fn rows(side: usize, rows: usize) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, &vec![0; rows * (1 + 3 * side)]).expect("compressed");
    packed.finish().expect("compressed")
}

#[test]
fn rows_that_are_not_those_of_the_header_take_no_more_than_it_says() {
    let site = TestSite::new()
        .essay("a", "", "![Too many rows](/many.png) ![Too few](/few.png)")
        .file("content/static/many.png", png(600, &rows(600, 700)))
        .file("content/static/few.png", png(600, &rows(600, 300)));
    insta::assert_snapshot!(site.said(), @r#"
    error[picture-broken]: the picture can't be read as PNG: IDAT or fDAT chunk does not have enough data for image
    --> content/static/few.png
     = help: save it again from the program that made it, or delete it
    "#);
}

#[test]
fn a_drawing_unfolds_and_nests_so_far_and_no_further() {
    let drawing = |head: &str, inner: &str| format!("{head}<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
    let entity = |value: &str| drawing(&format!("<!DOCTYPE svg [<!ENTITY a \"{value}\">]>"), "<text>&a;</text>");
    let many = |n: usize| drawing("<!DOCTYPE svg [<!ENTITY a \"x\">]>", &format!("<text>{}</text>", "&a;".repeat(n)));
    let nested = |n: usize| drawing("", &format!("{}{}", "<g>".repeat(n), "</g>".repeat(n)));
    let site = TestSite::new()
        .essay("a", "", "Words.")
        .file("content/static/short-entity.svg", entity(&"x".repeat(180)))
        .file("content/static/long-entity.svg", entity(&"x".repeat(200)))
        .file("content/static/entity-of-an-entity.svg", entity("&amp;"))
        .file("content/static/many.svg", many(20_971))
        .file("content/static/more.svg", many(20_972))
        .file("content/static/nested.svg", nested(255))
        .file("content/static/deeper.svg", nested(256));
    insta::assert_snapshot!(site.said(), @r#"
    error[picture-too-large]: the drawing's elements are nested more than 256 deep
    --> content/static/deeper.svg
     = help: take some of the groups apart

    error[picture-too-large]: an entity of the drawing is longer than 200 characters, or names another
    --> content/static/entity-of-an-entity.svg
     = help: save it again without entities

    error[picture-too-large]: an entity of the drawing is longer than 200 characters, or names another
    --> content/static/long-entity.svg
     = help: save it again without entities

    error[picture-too-large]: the drawing names its entities more than 20971 times
    --> content/static/more.svg
     = help: save it again without entities
    "#);
}
