/// The inner loops of the kernel, compiled once for each instruction set from the same source.
///
/// Every entry point checks its shapes; nothing inside does. All arithmetic that could fuse says so,
/// so that each instruction set gives the same bits.
///
/// Words used in the comments. `units` is the number of hidden units rounded up to 8: W1 lies in
/// *panels* of some units each (``panelWidth(_:)``, ``tilePanelWidth(_:)``) one after the other, each
/// [inputs][width]; in training `inputs` is rounded up to 4. `row` is the number of hidden units
/// rounded up to 16: every other array of hidden units is [something][row]. W2 is kept as
/// [classes][row]. Unused units are 0 everywhere.
package enum Loops {}
