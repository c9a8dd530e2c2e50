mod guide;
mod html;
mod import_order;
mod small_site;
mod views;
mod writing;
