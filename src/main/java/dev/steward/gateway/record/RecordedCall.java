// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.wire.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of every call of what is no model. One thread fills it, from top to bottom.
public abstract sealed class RecordedCall implements AnswerOutcome
    permits GovernedCall, RetrievalRecord {
  private final String id;
  private final Instant startedAt;
  private @Nullable Caller caller;
  private @Nullable Place place;
  private List<String> chain = List.of();
  private @Nullable Refusal refusal;
  private String error = "";
  private int status;
  private boolean sent;

  /// @param id 16 hex characters: the span's
  RecordedCall(String id, Instant startedAt) {
    this.id = id;
    this.startedAt = startedAt;
  }

  public String id() {
    return id;
  }

  public Instant startedAt() {
    return startedAt;
  }

  public void caller(Caller known) {
    caller = known;
  }

  /// Null for one that nobody knows.
  public @Nullable Caller caller() {
    return caller;
  }

  /// On whose behalf it is made, the first one first.
  public void chain(List<String> agents) {
    chain = List.copyOf(agents);
  }

  public List<String> chain() {
    return chain;
  }

  public void place(Place known) {
    place = known;
  }

  public @Nullable Place place() {
    return place;
  }

  @Override
  public void refused(Refusal why) {
    refusal = why;
  }

  public @Nullable Refusal refusal() {
    return refusal;
  }

  /// Says that what is called may have seen it.
  public void sent() {
    sent = true;
  }

  /// Takes that back: it never reached what is called.
  public void notSent() {
    sent = false;
  }

  public boolean isSent() {
    return sent;
  }

  @Override
  public void status(int code) {
    status = code;
  }

  /// Of HTTP; 0 where there was no answer, or one of another kind.
  public int status() {
    return status;
  }

  /// @param type in a word what became of it, such as `tool_error`
  @Override
  public void failed(String type) {
    error = type;
  }

  /// "" where it did not fail, or was refused.
  public String error() {
    return error;
  }
}
