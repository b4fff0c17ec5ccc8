// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import java.util.List;
import java.util.Set;

/// The two ways in which MCP is spoken.
public enum Era {
  /// Up to 2025-11-25: `initialize`, then sessions.
  LEGACY,
  /// From 2026-07-28: each request stands alone and carries its metadata.
  MODERN;

  /// The modern versions that are understood.
  public static final List<String> MODERN_VERSIONS = List.of("2026-07-28");

  /// The newest of the legacy versions.
  public static final String LEGACY_NEWEST = "2025-11-25";

  private static final Set<String> LEGACY_VERSIONS =
      Set.of("2024-11-05", "2025-03-26", "2025-06-18", LEGACY_NEWEST);

  /// Whether a session may be held in that version.
  public static boolean legacy(String version) {
    return LEGACY_VERSIONS.contains(version);
  }

  /// Whether a request may be made in that version.
  public static boolean modern(String version) {
    return MODERN_VERSIONS.contains(version);
  }
}
