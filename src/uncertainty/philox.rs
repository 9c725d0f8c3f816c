//! Philox4x32-10, a counter-based generator used as a pure function (Salmon, Moraes, Dror and Shaw 2011).
