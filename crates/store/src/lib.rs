//! The Store trait: reads made for screens, and the one door for writes, with the contract every store passes.
