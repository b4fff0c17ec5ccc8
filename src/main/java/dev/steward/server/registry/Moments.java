// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.Control;
import dev.steward.control.state.State;
import dev.steward.server.api.Asked;
import java.util.Optional;

/// The State that a request asks about: now, or at a sequence or time named by `at`.
public final class Moments {
  public static final String ABOUT = "As it was: a sequence of the control ledger, or a time.";

  private final Control control;

  public Moments(Control control) {
    this.control = control;
  }

  State now() {
    return control.state();
  }

  public State state(Asked asked) {
    Optional<String> at = asked.text("at");
    if (at.isEmpty()) {
      return control.state();
    }
    return at.get().matches("\\d{1,18}")
        ? after(Long.parseLong(at.get()))
        : control.stateAt(asked.moment("at").orElseThrow());
  }

  private State after(long sequence) {
    long newest = control.state().sequence();
    if (sequence > newest) {
      throw Asked.malformed("at", Long.toString(sequence), "a sequence up to " + newest);
    }
    return control.stateAt(sequence);
  }
}
