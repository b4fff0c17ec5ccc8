// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.wire.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What becomes known of one call of a data source on its way. One thread fills it, from top to
/// bottom.
public final class RetrievalRecord implements AnswerOutcome {
  private final String id;
  private final Instant startedAt;
  private final String source;
  private final String method;
  private @Nullable Caller caller;
  private @Nullable Place place;
  private @Nullable Refusal refusal;
  private String version = "";
  private String error = "";
  private int status;
  private boolean sent;

  /// @param id 16 hex characters: the span's
  /// @param source that is asked
  /// @param method of HTTP
  public RetrievalRecord(String id, Instant startedAt, String source, String method) {
    this.id = id;
    this.startedAt = startedAt;
    this.source = source;
    this.method = method;
  }

  public String id() {
    return id;
  }

  public Instant startedAt() {
    return startedAt;
  }

  public String source() {
    return source;
  }

  public String method() {
    return method;
  }

  public void caller(Caller known) {
    caller = known;
  }

  /// Null for one that nobody knows.
  public @Nullable Caller caller() {
    return caller;
  }

  public void place(Place known) {
    place = known;
  }

  public @Nullable Place place() {
    return place;
  }

  /// Says which version of the source the caller's version reads.
  public void version(String read) {
    version = read;
  }

  /// "" where it says none.
  public String version() {
    return version;
  }

  @Override
  public void refused(Refusal why) {
    refusal = why;
  }

  public @Nullable Refusal refusal() {
    return refusal;
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
