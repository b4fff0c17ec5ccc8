// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import dev.steward.control.state.State;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.util.function.UnaryOperator;

/// Who makes a call once people have answered: its key and its version must be those that people
/// were asked about.
public final class Standing {
  private Standing() {}

  /// The caller as it is declared now.
  ///
  /// @param then who asked
  /// @param call in a few words, such as `the call of pay`
  /// @param assigned gives the version that the place of the call has now
  /// @throws RefusedException DENIED
  public static Caller of(State later, Caller then, String call, UnaryOperator<Caller> assigned) {
    if (later.agentKey(then.key().hash()).filter(key -> !key.active()).isPresent()) {
      throw changed(call, "its agent key was revoked");
    }
    Caller now = assigned.apply(Callers.holder(later, then.key()));
    requireSame(then, now, call);
    return now;
  }

  /// @throws RefusedException DENIED where another version is in force
  public static void requireSame(Caller then, Caller now, String call) {
    if (!now.version().digest().equals(then.version().digest())) {
      throw changed(
          call,
          "another version of %s is in force for it, %s in place of %s"
              .formatted(
                  then.agent().name(), now.version().shortName(), then.version().shortName()));
    }
  }

  /// The refusal of a call that people have agreed to.
  ///
  /// @param why something else than policy forbids it by now
  public static RefusedException changed(String call, String why) {
    return new RefusedException(
        Refusal.of(
            Refusal.Kind.DENIED,
            "While "
                + call
                + " waited for people, this changed: "
                + why
                + ". It was not made. Make it again where it still can be; people are asked anew"
                + " where they agreed to something else."));
  }
}
