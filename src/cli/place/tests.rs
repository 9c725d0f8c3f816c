//! Placing, tried on both kinds of file systems.
