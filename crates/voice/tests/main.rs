//! Engines that speak, and their faults.

mod built_in;
mod command;
mod http;
