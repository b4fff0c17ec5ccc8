// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import java.time.Instant;

/// What becomes known of one call of a data source on its way. One thread fills it, from top to
/// bottom.
public final class RetrievalRecord extends RecordedCall {
  private final String source;
  private final String method;
  private String version = "";

  /// @param id 16 hex characters: the span's
  /// @param source that is asked
  /// @param method of HTTP
  public RetrievalRecord(String id, Instant startedAt, String source, String method) {
    super(id, startedAt);
    this.source = source;
    this.method = method;
  }

  public String source() {
    return source;
  }

  public String method() {
    return method;
  }

  /// Says which version of the source the caller's version reads.
  public void version(String read) {
    version = read;
  }

  /// "" where it says none.
  public String version() {
    return version;
  }
}
