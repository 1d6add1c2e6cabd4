//! Pages and theme to a finished site in memory.

pub mod site;
