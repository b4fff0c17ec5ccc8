// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

/// Why the gateway does not let a call through, or why it could not be answered.
///
/// @param message cause, place and remedy, for the people who run the agent
public record Refusal(Kind kind, String message) {

  /// What was in the way; each dialect has its own status and word for it.
  public enum Kind {
    MALFORMED(400, false),
    UNAUTHENTICATED(401, false),
    DENIED(403, false),
    KILLED(403, false),
    LOOP(403, false),
    NO_SUCH_MODEL(404, false),
    TOO_LARGE(413, false),
    BUDGET(429, false),
    BUSY(429, true),
    INTERNAL(500, false),
    UPSTREAM_FAILED(502, true),
    CIRCUIT_OPEN(503, true),
    STOPPING(503, true),
    UNRECORDED(503, true),
    UPSTREAM_LATE(504, true);

    private final int status;
    private final boolean retry;

    Kind(int status, boolean retry) {
      this.status = status;
      this.retry = retry;
    }

    public int status() {
      return status;
    }

    /// Whether the same call can succeed a little later.
    public boolean retry() {
      return retry;
    }

    /// Whether it ends the run for now, and not only this call.
    public boolean stopsRun() {
      return this == KILLED || this == LOOP || this == BUDGET;
    }

    /// The word that stands in spans and on pages.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  public static Refusal of(Kind kind, String message) {
    return new Refusal(kind, message);
  }
}
