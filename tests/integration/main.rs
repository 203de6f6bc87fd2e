//! monotable on the in-process engine, and on clients that refuse to send.

mod names;
