//! The targets by name. Each says what must hold of any bytes besides that nothing panics, overflows or takes long.

mod dates;
mod drawings;
mod front_matter;
mod links;
mod outline;
mod page;
mod pictures;
mod records;
mod site;
mod site_yaml;

/// Every target.
pub const ALL: [(&str, fn(&[u8])); 10] = [
    ("dates", dates::holds),
    ("drawings", drawings::holds),
    ("front_matter", front_matter::holds),
    ("links", links::holds),
    ("outline", outline::holds),
    ("page", page::holds),
    ("pictures", pictures::holds),
    ("records", records::holds),
    ("site", site::holds),
    ("site_yaml", site_yaml::holds),
];
