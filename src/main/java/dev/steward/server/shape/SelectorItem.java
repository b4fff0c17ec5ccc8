// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.domain.Part;
import dev.steward.domain.Selector;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which calls are meant: those that have all of what is named. To mean all of them, `everything`
/// must be said.
///
/// @param version digest, or at least its first eight characters
/// @param tool `server/tool`, or a server for any of its tools
/// @param labels of the agent
public record SelectorItem(
    @Nullable Boolean everything,
    @Nullable String run,
    @Nullable String conversation,
    @Nullable String task,
    @Nullable String version,
    @Nullable String agent,
    @Nullable String tool,
    @Nullable String workflow,
    @Nullable String model,
    @Nullable String provider,
    @Nullable String environment,
    @Nullable Map<String, String> labels) {
  public static final SelectorItem NOTHING = of(Map.of(), null, Map.of());

  public static SelectorItem of(Selector selector) {
    return of(selector.parts(), selector.everything() ? true : null, selector.labels());
  }

  /// @throws dev.steward.domain.ApiException INVALID when it names nothing or a wrong value
  public Selector selector() {
    Map<String, String> words = new HashMap<>();
    if (everything != null && everything) {
      words.put("everything", "true");
    }
    put(words, Part.RUN, run);
    put(words, Part.CONVERSATION, conversation);
    put(words, Part.TASK, task);
    put(words, Part.VERSION, version);
    put(words, Part.AGENT, agent);
    put(words, Part.TOOL, tool);
    put(words, Part.WORKFLOW, workflow);
    put(words, Part.MODEL, model);
    put(words, Part.PROVIDER, provider);
    put(words, Part.ENVIRONMENT, environment);
    if (labels != null) {
      labels.forEach((name, value) -> words.put("label." + name, value));
    }
    return Selector.of(words);
  }

  private static void put(Map<String, String> words, Part part, @Nullable String value) {
    if (value != null) {
      words.put(part.word(), value);
    }
  }

  private static SelectorItem of(
      Map<Part, String> parts, @Nullable Boolean everything, Map<String, String> labels) {
    return new SelectorItem(
        everything,
        parts.get(Part.RUN),
        parts.get(Part.CONVERSATION),
        parts.get(Part.TASK),
        parts.get(Part.VERSION),
        parts.get(Part.AGENT),
        parts.get(Part.TOOL),
        parts.get(Part.WORKFLOW),
        parts.get(Part.MODEL),
        parts.get(Part.PROVIDER),
        parts.get(Part.ENVIRONMENT),
        labels.isEmpty() ? null : labels);
  }
}
