// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.gateway.estimate.WorstCase;
import dev.steward.gateway.window.Actual;
import dev.steward.gateway.window.Part;
import java.util.List;
import java.util.OptionalLong;

/// A reservation for one call, at every level. It ends once: settled, released, or closed, which
/// charges all of it, since nobody said what the call used.
public final class Held implements Reservation, AutoCloseable {
  private final Budgets budgets;
  private final long call;
  private final WorstCase worst;
  private final OptionalLong newMax;
  private final List<Part> parts;
  private boolean ended;

  Held(Budgets budgets, long call, WorstCase worst, OptionalLong newMax, List<Part> parts) {
    this.budgets = budgets;
    this.call = call;
    this.worst = worst;
    this.newMax = newMax;
    this.parts = parts;
  }

  /// What is reserved.
  public WorstCase worst() {
    return worst;
  }

  /// The longest answer that the call may ask for, where that is less than it asked; it must be
  /// placed in the request, since no more is reserved.
  public OptionalLong newMax() {
    return newMax;
  }

  /// Charges what the call used and gives the rest back.
  public void settle(Actual actual) {
    budgets.settle(this, actual);
  }

  /// Gives all of it back: the call was never sent.
  public void release() {
    budgets.release(this);
  }

  /// Charges all of it, unless it has ended.
  @Override
  public void close() {
    budgets.settle(this, Actual.UNKNOWN);
  }

  long call() {
    return call;
  }

  List<Part> parts() {
    return parts;
  }

  /// Whether this ends it; call it under the budgets' lock.
  boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
