import Figures
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.285, 2, "0.29"), (-0.145, 2, "−0.15"), (95.4, 2, "95.40"), (0.0, 3, "0.000"),
    (-0.0004, 3, "0.000"), (9.996, 2, "10.00"), (1e21, 0, "1000000000000000000000"),
    (1e-7, 3, "0.000"), (0.5, 0, "1"), (0.4, 0, "0"), (123.456, 1, "123.5"), (0.05, 1, "0.1"),
  ])
  func fixedDecimals(value: Double, decimals: Int, expected: String) {
    #expect(NumberText.fixed(value, decimals) == expected)
  }

  @Test(arguments: [
    (0.02853, 3, "0.0285"), (127.49, 3, "127"), (0.9996, 3, "1.00"), (0.0, 3, "0"),
    (-1234.0, 2, "−1200"), (3.24e-7, 2, "3.2 × 10⁻⁷"), (0.000123, 2, "0.00012"),
    (0.0000123, 2, "1.2 × 10⁻⁵"),
    (0.00123, 2, "0.0012"), (123_456_789.0, 2, "1.2 × 10⁸"), (1.0, 3, "1.00"),
  ])
  func significantDigits(value: Double, digits: Int, expected: String) {
    #expect(NumberText.significant(value, digits) == expected)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (-60_000, "−60,000"), (1_234_567, "1,234,567"),
  ])
  func groupsOfThree(value: Int, expected: String) {
    #expect(NumberText.grouped(value) == expected)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func whatIsNotANumberSaysSo(value: Double) {
    #expect(NumberText.fixed(value, 2) == NumberText.missing)
    #expect(NumberText.significant(value, 2) == NumberText.missing)
  }
}
