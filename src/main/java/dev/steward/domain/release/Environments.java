// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an agent's environments are called, one for each stage. The order is that of the stages.
///
/// @param renamed names that are not the word of their stage
public record Environments(Map<Stage, String> renamed) {
  /// Each is called as its stage.
  public static final Environments USUAL = new Environments(Map.of());

  public Environments {
    Map<Stage, String> kept = new EnumMap<>(Stage.class);
    renamed.forEach((stage, name) -> {
      if (!name.equals(stage.word())) {
        kept.put(stage, name);
      }
    });
    renamed = Collections.unmodifiableMap(kept);
  }

  public String name(Stage stage) {
    return renamed.getOrDefault(stage, stage.word());
  }

  /// All names, the first stage first.
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      names.add(name(stage));
    }
    return names;
  }

  /// The stage whose environment is called so, empty when none is.
  public Optional<Stage> stage(String name) {
    for (Stage stage : Stage.values()) {
      if (name(stage).equals(name)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }
}
