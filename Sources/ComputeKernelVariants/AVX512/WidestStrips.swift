/// The widest strip of hidden units in the evaluation's tile: 4 images × 5 registers of 16 floats
/// leave room for a row of weights in 32 registers.
let widestTile = 80

/// The widest panel of hidden units in training: 4 pixels × 3 registers of 16 floats.
let widestPanel = 48
