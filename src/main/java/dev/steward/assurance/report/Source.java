// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.report;

/// Where a sentence can be seen for oneself.
///
/// @param words what is shown
/// @param page address without its first slash, such as `runs/ID`
public record Source(String words, String page) {
  public static Source page(String page) {
    return new Source(page, page);
  }

  /// An entry of the control ledger.
  public static Source entry(long sequence) {
    return new Source("ledger entry " + sequence, "ledger/" + sequence);
  }
}
