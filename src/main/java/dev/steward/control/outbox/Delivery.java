// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.outbox;

import java.time.Instant;
import java.util.Locale;

/// A notice on its way through one channel.
///
/// @param id the same for every attempt, by which a receiver knows what it has had
/// @param due when it is tried next
/// @param attempts that were made
/// @param trouble why the last attempt failed, "" when none did
/// @param changedAt when it was written, or tried last
public record Delivery(
    String id,
    String channel,
    Notice notice,
    Status status,
    Instant due,
    int attempts,
    String trouble,
    Instant changedAt) {

  /// How it stands.
  public enum Status {
    WAITING,
    DELIVERED,
    /// Given up; somebody may ask for it once more.
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One that was not tried yet.
  public static Delivery of(String id, String channel, Notice notice, Instant at) {
    return new Delivery(id, channel, notice, Status.WAITING, at, 0, "", at);
  }

  Delivery delivered(Instant at) {
    return new Delivery(id, channel, notice, Status.DELIVERED, due, attempts + 1, "", at);
  }

  Delivery failed(String reason, Instant at) {
    return new Delivery(id, channel, notice, Status.FAILED, due, attempts + 1, reason, at);
  }

  Delivery again(String reason, Instant next, Instant at) {
    return new Delivery(id, channel, notice, Status.WAITING, next, attempts + 1, reason, at);
  }

  /// To be tried from the beginning.
  Delivery anew(Instant at) {
    return new Delivery(id, channel, notice, Status.WAITING, at, 0, trouble, at);
  }
}
