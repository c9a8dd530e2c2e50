mod guide;
mod import_order;
mod writing;
