// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.turn;

import dev.steward.domain.SpanKind;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which of the tool calls that models speak of have a span of their own.
public final class ToolCalls {
  private final Map<String, String> anchorByCall = new HashMap<>();
  private final Map<String, String> anchorByWords = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final Set<String> results = new HashSet<>();

  public ToolCalls(SpanTree tree) {
    for (SpanTree.Node node : tree.nodes()) {
      Span span = node.span();
      if (span.kind() == SpanKind.TOOL && span.tool() != null) {
        String callId = span.tool().callId();
        if (callId != null && !callId.isEmpty()) {
          anchorByCall.put(callId, "s-" + span.key().spanId());
          if (span.content().result() != null || span.status() == Span.Status.ERROR) {
            answered.add(callId);
          }
        }
        if (span.content().arguments() != null) {
          anchorByWords.putIfAbsent(
              words(span.tool().name(), span.content().arguments().json()),
              "s-" + span.key().spanId());
        }
        if (span.content().result() != null) {
          results.add(bare(span.content().result().json()));
        }
      }
    }
  }

  /// The step of a call, by its id, else by its tool and arguments; "" when no span tells of it.
  public String anchor(Turn.Part.Request request) {
    String byId = anchorByCall.get(request.callId());
    return byId != null
        ? byId
        : anchorByWords.getOrDefault(words(request.tool(), request.arguments()), "");
  }

  private static String words(String tool, String arguments) {
    return tool + "\n" + arguments.replaceAll("\\s+", "");
  }

  /// Whether a step shows what came back, so that the message that repeats it need not.
  public boolean shows(Turn.Part.Response response) {
    return answered.contains(response.callId()) || results.contains(bare(response.result()));
  }

  private static String bare(String result) {
    String text = result.strip();
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }
}
