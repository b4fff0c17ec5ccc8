// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.rollout;

import java.util.Locale;

/// What is assigned to an arm as a whole: a conversation, else a user, else a run; never a call.
public record Assigned(Kind kind, String id) {

  /// What it is.
  public enum Kind {
    CONVERSATION,
    USER,
    RUN;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Assigned {
    if (id.isBlank()) {
      throw new IllegalArgumentException("id is blank");
    }
  }

  /// The widest that is known of a call.
  ///
  /// @param conversation "" when unknown, as is the user
  /// @param run never ""
  public static Assigned of(String conversation, String user, String run) {
    if (!conversation.isBlank()) {
      return new Assigned(Kind.CONVERSATION, conversation);
    }
    return user.isBlank() ? new Assigned(Kind.RUN, run) : new Assigned(Kind.USER, user);
  }
}
