// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

/// What an import has done so far, or in all.
///
/// @param runs recorded runs sent; of OTLP, requests
/// @param of how many there are in the file
/// @param spans spans sent, with those refused
/// @param rejected spans that were refused: here, since no server takes them, or by the server
/// @param message why the last of them was, "" when none was
public record ImportReport(int runs, int of, long spans, long rejected, String message) {
  ImportReport plus(long moreSpans, ImportSink.Receipt receipt) {
    return new ImportReport(
        runs,
        of,
        spans + moreSpans,
        rejected + receipt.rejected(),
        receipt.rejected() > 0 ? receipt.message() : message);
  }

  ImportReport nextRun() {
    return new ImportReport(runs + 1, of, spans, rejected, message);
  }
}
