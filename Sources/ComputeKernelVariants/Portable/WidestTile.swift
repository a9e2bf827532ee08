/// The widest strip of hidden units in the evaluation's tile: one vector of sixteen.
let widestTile = 16
