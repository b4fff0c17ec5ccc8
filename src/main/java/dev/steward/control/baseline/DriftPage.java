// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.baseline;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Where people see what differs from a baseline.
public final class DriftPage {
  private DriftPage() {}

  /// Such as `drift/refunds/production`.
  public static String of(String agent, String environment) {
    return "drift/" + encoded(agent) + (environment.isEmpty() ? "" : "/" + encoded(environment));
  }

  /// Environments are what runs say they are.
  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
