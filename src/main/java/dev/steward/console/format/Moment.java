// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

/// One point in time in its three readings.
///
/// @param iso for machines, with the offset
/// @param exact in the reader's zone, to the millisecond: `Sat 21 Nov 2026, 03:06:22.123`
/// @param relative to when the page was made: `4 min ago`
/// @param shown exact enough for a line of text: `03:06:22` today, `21 Nov, 03:06` this year, else
///   with the year
public record Moment(String iso, String exact, String relative, String shown) {

  /// The same without what changes as time goes by, to tell whether anything else has changed.
  public Moment still() {
    return new Moment(iso, "", "", "");
  }
}
