/// The widest strip of hidden units in the evaluation's tile: 4 images × 3 registers of 8 floats
/// leave room for a row of weights in 16 registers.
let widestTile = 24

/// The widest panel of hidden units in training: 4 pixels × 3 registers of 8 floats,
/// and as many for an image, leave one of 16 registers.
let widestPanel = 24
