//! The colours of the nine, as the style sheet gives them: read by everybody on both grounds, and told from one another by
//! eyes that lack a kind of cone.

use ninefold::model::Pattern;

use crate::support::repository;

/// Red, green and blue as amounts of light, from 0 to 1.
type Light = [f64; 3];

/// Least contrast of small text by WCAG 2.2, criterion 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;
/// Least distance of two colours in Oklab, in hundredths. Side by side, about 2 can just be told apart.
const LEAST_DISTANCE: f64 = 7.0;

/// What eyes make of light: all three kinds of cone, then without those for long, middle and short waves (Machado, Oliveira
/// and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1).
const EYES: [(&str, [Light; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

/// The light and the dark palette: a colour by its name.
fn palettes() -> [(&'static str, Vec<(String, Light)>); 2] {
    let sheet = std::fs::read_to_string(repository().join("themes/default/assets/style.css")).expect("the style sheet");
    let dark = sheet.find("@media (prefers-color-scheme: dark)").expect("a dark palette");
    let end = dark + sheet[dark..].find("/* Whatever belongs").expect("what follows the palettes");
    [("light", colours(&sheet[..dark])), ("dark", colours(&sheet[dark..end]))]
}

fn colours(css: &str) -> Vec<(String, Light)> {
    let declared = css.split("--nf-").skip(1).filter_map(|part| {
        let (name, value) = part.split_once(": #")?;
        let number = u32::from_str_radix(value.get(..6)?, 16).ok()?;
        let channel = |shift: u32| linear(f64::from(number >> shift & 0xff) / 255.0);
        Some((name.to_owned(), [channel(16), channel(8), channel(0)]))
    });
    declared.collect()
}

fn linear(value: f64) -> f64 {
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn times(matrix: &[Light; 3], light: Light) -> Light {
    matrix.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum())
}

fn contrast(a: Light, b: Light) -> f64 {
    let luminance = |[red, green, blue]: Light| 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    let (a, b) = (luminance(a), luminance(b));
    if a > b { a / b } else { b / a }
}

/// In Oklab (Ottosson, "A perceptual color space for image processing", 2020).
fn oklab(light: Light) -> Light {
    let cones = times(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        light.map(|channel| channel.clamp(0.0, 1.0)),
    );
    times(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(f64::cbrt),
    )
}

fn distance(a: Light, b: Light) -> f64 {
    100.0 * a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

fn named(palette: &[(String, Light)], name: &str) -> Light {
    palette.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no colour {name}")).1
}

#[test]
fn text_in_each_colour_can_be_read_on_both_grounds() {
    for (which, palette) in palettes() {
        let nine = Pattern::ALL.map(Pattern::id);
        for name in nine.into_iter().chain(["text", "muted", "accent"]) {
            for ground in ["background", "surface"] {
                let found = contrast(named(&palette, name), named(&palette, ground));
                assert!(found >= LEAST_CONTRAST, "{which}: {name} on {ground} has a contrast of {found:.2}");
            }
        }
    }
}

#[test]
fn the_nine_differ_to_every_kind_of_eyes() {
    for (which, palette) in palettes() {
        for (eyes, matrix) in &EYES {
            let seen = |pattern: Pattern| oklab(times(matrix, named(&palette, pattern.id())));
            for (n, a) in Pattern::ALL.into_iter().enumerate() {
                for b in &Pattern::ALL[n + 1..] {
                    let found = distance(seen(a), seen(*b));
                    assert!(found >= LEAST_DISTANCE, "{which}, {eyes}: {a} and {b} are {found:.1} apart");
                }
            }
        }
    }
}
