// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.incident;

import java.util.List;
import java.util.stream.Collectors;

/// An agent that an incident is about, and where.
///
/// @param environment "" for wherever it runs
public record Concern(String agent, String environment) {
  /// Such as `refunds in production, orders`.
  public static String words(List<Concern> all) {
    return all.stream().map(Concern::words).collect(Collectors.joining(", "));
  }

  /// Such as `refunds in production`.
  public String words() {
    return environment.isEmpty() ? agent : agent + " in " + environment;
  }
}
