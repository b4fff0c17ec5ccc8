// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.domain.decision.Decision;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a call that policies and people decide on.
public abstract sealed class GovernedCall extends RecordedCall permits AgentRecord, ToolRecord {
  private @Nullable Decision decision;
  private String approval = "";
  private @Nullable Duration waited;
  private @Nullable BigDecimal minutes;
  private boolean pending;

  /// @param id 16 hex characters: the span's
  GovernedCall(String id, Instant startedAt) {
    super(id, startedAt);
  }

  public void decided(Decision made) {
    decision = made;
  }

  /// Null where none was needed, such as for an agent's own key.
  public @Nullable Decision decision() {
    return decision;
  }

  /// @param id of the approval
  /// @param peoples minutes that people took, null where nobody said
  public void approval(String id, Duration wait, @Nullable BigDecimal peoples) {
    approval = id;
    waited = wait;
    minutes = peoples;
  }

  public String approval() {
    return approval;
  }

  public @Nullable Duration waited() {
    return waited;
  }

  public @Nullable BigDecimal minutes() {
    return minutes;
  }

  /// Says that it waits for people, and its client was told so.
  public void pends() {
    pending = true;
  }

  public boolean pending() {
    return pending;
  }
}
