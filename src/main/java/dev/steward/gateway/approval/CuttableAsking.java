// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import dev.steward.domain.ApiException;
import dev.steward.domain.decision.Decision;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.lang.System.Logger.Level;

/// Asks people about a call that can be cut while it waits for them.
public final class CuttableAsking {
  private static final System.Logger LOG = System.getLogger(CuttableAsking.class.getName());

  private CuttableAsking() {}

  /// @throws RefusedException STOPPING where nobody can be asked now
  public static ApprovalEnding ask(
      ApprovalStep approvals, Decision.RequireApproval pending, Asking asking, Cuttable cuttable) {
    try {
      ApprovalEnding ending = cuttable.waiting(() -> approvals.ask(pending, asking));
      if (Thread.interrupted()) {
        LOG.log(Level.DEBUG, "a call was held no longer, since the server stops");
      }
      return ending;
    } catch (IOException e) {
      throw new RefusedException(
          Refusal.of(Refusal.Kind.STOPPING, "Waiting for people was broken off: ask again."), e);
    } catch (ApiException e) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.STOPPING,
              "People cannot be asked now, so the call was not made: " + e.getMessage()),
          e);
    }
  }
}
