// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.domain.decision.Decision;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.wire.Refusal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes known of one call of an agent on its way. One thread fills it, from top to bottom.
public final class AgentRecord implements AnswerOutcome {
  private final String id;
  private final Instant startedAt;
  private final String agent;
  private final String operation;
  private @Nullable Caller caller;
  private @Nullable Caller callee;
  private @Nullable Place place;
  private @Nullable Decision decision;
  private @Nullable Refusal refusal;
  private List<String> chain = List.of();
  private String fallback = "";
  private String trouble = "";
  private String error = "";
  private int status;
  private boolean sent;
  private String approval = "";
  private @Nullable Duration waited;
  private @Nullable BigDecimal minutes;
  private boolean pending;

  /// @param id 16 hex characters: the span's
  /// @param agent that is called
  /// @param operation the method of its protocol, such as `GET` or `SendMessage`
  public AgentRecord(String id, Instant startedAt, String agent, String operation) {
    this.id = id;
    this.startedAt = startedAt;
    this.agent = agent;
    this.operation = operation;
  }

  public String id() {
    return id;
  }

  public Instant startedAt() {
    return startedAt;
  }

  public String agent() {
    return agent;
  }

  public String operation() {
    return operation;
  }

  public void caller(Caller known) {
    caller = known;
  }

  /// Null for one that nobody knows.
  public @Nullable Caller caller() {
    return caller;
  }

  /// Says which version is asked.
  public void callee(Caller assigned) {
    callee = assigned;
  }

  public @Nullable Caller callee() {
    return callee;
  }

  public void place(Place known) {
    place = known;
  }

  public @Nullable Place place() {
    return place;
  }

  /// On whose behalf the caller asks, the first one first.
  public void chain(List<String> agents) {
    chain = List.copyOf(agents);
  }

  public List<String> chain() {
    return chain;
  }

  public void decided(Decision made) {
    decision = made;
  }

  /// Null where none was needed: an agent's own key.
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

  @Override
  public void refused(Refusal why) {
    refusal = why;
  }

  public @Nullable Refusal refusal() {
    return refusal;
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

  /// Says that an endpoint may have seen it.
  public void sent() {
    sent = true;
  }

  public boolean isSent() {
    return sent;
  }

  @Override
  public void status(int code) {
    status = code;
  }

  /// 0 where there was no answer.
  public int status() {
    return status;
  }

  @Override
  public void failed(String type) {
    error = type;
  }

  public String error() {
    return error;
  }
}
