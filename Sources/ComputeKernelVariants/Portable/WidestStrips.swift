/// The widest strip of hidden units in the evaluation's tile: one vector of sixteen.
let widestTile = 16

/// The widest panel of hidden units in training: 4 pixels × 2 registers of 4 floats.
let widestPanel = 8
