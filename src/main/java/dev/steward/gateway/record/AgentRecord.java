// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.gateway.identity.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What becomes known of one call of an agent on its way. One thread fills it, from top to bottom.
public final class AgentRecord extends GovernedCall {
  private final String agent;
  private final String operation;
  private @Nullable Caller callee;
  private String fallback = "";
  private String trouble = "";

  /// @param id 16 hex characters: the span's
  /// @param agent that is called
  /// @param operation the method of its protocol, such as `GET` or `SendMessage`
  public AgentRecord(String id, Instant startedAt, String agent, String operation) {
    super(id, startedAt);
    this.agent = agent;
    this.operation = operation;
  }

  public String agent() {
    return agent;
  }

  public String operation() {
    return operation;
  }

  /// Says which version is asked.
  public void callee(Caller assigned) {
    callee = assigned;
  }

  public @Nullable Caller callee() {
    return callee;
  }

  /// Says that another agent answers in its place.
  ///
  /// @param why what was wrong with the endpoint
  public void fellBack(String other, String why) {
    fallback = other;
    trouble = why;
  }

  /// The agent that answered in its place, "" for none.
  public String fallback() {
    return fallback;
  }

  public String trouble() {
    return trouble;
  }
}
