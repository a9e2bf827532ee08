/// The widest strip of hidden units in the evaluation's tile: 4 images × 5 registers of 16 floats
/// leave room for a row of weights in 32 registers.
let widestTile = 80
