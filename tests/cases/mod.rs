mod import_order;
mod writing;
