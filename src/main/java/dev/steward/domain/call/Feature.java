// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.call;

import java.util.Locale;
import java.util.Optional;

/// What a tool server has beside tools. Rules name it in the place of a tool, such as
/// `crm/resource:file:///notes.md`; no tool of the protocol has a colon in its name.
public enum Feature {
  /// What can be read under a URI.
  RESOURCE,
  /// A prompt, by its name.
  PROMPT,
  /// What the server asks of its client: `sampling`, `elicitation` or `roots`.
  ASKS;

  /// The feature that a name is of, empty for a tool's.
  ///
  /// @param name without its server
  public static Optional<Feature> of(String name) {
    int colon = name.indexOf(':');
    if (colon > 0) {
      for (Feature feature : values()) {
        if (feature.word().equals(name.substring(0, colon))) {
          return Optional.of(feature);
        }
      }
    }
    return Optional.empty();
  }

  /// How it is written.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The name that rules know it by.
  public String named(String name) {
    return word() + ":" + name;
  }
}
