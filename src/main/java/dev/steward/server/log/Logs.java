// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.ledger.Ledger;

/// The two ledgers of a server.
///
/// @param control every command's events: the source of truth
/// @param activity the evidence of what agents did
public record Logs(Ledger control, Ledger activity) {

  /// @throws ApiException NOT_FOUND for another name
  Ledger named(String name) {
    return switch (name) {
      case "control" -> control;
      case "activity" -> activity;
      default ->
          throw new ApiException(
              ErrorCode.NOT_FOUND,
              "There is no ledger '" + name + "': there are control and activity.");
    };
  }
}
