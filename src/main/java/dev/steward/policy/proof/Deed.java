// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.proof;

import dev.steward.domain.call.Effect;
import dev.steward.policy.KnownTool;
import dev.steward.policy.PolicySet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What an agent is said never to do.
public sealed interface Deed {
  /// Calls tools of that name.
  ///
  /// @param tool `server/tool`, where `*` stands for any text
  record Calls(String tool) implements Deed {}

  /// Calls tools of one of these effects.
  record Does(List<Effect> effects) implements Deed {
    public Does {
      effects = List.copyOf(effects);
    }
  }

  /// Calls tools that read data of one of these labels.
  record Reads(List<String> labels) implements Deed {
    public Reads {
      labels = List.copyOf(labels);
    }
  }

  /// Whether calling the tool may be it: a tool whose effect or labels nobody declared may do and
  /// read anything.
  default boolean mayBe(KnownTool tool) {
    return switch (this) {
      case Calls(String pattern) -> PolicySet.matches(pattern, tool.name());
      case Does(List<Effect> effects) -> tool.effect().map(effects::contains).orElse(true);
      case Reads(List<String> labels) -> reads(tool, labels);
    };
  }

  private static boolean reads(KnownTool tool, List<String> labels) {
    Set<String> read = tool.labels().orElseGet(() -> new TreeSet<>(labels));
    return !Collections.disjoint(read, labels);
  }

  /// `calls payments/refund`, `does a money effect`, `reads label pii`
  default String words() {
    return switch (this) {
      case Calls(String tool) -> "calls " + tool;
      case Does(List<Effect> effects) ->
          "does a " + String.join(" or ", effects.stream().map(Effect::word).toList()) + " effect";
      case Reads(List<String> labels) -> "reads label " + String.join(" or ", labels);
    };
  }
}
