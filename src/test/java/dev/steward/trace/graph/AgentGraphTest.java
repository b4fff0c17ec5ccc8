// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.graph;

import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.SpanKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentGraphTest {
  private static AgentGraph graph(SpanDraft... drafts) {
    return AgentGraph.of(Arrays.stream(drafts).map(SpanDraft::build).toList());
  }

  private static List<String> edges(AgentGraph graph) {
    return graph.edges().stream()
        .map(edge -> edge.from() + " -> " + edge.to() + " x" + edge.calls())
        .toList();
  }

  @Test
  void drawsCallsBetweenAgentsToolsAndModels() {
    AgentGraph graph =
        graph(
            span(SpanKind.AGENT, 1, 1).by("lead"),
            span(SpanKind.MODEL, 1, 2).under(1).at(1).model("gpt-5"),
            span(SpanKind.MODEL, 1, 3).under(1).at(2).model("gpt-5").failed(),
            span(SpanKind.TOOL, 1, 4)
                .under(1)
                .at(3)
                .tool("ask", "c1")
                .says(
                    new Content(
                        List.of(),
                        List.of(),
                        null,
                        null,
                        Message.of("{\"q\":\"why\"}"),
                        null,
                        null)),
            span(SpanKind.TOOL, 1, 7).under(4).at(3).tool("ask", "c1"),
            span(SpanKind.STEP, 1, 5).under(4).at(4),
            span(SpanKind.AGENT, 1, 6).under(5).at(5).by("helper"));

    assertThat(edges(graph))
        .containsExactly(
            "agent:lead -> model:gpt-5 x2",
            "agent:lead -> tool:ask x1",
            "tool:ask -> agent:helper x1");
    assertThat(graph.nodes())
        .contains(new AgentGraph.Node("model:gpt-5", AgentGraph.Kind.MODEL, "gpt-5", 2, 1));
    assertThat(graph.edges().get(1).label()).isEqualTo("{\"q\":\"why\"}");
  }

  @Test
  void findsTheCallerByToolCallIdAndByLink() {
    AgentGraph graph =
        graph(
            span(SpanKind.AGENT, 1, 1).by("lead"),
            span(SpanKind.MODEL, 1, 2)
                .under(1)
                .model("m")
                .says(
                    new Content(
                        List.of(),
                        List.of(Message.of("{\"parts\":[{\"type\":\"tool_call\",\"id\":\"c9\"}]}")),
                        null,
                        null,
                        null,
                        null,
                        null)),
            span(SpanKind.TOOL, 1, 3).under(99).tool("far", "c9"),
            span(SpanKind.AGENT, 1, 4)
                .by("next")
                .links(new Raw.Link(new SpanKey(trace(1), id(1)), "{}")));

    assertThat(edges(graph))
        .containsExactly(
            "agent:lead -> agent:next x1", "agent:lead -> model:m x1", "agent:lead -> tool:far x1");
  }

  @Test
  void drawsEveryCallWhereAProviderGivesOneIdToSeveral() {
    AgentGraph graph =
        graph(
            span(SpanKind.AGENT, 1, 1).by("lead"),
            span(SpanKind.TOOL, 1, 2).under(1).tool("find", "c1"),
            span(SpanKind.TOOL, 1, 3).under(1).at(1).tool("find", "c1"));

    assertThat(edges(graph)).containsExactly("agent:lead -> tool:find x2");
  }

  @Test
  void guessesNoCallerWhereTwoAgentsAskedForTheSameId() {
    Content asked =
        new Content(
            List.of(),
            List.of(Message.of("{\"parts\":[{\"type\":\"tool_call\",\"id\":\"c9\"}]}")),
            null,
            null,
            null,
            null,
            null);
    AgentGraph graph =
        graph(
            span(SpanKind.AGENT, 1, 1).by("one"),
            span(SpanKind.MODEL, 1, 2).under(1).model("m").says(asked),
            span(SpanKind.AGENT, 1, 3).by("other"),
            span(SpanKind.MODEL, 1, 4).under(3).model("m").says(asked),
            span(SpanKind.TOOL, 1, 5).under(99).tool("far", "c9"));

    assertThat(edges(graph))
        .containsExactly("agent:one -> model:m x1", "agent:other -> model:m x1");
    assertThat(graph.nodes()).extracting(AgentGraph.Node::id).contains("tool:far");
  }

  @Test
  void whatIsBelowASecondTellingHangsOnTheFirst() {
    AgentGraph graph =
        graph(
            span(SpanKind.AGENT, 1, 1).by("lead"),
            span(SpanKind.TOOL, 1, 2).under(1).tool("ask", "c1"),
            span(SpanKind.TOOL, 1, 3).under(2).tool("mcp", "ask", "c1"),
            span(SpanKind.AGENT, 1, 4).under(3).by("helper"));

    assertThat(edges(graph))
        .containsExactly("agent:lead -> tool:ask x1", "tool:ask -> agent:helper x1");
  }
}
