// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.approval;

import java.util.Locale;
import java.util.Optional;

/// How an approval stands.
public enum Status {
  /// It waits for people.
  PENDING,
  /// They agreed, and the call was not made yet.
  APPROVED,
  DENIED,
  /// Nobody answered in time, or the call did not come back in time.
  EXPIRED,
  /// The call was made, once.
  USED;

  /// Whether something can still happen to it.
  public boolean open() {
    return this == PENDING || this == APPROVED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The status with the word, empty when there is none such.
  public static Optional<Status> of(String word) {
    for (Status status : values()) {
      if (status.word().equals(word)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
