// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.demo.Role.StoryNumber;
import dev.steward.domain.Cost;
import dev.steward.domain.LoopRule;
import dev.steward.gateway.loop.Loop;
import dev.steward.gateway.loop.LoopLimits;
import dev.steward.gateway.loop.LoopWatch;
import dev.steward.gateway.loop.Step;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Plays the demo's stories past a watch, call by call, as their model calls were sent.
class DemoLoopTest {
  private static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
  private static final int LOOPING = 12;

  private final ConcurrentLinkedQueue<Span> spans = new ConcurrentLinkedQueue<>();
  private HttpServer collector;

  @BeforeEach
  void listen() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext("/v1/traces", this::collect);
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void theLoopOfTheSupportAgentIsStoppedAtItsSixthCall() throws InterruptedException {
    Map<String, List<Loop>> told = play(new Support(), LOOPING, LOOPING);

    assertThat(told).hasSize(1);
    List<Loop> loops = told.values().iterator().next();
    assertThat(loops.getFirst().rule()).isEqualTo(LoopRule.SAME_CALL);
    assertThat(loops.getFirst().stops()).isTrue();
    assertThat(loops.getFirst().reason())
        .isEqualTo(
            "called search_mail with the same arguments 5 times in a row and got the same answer"
                + " each time");
  }

  @Test
  void noOtherStoryOfTheFleetIsTold() throws InterruptedException {
    for (Role role : List.of(new Support(), new Coding(), new Research(), new Pricing())) {
      assertThat(play(role, LOOPING + 1, LOOPING + 30)).as(role.agent()).isEmpty();
    }
  }

  private Map<String, List<Loop>> play(Role role, int first, int last) throws InterruptedException {
    spans.clear();
    URI here = URI.create("http://127.0.0.1:" + collector.getAddress().getPort());
    try (Stage stage = new Stage(here, role.agent(), "", "production", new Random(7))) {
      Timeline timeline = new Timeline.Simulated(START);
      for (int number = first; number <= last; number++) {
        role.play(stage, timeline, new StoryNumber(0, number));
        stage.flush();
      }
    }
    return told();
  }

  private Map<String, List<Loop>> told() {
    List<Span> inOrder = new ArrayList<>(spans);
    inOrder.sort(Comparator.comparingLong(Span::getStartTimeUnixNano));
    assertThat(inOrder).isNotEmpty();
    Map<String, LoopWatch> watches = new TreeMap<>();
    Map<String, List<Loop>> told = new TreeMap<>();
    for (Span span : inOrder) {
      if (!attribute(span, "gen_ai.operation.name").equals("chat")) {
        continue;
      }
      String run = span.getTraceId().toStringUtf8();
      LoopWatch watch = watches.computeIfAbsent(run, _ -> new LoopWatch(LoopLimits.DEFAULT));
      String call = span.getSpanId().toStringUtf8();
      List<Loop> loops = new ArrayList<>();
      loops.addAll(
          watch.observe(new Step.Asked(START, call, attribute(span, "gen_ai.input.messages"), "")));
      loops.addAll(
          watch.observe(
              new Step.Answered(
                  START,
                  call,
                  attribute(span, "gen_ai.output.messages"),
                  "",
                  new Cost.Unknown("not asked here"))));
      if (!loops.isEmpty()) {
        told.computeIfAbsent(run, _ -> new ArrayList<>()).addAll(loops);
      }
    }
    assertThat(watches).isNotEmpty();
    return told;
  }

  private static String attribute(Span span, String key) {
    for (KeyValue attribute : span.getAttributesList()) {
      if (attribute.getKey().equals(key)) {
        return attribute.getValue().getStringValue();
      }
    }
    return "";
  }

  private void collect(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
      ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(body);
      for (ResourceSpans resource : request.getResourceSpansList()) {
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          spans.addAll(scope.getSpansList());
        }
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }
}
