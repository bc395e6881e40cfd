//! Public pages and desks: server-rendered, complete without JavaScript.
